//! All is well with what the buyer got: they say so, or let the time for a complaint pass.

use base::{Result, Timestamp, Tx};

use crate::events::OrderCompleted;
use crate::order::{self, Order, OrderId};
use crate::order_group::GroupId;
use crate::refusal::Refusal;
use crate::state::State;
use crate::{paying, tell, waiting};

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

fn complete(tx: &mut Tx<'_>, mut order: Order, by_clock: bool) -> Result<Order> {
    let now = Timestamp::of(tx);
    order.state = State::Completed;
    order.handed_over_at = order.handed_over_at.or(Some(now));
    order.completed_at = Some(now);
    order.ended_at = Some(now);
    paying::release(tx, &order)?;
    waiting::end(tx, &mut order)?;
    order::save(tx, &order)?;
    tx.record(&OrderCompleted { order: &order.id, goods: order.goods, by_clock })?;
    tell::seller(tx, &order, "market-tell-completed")?;
    Ok(order)
}
