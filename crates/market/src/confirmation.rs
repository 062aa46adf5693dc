//! All is well with what the buyer got: they say so, or let the time for a complaint pass.

use base::{Result, Rupiah, Timestamp, Tx};

use crate::events::OrderCompleted;
use crate::order::{self, Order, OrderId};
use crate::order_group::GroupId;
use crate::refusal::Refusal;
use crate::state::State;
use crate::{paying, settlement, tell, waiting};

/// The buyer, who holds the group's link, says that all is well; also where the seller forgot to ask
/// for the code.
pub fn confirm(tx: &mut Tx<'_>, group: &GroupId, id: &OrderId) -> Result<Order> {
    let order = order::of_group_one(tx, group, id)?;
    match order.state {
        State::Ready | State::Shipped | State::HandedOver => complete(tx, order, false),
        _ => Err(Refusal::NotNow.into()),
    }
}

/// The time for it has passed.
pub(crate) fn deem(tx: &mut Tx<'_>, order: Order) -> Result<()> {
    complete(tx, order, true).map(|_| ())
}

fn complete(tx: &mut Tx<'_>, order: Order, by_clock: bool) -> Result<Order> {
    let order = conclude(tx, order, Rupiah::ZERO)?;
    tx.record(&OrderCompleted { order: &order.id, goods: order.goods, by_clock })?;
    tell::seller(tx, &order, "market-tell-completed")?;
    settlement::cover(tx, &order.business)?;
    Ok(order)
}

/// Nothing follows any more: so much goes back to whoever paid, and the rest is the seller's.
pub(crate) fn conclude(tx: &mut Tx<'_>, mut order: Order, back: Rupiah) -> Result<Order> {
    let now = Timestamp::of(tx);
    if back == order.total() {
        order.state = State::Refunded;
    } else {
        order.state = State::Completed;
        order.handed_over_at = order.handed_over_at.or(Some(now));
        order.completed_at = order.completed_at.or(Some(now));
    }
    order.ended_at = Some(now);
    if back > order.total() {
        return Err(Refusal::MoreThanPaid.into());
    }
    if back < order.total() {
        paying::release(tx, &order)?;
        paying::take_back(tx, &order, back)?;
    }
    paying::give_back(tx, &order, back)?;
    waiting::end(tx, &mut order)?;
    order::save(tx, &order)?;
    Ok(order)
}
