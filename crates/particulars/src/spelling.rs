//! Names as people spell them: keys that forgive case, signs and blanks, and the distance
//! between two spellings.

use unicode_normalization::UnicodeNormalization;

/// Signs that change how text looks and cannot be seen: direction overrides, zero widths, BOM.
fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{61c}' | '\u{180e}'
    )
}

/// Text as it is kept: composed (NFC), invisible and control signs gone, blanks single.
pub fn tidy(text: &str) -> String {
    // Most cells of most lists are plain letters, which are composed already.
    if text.is_ascii() {
        return tidied(text.chars(), text.len());
    }
    tidied(text.nfc().filter(|c| !invisible(*c)), text.len())
}

fn tidied(signs: impl Iterator<Item = char>, bytes: usize) -> String {
    let mut tidy = String::with_capacity(bytes);
    for c in signs {
        if c.is_whitespace() || c.is_control() {
            if !tidy.is_empty() && !tidy.ends_with(' ') {
                tidy.push(' ');
            }
        } else {
            tidy.push(c);
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

/// What two spellings of one name share: NFKC, lower case, letters and digits in words.
/// Letters of other scripts stay, so that a look-alike is not taken for the same name.
pub fn key(text: &str) -> String {
    if text.is_ascii() {
        return keyed(text.chars().map(|c| c.to_ascii_lowercase()), text.len());
    }
    let letters = text.nfkc().filter(|c| !invisible(*c)).flat_map(char::to_lowercase);
    keyed(letters, text.len())
}

fn keyed(letters: impl Iterator<Item = char>, bytes: usize) -> String {
    let mut key = String::with_capacity(bytes);
    for c in letters {
        if c.is_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The key without blanks: `Tanjung Mas` and `Tanjungmas` are one place.
pub fn squeezed(text: &str) -> String {
    key(text).replace(' ', "")
}

/// The spelling before 1972 in today's letters: `Tjandi` is `candi`, `Kaliwiroe` is `kaliwiru`.
pub fn modern(squeezed: &str) -> String {
    squeezed.replace("oe", "u").replace("tj", "c").replace("dj", "j").replace("sj", "sy")
}

/// How many slips of the finger may separate two spellings of this length.
pub fn slips_allowed(squeezed: &str) -> usize {
    match squeezed.chars().count() {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    }
}

/// Slips between two squeezed keys: a letter lost, added, changed or swapped with its neighbour.
pub fn slips(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

/// Whether letters of more than one alphabet meet in one name (Latin beside Cyrillic or Greek).
pub fn mixes_alphabets(text: &str) -> bool {
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let alike = text.chars().any(|c| matches!(c, '\u{370}'..='\u{52f}'));
    latin && alike
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_forgive_what_does_not_matter() {
        assert_eq!(key("  WARUNG  “Bu-Tik” "), "warung bu tik");
        assert_eq!(key("e\u{301}s teh"), key("és teh"));
        assert_eq!(squeezed("Tanjung Mas"), "tanjungmas");
        assert_eq!(tidy("Ba\u{200b}kso\u{a0}Pak\r\nMan "), "Bakso Pak Man");
        assert_eq!(tidy("\u{202e}otreK"), "otreK");
        assert_ne!(key("W\u{430}rung"), key("Warung"));
        assert!(mixes_alphabets("W\u{430}rung"));
        assert_eq!(modern("tjandi"), "candi");
        assert_eq!(slips("purwosri", "purwosari"), 1);
    }
}
