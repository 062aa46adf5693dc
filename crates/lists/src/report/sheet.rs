//! The report as a workbook: one sheet with the counts, one with a line per row. Every text is
//! written as a text cell, so that `=HYPERLINK(…)` in a trade name stays a trade name.

use base::Rupiah;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use crate::business::Fate;
use crate::problem::{text_in, told as told_in};

/// Says a problem by its code, what was read, and what it was taken for.
pub type Telling = dyn Fn(&str, &str, &str) -> String + Send + Sync;

/// The words of the workbook, so that it can be written in any language.
pub struct SheetTexts {
    /// The title of a column or line, by its key: a field's name, `line`, `fate`, `problems`…; also
    /// why a whole file is refused.
    pub title: Box<dyn Fn(&str) -> String + Send + Sync>,
    /// What a fate is called.
    pub fate: Box<dyn Fn(Fate) -> String + Send + Sync>,
    /// What a problem says, by its code, what was read, and what it was taken for.
    pub problem: Box<Telling>,
}

/// A workbook being filled.
pub(super) struct ReportSheet<'a> {
    texts: &'a SheetTexts,
    book: Workbook,
    rows: Worksheet,
    next: u32,
}

/// Columns of the sheet of rows.
const COLUMNS: [(&str, f64); 23] = [
    ("sheet", 14.0),
    ("line", 8.0),
    ("fate", 16.0),
    ("duplicate-of", 14.0),
    ("name", 32.0),
    ("owner", 24.0),
    ("street", 32.0),
    ("rt", 6.0),
    ("rw", 6.0),
    ("region-code", 16.0),
    ("category", 16.0),
    ("activity", 32.0),
    ("nib", 16.0),
    ("kbli", 8.0),
    ("phone", 18.0),
    ("annual-sales", 18.0),
    ("assets", 18.0),
    ("workers", 10.0),
    ("latitude", 12.0),
    ("longitude", 12.0),
    ("columns", 24.0),
    ("read", 32.0),
    ("problems", 80.0),
];

impl SheetTexts {
    /// In Bahasa Indonesia.
    pub fn indonesian() -> SheetTexts {
        SheetTexts::of(crate::INDONESIAN)
    }

    /// In English.
    pub fn english() -> SheetTexts {
        SheetTexts::of(crate::ENGLISH)
    }

    fn of(texts: &'static str) -> SheetTexts {
        SheetTexts {
            title: Box::new(move |key| {
                let field = text_in(texts, &format!("lists-field-{key}"));
                let own = text_in(texts, &format!("lists-report-{key}"));
                let whole = text_in(texts, &format!("lists-file-{key}"));
                let words = [field, own, whole].into_iter().find(|words| !words.is_empty());
                words.unwrap_or(key).to_owned()
            }),
            fate: Box::new(move |fate| {
                text_in(texts, &format!("lists-fate-{}", fate_key(fate))).to_owned()
            }),
            problem: Box::new(move |code, read, hint| told_in(texts, code, read, hint)),
        }
    }
}

/// The key of a fate's text.
fn fate_key(fate: Fate) -> &'static str {
    match fate {
        Fate::Accepted => "accepted",
        Fate::Review => "review",
        Fate::Duplicate => "duplicate",
        Fate::Refused => "refused",
        Fate::NotABusiness => "not-a-business",
    }
}

impl<'a> ReportSheet<'a> {
    /// An empty workbook with its titles.
    pub(super) fn new(texts: &'a SheetTexts) -> Result<ReportSheet<'a>, String> {
        // Rows go to a file without a name as they come; only the last one is in memory.
        let mut book = Workbook::new();
        let made = book.new_worksheet_with_constant_memory();
        let mut rows = made.map_err(|error| error.to_string())?;
        let bold = Format::new().set_bold();
        let fill = || -> Result<(), XlsxError> {
            rows.set_name((texts.title)("rows"))?;
            rows.set_freeze_panes(1, 0)?;
            for (column, (key, width)) in (0..).zip(COLUMNS) {
                rows.write_string_with_format(0, column, (texts.title)(key), &bold)?;
                rows.set_column_width(column, width)?;
            }
            Ok(())
        };
        told(fill)?;
        Ok(ReportSheet { texts, book, rows, next: 1 })
    }

    /// Adds a row of the report.
    pub(super) fn row(&mut self, row: &Value) -> Result<(), String> {
        let business = &row["business"];
        let each = |key: &str| {
            let problems = row["problems"].as_array();
            let texts = problems.into_iter().flatten().map(|problem| text(&problem[key]));
            texts.collect::<Vec<_>>().join("\n")
        };
        let said = || {
            let problems = row["problems"].as_array();
            let said = problems.into_iter().flatten().map(|problem| {
                let [code, read, hint] = ["code", "read", "hint"].map(|key| text(&problem[key]));
                (self.texts.problem)(&code, &read, &hint)
            });
            said.collect::<Vec<_>>().join("\n")
        };
        let columns = row["problems"].as_array().into_iter().flatten().map(|problem| {
            let column = &problem["column"];
            match problem["field"].as_str() {
                Some(field) if column.is_null() => (self.texts.title)(&field.replace('_', "-")),
                _ => text(column),
            }
        });
        let fate = row["fate"].as_str().and_then(fate_of).map(|fate| (self.texts.fate)(fate));
        let own = |key: &str| match key {
            "sheet" | "line" => text(&row[key]),
            "fate" => fate.clone().unwrap_or_default(),
            "duplicate-of" => repeated(&row["duplicate_of"]),
            "columns" => columns.clone().collect::<Vec<_>>().join("\n"),
            "read" => each("read"),
            "problems" => said(),
            "annual-sales" => rupiah(&business["annual_sales"]),
            "assets" => rupiah(&business["assets"]),
            _ => text(&business[key.replace('-', "_")]),
        };
        let cells = COLUMNS.map(|(key, _)| own(key));
        let line = self.next;
        self.next += 1;
        let rows = &mut self.rows;
        told(|| {
            for (column, cell) in (0..).zip(&cells).filter(|(_, cell)| !cell.is_empty()) {
                rows.write_string(line, column, cell)?;
            }
            Ok(())
        })
    }

    /// Adds the counts and gives the bytes of the workbook.
    pub(super) fn end(mut self, head: &Value, summary: &Value) -> Result<Vec<u8>, String> {
        let mut counts = Worksheet::new();
        let (rows, texts) = (&mut self.rows, self.texts);
        let last = self.next.saturating_sub(1);
        let width = u16::try_from(COLUMNS.len() - 1).expect("there are few columns");
        told(|| {
            rows.autofilter(0, 0, last, width).map(|_| ())?;
            counts.set_name((texts.title)("summary"))?;
            counts.set_column_width(0, 24.0)?;
            counts.set_column_width(1, 60.0)?;
            let fate = |fate| (texts.fate)(fate);
            let count = |key: &str| text(&summary[key]);
            let refused = count("refused_file");
            let lines: [(String, String); 9] = [
                ((texts.title)("file"), text(&head["file"])),
                ((texts.title)("sha256"), text(&head["sha256"])),
                ((texts.title)("rows"), count("rows")),
                (fate(Fate::Accepted), count("accepted")),
                (fate(Fate::Review), count("review")),
                (fate(Fate::Duplicate), count("duplicate")),
                (fate(Fate::Refused), count("refused")),
                (fate(Fate::NotABusiness), count("not_a_business")),
                (
                    (texts.title)("refused-file"),
                    if refused.is_empty() { "-".into() } else { (texts.title)(&refused) },
                ),
            ];
            for (line, (title, value)) in (0..).zip(&lines) {
                counts.write_string(line, 0, title)?;
                counts.write_string(line, 1, value)?;
            }
            Ok(())
        })?;
        self.book.push_worksheet(counts);
        self.book.push_worksheet(self.rows);
        self.book.save_to_buffer().map_err(|error| error.to_string())
    }
}

/// What a value of the report says; nothing where it has none.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn rupiah(value: &Value) -> String {
    let amount = value.as_i64().and_then(Rupiah::parse);
    amount.map(Rupiah::display).unwrap_or_default()
}

/// `3`, `Data 3` where the other row stands in a sheet, or the number of a business.
fn repeated(same: &Value) -> String {
    let parts = ["sheet", "line", "number"].map(|key| text(&same[key]));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn fate_of(code: &str) -> Option<Fate> {
    let all = [Fate::Accepted, Fate::Review, Fate::Duplicate, Fate::Refused, Fate::NotABusiness];
    all.into_iter().find(|fate| fate_key(*fate).replace('-', "_") == code)
}

fn told(write: impl FnOnce() -> Result<(), XlsxError>) -> Result<(), String> {
    write().map_err(|error| error.to_string())
}
