//! Work that follows a commit: mails, webhooks, pictures. Jobs are rows, claimed by many workers.
//!
//! A job is enqueued in the transaction that wants it done, so it exists exactly if that happened.
//! It runs at least once, outside any transaction, and calls commands like everybody else. One
//! that keeps failing is laid aside as dead, visible, until a person revives it.

mod dead;
mod work;

use std::sync::Arc;

use db::{Db, Tx};

pub use dead::{
    DeadJob, JobDied, JobDiscarded, JobRevived, dead, dead_count, discard, find_dead, revive,
};
pub use work::work_once;

use crate::files::{Files, FilesKept};
use crate::keyring::Keyring;
use crate::message::Mailer;
use crate::webhook::Courier;
use crate::{Error, Id, Permission, Problem, Result, Timestamp};

/// May look after the machinery: revive dead jobs, letters and parked events.
pub const OPERATE: Permission = Permission("house.operate");

/// A worker that has not answered after this long is taken for dead, and its job is free again.
pub const LOCK_MS: i64 = 5 * 60 * 1000;
/// After so many attempts a job is dead.
pub const ATTEMPTS_MAX: i64 = 10;
const BACKOFF_MS: i64 = 30 * 1000;
const BACKOFF_MS_MAX: i64 = 6 * 60 * 60 * 1000;
const DATA_BYTES_MAX: usize = 64 * 1024;
const ERROR_CHARS_MAX: usize = 1_000;

/// The identity of a job.
pub type JobId = Id<Job>;

/// Names what a [`JobId`] identifies.
#[derive(Debug)]
pub enum Job {}

/// A kind of job as an area lists it. An unknown kind in the queue stops the start.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// `area.verb`.
    pub kind: &'static str,
    /// Does it. May run again after a crash, so what it does must bear repeating.
    pub run: fn(&Workshop, &serde_json::Value) -> Result<()>,
}

/// What a job may use.
#[derive(Clone)]
pub struct Workshop {
    /// The city's database, acting as the program.
    pub db: Db,
    /// Photos and papers.
    pub files: Option<Files>,
    /// Names the files that each area keeps, by their hashes.
    pub kept: Vec<FilesKept>,
    /// Letters.
    pub mailer: Mailer,
    /// Secrets and signatures.
    pub keyring: Arc<Keyring>,
    /// What goes to programs outside.
    pub courier: Courier,
}

/// Leaves a job for later, in this transaction; `run_at` is the earliest moment, now if none.
pub fn enqueue(
    tx: &mut Tx<'_>,
    kind: &str,
    data: &serde_json::Value,
    run_at: Option<Timestamp>,
) -> Result<JobId> {
    let text = data.to_string();
    if text.len() > DATA_BYTES_MAX {
        return Err(Error::broken(format!("job {kind}: {} bytes are too many", text.len())));
    }
    let id: JobId = tx.new_id();
    let now_ms = tx.now_ms();
    let run_at = run_at.map_or(now_ms, Timestamp::as_ms);
    tx.housekeep::<(String,)>(
        "INSERT INTO base_jobs (id, kind, data, run_at, locked_until, attempts, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, &kind, &text, &run_at, &0_i64, &0_i64, &now_ms],
    )?;
    Ok(id)
}

/// Kinds that wait in the queue and nobody knows: the program refuses to start with any.
pub fn unknown_kinds(read: &mut db::Read<'_>, kinds: &[JobKind]) -> Result<Vec<String>> {
    let rows: Vec<(String,)> =
        read.all("SELECT DISTINCT kind FROM base_jobs WHERE dead_at IS NULL ORDER BY kind", &[])?;
    let known = |kind: &String| kinds.iter().any(|k| k.kind == kind);
    Ok(rows.into_iter().map(|row| row.0).filter(|kind| !known(kind)).collect())
}

/// How many jobs could run now, and since when the oldest of them waits.
pub fn backlog(read: &mut db::Read<'_>) -> Result<(i64, Option<Timestamp>)> {
    let now_ms = read.now_ms();
    let row: Option<(i64, Option<Timestamp>)> = read.first(
        "SELECT CAST(COUNT(*) AS BIGINT), CAST(MIN(run_at) AS BIGINT) FROM base_jobs
         WHERE dead_at IS NULL AND run_at <= $1",
        &[&now_ms],
    )?;
    Ok(row.expect("an aggregate has one row"))
}

const REASON_CHARS_MAX: usize = 500;

/// Why somebody lets a job or an event be, or what is wrong with the reason.
pub(crate) fn reason_of(text: &str) -> Result<String> {
    let reason = text.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        let problem = Problem::with("reason", "operations-reason-wanted", REASON_CHARS_MAX);
        return Err(Error::Invalid(vec![problem]));
    }
    Ok(reason.to_owned())
}
