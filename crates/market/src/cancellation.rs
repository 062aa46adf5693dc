//! An order ends early: the buyer before it is packed, the seller with a reason, or a clock. What was set
//! aside is back on the shelf, and what was paid goes back.

use base::{Error, Result, Timestamp, Tx, words};
use catalog::stock;

use crate::events::OrderCancelled;
use crate::order::{self, Order, OrderId};
use crate::order_group::GroupId;
use crate::refusal::Refusal;
use crate::state::State;
use crate::{paying, tell, waiting};

/// The longest reason.
pub(crate) const REASON_CHARS_MAX: usize = 300;

/// The buyer, who holds the group's link, changes their mind before anything is packed.
pub(crate) fn cancel(tx: &mut Tx<'_>, group: &GroupId, id: &OrderId) -> Result<Order> {
    let order = order::of_group_one(tx, group, id)?;
    match order.state {
        State::AwaitingPayment => return give_up(tx, group, order),
        State::Processing => {}
        state if state.is_over() => return Err(Refusal::NotNow.into()),
        _ => return Err(Refusal::AlreadyPrepared.into()),
    }
    let order = end(tx, order, "buyer", "")?;
    tell::seller(tx, &order, "market-tell-cancelled")?;
    Ok(order)
}

/// One payment for all: before it is made, the group is given up as a whole.
fn give_up(tx: &mut Tx<'_>, group: &GroupId, order: Order) -> Result<Order> {
    paying::withdraw(tx, group)?;
    let id = order.id;
    for order in order::of_group(tx, group)? {
        if order.state == State::AwaitingPayment {
            end(tx, order, "buyer", "")?;
        }
    }
    order::find(tx, &id)
}

/// Nobody paid in time. The seller never knew of it.
pub(crate) fn unpaid(tx: &mut Tx<'_>, order: Order) -> Result<()> {
    end(tx, order, "clock", "").map(drop)
}

/// The seller cannot deliver, and says why.
pub(crate) fn decline(tx: &mut Tx<'_>, id: &OrderId, reason: &str) -> Result<Order> {
    let order = order::own(tx, id)?;
    if !matches!(order.state, State::Processing | State::Ready | State::Shipped) {
        return Err(Refusal::NotNow.into());
    }
    let reason = words::reason("reason", reason, REASON_CHARS_MAX, "market-reason-wanted");
    let reason = reason.map_err(|problem| Error::Invalid(vec![problem]))?;
    end(tx, order, "seller", &reason)
}

/// A clock ran out: the seller did not pack, or the buyer did not come.
pub(crate) fn lapse(tx: &mut Tx<'_>, order: Order) -> Result<()> {
    let order = end(tx, order, "clock", "")?;
    tell::seller(tx, &order, "market-tell-lapsed")
}

fn end(tx: &mut Tx<'_>, mut order: Order, by: &'static str, reason: &str) -> Result<Order> {
    for line in order::lines(tx, &order.id)? {
        stock::put_back(tx, &line.product, line.count, order.id.as_str())?;
    }
    paying::give_back(tx, &order, order.total())?;
    order.state = State::Cancelled;
    order.ended_at = Some(Timestamp::of(tx));
    reason.clone_into(&mut order.reason);
    waiting::end(tx, &mut order)?;
    order::save(tx, &order)?;
    tx.record(&OrderCancelled { order: &order.id, by, reason })?;
    Ok(order)
}
