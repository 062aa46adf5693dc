//! The report as a workbook: one sheet with the counts, one with a line per row. Every text is
//! written as a text cell, so that `=HYPERLINK(…)` in a trade name stays a trade name.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{ReportHead, Summary};
use crate::business::{Business, DuplicateOf, Fate, ImportedRow};
use crate::field::Field;
use crate::problem::text_of;

/// The words of the workbook, so that it can be written in any language.
pub struct SheetTexts {
    /// The title of a column or line, by its key: a field's name, `line`, `fate`, `problems`…
    pub title: Box<dyn Fn(&str) -> String + Send + Sync>,
    /// What a fate is called.
    pub fate: Box<dyn Fn(Fate) -> String + Send + Sync>,
}

/// A workbook being filled.
pub struct ReportSheet<'a> {
    texts: &'a SheetTexts,
    book: Workbook,
    rows: Worksheet,
    next: u32,
}

/// Columns of the sheet of rows.
const COLUMNS: [(&str, f64); 24] = [
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
    ("codes", 24.0),
    ("read", 32.0),
    ("problems", 80.0),
];

impl SheetTexts {
    /// In Bahasa Indonesia.
    pub fn indonesian() -> SheetTexts {
        SheetTexts {
            title: Box::new(|key| {
                let field = text_of(&format!("lists-field-{key}"));
                let own = text_of(&format!("lists-report-{key}"));
                if field.is_empty() { own.to_owned() } else { field.to_owned() }
            }),
            fate: Box::new(|fate| text_of(&format!("lists-fate-{}", fate_key(fate))).to_owned()),
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
    pub fn new(texts: &'a SheetTexts) -> Result<ReportSheet<'a>, String> {
        let mut rows = Worksheet::new();
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
        Ok(ReportSheet { texts, book: Workbook::new(), rows, next: 1 })
    }

    /// Adds a row.
    pub fn row(&mut self, row: &ImportedRow) -> Result<(), String> {
        let nothing = Business::default();
        let business = row.business.as_ref().unwrap_or(&nothing);
        let same = match &row.duplicate_of {
            None => String::new(),
            Some(DuplicateOf::Line(line)) => line.to_string(),
            Some(DuplicateOf::Number(number)) => number.clone(),
        };
        let (latitude, longitude) =
            business.point.map(particulars::point::GeoPoint::degrees).unwrap_or_default();
        let number = |number: Option<u16>| number.map(|n| n.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let each = |of: &dyn Fn(&crate::Problem) -> String| {
            row.problems.iter().map(of).collect::<Vec<_>>().join("\n")
        };
        let cells: [String; 24] = [
            row.sheet.clone().unwrap_or_default(),
            row.line.to_string(),
            (self.texts.fate)(row.fate),
            same,
            business.name.clone(),
            text(&business.owner),
            text(&business.street),
            number(business.rt),
            number(business.rw),
            business.region.as_ref().map(ToString::to_string).unwrap_or_default(),
            text(&business.category),
            text(&business.activity),
            business.nib.as_ref().map(ToString::to_string).unwrap_or_default(),
            business.kbli.as_ref().map(ToString::to_string).unwrap_or_default(),
            business.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            business.annual_sales.map(base::Rupiah::display).unwrap_or_default(),
            business.assets.map(base::Rupiah::display).unwrap_or_default(),
            business.workers.map(|workers| workers.to_string()).unwrap_or_default(),
            latitude,
            longitude,
            each(&|p| p.column.clone().unwrap_or_else(|| p.field.map_or("", Field::as_str).into())),
            each(&|p| p.code.as_str().to_owned()),
            each(&|p| p.read.clone()),
            each(&|p| p.message.clone()),
        ];
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
    pub fn end(mut self, head: &ReportHead, summary: &Summary) -> Result<Vec<u8>, String> {
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
            let lines: [(String, String); 9] = [
                ((texts.title)("file"), head.file.clone()),
                ((texts.title)("sha256"), head.sha256.clone()),
                ((texts.title)("rows"), summary.rows.to_string()),
                (fate(Fate::Accepted), summary.accepted.to_string()),
                (fate(Fate::Review), summary.review.to_string()),
                (fate(Fate::Duplicate), summary.duplicate.to_string()),
                (fate(Fate::Refused), summary.refused.to_string()),
                (fate(Fate::NotABusiness), summary.not_a_business.to_string()),
                ((texts.title)("refused-file"), summary.refused_file.unwrap_or("-").to_owned()),
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

fn told(write: impl FnOnce() -> Result<(), XlsxError>) -> Result<(), String> {
    write().map_err(|error| error.to_string())
}
