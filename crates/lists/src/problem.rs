//! One oddity of one row, with the column, what was read and what it means.

mod code;

use base::digits;
use serde::{Serialize, Serializer};

use super::field::Field;

pub use code::{Code, Weight};

/// Longest excerpt of what was read.
const READ_CHARS_MAX: usize = 120;

/// One oddity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Title of the column, where it has one.
    pub column: Option<String>,
    /// What the column means.
    #[serde(serialize_with = "field_name")]
    pub field: Option<Field>,
    /// What is odd.
    #[serde(serialize_with = "code_name")]
    pub code: Code,
    /// What stood there; personal numbers masked.
    pub read: String,
    /// What it was taken for, or where it is: fills `$hint` of the text.
    pub hint: String,
    /// For people, in the language of whoever asked; in Bahasa Indonesia if nobody did.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}

impl Problem {
    pub(crate) fn new(code: Code, read: &str) -> Problem {
        let read = read.chars().take(READ_CHARS_MAX).collect();
        Problem {
            column: None,
            field: None,
            code,
            read,
            hint: String::new(),
            message: String::new(),
            message_en: String::new(),
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = hint.into();
        self
    }

    /// As it may be kept in clear: of a telephone number that could not be read, or of a second
    /// one, only the beginning. The report, which is sealed, has the whole.
    pub fn veiled(&self) -> Problem {
        let mut veiled = self.clone();
        if self.field == Some(Field::Phone) {
            veiled.read = digits::beginning(&self.read);
            veiled.message = self.message.replace(&self.read, &veiled.read);
            veiled.message_en = self.message_en.replace(&self.read, &veiled.read);
        }
        veiled
    }

    /// The text of this problem in Bahasa Indonesia, for programs without a language.
    pub fn indonesian(&self) -> String {
        told(crate::INDONESIAN, self.code.as_str(), &self.read, &self.hint)
    }

    /// The same in English.
    pub fn english(&self) -> String {
        told(crate::ENGLISH, self.code.as_str(), &self.read, &self.hint)
    }

    /// The hint as a reader of English understands it: where another row is meant, it says so.
    pub fn english_hint(&self) -> String {
        english_place(&self.hint).unwrap_or_else(|| self.hint.clone())
    }
}

/// `baris 3 lembar Data` as `row 3 of sheet Data`; nothing of what is no place.
fn english_place(hint: &str) -> Option<String> {
    let rest = hint.strip_prefix("baris ")?;
    let (line, sheet) = match rest.split_once(" lembar ") {
        Some((line, sheet)) => (line, Some(sheet)),
        None => (rest, None),
    };
    line.parse::<u32>().ok()?;
    Some(sheet.map_or(format!("row {line}"), |sheet| format!("row {line} of sheet {sheet}")))
}

/// What a problem says, in the language of these texts.
pub(crate) fn told(texts: &'static str, code: &str, read: &str, hint: &str) -> String {
    let text = text_in(texts, &format!("lists-problem-{code}"));
    let place = if texts == crate::ENGLISH { english_place(hint) } else { None };
    let hint = place.as_deref().unwrap_or(hint);
    text.replace("{ $read }", read).replace("{ $hint }", hint)
}

/// The Indonesian text of a key, read straight from the file that the pages use.
pub(crate) fn text_of(key: &str) -> &'static str {
    text_in(crate::INDONESIAN, key)
}

/// The text of a key in one of the two languages.
pub(crate) fn text_in(texts: &'static str, key: &str) -> &'static str {
    texts.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = ")).unwrap_or_default()
}

fn field_name<S: Serializer>(field: &Option<Field>, serializer: S) -> Result<S::Ok, S::Error> {
    field.map(Field::as_str).serialize(serializer)
}

fn code_name<S: Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    code.as_str().serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_text_in_both_languages() {
        let english = crate::ENGLISH;
        for code in Code::all() {
            let key = format!("lists-problem-{}", code.as_str());
            assert!(!text_of(&key).is_empty(), "{key}");
            assert!(english.contains(&format!("\n{key} = ")), "{key}");
        }
        let problem = Problem::new(Code::RegionSlip, "Brngin").hint("Bringin");
        assert_eq!(problem.indonesian(), "Ejaan Brngin dibaca Bringin.");
        let same = Problem::new(Code::SameNib, "").hint("baris 3 lembar Data");
        assert_eq!(same.english(), "Same NIB as row 3 of sheet Data.");
        assert_eq!(problem.english(), "The spelling Brngin was read as Bringin.");
    }
}
