//! The goods change hands: the buyer says the code of their order, the seller types it.

use base::account::attempt::{self, Limit, Scope};
use base::{Result, Timestamp, Tx};
use serde::{Deserialize, Serialize};

use crate::events::OrderHandedOver;
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::state::State;
use crate::waiting::{self, Waiting};

/// Codes that may be typed for one order within an hour.
const CODES_HOURLY: i64 = 5;

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Handing {
    /// The goods are the buyer's.
    Done,
    /// Another code was typed; so many tries are left for now.
    WrongCode(i64),
}

/// Hands an order of the own shop over. `code` is what the buyer said, `right` what the order has.
pub fn hand_over(tx: &mut Tx<'_>, id: &OrderId, code: &str, right: &str) -> Result<Handing> {
    let order = order::own(tx, id)?;
    if !matches!(order.state, State::Ready | State::Shipped) {
        return Err(Refusal::NotNow.into());
    }
    let tries = Scope::of("market.handover", id.as_str(), Limit::hourly(CODES_HOURLY));
    if attempt::count(tx, std::slice::from_ref(&tries))?.is_some() {
        return Ok(Handing::WrongCode(0));
    }
    if code != right {
        return Ok(Handing::WrongCode(attempt::left(tx, &tries)?));
    }
    attempt::forgive(tx, &[tries])?;
    done(tx, order, true)?;
    Ok(Handing::Done)
}

/// Nobody said otherwise in time: the courier has brought them.
pub(crate) fn deem(tx: &mut Tx<'_>, order: Order) -> Result<()> {
    done(tx, order, false)
}

fn done(tx: &mut Tx<'_>, mut order: Order, by_code: bool) -> Result<()> {
    order.state = State::HandedOver;
    order.handed_over_at = Some(Timestamp::of(tx));
    waiting::begin(tx, &mut order, Waiting::Confirmation)?;
    order::save(tx, &order)?;
    tx.record(&OrderHandedOver { order: &order.id, by_code, until: order.waits_until })?;
    Ok(())
}
