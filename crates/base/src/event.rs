//! Events as they are read back: audit trail, timeline, feed.

use db::{FromRow, Read, Row};
use serde::Serialize;

use crate::{Result, Timestamp};

/// One thing that happened.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct StoredEvent {
    pub id: String,
    /// Its place in the city's one series; given in the background.
    pub seq: Option<i64>,
    pub at: Timestamp,
    /// A person's id or a part of the program.
    pub actor: String,
    /// The organisation they acted for.
    pub on_behalf_of: Option<String>,
    /// `area.what_happened`.
    pub kind: String,
    /// What it happened to.
    pub subject: String,
    /// The event's own JSON.
    pub data: String,
}

impl FromRow for StoredEvent {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(StoredEvent {
            id: row.take()?,
            seq: row.take()?,
            at: row.take()?,
            actor: row.take()?,
            on_behalf_of: row.take()?,
            kind: row.take()?,
            subject: row.take()?,
            data: row.take()?,
        })
    }
}

impl StoredEvent {
    /// The event's data as JSON; null if it does not parse.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.data).unwrap_or_default()
    }
}

/// More events than any case has; a timeline longer than this shows its newest part.
const TIMELINE_MAX: i64 = 500;

/// Everything that happened to one thing, oldest first.
pub fn of_subject(read: &mut Read<'_>, subject: &str) -> Result<Vec<StoredEvent>> {
    let mut events: Vec<StoredEvent> = read.all(
        "SELECT id, seq, at, actor, on_behalf_of, kind, subject, data FROM events
         WHERE subject = $1 ORDER BY id DESC LIMIT $2",
        &[&subject, &TIMELINE_MAX],
    )?;
    events.reverse();
    Ok(events)
}

/// Events of one kind behind an id, oldest first: to compare what was told with what stands.
pub fn of_kind(
    read: &mut Read<'_>,
    kind: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<StoredEvent>> {
    Ok(read.all(
        "SELECT id, seq, at, actor, on_behalf_of, kind, subject, data FROM events
         WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3",
        &[&kind, &after, &limit],
    )?)
}
