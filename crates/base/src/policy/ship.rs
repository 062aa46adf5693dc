//! Rules that come with the program: a new city begins with them, and a city that has its own is
//! offered what a newer program brings, as a draft that two people decide about. Never silently.

use db::Tx;
use serde_json::json;

use super::change::{insert, install};
use super::{Draft, PolicyDrafted, PolicyKind, State, history};
use crate::message::{self, To};
use crate::{Date, Error, Result, Role};

/// What became of a rule that came with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shipped {
    /// The city had none of its kind: it is in force.
    Installed,
    /// The city has its own: it waits for approval.
    Proposed,
    /// The city has seen these words before, whatever it made of them.
    Known,
}

/// Puts a rule of the program before the city. May run at every start.
pub fn ship(tx: &mut Tx<'_>, kinds: &[PolicyKind], rule: &Draft) -> Result<Shipped> {
    if !tx.actor().is_system() {
        return Err(Error::Forbidden);
    }
    let versions = history(tx, &rule.kind)?;
    if versions.is_empty() {
        return install(tx, kinds, rule).map(|_| Shipped::Installed);
    }
    if versions.iter().any(|version| version.body == rule.body) {
        return Ok(Shipped::Known);
    }
    let tomorrow = Date::today(tx).plus_days(1);
    let proposal = Draft { valid_from: rule.valid_from.max(tomorrow), ..rule.clone() };
    proposal.check(kinds)?;
    let version = insert(tx, &proposal, State::Draft)?;
    tell_approvers(tx, &version.kind, version.version)?;
    tx.record(&PolicyDrafted {
        policy: version.id,
        kind: version.kind,
        version: version.version,
        valid_from: version.valid_from,
    })?;
    Ok(Shipped::Proposed)
}

/// A draft is made known to those who may put it into force.
pub(super) fn tell_approvers(tx: &mut Tx<'_>, kind: &str, version: i64) -> Result<()> {
    let to = To::Role { organisation: None, role: Role::PolicyApprover };
    let link = format!("/policies/{kind}/versions/{version}");
    let args = json!({ "a": called(kind) });
    message::tell(tx, &to, "policies-told-waits", &args, Some(&link)).map(drop)
}

/// A rule's name, in the language of whoever reads it.
pub(super) fn called(kind: &str) -> serde_json::Value {
    json!({ "text": format!("policy-kind-{}", kind.replace(['.', '_'], "-")) })
}
