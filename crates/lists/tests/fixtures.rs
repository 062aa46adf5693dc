//! Lists with the quirks of real ones. Every person and business in them is invented (tokoh
//! rekaan).

#![expect(clippy::unwrap_used, reason = "a test may stop at what should not be")]

mod kit;

use std::io::Write;

use base::Date;
use kit::{codes, import, import_as, semarang};
use lists::{
    DuplicateOf, Fate, Field, Form, Known, KnownBusinesses, Mapping, Options, Paper, Report,
    ReportHead, SheetTexts, Source, each_row, report, understand, workbook,
};
use particulars::region::{CityRegions, RegionCode};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// A city office's list: titles, a header over two rows with merged cells, numbered columns,
/// headings per district, sums, a signature, and a second sheet that is something else.
fn city_list() -> Vec<u8> {
    let plain = Format::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Binaan").unwrap();
    sheet.merge_range(0, 0, 0, 8, "PEMERINTAH KOTA REKAAN", &plain).unwrap();
    sheet.merge_range(1, 0, 1, 8, "DAFTAR USAHA MIKRO (TOKOH REKAAN)", &plain).unwrap();
    for (column, title) in
        [(0, "NO"), (1, "NAMA USAHA"), (2, "NAMA PEMILIK"), (7, "OMZET"), (8, "TK")]
    {
        sheet.merge_range(3, column, 4, column, title, &plain).unwrap();
    }
    sheet.merge_range(3, 3, 3, 5, "ALAMAT", &plain).unwrap();
    for (column, title) in [(3, "JALAN"), (4, "KELURAHAN"), (5, "KECAMATAN"), (6, "NIB")] {
        sheet.write_string(4, column, title).unwrap();
    }
    for column in 0..9_u16 {
        sheet.write_number(5, column, column + 1).unwrap();
    }
    sheet.merge_range(6, 0, 6, 8, "KECAMATAN TUGU", &plain).unwrap();
    let rows = [
        [
            "1",
            "Wedang Rempah Bu Rekaan",
            "Sri Rekaan",
            "Jl. Melati 1",
            "Mangunharjo",
            "",
            "9120000000101",
            "24 jt",
            "2 org",
        ],
        [
            "2",
            "Keripik Tempe Rekaan",
            "Budi Contoh",
            "Jl. Mawar 2 RT 03/RW 04",
            "Jerakh",
            "Tugu",
            "0",
            "Rp 12.000.000,-",
            "1",
        ],
    ];
    for (row, cells) in (7..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    add_second_group(sheet);
    add_cash_book(&mut book);
    book.save_to_buffer().unwrap()
}

fn add_second_group(sheet: &mut Worksheet) {
    sheet.write_string(9, 1, "JUMLAH").unwrap();
    sheet.write_formula(9, 7, Formula::new("SUM(H8:H9)")).unwrap();
    sheet.write_string(11, 0, "KECAMATAN TEMBALANG").unwrap();
    sheet.write_number(12, 0, 1).unwrap();
    sheet.write_string(12, 1, "Laundry Contoh").unwrap();
    sheet.write_string(12, 2, "Ani Rekaan").unwrap();
    sheet.write_string(12, 4, "Mangunharjo").unwrap();
    sheet.write_number(12, 6, 220_000_000_102_f64).unwrap();
    sheet.write_string(15, 7, "Kota Rekaan, 2 Januari 2026").unwrap();
    sheet.write_string(16, 7, "Kepala Dinas").unwrap();
}

fn add_cash_book(book: &mut Workbook) {
    let other = book.add_worksheet().set_name("Kas").unwrap();
    for (column, title) in
        ["No", "Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"].iter().enumerate()
    {
        other.write_string(0, column as u16, *title).unwrap();
    }
    other.write_string(1, 2, "Beli kertas").unwrap();
}

fn options<'a>(city: &'a CityRegions, known: &'a KnownBusinesses) -> Options<'a> {
    Options {
        city,
        as_of: Date::of(2026, 11, 23).unwrap(),
        mapping: None,
        known,
        begins: None,
        message: None,
    }
}

fn region(report: &Report, row: usize) -> Option<&str> {
    report.rows[row].business.as_ref()?.region.as_ref().map(RegionCode::as_str)
}

#[test]
fn headings_sums_and_signatures_are_told_from_businesses() {
    let report = import(&semarang(), "binaan.xlsx", &city_list());
    let fates: Vec<(u32, Fate)> = report.rows.iter().map(|row| (row.line, row.fate)).collect();
    assert_eq!(
        fates,
        [
            (7, Fate::NotABusiness),
            (8, Fate::Accepted),
            (9, Fate::Accepted),
            (10, Fate::NotABusiness),
            (12, Fate::NotABusiness),
            (13, Fate::Review),
            (16, Fate::NotABusiness),
            (17, Fate::NotABusiness),
        ]
    );
    assert_eq!(region(&report, 1), Some("33.74.16.1007"), "the heading names the district");
    assert_eq!(region(&report, 2), Some("33.74.16.1001"), "a slip of the finger");
    assert_eq!(region(&report, 5), Some("33.74.10.1003"), "the same name under another heading");
    let second = report.rows[2].business.as_ref().unwrap();
    assert_eq!((second.rt, second.rw), (Some(3), Some(4)));
    assert_eq!(second.street.as_deref(), Some("Jl. Mawar 2"));
    assert_eq!(second.annual_sales.unwrap().amount(), 12_000_000);
    let third = report.rows[5].business.as_ref().unwrap();
    assert_eq!(third.nib.as_ref().unwrap().as_str(), "0220000000102");
    assert!(report.rows.iter().all(|row| row.sheet.as_deref() == Some("Binaan")));
    assert_eq!(report.head.mapping["JALAN"], Some("street"));
    assert!(!report.head.mapping.contains_key("Saldo"), "the cash book is no part of it");
}

#[test]
fn a_district_merged_over_its_rows_holds_for_all_of_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in
        ["Kecamatan", "Nama Usaha", "Kelurahan", "Mulai Usaha"].iter().enumerate()
    {
        sheet.write_string(0, column as u16, *title).unwrap();
    }
    sheet.merge_range(1, 0, 3, 0, "Mijen", &Format::new()).unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for row in 1..=3_u32 {
        sheet.write_string(row, 1, format!("Usaha Rekaan {row}")).unwrap();
        sheet.write_string(row, 2, "Purwosari").unwrap();
        let date = ExcelDateTime::from_ymd(2020, 2, row as u8).unwrap();
        sheet.write_datetime_with_format(row, 3, &date, &day).unwrap();
    }
    let report = import(&semarang(), "gabung.xlsx", &book.save_to_buffer().unwrap());
    for row in 0..3 {
        assert_eq!(region(&report, row), Some("33.74.14.1005"), "not the one in Semarang Utara");
    }
    let started = report.rows[2].business.as_ref().unwrap().started_on.unwrap();
    assert_eq!(started.iso(), "2020-02-03");
}

const PERMITS: &str = "sep=;\r\n\
    ID;NAMA_USAHA;NAMA_PEMILIK;ALAMAT;KEL;KEC;NIB;HP;OMZET;LAT;LNG\r\n\
    1;Warung “Rekaan”;Sri Contoh;\"Jl. Melati 1 RT 1/RW 2\r\n(belakang pasar)\";Kudu;Genuk;9120000000201;0812 0000 0001 / 0813 0000 0002;1,2 jt/bln;-6,95;110,48\r\n\
    2;Toko Rekaan;Budi Contoh;Jl. Mawar 2;Purwosari;;81200000002O2;0812000;banyak;110.41;-6.97\r\n\
    3;WARUNG REKAAN;SRI CONTOH;Jl. Melati 1 RT 1/RW 2;Kudu;Genuk;912.0000.000201;;14.400.000;0;0\r\n\
    4;Kios Rekaan;Ani Contoh;Jl. Kenanga 3;Sekaran;Tugu;9,12E+12;;;6.98;110.4\r\n";

#[test]
fn a_permit_list_is_read_in_every_encoding_and_with_every_line_end() {
    let utf16: Vec<u16> = PERMITS.encode_utf16().collect();
    let cp1252: Vec<u8> = PERMITS
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let forms: [Vec<u8>; 5] = [
        PERMITS.as_bytes().to_vec(),
        cp1252,
        utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        PERMITS.replace("\r\n", "\r").into_bytes(),
    ];
    for bytes in forms {
        let report = import(&semarang(), "izin.csv", &bytes);
        let lines: Vec<u32> = report.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 5, 6, 7], "physical lines, the quoted break counted");
        let first = report.rows[0].business.as_ref().unwrap();
        assert_eq!(first.name, "Warung “Rekaan”");
        assert_eq!(first.landmark.as_deref(), Some("belakang pasar"));
        assert_eq!(first.second_phone.as_ref().unwrap().as_str(), "+6281300000002");
        assert_eq!(first.annual_sales.unwrap().amount(), 14_400_000);
        let fates: Vec<Fate> = report.rows.iter().map(|row| row.fate).collect();
        assert_eq!(fates, [Fate::Accepted, Fate::Review, Fate::Duplicate, Fate::Review]);
        assert_eq!(report.rows[2].duplicate_of, Some(DuplicateOf::Line { sheet: None, line: 3 }));
        let told = codes(&report);
        for code in [
            "nib-letter-o",
            "nib-digits-lost",
            "region-several",
            "region-conflict",
            "point-swapped",
            "point-sign",
            "point-zero",
            "phone-too-short",
            "money-unreadable",
            "same-nib",
        ] {
            assert_eq!(told.get(code), Some(&1), "{code}");
        }
    }
}

#[test]
fn the_report_is_the_contract_whole_and_row_by_row() {
    let whole = import(&semarang(), "izin.csv", PERMITS.as_bytes());
    let value = serde_json::to_value(&whole).unwrap();
    let keys = |value: &serde_json::Value| {
        value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(keys(&value), "file sha256 dry_run mapping summary rows");
    assert_eq!(
        keys(&value["summary"]),
        "rows accepted review duplicate refused not_a_business refused_file"
    );
    let row = &value["rows"][2];
    assert_eq!(keys(row), "sheet line fate duplicate_of business problems");
    assert_eq!(row["duplicate_of"], serde_json::json!({ "line": 3 }));
    assert_eq!(
        keys(&row["business"]),
        "name owner street rt rw region_code category activity nib kbli phone annual_sales assets \
         workers latitude longitude"
    );
    assert_eq!(keys(&row["problems"][0]), "column field code read hint message message_en");
    assert_eq!(value["rows"][0]["business"]["latitude"], serde_json::json!(-6.95));

    let (city, known) = (semarang(), KnownBusinesses::default());
    let source = Source::open("izin.csv", PERMITS.as_bytes().to_vec()).unwrap();
    let understanding = understand(&source, &city, None).unwrap();
    let mut json = Vec::new();
    let mut paper = Paper::new(Form::Json, &mut json);
    paper.begin(&ReportHead::new(&source, &understanding, true)).unwrap();
    let summary = each_row(&source, &understanding, &options(&city, &known), &mut |row| {
        paper.row(&row).unwrap();
    })
    .unwrap();
    paper.end(&summary).unwrap();
    let written: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(written, value);

    let book = workbook(json.as_slice(), &SheetTexts::indonesian()).unwrap();
    let again = import(&city, "laporan.xlsx", &book);
    assert_eq!(again.summary.rows, 4);
    let direct = import(&city, "laporan.xlsx", &whole.xlsx(&SheetTexts::indonesian()).unwrap());
    assert_eq!(again.rows, direct.rows, "drawn from the JSON or at once, the same rows");
    assert_eq!(again.rows[0].business.as_ref().unwrap().name, "Warung “Rekaan”");
}

#[test]
fn personal_numbers_never_reach_the_report() {
    let csv = "Nama Usaha;NIK;Email\nWarung Rekaan;3374015703850001;a@contoh.id\n\
               Toko Rekaan;33740157038500;b\n";
    let report = import(&semarang(), "nik.csv", csv.as_bytes());
    let first = report.rows[0].business.as_ref().unwrap();
    assert_eq!(first.nik.as_ref().unwrap().reveal(), "3374015703850001");
    let json = serde_json::to_string(&report).unwrap();
    assert!(!json.contains("5703850001") && !json.contains("a@contoh.id"));
    assert!(json.contains("nik-length") && !json.contains("33740157038500"));
}

#[test]
fn what_a_person_says_about_columns_is_remembered_by_shape() {
    let csv = "Daerah A;Daerah B;Isian;Angka\nx;Rekaan Satu;Sri;9120000000301\n";
    let report = import(&semarang(), "aneh.csv", csv.as_bytes());
    assert_eq!(report.summary.refused_file.as_deref(), Some("columns-unclear"));
    assert_eq!(report.head.mapping.len(), 4, "shown, so that it can be corrected");
    let city = semarang();
    let open = |csv: &str| Source::open("aneh.csv", csv.as_bytes().to_vec()).unwrap();
    let mut mapping = Mapping::default();
    for (title, field) in [
        ("daerah a", None),
        ("daerah b", Some(Field::Name)),
        ("isian", Some(Field::Owner)),
        ("angka", Some(Field::Nib)),
    ] {
        mapping.columns.insert(title.to_owned(), field);
    }
    let headed = csv.replace("Daerah A", "No");
    let told = import_as(&city, "aneh.csv", headed.as_bytes(), Some(&mapping));
    let business = told.rows[0].business.as_ref().unwrap();
    assert_eq!(business.name, "Rekaan Satu");
    assert_eq!(business.nib.as_ref().unwrap().as_str(), "9120000000301");
    let shape = |csv: &str| understand(&open(csv), &city, None).unwrap().shape;
    let longer = format!("{PERMITS}5;Kedai Rekaan;Sri;;;;;;;;\r\n");
    assert_eq!(shape(PERMITS), shape(&longer), "more rows, the same shape");
    assert_ne!(shape(PERMITS), shape(&PERMITS.replace("OMZET", "ASET")));
    let text = serde_json::to_string(&mapping).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), mapping);
}

#[test]
fn the_same_list_again_adds_nothing() {
    let city = semarang();
    let first = import(&city, "izin.csv", PERMITS.as_bytes());
    let mut known = KnownBusinesses::default();
    for row in first.rows.iter().filter(|row| row.fate != Fate::Duplicate) {
        let business = row.business.clone().unwrap();
        known.add(&Known {
            number: format!("UMKM-{:06}", row.line),
            name: business.name,
            owner: business.owner,
            street: business.street,
            nib: business.nib,
            phone: business.phone.map(|phone| phone.as_str().to_owned()),
            point: business.point,
        });
        known.add_row(row.fingerprint);
    }
    let again = report("izin.csv", PERMITS.as_bytes().to_vec(), &options(&city, &known), false);
    assert_eq!((again.summary.duplicate, again.summary.accepted), (4, 0));
    let number = DuplicateOf::Number { number: "UMKM-000003".to_owned() };
    assert_eq!(again.rows[0].duplicate_of, Some(number));
}

#[test]
fn the_last_sending_of_a_form_counts() {
    let csv = "Timestamp,Nama Lengkap (sesuai KTP),Nama Usaha / Merek Dagang *,Alamat lengkap tempat usaha,\
        Nomor WhatsApp aktif,Berapa omzet rata-rata per bulan?,Saya setuju data saya digunakan\n\
        2026-03-01 08:00:00,Sri Rekaan,Jamu Rekaan,\"Jl. A 1 RT 01 RW 02, Sekaran, Kec. Gunungpati\",081200000001,± 2 jt,Setuju\n\
        2026-03-02 08:00:00,Budi Rekaan,Roti Contoh,\"Jl. B 2, Wates, Kec. Ngaliyan\",081200000002,1 jt,Tidak setuju\n\
        2026-03-05 08:00:00,sri rekaan,Jamu Rekaan,\"Jl. A 1 RT 01 RW 02, Sekaran, Kec. Gunungpati\",081200000001,3 jt,Setuju\n";
    let report = import(&semarang(), "formulir.csv", csv.as_bytes());
    assert_eq!(report.rows[0].fate, Fate::Duplicate);
    assert_eq!(report.rows[0].duplicate_of, Some(DuplicateOf::Line { sheet: None, line: 4 }));
    assert_eq!(report.rows[2].fate, Fate::Accepted);
    let last = report.rows[2].business.as_ref().unwrap();
    assert_eq!(last.annual_sales.unwrap().amount(), 36_000_000);
    assert_eq!((last.rt, last.rw, last.street.as_deref()), (Some(1), Some(2), Some("Jl. A 1")));
    assert_eq!(region(&report, 2), Some("33.74.12.1009"));
    let refused = report.rows[1].business.as_ref().unwrap();
    assert_eq!(refused.consent, Some(false), "registered, and not shown in public");
    assert_eq!(report.rows[1].fate, Fate::Review);
}

#[test]
fn an_open_document_is_read_like_any_workbook() {
    let content = "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet>\
        <table:table table:name=\"Data\"><table:table-row><table:table-cell table:number-columns-spanned=\"3\">\
        <text:p>DAFTAR USAHA REKAAN</text:p></table:table-cell><table:covered-table-cell \
        table:number-columns-repeated=\"2\"/></table:table-row><table:table-row><table:table-cell>\
        <text:p>Nama Usaha</text:p></table:table-cell><table:table-cell><text:p>NIB</text:p>\
        </table:table-cell><table:table-cell><text:p>Omzet</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell><text:p>Soto &amp; Es Rekaan</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"float\" office:value=\"9120000000401\"><text:p>9,12E+12\
        </text:p></table:table-cell><table:table-cell office:value-type=\"float\" \
        office:value=\"12000000\"><text:p>12.000.000</text:p></table:table-cell></table:table-row>\
        </table:table></office:spreadsheet></office:body></office:document-content>";
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]
    {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    let report = import(&semarang(), "daftar.ods", &bytes);
    let business = report.rows[0].business.as_ref().unwrap();
    assert_eq!(business.name, "Soto & Es Rekaan");
    assert_eq!(business.nib.as_ref().unwrap().as_str(), "9120000000401", "as stored, not as shown");
    assert_eq!(business.annual_sales.unwrap().amount(), 12_000_000);
    assert_eq!(report.rows[0].line, 3);
}

#[test]
fn files_that_are_too_much_are_refused_before_they_cost_anything() {
    let rows = format!("Nama Usaha;NIB\n{}", "Warung;\n".repeat(200_010));
    let report = import(&semarang(), "panjang.csv", rows.as_bytes());
    assert_eq!(report.summary.refused_file.as_deref(), Some("too-large"));
    let wide = format!("Nama Usaha;{}\nWarung;1\n", "x;".repeat(5_000));
    let report = import(&semarang(), "lebar.csv", wide.as_bytes());
    assert!(report.rows.len() <= 1);
    let long = format!("Nama Usaha;Kegiatan\nWarung;{}\n", "a".repeat(100_000));
    let report = import(&semarang(), "isi.csv", long.as_bytes());
    let kept = report.rows[0].business.as_ref().unwrap().activity.as_ref().unwrap().len();
    assert_eq!(kept, 4_000);
    assert_eq!(codes(&report).get("cell-cut"), Some(&1));
    let aggregate = "REKAP UMKM\n\nKecamatan;Mikro;Kecil\nTugu;10;2\nMijen;9;1\n";
    let report = import(&semarang(), "rekap.csv", aggregate.as_bytes());
    assert_eq!(report.summary.refused_file.as_deref(), Some("aggregate"));
    assert_eq!(report.refusal().unwrap().split(' ').next(), Some("File"));
}
