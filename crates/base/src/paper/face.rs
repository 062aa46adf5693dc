//! The two faces papers are set in, and what can be asked of them: how wide a text is, what of it
//! they can show, and where its lines break. Lengths are whole thousandths of a point.

use std::sync::LazyLock;

use rustybuzz::ttf_parser::GlyphId;
use rustybuzz::{Direction, Face, UnicodeBuffer};

/// Thousandths of a point.
pub(super) type Mil = i64;

/// Points as `Mil`.
pub(super) const fn pt(points: i64) -> Mil {
    points * 1_000
}

/// How heavy the letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    /// The font file.
    pub(super) fn font(self) -> &'static [u8] {
        match self {
            Weight::Regular => notosans::REGULAR_TTF,
            Weight::Bold => notosans::BOLD_TTF,
        }
    }

    fn face(self) -> &'static Face<'static> {
        match self {
            Weight::Regular => &REGULAR,
            Weight::Bold => &BOLD,
        }
    }
}

static REGULAR: LazyLock<Face<'static>> = LazyLock::new(|| parse(notosans::REGULAR_TTF));
static BOLD: LazyLock<Face<'static>> = LazyLock::new(|| parse(notosans::BOLD_TTF));

/// Stands where a letter should be that the face does not have.
const MISSING: char = '?';
/// More marks on one letter are decoration or mischief.
const MARKS_MAX: usize = 2;

fn parse(font: &'static [u8]) -> Face<'static> {
    Face::from_slice(font, 0).expect("the font was checked when it was chosen")
}

/// How wide the text is drawn.
pub(super) fn width(text: &str, weight: Weight, size: Mil) -> Mil {
    let face = weight.face();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(Direction::LeftToRight);
    let shaped = rustybuzz::shape(face, &[], buffer);
    let units: i64 = shaped.glyph_positions().iter().map(|glyph| i64::from(glyph.x_advance)).sum();
    units * size / i64::from(face.units_per_em())
}

/// The text as it can be drawn: without controls, direction tricks and invisible characters, and
/// with a question mark for each letter that the face lacks. Line ends stay.
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut marks = 0;
    for letter in text.chars().filter_map(shown) {
        marks = if is_mark(letter) { marks + 1 } else { 0 };
        if marks <= MARKS_MAX {
            cleaned.push(letter);
        }
    }
    cleaned
}

/// Breaks a text into lines of at most `width`, between words where that is possible.
pub(super) fn wrap(text: &str, weight: Weight, size: Mil, width: Mil) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in clean(text).split('\n') {
        let mut line = Line { text: String::new(), width: 0 };
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            line.add_word(word, &Measure { weight, size, width }, &mut lines);
        }
        lines.push(line.text);
    }
    while lines.len() > 1 && lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

struct Measure {
    weight: Weight,
    size: Mil,
    width: Mil,
}

struct Line {
    text: String,
    width: Mil,
}

impl Line {
    fn add_word(&mut self, word: &str, measure: &Measure, done: &mut Vec<String>) {
        let wide = measure.letters(word);
        let space = if self.text.is_empty() { 0 } else { measure.letters(" ") };
        if self.width + space + wide <= measure.width {
            if space > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
            self.width += space + wide;
            return;
        }
        if !self.text.is_empty() {
            self.turn(done);
        }
        for letter in word.chars() {
            let wide = measure.letter(letter);
            if self.width + wide > measure.width && !self.text.is_empty() {
                self.turn(done);
            }
            self.text.push(letter);
            self.width += wide;
        }
    }

    fn turn(&mut self, done: &mut Vec<String>) {
        done.push(std::mem::take(&mut self.text));
        self.width = 0;
    }
}

impl Measure {
    fn letters(&self, text: &str) -> Mil {
        text.chars().map(|letter| self.letter(letter)).sum()
    }

    /// Without kerning, which nearly always makes words narrower: a bound that is quick to take.
    fn letter(&self, letter: char) -> Mil {
        let face = self.weight.face();
        let glyph = face.glyph_index(letter).unwrap_or(GlyphId(0));
        let units = i64::from(face.glyph_hor_advance(glyph).unwrap_or(0));
        units * self.size / i64::from(face.units_per_em())
    }
}

fn shown(letter: char) -> Option<char> {
    match letter {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        _ if letter.is_control() || is_invisible(letter) => None,
        _ if has_glyph(letter) => Some(letter),
        _ => Some(MISSING),
    }
}

/// Both faces, because a name may be drawn in either.
fn has_glyph(letter: char) -> bool {
    REGULAR.glyph_index(letter).is_some() && BOLD.glyph_index(letter).is_some()
}

/// Soft hyphens, joiners, direction marks and overrides, selectors, tags.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Mil = pt(10);

    #[test]
    fn nothing_hidden_reaches_a_paper() {
        assert_eq!(clean("Nasi\u{202e}kotak\u{200b}\u{7}\u{feff}"), "Nasikotak");
        assert_eq!(clean("Keripik 🥔 enak"), "Keripik ? enak");
        assert_eq!(clean("Café Ngatmi\tØ"), "Café Ngatmi Ø");
        assert_eq!(clean("a\u{300}\u{301}\u{302}\u{303}b"), "a\u{300}\u{301}b");
    }

    #[test]
    fn lines_never_pass_their_width_and_lose_no_word() {
        let text = "Pelatihan kader posyandu di Aula Kecamatan Gajahmungkur, 5 Maret 2026.";
        for width_pt in [40, 90, 200, 1_000] {
            let lines = wrap(text, Weight::Regular, SIZE, pt(width_pt));
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
            for line in &lines {
                assert!(width(line, Weight::Regular, SIZE) <= pt(width_pt), "{line}");
            }
        }
        assert_eq!(wrap(text, Weight::Regular, SIZE, pt(1_000)), [text]);
    }

    #[test]
    fn a_word_longer_than_its_line_is_cut() {
        let lines = wrap(&"a".repeat(500), Weight::Bold, SIZE, pt(50));
        assert!(lines.len() > 50);
        assert_eq!(lines.concat().len(), 500);
        assert_eq!(wrap("ab", Weight::Bold, SIZE, 1), ["a", "b"]);
    }

    #[test]
    fn line_ends_are_kept_inside_and_dropped_at_the_foot() {
        assert_eq!(wrap("a\n\nb\n\n", Weight::Regular, SIZE, pt(50)), ["a", "", "b"]);
        assert_eq!(wrap("", Weight::Regular, SIZE, pt(50)), [""]);
    }

    #[test]
    fn figures_are_equally_wide() {
        let widths: Vec<Mil> =
            (0..10).map(|n| width(&n.to_string(), Weight::Regular, SIZE)).collect();
        assert!(widths.iter().all(|w| *w == widths[0]), "{widths:?}");
    }
}
