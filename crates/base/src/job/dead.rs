//! Jobs that failed every time, and how a person gives them another chance.

use db::{Event, FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use super::{JobId, OPERATE, reason_of};
use crate::{Error, Result, Timestamp, require};

/// Dead jobs in one answer at most.
const SHOWN_MAX: i64 = 200;

/// A job that nobody tries any more.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DeadJob {
    /// Its row.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// What it was to do.
    pub data: String,
    /// How often it was tried.
    pub attempts: i64,
    /// How its last attempt ended.
    pub error: Option<String>,
    /// When it was enqueued.
    pub made_at: Timestamp,
    /// When it was given up.
    pub dead_at: Timestamp,
}

impl FromRow for DeadJob {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(DeadJob {
            id: row.take()?,
            kind: row.take()?,
            data: row.take()?,
            attempts: row.take()?,
            error: row.take()?,
            made_at: row.take()?,
            dead_at: row.take()?,
        })
    }
}

impl DeadJob {
    /// What the next page asks for.
    pub fn cursor(&self) -> String {
        format!("{}.{}", self.dead_at.as_ms(), self.id)
    }
}

/// The dead jobs, latest first, from behind the cursor of the page before.
pub fn dead(read: &mut Read<'_>, before: Option<&str>, limit: i64) -> Result<Vec<DeadJob>> {
    let before = before.and_then(|cursor| cursor.split_once('.'));
    let before = before.and_then(|(at, id)| Some((at.parse().ok()?, id)));
    // `~` sorts after every id.
    let (at, id): (i64, &str) = before.unwrap_or((i64::MAX, "~"));
    Ok(read.all(
        "SELECT id, kind, data, attempts, error, made_at, dead_at FROM base_jobs
         WHERE dead_at IS NOT NULL AND (dead_at, id) < ($1, $2)
         ORDER BY dead_at DESC, id DESC LIMIT $3",
        &[&at, &id, &limit.clamp(1, SHOWN_MAX)],
    )?)
}

/// One dead job, or `NotFound`.
pub fn find_dead(read: &mut Read<'_>, id: &JobId) -> Result<DeadJob> {
    let job = read.first(
        "SELECT id, kind, data, attempts, error, made_at, dead_at FROM base_jobs
         WHERE id = $1 AND dead_at IS NOT NULL",
        &[id],
    )?;
    job.ok_or(Error::NotFound)
}

/// How many jobs are dead.
pub fn dead_count(read: &mut Read<'_>) -> Result<i64> {
    Ok(read
        .count("SELECT CAST(COUNT(*) AS BIGINT) FROM base_jobs WHERE dead_at IS NOT NULL", &[])?)
}

/// Somebody decides that a dead job need not be done, and says why.
pub fn discard(tx: &mut Tx<'_>, id: &JobId, reason: &str) -> Result<()> {
    require(tx, OPERATE)?;
    let reason = reason_of(reason)?;
    let job = find_dead(tx, id)?;
    let rows = tx.execute("DELETE FROM base_jobs WHERE id = $1 AND dead_at IS NOT NULL", &[id])?;
    assert_eq!(rows, 1, "a dead job that was just read is still there");
    tx.record(&JobDiscarded { job: id.clone(), kind: job.kind, reason })?;
    Ok(())
}

/// Gives a dead job all its attempts again.
pub fn revive(tx: &mut Tx<'_>, id: &JobId) -> Result<()> {
    require(tx, OPERATE)?;
    let now_ms = tx.now_ms();
    let kinds: Vec<(String,)> = tx.returning(
        "UPDATE base_jobs SET dead_at = NULL, attempts = $2, locked_until = $2, run_at = $3
         WHERE id = $1 AND dead_at IS NOT NULL RETURNING kind",
        &[id, &0_i64, &now_ms],
    )?;
    let (kind,) = kinds.into_iter().next().ok_or(Error::NotFound)?;
    tx.record(&JobRevived { job: id.clone(), kind })?;
    Ok(())
}

pub(super) fn bury(tx: &mut Tx<'_>, id: &JobId, kind: &str, error: &str) -> Result<()> {
    let now_ms = tx.now_ms();
    let rows = tx.execute(
        "UPDATE base_jobs SET dead_at = $2, error = $3 WHERE id = $1 AND dead_at IS NULL",
        &[id, &now_ms, &error],
    )?;
    if rows == 1 {
        tx.record(&JobDied { job: id.clone(), kind: kind.to_owned(), error: error.to_owned() })?;
    }
    Ok(())
}

/// A job failed every time.
#[derive(Debug, Serialize)]
pub struct JobDied {
    /// The job.
    pub job: JobId,
    /// What kind of work.
    pub kind: String,
    /// How the last attempt ended.
    pub error: String,
}

/// Somebody gave a dead job another chance.
#[derive(Debug, Serialize)]
pub struct JobRevived {
    /// The job.
    pub job: JobId,
    /// What kind of work.
    pub kind: String,
}

/// Somebody decided that a dead job need not be done.
#[derive(Debug, Serialize)]
pub struct JobDiscarded {
    /// The job.
    pub job: JobId,
    /// What kind of work.
    pub kind: String,
    /// Why not.
    pub reason: String,
}

impl Event for JobDiscarded {
    const KIND: &'static str = "job.discarded";
    fn subject(&self) -> String {
        self.job.to_string()
    }
}
impl Event for JobDied {
    const KIND: &'static str = "job.died";
    fn subject(&self) -> String {
        self.job.to_string()
    }
}
impl Event for JobRevived {
    const KIND: &'static str = "job.revived";
    fn subject(&self) -> String {
        self.job.to_string()
    }
}
