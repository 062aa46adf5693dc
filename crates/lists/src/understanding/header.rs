//! Finds the header: one to three rows, anywhere near the top, merged or not, perhaps followed by
//! a row that only numbers the columns.

use super::Mapping;
use super::vocabulary::{self, Meaning};
use crate::cell::{Cell, RawRow};
use crate::limits::HEADER_ROWS_MAX;

/// Most rows a header is spread over.
const HEIGHT_MAX: usize = 3;
/// A cell with this many digits is data.
const DIGITS_MAX: usize = 4;
/// Longest title; forms ask long questions.
const TITLE_CHARS_MAX: usize = 200;

/// Longer texts are sentences, and say nothing about being a title.
const TITLE_WORDS_MAX: usize = 14;

/// Where the header is and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Number of the first row of data among the rows looked at.
    pub(super) data: usize,
    /// Last line of the header.
    pub(super) line: u32,
    /// A title for each column, empty where there is none.
    pub(super) titles: Vec<String>,
}

/// The header among the first rows of a sheet. Titles that a person spoke about count like known
/// words.
pub(super) fn find(
    rows: &[RawRow],
    first_is_header: bool,
    told: Option<&Mapping>,
) -> Option<Header> {
    let heights = if first_is_header { 1..=1 } else { 1..=HEIGHT_MAX };
    let starts = if first_is_header { 1 } else { HEADER_ROWS_MAX.min(rows.len()) };
    let mut best: Option<(usize, usize, usize)> = None;
    for start in 0..starts {
        for height in heights.clone() {
            let Some(block) = rows.get(start..start + height) else { break };
            if !block.iter().all(looks_like_titles) {
                break;
            }
            let titles = titles(block);
            let score = score(&titles) + told.map_or(0, |told| spoken_of(&titles, told) * 2);
            if best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, start, height));
            }
        }
    }
    let (score, start, height) = best?;
    if score < 2 && !first_is_header {
        return None;
    }
    Some(ending(rows, start, height))
}

/// A row that could be a header although none of its words is known: the first of several texts
/// with a row of several cells below it.
pub(super) fn unknown(rows: &[RawRow]) -> Option<Header> {
    let several = |row: &RawRow| row.filled().count() >= 2;
    let start = rows
        .iter()
        .take(HEADER_ROWS_MAX)
        .zip(rows.iter().skip(1))
        .position(|(row, below)| several(row) && several(below) && looks_like_titles(row))?;
    Some(ending(rows, start, 1))
}

fn spoken_of(titles: &[String], told: &Mapping) -> usize {
    let keys = super::columns::title_keys(titles);
    keys.iter().filter(|key| !key.is_empty() && told.columns.contains_key(*key)).count()
}

fn ending(rows: &[RawRow], start: usize, height: usize) -> Header {
    let block = &rows[start..start + height];
    let mut header =
        Header { data: start + height, line: block[height - 1].line, titles: titles(block) };
    if let Some(numbers) = rows.get(header.data).filter(|row| numbers_the_columns(row)) {
        header.line = numbers.line;
        header.data += 1;
    }
    header
}

/// How many different things the titles mean.
fn score(titles: &[String]) -> usize {
    let mut meanings: Vec<Meaning> = titles
        .iter()
        .filter(|title| title.split(' ').count() <= TITLE_WORDS_MAX)
        .filter_map(|title| vocabulary::meaning(title))
        .map(|(meaning, _)| meaning)
        .collect();
    let all = meanings.len();
    let mut different = Vec::new();
    meanings.retain(|meaning| {
        let new = !different.contains(meaning);
        if new {
            different.push(*meaning);
        }
        new
    });
    if all == 0 { 0 } else { meanings.len() * 2 + usize::from(all > 1) - 1 }
}

fn looks_like_titles(row: &RawRow) -> bool {
    row.filled().all(|column| match row.cell(column) {
        Cell::Text(text) => {
            text.bytes().filter(u8::is_ascii_digit).count() <= DIGITS_MAX
                && text.chars().count() <= TITLE_CHARS_MAX
        }
        _ => false,
    })
}

/// The title of each column: the lowest text, with what stands above it where that is different.
fn titles(block: &[RawRow]) -> Vec<String> {
    let width = block.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let labels: Vec<Vec<String>> = block.iter().map(|row| spread(row, width)).collect();
    (0..width)
        .map(|column| {
            let mut parts: Vec<&str> = Vec::new();
            for row in &labels {
                let part = row[column].as_str();
                if !part.is_empty() && parts.last() != Some(&part) {
                    parts.push(part);
                }
            }
            match parts[..] {
                [] => String::new(),
                [only] => only.to_owned(),
                // The lower title says it all, or needs the one above it.
                [.., above, own] => match vocabulary::meaning(own) {
                    Some(_) => own.to_owned(),
                    None => format!("{above} {own}"),
                },
            }
        })
        .collect()
}

/// The texts of a row, a merged one over all its columns.
fn spread(row: &RawRow, width: usize) -> Vec<String> {
    let mut labels: Vec<String> = (0..width).map(|column| row.cell(column).text()).collect();
    for (first, columns) in &row.spans {
        let text = row.cell(*first).text();
        // A title over the whole table is above no column in particular.
        if *columns * 2 > width {
            continue;
        }
        for label in labels.iter_mut().skip(*first).take(*columns) {
            if label.is_empty() {
                label.clone_from(&text);
            }
        }
    }
    labels
}

/// `1 2 3 …` or `(1) (2) (3) …`.
pub(crate) fn numbers_the_columns(row: &RawRow) -> bool {
    let numbers: Vec<Option<u32>> = row
        .filled()
        .map(|column| row.cell(column).text().trim_matches(['(', ')', '.']).parse().ok())
        .collect();
    numbers.len() >= 3
        && numbers[0].is_some_and(|first| first <= 2)
        && numbers.windows(2).all(|pair| match pair {
            [Some(one), Some(next)] => *next == one + 1,
            _ => false,
        })
}

/// Whether a row below the header says the header again.
pub(crate) fn repeats(row: &RawRow, columns: &[super::Column]) -> bool {
    let same = columns
        .iter()
        .filter(|column| !column.title.is_empty())
        .filter(|column| {
            let here = row.cell(column.index).text();
            !here.is_empty() && here.eq_ignore_ascii_case(&column.title)
        })
        .count();
    same >= 2 && same * 2 >= row.filled().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u32, cells: &[&str]) -> RawRow {
        let cells = cells
            .iter()
            .map(|cell| if cell.is_empty() { Cell::Empty } else { Cell::Text((*cell).to_owned()) })
            .collect();
        RawRow { line, cells, spans: Vec::new() }
    }

    #[test]
    fn a_header_is_found_below_titles_and_over_two_rows() {
        let mut group = row(5, &["NO", "NAMA USAHA", "ALAMAT", "", "KET"]);
        group.spans.push((2, 2));
        let rows = [
            row(1, &["PEMERINTAH KOTA"]),
            row(3, &["DAFTAR USAHA MIKRO BINAAN TAHUN 2024"]),
            group,
            row(6, &["", "", "JALAN", "KELURAHAN", ""]),
            row(7, &["1", "2", "3", "4", "5"]),
            row(8, &["1", "Warung", "Jl. A", "Mijen", ""]),
        ];
        let header = find(&rows, false, None).unwrap();
        assert_eq!(header.titles, ["NO", "NAMA USAHA", "JALAN", "KELURAHAN", "KET"]);
        assert_eq!((header.line, header.data), (7, 5));
    }

    #[test]
    fn rows_without_titles_have_no_header() {
        assert_eq!(
            find(&[row(1, &["Warung A", "Jl. B 12"]), row(2, &["C", "D"])], false, None),
            None
        );
    }
}
