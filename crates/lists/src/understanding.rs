//! What was understood of a file: its tables, what each column means and how sure that is, and
//! whether it is a list of businesses at all.

mod columns;
mod content;
pub(crate) mod header;
mod vocabulary;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use particulars::region::CityRegions;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cell::RawRow;
use super::field::Field;
use super::limits::SAMPLE_ROWS;
use super::source::Source;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// No bytes, or no cell with anything in it.
    Empty,
    /// More bytes, rows, sheets or unpacked content than is read.
    TooLarge,
    /// Not a spreadsheet, text table, JSON or SQL dump.
    UnknownKind,
    /// The right kind, but damaged; the cause is for the log.
    Damaged(String),
    /// A JSON object names the same key twice: nobody can say which one counts.
    RepeatedKeys,
    /// A point is written latitude first, or not with numbers.
    WrongGeometry,
}

/// Why a readable file is no list of businesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileRefusal {
    /// Counts per area or sector.
    Aggregate,
    /// Money in, money out, balance.
    CashBook,
    /// Two columns could be the same thing; a person must say which is which.
    ColumnsUnclear,
    /// Rows, but of something else.
    NotBusinesses,
    /// No header and nothing that looks like a table.
    NoTable,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place, from 0.
    pub index: usize,
    /// Its title, with the group heading above it when there is one.
    pub title: String,
    /// What it means; nothing when it is not used.
    pub field: Option<Field>,
    /// How sure that is, 0 to 100; 100 was said by a person.
    pub confidence: u8,
}

/// One table in one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Number of the sheet, from 0.
    pub sheet: usize,
    /// Name of the sheet, in files that have sheets.
    pub sheet_name: Option<String>,
    /// Last line of the header, from 1; 0 without one.
    pub header_line: u32,
    /// The columns.
    pub columns: Vec<Column>,
    /// Why it is not imported, if it is not.
    pub refused: Option<FileRefusal>,
    /// Rows must have as many cells as there are columns (text tables with steady rows).
    pub(crate) strict_width: bool,
}

/// The shape of a file: a hash of its column titles, by which a correction is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shape(pub String);

/// What each column means, by its title: what a person corrected, or what was guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Title key to field. A title that occurs twice has `#2` and so on after its key.
    pub columns: BTreeMap<String, Option<Field>>,
}

/// What was understood of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understanding {
    /// Its tables, also those that are not imported.
    pub tables: Vec<Table>,
    /// Why nothing of it is imported, if so.
    pub refused_file: Option<FileRefusal>,
}

impl Unreadable {
    /// The stable code in reports and texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Unreadable::Empty => "empty",
            Unreadable::TooLarge => "too-large",
            Unreadable::UnknownKind => "unknown-kind",
            Unreadable::Damaged(_) => "damaged",
            Unreadable::RepeatedKeys => "repeated-keys",
            Unreadable::WrongGeometry => "wrong-geometry",
        }
    }
}

impl FileRefusal {
    /// The stable code in reports and texts.
    pub const fn code(self) -> &'static str {
        match self {
            FileRefusal::Aggregate => "aggregate",
            FileRefusal::CashBook => "cash-book",
            FileRefusal::ColumnsUnclear => "columns-unclear",
            FileRefusal::NotBusinesses => "not-businesses",
            FileRefusal::NoTable => "no-table",
        }
    }
}

/// What the file holds. `told` is what a person said about columns of this shape before.
pub fn understand(
    source: &Source,
    city: &CityRegions,
    told: Option<&Mapping>,
) -> Result<Understanding, Unreadable> {
    let mut tables = Vec::new();
    for (number, sheet) in source.sheets().iter().enumerate() {
        source.check_length(number)?;
        let mut rows = Vec::new();
        source.visit(number, &mut |row| {
            rows.push(row);
            if rows.len() < SAMPLE_ROWS {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        let known = header::find(&rows, sheet.has_header, told);
        let is_known = known.is_some();
        let Some(header) = known.or_else(|| header::unknown(&rows)) else { continue };
        let data = &rows[header.data..];
        let guess = columns::guess(&header.titles, data, city, told);
        let width = header.titles.len();
        tables.push(Table {
            sheet: number,
            sheet_name: sheet.name.clone(),
            header_line: header.line,
            columns: guess.columns,
            refused: if is_known { guess.refused } else { Some(FileRefusal::ColumnsUnclear) },
            strict_width: sheet.is_text && steady(data, width),
        });
    }
    let refused_file = if tables.iter().any(|table| table.refused.is_none()) {
        None
    } else {
        Some(reason(&tables))
    };
    Ok(Understanding { tables, refused_file })
}

/// Whether nearly all rows are as wide as the header.
fn steady(rows: &[RawRow], width: usize) -> bool {
    let same = rows.iter().filter(|row| row.cells.len() == width).count();
    same * 10 >= rows.len() * 9
}

/// The reason that tells most about the file.
fn reason(tables: &[Table]) -> FileRefusal {
    let reasons = [
        FileRefusal::CashBook,
        FileRefusal::Aggregate,
        FileRefusal::ColumnsUnclear,
        FileRefusal::NotBusinesses,
    ];
    let given = |reason: &FileRefusal| tables.iter().any(|table| table.refused == Some(*reason));
    reasons.into_iter().find(given).unwrap_or(FileRefusal::NoTable)
}

impl Table {
    /// The column that means this.
    pub(crate) fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == Some(field))
    }

    fn keys(&self) -> Vec<String> {
        let titles: Vec<String> = self.columns.iter().map(|column| column.title.clone()).collect();
        columns::title_keys(&titles)
    }
}

impl Understanding {
    /// The shape of the file, by which a correction is remembered.
    pub fn shape(&self) -> Shape {
        let mut hash = Sha256::new();
        for table in &self.tables {
            for key in table.keys() {
                hash.update(key);
                hash.update("\n");
            }
            hash.update("\n");
        }
        Shape(hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect())
    }

    /// What each column means, for showing, correcting and remembering.
    pub fn mapping(&self) -> Mapping {
        let named = |table: &Table| {
            let fields: Vec<Option<Field>> =
                table.columns.iter().map(|column| column.field).collect();
            table
                .keys()
                .into_iter()
                .zip(fields)
                .filter(|(key, _)| !key.is_empty())
                .collect::<Vec<_>>()
        };
        Mapping { columns: self.tables.iter().flat_map(named).collect() }
    }

    /// Title to field, as the report shows it. Columns with the same title are told apart.
    pub fn shown(&self) -> BTreeMap<String, Option<&'static str>> {
        let mut shown = BTreeMap::new();
        for table in
            self.tables.iter().filter(|t| t.refused.is_none() || self.refused_file.is_some())
        {
            for column in table.columns.iter().filter(|column| !column.title.is_empty()) {
                let field = column.field.map(Field::as_str);
                let mut title = column.title.clone();
                if shown.get(&title).is_some_and(|before| *before != field) {
                    title = format!("{title} ({})", column.index + 1);
                }
                shown.insert(title, field);
            }
        }
        shown
    }
}
