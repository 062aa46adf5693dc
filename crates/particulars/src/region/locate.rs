//! From a written village and district to a place: exactly, through an older name, or through a
//! slip of the finger. Two equally good places are never chosen between.

use std::collections::HashMap;

use super::{CityRegions, RegionCode};
use crate::spelling;

/// How a place was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The name as it is written today.
    Name,
    /// An older name or spelling.
    OldName,
    /// The only name a slip or two away.
    Slip,
}

/// What a written village and district turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    /// One village. `district_given` says whether the district was named too.
    Village {
        /// Its code.
        code: RegionCode,
        /// How the village's name was understood.
        means: Means,
        /// Whether a known district stood beside it.
        district_given: bool,
    },
    /// Only the district is named.
    District(RegionCode),
    /// Several villages fit equally well.
    Several(Vec<RegionCode>),
    /// The village exists, but not in the district named beside it.
    Conflict {
        /// Where a village of that name lies.
        villages: Vec<RegionCode>,
        /// The district that was named.
        district: RegionCode,
    },
    /// No village of the city bears this name; the district may be known.
    Unknown {
        /// The district, if that was understood.
        district: Option<RegionCode>,
    },
    /// Nothing was written.
    Nothing,
}

/// Words before a name that are no part of it.
const VILLAGE_WORDS: [&str; 8] =
    ["kelurahan", "kel", "gampong", "gp", "desa", "ds", "kampung", "kelurahan desa"];
const DISTRICT_WORDS: [&str; 4] = ["kecamatan", "kec", "kecamatan kota", "distrik"];

type Found = (Vec<usize>, Means);

impl CityRegions {
    /// The place that `village` and `district` name, as far as that is certain.
    pub fn locate(&self, village: &str, district: &str) -> Located {
        let in_district = self.district_named(district);
        if spelling::key(village).is_empty() {
            return match in_district {
                Some(code) => Located::District(code),
                None if spelling::key(district).is_empty() => Located::Nothing,
                None => Located::Unknown { district: None },
            };
        }
        let found = self.named(village, &VILLAGE_WORDS, &self.villages, &|_| true);
        match in_district {
            Some(district) => self.within_district(village, found.as_ref(), district),
            None => match found {
                Some((places, means)) => self.decided(&places, means, false),
                None => Located::Unknown { district: None },
            },
        }
    }

    /// The district a text names, if it names exactly one.
    pub fn district_named(&self, text: &str) -> Option<RegionCode> {
        let found = self.named(text, &DISTRICT_WORDS, &self.districts, &|_| true);
        match found {
            Some((places, _)) if places.len() == 1 => Some(self.places[places[0]].code.clone()),
            _ => None,
        }
    }

    /// Whether a text is exactly the name of a village, today's or an older one.
    pub fn is_village_name(&self, text: &str) -> bool {
        exact(text, &VILLAGE_WORDS, &self.villages).is_some()
    }

    /// Whether a text is exactly the name of a district, today's or an older one.
    pub fn is_district_name(&self, text: &str) -> bool {
        exact(text, &DISTRICT_WORDS, &self.districts).is_some()
    }

    fn within_district(
        &self,
        village: &str,
        found: Option<&Found>,
        district: RegionCode,
    ) -> Located {
        let inside = |number: &usize| self.places[*number].code.within(&district);
        if let Some((places, means)) = found
            && *means != Means::Slip
        {
            let here: Vec<usize> = places.iter().copied().filter(|n| inside(n)).collect();
            if here.is_empty() {
                return Located::Conflict { villages: self.codes(places), district };
            }
            return self.decided(&here, *means, true);
        }
        let near = self.named(village, &VILLAGE_WORDS, &self.villages, &inside);
        match near {
            Some((places, means)) => self.decided(&places, means, true),
            // A slip away from a village of another district is no village of this name.
            None => Located::Unknown { district: Some(district) },
        }
    }

    fn decided(&self, places: &[usize], means: Means, district_given: bool) -> Located {
        match *places {
            [one] => {
                Located::Village { code: self.places[one].code.clone(), means, district_given }
            }
            _ => Located::Several(self.codes(places)),
        }
    }

    fn codes(&self, places: &[usize]) -> Vec<RegionCode> {
        places.iter().map(|number| self.places[*number].code.clone()).collect()
    }

    /// All places that fit best: by today's name, by an older one, then by the fewest slips.
    fn named(
        &self,
        text: &str,
        words: &[&str],
        index: &HashMap<String, Vec<usize>>,
        wanted: &dyn Fn(&usize) -> bool,
    ) -> Option<Found> {
        if let Some(places) = exact(text, words, index) {
            let places: Vec<usize> = places.iter().copied().filter(|n| wanted(n)).collect();
            if !places.is_empty() {
                let today = self.today(text, words, &places);
                return Some((places, if today { Means::Name } else { Means::OldName }));
            }
        }
        let written = stripped(text, words);
        let allowed = spelling::slips_allowed(&written);
        let mut best: (usize, Vec<usize>) = (allowed + 1, Vec::new());
        for (name, places) in index {
            if name.len().abs_diff(written.len()) > allowed {
                continue;
            }
            let slips = spelling::slips(&written, name);
            if slips > allowed {
                continue;
            }
            let places = places.iter().copied().filter(|n| wanted(n));
            if slips < best.0 {
                let places: Vec<usize> = places.collect();
                if !places.is_empty() {
                    best = (slips, places);
                }
            } else if slips == best.0 {
                best.1.extend(places);
            }
        }
        best.1.sort_unstable();
        best.1.dedup();
        (!best.1.is_empty()).then_some((best.1, Means::Slip))
    }

    fn today(&self, text: &str, words: &[&str], places: &[usize]) -> bool {
        let (whole, bare) = (spelling::squeezed(text), stripped(text, words));
        places.iter().any(|number| {
            let name = spelling::squeezed(&self.places[*number].name);
            name == whole || name == bare
        })
    }
}

fn exact<'a>(
    text: &str,
    words: &[&str],
    index: &'a HashMap<String, Vec<usize>>,
) -> Option<&'a Vec<usize>> {
    let bare = stripped(text, words);
    index
        .get(&spelling::squeezed(text))
        .or_else(|| index.get(&bare))
        .or_else(|| index.get(&spelling::modern(&bare)))
}

/// The squeezed key without a leading `Kel.`, `Kec.`, `Gampong`…
fn stripped(text: &str, words: &[&str]) -> String {
    let key = spelling::key(text);
    let bare = words
        .iter()
        .filter_map(|word| key.strip_prefix(word)?.strip_prefix(' '))
        .min_by_key(|rest| rest.len())
        .unwrap_or(&key);
    bare.replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn semarang() -> CityRegions {
        CityRegions::of_code("33.74").unwrap()
    }

    fn village(village: &str, district: &str) -> (String, Means) {
        match semarang().locate(village, district) {
            Located::Village { code, means, .. } => (code.as_str().to_owned(), means),
            other => panic!("{village} in {district}: {other:?}"),
        }
    }

    #[test]
    fn names_are_found_through_slips_and_old_spellings() {
        for (written, district, code, means) in [
            ("Kel. Sekaran", "GUNUNGPATI", "33.74.12.1009", Means::Name),
            ("SRONDOL KULON", "Kec. Banyumanik", "33.74.11.1006", Means::Name),
            ("Gisik Drono", "", "33.74.13.1007", Means::Name),
            ("Beringin", "Ngaliyan", "33.74.15.1003", Means::OldName),
            ("Wonotinggal", "Candisari", "33.74.08.1007", Means::OldName),
            ("Brngin", "Ngaliyan", "33.74.15.1003", Means::Slip),
            ("Lamper or", "Semarang Selatan", "33.74.07.1008", Means::Slip),
            ("Paebon", "", "33.74.06.1011", Means::Slip),
            ("Purwosri", "Mijen", "33.74.14.1005", Means::Slip),
            ("Mangunharjo", "Tugu", "33.74.16.1007", Means::Name),
            ("Tembalang", "Tembalang", "33.74.10.1006", Means::Name),
            ("Djomblang", "Tjandisari", "33.74.08.1004", Means::OldName),
        ] {
            assert_eq!(village(written, district), (code.to_owned(), means), "{written}");
        }
    }

    #[test]
    fn two_equally_good_places_are_never_chosen_between() {
        for name in ["Mangunharjo", "Purwosari", "Purwosri"] {
            match semarang().locate(name, "") {
                Located::Several(codes) => assert_eq!(codes.len(), 2, "{name}"),
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_village_in_the_wrong_district_is_a_conflict() {
        let found = semarang().locate("Sekaran", "Tugu");
        assert!(matches!(found, Located::Conflict { .. }), "{found:?}");
        let found = semarang().locate("Kota Tua", "Tugu");
        assert!(matches!(found, Located::Unknown { district: Some(_) }), "{found:?}");
        assert_eq!(semarang().locate("", ""), Located::Nothing);
        assert_eq!(semarang().locate("x", "Surakarta"), Located::Unknown { district: None });
    }

    #[test]
    fn a_gampong_is_found_with_and_without_the_word() {
        let city = CityRegions::of_code("11.71").unwrap();
        for (written, district, code) in [
            ("Gampong Pande", "Kuta Raja", "11.71.06.2005"),
            ("Pande", "", "11.71.06.2005"),
            ("Gp. Lamdingin", "", "11.71.02.2009"),
            ("Blower", "Baiturrahman", "11.71.01.2003"),
            ("Lam Dom", "Lueng Bata", "11.71.05.2008"),
        ] {
            match city.locate(written, district) {
                Located::Village { code: found, .. } => assert_eq!(found.as_str(), code),
                other => panic!("{written}: {other:?}"),
            }
        }
    }
}
