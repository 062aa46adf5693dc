//! The seller says that the goods are there; from now on the agency must count them.

use base::{Error, Problem, Result, Timestamp, Tx, require};

use crate::events::{Delivered, DeliveryWithdrawn};
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::request::reason_of;
use crate::state::State;
use crate::waiting::{self, Waiting};
use crate::{SELL, duties, tell};

const NOTE_CHARS_MAX: usize = 500;

/// The seller has brought the goods, or the rest of them.
pub(crate) fn deliver(tx: &mut Tx<'_>, id: &OrderId, note: &str) -> Result<Order> {
    require(tx, SELL)?;
    let mut order = order::find(tx, id)?;
    duties::seller(tx, &order)?;
    if order.state != State::Accepted {
        return Err(Refusal::step(State::Accepted, order.state).into());
    }
    let note = note.trim();
    if note.chars().count() > NOTE_CHARS_MAX {
        let problem = Problem::with("note", "procurement-note-too-long", NOTE_CHARS_MAX);
        return Err(Error::Invalid(vec![problem]));
    }
    order.state = State::Delivered;
    order.times.delivered = Some(Timestamp::of(tx));
    order.reason.clear();
    waiting::begin(tx, &mut order, Waiting::Handover)?;
    order::save(tx, &order)?;
    tx.record(&Delivered { order: id, note, count_until: order.waits_until })?;
    tell::receivers(tx, &order, "procurement-tell-delivered")?;
    Ok(order)
}

/// The seller said so too early: until somebody counts, it can be taken back.
pub(crate) fn take_back(tx: &mut Tx<'_>, id: &OrderId, reason: &str) -> Result<Order> {
    require(tx, SELL)?;
    let mut order = order::find(tx, id)?;
    duties::seller(tx, &order)?;
    if order.state != State::Delivered {
        return Err(Refusal::NothingDelivered.into());
    }
    let reason = reason_of(reason)?;
    order.state = State::Accepted;
    order.times.delivered = None;
    waiting::begin(tx, &mut order, Waiting::Delivery)?;
    order::save(tx, &order)?;
    tx.record(&DeliveryWithdrawn { order: id, reason: &reason })?;
    tell::receivers(tx, &order, "procurement-tell-delivery-withdrawn")?;
    Ok(order)
}
