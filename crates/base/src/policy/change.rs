//! How a rule comes into force: one person drafts it, another approves it, somebody may withdraw it.

use db::{Event, Tx};
use serde::Serialize;
use serde_json::Value;

use super::ship::tell_approvers;
use super::{LegalBasis, Mark, Origin, PolicyId, PolicyKind, State, Version, find};
use crate::{Date, Error, Permission, Problem, Result, require};

/// May write drafts.
pub const DRAFT: Permission = Permission("policy.draft");
/// May put somebody else's draft into force and take rules back.
pub const APPROVE: Permission = Permission("policy.approve");
/// Works on rules: writes them or puts them into force.
pub const WORK: Permission = Permission("policy.work");

/// The program as an author.
const SYSTEM: &str = "system";
/// A body larger than this is not a rule but a table that belongs elsewhere.
const BODY_BYTES_MAX: usize = 256 * 1024;
const INSTRUMENT_CHARS_MAX: usize = 300;
const REASON_CHARS_MAX: usize = 500;

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
}

impl Draft {
    pub(super) fn check(&self, kinds: &[PolicyKind]) -> Result<()> {
        let Some(kind) = kinds.iter().find(|kind| kind.kind == self.kind) else {
            return Err(Error::Invalid(vec![Problem::with(
                "kind",
                "policy-unknown-kind",
                &self.kind,
            )]));
        };
        let mut problems = (kind.check)(&self.body).err().unwrap_or_default();
        if self.body.to_string().len() > BODY_BYTES_MAX {
            problems.push(Problem::with("body", "policy-body-too-large", BODY_BYTES_MAX / 1024));
        }
        if self.basis.instrument.trim().is_empty() {
            problems.push(Problem::new("instrument", "policy-basis-missing"));
        }
        let longest = self.basis.instrument.chars().count().max(self.basis.number.chars().count());
        if longest > INSTRUMENT_CHARS_MAX {
            problems.push(Problem::with(
                "instrument",
                "policy-basis-too-long",
                INSTRUMENT_CHARS_MAX,
            ));
        }
        if self.valid_to.is_some_and(|end| end < self.valid_from) {
            problems.push(Problem::with(
                "valid_to",
                "policy-ends-before-it-begins",
                self.valid_from,
            ));
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }
}

/// Writes a draft that another person has to approve.
pub fn draft(tx: &mut Tx<'_>, kinds: &[PolicyKind], cmd: &Draft) -> Result<Version> {
    require(tx, DRAFT)?;
    cmd.check(kinds)?;
    let version = insert(tx, cmd, State::Draft)?;
    tell_approvers(tx, &version.kind, version.version)?;
    tx.record(&PolicyDrafted {
        policy: version.id.clone(),
        kind: version.kind.clone(),
        version: version.version,
        valid_from: version.valid_from,
    })?;
    Ok(version)
}

/// Puts a draft into force from its first day. The author cannot do it.
pub fn approve(tx: &mut Tx<'_>, kinds: &[PolicyKind], id: &PolicyId) -> Result<Version> {
    require(tx, APPROVE)?;
    let version = find(tx, id)?;
    if version.state != State::Draft {
        return Err(Error::Refused("policy-not-a-draft"));
    }
    let approver = tx.actor().id.clone();
    if version.author == approver {
        return Err(Error::Refused("policy-same-person"));
    }
    let kind = kinds.iter().find(|kind| kind.kind == version.kind);
    let kind = kind.ok_or(Error::Refused("policy-unknown-kind"))?;
    (kind.check)(&version.body).map_err(Error::Invalid)?;
    // What the program proposed on some earlier day rules nothing before somebody has agreed.
    let valid_from = match version.author == SYSTEM {
        true => version.valid_from.max(Date::today(tx)),
        false => version.valid_from,
    };
    let now_ms = tx.now_ms();
    let rows = tx.execute(
        "UPDATE base_policies SET state = $2, approver = $3, approved_at = $4, valid_from = $5
         WHERE id = $1 AND approved_at IS NULL AND withdrawn_at IS NULL",
        &[id, &State::InForce, &approver, &now_ms, &valid_from.iso()],
    )?;
    assert_eq!(rows, 1, "a draft that was just read is approved once");
    tx.record(&PolicyApproved {
        policy: id.clone(),
        kind: version.kind,
        version: version.version,
        valid_from,
        author: version.author,
    })?;
    find(tx, id)
}

/// Takes a version back; a draft also by whoever might have approved it. A draft or one that has not begun never holds; one that has begun held
/// until yesterday, and the version before it holds again from today.
pub fn withdraw(tx: &mut Tx<'_>, id: &PolicyId, reason: &str) -> Result<Version> {
    let version = find(tx, id)?;
    let by_author =
        if version.state == State::Draft { require(tx, DRAFT) } else { Err(Error::Forbidden) };
    by_author.or_else(|_| require(tx, APPROVE))?;
    if version.state == State::Withdrawn {
        return Err(Error::Refused("policy-already-withdrawn"));
    }
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        return Err(Error::Invalid(vec![Problem::with(
            "reason",
            "policy-reason-missing",
            REASON_CHARS_MAX,
        )]));
    }
    let yesterday = Date::today(tx).plus_days(-1);
    let last_day = yesterday.max(version.valid_from.plus_days(-1));
    let last_day = version.valid_to.map_or(last_day, |end| end.min(last_day));
    let now_ms = tx.now_ms();
    tx.execute(
        "UPDATE base_policies
         SET state = $2, valid_to = $3, withdrawn_at = $4, withdrawal_reason = $5 WHERE id = $1",
        &[id, &State::Withdrawn, &last_day.iso(), &now_ms, &reason],
    )?;
    tx.record(&PolicyWithdrawn {
        policy: id.clone(),
        kind: version.kind,
        version: version.version,
        last_day,
        reason: reason.to_owned(),
    })?;
    find(tx, id)
}

/// Installs a version that comes with the program, in force at once. Only the program itself can:
/// its authors stand for both people, and the mark says how sure the values are.
pub fn install(tx: &mut Tx<'_>, kinds: &[PolicyKind], cmd: &Draft) -> Result<Version> {
    if !tx.actor().is_system() {
        return Err(Error::Forbidden);
    }
    cmd.check(kinds)?;
    let version = insert(tx, cmd, State::InForce)?;
    tx.record(&PolicyInstalled {
        policy: version.id.clone(),
        kind: version.kind.clone(),
        version: version.version,
        valid_from: version.valid_from,
    })?;
    Ok(version)
}

/// The number of a kind's newest version, zero if it has none.
fn last_version(tx: &mut Tx<'_>, kind: &str) -> Result<i64> {
    let row: Option<(i64,)> = tx.first(
        "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM base_policies WHERE kind = $1",
        &[&kind],
    )?;
    Ok(row.expect("an aggregate has one row").0)
}

pub(super) fn insert(tx: &mut Tx<'_>, cmd: &Draft, state: State) -> Result<Version> {
    let id: PolicyId = tx.new_id();
    let last = last_version(tx, &cmd.kind)?;
    let actor = tx.actor().id.clone();
    let now_ms = tx.now_ms();
    let approved = state == State::InForce;
    tx.execute(
        "INSERT INTO base_policies (id, kind, version, state, body, valid_from, valid_to,
             instrument, instrument_number, instrument_date, mark, origin_city, origin_version,
             author, drafted_at, approver, approved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        &[
            &id,
            &cmd.kind,
            &(last + 1),
            &state,
            &cmd.body.to_string(),
            &cmd.valid_from.iso(),
            &cmd.valid_to.map(Date::iso),
            &cmd.basis.instrument.trim(),
            &cmd.basis.number.trim(),
            &cmd.basis.dated.map(Date::iso),
            &cmd.mark,
            &cmd.origin.as_ref().map(|origin| origin.city.as_str()),
            &cmd.origin.as_ref().map(|origin| origin.version),
            &actor,
            &now_ms,
            &approved.then_some(actor.as_str()),
            &approved.then_some(now_ms),
        ],
    )?;
    find(tx, &id)
}

/// Somebody wrote a version.
#[derive(Debug, Serialize)]
pub struct PolicyDrafted {
    /// The version.
    pub policy: PolicyId,
    /// Which rule.
    pub kind: String,
    /// Its number.
    pub version: i64,
    /// The first day it shall hold.
    pub valid_from: Date,
}

/// A second person put it into force.
#[derive(Debug, Serialize)]
pub struct PolicyApproved {
    /// The version.
    pub policy: PolicyId,
    /// Which rule.
    pub kind: String,
    /// Its number.
    pub version: i64,
    /// The first day it holds.
    pub valid_from: Date,
    /// Who had written it.
    pub author: String,
}

/// A version was taken back.
#[derive(Debug, Serialize)]
pub struct PolicyWithdrawn {
    /// The version.
    pub policy: PolicyId,
    /// Which rule.
    pub kind: String,
    /// Its number.
    pub version: i64,
    /// The last day it held; before its first day if it never did.
    pub last_day: Date,
    /// Why.
    pub reason: String,
}

/// A version came with the program.
#[derive(Debug, Serialize)]
pub struct PolicyInstalled {
    /// The version.
    pub policy: PolicyId,
    /// Which rule.
    pub kind: String,
    /// Its number.
    pub version: i64,
    /// The first day it holds.
    pub valid_from: Date,
}

impl Event for PolicyDrafted {
    const KIND: &'static str = "policy.drafted";
    fn subject(&self) -> String {
        self.policy.to_string()
    }
}
impl Event for PolicyApproved {
    const KIND: &'static str = "policy.approved";
    fn subject(&self) -> String {
        self.policy.to_string()
    }
}
impl Event for PolicyWithdrawn {
    const KIND: &'static str = "policy.withdrawn";
    fn subject(&self) -> String {
        self.policy.to_string()
    }
}
impl Event for PolicyInstalled {
    const KIND: &'static str = "policy.installed";
    fn subject(&self) -> String {
        self.policy.to_string()
    }
}
