//! The living style page (`/style`): every component once, in this city's palette, drawn by the
//! macros that real pages use.

use askama::Template;
use base::Problem;
use schemars::JsonSchema;
use serde::Serialize;

use crate::chart::{Bar, Bars, Line, Lines, Map, Share, Tile};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::icon;

/// Goods on the sample shelf.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct SampleGoods {
    id: String,
    category: &'static str,
    name: &'static str,
    price: &'static str,
    unit: &'static str,
    maker: &'static str,
    place: &'static str,
    tag: &'static str,
}

/// Every component, with invented content.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "style.html")]
pub(crate) struct StylePage {
    problems: Vec<Problem>,
    goods: Vec<SampleGoods>,
    shares: Bars,
    days: Lines,
    map: Map,
    fate: Share,
    icons: Vec<&'static str>,
}

impl StylePage {
    /// The page, the same every time.
    pub(crate) fn sample() -> StylePage {
        StylePage {
            problems: vec![Problem::new("phone", "style-phone-short")],
            goods: goods(),
            shares: Bars { goal: Some(400), full: Some(1_000), ..Bars::new(shares()) },
            days: Lines {
                moments: ["Mar 2025", "Jun", "Sep", "Des", "Feb 2026"].map(str::to_owned).to_vec(),
                lines: vec![Line { label: "Hari".into(), values: vec![18, 15, 14, 12, 9] }],
                goal: Some(10),
            },
            map: Map { tiles: tiles() },
            fate: Share { parts: fates() },
            icons: icon::names().collect(),
        }
    }
}

/// `/style`: for people who build pages, open to all.
pub(crate) async fn show(ctx: Ctx) -> Answer {
    ctx.page(StylePage::sample())
}

const GOODS: [(&str, &str, &str, &str, &str, &str); 6] = [
    (
        "makanan",
        "Bandeng presto duri lunak isi dua",
        "Rp68.000",
        "kotak",
        "Dapur Bu Ngatmi",
        "Sampangan",
    ),
    (
        "busana",
        "Batik tulis motif asem arang",
        "Rp685.000",
        "lembar",
        "Sanggar Rejomulyo",
        "Rejomulyo",
    ),
    ("kriya", "Besek anyaman bambu berpola", "Rp12.500", "buah", "Anyam Lestari", "Gunungpati"),
    ("minuman", "Kopi bubuk lereng Ungaran", "Rp45.000", "250 g", "Kopi Lereng", "Banyumanik"),
    ("jasa", "Jahit seragam kerja lengkap", "Rp185.000", "stel", "Penjahit Maju Jaya", "Tembalang"),
    ("pertanian", "Bibit cabai rawit siap tanam", "Rp2.500", "polibag", "Tani Mijen", "Mijen"),
];

fn goods() -> Vec<SampleGoods> {
    let one = |(n, (category, name, price, unit, maker, place)): (usize, _)| SampleGoods {
        id: format!("gaya-{n}"),
        category,
        name,
        price,
        unit,
        maker,
        place,
        tag: if n == 1 { "Bisa untuk dinas" } else { "" },
    };
    GOODS.into_iter().enumerate().map(one).collect()
}

fn bar(label: &str, value: i64, word: &str) -> Bar {
    Bar { label: label.into(), value, word: word.into() }
}

fn shares() -> Vec<Bar> {
    vec![
        bar("Dinas Kesehatan", 612, "61,2%"),
        bar("Dinas Pendidikan", 548, "54,8%"),
        bar("Kecamatan Tembalang", 431, "43,1%"),
        bar("Dinas Perhubungan", 384, "38,4%"),
        bar("Satpol PP", 173, "17,3%"),
    ]
}

fn fates() -> Vec<Bar> {
    vec![
        bar("Diterima", 1_402, "1.402"),
        bar("Perlu dicek", 214, "214"),
        bar("Kembar", 131, "131"),
        bar("Ditolak", 58, "58"),
        bar("Bukan usaha", 42, "42"),
    ]
}

fn tiles() -> Vec<Tile> {
    let value = |n: i64| (n * 37) % 150;
    let tile = |n: i64| Tile {
        region_code: format!("33.74.{n:02}"),
        name: format!("33.74.{n:02}"),
        value: value(n),
    };
    (1..=16).map(tile).collect()
}

#[cfg(test)]
mod tests {
    use std::any::Any;
    use std::collections::HashMap;
    use std::sync::Arc;

    use super::*;
    use crate::layout::{Kind, Layout, Nav, Person, Seat, Shell, Theme, split};
    use crate::texts::Texts;

    const SOURCES: [(&str, &str); 2] =
        [("id", include_str!("../texts/id.ftl")), ("en", include_str!("../texts/en.ftl"))];

    fn shell(kind: Kind, language: &str) -> Shell {
        let nav = |n: i64| Nav {
            label: format!("Tempat {n}"),
            short: format!("Ke-{n}"),
            own: n > 4,
            href: format!("/tempat/{n}"),
            icon: "store",
            current: n == 1,
            count: n,
        };
        let seat = |n: i64| Seat {
            id: format!("seat-{n}"),
            organisation: format!("Dinas {n}"),
            role: "PPTK".into(),
            current: n == 0,
        };
        let seats = (0..2).map(seat).collect();
        let person = Person { name: "Hendra Saputra".into(), seats, messages: 2 };
        Shell {
            product: "Gerai Kota Semarang".into(),
            city: "Kota Semarang".into(),
            slug: "semarang".into(),
            service: "Gulo Asem".into(),
            language: language.into(),
            theme: Theme::Device,
            kind,
            person: (kind != Kind::Public).then_some(person),
            nav: (0..7).map(nav).collect(),
            flash: None,
            demo: Some("Kota contoh".into()),
            path: "/style".into(),
            base_url: "https://gerai.example".into(),
        }
    }

    /// The whole document, as `draw` makes it.
    fn draw(kind: Kind, language: &str) -> String {
        let texts = Arc::clone(&Texts::load(SOURCES).unwrap()[language]);
        let values: HashMap<&str, Box<dyn Any>> = HashMap::from([
            ("texts", Box::new(texts) as Box<dyn Any>),
            ("city", Box::new("semarang".to_owned())),
            ("key", Box::new("00000000000000ff".to_owned())),
        ]);
        let page = StylePage::sample().render_with_values(&values).unwrap();
        let layout = Layout { shell: &shell(kind, language), parts: split(&page).unwrap() };
        layout.render_with_values(&values).unwrap()
    }

    /// All values of an attribute, in order.
    fn values_of<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
        let begin = format!(" {attribute}=\"");
        html.split(&begin).skip(1).map(|after| after.split('"').next().unwrap()).collect()
    }

    #[test]
    fn every_component_is_drawn_for_everybody_in_both_languages() {
        for kind in [Kind::Public, Kind::Citizen, Kind::Office] {
            for language in ["id", "en"] {
                let html = draw(kind, language);
                for prefix in [">shell-", ">style-", "\"shell-", "\"style-"] {
                    assert!(!html.contains(prefix), "{language}: a text is missing, {prefix}");
                }
                assert!(!html.contains(" style=") && !html.contains("onclick"));
                assert_eq!(html.matches("<h1").count(), 1);
                assert_eq!(html.matches("<main").count(), 1);
            }
        }
    }

    #[test]
    fn every_label_has_its_field_and_every_reference_its_target() {
        let html = draw(Kind::Office, "id");
        let ids = values_of(&html, "id");
        let described = values_of(&html, "aria-describedby");
        let described = described.iter().flat_map(|ids| ids.split_whitespace());
        let links = values_of(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
        for wanted in values_of(&html, "for").into_iter().chain(described).chain(links) {
            assert!(ids.contains(&wanted), "nothing is called {wanted}");
        }
    }

    #[test]
    fn a_problem_is_said_on_top_and_at_its_field() {
        let html = draw(Kind::Public, "id");
        assert_eq!(html.matches("Nomor ini 9 angka").count(), 2);
        assert!(html.contains("href=\"#phone\"") && html.contains("id=\"phone-problem\""));
        assert!(html.contains("aria-invalid=\"true\""));
    }

    #[test]
    fn forms_carry_the_key_against_sending_twice() {
        let html = draw(Kind::Public, "id");
        let action = values_of(&html, "action").into_iter().find(|action| action.contains("?k="));
        assert!(action.unwrap().starts_with("/style?k=00000000000000ff-"));
    }
}
