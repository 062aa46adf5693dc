//! Texts of old workbooks: one or two bytes a letter, and a shared table whose texts may break off
//! anywhere and go on in the next record with another width.

use encoding_rs::WINDOWS_1252;

use super::records::Record;
use crate::limits::CELL_CHARS_MAX;
use crate::source::container::u16_at;

const WIDE: u8 = 1;
const EXTENDED: u8 = 4;
const RICH: u8 = 8;

/// A text with its length in two bytes before it.
pub(super) fn label(data: &[u8], is_biff8: bool) -> String {
    let Some(count) = u16_at(data, 0).map(usize::from) else { return String::new() };
    if !is_biff8 {
        return narrow(data.get(2..).unwrap_or_default(), count);
    }
    let flags = data.get(2).copied().unwrap_or_default();
    let skip = if flags & RICH == 0 { 3 } else { 5 } + if flags & EXTENDED == 0 { 0 } else { 4 };
    letters(data.get(skip..).unwrap_or_default(), count, flags & WIDE != 0)
}

/// The name of a sheet, with its length in one byte.
pub(super) fn name_of_sheet(data: &[u8], is_biff8: bool) -> String {
    let Some((count, rest)) = data.split_first() else { return String::new() };
    let count = usize::from(*count);
    match rest.split_first() {
        Some((flags, letters_of)) if is_biff8 => letters(letters_of, count, flags & WIDE != 0),
        _ => narrow(rest, count),
    }
}

fn letters(data: &[u8], count: usize, wide: bool) -> String {
    if !wide {
        return narrow(data, count);
    }
    let units: Vec<u16> = data
        .chunks_exact(2)
        .take(count)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}

fn narrow(data: &[u8], count: usize) -> String {
    WINDOWS_1252.decode_without_bom_handling(&data[..count.min(data.len())]).0.into_owned()
}

/// The table of shared texts.
pub(super) fn shared_strings(record: &Record<'_>) -> Vec<String> {
    let parts: Vec<&[u8]> = std::iter::once(record.data.get(8..).unwrap_or_default())
        .chain(record.more.iter().copied())
        .collect();
    let mut table = Table { parts: &parts, at: 0 };
    let mut strings = Vec::new();
    while let Some(text) = table.text() {
        strings.push(text);
    }
    strings
}

struct Table<'a> {
    parts: &'a [&'a [u8]],
    at: usize,
}

impl<'a> Table<'a> {
    /// The rest of the part that is being read; the next part when that is empty.
    fn here(&mut self) -> Option<&'a [u8]> {
        while self.at >= self.parts.first()?.len() {
            self.parts = &self.parts[1..];
            self.at = 0;
        }
        Some(&self.parts[0][self.at..])
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.here()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0;
        for place in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * place);
        }
        Some(number)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let step = self.here()?.len().min(bytes);
            self.at += step;
            bytes -= step;
        }
        Some(())
    }

    fn text(&mut self) -> Option<String> {
        let count = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & RICH == 0 { 0 } else { self.number(2)? };
        let extra = if flags & EXTENDED == 0 { 0 } else { self.number(4)? };
        let text = self.letters(count, flags & WIDE != 0)?;
        self.skip(runs * 4 + extra)?;
        Some(text)
    }

    /// Letters that may go on in the next part, which then begins with their width.
    fn letters(&mut self, count: usize, wide: bool) -> Option<String> {
        let (mut left, mut wide) = (count, wide);
        let mut text = String::new();
        while left > 0 {
            if self.at >= self.parts.first()?.len() {
                self.here()?;
                wide = self.byte()? & WIDE != 0;
                continue;
            }
            let here = self.here()?;
            let width = if wide { 2 } else { 1 };
            let whole = (here.len() / width).min(left);
            if whole == 0 {
                // Half a letter at the end of a part: the file is damaged.
                self.skip(here.len())?;
                continue;
            }
            if text.len() < CELL_CHARS_MAX * 4 {
                text.push_str(&letters(here, whole, wide));
            }
            self.at += whole * width;
            left -= whole;
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_text_goes_on_in_the_next_record_with_another_width() {
        let mut first = vec![0; 8];
        first.extend([5, 0, 0, b'B', b'a', b't']);
        let second = [1, b'i', 0, b'k', 0, 2, 0, 0, b'O', b'K'];
        let record = Record { kind: 0xfc, data: &first, more: vec![&second] };
        assert_eq!(shared_strings(&record), ["Batik", "OK"]);
    }

    #[test]
    fn labels_of_both_versions_are_read() {
        assert_eq!(label(&[2, 0, b'A', 0xe9], false), "Aé");
        assert_eq!(label(&[2, 0, 1, b'A', 0, b'B', 0], true), "AB");
        assert_eq!(name_of_sheet(&[1, 0, b'X'], true), "X");
        assert_eq!(label(&[9], true), "");
    }
}
