//! How a rule comes into force: one person drafts it, another approves it or sends it back, somebody
//! may withdraw it.

use db::Tx;
use serde_json::json;

use super::events::{
    PolicyApproved, PolicyDrafted, PolicyInstalled, PolicyReturned, PolicyWithdrawn,
};
use super::ship::{called, tell_approvers};
use super::{Draft, PolicyId, PolicyKind, State, Version, find, history, replaced};
use crate::message::{self, To};
use crate::{Date, Error, Permission, Problem, Result, require};

/// May write drafts.
pub const DRAFT: Permission = Permission("policy.draft");
/// May put somebody else's draft into force and take rules back.
pub const APPROVE: Permission = Permission("policy.approve");
/// Works on rules: writes them or puts them into force.
pub const WORK: Permission = Permission("policy.work");

/// The program as an author.
const SYSTEM: &str = "system";
const REASON_CHARS_MAX: usize = 500;

/// Writes a draft that another person has to approve.
pub fn draft(tx: &mut Tx<'_>, kinds: &[PolicyKind], cmd: &Draft) -> Result<Version> {
    require(tx, DRAFT)?;
    let problems = cmd.problems(kinds, Date::today(tx));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let version = insert(tx, cmd, State::Draft)?;
    refuse_unchanged(tx, &version)?;
    tell_approvers(tx, &version.kind, version.version)?;
    tx.record(&PolicyDrafted {
        policy: version.id.clone(),
        kind: version.kind.clone(),
        version: version.version,
        valid_from: version.valid_from,
    })?;
    Ok(version)
}

/// A version that says what already holds would only make the history longer.
fn refuse_unchanged(tx: &mut Tx<'_>, version: &Version) -> Result<()> {
    let versions = history(tx, &version.kind)?;
    let same = replaced(&versions, version).is_some_and(|old| {
        old.body == version.body
            && old.basis == version.basis
            && old.mark == version.mark
            && old.valid_to == version.valid_to
    });
    if same { Err(Error::invalid("body", "policy-draft-unchanged")) } else { Ok(()) }
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
    tell_author(tx, &version, "policies-told-approved", "")?;
    tx.record(&PolicyApproved {
        policy: id.clone(),
        kind: version.kind,
        version: version.version,
        valid_from,
        author: version.author,
    })?;
    find(tx, id)
}

/// The author hears what became of a draft; the program hears nothing.
fn tell_author(tx: &mut Tx<'_>, version: &Version, text: &str, note: &str) -> Result<()> {
    if version.author == SYSTEM {
        return Ok(());
    }
    let link = format!("/policies/{}/versions/{}", version.kind, version.version);
    let to = To::Person(version.author.clone());
    let args = json!({ "a": called(&version.kind), "b": note });
    message::tell(tx, &to, text, &args, Some(&link)).map(drop)
}

/// Sends a draft back to whoever wrote it, with a note of what has to be mended. It stays readable
/// and is written anew from there.
pub fn send_back(tx: &mut Tx<'_>, id: &PolicyId, note: &str) -> Result<Version> {
    require(tx, APPROVE)?;
    let version = find(tx, id)?;
    if version.state != State::Draft {
        return Err(Error::Refused("policy-not-a-draft"));
    }
    if version.author == SYSTEM || version.author == tx.actor().id {
        return Err(Error::Refused("policy-nobody-to-return-to"));
    }
    let note = reason_of(note, "note")?;
    let now_ms = tx.now_ms();
    let rows = tx.execute(
        "UPDATE base_policies SET state = $2, withdrawn_at = $3, withdrawal_reason = $4
         WHERE id = $1 AND approved_at IS NULL AND withdrawn_at IS NULL",
        &[id, &State::Returned, &now_ms, &note],
    )?;
    assert_eq!(rows, 1, "a draft that was just read goes back once");
    tell_author(tx, &version, "policies-told-returned", &note)?;
    tx.record(&PolicyReturned {
        policy: id.clone(),
        kind: version.kind,
        version: version.version,
        author: version.author,
        reason: note,
    })?;
    find(tx, id)
}

/// The words of somebody who refuses, or the problem that they are missing.
fn reason_of(text: &str, field: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > REASON_CHARS_MAX {
        let problem = Problem::with(field, "policy-reason-missing", REASON_CHARS_MAX);
        return Err(Error::Invalid(vec![problem]));
    }
    Ok(text.to_owned())
}

/// Takes a version back; a draft also by whoever might have approved it. A draft or one that has not begun never holds; one that has begun held
/// until yesterday, and the version before it holds again from today.
pub fn withdraw(tx: &mut Tx<'_>, id: &PolicyId, reason: &str) -> Result<Version> {
    let version = find(tx, id)?;
    let by_author =
        if version.state == State::Draft { require(tx, DRAFT) } else { Err(Error::Forbidden) };
    by_author.or_else(|_| require(tx, APPROVE))?;
    if matches!(version.state, State::Withdrawn | State::Returned) {
        return Err(Error::Refused("policy-already-withdrawn"));
    }
    let reason = reason_of(reason, "reason")?;
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
        reason,
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
             instrument, instrument_number, instrument_year, instrument_article, instrument_note,
             instrument_date, mark, origin_city, origin_version, based_on, author, drafted_at,
             approver, approved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
             $19, $20, $21)",
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
            &cmd.basis.year,
            &cmd.basis.article.trim(),
            &cmd.basis.note.trim(),
            &cmd.basis.dated.map(Date::iso),
            &cmd.mark,
            &cmd.origin.as_ref().map(|origin| origin.city.as_str()),
            &cmd.origin.as_ref().map(|origin| origin.version),
            &cmd.based_on,
            &actor,
            &now_ms,
            &approved.then_some(actor.as_str()),
            &approved.then_some(now_ms),
        ],
    )?;
    find(tx, &id)
}
