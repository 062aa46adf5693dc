//! The city's own map in words: district (kecamatan), village (kelurahan or gampong), their
//! codes, older names and rough middle points, and how a written name finds its place.

mod locate;

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

use crate::point::{Bounds, GeoPoint};
use crate::spelling;

pub use locate::{Located, Means};

/// A dotted Kemendagri code: `33`, `33.74`, `33.74.11` or `33.74.11.1007`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RegionCode(String);

/// One district or village of the city.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its code.
    pub code: RegionCode,
    /// Its name today.
    pub name: String,
    /// Names it had, and spellings in use.
    pub other_names: Vec<String>,
    /// About its middle, where known.
    pub point: Option<GeoPoint>,
}

/// All districts and villages of one city.
#[derive(Debug, Clone)]
pub struct CityRegions {
    code: RegionCode,
    name: String,
    bounds: Option<Bounds>,
    places: Vec<Place>,
    by_code: HashMap<RegionCode, usize>,
    districts: HashMap<String, Vec<usize>>,
    villages: HashMap<String, Vec<usize>>,
}

/// Cities whose map is part of the program: code and file.
const CITIES: [(&str, &str); 2] =
    [("33.74", include_str!("../data/33.74.csv")), ("11.71", include_str!("../data/11.71.csv"))];
/// Provinces, regencies and cities of the country.
const COUNTRY: &str = include_str!("../data/cities.csv");
/// A business may stand this far outside the outermost middle of a village: about 3 km.
const MARGIN: i64 = 27_000;

impl RegionCode {
    /// A code with or without its dots, of 2, 4, 6 or 10 digits.
    pub fn parse(text: &str) -> Result<RegionCode, &'static str> {
        let text = text.trim().trim_start_matches('\'');
        let digits: String = text.chars().filter(|c| *c != '.').collect();
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err("region-code");
        }
        let dotted = match digits.len() {
            2 => digits,
            4 => format!("{}.{}", &digits[..2], &digits[2..]),
            6 => format!("{}.{}.{}", &digits[..2], &digits[2..4], &digits[4..]),
            10 => {
                format!("{}.{}.{}.{}", &digits[..2], &digits[2..4], &digits[4..6], &digits[6..])
            }
            _ => return Err("region-code"),
        };
        if text.contains('.') && text != dotted {
            return Err("region-code");
        }
        Ok(RegionCode(dotted))
    }

    /// The dotted code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is a village (the lowest level).
    pub fn is_village(&self) -> bool {
        self.0.len() == 13
    }

    /// Whether the village is a kelurahan (1…), not a desa or gampong (2…).
    pub fn is_kelurahan(&self) -> bool {
        self.is_village() && self.0.as_bytes()[9] == b'1'
    }

    /// The region that holds this one, if any: village, district, city, province.
    pub fn parent(&self) -> Option<RegionCode> {
        self.0.rsplit_once('.').map(|(parent, _)| RegionCode(parent.to_owned()))
    }

    /// Whether `self` is `other` or lies within it.
    pub fn within(&self, other: &RegionCode) -> bool {
        self.0 == other.0
            || (self.0.starts_with(&other.0) && self.0.as_bytes()[other.0.len()] == b'.')
    }

    /// Whether its province and city exist (Kepmendagri 300.2.2-2430/2025).
    pub fn city_exists(&self) -> bool {
        let city = self.0.get(..5).unwrap_or(&self.0);
        COUNTRY.lines().any(|line| line.split(',').next() == Some(city))
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl CityRegions {
    /// The map of a city that ships with the program: `33.74` (Semarang), `11.71` (Banda Aceh).
    pub fn of_code(code: &str) -> Option<CityRegions> {
        let (_, table) = CITIES.iter().find(|(known, _)| *known == code)?;
        Some(Self::parse(table).expect("the map shipped with the program is well formed"))
    }

    /// A map from text: `code,name,other_names,latitude,longitude`, the city itself first,
    /// other names separated by `|`. Any city can bring its own.
    pub fn parse(table: &str) -> Result<CityRegions, &'static str> {
        let mut lines = table.lines().skip(1).filter(|line| !line.trim().is_empty());
        let city = lines.next().and_then(place).ok_or("region-table")?;
        let places: Vec<Place> = lines.map(place).collect::<Option<_>>().ok_or("region-table")?;
        let bounds = Bounds::around(places.iter().filter_map(|place| place.point), MARGIN);
        let mut regions = CityRegions {
            code: city.code,
            name: city.name,
            bounds,
            places: Vec::new(),
            by_code: HashMap::new(),
            districts: HashMap::new(),
            villages: HashMap::new(),
        };
        for place in places {
            regions.add(place);
        }
        Ok(regions)
    }

    /// The same city with other edges, for points that must lie inside.
    #[must_use]
    pub fn with_bounds(mut self, bounds: Bounds) -> CityRegions {
        self.bounds = Some(bounds);
        self
    }

    fn add(&mut self, place: Place) {
        let number = self.places.len();
        let index = if place.code.is_village() { &mut self.villages } else { &mut self.districts };
        for name in std::iter::once(&place.name).chain(&place.other_names) {
            let same = index.entry(spelling::squeezed(name)).or_default();
            if !same.contains(&number) {
                same.push(number);
            }
        }
        self.by_code.insert(place.code.clone(), number);
        self.places.push(place);
    }

    /// The city's code.
    pub fn code(&self) -> &RegionCode {
        &self.code
    }

    /// The city's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The box in which the city's businesses stand.
    pub fn bounds(&self) -> Option<&Bounds> {
        self.bounds.as_ref()
    }

    /// A district or village by its code.
    pub fn find(&self, code: &RegionCode) -> Option<&Place> {
        self.by_code.get(code).map(|number| &self.places[*number])
    }

    /// The districts, in the order of their codes.
    pub fn districts(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| !place.code.is_village())
    }

    /// All villages, in the order of their codes.
    pub fn villages(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.code.is_village())
    }

    /// The villages of one district.
    pub fn villages_of(&self, district: &RegionCode) -> impl Iterator<Item = &Place> {
        self.villages().filter(|place| place.code.within(district))
    }
}

fn place(line: &str) -> Option<Place> {
    let cells: Vec<&str> = line.split(',').collect();
    let [code, name, other_names, latitude, longitude] = cells[..] else { return None };
    Some(Place {
        code: RegionCode::parse(code).ok()?,
        name: name.to_owned(),
        other_names: other_names.split('|').filter(|n| !n.is_empty()).map(str::to_owned).collect(),
        point: GeoPoint::parse(latitude, longitude).ok(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_cities_are_whole() {
        for (code, districts, villages) in [("33.74", 16, 177), ("11.71", 9, 90)] {
            let city = CityRegions::of_code(code).unwrap();
            assert_eq!(city.districts().count(), districts);
            assert_eq!(city.villages().count(), villages);
            assert!(city.villages().all(|place| place.point.is_some()));
            assert!(
                city.villages().all(|place| city.find(&place.code.parent().unwrap()).is_some())
            );
        }
        assert!(CityRegions::of_code("99.99").is_none());
    }

    #[test]
    fn codes_are_read_with_and_without_dots() {
        let code = RegionCode::parse("3374111007").unwrap();
        assert_eq!(code.as_str(), "33.74.11.1007");
        assert!(code.is_kelurahan() && code.city_exists());
        assert_eq!(code.parent().unwrap().as_str(), "33.74.11");
        assert!(code.within(&RegionCode::parse("33.74").unwrap()));
        assert!(!code.within(&RegionCode::parse("33.7").unwrap_or(RegionCode("33.7".into()))));
        for wrong in ["33.7", "3374.111007", "abc", "", "337411100"] {
            assert!(RegionCode::parse(wrong).is_err(), "{wrong}");
        }
        assert!(!RegionCode::parse("33.99").unwrap().city_exists());
    }
}
