//! What was understood of a file: its tables, what each column means and how sure that is, and
//! whether it is a list of businesses at all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::Field;

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
