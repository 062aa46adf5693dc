//! An officer takes a change over or refuses it; its owner takes it back.

use base::deadline;
use base::message::{self, To};
use base::{Error, Id, Read, Result, Tx, require};

use super::{Change, SELECT, Standing, drop_it, end, waiting};
use crate::business::{self, Business, BusinessId};
use crate::events::Happened;
use crate::refusal::Refusal;
use crate::registration::VERIFICATION;
use crate::verification::{self, VERIFY};
use crate::{owner, pair, reason, seat};

/// An officer's answer to a change, in the version of the record they have seen.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) change: Id<Change>,
    pub(crate) version: i64,
    pub(crate) accept: bool,
    pub(crate) reason: String,
}

/// The change, or `NotFound`; one that was answered or taken back is refused.
fn find(read: &mut Read<'_>, id: &Id<Change>) -> Result<Change> {
    let change: Option<Change> = read.first(&format!("{SELECT} WHERE id = $1"), &[id])?;
    let change = change.ok_or(Error::NotFound)?;
    if change.standing != Standing::Waiting {
        return Err(Refusal::ChangeAnswered.into());
    }
    Ok(change)
}

/// The business whose change this is, for the page it is answered on.
pub(crate) fn business_of(read: &mut Read<'_>, id: &Id<Change>) -> Result<BusinessId> {
    let row: Option<(BusinessId,)> =
        read.first("SELECT business_id FROM registry_changes WHERE id = $1", &[id])?;
    row.map(|(business,)| business).ok_or(Error::NotFound)
}

/// An officer takes a change over, or says why not; its owner is told.
pub(crate) fn answer(tx: &mut Tx<'_>, cmd: &Answer) -> Result<BusinessId> {
    require(tx, VERIFY)?;
    let change = find(tx, &cmd.change)?;
    let mut business = business::find(tx, &change.business)?;
    if business.version != cmd.version {
        return Err(Error::Stale);
    }
    verification::by_another(tx, &business)?;
    reason::fits("change_reason", &cmd.reason)?;
    if cmd.accept {
        accept(tx, &change, &mut business)?;
    } else {
        reason::for_owner("change_reason", &cmd.reason)?;
        let (change, reason) = (change.id.as_str(), cmd.reason.as_str());
        tx.record(&Happened::ChangeRefused { change, reason }.to(&business.id))?;
    }
    let standing = if cmd.accept { Standing::Accepted } else { Standing::Refused };
    end(tx, &change, standing, &cmd.reason)?;
    deadline::meet(tx, business.id.as_str(), VERIFICATION)?;
    tell_owner(tx, &business, cmd)?;
    Ok(business.id)
}

fn accept(tx: &mut Tx<'_>, change: &Change, business: &mut Business) -> Result<()> {
    let fields = change.before.differences(&change.after);
    change.overlay(business);
    if let Some(nib) = business.nib.as_ref().filter(|_| fields.contains(&"nib"))
        && pair::other_with_nib(tx, &business.id, nib)?.is_some()
    {
        return Err(Refusal::NibTaken.into());
    }
    business::save(tx, business)?;
    let accepted = Happened::ChangeAccepted { change: change.id.as_str(), fields: &fields };
    tx.record(&accepted.to(&business.id))?;
    // What follows businesses (search, seats) listens to this one.
    tx.record(&Happened::Changed { fields: &["accepted"] }.to(&business.id))?;
    seat::rename(tx, business)
}

fn tell_owner(tx: &mut Tx<'_>, business: &Business, cmd: &Answer) -> Result<()> {
    let Some(person) = owner::find(tx, &business.owner)?.person else { return Ok(()) };
    let answer = if cmd.accept { "accepted" } else { "refused" };
    let link = format!("/registry/registrations/{}", business.id);
    let args = serde_json::json!({ "a": business.name, "b": cmd.reason });
    let key = format!("registry-told-change-{answer}");
    message::tell(tx, &To::Person(person.to_string()), &key, &args, Some(&link))?;
    Ok(())
}

/// The owner takes a wish back.
pub(crate) fn withdraw(tx: &mut Tx<'_>, id: &Id<Change>) -> Result<BusinessId> {
    let change = find(tx, id)?;
    let business = business::find(tx, &change.business)?;
    if !business::is_of_actor(tx, &business)? {
        return Err(Error::NotFound);
    }
    drop_it(tx, &change)?;
    Ok(business.id)
}

/// Nothing is asked any more of a record that was sent back, set aside, closed or merged.
pub(crate) fn let_go(tx: &mut Tx<'_>, business: &BusinessId) -> Result<()> {
    waiting(tx, business)?.map_or(Ok(()), |change| drop_it(tx, &change))
}
