//! A file as sheets of cells. The kind is told by content, never by name; packed files are
//! measured before they are unpacked; rows are handed over one by one.

mod biff;
mod container;
mod delimited;
mod encoding;
mod json;
mod markup;
mod packed;
mod sql;
mod workbook;

use std::ops::ControlFlow;

use particulars::spelling;
use sha2::{Digest, Sha256};

use super::cell::{Cell, RawRow};
use super::limits::{CELL_CHARS_MAX, FILE_BYTES_MAX, ROWS_MAX, SHEETS_MAX};
use super::understanding::Unreadable;

/// A file opened for reading. Rows can be gone through any number of times.
pub struct Source {
    name: String,
    sha256: String,
    body: Body,
    sheets: Vec<Sheet>,
}

/// What is known of one sheet before its rows are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    /// Its name, in files that have sheets.
    pub(crate) name: Option<String>,
    /// Areas of merged cells, by first row.
    pub(crate) merges: Vec<Merge>,
    /// Whether the rows are those of a text table, where a missing cell shifts all others.
    pub(crate) is_text: bool,
    /// Whether the first row is the header for certain (names of JSON keys, SQL columns).
    pub(crate) has_header: bool,
}

/// An area of merged cells; rows from 1, columns from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub(crate) rows: (u32, u32),
    pub(crate) columns: (usize, usize),
}

enum Body {
    Text { text: String, delimiter: char },
    Xlsx(Vec<u8>),
    Held(Vec<Vec<RawRow>>),
}

/// The rows of a sheet as people see them: the number of each, and its cells.
pub type ShownRows = Vec<(u32, Vec<String>)>;

/// What a kind of file turned out to hold.
type Held = Vec<(Sheet, Vec<RawRow>)>;

impl Source {
    /// Opens a file by its content. The name only appears in the report.
    pub fn open(name: &str, bytes: Vec<u8>) -> Result<Source, Unreadable> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(Unreadable::TooLarge);
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Unreadable::Empty);
        }
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let (body, sheets) = body(bytes)?;
        if sheets.len() > SHEETS_MAX {
            return Err(Unreadable::TooLarge);
        }
        Ok(Source { name: name.to_owned(), sha256, body, sheets })
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of its bytes, in hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Each sheet's rows as people see them: their number in the file, and their cells. For those who
    /// know what the columns mean and only want them out of the file; at most `rows_max` of each.
    pub fn shown(&self, rows_max: usize) -> Result<Vec<ShownRows>, Unreadable> {
        let mut sheets = Vec::with_capacity(self.sheets.len());
        for sheet in 0..self.sheets.len() {
            let mut rows = Vec::new();
            self.visit(sheet, &mut |row| {
                rows.push((row.line, row.cells.iter().map(Cell::text).collect()));
                if rows.len() < rows_max {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            })?;
            sheets.push(rows);
        }
        Ok(sheets)
    }

    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// How many rows a sheet has, without going through them; a text table may have fewer, where
    /// cells hold line ends. Nothing when only going through them tells.
    pub(crate) fn rows_at_most(&self, sheet: usize) -> Option<usize> {
        match &self.body {
            Body::Text { text, .. } => {
                let ends = |sign: u8| text.bytes().filter(|byte| *byte == sign).count();
                let lines = 1 + ends(b'\n').max(ends(b'\r'));
                Some(lines).filter(|lines| *lines <= ROWS_MAX)
            }
            Body::Xlsx(_) => None,
            Body::Held(sheets) => Some(sheets[sheet].len()).filter(|rows| *rows <= ROWS_MAX),
        }
    }

    /// Hands every row that holds anything to `each`, in order, until it breaks off.
    pub(crate) fn visit(
        &self,
        sheet: usize,
        each: &mut dyn FnMut(RawRow) -> ControlFlow<()>,
    ) -> Result<(), Unreadable> {
        let mut filler = Filler::of(&self.sheets[sheet].merges);
        let mut rows = 0;
        let mut too_many = false;
        let mut take = |mut row: RawRow| {
            if row.is_blank() {
                return ControlFlow::Continue(());
            }
            rows += 1;
            if rows > ROWS_MAX {
                too_many = true;
                return ControlFlow::Break(());
            }
            filler.fill(&mut row);
            each(row)
        };
        match &self.body {
            Body::Text { text, delimiter } => delimited::visit(text, *delimiter, &mut take),
            Body::Xlsx(bytes) => {
                let name = self.sheets[sheet].name.as_deref().unwrap_or_default();
                workbook::visit_xlsx(bytes, name, &mut take)?;
            }
            Body::Held(sheets) => {
                for row in &sheets[sheet] {
                    if take(row.clone()).is_break() {
                        break;
                    }
                }
            }
        }
        if too_many { Err(Unreadable::TooLarge) } else { Ok(()) }
    }
}

fn body(bytes: Vec<u8>) -> Result<(Body, Vec<Sheet>), Unreadable> {
    match packed::kind(&bytes)? {
        packed::Kind::Xlsx => {
            let sheets = workbook::sheets_of_xlsx(&bytes)?;
            Ok((Body::Xlsx(bytes), sheets))
        }
        packed::Kind::Ods(content) => Ok(held(markup::read(&content))),
        packed::Kind::Xls => Ok(held(biff::read(&bytes)?)),
        packed::Kind::Plain => plain(bytes),
    }
}

fn plain(bytes: Vec<u8>) -> Result<(Body, Vec<Sheet>), Unreadable> {
    let text = encoding::decode(bytes).ok_or(Unreadable::UnknownKind)?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Unreadable::Empty);
    }
    if start.starts_with(['{', '[']) && start.trim_end().ends_with(['}', ']']) {
        return Ok(held(json::read(start)?));
    }
    if start.starts_with('<') {
        let sheets = markup::read(&text);
        return if sheets.is_empty() { Err(Unreadable::UnknownKind) } else { Ok(held(sheets)) };
    }
    if sql::is_dump(start) {
        return Ok(held(sql::read(&text)));
    }
    let (text, delimiter) = delimited::prepare(text);
    let sheet = Sheet { is_text: true, ..Sheet::default() };
    Ok((Body::Text { text, delimiter }, vec![sheet]))
}

fn held(sheets: Held) -> (Body, Vec<Sheet>) {
    let (sheets, rows) = sheets.into_iter().unzip();
    (Body::Held(rows), sheets)
}

/// Text of a cell, tidied and cut to what is kept.
pub(crate) fn text_cell(text: &str) -> Cell {
    let tidy = match text.char_indices().nth(CELL_CHARS_MAX) {
        Some((end, _)) => spelling::tidy(&text[..end]),
        None => spelling::tidy(text),
    };
    if tidy.is_empty() { Cell::Empty } else { Cell::Text(tidy) }
}

/// Gives the cells of a merged area that runs down the value of its first cell, and tells which
/// cells run across.
struct Filler<'a> {
    waiting: &'a [Merge],
    open: Vec<(Merge, Option<Cell>)>,
}

impl<'a> Filler<'a> {
    fn of(merges: &'a [Merge]) -> Filler<'a> {
        Filler { waiting: merges, open: Vec::new() }
    }

    fn fill(&mut self, row: &mut RawRow) {
        while let Some((merge, rest)) = self.waiting.split_first()
            && merge.rows.0 <= row.line
        {
            self.open.push((*merge, None));
            self.waiting = rest;
        }
        self.open.retain(|(merge, _)| merge.rows.1 >= row.line);
        for (merge, value) in &mut self.open {
            let (first, last) = merge.columns;
            if row.line == merge.rows.0 {
                *value = Some(row.cell(first).clone());
            } else if let Some(value) = value
                && row.cell(first).is_empty()
            {
                row.cells.resize(row.cells.len().max(first + 1), Cell::Empty);
                row.cells[first] = value.clone();
            }
            if last > first {
                row.spans.push((first, last - first + 1));
            }
        }
    }
}
