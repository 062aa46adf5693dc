//! A consumer's turn: a batch in one transaction; when that fails, one by one up to the culprit.

use std::panic::{AssertUnwindSafe, catch_unwind};

use db::{Db, Read, Tx};

use super::parked::park;
use super::{ATTEMPTS_MAX, BACKOFF_MS, BATCH_MAX, Consumer, ERROR_CHARS_MAX, after, told_by};
use crate::{Error, Result, StoredEvent};

/// Moves a consumer along and tells how many events it passed; zero when it is up to date or waits
/// to try a difficult one again.
pub fn run_once(db: &Db, consumer: &Consumer) -> Result<usize> {
    let consumer = *consumer;
    match step(db, consumer, BATCH_MAX) {
        Ok(passed) => Ok(passed),
        Err(Error::Busy) => Err(Error::Busy),
        Err(_) => one_by_one(db, consumer),
    }
}

/// What a consumer has behind it and whether it waits.
struct Cursor {
    seq: i64,
    failures: i64,
    retry_at: i64,
}

fn cursor(read: &mut Read<'_>, name: &str) -> Result<Cursor> {
    let row: Option<(i64, i64, i64)> = read
        .first("SELECT seq, failures, retry_at FROM base_cursors WHERE consumer = $1", &[&name])?;
    let (seq, failures, retry_at) = row.unwrap_or_default();
    Ok(Cursor { seq, failures, retry_at })
}

/// Handles up to `limit` events and moves the cursor, all in one transaction.
fn step(db: &Db, consumer: Consumer, limit: i64) -> Result<usize> {
    let body = move |tx: &mut Tx<'_>| {
        let Cursor { seq, retry_at, .. } = cursor(tx, consumer.name)?;
        if retry_at > tx.now_ms() {
            return Ok(0);
        }
        let events = after(tx, seq, limit)?;
        for event in events.iter().filter(|event| consumer.kinds.wants(&event.kind)) {
            (consumer.handle)(tx, event)?;
        }
        if let Some(last) = events.last().and_then(|event| event.seq) {
            move_cursor(tx, consumer.name, last)?;
        }
        Ok(events.len())
    };
    let ran = catch_unwind(AssertUnwindSafe(|| db.write("consumer.step", body).wait()));
    ran.unwrap_or_else(|panic| Err(Error::broken(told_by(&*panic))))
}

/// The same events alone, so that the good ones before the culprit are kept.
fn one_by_one(db: &Db, consumer: Consumer) -> Result<usize> {
    let mut passed = 0;
    while passed < usize::try_from(BATCH_MAX).expect("a batch is small") {
        let before = db.read(move |read| cursor(read, consumer.name)).wait()?.seq;
        match step(db, consumer, 1) {
            Ok(0) => break,
            Ok(_) => passed += 1,
            Err(Error::Busy) => return Err(Error::Busy),
            Err(error) => return Ok(passed + fail(db, consumer, before, &error)?),
        }
    }
    Ok(passed)
}

/// Notes a failure of the event behind `before`; after too many the event is parked and passed.
/// If another program has moved the cursor meanwhile, nobody is to blame.
fn fail(db: &Db, consumer: Consumer, before: i64, error: &Error) -> Result<usize> {
    let error: String = error.to_string().chars().take(ERROR_CHARS_MAX).collect();
    let body = move |tx: &mut Tx<'_>| {
        let Cursor { seq, failures, .. } = cursor(tx, consumer.name)?;
        if seq != before {
            return Ok(0);
        }
        let Some(event) = after(tx, seq, 1)?.into_iter().next() else { return Ok(0) };
        let failures = failures + 1;
        tracing::warn!(consumer = consumer.name, event = event.id, failures, error);
        if failures < ATTEMPTS_MAX {
            let retry_at = tx.now_ms() + (BACKOFF_MS << failures);
            note(tx, consumer.name, &Failure { failures, retry_at, error: &error })?;
            return Ok(0);
        }
        park(tx, consumer.name, &event, &error)?;
        move_cursor(tx, consumer.name, passed(&event))?;
        Ok(1)
    };
    db.write("consumer.fail", body).wait()
}

fn passed(event: &StoredEvent) -> i64 {
    event.seq.expect("only numbered events are handed out")
}

struct Failure<'a> {
    failures: i64,
    retry_at: i64,
    error: &'a str,
}

fn note(tx: &mut Tx<'_>, name: &str, failure: &Failure<'_>) -> Result<()> {
    tx.housekeep::<(String,)>(
        "INSERT INTO base_cursors (consumer, seq, failures, retry_at, error)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (consumer) DO UPDATE
         SET failures = excluded.failures, retry_at = excluded.retry_at, error = excluded.error",
        &[&name, &0_i64, &failure.failures, &failure.retry_at, &failure.error],
    )?;
    Ok(())
}

pub(super) fn move_cursor(tx: &mut Tx<'_>, name: &str, seq: i64) -> Result<()> {
    tx.housekeep::<(String,)>(
        "INSERT INTO base_cursors (consumer, seq, failures, retry_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (consumer) DO UPDATE
         SET seq = excluded.seq, failures = excluded.failures, retry_at = excluded.retry_at,
             error = NULL",
        &[&name, &seq, &0_i64],
    )?;
    Ok(())
}
