//! Words as people type them: names of goods, units, businesses, offices and people, and longer texts.
//! One rule for all forms, so that nothing invisible stands in what everybody reads.

use std::ops::RangeInclusive;

use crate::Problem;

/// Signs that change how text looks and cannot be seen: directions, zero widths, joiners, blanks that
/// are letters, variations and tags.
fn invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// One line as it is kept: blanks single, control and invisible signs gone.
pub fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for sign in text.chars().filter(|sign| !invisible(*sign)) {
        if !sign.is_whitespace() && !sign.is_control() {
            line.push(sign);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Several lines as they are kept; of empty ones between them at most one stays.
pub fn lines(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(line) {
        if !line.is_empty() || lines.last().is_some_and(|before| !before.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// A line of at most so many characters.
pub fn short(field: &str, text: &str, chars_max: usize) -> Result<String, Problem> {
    bounded(field, line(text), chars_max)
}

/// Several lines of at most so many characters together.
pub fn long(field: &str, text: &str, chars_max: usize) -> Result<String, Problem> {
    bounded(field, lines(text), chars_max)
}

fn bounded(field: &str, text: String, chars_max: usize) -> Result<String, Problem> {
    match text.chars().count() > chars_max {
        true => Err(Problem::with(field, "words-too-long", chars_max)),
        false => Ok(text),
    }
}

/// What a thing is called: a line of this length with a letter or digit in it and no angle brackets.
/// `wanted` is said of one that is too short.
pub fn name(
    field: &str,
    text: &str,
    chars: RangeInclusive<usize>,
    wanted: &'static str,
) -> Result<String, Problem> {
    let name = short(field, text, *chars.end())?;
    if name.contains(['<', '>']) {
        return Err(Problem::new(field, "words-signs"));
    }
    let told = chars.contains(&name.chars().count()) && name.contains(char::is_alphanumeric);
    if told { Ok(name) } else { Err(Problem::new(field, wanted)) }
}

/// Why somebody did something that others must understand: lines with a word in them. `wanted` is said
/// of what is none.
pub fn reason(
    field: &str,
    text: &str,
    chars_max: usize,
    wanted: &'static str,
) -> Result<String, Problem> {
    const LETTERS_MIN: usize = 5;
    let reason = long(field, text, chars_max)?;
    let told = reason.chars().filter(|sign| sign.is_alphabetic()).count() >= LETTERS_MIN;
    if told { Ok(reason) } else { Err(Problem::new(field, wanted)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Result<String, &'static str> {
        name("name", text, 3..=10, "wanted").map_err(|problem| problem.code)
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        for (typed, kept) in [
            ("  Kopi \u{a0} Temanggung\r\n", "Kopi Temanggung"),
            ("\u{202e}gnadeP\u{202c}", "gnadeP"),
            ("Ba\u{200b}k\u{200d}so\u{feff}", "Bakso"),
            ("kotak\u{0}\u{7}isi", "kotak isi"),
            ("\u{3164}\u{2063}\u{e0041}", ""),
            ("Café 100% – “asli”", "Café 100% – “asli”"),
        ] {
            assert_eq!(line(typed), kept, "{typed:?}");
        }
        assert_eq!(lines(" satu \r\n\n\n\u{200b}\n dua\u{202e} \n\n"), "satu\n\ndua");
    }

    #[test]
    fn a_name_is_visible_plain_and_not_too_long() {
        assert_eq!(code(" Kopi  A "), Ok("Kopi A".to_owned()));
        assert_eq!(code("Ko"), Err("wanted"));
        assert_eq!(code("\u{200b}\u{200b}\u{200b}\u{200b}"), Err("wanted"));
        assert_eq!(code("- - -"), Err("wanted"));
        assert_eq!(code("<b>Kopi"), Err("words-signs"));
        assert_eq!(code("Kopi Temanggung"), Err("words-too-long"));
        let problem = short("note", "panjang", 3).unwrap_err();
        assert_eq!((problem.field.as_str(), problem.detail.as_str()), ("note", "3"));
    }
}
