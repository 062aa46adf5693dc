//! Taking an order back, with a reason, while the goods are not on their way.

use base::{Result, Tx, require};

use crate::events::Cancelled;
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::request::{end, reason_of};
use crate::state::State;
use crate::{APPROVE, acceptance, duties, ocds, tell};

/// The approver takes an order back; nothing of it may have been handed over.
pub(crate) fn cancel(tx: &mut Tx<'_>, id: &OrderId, reason: &str) -> Result<Order> {
    require(tx, APPROVE)?;
    let mut order = order::find(tx, id)?;
    duties::approver(tx, &order)?;
    let early = matches!(order.state, State::Ordered | State::Accepted);
    if !early || order.money.received.amount() > 0 {
        return Err(Refusal::TooLateToCancel.into());
    }
    let reason = reason_of(reason)?;
    acceptance::put_back(tx, &order)?;
    let released = end(tx, &mut order, State::Cancelled, &reason)?;
    tx.record(&Cancelled { order: id, reason: &reason, released })?;
    ocds::publish(tx, &order, ocds::Tag::ContractTermination)?;
    tell::seller(tx, &order, "procurement-tell-cancelled")?;
    tell::requester(tx, &order, "procurement-tell-cancelled")?;
    Ok(order)
}
