//! Who may take which step: the right agency, the right seller, and four different people for
//! stating a need, approving it, counting the goods and paying (Perpres 16/2018 art. 8-13).

use base::account::{Organisation, Person, acting_person};
use base::{Error, Id, Read, Result};

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
pub(crate) fn approver(read: &Read<'_>, order: &Order) -> Result<Id<Person>> {
    let person = buyer(read, order)?;
    if person == order.people.requester {
        return Err(Refusal::RequesterApproves.into());
    }
    Ok(person)
}

/// The receiver is neither of them.
pub(crate) fn receiver(read: &Read<'_>, order: &Order) -> Result<Id<Person>> {
    let person = buyer(read, order)?;
    if person == order.people.requester || Some(&person) == order.people.approver.as_ref() {
        return Err(Refusal::BuyerReceives.into());
    }
    Ok(person)
}

/// The payer is none of the three.
pub(crate) fn payer(read: &Read<'_>, order: &Order, receivers: &[String]) -> Result<Id<Person>> {
    let person = buyer(read, order)?;
    let bought = person == order.people.requester
        || Some(&person) == order.people.approver.as_ref()
        || receivers.iter().any(|receiver| receiver == person.as_str());
    if bought { Err(Refusal::BuyerPays.into()) } else { Ok(person) }
}
