//! The owner's seat in the organisation of a business: with it they switch to the business and
//! offer its goods. Given when an officer has verified the business, never before.

use base::account::{membership, organisation};
use base::{Id, Result, Role, Tx};

use crate::business::{self, Business, BusinessId, State};
use crate::owner::{self, Owner};
use crate::registration;

/// Lets the owner act for every verified business of theirs. Does nothing for owners without an
/// account, and nothing the second time.
pub(crate) fn give_all(tx: &mut Tx<'_>, owner: &Id<Owner>) -> Result<()> {
    if owner::find(tx, owner)?.person.is_none() {
        return Ok(());
    }
    for business in business::of_owner(tx, owner)? {
        if business.state == State::Verified {
            give(tx, &business.id)?;
        }
    }
    Ok(())
}

fn give(tx: &mut Tx<'_>, id: &BusinessId) -> Result<()> {
    let organisation = registration::let_trade(tx, id)?;
    let owner = business::find(tx, id)?.owner;
    let Some(person) = owner::find(tx, &owner)?.person else { return Ok(()) };
    let held = membership::of_person(tx, &person)?;
    if held.iter().any(|seat| seat.organisation == organisation && seat.role == Role::Owner) {
        return Ok(());
    }
    let seat = membership::Add { person, organisation, role: Role::Owner, until: None };
    membership::begin(tx, &seat)?;
    Ok(())
}

/// A renamed business acts under its new name from now on. Orders and papers keep the old one.
pub(crate) fn rename(tx: &mut Tx<'_>, business: &Business) -> Result<()> {
    match &business.organisation {
        Some(organisation) => organisation::rename(tx, organisation, &business.name),
        None => Ok(()),
    }
}
