//! Deciding about a need: the approver is another person than the requester. A yes makes the order
//! letter, sets the goods aside and starts the seller's clock.

use base::{Result, Rupiah, Timestamp, Tx, require};
use catalog::stock;
use registry::business;

use crate::events::{Ordered, Rejected};
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::request::{end, reason_of};
use crate::state::State;
use crate::waiting::{self, Waiting};
use crate::{APPROVE, duties, line, paper, postings, tell};

/// Approves a need: the order letter goes out to the seller.
pub(crate) fn approve(tx: &mut Tx<'_>, id: &OrderId) -> Result<Order> {
    require(tx, APPROVE)?;
    let mut order = order::find(tx, id)?;
    let approver = duties::approver(tx, &order)?;
    if order.state != State::Requested {
        return Err(Refusal::NotRequested.into());
    }
    if !business::find(tx, &order.seller.business)?.trades() {
        return Err(Refusal::SellerNotReady.into());
    }
    let lines = line::of(tx, id)?;
    for line in &lines {
        if let Some(product) = &line.product {
            stock::take(tx, product, line.count, id.as_str())?;
        }
    }
    postings::commit(tx, &order)?;
    order.state = State::Ordered;
    order.people.approver = Some(approver.clone());
    order.times.ordered = Some(Timestamp::of(tx));
    waiting::begin(tx, &mut order, Waiting::Acceptance)?;
    let number = paper::order_letter(tx, &order, &lines)?;
    order.number = Some(number.clone());
    order::save(tx, &order)?;
    tx.record(&Ordered {
        order: id,
        number: &number,
        approver: &approver,
        business: order.seller.business.as_str(),
        total: order.money.total,
        answer_until: order.waits_until,
    })?;
    tell::seller(tx, &order, "procurement-tell-ordered")?;
    Ok(order)
}

/// Rejects a need with a reason; its budget is free again.
pub(crate) fn reject(tx: &mut Tx<'_>, id: &OrderId, reason: &str) -> Result<Order> {
    require(tx, APPROVE)?;
    let mut order = order::find(tx, id)?;
    let approver = duties::approver(tx, &order)?;
    if order.state != State::Requested {
        return Err(Refusal::NotRequested.into());
    }
    let reason = reason_of(reason)?;
    order.people.approver = Some(approver);
    let released: Rupiah = end(tx, &mut order, State::Rejected, &reason)?;
    tx.record(&Rejected { order: id, reason: &reason, released })?;
    tell::requester(tx, &order, "procurement-tell-rejected")?;
    Ok(order)
}
