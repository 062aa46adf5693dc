//! Tables: columns by their shares, a head that is repeated, rows that stay whole, sums at the foot.

use super::face::{Mil, Weight, pt, width, wrap};
use super::letter::{BODY, LABEL, STRONG};
use super::sheet::{Cell, Ink, LEFT, Line, Role, Row, Sheet, Style, WIDTH};
use super::{Align, Column, Fact, Table};

const COLUMN_GAP: Mil = pt(9);
/// No column is narrower, whatever its share: a figure or a short word must stand in it.
const COLUMN_MIN: Mil = pt(24);
const TOTAL_MIN: Mil = pt(110);
/// The cells of a larger table are not named one by one to screen readers but read row by row:
/// naming them would triple the file.
const NAMED_CELLS_MAX: usize = 600;
const ROOM: Mil = 3_500;
const HAIRLINE: Mil = 500;
const THICK: Mil = 1_000;

/// A stretch of the page's width.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) x: Mil,
    pub(super) width: Mil,
}

pub(super) fn draw(sheet: &mut Sheet, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    let spans = spans(&table.columns);
    let whole = table.rows.len() * table.columns.len() > NAMED_CELLS_MAX;
    let read = |row: Row| if whole { read_as_one(row) } else { row };
    let head = read(head(&table.columns, &spans));
    sheet.reserve(head.height() + pt(40));
    sheet.row(&head);
    sheet.repeat(Some(head));
    for (index, cells) in table.rows.iter().enumerate() {
        sheet.row(&read(body(index + 1, cells, table, &spans)));
    }
    sheet.repeat(None);
    let last = spans[spans.len() - 1];
    for (index, total) in table.totals.iter().enumerate() {
        let is_grand = index + 1 == table.totals.len();
        sheet.row(&read(sum(table.rows.len() + 1 + index, total, last, is_grand)));
    }
}

fn read_as_one(mut row: Row) -> Row {
    row.cells.iter_mut().for_each(|cell| cell.role = Role::Paragraph);
    Row { whole: true, ..row }
}

/// The lines of a text within a span.
pub(super) fn lines(text: &str, style: Style, span: Span, align: Align) -> Vec<Line> {
    let wrapped = wrap(text, style.weight, style.size, span.width);
    let stand = |text: String| {
        let spare = match align {
            Align::Start => 0,
            Align::Center => (span.width - width(&text, style.weight, style.size)) / 2,
            Align::End => span.width - width(&text, style.weight, style.size),
        };
        Line { x: span.x + spare, style, text }
    };
    wrapped.into_iter().map(stand).collect()
}

fn spans(columns: &[Column]) -> Vec<Span> {
    let count = Mil::try_from(columns.len()).expect("a few columns");
    let shares: Mil = columns.iter().map(|column| Mil::from(column.share.max(1))).sum();
    let free = WIDTH - COLUMN_GAP * (count - 1) - COLUMN_MIN * count;
    let mut x = LEFT;
    let mut spans = Vec::new();
    for column in columns {
        let width = COLUMN_MIN + free * Mil::from(column.share.max(1)) / shares;
        spans.push(Span { x, width });
        x += width + COLUMN_GAP;
    }
    spans
}

fn head(columns: &[Column], spans: &[Span]) -> Row {
    let style = Style { weight: Weight::Bold, ink: Ink::Words, ..LABEL };
    let cells = columns.iter().zip(spans).map(|(column, span)| Cell {
        role: Role::Head { row: 0 },
        lines: lines(&column.title, style, *span, column.align),
    });
    let rule = Some((Ink::Deep, THICK));
    Row { cells: cells.collect(), above: ROOM, below: ROOM, rule, ..Row::default() }
}

fn body(row: usize, cells: &[String], table: &Table, spans: &[Span]) -> Row {
    let columns = table.columns.iter().zip(spans).enumerate();
    let cells = columns.map(|(index, (column, span))| {
        let text = cells.get(index).map_or("", String::as_str);
        Cell { role: Role::Cell { row }, lines: lines(text, BODY, *span, column.align) }
    });
    let rule = Some((Ink::Line, HAIRLINE));
    Row { cells: cells.collect(), above: ROOM, below: ROOM, rule, ..Row::default() }
}

fn sum(row: usize, total: &Fact, last: Span, is_grand: bool) -> Row {
    let style = if is_grand { STRONG } else { BODY };
    let value_width = last.width.max(TOTAL_MIN);
    let value = Span { x: last.x + last.width - value_width, width: value_width };
    let label = Span { x: LEFT, width: value.x - COLUMN_GAP - LEFT };
    let cells = [(&total.label, label), (&total.value, value)].map(|(text, span)| Cell {
        role: Role::Cell { row },
        lines: lines(text, style, span, Align::End),
    });
    let rule = if is_grand { (Ink::Deep, THICK) } else { (Ink::Line, HAIRLINE) };
    Row { cells: cells.into(), above: ROOM, below: ROOM, rule: Some(rule), ..Row::default() }
}
