//! The pages of a paper as a list of marks, and the composer that fills them from top to bottom.
//! Everything that can grow is a row of cells; a row that does not fit goes on to the next page, and
//! one taller than a page is cut between its lines.

use super::face::{Mil, Weight, pt};
use crate::qr::Qr;

pub(super) const PAGE_WIDTH: Mil = 595_276;
pub(super) const PAGE_HEIGHT: Mil = 841_890;
pub(super) const LEFT: Mil = pt(60);
pub(super) const WIDTH: Mil = PAGE_WIDTH - 2 * LEFT;
pub(super) const TOP: Mil = pt(42);
/// Where the text of a page ends and its foot begins.
pub(super) const FLOOR: Mil = PAGE_HEIGHT - pt(60);
/// Where the text of later pages begins, under their running head.
const LATER_TOP: Mil = TOP + pt(26);
const ASCENT_PERCENT: i64 = 80;

/// What a mark is to somebody who hears the paper instead of seeing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Lines, hems, running heads: not read out.
    Ornament,
    Title,
    Paragraph,
    Head {
        row: usize,
    },
    Cell {
        row: usize,
    },
    Code,
}

/// A colour by its part; the city's palette decides what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Words,
    Soft,
    Deep,
    Line,
    Wash,
    Alarm,
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) size: Mil,
    pub(super) leading: Mil,
    pub(super) ink: Ink,
}

/// A thing on a page; `y` grows downwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Words { x: Mil, baseline: Mil, style: Style, text: String },
    Block { x: Mil, y: Mil, width: Mil, height: Mil, ink: Ink },
    Hem { x: Mil, y: Mil, width: Mil },
    Code { x: Mil, y: Mil, side: Mil, qr: Qr },
    Stamp { text: &'static str },
}

/// A shape with its meaning. Marks of one block are read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) block: usize,
    pub(super) role: Role,
    pub(super) shape: Shape,
}

/// One line of a cell; `x` is where it stands on the page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) x: Mil,
    pub(super) style: Style,
    pub(super) text: String,
}

/// Lines that are read as one.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) role: Role,
    pub(super) lines: Vec<Line>,
}

/// Cells side by side, with room above and below and perhaps a rule under them.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) above: Mil,
    pub(super) below: Mil,
    pub(super) rule: Option<(Ink, Mil)>,
    /// The cells are read as one.
    pub(super) whole: bool,
}

impl Row {
    pub(super) fn height(&self) -> Mil {
        let tallest = self.cells.iter().map(|cell| lines_height(&cell.lines)).max();
        tallest.unwrap_or(0) + self.above + self.below
    }
}

/// The pages made so far and where the next thing goes.
pub(super) struct Sheet {
    pub(super) pages: Vec<Vec<Mark>>,
    pub(super) y: Mil,
    running: Row,
    repeated: Option<Row>,
    blocks: usize,
}

impl Sheet {
    /// An empty first page. The running head stands on every later one.
    pub(super) fn new(running: Row) -> Sheet {
        Sheet { pages: vec![Vec::new()], y: TOP, running, repeated: None, blocks: 0 }
    }

    /// A row that stands again at the top of each page until this is taken back; one so tall that
    /// little else would fit does not.
    pub(super) fn repeat(&mut self, row: Option<Row>) {
        self.repeated = row.filter(|row| row.height() <= (FLOOR - LATER_TOP) / 3);
    }

    /// Puts a shape where it says it is, on the page that is being filled.
    pub(super) fn put(&mut self, role: Role, shape: Shape) {
        let block = self.next_block();
        self.push(block, role, shape);
    }

    /// Room below what stands so far.
    pub(super) fn gap(&mut self, height: Mil) {
        self.y += height;
    }

    /// Turns the page unless this much still fits (or would fit nowhere).
    pub(super) fn reserve(&mut self, height: Mil) {
        let fits_a_page = height <= FLOOR - LATER_TOP;
        if self.y + height > FLOOR && fits_a_page {
            self.turn();
        }
    }

    /// Places a row, on the next page if need be, over several if it is that tall.
    pub(super) fn row(&mut self, row: &Row) {
        self.reserve(row.height());
        self.flow(row);
    }

    /// Places a row from here on, cutting it between lines at the end of each page.
    pub(super) fn flow(&mut self, row: &Row) {
        self.y += row.above;
        let first_block = self.blocks;
        self.blocks += row.cells.len();
        let mut taken = vec![0; row.cells.len()];
        loop {
            let top = self.y;
            let mut lowest = top;
            for (index, cell) in row.cells.iter().enumerate() {
                self.y = top;
                let block = if row.whole { first_block } else { first_block + index };
                self.fill(block, cell, &mut taken[index]);
                lowest = lowest.max(self.y);
            }
            self.y = lowest;
            let is_done = taken.iter().zip(&row.cells).all(|(n, cell)| *n == cell.lines.len());
            if is_done {
                break;
            }
            self.turn();
        }
        self.y += row.below;
        if let Some((ink, height)) = row.rule {
            let shape = Shape::Block { x: LEFT, y: self.y, width: WIDTH, height, ink };
            self.put(Role::Ornament, shape);
        }
    }

    /// As many lines of a cell as this page holds. A turned page always holds some: no line is
    /// taller than the room that `repeat` leaves.
    fn fill(&mut self, block: usize, cell: &Cell, taken: &mut usize) {
        for line in &cell.lines[*taken..] {
            if self.y + line.style.leading > FLOOR {
                break;
            }
            if !line.text.is_empty() {
                let spare = line.style.leading - line.style.size;
                let baseline = self.y + spare / 2 + line.style.size * ASCENT_PERCENT / 100;
                let text = line.text.clone();
                let shape = Shape::Words { x: line.x, baseline, style: line.style, text };
                self.push(block, cell.role, shape);
            }
            self.y += line.style.leading;
            *taken += 1;
        }
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
        let running = self.running.clone();
        self.flow(&running);
        self.y = LATER_TOP;
        if let Some(mut repeated) = self.repeated.clone() {
            // Heard once is enough.
            repeated.cells.iter_mut().for_each(|cell| cell.role = Role::Ornament);
            self.flow(&repeated);
        }
    }

    fn push(&mut self, block: usize, role: Role, shape: Shape) {
        let page = self.pages.last_mut().expect("there is always a page");
        page.push(Mark { block, role, shape });
    }

    fn next_block(&mut self) -> usize {
        self.blocks += 1;
        self.blocks - 1
    }
}

fn lines_height(lines: &[Line]) -> Mil {
    lines.iter().map(|line| line.style.leading).sum()
}
