//! The paper a rule rests on, and how sure its values are. A city's own choice is a choice and never
//! looks like law.

use db::{FromRow, FromValue, Row, ToValue, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Date, Problem, Result};

/// How sure the values of a rule are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The text of the law was read.
    LawRead,
    /// Somebody else's summary of it was read.
    Secondary,
    /// What people in the trade take for granted.
    GeneralKnowledge,
    /// The city's own choice: no law says it, and none has to.
    CityChoice,
    /// Nobody has checked it.
    Unverified,
}

impl Mark {
    /// Every mark, surest first.
    pub const ALL: &'static [Mark] = &[
        Mark::LawRead,
        Mark::Secondary,
        Mark::GeneralKnowledge,
        Mark::CityChoice,
        Mark::Unverified,
    ];
    /// Their codes.
    pub const CODES: &'static [&'static str] =
        &["law_read", "secondary", "general_knowledge", "city_choice", "unverified"];

    /// The stable code, also in the texts: `policy-mark-law-read`.
    pub fn code(self) -> &'static str {
        match self {
            Mark::LawRead => "law_read",
            Mark::Secondary => "secondary",
            Mark::GeneralKnowledge => "general_knowledge",
            Mark::CityChoice => "city_choice",
            Mark::Unverified => "unverified",
        }
    }

    /// The mark with this code.
    pub fn parse(code: &str) -> Option<Mark> {
        Mark::ALL.iter().copied().find(|mark| mark.code() == code)
    }
}

/// The paper a rule rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LegalBasis {
    /// Its sort: `Peraturan Pemerintah`, `Surat Edaran Wali Kota`.
    pub instrument: String,
    /// Its number alone, `7`; empty while it is not known.
    pub number: String,
    /// The year of its number.
    pub year: Option<i64>,
    /// Where in it: `Pasal 35–36`.
    pub article: String,
    /// What else has to be said: `untuk porsi 40%; hari pembayaran pilihan kota`.
    pub note: String,
    /// The day it was signed.
    pub dated: Option<Date>,
}

const CHARS_MAX: usize = 300;
const YEAR_MIN: i64 = 1945;
const YEAR_MAX: i64 = 2100;
/// Words by which people say that no law stands behind a rule.
const OWN_CHOICE: &str = "pilihan kota";

impl LegalBasis {
    /// What is wrong with it beside the mark it is given.
    pub(super) fn problems(&self, mark: Mark) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.instrument.trim().is_empty() {
            problems.push(Problem::new("instrument", "policy-basis-missing"));
        }
        let texts = [
            ("instrument", &self.instrument),
            ("number", &self.number),
            ("article", &self.article),
            ("note", &self.note),
        ];
        for (field, _) in texts.iter().filter(|(_, text)| text.chars().count() > CHARS_MAX) {
            problems.push(Problem::with(*field, "policy-basis-too-long", CHARS_MAX));
        }
        if self.year.is_some_and(|year| !(YEAR_MIN..=YEAR_MAX).contains(&year)) {
            problems.push(Problem::new("year", "policy-basis-year"));
        }
        if mark == Mark::LawRead {
            if self.number.trim().is_empty() {
                problems.push(Problem::new("number", "policy-law-has-a-number"));
            }
            if self.year.is_none() {
                problems.push(Problem::new("year", "policy-law-has-a-year"));
            }
            if self.instrument.to_lowercase().contains(OWN_CHOICE) {
                problems.push(Problem::new("mark", "policy-choice-is-no-law"));
            }
        }
        problems
    }
}

impl FromRow for LegalBasis {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(LegalBasis {
            instrument: row.take()?,
            number: row.take()?,
            year: row.take()?,
            article: row.take()?,
            note: row.take()?,
            dated: row.take()?,
        })
    }
}

impl FromValue for Mark {
    const WANTED: &'static str = "a mark of a policy";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Mark::parse(&String::from_value(value)?)
    }
}
impl ToValue for Mark {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, Say};

    #[test]
    fn a_law_is_cited_as_lawyers_do_and_a_choice_is_no_law() {
        let law = LegalBasis {
            instrument: "Peraturan Pemerintah".to_owned(),
            number: "7".to_owned(),
            year: Some(2021),
            article: "Pasal 35–36".to_owned(),
            ..LegalBasis::default()
        };
        let cited = "Peraturan Pemerintah Nomor 7 Tahun 2021 Pasal 35–36";
        assert_eq!(law.say(Language::PAPERS), cited);
        assert_eq!(law.problems(Mark::LawRead), []);
        let choice = LegalBasis { instrument: "Pilihan kota".to_owned(), ..LegalBasis::default() };
        assert_eq!(choice.problems(Mark::CityChoice), []);
        let codes: Vec<_> = choice.problems(Mark::LawRead).iter().map(|p| p.code).collect();
        assert!(codes.contains(&"policy-choice-is-no-law"), "{codes:?}");
        assert!(Mark::ALL.iter().map(|mark| mark.code()).eq(Mark::CODES.iter().copied()));
    }
}
