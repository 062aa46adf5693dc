//! Rules that change in time: typed, versioned, dated, with a legal basis and two people's names.
//!
//! Code computes; policies decide. A command asks for the rule of its day with [`at`] and writes
//! the version it used beside what it decided. Nothing is overwritten: a new version takes over
//! from its first day, so "what was the rule on that day" is one question.

mod basis;
mod change;
mod combined_roles;
mod deadlines;
mod difference;
mod draft;
mod events;
mod memo;
mod mended;
mod obligation;
mod seeds;
mod shape;
mod ship;
mod size_classes;
mod value_bands;
mod version;
mod working_days;

use std::sync::Arc;

use db::{FromRow, Read, Row};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use basis::{LegalBasis, Mark};
pub use change::{APPROVE, DRAFT, WORK, approve, draft, install, send_back, withdraw};
pub use combined_roles::{Combination, CombinedRoles};
pub use deadlines::{Deadlines, Term, TermOutcome};
pub use difference::{Change, Step, difference};
pub use draft::Draft;
pub use events::{PolicyApproved, PolicyDrafted, PolicyInstalled, PolicyReturned, PolicyWithdrawn};
pub use obligation::{CATEGORIES, Exemption, LocalPurchaseObligation, Wording};
pub use seeds::seed_defaults;
pub use shape::{BODY, Field, Holds, Rows, Shape, is_blank};
pub use ship::{Shipped, ship};
pub use size_classes::{SizeBound, SizeClass, SizeClasses};
pub use value_bands::{
    ApprovalBand, Buyer, ContractForm, DirectCeiling, FormBand, Procured, ValueBands,
};
pub use version::{
    Origin, PolicyId, State, Version, drafts_waiting, find, history, in_force, list, numbered,
    refuser, replaced,
};
pub use working_days::{Holiday, HolidayYear, WorkingDays};

use crate::{Date, Error, Finding, Problem, Result};

/// The body of one kind of rule: plain data that can judge itself.
pub trait PolicyBody: Serialize + DeserializeOwned {
    /// The stable name, prefixed by its area: `base.size_classes`.
    const KIND: &'static str;
    /// What it is made of.
    const SHAPE: Shape;

    /// What a body that parses may still have wrong.
    fn problems(&self) -> Vec<Problem> {
        Vec::new()
    }
}

/// A kind of rule as an area registers it.
#[derive(Debug, Clone, Copy)]
pub struct PolicyKind {
    /// The same as its body's `KIND`.
    pub kind: &'static str,
    /// Says what is wrong with a body before anybody drafts it.
    pub check: fn(&Value) -> Result<(), Vec<Problem>>,
    /// What a body is made of.
    pub shape: Shape,
}

impl PolicyKind {
    /// The kind whose body is `T`.
    pub const fn of<T: PolicyBody>() -> PolicyKind {
        PolicyKind { kind: T::KIND, check: check::<T>, shape: T::SHAPE }
    }
}

/// The kinds that the house itself knows; areas add their own.
pub const KINDS: &[PolicyKind] = &[
    PolicyKind::of::<SizeClasses>(),
    PolicyKind::of::<ValueBands>(),
    PolicyKind::of::<LocalPurchaseObligation>(),
    PolicyKind::of::<WorkingDays>(),
    PolicyKind::of::<Deadlines>(),
    PolicyKind::of::<CombinedRoles>(),
];

/// A rule as it stood on one day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Dated<T> {
    /// The version's row.
    pub id: PolicyId,
    /// Its number within the kind; written beside what was decided by it.
    pub version: i64,
    /// The first day it was written to hold.
    pub valid_from: Date,
    /// The last day it was written to hold, if any; a newer version may end it sooner.
    pub valid_to: Option<Date>,
    /// What it rests on.
    pub basis: LegalBasis,
    /// How sure its values are.
    pub mark: Mark,
    /// The rule itself.
    pub body: T,
}

/// The rule of a kind on a day, or the refusal `policy-none-in-force`.
pub fn at<T: PolicyBody>(read: &mut Read<'_>, day: Date) -> Result<Dated<T>> {
    maybe_at(read, day)?.ok_or(Error::Refused("policy-none-in-force"))
}

/// The rule of a kind on a day, if the city has one.
pub fn maybe_at<T: PolicyBody>(read: &mut Read<'_>, day: Date) -> Result<Option<Dated<T>>> {
    let Some(row) = row_at(read, T::KIND, day)? else { return Ok(None) };
    let Dated { id, version, valid_from, valid_to, basis, mark, body } = row;
    let body = parse(&body, version)?;
    Ok(Some(Dated { id, version, valid_from, valid_to, basis, mark, body }))
}

/// What a command makes of the rule of a day, made once per body and thread: for rules that every
/// order asks for, such as the calendar.
pub fn meaning_at<T: PolicyBody, V: Send + Sync + 'static>(
    read: &mut Read<'_>,
    day: Date,
    make: fn(T) -> V,
) -> Result<Arc<V>> {
    let row = row_at(read, T::KIND, day)?.ok_or(Error::Refused("policy-none-in-force"))?;
    memo::meaning(&row.body, |body| parse(body, row.version).map(make))
}

fn parse<T: PolicyBody>(body: &str, version: i64) -> Result<T> {
    serde_json::from_str(body)
        .map_err(|e| Error::broken(format!("policy {} version {version}: {e}", T::KIND)))
}

fn row_at(read: &mut Read<'_>, kind: &str, day: Date) -> Result<Option<Dated<String>>> {
    Ok(read.first(
        "SELECT id, version, valid_from, valid_to, instrument, instrument_number,
                instrument_year, instrument_article, instrument_note, instrument_date, mark, body
         FROM base_policies
         WHERE kind = $1 AND approved_at IS NOT NULL AND valid_from <= $2
           AND (valid_to IS NULL OR valid_to >= $2)
         ORDER BY valid_from DESC, version DESC LIMIT 1",
        &[&kind, &day.iso()],
    )?)
}

/// Versions in force that their kind would not accept any more, and kinds without a rule today.
pub fn verify(read: &mut Read<'_>, kinds: &[PolicyKind]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let versions = list(read)?;
    for version in versions.iter().filter(|version| version.state == State::InForce) {
        let place = format!("{} version {}", version.kind, version.version);
        match kinds.iter().find(|kind| kind.kind == version.kind) {
            None => findings.push(Finding::new("policy", "nobody knows this kind", place)),
            Some(kind) => {
                let problems = (kind.check)(&version.body).err().unwrap_or_default();
                let found = |problem: &Problem| format!("{}: {}", problem.field, problem.code);
                findings.extend(
                    problems.iter().map(|one| Finding::new("policy", found(one), place.clone())),
                );
            }
        }
    }
    let today = Date::today(read);
    for kind in kinds {
        if row_at(read, kind.kind, today)?.is_none() {
            findings.push(Finding::new("policy", "no version is in force today", kind.kind));
        }
    }
    Ok(findings)
}

impl FromRow for Dated<String> {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Dated {
            id: row.take()?,
            version: row.take()?,
            valid_from: row.take()?,
            valid_to: row.take()?,
            basis: LegalBasis::from_row(row)?,
            mark: row.take()?,
            body: row.take()?,
        })
    }
}

/// The shape, which can say in people's words what is wrong, and the rule itself. Where a part cannot
/// be read, what is wrong whatever it says is told beside it.
fn check<T: PolicyBody>(body: &Value) -> Result<(), Vec<Problem>> {
    let mut problems = T::SHAPE.problems(body);
    if problems.is_empty() {
        let parsed: T = serde_json::from_value(body.clone())
            .map_err(|_| vec![Problem::new(BODY, "policy-body-unreadable")])?;
        problems = inside(parsed.problems());
    } else {
        problems.extend(mended::certain::<T>(body, &problems));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The problems of a rule, placed in its body.
fn inside(problems: Vec<Problem>) -> Vec<Problem> {
    let placed = |one: Problem| Problem { field: format!("{BODY}/{}", one.field), ..one };
    problems.into_iter().map(placed).collect()
}
