//! What the market's things are called in the audit trail, and what waits for sellers.

use ::web::{Access, Heap, Thing};
use base::account::OrganisationId;
use base::{Read, Result, Role, among};

use crate::SELL;
use crate::{complaint, order, review};

/// Orders by number.
pub(crate) fn named(read: &mut Read<'_>, ids: &[&str]) -> Result<Vec<Thing>> {
    let orders: Vec<(String, String, String)> =
        among(read, "SELECT id, number, seller_name FROM market_orders WHERE id", ids)?;
    let thing = |(id, number, seller): (String, String, String)| Thing {
        href: format!("/market/sales/{id}"),
        words: format!("{number}, {seller}"),
        access: Access::May(SELL),
        id,
    };
    Ok(orders.into_iter().map(thing).collect())
}

/// Orders to pack and to hand over; complaints to decide.
pub(crate) fn waits(
    read: &mut Read<'_>,
    role: Role,
    organisation: &OrganisationId,
) -> Result<Vec<Heap>> {
    if role == Role::MarketClerk {
        let (label, href) = ("market-complaints", "/market/complaints");
        let count = complaint::undecided(read)?;
        let access = Access::May(payments::SETTLE);
        let complaints = Heap { label, count, href, access };
        let (label, href, count) =
            ("market-moderation", "/market/moderation", review::unjudged(read)?);
        return Ok(vec![complaints, Heap { label, count, href, access }]);
    }
    if role != Role::Owner {
        return Ok(Vec::new());
    }
    let counts = order::counts(read, organisation.as_str())?;
    let open = counts.iter().filter(|(state, _)| !state.is_over()).map(|(_, count)| count).sum();
    let (label, href) = ("market-waits-orders", "/market/sales");
    Ok(vec![Heap { label, count: open, href, access: Access::May(SELL) }])
}
