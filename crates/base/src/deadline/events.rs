//! What a case's timeline says about its clocks.

use db::{Event, Tx};
use serde::Serialize;

use super::{Deadline, DeadlineId};
use crate::policy::TermOutcome;
use crate::{Date, Result};

/// Writes a message to whoever the clock waits for.
pub(super) fn write_to(
    tx: &mut Tx<'_>,
    deadline: &Deadline,
    key: &str,
    args: &serde_json::Value,
) -> Result<()> {
    crate::message::write(tx, &deadline.address, key, args, deadline.link.as_deref()).map(|_| ())
}

/// What every one of them tells.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// The clock.
    pub deadline: DeadlineId,
    #[serde(skip)]
    subject: String,
    /// `procurement.order_acceptance`.
    pub wait: String,
    /// Who has to act.
    pub address: String,
    /// The last day.
    pub due: Date,
    /// What follows.
    pub outcome: TermOutcome,
}

impl Told {
    fn of(deadline: &Deadline) -> Told {
        Told {
            deadline: deadline.id.clone(),
            subject: deadline.subject.clone(),
            wait: deadline.kind.clone(),
            address: deadline.address.clone(),
            due: deadline.due,
            outcome: deadline.outcome,
        }
    }
}

/// A clock was started.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct DeadlineSet(Told);

/// They acted.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct DeadlineMet(Told);

/// Nobody has to act any more.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct DeadlineCancelled(Told);

/// They were reminded.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct DeadlineReminded(Told);

/// The time was over.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct DeadlinePassed(Told);

/// What should have followed could not be carried out.
#[derive(Debug, Serialize)]
pub struct OutcomeFailed {
    /// The clock.
    pub deadline: DeadlineId,
    /// The case.
    #[serde(skip)]
    pub subject: String,
    /// Why.
    pub error: String,
}

impl DeadlineSet {
    pub(super) fn of(deadline: &Deadline) -> DeadlineSet {
        DeadlineSet(Told::of(deadline))
    }
}
impl DeadlineMet {
    pub(super) fn of(deadline: &Deadline) -> DeadlineMet {
        DeadlineMet(Told::of(deadline))
    }
}
impl DeadlineCancelled {
    pub(super) fn of(deadline: &Deadline) -> DeadlineCancelled {
        DeadlineCancelled(Told::of(deadline))
    }
}
impl DeadlineReminded {
    pub(super) fn of(deadline: &Deadline) -> DeadlineReminded {
        DeadlineReminded(Told::of(deadline))
    }
}
impl DeadlinePassed {
    pub(super) fn of(deadline: &Deadline) -> DeadlinePassed {
        DeadlinePassed(Told::of(deadline))
    }
}

impl Event for DeadlineSet {
    const KIND: &'static str = "deadline.set";
    fn subject(&self) -> String {
        self.0.subject.clone()
    }
}
impl Event for DeadlineMet {
    const KIND: &'static str = "deadline.met";
    fn subject(&self) -> String {
        self.0.subject.clone()
    }
}
impl Event for DeadlineCancelled {
    const KIND: &'static str = "deadline.cancelled";
    fn subject(&self) -> String {
        self.0.subject.clone()
    }
}
impl Event for DeadlineReminded {
    const KIND: &'static str = "deadline.reminded";
    fn subject(&self) -> String {
        self.0.subject.clone()
    }
}
impl Event for DeadlinePassed {
    const KIND: &'static str = "deadline.passed";
    fn subject(&self) -> String {
        self.0.subject.clone()
    }
}
impl Event for OutcomeFailed {
    const KIND: &'static str = "deadline.outcome_failed";
    fn subject(&self) -> String {
        self.subject.clone()
    }
}
