//! An officer's decisions on a registration: verify, send back, refuse, suspend, close. Whoever
//! entered a record does not verify it.

use base::message::{self, To};
use base::{Permission, Result, Timestamp, Tx, require};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::business::{self, Business, BusinessId, State};
use crate::doubt;
use crate::events::{
    BusinessClosed, BusinessRejected, BusinessReturned, BusinessSuspended, BusinessVerified,
};
use crate::owner;
use crate::refusal::Refusal;

/// May decide on registrations.
pub const VERIFY: Permission = Permission("registry.verify");

/// The longest reason.
pub(crate) const REASON_CHARS_MAX: usize = 1000;

/// What an officer can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The record is true.
    Verify,
    /// The owner must mend something; the reason says what and how.
    Return,
    /// It does not belong in the registry.
    Reject,
    /// Set aside; the reason says until when.
    Suspend,
    /// Trades no longer.
    Close,
}

/// Decide on one business, in the version the officer has seen.
#[derive(Debug, Clone)]
pub struct Decide {
    pub business: BusinessId,
    pub version: i64,
    pub decision: Decision,
    pub reason: String,
}

/// Decides, tells the owner, and records it.
pub fn decide(tx: &mut Tx<'_>, cmd: &Decide) -> Result<State> {
    require(tx, VERIFY)?;
    let mut business = business::find(tx, &cmd.business)?;
    if business.version != cmd.version {
        return Err(base::Error::Stale);
    }
    check(tx, &business, cmd)?;
    business.state = match cmd.decision {
        Decision::Verify => State::Verified,
        Decision::Return => State::NeedsFix,
        Decision::Reject => State::Rejected,
        Decision::Suspend => State::Suspended,
        Decision::Close => State::Closed,
    };
    business.decision_note.clone_from(&cmd.reason);
    if cmd.decision == Decision::Verify {
        business.verified_at = Some(Timestamp::of(tx));
        business.verified_by = Some(tx.actor().id.clone());
    }
    business::save(tx, &business)?;
    record(tx, &business, cmd)?;
    tell_owner(tx, &business)?;
    Ok(business.state)
}

fn check(tx: &mut Tx<'_>, business: &Business, cmd: &Decide) -> Result<()> {
    let from: &[State] = match cmd.decision {
        Decision::Verify => &[State::Submitted, State::Stale, State::Suspended],
        Decision::Return => &[State::Submitted, State::Verified, State::Stale],
        Decision::Reject => &[State::Submitted, State::NeedsFix],
        Decision::Suspend => &[State::Verified, State::Stale],
        Decision::Close => {
            &[State::Verified, State::Stale, State::Suspended, State::NeedsFix, State::Submitted]
        }
    };
    if !from.contains(&business.state) {
        return Err(Refusal::WrongState.into());
    }
    if cmd.decision != Decision::Verify {
        return if cmd.reason.is_empty() { Err(Refusal::ReasonWanted.into()) } else { Ok(()) };
    }
    let own = !tx.actor().is_system() && business.entered_by == tx.actor().id;
    if own && business.source != business::Source::Import {
        return Err(Refusal::OwnEntry.into());
    }
    if doubt::open_count(tx, &business.id)? > 0 {
        return Err(Refusal::DoubtsOpen.into());
    }
    Ok(())
}

fn record(tx: &mut Tx<'_>, business: &Business, cmd: &Decide) -> Result<()> {
    let (business, reason) = (&business.id, cmd.reason.as_str());
    match cmd.decision {
        Decision::Verify => tx.record(&BusinessVerified { business, note: reason })?,
        Decision::Return => tx.record(&BusinessReturned { business, reason })?,
        Decision::Reject => tx.record(&BusinessRejected { business, reason })?,
        Decision::Suspend => tx.record(&BusinessSuspended { business, reason })?,
        Decision::Close => tx.record(&BusinessClosed { business, reason })?,
    }
    Ok(())
}

fn tell_owner(tx: &mut Tx<'_>, business: &Business) -> Result<()> {
    let Some(person) = owner::find(tx, &business.owner)?.person else { return Ok(()) };
    let key = format!("registry-told-{}", business.state.code().replace('_', "-"));
    let link = format!("/registry/businesses/{}", business.number);
    let args = serde_json::json!({ "a": business.name });
    message::tell(tx, &To::Person(person.to_string()), &key, &args, Some(&link))?;
    Ok(())
}
