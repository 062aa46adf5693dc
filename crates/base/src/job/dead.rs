//! Jobs that failed every time, and how a person gives them another chance.

use db::{Event, FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use super::{JobId, OPERATE};
use crate::{Error, Result, Timestamp, require};

/// More dead jobs than this are one broken thing, not many.
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
            error: row.take()?,
            made_at: row.take()?,
            dead_at: row.take()?,
        })
    }
}

/// The dead jobs, latest first.
pub fn dead(read: &mut Read<'_>) -> Result<Vec<DeadJob>> {
    Ok(read.all(
        "SELECT id, kind, data, error, made_at, dead_at FROM base_jobs
         WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id DESC LIMIT $1",
        &[&SHOWN_MAX],
    )?)
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
