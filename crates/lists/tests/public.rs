//! The public sample files behave as their description says. Runs when the folder is there and
//! says when it is not.

#![expect(clippy::unwrap_used, reason = "a test may stop at what should not be")]

mod kit;

use std::collections::{BTreeSet, HashSet};

use base::Date;
use kit::{city_with_edges, codes, import, semarang, shared};
use lists::{Fate, Known, KnownBusinesses, Options, Report, report, rupiah_of, take_address_apart};
use particulars::region::{CityRegions, RegionCode};

fn read(path: &str) -> Option<(String, Vec<u8>)> {
    let path = shared("data/public/registry")?.join(path);
    let name = path.file_name()?.to_str()?.to_owned();
    Some((name, std::fs::read(path).unwrap()))
}

fn imported(city: &CityRegions, path: &str) -> Option<Report> {
    let (name, bytes) = read(path)?;
    let report = import(city, &name, &bytes);
    eprintln!("{name}: {:?} {:?}", report.summary, codes(&report));
    Some(report)
}

fn told(report: &Report, code: &str) -> usize {
    codes(report).get(code).copied().unwrap_or_default()
}

/// The edges are not in the description; these give its count of points outside.
fn surakarta() -> CityRegions {
    city_with_edges("33.72", "Kota Surakarta", ["-7.6", "110.779", "-7.525", "110.871"])
}

#[test]
fn the_list_of_surakarta_is_read_row_by_row() {
    let Some(report) = imported(&surakarta(), "solo-umkm-layout1-part.csv") else { return };
    assert_eq!(report.summary.rows, 5_579);
    assert_eq!(report.summary.refused, 1);
    let nameless = report.rows.iter().find(|row| row.fate == Fate::Refused).unwrap();
    assert_eq!(nameless.problems[0].code.as_str(), "name-missing");
    let businesses = || report.rows.iter().filter_map(|row| row.business.as_ref());
    let silent = businesses().filter(|business| business.activity.is_none()).count();
    let moved = told(&report, "email-moved");
    assert_eq!(silent - moved, 3_059, "without an activity, {moved} e-mail addresses aside");
    assert_eq!(told(&report, "point-unreadable"), 4);
    assert_eq!(told(&report, "point-outside"), 136);
    assert_eq!(report.summary.duplicate, 7, "same name at the same point, the exact one included");
    let name = "Warung Kelontong";
    let same = businesses().filter(|business| business.name == name).count();
    let held = report.rows.iter().filter(|row| row.fate == Fate::Duplicate);
    let held = held.filter(|row| row.business.as_ref().unwrap().name == name).count();
    assert!(same == 38 && held == 5, "a common name at other points is not the same business");
    assert!(businesses().any(|business| business.name.contains('²')
        || business.name.contains('é')
        || business.activity.as_deref().is_some_and(|text| text.contains('²'))));
    let shown = |text: &str| {
        text.split(' ').any(|word| {
            word.split_once('@')
                .is_some_and(|(local, host)| !local.is_empty() && host.contains(".c"))
        })
    };
    let leaked = businesses().filter_map(|b| b.activity.as_deref()).filter(|t| shown(t)).count();
    assert_eq!(leaked, 0, "e-mail addresses are not shown with what a business does");
}

#[test]
fn a_dump_with_sales_and_assets_adds_up() {
    let Some(report) = imported(&semarang(), "sragen-umkm-pseudonymised.sql") else { return };
    assert_eq!(report.rows.len(), 40);
    let businesses = || report.rows.iter().filter_map(|row| row.business.as_ref());
    let sales: Vec<i64> = businesses().map(|b| b.annual_sales.unwrap().amount()).collect();
    let assets: i64 = businesses().map(|b| b.assets.unwrap().amount()).sum();
    assert_eq!((sales.iter().sum::<i64>(), assets), (11_140_400_000, 2_079_500_000));
    let micro = sales.iter().filter(|sales| **sales <= 2_000_000_000).count();
    assert_eq!((micro, sales.len() - micro), (38, 2));
    assert!(sales.iter().all(|sales| *sales <= 15_000_000_000));
}

#[test]
fn permits_of_one_company_are_one_company() {
    let bandung = city_with_edges("32.73", "Kota Bandung", ["-7.0", "107.5", "-6.8", "107.8"]);
    let Some(first) = imported(&bandung, "bandung-izin-iup-pseudonymised.json") else { return };
    assert_eq!(first.rows.len(), 373);
    assert_eq!(373 - first.summary.duplicate, 372, "distinct companies");
    assert_eq!((told(&first, "point-sign"), told(&first, "point-outside")), (1, 5));
    let second = imported(&bandung, "bandung-izin-tdp-pseudonymised.json").unwrap();
    assert_eq!(338 - second.summary.duplicate, 330, "distinct companies");
    assert_eq!((told(&second, "point-swapped"), told(&second, "point-outside")), (6, 2));

    let mut known = KnownBusinesses::default();
    for row in &first.rows {
        let business = row.business.clone().unwrap();
        known.add(&Known {
            number: format!("UMKM-{}", row.line),
            name: business.name,
            owner: business.owner,
            street: business.street,
            nib: business.nib,
            phone: business.phone.map(|phone| phone.as_str().to_owned()),
            point: business.point,
        });
        known.add_row(row.fingerprint);
    }
    let options = Options {
        city: &bandung,
        as_of: Date::of(2026, 11, 23).unwrap(),
        mapping: None,
        known: &known,
        begins: None,
        message: None,
    };
    let held = |path: &str| {
        let (name, bytes) = read(path).unwrap();
        let report = report(&name, bytes, &options, true);
        let rows = report
            .rows
            .iter()
            .filter(|row| matches!(row.duplicate_of, Some(lists::DuplicateOf::Number { .. })));
        let names: HashSet<String> =
            rows.clone().map(|row| row.business.as_ref().unwrap().name.to_lowercase()).collect();
        (rows.count(), names.len())
    };
    let again = held("bandung-izin-iup-pseudonymised.json");
    assert_eq!(again.0, 373, "the same file again adds nothing");
    let both = held("bandung-izin-tdp-pseudonymised.json").1;
    eprintln!("firms in both lists: {both}");
    assert_eq!(both, 74, "firms in both lists are put before a person");
}

#[test]
fn shifted_rows_are_reported_with_their_line() {
    let sorong = city_with_edges("92.71", "Kota Sorong", ["-1.1", "131.2", "-0.8", "131.5"]);
    let Some(report) = imported(&sorong, "malawele-sorong-umkm.csv") else { return };
    assert_eq!(report.summary.rows, 265, "blank rows are no rows");
    assert_eq!((report.summary.accepted + report.summary.review, report.summary.refused), (263, 2));
    let (name, bytes) = read("malawele-sorong-umkm.csv").unwrap();
    let text = String::from_utf8(bytes).unwrap();
    for row in report.rows.iter().filter(|row| row.fate == Fate::Refused) {
        assert_eq!(row.problems[0].code.as_str(), "cells-count", "{name}");
        let line = text.lines().nth(row.line as usize - 1).unwrap();
        assert_ne!(line.split(',').count(), 5, "{line}");
    }
    let categories: BTreeSet<&str> =
        report.rows.iter().filter_map(|row| row.business.as_ref()?.category.as_deref()).collect();
    eprintln!("{categories:?}");
    // The description counts eight; with all three slips mended there are seven.
    assert_eq!(categories.len(), 7, "{categories:?}");
}

#[test]
fn map_features_have_their_point_twice() {
    let klaten = city_with_edges("33.10", "Kabupaten Klaten", ["-7.8", "110.4", "-7.5", "110.8"]);
    let Some(report) = imported(&klaten, "merbung-klaten-umkm-pseudonymised.geojson") else {
        return;
    };
    assert_eq!(report.rows.len(), 64);
    assert_eq!((report.summary.refused, report.summary.duplicate), (0, 0));
    let businesses = || report.rows.iter().filter_map(|row| row.business.as_ref());
    let names: HashSet<&str> = businesses().map(|business| business.name.as_str()).collect();
    assert_eq!(names.len(), 64);
    let phones = businesses().filter(|business| business.phone.is_some()).count();
    let unread = told(&report, "phone-too-long");
    assert_eq!(phones + unread, 48, "one of the 48 has too many digits to be a number");
    assert_eq!(told(&report, "point-differs"), 1);
    assert!(businesses().filter(|business| business.prices.is_some()).count() > 50);
}

#[test]
fn nested_objects_are_rows() {
    let Some(report) = imported(&semarang(), "kemayoran-surabaya-umkm-pseudonymised.json") else {
        return;
    };
    assert_eq!(report.rows.len(), 17);
    assert_eq!(report.summary.refused + report.summary.not_a_business, 0);
    assert!(report.rows.iter().all(|row| row.business.as_ref().unwrap().phone.is_some()));
}

#[test]
fn codes_of_villages_are_text_and_known() {
    for path in ["koperasi-merah-putih-directory.csv", "koperasi-merah-putih-directory.json"] {
        let Some(report) = imported(&semarang(), path) else { return };
        assert_eq!(report.rows.len(), 540);
        let codes = || report.rows.iter().filter_map(|row| row.business.as_ref()?.region.clone());
        assert_eq!(codes().count(), 540);
        let villages =
            std::fs::read_to_string(shared("data/public/regions/idn_villages.csv").unwrap())
                .unwrap();
        let national: HashSet<String> = villages
            .lines()
            .map(|line| line.split(',').next().unwrap().replace(['.', '"'], ""))
            .collect();
        let known = codes().filter(|code| national.contains(&code.as_str().replace('.', "")));
        assert_eq!(known.count(), 540);
        let kelurahan = codes().filter(RegionCode::is_kelurahan).count();
        let wrong = told(&report, "region-kind");
        assert_eq!((540 - kelurahan + wrong, kelurahan - wrong), (405, 135), "by their names");
        let provinces: HashSet<String> =
            codes().map(|code| code.as_str()[..2].to_owned()).collect();
        assert_eq!(provinces.len(), 20);
        assert_eq!(540 - told(&report, "region-outside"), 6, "in Semarang");
        assert_eq!(told(&report, "region-kind"), 1, "the name says desa, the code kelurahan");
        assert_eq!(told(&report, "region-unknown"), 0);
    }
}

#[test]
fn what_is_no_list_of_businesses_is_refused_with_its_reason() {
    let mut files: Vec<(String, &str)> = vec![
        ("koperasi-unit-usaha-2026.xlsx".to_owned(), "cash-book"),
        ("jabar-umkm-binaan-agregat.csv".to_owned(), "aggregate"),
        ("semarang-pasar-kios-los.csv".to_owned(), "aggregate"),
        ("simkopdes-data-dictionary.csv".to_owned(), "not-businesses"),
        ("simkopdes-relations.csv".to_owned(), "not-businesses"),
        ("kementerian-koperasi-kdmp-tables.json".to_owned(), "no-table"),
        ("alamat-mentah-digits-masked.csv".to_owned(), "not-businesses"),
    ];
    let Some(folder) = shared("data/public/registry/tangsel-agregat") else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        files.push((format!("tangsel-agregat/{name}"), "aggregate"));
    }
    assert_eq!(files.len(), 7 + 12);
    for (path, reason) in files {
        let report = imported(&semarang(), &path).unwrap();
        assert_eq!(report.summary.refused_file.as_deref(), Some(reason), "{path}");
        assert_eq!((report.summary.rows, report.rows.len()), (0, 0), "{path}");
        assert!(
            report
                .refusal()
                .is_some_and(|text| text.starts_with("File ini") || text.starts_with("Tidak ada")),
            "{path}"
        );
    }
}

#[test]
fn villages_drawn_at_random_conflict_with_their_districts() {
    let Some(report) = imported(&semarang(), "semarang-umkm-synthetic-by-others.sql") else {
        return;
    };
    assert_eq!(report.rows.len(), 5_050);
    let located = report
        .rows
        .iter()
        .filter(|row| row.business.as_ref().is_some_and(|business| business.region.is_some()))
        .count();
    let understood = told(&report, "region-slip") + told(&report, "region-old-name");
    assert_eq!(located - understood, 329, "village and district agree");
    assert_eq!(told(&report, "region-conflict"), 4_572);
    assert_eq!(told(&report, "region-unknown") + understood, 149);
}

#[test]
fn raw_addresses_never_fail_and_say_what_was_not_read() {
    let Some((_, bytes)) = read("alamat-mentah-digits-masked.csv") else { return };
    let text = String::from_utf8(bytes).unwrap();
    let (mut units, mut unread) = (0, 0);
    for line in text.lines().skip(1) {
        let address = take_address_apart(line.split_once(',').unwrap().1.trim_matches('"'));
        units += usize::from(address.rt.is_some());
        unread += usize::from(!address.unread.is_empty());
    }
    eprintln!("{units} with RT, {unread} with parts that were not read");
    assert!(units > 0 && unread > 0);
    assert_eq!(text.lines().count(), 3_001);
}

#[test]
fn amounts_of_tenders_all_parse_and_add_up() {
    let Some(path) = shared("data/public/procurement/lpse-kota-semarang.json") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let tenders: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rows = tenders.as_array().or_else(|| tenders["data"].as_array()).unwrap();
    let amounts: Vec<i64> =
        rows.iter().map(|row| rupiah_of(row[4].as_str().unwrap()).unwrap().amount()).collect();
    assert_eq!(amounts.len(), 3_103);
    assert_eq!(amounts.iter().sum::<i64>(), 5_715_589_900_000);
    let at_most = |limit: i64| amounts.iter().filter(|amount| **amount <= limit).count();
    assert_eq!((at_most(400_000_000), at_most(2_500_000_000)), (1_180, 2_642));
}
