//! The audit trail as inspectors read it: every event of the city, newest first, by what happened,
//! to what, and by whom.

use db::{FromRow, Read, Row};

use crate::{Error, Permission, Result, StoredEvent, require};

/// May read the whole trail and its seals.
pub const INSPECT: Permission = Permission("house.inspect");

/// No page shows more at once.
pub const PAGE_MAX: i64 = 100;
/// Longer filters find nothing anyway.
const FILTER_CHARS_MAX: usize = 120;
/// Sorts after every id and after every letter of a kind.
const AFTER_ALL: &str = "~";

/// Whose doing is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    #[default]
    Everybody,
    /// What people did, signed in or not.
    People,
    /// What the program did by itself: reminders, deadlines that passed, numbers it gave.
    Program,
}

impl By {
    /// As the statements below compare it.
    fn code(self) -> &'static str {
        match self {
            By::Everybody => "",
            By::People => "people",
            By::Program => "program",
        }
    }
}

/// What of the trail is wanted; empty filters let everything through.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// How the kind begins: `registry.`, `account.signed_in`.
    pub kind: String,
    /// What it happened to, whole.
    pub subject: String,
    /// Who did it, whole: a person's id or a part of the program.
    pub actor: String,
    /// People, the program, or both.
    pub by: By,
    /// The last event of the page before.
    pub before: Option<String>,
}

/// The trail, newest first.
pub fn trail(read: &mut Read<'_>, wanted: &Wanted, limit: i64) -> Result<Vec<StoredEvent>> {
    require(read, INSPECT)?;
    let longest = [&wanted.kind, &wanted.subject, &wanted.actor].map(String::len);
    if longest.iter().any(|length| *length > FILTER_CHARS_MAX) {
        return Ok(Vec::new());
    }
    let limit = limit.clamp(1, PAGE_MAX);
    let before = wanted.before.as_deref().unwrap_or(AFTER_ALL);
    // People's ids are ids like all others; the program's parts have names.
    let by = wanted.by.code();
    let until = format!("{}{AFTER_ALL}", wanted.kind);
    if wanted.subject.is_empty() {
        return Ok(read.all(
            "SELECT id, seq, at, actor, on_behalf_of, kind, subject, data FROM events
             WHERE id < $1 AND kind >= $2 AND kind < $3
               AND (CAST($4 AS TEXT) = '' OR actor = $4)
               AND (CAST($6 AS TEXT) = ''
                    OR (CAST($6 AS TEXT) = 'people') = (LENGTH(actor) = 26 OR actor = 'visitor'))
             ORDER BY id DESC LIMIT $5",
            &[&before, &wanted.kind, &until, &wanted.actor, &limit, &by],
        )?);
    }
    Ok(read.all(
        "SELECT id, seq, at, actor, on_behalf_of, kind, subject, data FROM events
         WHERE subject = $1 AND id < $2 AND kind >= $3 AND kind < $4
           AND (CAST($5 AS TEXT) = '' OR actor = $5)
           AND (CAST($7 AS TEXT) = ''
                OR (CAST($7 AS TEXT) = 'people') = (LENGTH(actor) = 26 OR actor = 'visitor'))
         ORDER BY id DESC LIMIT $6",
        &[&wanted.subject, &before, &wanted.kind, &until, &wanted.actor, &limit, &by],
    )?)
}

/// One event of the trail, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &str) -> Result<StoredEvent> {
    require(read, INSPECT)?;
    let event = read.first(
        "SELECT id, seq, at, actor, on_behalf_of, kind, subject, data FROM events WHERE id = $1",
        &[&id],
    )?;
    event.ok_or(Error::NotFound)
}

/// How far the city's series is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Events that have their place in the series.
    pub numbered: i64,
    /// Events that a seal covers.
    pub sealed: i64,
    /// Seals so far.
    pub seals: i64,
}

impl FromRow for Reach {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Reach { numbered: row.take()?, sealed: row.take()?, seals: row.take()? })
    }
}

/// How far the series is numbered and sealed.
pub fn reach(read: &mut Read<'_>) -> Result<Reach> {
    require(read, INSPECT)?;
    Ok(read.one(
        "SELECT CAST(COALESCE((SELECT MAX(seq) FROM events WHERE seq IS NOT NULL), 0) AS BIGINT),
                CAST(COALESCE((SELECT MAX(last_seq) FROM base_seals), 0) AS BIGINT),
                CAST(COALESCE((SELECT MAX(number) FROM base_seals), 0) AS BIGINT)",
        &[],
    )?)
}
