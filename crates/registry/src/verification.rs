//! An officer's decisions on a registration: verify, send back, refuse, suspend, close. Whoever
//! entered a record does not verify it.

use base::deadline;
use base::message::{self, To};
use base::{Permission, Read, Result, Timestamp, Tx, require};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::business::{self, Business, BusinessId, State};
use crate::doubt;
use crate::events::Happened;
use crate::refusal::Refusal;
use crate::registration::{self, VERIFICATION};
use crate::{change, confirmation, evidence, owner, pair, reason, seat};

/// May decide on registrations.
pub(crate) const VERIFY: Permission = Permission("registry.verify");

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

/// Decides, tells the owner, and records it. Verifying also says that the owner is who they say:
/// records that a list brought under their NIK become theirs, and they may act for their verified
/// businesses from now on.
pub fn decide(tx: &mut Tx<'_>, cmd: &Decide) -> Result<State> {
    require(tx, VERIFY)?;
    let mut business = business::find(tx, &cmd.business)?;
    if business.version != cmd.version {
        return Err(base::Error::Stale);
    }
    check(tx, &business, cmd)?;
    if cmd.decision == Decision::Verify
        && let Some(blind) = owner::claimed_nik(tx, &business.owner)?
    {
        business.owner = owner::identify(tx, &business.owner, &blind)?;
    }
    decided(tx, &mut business, cmd);
    business::save(tx, &business)?;
    record(tx, &business, cmd)?;
    if cmd.decision != Decision::Verify {
        change::let_go(tx, &business.id)?;
    }
    if change::waiting(tx, &business.id)?.is_none() {
        deadline::meet(tx, business.id.as_str(), VERIFICATION)?;
    }
    if cmd.decision == Decision::Verify {
        seat::give_all(tx, &business.owner)?;
        confirmation::expect(tx, &business)?;
    } else {
        deadline::cancel(tx, business.id.as_str(), confirmation::CONFIRMATION)?;
    }
    if matches!(business.state, State::Rejected | State::Closed) {
        pair::let_go(tx, &business.id)?;
    }
    tell_owner(tx, &business)?;
    Ok(business.state)
}

fn decided(tx: &Tx<'_>, business: &mut Business, cmd: &Decide) {
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
}

impl Decision {
    /// Every decision, the hopeful first.
    pub(crate) const ALL: [Decision; 5] =
        [Decision::Verify, Decision::Return, Decision::Reject, Decision::Suspend, Decision::Close];

    /// The decision with this code.
    pub(crate) fn parse(code: &str) -> Option<Decision> {
        Decision::ALL.into_iter().find(|decision| decision.code() == code)
    }

    /// The stable code, also the end of the text key.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Decision::Verify => "verify",
            Decision::Return => "return",
            Decision::Reject => "reject",
            Decision::Suspend => "suspend",
            Decision::Close => "close",
        }
    }

    /// The states in which it can be taken.
    fn from(self) -> &'static [State] {
        match self {
            Decision::Verify => {
                &[State::Submitted, State::NeedsFix, State::Stale, State::Suspended]
            }
            Decision::Return => &[State::Submitted, State::Verified, State::Stale],
            Decision::Reject => &[State::Submitted, State::NeedsFix, State::Held],
            Decision::Suspend => &[State::Verified, State::Stale],
            Decision::Close => &[
                State::Verified,
                State::Stale,
                State::Suspended,
                State::NeedsFix,
                State::Submitted,
            ],
        }
    }

    /// Whether it can be taken in this state.
    pub(crate) fn fits(self, state: State) -> bool {
        self.from().contains(&state)
    }
}

fn check(tx: &mut Tx<'_>, business: &Business, cmd: &Decide) -> Result<()> {
    if !cmd.decision.fits(business.state) {
        return Err(Refusal::WrongState.into());
    }
    reason::fits("reason", &cmd.reason)?;
    by_another(tx, business)?;
    if cmd.decision != Decision::Verify {
        return reason::for_owner("reason", &cmd.reason);
    }
    if doubt::open_count(tx, &business.id)? > 0 {
        return Err(Refusal::DoubtsOpen.into());
    }
    if business.place.district.is_none() {
        return Err(Refusal::PlaceWanted.into());
    }
    if pair::waits(tx, &business.id)? {
        return Err(Refusal::TwinsOpen.into());
    }
    if evidence::waiting_since(tx, &business.id)?.is_some() {
        return Err(Refusal::EvidenceWaits.into());
    }
    if let Some(nib) = &business.nib
        && pair::other_with_nib(tx, &business.id, nib)?.is_some()
    {
        return Err(Refusal::NibTaken.into());
    }
    let missing = registration::missing(business);
    if business.source == business::Source::Owner && !missing.is_empty() {
        return Err(base::Error::Invalid(missing));
    }
    Ok(())
}

/// Refuses whoever registered or owns the business: another officer has to decide.
pub(crate) fn by_another(read: &mut Read<'_>, business: &Business) -> Result<()> {
    if is_own(read, business)? { Err(Refusal::OwnEntry.into()) } else { Ok(()) }
}

/// Whoever registered or owns a business has no say in whether it is true.
pub(crate) fn is_own(read: &mut Read<'_>, business: &Business) -> Result<bool> {
    let actor = read.actor();
    if actor.is_system() {
        return Ok(false);
    }
    let registered = business.entered_by == actor.id && business.source == business::Source::Owner;
    Ok(registered || business::is_of_actor(read, business)?)
}

fn record(tx: &mut Tx<'_>, business: &Business, cmd: &Decide) -> Result<()> {
    let reason = cmd.reason.as_str();
    let happened = match cmd.decision {
        Decision::Verify => Happened::Verified { note: reason },
        Decision::Return => Happened::Returned { reason },
        Decision::Reject => Happened::Rejected { reason },
        Decision::Suspend => Happened::Suspended { reason },
        Decision::Close => Happened::Closed { reason },
    };
    Ok(tx.record(&happened.to(&business.id))?)
}

/// Tells the owner how their business stands, if they have an account.
pub(crate) fn tell_owner(tx: &mut Tx<'_>, business: &Business) -> Result<()> {
    let Some(person) = owner::find(tx, &business.owner)?.person else { return Ok(()) };
    let key = format!("registry-told-{}", business.state.code().replace('_', "-"));
    let link = format!("/registry/registrations/{}", business.id);
    let args = serde_json::json!({ "a": business.name, "b": business.decision_note });
    message::tell(tx, &To::Person(person.to_string()), &key, &args, Some(&link))?;
    Ok(())
}
