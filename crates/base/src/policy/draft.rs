//! A version as somebody writes it, and everything that may be wrong with it, told at once.

use serde_json::Value;

use super::{LegalBasis, Mark, Origin, PolicyKind};
use crate::{Date, Error, Problem, Result};

/// A body larger than this is not a rule but a table that belongs elsewhere.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// Before the republic no rule of the city held.
const EARLIEST_YEAR: i64 = 1945;
/// Rules are not written for a later generation.
const DAYS_AHEAD_MAX: i64 = 3_660;

/// A version as somebody writes it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Which rule.
    pub kind: String,
    /// The rule itself.
    pub body: Value,
    /// The first day it shall hold.
    pub valid_from: Date,
    /// The last day, if the paper names one.
    pub valid_to: Option<Date>,
    /// What it rests on.
    pub basis: LegalBasis,
    /// How sure its values are.
    pub mark: Mark,
    /// The city it was copied from.
    pub origin: Option<Origin>,
    /// The version whose text it began with.
    pub based_on: Option<i64>,
}

impl Draft {
    /// Everything that is wrong with it when it is sent on this day.
    pub fn problems(&self, kinds: &[PolicyKind], today: Date) -> Vec<Problem> {
        let mut problems = self.inside(kinds);
        problems.extend(self.days(today));
        problems
    }

    /// Whether the rule and its paper are in order, whatever the day: the program brings rules that
    /// began long ago.
    pub(super) fn check(&self, kinds: &[PolicyKind]) -> Result<()> {
        let problems = self.inside(kinds);
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }

    fn inside(&self, kinds: &[PolicyKind]) -> Vec<Problem> {
        let Some(kind) = kinds.iter().find(|kind| kind.kind == self.kind) else {
            return vec![Problem::with("kind", "policy-unknown-kind", &self.kind)];
        };
        let mut problems = (kind.check)(&self.body).err().unwrap_or_default();
        if self.body.to_string().len() > BODY_BYTES_MAX {
            problems.push(Problem::with("body", "policy-body-too-large", BODY_BYTES_MAX / 1024));
        }
        problems.extend(self.basis.problems(self.mark));
        if self.valid_to.is_some_and(|end| end < self.valid_from) {
            let first = self.valid_from;
            problems.push(Problem::with("valid_to", "policy-ends-before-it-begins", first));
        }
        problems
    }

    /// A rule begins on a day people can mean, and rests on a paper that is signed already.
    fn days(&self, today: Date) -> Vec<Problem> {
        let mut problems = Vec::new();
        let ahead = self.valid_from.days_since(today);
        if self.valid_from.year() < EARLIEST_YEAR || ahead > DAYS_AHEAD_MAX {
            problems.push(Problem::new("valid_from", "policy-day-unlikely"));
        }
        if self.basis.dated.is_some_and(|day| day > today) {
            problems.push(Problem::new("dated", "policy-basis-not-signed"));
        }
        if self.basis.year.is_some_and(|year| year > today.year()) {
            problems.push(Problem::new("year", "policy-basis-not-signed"));
        }
        problems
    }
}
