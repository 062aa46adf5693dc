//! The report against the answers that lie beside the sample spreadsheets, row by row and field
//! by field. Runs when the folder is there and says when it is not.

#![expect(clippy::unwrap_used, reason = "a test may stop at what should not be")]

mod kit;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::Date;
use kit::{import, semarang, shared};
use serde_json::Value;

const FOLDER: &str = "data/public/registry/derived-spreadsheets";

/// Issue in the answers, code in the report.
const ISSUES: [(&str, &str); 14] = [
    ("nib_12_digits", "nib-twelve-digits"),
    ("nib_14_digits", "nib-fourteen-digits"),
    ("nib_leading_zero_lost_repairable", "nib-zero-restored"),
    ("nib_letter_o_for_zero", "nib-letter-o"),
    ("nib_scientific_digits_lost", "nib-digits-lost"),
    ("phone_second_number", "phone-second"),
    ("phone_too_short", "phone-too-short"),
    ("kelurahan_typo", "region-slip"),
    ("kelurahan_old_spelling", "region-old-name"),
    ("kelurahan_ambiguous_without_kecamatan", "region-several"),
    ("coordinate_zero", "point-zero"),
    ("lat_lng_swapped", "point-swapped"),
    ("lat_sign_wrong", "point-sign"),
    ("omzet_approximate", "money-approximate"),
];

/// Field in the answers, field in the report.
const FIELDS: [(&str, &str); 19] = [
    ("nama", "name"),
    ("pemilik", "owner"),
    ("pedagang", "owner"),
    ("jalan", "street"),
    ("rt", "rt"),
    ("rw", "rw"),
    ("kelurahan_kode", "region_code"),
    ("kategori", "category"),
    ("nib", "nib"),
    ("kbli", "kbli"),
    ("telepon", "phone"),
    ("omzet", "annual_sales"),
    ("aset", "assets"),
    ("tenaga_kerja", "workers"),
    ("lat", "latitude"),
    ("lng", "longitude"),
    // Not in the report, but kept for the registry.
    ("tgl_terbit", "issued_on"),
    ("tgl_mulai", "started_on"),
    ("consent", "consent"),
];

/// What cannot agree, because the file says something else than its answers: an amount written
/// rounded ("± 1 jt" for one and a half), and a form whose second sending says "±".
const FILE_SAYS_OTHERWISE: [(&str, &str); 4] = [
    ("ayam goreng lengkuas / eko", "omzet"),
    ("toko buah bu dwi yati / budi yuni", "omzet"),
    ("rocy collection / dewi", "issues"),
    ("toko kelontong mbak harni / hendra lestari", "issues"),
];

/// Rows that agree and rows compared, by field.
type Agreement = BTreeMap<String, (usize, usize)>;

struct Compared {
    file: &'static str,
    agreement: Agreement,
    summary: Value,
    truth: Value,
    rows: Vec<Value>,
    differences: Vec<String>,
}

/// Compares a file with its answers; `pair` finds the reported row of an answer.
fn compare(
    file: &'static str,
    fields: &[&str],
    pair: impl Fn(&[Value]) -> HashMap<String, Value>,
    key: impl Fn(usize, &Value) -> String,
) -> Option<Compared> {
    let folder = shared(FOLDER)?;
    let bytes = std::fs::read(folder.join(file)).unwrap();
    let read = import(&semarang(), file, &bytes);
    let mut report = serde_json::to_value(&read).unwrap();
    for (row, read) in report["rows"].as_array_mut().unwrap().iter_mut().zip(&read.rows) {
        let Some(business) = &read.business else { continue };
        row["business"]["issued_on"] = business.issued_on.map(Date::iso).into();
        row["business"]["started_on"] = business.started_on.map(Date::iso).into();
        row["business"]["consent"] = business.consent.into();
    }
    let stem = file.rsplit_once('.').unwrap().0;
    let text = std::fs::read_to_string(folder.join(format!("{stem}.truth.json"))).unwrap();
    let truth: Value = serde_json::from_str(&text).unwrap();
    let rows = report["rows"].as_array().unwrap().clone();
    let by_key = pair(&rows);
    let mut compared = Compared {
        file,
        agreement: Agreement::new(),
        summary: report["summary"].clone(),
        truth: truth["summary"].clone(),
        rows,
        differences: Vec::new(),
    };
    for (place, answer) in truth["rows"].as_array().unwrap().iter().enumerate() {
        let key = key(place, answer);
        let nothing = Value::Null;
        let row = by_key.get(&key).unwrap_or(&nothing);
        compared.tell(("row", row != &nothing), &key, answer, row);
        for (theirs, ours) in FIELDS.iter().filter(|(theirs, _)| fields.contains(theirs)) {
            let expected = expected(theirs, answer);
            let read = &row["business"][ours];
            let same = same(theirs, &expected, read);
            compared.tell((theirs, same), &key, &expected, read);
        }
        let (expected, read) = issues(answer, row);
        let same = expected == read;
        let told = |codes| serde_json::to_value(codes).unwrap();
        compared.tell(("issues", same), &key, &told(expected), &told(read));
    }
    Some(compared)
}

/// Two equally good villages are never chosen between, although the answers know which it was.
fn expected(field: &str, answer: &Value) -> Value {
    let issues = answer["issues"].as_array().unwrap();
    let unclear = issues.iter().any(|issue| issue == "kelurahan_ambiguous_without_kecamatan");
    if field == "kelurahan_kode" && unclear { Value::Null } else { answer[field].clone() }
}

fn same(field: &str, expected: &Value, read: &Value) -> bool {
    match (expected, read) {
        (Value::String(one), Value::String(other))
            if matches!(field, "nama" | "pemilik" | "pedagang") =>
        {
            one.to_lowercase() == other.to_lowercase()
        }
        (Value::Number(one), Value::Number(other)) => {
            // Minutes of arc are rounded in the answers.
            (one.as_f64().unwrap() - other.as_f64().unwrap()).abs() < 2.0e-5
        }
        (one, other) => one == other,
    }
}

fn issues(answer: &Value, row: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let mapped: BTreeMap<&str, &str> = ISSUES.into_iter().collect();
    let expected = answer["issues"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|issue| mapped.get(issue.as_str().unwrap()))
        .map(|code| (*code).to_owned())
        .collect();
    let known: BTreeSet<&str> = ISSUES.iter().map(|(_, code)| *code).collect();
    let read = row["problems"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|problem| problem["code"].as_str().unwrap())
        .filter(|code| known.contains(code))
        .map(str::to_owned)
        .collect();
    (expected, read)
}

impl Compared {
    fn tell(&mut self, (field, same): (&str, bool), key: &str, expected: &Value, read: &Value) {
        let entry = self.agreement.entry(field.to_owned()).or_default();
        entry.1 += 1;
        if same {
            entry.0 += 1;
        } else if !FILE_SAYS_OTHERWISE.contains(&(key, field)) {
            self.differences.push(format!("{} {key} {field}: {expected} / {read}", self.file));
        }
    }

    /// Prints the table and asserts that everything agrees.
    fn all_agree(&self) {
        for (field, (same, all)) in &self.agreement {
            eprintln!("| {} | {field} | {same} | {all} |", self.file);
        }
        assert!(self.differences.is_empty(), "{:#?}", self.differences);
    }

    fn fates(&self) -> BTreeMap<&str, usize> {
        let mut fates = BTreeMap::new();
        for row in &self.rows {
            *fates.entry(row["fate"].as_str().unwrap()).or_default() += 1;
        }
        fates
    }

    /// Sum of a field over all businesses of the report.
    fn sum(&self, field: &str) -> i64 {
        self.rows.iter().filter_map(|row| row["business"][field].as_i64()).sum()
    }
}

fn by_line(rows: &[Value]) -> HashMap<String, Value> {
    rows.iter().map(|row| (row["line"].to_string(), row.clone())).collect()
}

fn file_row(_: usize, answer: &Value) -> String {
    answer["file_row"].to_string()
}

const ALL: [&str; 13] = [
    "nama",
    "pemilik",
    "jalan",
    "rt",
    "rw",
    "kelurahan_kode",
    "kategori",
    "nib",
    "kbli",
    "telepon",
    "omzet",
    "aset",
    "tenaga_kerja",
];

#[test]
fn a_list_with_headings_sums_and_signatures_agrees_with_its_answers() {
    let file = "a-binaan-semarang.xlsx";
    let Some(compared) = compare(file, &ALL, by_line, file_row) else { return };
    compared.all_agree();
    let (summary, truth) = (&compared.summary, &compared.truth);
    assert_eq!(summary["not_a_business"], 32 + 5, "headings and sums, then the signature");
    let businesses = truth["business_rows"].as_u64().unwrap();
    assert_eq!(summary["rows"].as_u64().unwrap(), businesses + 37);
    assert_eq!(summary["duplicate"], 8, "six by NIB, two by name, owner and address");
    assert_eq!(compared.sum("annual_sales"), truth["sum_omzet"].as_i64().unwrap());
    assert_eq!(compared.sum("assets"), truth["sum_aset"].as_i64().unwrap());
    assert_eq!(compared.sum("workers"), truth["sum_tenaga_kerja"].as_i64().unwrap());
}

#[test]
fn a_permit_list_in_an_old_encoding_agrees_with_its_answers() {
    let fields: Vec<&str> = ALL
        .into_iter()
        .filter(|field| *field != "kategori")
        .chain(["lat", "lng", "tgl_terbit"])
        .collect();
    // Record n of the answers is the nth business of the report; lines count quoted breaks too.
    let pair = |rows: &[Value]| {
        rows.iter().enumerate().map(|(place, row)| ((place + 1).to_string(), row.clone())).collect()
    };
    let key = |_: usize, answer: &Value| answer["file_record"].to_string();
    let Some(compared) = compare("c-iumk-semarang-cp1252.csv", &fields, pair, key) else { return };
    compared.all_agree();
    assert_eq!(compared.rows[0]["line"], 3, "after the sep= line and the header");
    assert_eq!(compared.rows[1]["line"], 4);
    assert_eq!(compared.rows[2]["line"], 6, "the address before it runs over two lines");
    let fates = compared.fates();
    assert_eq!(fates["duplicate"], 13);
    assert_eq!(fates.get("refused"), None);
    assert_eq!(compared.sum("annual_sales"), compared.truth["sum_omzet"].as_i64().unwrap());
}

#[test]
fn a_real_binary_workbook_agrees_with_its_answers() {
    let fields = [
        "nama",
        "pemilik",
        "kelurahan_kode",
        "nib",
        "telepon",
        "omzet",
        "aset",
        "tenaga_kerja",
        "tgl_mulai",
    ];
    let Some(compared) = compare("e-biff-semarang.xls", &fields, by_line, file_row) else { return };
    compared.all_agree();
    assert_eq!(compared.summary["rows"], 200);
    assert_eq!(compared.sum("annual_sales"), compared.truth["sum_omzet"].as_i64().unwrap());
}

#[test]
fn a_form_export_agrees_with_its_answers() {
    let fields = [
        "nama",
        "pemilik",
        "jalan",
        "rt",
        "rw",
        "kelurahan_kode",
        "kategori",
        "nib",
        "telepon",
        "omzet",
        "tenaga_kerja",
        "consent",
    ];
    let who = |name: &Value, owner: &Value| {
        format!("{} / {}", name.as_str().unwrap(), owner.as_str().unwrap()).to_lowercase()
    };
    let pair = |rows: &[Value]| {
        rows.iter()
            .filter(|row| row["fate"] != "duplicate")
            .map(|row| (who(&row["business"]["name"], &row["business"]["owner"]), row.clone()))
            .collect()
    };
    let key = |_: usize, answer: &Value| who(&answer["nama"], &answer["pemilik"]);
    let Some(compared) = compare("f-form-semarang.xlsx", &fields, pair, key) else { return };
    compared.all_agree();
    assert_eq!(compared.summary["rows"], compared.truth["file_rows"]);
    assert_eq!(compared.summary["duplicate"], compared.truth["resubmissions"]);
    for row in compared.rows.iter().filter(|row| row["fate"] == "duplicate") {
        let later = row["duplicate_of"]["line"].as_u64().unwrap();
        assert!(later > row["line"].as_u64().unwrap(), "the last form counts");
    }
    let told = |code: &str| {
        let has = |row: &&Value| {
            row["problems"].as_array().unwrap().iter().any(|problem| problem["code"] == code)
        };
        compared.rows.iter().filter(|row| row["fate"] != "duplicate").filter(has).count() as u64
    };
    assert_eq!(told("consent-refused"), compared.truth["consent_refused"].as_u64().unwrap());
    let nik = &compared.truth["nik"];
    assert_eq!(told("nik-digits-lost"), nik["15_digit_precision_lost"].as_u64().unwrap());
    assert_eq!(told("nik-length"), nik["too_short"].as_u64().unwrap());
}

#[test]
fn a_list_of_stalls_agrees_with_its_answers_as_far_as_traders_go() {
    let file = "h-lapak-semarang.xlsx";
    let Some(compared) = compare(file, &["pedagang", "telepon", "lat", "lng"], by_line, file_row)
    else {
        return;
    };
    compared.all_agree();
    let empty = compared.truth["status"]["kosong"].as_u64().unwrap();
    assert_eq!(compared.summary["not_a_business"].as_u64().unwrap(), empty);
    assert_eq!(compared.summary["rows"], compared.truth["stalls"]);
}
