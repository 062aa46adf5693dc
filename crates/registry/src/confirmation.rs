//! A record ages: once a year its owner says that it is still true, or it stops trading until they
//! do. The clock runs only for owners who can be reached in the program.

use base::deadline::{self, Deadline, Outcome, Wait};
use base::message::To;
use base::{Date, Error, Result, Tx};

use crate::business::{self, Business, BusinessId, State};
use crate::events::Happened;
use crate::owner;
use crate::refusal::Refusal;
use crate::verification;

/// The kind of the clock in the rule of deadlines.
pub(crate) const CONFIRMATION: &str = "registry.confirmation";
/// How long a confirmation holds.
const CONFIRMED_DAYS: i64 = 365;

/// What follows when nobody confirmed.
pub(crate) const OUTCOMES: &[Outcome] = &[Outcome { kind: CONFIRMATION, pass: lapse }];

/// Starts the year anew. A city whose rule of deadlines does not know this clock goes without it.
pub(crate) fn expect(tx: &mut Tx<'_>, business: &Business) -> Result<()> {
    deadline::cancel(tx, business.id.as_str(), CONFIRMATION)?;
    let Some(person) = owner::find(tx, &business.owner)?.person else { return Ok(()) };
    let due = Date::today(tx).plus_days(CONFIRMED_DAYS);
    let link = format!("/registry/registrations/{}", business.id);
    let to = To::Person(person.to_string());
    let wait =
        Wait { subject: business.id.as_str(), kind: CONFIRMATION, on: &to, link: Some(&link) };
    match deadline::set_until(tx, &wait, due) {
        Err(Error::Refused("deadline-without-term")) => Ok(()),
        other => other.map(|_| ()),
    }
}

fn lapse(tx: &mut Tx<'_>, deadline: &Deadline) -> Result<()> {
    let id = BusinessId::parse(&deadline.subject).ok_or(Error::NotFound)?;
    let mut business = business::find(tx, &id)?;
    if business.state != State::Verified {
        return Ok(());
    }
    business.state = State::Stale;
    business::save(tx, &business)?;
    tx.record(&Happened::Stale {}.to(&id))?;
    verification::tell_owner(tx, &business)
}

/// The owner says that the record is still true.
pub(crate) fn confirm(tx: &mut Tx<'_>, id: &BusinessId) -> Result<State> {
    let mut business = business::find(tx, id)?;
    if !business::is_of_actor(tx, &business)? {
        return Err(Error::NotFound);
    }
    if !matches!(business.state, State::Verified | State::Stale) {
        return Err(Refusal::WrongState.into());
    }
    business.state = State::Verified;
    business::save(tx, &business)?;
    tx.record(&Happened::Confirmed {}.to(id))?;
    expect(tx, &business)?;
    Ok(State::Verified)
}
