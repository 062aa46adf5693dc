//! How many working days each kind of waiting may take, when it is called to mind, and what then.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::shape::{Field, Holds, Shape};
use super::{Mark, PolicyBody};
use crate::Problem;

/// What follows when nobody acted. The area that owns the case carries it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermOutcome {
    /// The case goes on without them: an order passes to the next seller.
    Lapse,
    /// Silence counts as consent: goods are deemed accepted.
    DeemAccepted,
    /// Somebody higher is told, and the delay is counted.
    Escalate,
}

impl TermOutcome {
    /// The stable code, also in the texts: `deadline-outcome-escalate`.
    pub fn code(self) -> &'static str {
        match self {
            TermOutcome::Lapse => "lapse",
            TermOutcome::DeemAccepted => "deem_accepted",
            TermOutcome::Escalate => "escalate",
        }
    }

    /// The outcome with this code.
    pub fn parse(code: &str) -> Option<TermOutcome> {
        [TermOutcome::Lapse, TermOutcome::DeemAccepted, TermOutcome::Escalate]
            .into_iter()
            .find(|outcome| outcome.code() == code)
    }
}

/// The term of one kind of waiting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Working days after the day it was set; the last of them counts whole.
    pub working_days: i64,
    /// So many working days before the last day a reminder goes out; 0 is the last day itself.
    pub remind_before: Vec<i64>,
    /// What follows.
    pub outcome: TermOutcome,
    /// How sure the number is.
    pub mark: Mark,
    /// Where the number comes from.
    pub source: String,
}

/// Terms by kind of waiting, named by the area that waits: `procurement.order_acceptance`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Deadlines {
    /// Each kind's term.
    pub terms: BTreeMap<String, Term>,
}

/// What the areas wait for. A body may name more, when a newer program knew them.
const KINDS: &[&str] = &[
    "procurement.request_approval",
    "procurement.order_acceptance",
    "procurement.delivery",
    "procurement.delivery_handover",
    "procurement.invoice",
    "procurement.payment",
    "procurement.complaint_answer",
    "registry.verification",
    "registry.confirmation",
];
const TERM: &[Field] = &[
    Field::new("working_days", Holds::Count { min: 1, max: 365 }),
    Field::new("remind_before", Holds::Counts { most: 5 }),
    Field::new("outcome", Holds::OneOf(&["lapse", "deem_accepted", "escalate"])),
    Field::new("mark", Holds::OneOf(Mark::CODES)),
    Field::new("source", Holds::Text { chars_max: 200 }),
];

impl PolicyBody for Deadlines {
    const KIND: &'static str = "base.deadlines";
    const SHAPE: Shape = Shape::Named { names: KINDS, fields: TERM };

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (kind, term) in &self.terms {
            let possible = |before: &i64| (0..term.working_days).contains(before);
            let falling = term.remind_before.is_sorted_by(|a, b| a > b);
            if !falling || !term.remind_before.iter().all(possible) {
                let field = format!("{kind}/remind_before");
                problems.push(Problem::with(field, "policy-term-reminders", term.working_days));
            }
        }
        problems
    }
}
