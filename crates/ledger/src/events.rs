//! What the book tells the city: every entry as it was posted. Events are sealed, so an entry that
//! was changed, removed or slipped in afterwards does not fit what was told, however well it balances.

use base::{Event, FromRow, Read, Result, Row, Timestamp, db};
use serde::{Deserialize, Serialize};

use crate::entry::EntryId;

/// An entry was posted. Plain texts and numbers, so that what somebody tampered with can be read, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Posted {
    pub(crate) entry: EntryId,
    pub(crate) what: String,
    /// The case it belongs to.
    pub(crate) case: String,
    pub(crate) day: String,
    pub(crate) reverses: Option<EntryId>,
    pub(crate) lines: Vec<PostedLine>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PostedLine {
    pub(crate) book: String,
    pub(crate) account: String,
    pub(crate) party: String,
    pub(crate) amount: i64,
}

impl Event for Posted {
    const KIND: &'static str = "ledger.posted";
    fn subject(&self) -> String {
        self.entry.to_string()
    }
}

impl FromRow for PostedLine {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(PostedLine {
            book: row.take()?,
            account: row.take()?,
            party: row.take()?,
            amount: row.take()?,
        })
    }
}

/// An entry as the book holds it now, when it was posted and by whom.
pub(crate) fn as_it_stands(
    read: &mut Read<'_>,
    id: &EntryId,
) -> Result<Option<(Posted, Timestamp, String)>> {
    let head: Option<Head> = read.first(
        "SELECT what, subject, day, reverses, posted_at, actor FROM ledger_entries WHERE id = $1",
        &[id],
    )?;
    let Some(head) = head else { return Ok(None) };
    let lines: Vec<PostedLine> = read.all(
        "SELECT book, account, party, amount FROM ledger_lines WHERE entry = $1 ORDER BY position",
        &[id],
    )?;
    let Head { what, case, day, reverses, posted_at, actor } = head;
    let posted = Posted { entry: id.clone(), what, case, day, reverses, lines };
    Ok(Some((posted, posted_at, actor)))
}

struct Head {
    what: String,
    case: String,
    day: String,
    reverses: Option<EntryId>,
    posted_at: Timestamp,
    actor: String,
}

impl FromRow for Head {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Head {
            what: row.take()?,
            case: row.take()?,
            day: row.take()?,
            reverses: row.take()?,
            posted_at: row.take()?,
            actor: row.take()?,
        })
    }
}
