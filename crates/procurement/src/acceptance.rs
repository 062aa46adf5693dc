//! The seller's answer to an order letter: yes, no, or silence until the order lapses.

use base::{Date, Result, Rupiah, Timestamp, Tx, require};
use catalog::stock;

use crate::events::{Accepted, BackedOut, Declined, Lapsed};
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::request::{end, reason_of};
use crate::state::State;
use crate::waiting::{self, Waiting};
use crate::{SELL, duties, line, ocds, tell};

/// The seller will deliver.
pub(crate) fn accept(tx: &mut Tx<'_>, id: &OrderId) -> Result<Order> {
    let mut order = asked(tx, id)?;
    if order.waits_until.is_some_and(|last| Date::today(tx) > last) {
        return Err(Refusal::Lapsed.into());
    }
    order.state = State::Accepted;
    order.times.accepted = Some(Timestamp::of(tx));
    waiting::begin(tx, &mut order, Waiting::Delivery)?;
    order::save(tx, &order)?;
    tx.record(&Accepted { order: id, deliver_until: order.waits_until })?;
    ocds::publish(tx, &order, ocds::Tag::Contract)?;
    tell::buyers(tx, &order, "procurement-tell-accepted")?;
    Ok(order)
}

/// The seller will not deliver, and says why.
pub(crate) fn decline(tx: &mut Tx<'_>, id: &OrderId, reason: &str) -> Result<Order> {
    let mut order = asked(tx, id)?;
    let reason = reason_of(reason)?;
    put_back(tx, &order)?;
    let released = end(tx, &mut order, State::Declined, &reason)?;
    tx.record(&Declined { order: id, reason: &reason, released })?;
    tell::buyers(tx, &order, "procurement-tell-declined")?;
    Ok(order)
}

/// The seller accepted and cannot deliver after all: the approver may look for another one.
pub(crate) fn back_out(tx: &mut Tx<'_>, id: &OrderId, reason: &str) -> Result<Order> {
    require(tx, SELL)?;
    let mut order = order::find(tx, id)?;
    duties::seller(tx, &order)?;
    if order.state != State::Accepted || order.money.received > Rupiah::ZERO {
        return Err(Refusal::TooLateToCancel.into());
    }
    let reason = reason_of(reason)?;
    put_back(tx, &order)?;
    let released = end(tx, &mut order, State::Declined, &reason)?;
    tx.record(&BackedOut { order: id, reason: &reason, released })?;
    ocds::publish(tx, &order, ocds::Tag::ContractTermination)?;
    tell::buyers(tx, &order, "procurement-tell-backed-out")?;
    Ok(order)
}

/// The seller's time is over: the budget is free for another seller. The clock calls this.
pub(crate) fn lapse(tx: &mut Tx<'_>, id: &OrderId) -> Result<()> {
    let mut order = order::find(tx, id)?;
    if order.state != State::Ordered {
        return Ok(());
    }
    put_back(tx, &order)?;
    let released = end(tx, &mut order, State::Lapsed, "")?;
    tx.record(&Lapsed { order: id, released })?;
    tell::buyers(tx, &order, "procurement-tell-lapsed")?;
    tell::seller(tx, &order, "procurement-tell-lapsed")
}

/// The goods that were set aside and not taken over are for sale again, but for those that were
/// broken when they came: whether these can be sold is for the seller to say.
pub(crate) fn put_back(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    for line in line::of(tx, &order.id)? {
        if let Some(product) = &line.product {
            stock::put_back(tx, product, line.missing() - line.broken, order.id.as_str())?;
            stock::write_off(tx, product, line.broken, order.id.as_str())?;
        }
    }
    Ok(())
}

fn asked(tx: &mut Tx<'_>, id: &OrderId) -> Result<Order> {
    require(tx, SELL)?;
    let order = order::find(tx, id)?;
    duties::seller(tx, &order)?;
    if order.state == State::Ordered { Ok(order) } else { Err(Refusal::NotOrdered.into()) }
}
