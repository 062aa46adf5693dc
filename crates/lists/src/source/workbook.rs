//! Workbooks of today (xlsx), cell by cell.

use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{DataRef, Dimensions, Reader, Xlsx, XlsxError};

use super::{Merge, Sheet, text_cell};
use crate::cell::{Cell, RawRow};
use crate::limits::COLUMNS_MAX;
use crate::understanding::Unreadable;

/// Most merged areas looked at in one sheet.
const MERGES_MAX: usize = 50_000;
/// Days between the two epochs that spreadsheets count from.
const EPOCH_1904: f64 = 1_462.0;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn damaged(error: impl std::fmt::Display) -> Unreadable {
    Unreadable::Damaged(error.to_string())
}

fn open(bytes: &[u8]) -> Result<Book<'_>, Unreadable> {
    Xlsx::new(Cursor::new(bytes)).map_err(damaged)
}

/// The sheets of an xlsx with their merged areas.
pub(super) fn sheets_of_xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut book = open(bytes)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        // A chart sheet has no cells, so no merged ones either.
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        sheets.push(sheet(name, &merges));
    }
    Ok(sheets)
}

fn sheet(name: String, merges: &[Dimensions]) -> Sheet {
    let mut merges: Vec<Merge> = merges
        .iter()
        .take(MERGES_MAX)
        .filter(|area| area.end.1 < COLUMNS_MAX as u32 && area.start <= area.end)
        .map(|area| Merge {
            rows: (area.start.0.saturating_add(1), area.end.0.saturating_add(1)),
            columns: (area.start.1 as usize, area.end.1 as usize),
        })
        .collect();
    merges.sort_unstable_by_key(|merge| merge.rows.0);
    Sheet { name: Some(name), merges, ..Sheet::default() }
}

/// Streams the rows of one sheet.
pub(super) fn visit_xlsx(
    bytes: &[u8],
    name: &str,
    each: &mut dyn FnMut(RawRow) -> ControlFlow<()>,
) -> Result<(), Unreadable> {
    let mut book = open(bytes)?;
    let shift = if book.has_1904_epoch() { EPOCH_1904 } else { 0.0 };
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(damaged(error)),
    };
    let mut row = RawRow::default();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (line, column) = (cell.pos.0.saturating_add(1), cell.pos.1 as usize);
        if column >= COLUMNS_MAX {
            continue;
        }
        if line != row.line {
            if row.line != 0 && each(std::mem::take(&mut row)).is_break() {
                return Ok(());
            }
            row.line = line;
        }
        let value = match value(&cell.value, shift) {
            Cell::Empty if cell.formula.is_some() => Cell::NoValue,
            value => value,
        };
        if row.cells.len() <= column {
            row.cells.resize(column + 1, Cell::Empty);
        }
        row.cells[column] = value;
    }
    if row.line != 0 {
        let _ = each(row);
    }
    Ok(())
}

fn value(cell: &DataRef<'_>, shift: f64) -> Cell {
    match cell {
        DataRef::SharedString(text) => text_cell(text),
        DataRef::String(text) => text_cell(text),
        DataRef::Int(number) => whole(*number),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) => Cell::Date(moment.as_f64() + shift),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text_cell(text),
        DataRef::Error(_) | DataRef::Empty => Cell::Empty,
    }
}

/// A whole number keeps its digits as text, however many they are.
fn whole(number: i64) -> Cell {
    Cell::Text(number.to_string())
}
