//! Whoever follows the city's events: search index, statistics, reactions between areas.
//!
//! Events get their place in one series in the background ([`number_events`]), so that writers
//! never queue for it. A consumer keeps a cursor and handles each event in the transaction that
//! moves the cursor: at least once, in order, idempotent by event id. An event it cannot handle is
//! tried again, then parked where people see it, and the series goes on.

mod parked;
mod run;

use db::{Db, FromRow, Params, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

pub use parked::{
    EventParked, EventSkipped, EventUnparked, Parked, find_parked, parked, parked_count, skip,
    unpark,
};
pub use run::run_once;

use crate::job::OPERATE;
use crate::{Result, StoredEvent, require};

/// How many events are numbered in one transaction.
const NUMBERED_MAX: i64 = 500;
/// How many events a consumer takes in one transaction.
const BATCH_MAX: i64 = 100;
/// How often an event is tried before it is parked.
pub const ATTEMPTS_MAX: i64 = 5;
const BACKOFF_MS: i64 = 1_000;
const ERROR_CHARS_MAX: usize = 1_000;

/// Which events a consumer wants.
#[derive(Debug, Clone, Copy)]
pub enum Kinds {
    /// Every one.
    All,
    /// These.
    Only(&'static [&'static str]),
}

impl Kinds {
    fn wants(self, kind: &str) -> bool {
        match self {
            Kinds::All => true,
            Kinds::Only(kinds) => kinds.contains(&kind),
        }
    }
}

/// Somebody who follows the events, as an area lists it.
#[derive(Clone, Copy)]
pub struct Consumer {
    /// Names the cursor; stable for ever.
    pub name: &'static str,
    /// What it wants to hear of.
    pub kinds: Kinds,
    /// Reacts, in the transaction that moves the cursor.
    pub handle: fn(&mut Tx<'_>, &StoredEvent) -> Result<()>,
}

/// Gives the next events their places in the series, in the order of their ids, and tells how many
/// it was. Two runners never give one place twice: the transaction is serializable and the column
/// unique. Runs until it answers zero.
pub fn number_events(db: &Db) -> Result<usize> {
    let numbered: Vec<(String,)> = db
        .write("consumer.number_events", |tx| {
            tx.housekeep(
                "UPDATE events SET seq = fresh.seq
                 FROM (SELECT id, (SELECT COALESCE(MAX(seq), 0) FROM events WHERE seq IS NOT NULL)
                              + ROW_NUMBER() OVER (ORDER BY id) AS seq
                       FROM (SELECT id FROM events WHERE seq IS NULL ORDER BY id LIMIT $1)
                            AS waiting) AS fresh
                 WHERE events.id = fresh.id AND events.seq IS NULL RETURNING events.id",
                &[&NUMBERED_MAX],
            )
        })
        .wait()?;
    Ok(numbered.len())
}

/// The last place of the series.
pub fn last_seq(read: &mut Read<'_>) -> Result<i64> {
    let row: Option<(i64,)> = read.first(
        "SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM events WHERE seq IS NOT NULL",
        &[],
    )?;
    Ok(row.expect("an aggregate has one row").0)
}

/// How far a consumer has come.
pub fn cursor(read: &mut Read<'_>, name: &str) -> Result<i64> {
    let row: Option<(i64,)> =
        read.first("SELECT seq FROM base_cursors WHERE consumer = $1", &[&name])?;
    Ok(row.map_or(0, |row| row.0))
}

/// Where a consumer stands, as an operator asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Standing {
    /// Names the cursor.
    pub consumer: String,
    /// The last place it has behind it.
    pub seq: i64,
    /// How often the event at hand has failed.
    pub failures: i64,
    /// How it failed the last time.
    pub error: Option<String>,
}

impl FromRow for Standing {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Standing {
            consumer: row.take()?,
            seq: row.take()?,
            failures: row.take()?,
            error: row.take()?,
        })
    }
}

/// Where every consumer stands that ever read an event.
pub fn standings(read: &mut Read<'_>) -> Result<Vec<Standing>> {
    Ok(read.all("SELECT consumer, seq, failures, error FROM base_cursors ORDER BY consumer", &[])?)
}

/// How many events have no place in the series yet.
pub fn unnumbered(read: &mut Read<'_>) -> Result<i64> {
    Ok(read.count("SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE seq IS NULL", &[])?)
}

/// Events of the series after `seq`, oldest first: what feeds and seals are made of.
pub fn after(read: &mut Read<'_>, seq: i64, limit: i64) -> Result<Vec<StoredEvent>> {
    Ok(read.all(
        "SELECT id, seq, at, actor, on_behalf_of, kind, subject, data FROM events
         WHERE seq > $1 ORDER BY seq LIMIT $2",
        &[&seq, &limit],
    )?)
}

/// Changes a copy that a consumer derives from events. The event that caused it is its record, so
/// it needs none of its own; nothing else may use this.
pub fn derive(tx: &mut Tx<'_>, sql: &str, params: Params<'_>) -> Result<()> {
    tx.housekeep::<(String,)>(sql, params)?;
    Ok(())
}

/// Lets a consumer begin again from the first event, to rebuild what it derives.
pub fn rewind(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    require(tx, OPERATE)?;
    run::move_cursor(tx, name, 0)
}

/// What a panic said.
pub(crate) fn told_by(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panicked: {}", text.unwrap_or_else(|| "without a word".to_owned()))
}
