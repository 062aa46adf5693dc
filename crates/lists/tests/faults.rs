//! What lists once got wrong: sums taken for businesses, lists without a header refused, and a
//! duplicate that did not say in which sheet its twin stands. Everybody here is invented (tokoh
//! rekaan).

#![expect(clippy::unwrap_used, reason = "a test may stop at what should not be")]

mod kit;

use kit::{import, import_as, semarang};
use lists::{DuplicateOf, Fate, Field, Mapping, Source, recall, understand};
use rust_xlsxwriter::Workbook;

fn fates(csv: &str) -> Vec<(u32, Fate, Option<&'static str>)> {
    let report = import(&semarang(), "daftar.csv", csv.as_bytes());
    let first = |row: &lists::ImportedRow| Some(row.problems.first()?.code.as_str());
    report.rows.iter().map(|row| (row.line, row.fate, first(row))).collect()
}

fn asides(csv: &str) -> Vec<(u32, &'static str)> {
    let rows = fates(csv).into_iter().filter(|(_, fate, _)| *fate == Fate::NotABusiness);
    rows.map(|(line, _, code)| (line, code.unwrap())).collect()
}

#[test]
fn a_sum_is_no_business_wherever_its_word_and_its_amounts_stand() {
    let csv = "No;Nama Usaha;Pemilik;Kelurahan;Omzet;Tenaga Kerja\n\
        1;Soto Rekaan;Budi Rekaan;Sekaran;12000000;2\n\
        ;JUMLAH;2;;;\n\
        JUMLAH;;;;Rp 12.000.000;2 orang\n\
        ;Total UMKM Kec. Gunungpati;;;25;\n\
        ;;;;12000000;2\n\
        2;Total Laundry;Sri Rekaan;Sekaran;5000000;1\n";
    let subtotals = [(3, "subtotal"), (4, "subtotal"), (5, "subtotal"), (6, "subtotal")];
    assert_eq!(asides(csv), subtotals);
}

#[test]
fn headings_and_signatures_in_a_text_table_are_no_businesses() {
    let csv = "No;Nama Usaha;Pemilik;Kelurahan;No HP\n\
        A;MAKANAN;;;\n\
        1;Soto Rekaan;Budi Rekaan;Sekaran;081200000001\n\
        2;Roti Rekaan;Sri Rekaan;Sekaran;081200000002\n\
        ;Minuman;;;\n\
        3;Es Rekaan;Ani Rekaan;Sekaran;081200000003\n\
        4;Kopi Rekaan;Eko Rekaan;;\n\
        ;Mengetahui,;;Semarang, 12 Maret 2024;\n\
        ;Kepala Dinas;;Petugas;\n\
        ;Drs. Rekaan Wijaya;;Tri Rekaan;\n\
        ;NIP. 19650101 199003 1 001;;;\n";
    let expected = [
        (2, "heading"),
        (5, "heading"),
        (8, "signature"),
        (9, "signature"),
        (10, "signature"),
        (11, "signature"),
    ];
    assert_eq!(asides(csv), expected);
    assert_eq!(fates(csv).len(), 10);
}

/// Five businesses, and nothing above them.
const HEADLESS: &str = "1;Warung Bu Sri;Sri Rekaan;Jl. Melati 3;Sekaran;Gunungpati;081200000001;9120000000901;15 juta\n\
    2;Toko Sumber Rekaan;Budi Rekaan;Jl. Kenanga 9 RT 01 RW 02;Mijen;Mijen;081200000002;9120000000902;150 juta\n\
    3;Katering Ibu Ani;Ani Rekaan;Jl. Mawar 1;Tembalang;Tembalang;081200000003;9120000000903;24 juta\n\
    4;Bengkel Eko Jaya;Eko Rekaan;Gg. Buntu 4;Ngaliyan;Ngaliyan;081200000004;9120000000904;36 juta\n\
    5;Es Degan Mbak Tri;Tri Rekaan;Jl. Anggrek 7;Sampangan;Gajahmungkur;081200000005;;12 juta\n";

#[test]
fn a_list_without_a_header_is_understood_from_its_values() {
    let city = semarang();
    let report = import(&city, "tanpa-judul.csv", HEADLESS.as_bytes());
    assert_eq!(report.summary.refused_file, None);
    let guessed: Vec<&str> = report.head.mapping.values().map(|field| field.unwrap()).collect();
    let expected = [
        "reference",
        "name",
        "owner",
        "street",
        "village",
        "district",
        "phone",
        "nib",
        "annual_sales",
    ];
    assert_eq!(guessed, expected, "columns A to I");
    assert_eq!((report.rows[0].line, report.summary.rows), (1, 5), "the first row counts too");
    let first = report.rows[0].business.as_ref().unwrap();
    assert_eq!(first.name, "Warung Bu Sri");
    assert_eq!(first.region.as_ref().unwrap().as_str(), "33.74.12.1009");
    let source = Source::open("x.csv", HEADLESS.as_bytes().to_vec()).unwrap();
    let understanding = understand(&source, &city, None).unwrap();
    assert!(understanding.is_headless());
    let (_, phone) = &understanding.keyed()[6];
    assert_eq!(
        phone.example, "0812-••••-••01; 0812-••••-••02",
        "shown without the numbers of people"
    );
}

#[test]
fn a_guess_about_a_list_without_a_header_can_be_corrected_and_is_remembered() {
    let city = semarang();
    let told = Mapping {
        columns: [("b".to_owned(), Some(Field::Owner)), ("c".to_owned(), Some(Field::Name))].into(),
    };
    let report = import_as(&city, "tanpa-judul.csv", HEADLESS.as_bytes(), Some(&told));
    let first = report.rows[0].business.as_ref().unwrap();
    assert_eq!(
        (first.name.as_str(), first.owner.as_deref()),
        ("Sri Rekaan", Some("Warung Bu Sri"))
    );
    let open = |csv: &str| Source::open("x.csv", csv.as_bytes().to_vec()).unwrap();
    let shape = |csv: &str| understand(&open(csv), &city, None).unwrap().shape;
    let told_shape = understand(&open(HEADLESS), &city, Some(&told)).unwrap().shape;
    assert_eq!(
        shape(HEADLESS),
        told_shape,
        "a correction changes what a file means, not its shape"
    );
    let other = "Warung A Rekaan;081200000001;Sekaran\nToko B Rekaan;081200000002;Mijen\n\
        Kios C Rekaan;081200000003;Sampangan\n";
    assert_ne!(shape(HEADLESS), shape(other), "other columns are another shape");
    let asked = std::cell::Cell::new(0);
    let again = recall(&open(HEADLESS), &city, |wanted| {
        asked.set(asked.get() + 1);
        assert_eq!(*wanted, told_shape);
        Ok::<_, String>(Some(told.clone()))
    });
    let again = again.unwrap().unwrap();
    assert_eq!(again.keyed()[1].1.field, Some(Field::Owner));
    assert_eq!(asked.get(), 1);
}

#[test]
fn a_title_row_of_unknown_words_is_still_asked_about() {
    let csv = format!("Lain;Entah;Apa;Mana;Sini;Situ;Ini;Itu;Anu\n{HEADLESS}");
    let report = import(&semarang(), "aneh.csv", csv.as_bytes());
    assert_eq!(report.summary.rows, 0);
    assert_eq!(report.summary.refused_file.as_deref(), Some("columns-unclear"));
}

#[test]
fn a_duplicate_says_in_which_sheet_its_twin_stands() {
    let mut book = Workbook::new();
    for name in ["Kuliner", "Jasa"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in
            [["Nama Usaha", "Pemilik", "NIB"], ["Soto Rekaan", "Budi Rekaan", "9120000000911"]]
                .iter()
                .enumerate()
        {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    let report = import(&semarang(), "dua-lembar.xlsx", &book.save_to_buffer().unwrap());
    let twin = DuplicateOf::Line { sheet: Some("Kuliner".to_owned()), line: 2 };
    assert_eq!(report.rows[1].duplicate_of.as_ref(), Some(&twin));
    assert!(report.rows[1].problems[0].message.contains("baris 2 lembar Kuliner"));
    let value = serde_json::to_value(&report).unwrap();
    let expected = serde_json::json!({ "sheet": "Kuliner", "line": 2 });
    assert_eq!(value["rows"][1]["duplicate_of"], expected);
}

#[test]
fn a_formula_or_markup_in_the_place_of_a_name_is_put_before_a_person() {
    let csv = "No;Nama Usaha;Pemilik;Kelurahan;No HP\n\
        1;=HYPERLINK(\"http://contoh.invalid\");Budi Rekaan;Sekaran;081200000001\n\
        2;<b>Roti Rekaan</b>;Sri Rekaan;Sekaran;081200000002\n\
        3;Es = Segar Rekaan;Ani Rekaan;Sekaran;081200000003\n";
    let unclear = (Fate::Review, Some("name-unclear"));
    let found: Vec<_> = fates(csv).into_iter().map(|(_, fate, code)| (fate, code)).collect();
    assert_eq!(found[..2], [unclear, unclear]);
    assert_eq!(found[2].0, Fate::Accepted);
}
