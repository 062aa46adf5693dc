//! Text tables: comma, semicolon, tab or bar; any line end; quoted line breaks; a `sep=` line.
//! A quote that is never closed is taken for a letter instead of swallowing the file.

use std::ops::ControlFlow;

use super::text_cell;
use crate::cell::RawRow;
use crate::limits::{COLUMNS_MAX, QUOTED_LINES_MAX};

const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];
/// Records looked at to find the delimiter.
const LOOK: usize = 60;

/// The text and the sign between its cells. A `sep=` line stays, so that lines keep their number.
pub(super) fn prepare(text: String) -> (String, char) {
    let told = separator_line(&text);
    let delimiter = told.unwrap_or_else(|| {
        DELIMITERS.into_iter().max_by_key(|delimiter| steadiness(&text, *delimiter)).unwrap_or(',')
    });
    (text, delimiter)
}

fn separator_line(text: &str) -> Option<char> {
    let rest = text.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="))?;
    let sign = text[rest.len()..].chars().next()?;
    (sign != '\r' && sign != '\n').then_some(sign)
}

/// How many records agree on a number of cells above one, then how many cells that is.
fn steadiness(text: &str, delimiter: char) -> (usize, usize) {
    let mut widths: Vec<usize> = Records::of(text, delimiter)
        .take(LOOK)
        .map(|(_, cells)| cells.len())
        .filter(|width| *width > 1)
        .collect();
    widths.sort_unstable();
    widths.chunk_by(PartialEq::eq).map(|same| (same.len(), same[0])).max().unwrap_or_default()
}

/// Hands over every record as a row.
pub(super) fn visit(text: &str, delimiter: char, each: &mut dyn FnMut(RawRow) -> ControlFlow<()>) {
    let told = separator_line(text).is_some();
    for (line, cells) in Records::of(text, delimiter).skip(usize::from(told)) {
        let cells = cells.iter().take(COLUMNS_MAX).map(|cell| text_cell(cell)).collect();
        if each(RawRow { line, cells, spans: Vec::new() }).is_break() {
            return;
        }
    }
}

/// Records with the line each begins on.
struct Records<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    delimiter: char,
    /// The sign that ends a line of this file; a lone carriage return is not one where others are.
    line_sign: char,
}

impl<'a> Records<'a> {
    fn of(text: &'a str, delimiter: char) -> Records<'a> {
        let line_sign = if text.contains('\n') { '\n' } else { '\r' };
        Records { text, at: 0, line: 1, delimiter, line_sign }
    }

    /// Passes a line end at the current place, if there is one.
    fn line_end(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let (width, sign) = match rest {
            [b'\r', b'\n', ..] => (2, '\n'),
            [b'\n', ..] => (1, '\n'),
            [b'\r', ..] => (1, '\r'),
            _ => return false,
        };
        self.at += width;
        self.line += u32::from(sign == self.line_sign);
        true
    }

    fn bare(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find([self.delimiter, '\r', '\n']).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    /// A quoted cell, or nothing when the quote is not one that ends where a cell ends.
    fn quoted(&mut self) -> Option<String> {
        let rest = &self.text[self.at..];
        let inner = rest.strip_prefix('"')?;
        let mut cell = String::new();
        let mut signs = inner.char_indices().peekable();
        let mut lines = 0;
        while let Some((place, sign)) = signs.next() {
            match sign {
                '"' if signs.peek().is_some_and(|(_, next)| *next == '"') => {
                    signs.next();
                    cell.push('"');
                }
                '"' => {
                    let after = inner[place + 1..].trim_start_matches([' ', '\u{a0}']);
                    if after.is_empty() || after.starts_with([self.delimiter, '\r', '\n']) {
                        self.at += rest.len() - after.len();
                        self.line += lines;
                        return Some(cell);
                    }
                    cell.push('"');
                }
                _ => {
                    lines += u32::from(sign == self.line_sign);
                    if lines > QUOTED_LINES_MAX {
                        return None;
                    }
                    cell.push(sign);
                }
            }
        }
        None
    }
}

impl Iterator for Records<'_> {
    type Item = (u32, Vec<String>);

    fn next(&mut self) -> Option<(u32, Vec<String>)> {
        if self.at >= self.text.len() {
            return None;
        }
        let first = self.line;
        let mut cells = Vec::new();
        loop {
            let cell = match self.quoted() {
                Some(cell) => cell,
                None => self.bare(),
            };
            cells.push(cell);
            if self.line_end() || self.at >= self.text.len() {
                return Some((first, cells));
            }
            self.at += self.delimiter.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<(u32, Vec<String>)> {
        let (text, delimiter) = prepare(text.to_owned());
        Records::of(&text, delimiter).collect()
    }

    #[test]
    fn lines_are_those_of_the_file_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a;b", "\"x", "y\";2", "c;d"].join(end);
            let lines: Vec<u32> = records(&text).iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [1, 2, 4], "{end:?}");
        }
    }

    #[test]
    fn quotes_that_are_not_quotes_do_no_harm() {
        let rows = records("nama;b\n\"Es \"Degan\" Asli\";2\n\"tak ditutup;3\nx;4\n");
        assert_eq!(rows[1].1, ["Es \"Degan\" Asli", "2"]);
        assert_eq!(rows[2].1, ["\"tak ditutup", "3"]);
        assert_eq!(rows[3].1, ["x", "4"]);
        assert_eq!(records("\"=\"\"x\"\"\";1")[0].1, ["=\"x\"", "1"]);
        assert_eq!(records("a;;\n")[0].1, ["a", "", ""]);
    }

    #[test]
    fn the_delimiter_is_told_or_found() {
        assert_eq!(prepare("sep=|\na|b".to_owned()).1, '|');
        assert_eq!(prepare("a,b;c\n1,2;3\n".to_owned()).1, ',');
        assert_eq!(prepare("Nama\tAlamat, lengkap\nA\tJl. X, Y\n".to_owned()).1, '\t');
    }
}
