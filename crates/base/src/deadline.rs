//! Clocks: every case that waits on somebody says until when, reminds them, and goes on without
//! them when the time is over.
//!
//! The term comes from the rule of the day it is set, in working days; a deadline ends with the
//! last of them. What follows is an [`Outcome`] that the owning area registers as data.

mod events;
mod list;
mod sweep;

use std::sync::Arc;

use db::{FromRow, FromValue, Row, ToValue, Tx, Value};
use schemars::JsonSchema;
use serde::Serialize;

pub use events::{
    DeadlineCancelled, DeadlineMet, DeadlinePassed, DeadlineReminded, DeadlineSet, OutcomeFailed,
    Told,
};
pub use list::{due_list, failed, of_subject, open_of};
pub use sweep::{Outcome, Swept, sweep, sweep_all, sweep_once};

use crate::calendar::{self, Calendar};
use crate::message::To;
use crate::policy::{self, Deadlines, Term, TermOutcome};
use crate::{Date, Error, Id, Result, Timestamp};

/// The identity of a deadline.
pub type DeadlineId = Id<Deadline>;

/// Reminders go out at eight in the morning.
const REMIND_HOUR_MS: i64 = 8 * 60 * 60 * 1000;

/// What a case waits for.
#[derive(Debug, Clone, Copy)]
pub struct Wait<'a> {
    /// The case.
    pub subject: &'a str,
    /// Its kind in the rule of deadlines: `procurement.order_acceptance`.
    pub kind: &'a str,
    /// Who has to act.
    pub on: &'a To,
    /// The page where they do.
    pub link: Option<&'a str>,
}

/// A clock that runs, or ran.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Deadline {
    /// Its row.
    pub id: DeadlineId,
    /// The case.
    pub subject: String,
    /// `procurement.order_acceptance`.
    pub kind: String,
    /// Who has to act, as messages address them.
    pub address: String,
    /// The page where they do.
    pub link: Option<String>,
    /// When it began.
    pub set_at: Timestamp,
    /// The last day.
    pub due: Date,
    /// What follows.
    pub outcome: TermOutcome,
    /// How many reminders went out.
    pub reminders: i64,
    /// Why its outcome could not be carried out; tried again.
    pub failure: Option<String>,
    /// Whether the case still waits.
    pub open: bool,
    /// When they acted.
    pub met_at: Option<Timestamp>,
    /// When the time was over.
    pub passed_at: Option<Timestamp>,
    /// When nobody had to act any more.
    pub cancelled_at: Option<Timestamp>,
}

impl Deadline {
    /// The key of the sentence that says what is waited for: `procurement-order-acceptance-wait`.
    pub fn text_key(&self) -> String {
        format!("{}-wait", dashed(&self.kind))
    }

    /// The key of its reminder: `procurement-order-acceptance-reminder`.
    pub fn reminder_key(&self) -> String {
        format!("{}-reminder", dashed(&self.kind))
    }

    /// Whether it is over on `today`, whether or not anything followed yet.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.open && self.due < today
    }
}

fn dashed(kind: &str) -> String {
    kind.replace(['.', '_'], "-")
}

impl FromRow for Deadline {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Deadline {
            id: row.take()?,
            subject: row.take()?,
            kind: row.take()?,
            address: row.take()?,
            link: row.take()?,
            set_at: row.take()?,
            due: row.take()?,
            outcome: row.take()?,
            reminders: row.take()?,
            failure: row.take()?,
            open: row.take()?,
            met_at: row.take()?,
            passed_at: row.take()?,
            cancelled_at: row.take()?,
        })
    }
}

/// Starts a clock for the term that today's rule gives its kind.
pub fn set(tx: &mut Tx<'_>, wait: &Wait<'_>) -> Result<Deadline> {
    set_later(tx, wait, 0)
}

/// The same with so many working days more, such as those a maker needs.
pub fn set_later(tx: &mut Tx<'_>, wait: &Wait<'_>, more_days: i64) -> Result<Deadline> {
    let today = Date::today(tx);
    let (term, calendar) = rule(tx, wait.kind, today)?;
    let due = calendar.plus_working_days(today, term.working_days + more_days.max(0));
    start(tx, wait, due, &reminders(&term, &calendar, due))
}

/// Starts a clock for a day that was agreed upon, such as a day of delivery.
pub fn set_until(tx: &mut Tx<'_>, wait: &Wait<'_>, due: Date) -> Result<Deadline> {
    let (term, calendar) = rule(tx, wait.kind, Date::today(tx))?;
    start(tx, wait, due, &reminders(&term, &calendar, due))
}

/// They acted: the clock stops. Gives the clock, also one that had passed without ending the wait;
/// nothing if none was running.
pub fn meet(tx: &mut Tx<'_>, subject: &str, kind: &str) -> Result<Option<Deadline>> {
    let stopped = Stop { met_at: Some(Timestamp::of(tx)), cancelled_at: None };
    let met = stop(tx, subject, kind, &stopped)?;
    if let Some(deadline) = &met {
        tx.record(&DeadlineMet::of(deadline))?;
    }
    Ok(met)
}

/// Nobody has to act any more: the case was withdrawn or went another way.
pub fn cancel(tx: &mut Tx<'_>, subject: &str, kind: &str) -> Result<Option<Deadline>> {
    let stopped = Stop { met_at: None, cancelled_at: Some(Timestamp::of(tx)) };
    let cancelled = stop(tx, subject, kind, &stopped)?;
    if let Some(deadline) = &cancelled {
        tx.record(&DeadlineCancelled::of(deadline))?;
    }
    Ok(cancelled)
}

/// What ended a wait, as its row says it: one of the two.
struct Stop {
    met_at: Option<Timestamp>,
    cancelled_at: Option<Timestamp>,
}

/// Stops the clock that runs; a case has at most one of each kind.
fn stop(tx: &mut Tx<'_>, subject: &str, kind: &str, stop: &Stop) -> Result<Option<Deadline>> {
    let stopped: Vec<Deadline> = tx.returning(
        "UPDATE base_deadlines SET open = FALSE, met_at = $3, cancelled_at = $4
         WHERE subject = $1 AND kind = $2 AND open
         RETURNING id, subject, kind, address, link, set_at, due, outcome, reminders, failure,
                   open, met_at, passed_at, cancelled_at",
        &[&subject, &kind, &stop.met_at, &stop.cancelled_at],
    )?;
    Ok(stopped.into_iter().next())
}

fn rule(tx: &mut Tx<'_>, kind: &str, today: Date) -> Result<(Term, Arc<Calendar>)> {
    let calendar = calendar::at(tx, today)?;
    let rule = policy::meaning_at(tx, today, |rule: Deadlines| rule)?;
    let term = rule.terms.get(kind).cloned().ok_or(Error::Refused("deadline-without-term"))?;
    Ok((term, calendar))
}

/// What the row needs beside the wait.
struct Course {
    outcome: TermOutcome,
    moments: Vec<i64>,
}

fn reminders(term: &Term, calendar: &Calendar, due: Date) -> Course {
    let day = |before: &i64| match before {
        0 => due,
        before => calendar.plus_working_days(due, -before),
    };
    let moments = term.remind_before.iter().map(day);
    let moments = moments.map(|day| day.start().as_ms() + REMIND_HOUR_MS).collect();
    Course { outcome: term.outcome, moments }
}

fn start(tx: &mut Tx<'_>, wait: &Wait<'_>, due: Date, course: &Course) -> Result<Deadline> {
    let id: DeadlineId = tx.new_id();
    let now_ms = tx.now_ms();
    let mut moments = course.moments.iter().copied().filter(|moment| *moment > now_ms);
    let (first, then) = (moments.next(), moments.collect::<Vec<_>>());
    let then = serde_json::to_string(&then).map_err(Error::broken)?;
    let over = due.plus_days(1).start();
    let started: Vec<Deadline> = tx.returning(
        "INSERT INTO base_deadlines (id, subject, kind, address, link, set_at, due, outcome,
             remind_at, remind_then, reminders, sweep_at, open)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT DO NOTHING
         RETURNING id, subject, kind, address, link, set_at, due, outcome, reminders, failure,
                   open, met_at, passed_at, cancelled_at",
        &[
            &id,
            &wait.subject,
            &wait.kind,
            &wait.on.address(),
            &wait.link,
            &now_ms,
            &due.iso(),
            &course.outcome,
            &first,
            &then,
            &0_i64,
            &over,
            &true,
        ],
    )?;
    let deadline = started.into_iter().next().ok_or(Error::Refused("deadline-already-runs"))?;
    tx.record(&DeadlineSet::of(&deadline))?;
    Ok(deadline)
}

impl FromValue for TermOutcome {
    const WANTED: &'static str = "an outcome of a deadline";
    fn from_value(value: Value<'_>) -> Option<Self> {
        TermOutcome::parse(&String::from_value(value)?)
    }
}
impl ToValue for TermOutcome {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
