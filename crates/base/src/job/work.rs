//! A worker's turn: claim one job, do it, say how it ended.

use std::panic::{AssertUnwindSafe, catch_unwind};

use db::{FromRow, Row, Tx};

use super::Workshop;
use super::dead::bury;
use super::{ATTEMPTS_MAX, BACKOFF_MS, BACKOFF_MS_MAX, ERROR_CHARS_MAX, JobId, JobKind, LOCK_MS};
use crate::{Error, Result};

/// A job in a worker's hands. The number of the attempt proves that it is still theirs.
#[derive(Debug, Clone)]
struct Claim {
    id: JobId,
    kind: String,
    data: String,
    attempt: i64,
}

impl FromRow for Claim {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Claim { id: row.take()?, kind: row.take()?, data: row.take()?, attempt: row.take()? })
    }
}

/// Does the next job, if one is due. `false`: there is nothing to do now. What the job itself made
/// of it is in its row and the log, not in the answer.
pub fn work_once(workshop: &Workshop, kinds: &[JobKind]) -> Result<bool> {
    let claimed: Vec<Claim> = workshop.db.write("job.claim", claim).wait()?;
    let Some(claim) = claimed.into_iter().next() else { return Ok(false) };
    let end = if claim.attempt > ATTEMPTS_MAX {
        Err(Error::broken("its worker vanished every time"))
    } else {
        run(workshop, kinds, &claim)
    };
    match end {
        Ok(()) => finish(workshop, claim)?,
        Err(error) => {
            tracing::warn!(job = %claim.id, kind = claim.kind, attempt = claim.attempt, %error);
            put_back(workshop, claim, &error)?;
        }
    }
    Ok(true)
}

/// One statement; the repeated condition makes it safe where two workers choose the same row.
fn claim(tx: &mut Tx<'_>) -> Result<Vec<Claim>> {
    let now_ms = tx.now_ms();
    Ok(tx.housekeep(
        "UPDATE base_jobs SET locked_until = $1, attempts = attempts + 1
         WHERE id = (SELECT id FROM base_jobs
                     WHERE dead_at IS NULL AND run_at <= $2 AND locked_until < $2
                     ORDER BY run_at, id LIMIT 1)
           AND dead_at IS NULL AND locked_until < $2
         RETURNING id, kind, data, attempts",
        &[&(now_ms + LOCK_MS), &now_ms],
    )?)
}

/// A panic is the job's own, not the worker's.
fn run(workshop: &Workshop, kinds: &[JobKind], claim: &Claim) -> Result<()> {
    let kind = kinds.iter().find(|kind| kind.kind == claim.kind);
    let kind = kind.ok_or_else(|| Error::broken(format!("nobody knows jobs {}", claim.kind)))?;
    let data = serde_json::from_str(&claim.data).map_err(Error::broken)?;
    let ended = catch_unwind(AssertUnwindSafe(|| (kind.run)(workshop, &data)));
    ended.unwrap_or_else(|panic| Err(Error::broken(crate::consumer::told_by(&*panic))))
}

fn finish(workshop: &Workshop, claim: Claim) -> Result<()> {
    let body = move |tx: &mut Tx<'_>| -> Result<()> {
        tx.housekeep::<(String,)>(
            "DELETE FROM base_jobs WHERE id = $1 AND attempts = $2",
            &[&claim.id, &claim.attempt],
        )?;
        Ok(())
    };
    workshop.db.write("job.finish", body).wait()
}

/// Later again, or dead after too many attempts.
fn put_back(workshop: &Workshop, claim: Claim, error: &Error) -> Result<()> {
    let error: String = error.to_string().chars().take(ERROR_CHARS_MAX).collect();
    let body = move |tx: &mut Tx<'_>| -> Result<()> {
        if claim.attempt >= ATTEMPTS_MAX {
            return bury(tx, &claim.id, &claim.kind, &error);
        }
        let run_at = tx.now_ms() + pause_ms(claim.attempt);
        tx.housekeep::<(String,)>(
            "UPDATE base_jobs SET run_at = $3, locked_until = $4, error = $5
             WHERE id = $1 AND attempts = $2",
            &[&claim.id, &claim.attempt, &run_at, &0_i64, &error],
        )?;
        Ok(())
    };
    workshop.db.write("job.put_back", body).wait()
}

/// 30 seconds, one minute, two minutes … up to six hours.
fn pause_ms(attempt: i64) -> i64 {
    let doublings = u32::try_from(attempt.clamp(1, 20) - 1).expect("clamped to small numbers");
    (BACKOFF_MS << doublings).min(BACKOFF_MS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_within_a_working_day() {
        assert_eq!([1, 2, 3].map(pause_ms), [30_000, 60_000, 120_000]);
        assert_eq!(pause_ms(ATTEMPTS_MAX * 100), BACKOFF_MS_MAX);
    }
}
