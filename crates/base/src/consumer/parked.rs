//! Events a consumer could not handle: kept with the error, reported, tried again by a person.

use db::{Event, FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use super::Consumer;
use crate::job::{OPERATE, reason_of};
use crate::{Error, Result, StoredEvent, Timestamp, require};

/// Parked events in one answer at most.
const SHOWN_MAX: i64 = 200;

/// An event that a consumer left behind.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Parked {
    /// Who left it.
    pub consumer: String,
    /// The event's id.
    pub event: String,
    /// Its place in the series.
    pub seq: i64,
    /// What had happened.
    pub kind: String,
    /// Why it could not be handled.
    pub error: String,
    /// Since when it lies there.
    pub parked_at: Timestamp,
}

impl FromRow for Parked {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Parked {
            consumer: row.take()?,
            event: row.take()?,
            seq: row.take()?,
            kind: row.take()?,
            error: row.take()?,
            parked_at: row.take()?,
        })
    }
}

impl Parked {
    /// What the next page asks for.
    pub fn cursor(&self) -> String {
        format!("{}.{}", self.seq, self.consumer)
    }
}

/// What lies parked, oldest first, from behind the cursor of the page before.
pub fn parked(read: &mut Read<'_>, after: Option<&str>, limit: i64) -> Result<Vec<Parked>> {
    let after = after.and_then(|cursor| cursor.split_once('.'));
    let after = after.and_then(|(seq, consumer)| Some((seq.parse().ok()?, consumer)));
    let (seq, consumer): (i64, &str) = after.unwrap_or((-1, ""));
    Ok(read.all(
        "SELECT consumer, event, seq, kind, error, parked_at FROM base_parked_events
         WHERE resolved_at IS NULL AND (seq, consumer) > ($1, $2)
         ORDER BY seq, consumer LIMIT $3",
        &[&seq, &consumer, &limit.clamp(1, SHOWN_MAX)],
    )?)
}

/// One event that lies parked, or `NotFound`.
pub fn find_parked(read: &mut Read<'_>, consumer: &str, event: &str) -> Result<Parked> {
    let parked = read.first(
        "SELECT consumer, event, seq, kind, error, parked_at FROM base_parked_events
         WHERE consumer = $1 AND event = $2 AND resolved_at IS NULL",
        &[&consumer, &event],
    )?;
    parked.ok_or(Error::NotFound)
}

/// How many events lie parked.
pub fn parked_count(read: &mut Read<'_>) -> Result<i64> {
    Ok(read.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM base_parked_events WHERE resolved_at IS NULL",
        &[],
    )?)
}

/// Somebody decides that a consumer can do without an event, and says why.
pub fn skip(tx: &mut Tx<'_>, consumer: &str, event: &str, reason: &str) -> Result<()> {
    require(tx, OPERATE)?;
    let reason = reason_of(reason)?;
    resolve(tx, consumer, event)?;
    let (consumer, event) = (consumer.to_owned(), event.to_owned());
    tx.record(&EventSkipped { consumer, event, reason })?;
    Ok(())
}

fn resolve(tx: &mut Tx<'_>, consumer: &str, event: &str) -> Result<()> {
    let now_ms = tx.now_ms();
    let rows = tx.execute(
        "UPDATE base_parked_events SET resolved_at = $3
         WHERE consumer = $1 AND event = $2 AND resolved_at IS NULL",
        &[&consumer, &event, &now_ms],
    )?;
    if rows == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Hands a parked event to its consumer again, after the cause was mended.
pub fn unpark(tx: &mut Tx<'_>, consumer: &Consumer, event: &str) -> Result<()> {
    require(tx, OPERATE)?;
    resolve(tx, consumer.name, event)?;
    let stored: Option<StoredEvent> = tx.first(
        "SELECT id, seq, at, actor, on_behalf_of, kind, subject, data FROM events WHERE id = $1",
        &[&event],
    )?;
    let stored = stored.ok_or(Error::NotFound)?;
    (consumer.handle)(tx, &stored)?;
    tx.record(&EventUnparked { consumer: consumer.name.to_owned(), event: event.to_owned() })?;
    Ok(())
}

pub(super) fn park(
    tx: &mut Tx<'_>,
    consumer: &str,
    event: &StoredEvent,
    error: &str,
) -> Result<()> {
    let (now_ms, seq) = (tx.now_ms(), event.seq.unwrap_or_default());
    tx.execute(
        "INSERT INTO base_parked_events (consumer, event, seq, kind, error, parked_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (consumer, event) DO UPDATE
         SET error = excluded.error, parked_at = excluded.parked_at, resolved_at = NULL",
        &[&consumer, &event.id, &seq, &event.kind, &error, &now_ms],
    )?;
    tx.record(&EventParked {
        consumer: consumer.to_owned(),
        event: event.id.clone(),
        error: error.to_owned(),
    })?;
    Ok(())
}

/// A consumer left an event behind.
#[derive(Debug, Serialize)]
pub struct EventParked {
    /// Who.
    pub consumer: String,
    /// Which event.
    pub event: String,
    /// Why.
    pub error: String,
}

/// A parked event was handled after all.
#[derive(Debug, Serialize)]
pub struct EventUnparked {
    /// Whose it was.
    pub consumer: String,
    /// Which event.
    pub event: String,
}

/// Somebody decided that a consumer can do without an event.
#[derive(Debug, Serialize)]
pub struct EventSkipped {
    /// Whose it was.
    pub consumer: String,
    /// Which event.
    pub event: String,
    /// Why.
    pub reason: String,
}

impl Event for EventSkipped {
    const KIND: &'static str = "consumer.event_skipped";
    fn subject(&self) -> String {
        self.event.clone()
    }
}
impl Event for EventParked {
    const KIND: &'static str = "consumer.event_parked";
    fn subject(&self) -> String {
        self.event.clone()
    }
}
impl Event for EventUnparked {
    const KIND: &'static str = "consumer.event_unparked";
    fn subject(&self) -> String {
        self.event.clone()
    }
}
