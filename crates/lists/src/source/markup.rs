//! Tables in tags: HTML that calls itself xls, SpreadsheetML, and the content of an ods. One
//! reader that forgives tag soup, because what writes such files seldom closes what it opens.

mod tags;

use super::{Held, Merge, Sheet, text_cell};
use crate::cell::{Cell, RawRow};
use crate::limits::{COLUMNS_MAX, ROWS_MAX, SHEETS_MAX};
use tags::{Tag, Tags, Token};

/// All tables, each as a sheet.
pub(super) fn read(text: &str) -> Held {
    let mut tables = Tables::default();
    for token in Tags::of(text) {
        match token {
            Token::Open(tag) => tables.open(&tag),
            Token::Close(name) => tables.close(name),
            Token::Text(text) => tables.text(text),
        }
        if tables.done.len() >= SHEETS_MAX {
            break;
        }
    }
    tables.end_table();
    tables.done
}

#[derive(Default)]
struct Tables {
    done: Held,
    table: Option<(Sheet, Vec<RawRow>)>,
    row: Option<RawRow>,
    cell: Option<Open>,
    line: u32,
    row_times: u32,
}

/// The cell that is being read.
struct Open {
    text: String,
    /// What an ods cell carries beside its text.
    value: Option<Cell>,
    /// The text is that of a number (SpreadsheetML).
    is_number: bool,
    column: usize,
    across: usize,
    down: u32,
    times: usize,
}

impl Tables {
    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "table" => {
                let name = tag.attribute("table:name").or(tag.attribute("name"));
                // The table of a SpreadsheetML worksheet is the worksheet.
                if name.is_some() || self.table.as_ref().is_none_or(|(_, rows)| !rows.is_empty()) {
                    self.start_table(name);
                }
            }
            "worksheet" => self.start_table(tag.attribute("ss:name")),
            "tr" | "row" | "table-row" => self.open_row(tag),
            "td" | "th" | "cell" | "table-cell" | "covered-table-cell" => self.open_cell(tag),
            "data" => {
                let kind = tag.attribute("ss:type");
                if let (Some(cell), Some(kind)) = (&mut self.cell, kind) {
                    cell.is_number = kind == "Number";
                }
            }
            "br" | "p" => {
                if let Some(cell) = &mut self.cell {
                    cell.text.push(' ');
                }
            }
            _ => {}
        }
        if tag.closes_itself() {
            self.close(tag.name());
        }
    }

    fn start_table(&mut self, name: Option<String>) {
        self.end_table();
        self.table = Some((Sheet { name, ..Sheet::default() }, Vec::new()));
        self.line = 0;
    }

    fn open_row(&mut self, tag: &Tag<'_>) {
        self.end_row();
        if self.table.is_none() {
            self.table = Some(Default::default());
        }
        self.line += 1;
        if let Some(index) = tag.number("ss:index") {
            self.line = self.line.max(index);
        }
        self.row_times = tag.number("table:number-rows-repeated").unwrap_or(1);
        self.row = Some(RawRow { line: self.line, ..RawRow::default() });
    }

    fn open_cell(&mut self, tag: &Tag<'_>) {
        self.end_cell();
        let Some(row) = &self.row else { return };
        let mut column = row.cells.len();
        if let Some(index) = tag.number("ss:index") {
            column = column.max(index.saturating_sub(1) as usize);
        }
        let span = |names: [&str; 2]| names.iter().find_map(|name| tag.number(name)).unwrap_or(1);
        let across = tag.number("ss:mergeacross").map_or_else(
            || span(["colspan", "table:number-columns-spanned"]),
            |more| more.saturating_add(1),
        );
        let down = tag.number("ss:mergedown").map_or_else(
            || span(["rowspan", "table:number-rows-spanned"]),
            |more| more.saturating_add(1),
        );
        self.cell = Some(Open {
            text: String::new(),
            value: typed_value(tag),
            is_number: false,
            column,
            across: (across as usize).clamp(1, COLUMNS_MAX),
            down: down.clamp(1, ROWS_MAX as u32),
            times: (tag.number("table:number-columns-repeated").unwrap_or(1) as usize)
                .clamp(1, COLUMNS_MAX),
        });
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            cell.text.push_str(&tags::plain(text));
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "td" | "th" | "cell" | "table-cell" | "covered-table-cell" => self.end_cell(),
            "tr" | "row" | "table-row" => self.end_row(),
            "worksheet" => self.end_table(),
            "table" => {
                self.end_row();
                if self.table.as_ref().is_some_and(|(_, rows)| !rows.is_empty()) {
                    self.end_table();
                }
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let Some(row) = &mut self.row else { return };
        let value = match cell.value {
            Some(value) => value,
            None if cell.is_number => number_cell(cell.text.trim()),
            None => text_cell(&cell.text),
        };
        let column = cell.column.min(COLUMNS_MAX);
        row.cells.resize(row.cells.len().max(column), Cell::Empty);
        if let Some((sheet, _)) = &mut self.table
            && (cell.across > 1 || cell.down > 1)
        {
            sheet.merges.push(Merge {
                rows: (row.line, row.line.saturating_add(cell.down - 1)),
                columns: (column, column + cell.across - 1),
            });
        }
        let times = cell.times.min(COLUMNS_MAX.saturating_sub(column));
        row.cells.extend(std::iter::repeat_n(value, times));
        let wide = (column + times.max(cell.across)).min(COLUMNS_MAX);
        row.cells.resize(row.cells.len().max(wide), Cell::Empty);
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(row) = self.row.take() else { return };
        if let Some((_, rows)) = &mut self.table
            && !row.is_blank()
        {
            let room = ROWS_MAX.saturating_add(1).saturating_sub(rows.len()) as u32;
            for more in 0..self.row_times.min(room) {
                rows.push(RawRow { line: row.line + more, ..row.clone() });
            }
        }
        self.line = self.line.saturating_add(self.row_times - 1);
        self.row_times = 1;
    }

    fn end_table(&mut self) {
        self.end_row();
        if let Some((mut sheet, rows)) = self.table.take()
            && !rows.is_empty()
        {
            sheet.merges.sort_unstable_by_key(|merge| merge.rows.0);
            self.done.push((sheet, rows));
        }
    }
}

/// The value an ods cell carries beside its text.
fn typed_value(tag: &Tag<'_>) -> Option<Cell> {
    let value = || tag.attribute("office:value");
    match tag.attribute("office:value-type")?.as_str() {
        // Digits as they were saved: they may be more than a float can hold.
        "float" | "currency" | "percentage" => value().map(|digits| number_cell(&digits)),
        "date" => tag.attribute("office:date-value").map(|iso| text_cell(&iso)),
        "boolean" => tag.attribute("office:boolean-value").map(|yes| Cell::Bool(yes == "true")),
        _ => None,
    }
}

fn number_cell(digits: &str) -> Cell {
    digits.parse().map_or_else(|_| text_cell(digits), Cell::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(rows: &[RawRow]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.cells.iter().map(Cell::text).collect()).collect()
    }

    #[test]
    fn html_that_calls_itself_a_workbook_is_a_table() {
        let held = read(
            "<html><meta charset=utf-8><table border=1><tr><td colspan=2>DAFTAR<tr><th>Nama\
             Usaha</th><th>NIB<tr><td>Toko <b>A</b> &amp; B<br>Lama</td><td>9120000000001\
             </td></tr></table>",
        );
        assert_eq!(held.len(), 1);
        let rows = texts(&held[0].1);
        assert_eq!(rows[0], ["DAFTAR", ""]);
        assert_eq!(rows[2], ["Toko A & B Lama", "9120000000001"]);
        assert_eq!(held[0].0.merges[0].columns, (0, 1));
    }

    #[test]
    fn spreadsheet_xml_keeps_its_gaps_and_types() {
        let held = read(
            "<?xml version=\"1.0\"?><Workbook xmlns:ss=\"x\"><Worksheet ss:Name=\"Data\"><Table>\
             <Row><Cell><Data ss:Type=\"String\">Nama</Data></Cell></Row>\
             <Row ss:Index=\"5\"><Cell ss:Index=\"3\"><Data ss:Type=\"Number\">12</Data></Cell>\
             </Row></Table></Worksheet></Workbook>",
        );
        assert_eq!(held[0].0.name.as_deref(), Some("Data"));
        assert_eq!(held[0].1[1].line, 5);
        assert_eq!(held[0].1[1].cells[2], Cell::Number(12.0));
    }

    #[test]
    fn an_ods_repeats_without_filling_the_memory() {
        let held = read(
            "<table:table table:name=\"S\"><table:table-row><table:table-cell \
             office:value-type=\"float\" office:value=\"7\"><text:p>7</text:p></table:table-cell>\
             <table:table-cell table:number-columns-repeated=\"16383\"/></table:table-row>\
             <table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell/>\
             </table:table-row><table:table-row><table:table-cell><text:p>akhir</text:p>\
             </table:table-cell></table:table-row></table:table>",
        );
        let rows = &held[0].1;
        assert_eq!(rows[0].cells[0], Cell::Number(7.0));
        assert_eq!((rows.len(), rows[1].line), (2, 1_048_577));
    }
}
