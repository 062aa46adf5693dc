//! The sweep: reminds those who are late soon, and carries out what follows for those who are.

use std::panic::{AssertUnwindSafe, catch_unwind};

use db::{Db, Tx};

use super::{Deadline, DeadlineId, DeadlinePassed, DeadlineReminded, OutcomeFailed};
use crate::consumer::told_by;
use crate::policy::TermOutcome;
use crate::{Date, Error, Result};

/// How many clocks are looked at in one transaction.
const BATCH_MAX: i64 = 50;
/// An outcome that failed is tried again after this long.
const RETRY_MS: i64 = 60 * 60 * 1000;
const FAILURE_CHARS_MAX: usize = 500;

/// What an area does when a kind of clock has passed.
#[derive(Clone, Copy)]
pub struct Outcome {
    /// The kind of deadline: `procurement.order_acceptance`.
    pub kind: &'static str,
    /// Carries it out, in the transaction that notes the passing. `deadline.outcome` says what the
    /// rule wants.
    pub pass: fn(&mut Tx<'_>, &Deadline) -> Result<()>,
}

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Reminders sent.
    pub reminded: usize,
    /// Clocks that passed.
    pub passed: usize,
    /// Outcomes that could not be carried out.
    pub failed: usize,
}

impl Swept {
    /// How many clocks something was done about.
    pub fn count(self) -> usize {
        self.reminded + self.passed + self.failed
    }
}

/// Sweeps one batch of what is due now and tells how many clocks it was; zero when nothing is left.
/// An outcome that fails is set aside for an hour, with its reason where people see it, and does
/// not hold up the others.
pub fn sweep_once(db: &Db, outcomes: &[Outcome]) -> Result<usize> {
    Ok(batch(db, outcomes)?.count())
}

/// Sweeps everything that is due now, batch after batch.
pub fn sweep_all(db: &Db, outcomes: &[Outcome]) -> Result<Swept> {
    let mut total = Swept::default();
    loop {
        let swept = batch(db, outcomes)?;
        total.reminded += swept.reminded;
        total.passed += swept.passed;
        total.failed += swept.failed;
        if swept.count() == 0 {
            return Ok(total);
        }
    }
}

fn batch(db: &Db, outcomes: &[Outcome]) -> Result<Swept> {
    match attempt(db, outcomes, BATCH_MAX) {
        Err(Error::Busy) => Err(Error::Busy),
        Err(_) => one(db, outcomes),
        Ok(swept) => Ok(swept),
    }
}

/// Sweeps up to `limit` clocks of either sort in one transaction. May run again at any time: what
/// was swept is noted with what followed from it.
pub fn sweep(tx: &mut Tx<'_>, outcomes: &[Outcome], limit: i64) -> Result<Swept> {
    let now_ms = tx.now_ms();
    let over: Vec<Deadline> = tx.all(
        "SELECT id, subject, kind, address, link, set_at, due, outcome, reminders, failure, open,
                met_at, passed_at, cancelled_at
         FROM base_deadlines WHERE passed_at IS NULL AND open AND sweep_at <= $1
         ORDER BY sweep_at, id LIMIT $2",
        &[&now_ms, &limit],
    )?;
    for deadline in &over {
        pass(tx, outcomes, deadline)?;
    }
    let soon: Vec<Deadline> = tx.all(
        "SELECT id, subject, kind, address, link, set_at, due, outcome, reminders, failure, open,
                met_at, passed_at, cancelled_at
         FROM base_deadlines WHERE passed_at IS NULL AND open AND remind_at <= $1 AND sweep_at > $1
         ORDER BY remind_at, id LIMIT $2",
        &[&now_ms, &limit],
    )?;
    for deadline in &soon {
        remind(tx, deadline)?;
    }
    Ok(Swept { reminded: soon.len(), passed: over.len(), failed: 0 })
}

/// Escalating keeps the clock open: the case still waits for the same act, only later than it
/// should. Otherwise the wait is over.
fn pass(tx: &mut Tx<'_>, outcomes: &[Outcome], deadline: &Deadline) -> Result<()> {
    let now_ms = tx.now_ms();
    let still_open = deadline.outcome == TermOutcome::Escalate;
    let rows = tx.execute(
        "UPDATE base_deadlines SET passed_at = $2, open = $3, failure = NULL
         WHERE id = $1 AND passed_at IS NULL AND open",
        &[&deadline.id, &now_ms, &still_open],
    )?;
    if rows == 0 {
        return Ok(()); // the outcome of an earlier clock in this batch met or cancelled it
    }
    tx.record(&DeadlinePassed::of(deadline))?;
    match outcomes.iter().find(|outcome| outcome.kind == deadline.kind) {
        Some(outcome) => (outcome.pass)(tx, deadline),
        None => Ok(()),
    }
}

fn remind(tx: &mut Tx<'_>, deadline: &Deadline) -> Result<()> {
    let (then,): (String,) = tx
        .first("SELECT remind_then FROM base_deadlines WHERE id = $1", &[&deadline.id])?
        .expect("a clock that was just listed");
    let then: Vec<i64> = serde_json::from_str(&then).map_err(Error::broken)?;
    let now_ms = tx.now_ms();
    let mut later = then.into_iter().filter(|moment| *moment > now_ms);
    let (next, rest) = (later.next(), later.collect::<Vec<_>>());
    let rest = serde_json::to_string(&rest).map_err(Error::broken)?;
    tx.execute(
        "UPDATE base_deadlines SET remind_at = $2, remind_then = $3, reminders = reminders + 1
         WHERE id = $1",
        &[&deadline.id, &next, &rest],
    )?;
    let days_left = deadline.due.days_since(Date::today(tx));
    let args = serde_json::json!({ "due": deadline.due, "days": days_left });
    super::events::write_to(tx, deadline, &deadline.reminder_key(), &args)?;
    tx.record(&DeadlineReminded::of(deadline))?;
    Ok(())
}

fn attempt(db: &Db, outcomes: &[Outcome], limit: i64) -> Result<Swept> {
    let outcomes = outcomes.to_vec();
    let body = move |tx: &mut Tx<'_>| sweep(tx, &outcomes, limit);
    let ran = catch_unwind(AssertUnwindSafe(|| db.write("deadline.sweep", body).wait()));
    ran.unwrap_or_else(|panic| Err(Error::broken(told_by(&*panic))))
}

/// A single clock; if it fails it is set aside.
fn one(db: &Db, outcomes: &[Outcome]) -> Result<Swept> {
    match attempt(db, outcomes, 1) {
        Err(Error::Busy) => Err(Error::Busy),
        Err(error) => {
            let error: String = error.to_string().chars().take(FAILURE_CHARS_MAX).collect();
            let body = move |tx: &mut Tx<'_>| set_aside(tx, &error);
            db.write("deadline.set_aside", body).wait()
        }
        Ok(swept) => Ok(swept),
    }
}

fn set_aside(tx: &mut Tx<'_>, error: &str) -> Result<Swept> {
    let now_ms = tx.now_ms();
    let next: Option<(DeadlineId, String)> = tx.first(
        "SELECT id, subject FROM base_deadlines
         WHERE passed_at IS NULL AND open AND sweep_at <= $1 ORDER BY sweep_at, id LIMIT 1",
        &[&now_ms],
    )?;
    let Some((id, subject)) = next else { return Err(Error::broken(error)) };
    tracing::warn!(deadline = %id, subject, error, "an outcome could not be carried out");
    tx.execute(
        "UPDATE base_deadlines SET sweep_at = $2, failure = $3 WHERE id = $1",
        &[&id, &(now_ms + RETRY_MS), &error],
    )?;
    tx.record(&OutcomeFailed { deadline: id, subject, error: error.to_owned() })?;
    Ok(Swept { failed: 1, ..Swept::default() })
}
