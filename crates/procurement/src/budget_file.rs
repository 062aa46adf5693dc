//! Reads a csv or a workbook of budget lines as agencies export it: separator and header are found, amounts are
//! read as people write them, and every wrong line is named with the way to mend it.

use std::collections::BTreeMap;

use base::{Problem, Rupiah};

use crate::budget::Grant;

/// Larger files are not one agency's budget.
pub(crate) const FILE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Lines of one file.
pub(crate) const ROWS_MAX: usize = 5_000;
const NAME_CHARS_MAX: usize = 300;

/// What a file says: lines that are right, and what is wrong with the others.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The line in the file and what it grants.
    pub grants: Vec<(usize, Grant)>,
    /// `field` is `line N`; the code says what is wrong, the detail what was read.
    pub problems: Vec<LineProblem>,
}

/// One line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub(crate) struct LineProblem {
    pub line: usize,
    pub column: &'static str,
    pub code: &'static str,
    pub read: String,
    /// What its text names instead of what was read.
    pub detail: String,
}

impl LineProblem {
    /// What its text is about.
    pub(crate) fn said(&self) -> &str {
        if self.detail.is_empty() { &self.read } else { &self.detail }
    }
}

/// The columns, each under the names it goes by.
const COLUMNS: [(&str, &[&str]); 4] = [
    ("sub_activity", &["kode_sub_kegiatan", "sub_kegiatan", "kode sub kegiatan", "sub_activity"]),
    ("account", &["kode_rekening", "rekening", "kode rekening", "kode akun", "account"]),
    ("name", &["uraian", "nama", "uraian belanja", "nama rekening", "name"]),
    ("ceiling", &["pagu", "anggaran", "jumlah", "nilai", "ceiling"]),
];

/// Reads a file, or says why it is not a list of budget lines.
pub(crate) fn read(bytes: &[u8]) -> Result<Reading, Problem> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Problem::with(
            "file",
            "procurement-budget-file-too-large",
            FILE_BYTES_MAX / 1_048_576,
        ));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Problem::new("file", "procurement-budget-file-not-text"))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Problem::new("file", "procurement-budget-file-empty"));
    }
    let separator = separator(text);
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut header: Option<[usize; 4]> = None;
    let mut reading = Reading::default();
    let mut seen = BTreeMap::new();
    for row in rows.records() {
        let row = row.map_err(|_| Problem::new("file", "procurement-budget-file-not-text"))?;
        let line = row.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
        let cells: Vec<&str> = row.iter().map(str::trim).collect();
        let Some(columns) = header else {
            header = find_header(&cells);
            continue;
        };
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        if reading.grants.len() + reading.problems.len() >= ROWS_MAX {
            return Err(Problem::with("file", "procurement-budget-file-too-long", ROWS_MAX));
        }
        take(&mut reading, &mut seen, line, columns.map(|at| cells.get(at).copied().unwrap_or("")));
    }
    if header.is_none() {
        return Err(Problem::new("file", "procurement-budget-file-no-header"));
    }
    if reading.grants.is_empty() && reading.problems.is_empty() {
        return Err(Problem::new("file", "procurement-budget-file-no-lines"));
    }
    Ok(reading)
}

/// How files begin that hold sheets instead of lines: xlsx and ods are packed, xls is older.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", &[0xd0, 0xcf, 0x11, 0xe0]];

/// The file as the csv that is kept: a workbook gives the first of its sheets that has the columns,
/// each row on the line of its number, so that what is wrong is named as the agency sees it.
pub(crate) fn as_csv(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    let packed = WORKBOOKS.iter().any(|begins| bytes.starts_with(begins));
    let named = [".xlsx", ".ods"].iter().any(|end| name.to_lowercase().ends_with(end));
    if named && !packed {
        return Err(Problem::new("file", "procurement-budget-file-no-workbook"));
    }
    if !packed || bytes.len() > FILE_BYTES_MAX {
        return Ok(bytes);
    }
    let unreadable = || Problem::new("file", "procurement-budget-file-not-text");
    let source = lists::Source::open(name, bytes).map_err(|_| unreadable())?;
    let sheets = source.shown(ROWS_MAX + HEAD_ROWS_MAX).map_err(|_| unreadable())?;
    let has_header = |rows: &&lists::ShownRows| {
        rows.iter().any(|(_, cells)| {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            find_header(&cells).is_some()
        })
    };
    let rows = sheets.iter().find(has_header).or(sheets.first()).ok_or_else(unreadable)?;
    written(rows).map_err(|_| unreadable())
}

/// Lines above the header that a workbook may have.
const HEAD_ROWS_MAX: usize = 100;
/// A row further down than this is put where its turn is.
const LINES_MAX: usize = 4 * ROWS_MAX;

fn written(rows: &[(u32, Vec<String>)]) -> Result<Vec<u8>, csv::Error> {
    let mut out = Vec::new();
    let mut line = 1;
    for (number, cells) in rows {
        let number = usize::try_from(*number).unwrap_or(line).min(LINES_MAX);
        while line < number {
            out.extend(b";\n"); // the reader passes over empty lines without counting them
            line += 1;
        }
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        // A line end inside a cell would move every number below it.
        writer.write_record(cells.iter().map(|cell| cell.replace(['\n', '\r'], " ")))?;
        out.extend(writer.into_inner().map_err(csv::IntoInnerError::into_error)?);
        line += 1;
    }
    Ok(out)
}

/// More digits than this are an amount that no budget has.
const DIGITS_MAX: usize = 14;

type Seen = BTreeMap<(String, String), usize>;

fn take(reading: &mut Reading, seen: &mut Seen, line: usize, cells: [&str; 4]) {
    let [sub_activity, account, name, ceiling] = cells;
    let amount = Rupiah::read(ceiling);
    let mut wrong = Vec::new();
    let mut check = |right: bool, column, code, read: &str| {
        if !right {
            let (read, detail) = (read.to_owned(), String::new());
            wrong.push(LineProblem { line, column, code, read, detail });
        }
    };
    check(
        is_code(sub_activity, SUB_ACTIVITY),
        "sub_activity",
        "procurement-budget-sub-activity",
        sub_activity,
    );
    check(is_code(account, ACCOUNT), "account", "procurement-budget-account", account);
    let fits = !name.is_empty() && name.chars().count() <= NAME_CHARS_MAX;
    check(fits, "name", "procurement-budget-name-wanted", name);
    let digits = ceiling.bytes().filter(u8::is_ascii_digit).count();
    let large = digits > DIGITS_MAX && !ceiling.chars().any(char::is_alphabetic);
    let code = if large { "procurement-budget-too-large" } else { "procurement-budget-amount" };
    check(amount.is_some(), "ceiling", code, ceiling);
    let codes = (sub_activity.to_owned(), account.to_owned());
    if wrong.is_empty() {
        let first = *seen.entry(codes.clone()).or_insert(line);
        if first != line {
            let (column, code) = ("account", "procurement-budget-twice");
            let read = format!("{sub_activity}, {account}, {name}");
            wrong.push(LineProblem { line, column, code, read, detail: first.to_string() });
        }
    }
    match amount {
        Some(ceiling) if wrong.is_empty() => {
            let (sub_activity, account) = codes;
            reading
                .grants
                .push((line, Grant { sub_activity, account, name: name.to_owned(), ceiling }));
        }
        _ => reading.problems.append(&mut wrong),
    }
}

/// Digits of each part: urusan.bidang.program.kegiatan (two parts).sub, `^\d\.\d{2}\.\d{2}\.\d\.\d{2}\.\d{4}$`.
const SUB_ACTIVITY: &[usize] = &[1, 2, 2, 1, 2, 4];
/// akun.kelompok.jenis.objek.rincian.sub rincian, `^\d\.\d\.\d{2}\.\d{2}\.\d{2}\.\d{4}$`.
const ACCOUNT: &[usize] = &[1, 1, 2, 2, 2, 4];

fn is_code(text: &str, digits: &[usize]) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == digits.len()
        && parts
            .iter()
            .zip(digits)
            .all(|(part, digits)| part.len() == *digits && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Semicolons where Excel speaks Indonesian, else tabs or commas.
fn separator(text: &str) -> u8 {
    let head: String = text.lines().take(20).collect();
    let count = |c: char| head.matches(c).count();
    [';', '\t', ','].into_iter().max_by_key(|c| (count(*c), *c == ';')).map_or(b',', |c| c as u8)
}

fn find_header(cells: &[&str]) -> Option<[usize; 4]> {
    let names: Vec<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
    let at = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
    let found: Vec<usize> = COLUMNS.iter().filter_map(|(_, names)| at(names)).collect();
    found.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_headers_and_amounts_are_understood() {
        let file = "\u{feff}DPA Dinas Kesehatan;;;\nkode_sub_kegiatan;kode_rekening;uraian;pagu\n\
                    1.02.01.2.01.0001;5.1.02.01.01.0024;Alat tulis kantor;Rp12.500.000,00\n;;;\n\
                    1.02.01.2.01.0001;5.1.02.01.01.0052;Makanan rapat;48250000\n";
        let reading = read(file.as_bytes()).unwrap();
        assert_eq!(reading.problems, []);
        let ceilings: Vec<i64> = reading.grants.iter().map(|(_, g)| g.ceiling.amount()).collect();
        assert_eq!(ceilings, [12_500_000, 48_250_000]);
        assert_eq!(reading.grants[1].0, 5);
    }

    #[test]
    fn each_wrong_line_is_named_with_what_was_read() {
        let file = "sub_kegiatan,rekening,uraian,pagu\n\
                    1.2.01.2.01.0001,5.1.02.01.01.0024,A,1\n\
                    1.02.01.2.01.0001,5.1.02.01.01.24,B,dua\n\
                    1.02.01.2.01.0001,5.1.02.01.01.0024,C,5\n\
                    1.02.01.2.01.0001,5.1.02.01.01.0024,D,6\n";
        let reading = read(file.as_bytes()).unwrap();
        let told: Vec<(usize, &str, &str)> =
            reading.problems.iter().map(|p| (p.line, p.code, p.read.as_str())).collect();
        assert_eq!(
            told,
            [
                (2, "procurement-budget-sub-activity", "1.2.01.2.01.0001"),
                (3, "procurement-budget-account", "5.1.02.01.01.24"),
                (3, "procurement-budget-amount", "dua"),
                (5, "procurement-budget-twice", "1.02.01.2.01.0001, 5.1.02.01.01.0024, D"),
            ]
        );
        assert_eq!(reading.grants.len(), 1);
        assert_eq!(reading.problems.last().unwrap().said(), "4");
    }

    #[test]
    fn what_is_not_a_list_of_budget_lines_is_refused_with_a_reason() {
        assert_eq!(
            read(b"nama,alamat\nA,B\n").unwrap_err().code,
            "procurement-budget-file-no-header"
        );
        let empty = |content: &[u8]| read(content).unwrap_err().code;
        assert_eq!(empty(b" \n"), "procurement-budget-file-empty");
        assert_eq!(
            empty(b"sub_kegiatan,rekening,uraian,pagu\n,,,\n"),
            "procurement-budget-file-no-lines"
        );
        assert_eq!(
            as_csv("dpa.XLSX", b"bukan".to_vec()).unwrap_err().code,
            "procurement-budget-file-no-workbook"
        );
        assert_eq!(read(&[0xff, 0xfe, 0]).unwrap_err().code, "procurement-budget-file-not-text");
        let large = vec![b'x'; FILE_BYTES_MAX + 1];
        assert_eq!(read(&large).unwrap_err().code, "procurement-budget-file-too-large");
    }
}
