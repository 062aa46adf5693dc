//! Every look at a personal number is an event, and its owner reads who looked, when and why.

use db::{Event, FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use super::{PersonId, membership};
use crate::{Error, Result, Role, Timestamp};

/// Characters of a reason.
const PURPOSE_CHARS: std::ops::RangeInclusive<usize> = 5..=200;
/// Looks in one answer, newest first.
const LOOKS_MAX: i64 = 200;

/// Somebody saw a personal number. Other areas never write this event themselves.
#[derive(Serialize)]
struct PersonalSeen<'a> {
    #[serde(skip)]
    subject: &'a str,
    what: &'a str,
    purpose: &'a str,
}

impl Event for PersonalSeen<'_> {
    const KIND: &'static str = "personal.seen";
    fn subject(&self) -> String {
        self.subject.to_owned()
    }
}

/// Writes down that the actor sees `what` (a text key such as `personal-nik`) of `subject` (the id
/// of a person or business), and why. Call it in the transaction that reads the number.
pub fn record(tx: &mut Tx<'_>, subject: &str, what: &str, purpose: &str) -> Result<()> {
    let purpose = purpose.trim();
    if !PURPOSE_CHARS.contains(&purpose.chars().count()) {
        return Err(Error::invalid("purpose", "account-purpose-length"));
    }
    tx.record(&PersonalSeen { subject, what, purpose })?;
    Ok(())
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
    pub purpose: String,
}

impl FromRow for Look {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        let (at, actor, by) = (row.take()?, row.take::<String>()?, row.take::<Option<String>>()?);
        let (organisation, data) = (row.take()?, row.take::<String>()?);
        let data: serde_json::Value = serde_json::from_str(&data).unwrap_or_default();
        let field = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
        let (what, purpose) = (field("what"), field("purpose"));
        Ok(Look { at, by: by.unwrap_or(actor), organisation, what, purpose })
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
