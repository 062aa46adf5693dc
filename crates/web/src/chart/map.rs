//! A city as tiles: one square per kecamatan in its place, name and value inside. Shapes of the
//! land would hide the small and crowded ones.

use askama::filters::Safe;
use base::{Language, Say};
use schemars::JsonSchema;
use serde::Serialize;

use super::{escape, round_down};

/// Pixels of a tile with its gap, in the drawing's own units.
const SIDE: i64 = 72;
const CLASSES: i64 = 5;

/// A kecamatan with its value.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Tile {
    /// `33.74.09`
    pub region_code: String,
    pub name: String,
    pub value: i64,
}

/// All kecamatan of a city, coloured in five classes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Map {
    pub tiles: Vec<Tile>,
}

/// Code, column, row, and the name in one or two lines. Places after the centroids of the kecamatan
/// (Kemendagri codes, Kepmendagri 300.2.2-2138/2025).
const PLACES: &[(&str, i64, i64, &str, &str)] = &[
    ("11.71.06", 0, 0, "Kuta", "Raja"),
    ("11.71.02", 1, 0, "Kuta", "Alam"),
    ("11.71.04", 2, 0, "Syiah", "Kuala"),
    ("11.71.03", 0, 1, "Meuraxa", ""),
    ("11.71.01", 1, 1, "Baitur-", "rahman"),
    ("11.71.09", 2, 1, "Ulee", "Kareng"),
    ("11.71.08", 0, 2, "Jaya", "Baru"),
    ("11.71.07", 1, 2, "Banda", "Raya"),
    ("11.71.05", 2, 2, "Lueng", "Bata"),
    ("33.74.02", 2, 0, "Smg.", "Utara"),
    ("33.74.16", 0, 1, "Tugu", ""),
    ("33.74.13", 1, 1, "Smg.", "Barat"),
    ("33.74.01", 2, 1, "Smg.", "Tengah"),
    ("33.74.03", 3, 1, "Smg.", "Timur"),
    ("33.74.05", 4, 1, "Genuk", ""),
    ("33.74.15", 0, 2, "Ngali-", "yan"),
    ("33.74.09", 1, 2, "Gajah-", "mungkur"),
    ("33.74.07", 2, 2, "Smg.", "Selatan"),
    ("33.74.04", 3, 2, "Gayam-", "sari"),
    ("33.74.06", 4, 2, "Pedu-", "rungan"),
    ("33.74.14", 0, 3, "Mijen", ""),
    ("33.74.12", 1, 3, "Gunung-", "pati"),
    ("33.74.08", 2, 3, "Candi-", "sari"),
    ("33.74.10", 3, 3, "Tem-", "balang"),
    ("33.74.11", 2, 4, "Banyu-", "manik"),
];

impl Map {
    fn step(&self) -> i64 {
        let largest = self.tiles.iter().map(|tile| tile.value).max().unwrap_or(0);
        round_down(largest / (CLASSES - 1))
    }

    /// The drawing; `title` is what a screen reader says of it, the table behind says the rest.
    pub fn html(&self, title: &str, language: Language) -> Safe<String> {
        let step = self.step();
        let placed = |tile: &Tile| {
            let place = PLACES.iter().find(|place| place.0 == tile.region_code)?;
            Some((place.1, place.2, draw(place, tile.value, step, language)))
        };
        let drawn: Vec<(i64, i64, String)> = self.tiles.iter().filter_map(placed).collect();
        let wide = drawn.iter().map(|(column, ..)| column + 1).max().unwrap_or(1) * SIDE;
        let tall = drawn.iter().map(|(_, row, _)| row + 1).max().unwrap_or(1) * SIDE;
        let shapes: String = drawn.into_iter().map(|(_, _, shape)| shape).collect();
        Safe(format!(
            r#"<svg class="map" viewBox="0 0 {wide} {tall}" role="img" aria-label="{}">{shapes}</svg>"#,
            escape(title),
        ))
    }

    /// The five classes with their bounds.
    pub fn legend(&self, language: Language) -> Safe<String> {
        let step = self.step();
        let one = |n: i64| {
            let (from, to) = ((n - 1) * step, n * step - 1);
            let words = match n {
                CLASSES => format!("{}+", from.say(language)),
                _ if from == to => from.say(language),
                _ => format!("{}–{}", from.say(language), to.say(language)),
            };
            format!(
                r#"<span class="key"><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="q{n}" width="10" height="10" rx="2"/></svg>{words}</span>"#
            )
        };
        Safe((1..=CLASSES).map(one).collect())
    }
}

fn draw(place: &(&str, i64, i64, &str, &str), value: i64, step: i64, language: Language) -> String {
    let (_, column, row, first, second) = place;
    let (x, y) = (column * SIDE, row * SIDE);
    let class = (value.max(0) / step).min(CLASSES - 1) + 1;
    let value = value.say(language);
    let name = if second.is_empty() {
        format!(r#"<text x="36" y="29">{first}</text><text class="v" x="36" y="53">{value}</text>"#)
    } else {
        format!(
            r#"<text x="36" y="21">{first}</text><text x="36" y="36">{second}</text><text class="v" x="36" y="58">{value}</text>"#
        )
    };
    format!(
        r#"<g transform="translate({x} {y})"><rect class="q{class}" x="1.5" y="1.5" width="69" height="69" rx="6"/>{name}</g>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn city(prefix: &str) -> Map {
        let codes = PLACES.iter().filter(|place| place.0.starts_with(prefix));
        let tile = |(n, place): (usize, &(&str, i64, i64, &str, &str))| Tile {
            region_code: place.0.into(),
            name: place.3.into(),
            value: i64::try_from(n).unwrap() * 10,
        };
        Map { tiles: codes.enumerate().map(tile).collect() }
    }

    #[test]
    fn sixteen_and_nine_kecamatan_each_have_a_place_of_their_own() {
        for (prefix, count, wide) in [("33.74", 16, 360), ("11.71", 9, 216)] {
            let map = city(prefix);
            assert_eq!(map.tiles.len(), count);
            let Safe(html) = map.html("Peta", Language::Indonesian);
            assert_eq!(html.matches("<g ").count(), count);
            assert!(html.contains(&format!("viewBox=\"0 0 {wide} ")), "{html}");
            let mut places: Vec<&str> = html.split("translate(").skip(1).collect();
            places.sort_unstable_by_key(|text| text.split(')').next());
            places.dedup_by_key(|text| text.split(')').next());
            assert_eq!(places.len(), count);
        }
    }

    #[test]
    fn classes_reach_the_largest_value_and_their_bounds_are_written() {
        let map = city("33.74");
        let Safe(html) = map.html("Peta", Language::Indonesian);
        assert!(html.contains("q1") && html.contains("q5"), "{html}");
        let Safe(legend) = map.legend(Language::Indonesian);
        assert!(legend.contains("0–29"), "{legend}");
        assert!(Map { tiles: Vec::new() }.legend(Language::English).0.contains("4+"));
    }
}
