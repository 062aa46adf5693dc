//! What the import tests share: the city, the day, and the material that may lie beside the
//! repository.

use std::path::PathBuf;

use base::Date;
use lists::{KnownBusinesses, Mapping, Options, Report, report};
use particulars::point::{Bounds, GeoPoint};
use particulars::region::CityRegions;

/// The folder beside the repository, or nothing when it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

pub(crate) fn semarang() -> CityRegions {
    CityRegions::of_code("33.74").unwrap()
}

/// A city of which only the edges are known, in degrees.
pub(crate) fn city_with_edges(code: &str, name: &str, box_of: [&str; 4]) -> CityRegions {
    let table = format!("code,name,other_names,latitude,longitude\n{code},{name},,,\n");
    let [south, west, north, east] = box_of;
    CityRegions::parse(&table).unwrap().with_bounds(Bounds {
        south_west: GeoPoint::parse(south, west).unwrap(),
        north_east: GeoPoint::parse(north, east).unwrap(),
    })
}

pub(crate) fn import(city: &CityRegions, name: &str, bytes: &[u8]) -> Report {
    import_as(city, name, bytes, None)
}

pub(crate) fn import_as(
    city: &CityRegions,
    name: &str,
    bytes: &[u8],
    mapping: Option<&Mapping>,
) -> Report {
    let known = KnownBusinesses::default();
    let options = Options {
        city,
        as_of: Date::of(2026, 11, 23).unwrap(),
        mapping,
        known: &known,
        begins: None,
        message: None,
    };
    report(name, bytes.to_vec(), &options, true)
}

/// How often each code occurs in a report.
pub(crate) fn codes(report: &Report) -> std::collections::BTreeMap<&'static str, usize> {
    let mut codes = std::collections::BTreeMap::new();
    for problem in report.rows.iter().flat_map(|row| &row.problems) {
        *codes.entry(problem.code.as_str()).or_default() += 1;
    }
    codes
}

#[test]
fn a_city_may_be_known_by_its_edges_alone() {
    let city = city_with_edges("99.99", "Kota Rekaan", ["-7", "110", "-6", "111"]);
    let csv = "Nama Usaha,lat,lng\nWarung Rekaan,-6.5,110.5\nToko Rekaan,-8,110.5\n";
    let report = import_as(&city, "daftar.csv", csv.as_bytes(), None);
    assert_eq!(codes(&report), [("point-outside", 1)].into());
    assert_eq!(import(&semarang(), "daftar.csv", csv.as_bytes()).rows.len(), 2);
    assert!(shared("no such file").is_none());
}
