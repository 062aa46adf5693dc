//! Every look at a personal number is an event, and its owner reads who looked, when and why. Whoever
//! looked reads the number for some minutes more, so that a page can be loaded again; after that it
//! wants another look.

use std::collections::BTreeSet;

use db::{Event, FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use super::{PersonId, membership};
use crate::{Error, Result, Role, Timestamp, words};

/// Why people look, by the code that is kept; the last one wants words.
pub const PURPOSES: [&str; 5] = ["verify", "contact", "twins", "owner", OTHER];
/// None of the usual purposes.
const OTHER: &str = "other";
/// Characters of the words.
const WORDS_CHARS_MAX: usize = 200;
/// Words that explain something are at least so many, of so many letters, so many of them different.
const WORDS_MIN: usize = 2;
const LETTERS_MIN: usize = 10;
const DIFFERENT_MIN: usize = 4;
/// How long whoever looked reads the number.
pub const SHOWN_MS: i64 = 10 * 60 * 1000;
/// Looks in one answer, newest first.
const LOOKS_MAX: i64 = 200;

/// Why somebody looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    code: &'static str,
    words: String,
}

impl Purpose {
    /// What was chosen, from a field `purpose`, and what was written beside it, from `purpose_words`.
    /// Only what is none of the usual purposes must be told in words.
    pub fn parse(code: &str, words: &str) -> Result<Purpose> {
        let code = PURPOSES.into_iter().find(|known| *known == code);
        let code = code.ok_or_else(|| Error::invalid("purpose", "account-purpose-wanted"))?;
        let words = words::short("purpose_words", words, WORDS_CHARS_MAX);
        let words = words.map_err(|problem| Error::Invalid(vec![problem]))?;
        if code == OTHER && !explains(&words) {
            return Err(Error::invalid("purpose_words", "account-purpose-words"));
        }
        Ok(Purpose { code, words })
    }
}

/// Whether somebody could learn from these words why a number was looked at.
fn explains(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    let letters = text.chars().filter(|letter| letter.is_alphabetic());
    let letters: Vec<char> = letters.flat_map(char::to_lowercase).collect();
    let different: BTreeSet<&char> = letters.iter().collect();
    words.count() >= WORDS_MIN && letters.len() >= LETTERS_MIN && different.len() >= DIFFERENT_MIN
}

/// Somebody saw a personal number. Other areas never write this event themselves.
#[derive(Serialize)]
struct PersonalSeen<'a> {
    #[serde(skip)]
    subject: &'a str,
    what: &'a str,
    purpose: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    words: &'a str,
}

impl Event for PersonalSeen<'_> {
    const KIND: &'static str = "personal.seen";
    fn subject(&self) -> String {
        self.subject.to_owned()
    }
}

/// Writes down that the actor sees `what` (a text key such as `personal-nik`) of `subject` (the id
/// of a person or business), and why. Call it in the transaction that reads the number.
pub fn record(tx: &mut Tx<'_>, subject: &str, what: &str, purpose: &Purpose) -> Result<()> {
    let Purpose { code, words } = purpose;
    tx.record(&PersonalSeen { subject, what, purpose: code, words })?;
    Ok(())
}

/// Until when the actor reads `what` of `subject` by a look of theirs that is recorded; nothing when
/// they have not looked, or too long ago. Asks for no permission.
pub fn until(read: &mut Read<'_>, subject: &str, what: &str) -> Result<Option<Timestamp>> {
    let (actor, since) = (read.actor().id.clone(), Timestamp::of(read).plus_ms(-SHOWN_MS));
    let looks: Vec<(Timestamp, String)> = read.all(
        "SELECT at, data FROM events
         WHERE subject = $1 AND kind = 'personal.seen' AND actor = $2 AND at > $3
         ORDER BY id DESC LIMIT $4",
        &[&subject, &actor, &since, &LOOKS_MAX],
    )?;
    let is_it = |data: &str| {
        let data: serde_json::Value = serde_json::from_str(data).unwrap_or_default();
        data["what"] == what
    };
    let last = looks.into_iter().find(|(_, data)| is_it(data));
    Ok(last.map(|(at, _)| at.plus_ms(SHOWN_MS)))
}

/// One look.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Look {
    pub at: Timestamp,
    /// Who looked; a part of the program keeps its own name.
    pub by: String,
    /// For whom they acted.
    pub organisation: Option<String>,
    /// The key of what was seen.
    pub what: String,
    /// One of `PURPOSES`.
    pub purpose: String,
    /// What was written beside it.
    pub words: String,
}

impl Look {
    /// The key of the text of its purpose.
    pub fn purpose_key(&self) -> String {
        format!("reading-value-purpose-{}", self.purpose)
    }
}

impl FromRow for Look {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        let (at, actor, by) = (row.take()?, row.take::<String>()?, row.take::<Option<String>>()?);
        let (organisation, data) = (row.take()?, row.take::<String>()?);
        let data: serde_json::Value = serde_json::from_str(&data).unwrap_or_default();
        let field = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
        let (what, purpose, words) = (field("what"), field("purpose"), field("words"));
        Ok(Look { at, by: by.unwrap_or(actor), organisation, what, purpose, words })
    }
}

/// Who looked at the numbers of this person or business, newest first. Asks for no permission.
pub fn of_subject(read: &mut Read<'_>, subject: &str) -> Result<Vec<Look>> {
    Ok(read.all(
        "SELECT e.at, e.actor, p.name, o.name, e.data FROM events e
         LEFT JOIN base_people p ON p.id = e.actor
         LEFT JOIN base_organisations o ON o.id = e.on_behalf_of
         WHERE e.subject = $1 AND e.kind = 'personal.seen' ORDER BY e.id DESC LIMIT $2",
        &[&subject, &LOOKS_MAX],
    )?)
}

/// Who looked at a person's numbers or at those of the businesses they own, newest first.
pub fn of_person(read: &mut Read<'_>, person: &PersonId) -> Result<Vec<Look>> {
    super::require_self(read, person)?;
    let mut looks = of_subject(read, person.as_str())?;
    for (organisation, roles) in membership::places(read, person)? {
        if let (true, Some(reference)) = (roles.contains(&Role::Owner), &organisation.reference) {
            looks.extend(of_subject(read, reference)?);
        }
    }
    looks.sort_by_key(|look| std::cmp::Reverse(look.at));
    looks.truncate(usize::try_from(LOOKS_MAX).map_err(Error::broken)?);
    Ok(looks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_purpose_is_chosen_and_another_one_is_told_in_words() {
        for code in &PURPOSES[..4] {
            assert!(Purpose::parse(code, "").is_ok(), "{code}");
        }
        assert!(Purpose::parse("other", "Menyusun surat pesanan").is_ok());
        assert!(Purpose::parse("", "Menyusun surat pesanan").is_err(), "one is chosen");
        for idle in
            ["", "aaaaa", "aaaaaaaaaaaa", "aaaaa aaaaa", "ok ok ok", "menelepon", "12 34 56 78 90"]
        {
            assert!(Purpose::parse("other", idle).is_err(), "{idle}");
        }
        assert!(Purpose::parse("verify", &"a".repeat(WORDS_CHARS_MAX + 1)).is_err());
    }
}
