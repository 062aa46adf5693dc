//! Why an officer says so: one of a few usual reasons, or words of their own. Kept as a code, so
//! that everybody reads it in their own language.

use base::{Error, Problem, Result};

/// The longest words of one's own beside a usual reason.
const NOTE_CHARS_MAX: usize = 300;
/// The longest reason without a usual one.
const WORDS_CHARS_MAX: usize = 1000;
/// Fewer letters tell nobody anything.
const LETTERS_MIN: usize = 5;

/// The usual reasons.
pub(crate) const WHYS: [&str; 4] = ["asked-owner", "seen-paper", "visited", "same-person"];

/// A usual reason, words of one's own, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reason {
    /// The code of a usual reason, or nothing.
    pub(crate) why: String,
    pub(crate) note: String,
}

impl Reason {
    /// What was chosen and typed; one of the two must be there.
    pub(crate) fn parse(why: &str, note: &str) -> Result<Reason> {
        let why = WHYS.into_iter().find(|known| *known == why).unwrap_or_default();
        let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
        if note.chars().count() > NOTE_CHARS_MAX {
            let problem = Problem::with("note", "registry-reason-length", NOTE_CHARS_MAX);
            return Err(Error::Invalid(vec![problem]));
        }
        if why.is_empty() && note.is_empty() {
            return Err(Error::invalid("why", "registry-why-wanted"));
        }
        Ok(Reason { why: why.to_owned(), note })
    }
}

/// What the owner reads, at the field it was typed in: not too long, and enough letters to say it.
pub(crate) fn for_owner(field: &str, words: &str) -> Result<()> {
    check(field, words, "registry-reason-wanted")
}

/// The same of words for whoever reads them later; `wanted` is the key of what is asked for.
pub(crate) fn check(field: &str, words: &str, wanted: &'static str) -> Result<()> {
    fits(field, words)?;
    let letters = words.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < LETTERS_MIN { Err(Error::invalid(field, wanted)) } else { Ok(()) }
}

/// Words that may be missing, and may not be too long.
pub(crate) fn fits(field: &str, words: &str) -> Result<()> {
    if words.chars().count() > WORDS_CHARS_MAX {
        let problem = Problem::with(field, "registry-reason-length", WORDS_CHARS_MAX);
        return Err(Error::Invalid(vec![problem]));
    }
    Ok(())
}

/// The key of the text of a usual reason.
pub(crate) fn why_key(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!("registry-why-{why}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_chosen_or_typed() {
        assert!(Reason::parse("", "  ").is_err());
        assert!(Reason::parse("nonsense", "").is_err());
        assert!(Reason::parse("", &"a".repeat(NOTE_CHARS_MAX + 1)).is_err());
        assert_eq!(Reason::parse("visited", "").unwrap().why, "visited");
        assert_eq!(Reason::parse("", " Sudah  ditelepon ").unwrap().note, "Sudah ditelepon");
    }
}
