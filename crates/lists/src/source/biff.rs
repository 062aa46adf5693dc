//! Old binary workbooks (xls: BIFF8, and BIFF5 before it), read record by record. Nothing is
//! reserved because the file says so: the memory used grows with what the file really holds.

mod records;
mod strings;

use std::collections::{BTreeMap, HashSet};

use super::container::{self, u16_at, u32_at};
use super::{Held, Merge, Sheet, text_cell};
use crate::cell::{Cell, RawRow};
use crate::limits::{COLUMNS_MAX, ROWS_MAX, SHEETS_MAX};
use crate::understanding::Unreadable;
use records::{Record, Records};
use strings::{label, name_of_sheet, shared_strings};

/// Days between the two epochs that spreadsheets count from.
const EPOCH_1904: f64 = 1_462.0;
/// The version in a BOF record of BIFF8.
const BIFF8: u16 = 0x0600;
/// Formats of dates that need no definition.
const DATE_FORMATS: [std::ops::RangeInclusive<u16>; 4] = [14..=22, 27..=36, 45..=47, 50..=58];

/// What holds for the whole workbook.
struct Globals {
    is_biff8: bool,
    epoch_shift: f64,
    strings: Vec<String>,
    /// Whether each cell style shows a date.
    dates: Vec<bool>,
    sheets: Vec<(usize, String)>,
}

/// All sheets with their rows.
pub(super) fn read(bytes: &[u8]) -> Result<Held, Unreadable> {
    let damaged = |what: &str| Unreadable::Damaged(what.to_owned());
    let stream = container::stream(bytes, &["Workbook", "Book"])
        .ok_or_else(|| damaged("the container holds no workbook"))?;
    let globals = globals(&stream)?;
    if globals.sheets.is_empty() {
        return Err(damaged("the workbook holds no sheet"));
    }
    let mut held = Held::new();
    for (start, name) in globals.sheets.iter().take(SHEETS_MAX) {
        let stream = stream.get(*start..).unwrap_or_default();
        held.push(sheet(stream, name, &globals));
    }
    Ok(held)
}

fn globals(stream: &[u8]) -> Result<Globals, Unreadable> {
    let mut globals = Globals {
        is_biff8: true,
        epoch_shift: 0.0,
        strings: Vec::new(),
        dates: Vec::new(),
        sheets: Vec::new(),
    };
    let mut date_formats: HashSet<u16> = HashSet::new();
    let mut styles: Vec<u16> = Vec::new();
    for record in Records::of(stream) {
        let data = record.data;
        match record.kind {
            records::BOF => globals.is_biff8 = u16_at(data, 0) == Some(BIFF8),
            records::PASSWORD => {
                return Err(Unreadable::Damaged("the workbook is encrypted".to_owned()));
            }
            records::EPOCH if u16_at(data, 0) == Some(1) => globals.epoch_shift = EPOCH_1904,
            records::FORMAT => {
                if let Some(id) = u16_at(data, 0)
                    && shows_a_date(&label(&data[2..], globals.is_biff8))
                {
                    date_formats.insert(id);
                }
            }
            records::STYLE => styles.push(u16_at(data, 2).unwrap_or_default()),
            records::SHEET => {
                if let Some(start) = u32_at(data, 0) {
                    let name = name_of_sheet(data.get(6..).unwrap_or_default(), globals.is_biff8);
                    globals.sheets.push((start as usize, name));
                }
            }
            records::STRINGS => globals.strings = shared_strings(&record),
            records::END => break,
            _ => {}
        }
    }
    let is_date = |format: &u16| {
        date_formats.contains(format) || DATE_FORMATS.iter().any(|known| known.contains(format))
    };
    globals.dates = styles.iter().map(is_date).collect();
    Ok(globals)
}

/// Whether a number format has a day or year in it, outside quotes and brackets.
fn shows_a_date(format: &str) -> bool {
    let (mut quoted, mut bracket) = (false, false);
    format.to_ascii_lowercase().chars().any(|sign| {
        match sign {
            '"' => quoted = !quoted,
            '[' => bracket = true,
            ']' => bracket = false,
            'd' | 'y' | 'h' if !quoted && !bracket => return true,
            _ => {}
        }
        false
    })
}

fn sheet(stream: &[u8], name: &str, globals: &Globals) -> (Sheet, Vec<RawRow>) {
    let mut filling = Filling { globals, rows: BTreeMap::new(), formula: None };
    let mut merges = Vec::new();
    let mut depth = 0;
    for record in Records::of(stream) {
        match record.kind {
            // A chart inside the sheet has its own beginning and end.
            records::BOF => depth += 1,
            records::END if depth <= 1 => break,
            records::END => depth -= 1,
            records::MERGES if depth <= 1 => merges.extend(merged(record.data)),
            _ if depth <= 1 => filling.take(&record),
            _ => {}
        }
    }
    merges.sort_unstable_by_key(|merge| merge.rows.0);
    let rows = filling.rows.into_iter().take(ROWS_MAX + 1);
    let rows = rows.map(|(row, cells)| RawRow { line: row + 1, cells, spans: Vec::new() });
    (Sheet { name: Some(name.to_owned()), merges, ..Sheet::default() }, rows.collect())
}

fn merged(data: &[u8]) -> Vec<Merge> {
    let areas = data.get(2..).unwrap_or_default().chunks_exact(8);
    areas
        .filter_map(|area| {
            let at = |place| u16_at(area, place);
            let rows = (u32::from(at(0)?) + 1, u32::from(at(2)?) + 1);
            let columns = (usize::from(at(4)?), usize::from(at(6)?));
            let fine = rows.0 <= rows.1 && columns.0 <= columns.1 && columns.1 < COLUMNS_MAX;
            fine.then_some(Merge { rows, columns })
        })
        .collect()
}

struct Filling<'a> {
    globals: &'a Globals,
    rows: BTreeMap<u32, Vec<Cell>>,
    /// Where the text of a formula belongs, which comes in the next record.
    formula: Option<(u16, u16)>,
}

impl Filling<'_> {
    fn take(&mut self, record: &Record<'_>) {
        let data = record.data;
        let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
        match record.kind {
            records::NUMBER => self.number(row, column, data, f64_at(data, 6)),
            records::PACKED => self.number(row, column, data, u32_at(data, 6).map(unpacked)),
            records::PACKED_MANY => {
                for (place, pair) in (0..).zip(data.get(4..).unwrap_or_default().chunks_exact(6)) {
                    let Some(column) = column.checked_add(place) else { break };
                    let style = u16_at(pair, 0);
                    let value = u32_at(pair, 2).map(unpacked);
                    self.put(row, column, self.dated(style, value));
                }
            }
            records::SHARED_TEXT => {
                let text = u32_at(data, 6).and_then(|n| self.globals.strings.get(n as usize));
                self.put(row, column, text.map_or(Cell::Empty, |text| text_cell(text)));
            }
            records::LABEL | records::RICH_LABEL => {
                let text = label(data.get(6..).unwrap_or_default(), self.globals.is_biff8);
                self.put(row, column, text_cell(&text));
            }
            records::YES_NO if data.get(7) == Some(&0) => {
                self.put(row, column, Cell::Bool(data.get(6) == Some(&1)));
            }
            records::FORMULA => self.formula(row, column, data),
            records::FORMULA_TEXT => {
                if let Some((row, column)) = self.formula.take() {
                    self.put(row, column, text_cell(&label(data, self.globals.is_biff8)));
                }
            }
            _ => {}
        }
    }

    fn number(&mut self, row: u16, column: u16, data: &[u8], value: Option<f64>) {
        let cell = self.dated(u16_at(data, 4), value);
        self.put(row, column, cell);
    }

    fn dated(&self, style: Option<u16>, value: Option<f64>) -> Cell {
        let Some(value) = value.filter(|value| value.is_finite()) else { return Cell::Empty };
        let style = style.map(usize::from).unwrap_or(usize::MAX);
        if self.globals.dates.get(style) == Some(&true) {
            Cell::Date(value + self.globals.epoch_shift)
        } else {
            Cell::Number(value)
        }
    }

    /// The stored result of a formula: a number, or the sign that a text follows.
    fn formula(&mut self, row: u16, column: u16, data: &[u8]) {
        self.formula = None;
        match (data.get(6), data.get(12..14)) {
            (Some(0), Some([0xff, 0xff])) => self.formula = Some((row, column)),
            (Some(1), Some([0xff, 0xff])) => {
                self.put(row, column, Cell::Bool(data.get(8) == Some(&1)));
            }
            (_, Some([0xff, 0xff])) => self.put(row, column, Cell::NoValue),
            _ => self.number(row, column, data, f64_at(data, 6)),
        }
    }

    fn put(&mut self, row: u16, column: u16, cell: Cell) {
        let column = usize::from(column);
        if column >= COLUMNS_MAX || cell == Cell::Empty {
            return;
        }
        let cells = self.rows.entry(u32::from(row)).or_default();
        cells.resize(cells.len().max(column + 1), Cell::Empty);
        cells[column] = cell;
    }
}

fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// A number in four bytes: the upper half of a float or a whole number, perhaps in hundredths.
fn unpacked(packed: u32) -> f64 {
    let value = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & 1 == 0 { value } else { value / 100.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_and_formats_are_understood() {
        assert_eq!(unpacked((1_200 << 2) | 2), 1_200.0);
        assert_eq!(unpacked((1_250 << 2) | 3), 12.5);
        assert_eq!(unpacked((2.5_f64.to_bits() >> 32) as u32), 2.5);
        assert!(shows_a_date("dd/mm/yyyy") && shows_a_date("[$-421]d mmmm yyyy"));
        assert!(!shows_a_date("#,##0.00") && !shows_a_date("\"dy\"0") && !shows_a_date("[Red]0"));
    }

    #[test]
    fn bytes_that_are_no_workbook_are_told_so() {
        assert!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").is_err());
        assert!(read(&[0xff; 4_096]).is_err());
    }
}
