//! What people type beside the thing they look for: where it shall come from, and that it shall be cheap. Both
//! put goods first; neither leaves any out.

use particulars::region::{CityRegions, Located};

/// Words that ask for a low price.
const CHEAP: [&str; 6] = ["murah", "termurah", "murmer", "terjangkau", "hemat", "cheap"];
/// The longest name of a place, in words.
const PLACE_WORDS_MAX: usize = 3;

/// A question taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// The code of the district that was named, or in which a village that was named lies.
    pub(super) near: Option<String>,
    pub(super) cheap: bool,
    /// The question without both; the whole where nothing else is left.
    pub(super) thing: String,
}

impl Hints {
    /// Reads them from what somebody typed.
    pub(super) fn read(text: &str, regions: &CityRegions) -> Hints {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut hints = Hints::default();
        let (mut thing, mut at) = (Vec::new(), 0);
        while let Some(word) = words.get(at) {
            if CHEAP.contains(&word.to_lowercase().as_str()) {
                (hints.cheap, at) = (true, at + 1);
                continue;
            }
            let place = if hints.near.is_none() { place(&words[at..], regions) } else { None };
            match place {
                Some((district, taken)) => (hints.near, at) = (Some(district), at + taken),
                None => {
                    thing.push(*word);
                    at += 1;
                }
            }
        }
        hints.thing = if thing.is_empty() { text.to_owned() } else { thing.join(" ") };
        hints
    }
}

/// The district that these words begin with, and how many of them name it.
fn place(words: &[&str], regions: &CityRegions) -> Option<(String, usize)> {
    (1..=PLACE_WORDS_MAX.min(words.len())).rev().find_map(|taken| {
        let name = words[..taken].join(" ");
        let district = if regions.is_district_name(&name) {
            regions.district_named(&name)
        } else if regions.is_village_name(&name) {
            match regions.locate(&name, "") {
                Located::Village { code, .. } => code.parent(),
                _ => None,
            }
        } else {
            None
        };
        district.map(|district| (district.as_str().to_owned(), taken))
    })
}

#[cfg(test)]
mod tests {
    use particulars::region::RegionCode;

    use super::*;

    #[test]
    fn a_place_and_a_wish_for_cheap_goods_are_told_from_the_thing() {
        let regions = CityRegions::of_code("33.74").unwrap();
        let read = |text: &str| Hints::read(text, &regions);
        let hints = read("kripik tempe Murah mijen");
        assert_eq!((hints.thing.as_str(), hints.cheap), ("kripik tempe", true));
        assert_eq!(
            hints.near.as_deref(),
            regions.district_named("Mijen").as_ref().map(RegionCode::as_str)
        );
        let hints = read("batik semarang tengah");
        assert_eq!(hints.thing, "batik");
        assert!(hints.near.is_some());
        // A village stands for its district.
        let hints = read("kue wonolopo");
        assert_eq!((hints.thing.as_str(), hints.near), ("kue", read("mijen").near));
        for all in ["keripik tempe", "murah", "mijen", ""] {
            assert_eq!(read(all).thing, all);
        }
        assert_eq!(
            read("lumpia semarang"),
            Hints { thing: "lumpia semarang".into(), ..Hints::default() }
        );
    }
}
