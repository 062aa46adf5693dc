//! A cell as the file holds it, before anybody says what it means.

/// What one cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, tidied: composed, without invisible signs, blanks single.
    Text(String),
    /// A number as the spreadsheet stored it.
    Number(f64),
    /// A cell formatted as a date: days since 1899-12-30, with the time as fraction.
    Date(f64),
    /// Yes or no.
    Bool(bool),
    /// A formula whose result was not stored. It is not computed here.
    NoValue,
}

/// One row with its place in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct RawRow {
    /// Line of the text file or row of the sheet, from 1.
    pub(crate) line: u32,
    /// Cells from the first column; missing ones at the end are empty.
    pub(crate) cells: Vec<Cell>,
    /// Cells merged across several columns: first column and how many.
    pub(crate) spans: Vec<(usize, usize)>,
}

/// Above this a float no longer tells neighbouring integers apart.
const EXACT_MAX: f64 = 9_007_199_254_740_992.0;

impl Cell {
    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Cell::Empty | Cell::NoValue => true,
            Cell::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    /// What a person would see: whole numbers without a point or exponent.
    pub(crate) fn text(&self) -> String {
        match self {
            Cell::Empty | Cell::NoValue => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number_text(*number),
            Cell::Date(serial) => super::value::date::of_serial(*serial)
                .map_or_else(|| number_text(*serial), base::Date::iso),
            Cell::Bool(true) => "ya".to_owned(),
            Cell::Bool(false) => "tidak".to_owned(),
        }
    }
}

impl RawRow {
    /// The cell of a column; empty beyond the end.
    pub(crate) fn cell(&self, column: usize) -> &Cell {
        const NOTHING: &Cell = &Cell::Empty;
        self.cells.get(column).unwrap_or(NOTHING)
    }

    /// Whether no cell holds anything.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| matches!(cell, Cell::Empty) || is_blank_text(cell))
    }

    /// Columns with something in them.
    pub(crate) fn filled(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cells.len()).filter(|column| !self.cells[*column].is_empty())
    }
}

fn is_blank_text(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if text.is_empty())
}

/// A number without exponent; whole numbers without a point.
pub(crate) fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < EXACT_MAX {
        format!("{number:.0}")
    } else {
        format!("{number}")
    }
}
