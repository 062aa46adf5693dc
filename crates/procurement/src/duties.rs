//! Who may take which step: the right agency, the right seller, and four different people for
//! stating a need, approving it, counting the goods and paying (Perpres 16/2018 art. 8-13). None
//! of them owns the seller.

use base::account::{Organisation, Person, acting_person, membership};
use base::{Error, Id, Read, Result, Role};

use crate::order::Order;
use crate::refusal::Refusal;

/// The organisation the actor acts for.
pub(crate) fn organisation(read: &Read<'_>) -> Result<Id<Organisation>> {
    let organisation = read.actor().on_behalf_of.as_deref().and_then(Id::parse);
    organisation.ok_or(Error::Forbidden)
}

/// Whether the actor acts for this organisation.
pub(crate) fn acts_for(read: &Read<'_>, organisation: &Id<Organisation>) -> bool {
    read.actor().on_behalf_of.as_deref() == Some(organisation.as_str())
}

/// The person who acts for the agency that buys. To others the order does not exist.
pub(crate) fn buyer(read: &Read<'_>, order: &Order) -> Result<Id<Person>> {
    if acts_for(read, &order.agency) { acting_person(read) } else { Err(Error::NotFound) }
}

/// The person who acts for the seller. To others the order does not exist.
pub(crate) fn seller(read: &Read<'_>, order: &Order) -> Result<Id<Person>> {
    if acts_for(read, &order.seller.organisation) {
        acting_person(read)
    } else {
        Err(Error::NotFound)
    }
}

/// The approver is not the requester.
pub(crate) fn approver(read: &mut Read<'_>, order: &Order) -> Result<Id<Person>> {
    let person = buyer(read, order)?;
    if person == order.people.requester {
        return Err(Refusal::RequesterApproves.into());
    }
    outsider(read, &person, &order.seller.organisation)?;
    Ok(person)
}

/// The receiver is neither of them.
pub(crate) fn receiver(read: &mut Read<'_>, order: &Order) -> Result<Id<Person>> {
    let person = buyer(read, order)?;
    if person == order.people.requester || Some(&person) == order.people.approver.as_ref() {
        return Err(Refusal::BuyerReceives.into());
    }
    outsider(read, &person, &order.seller.organisation)?;
    Ok(person)
}

/// The payer is none of the three.
pub(crate) fn payer(
    read: &mut Read<'_>,
    order: &Order,
    receivers: &[String],
) -> Result<Id<Person>> {
    let person = buyer(read, order)?;
    let bought = person == order.people.requester
        || Some(&person) == order.people.approver.as_ref()
        || receivers.iter().any(|receiver| receiver == person.as_str());
    if bought {
        return Err(Refusal::BuyerPays.into());
    }
    outsider(read, &person, &order.seller.organisation)?;
    Ok(person)
}

/// Whoever takes a step for the agency does not own the seller: an official who also trades leaves
/// such a purchase to a colleague.
pub(crate) fn outsider(
    read: &mut Read<'_>,
    person: &Id<Person>,
    seller: &Id<Organisation>,
) -> Result<()> {
    match membership::holds(read, person, seller, Role::Owner)? {
        true => Err(Refusal::OwnSeller.into()),
        false => Ok(()),
    }
}
