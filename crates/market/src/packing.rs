//! The seller has packed: the goods wait at the counter, or the courier has them.

use base::{Result, Timestamp, Tx};

use crate::events::OrderPacked;
use crate::order::{self, Delivery, Order, OrderId};
use crate::refusal::Refusal;
use crate::state::State;
use crate::waiting::{self, Waiting};

/// Packs an order of the own shop.
pub fn pack(tx: &mut Tx<'_>, id: &OrderId) -> Result<Order> {
    let mut order = order::own(tx, id)?;
    if order.state != State::Processing {
        return Err(Refusal::NotNow.into());
    }
    let (state, waiting) = match order.delivery {
        Delivery::Pickup => (State::Ready, Waiting::Fetching),
        Delivery::Courier => (State::Shipped, Waiting::Arrival),
    };
    order.state = state;
    order.ready_at = Some(Timestamp::of(tx));
    waiting::begin(tx, &mut order, waiting)?;
    order::save(tx, &order)?;
    let (delivery, until) = (order.delivery.code(), order.waits_until);
    tx.record(&OrderPacked { order: id, delivery, until })?;
    Ok(order)
}
