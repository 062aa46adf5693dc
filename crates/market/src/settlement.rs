//! A complaint ends: both agree, somebody stays silent, or a clerk of the market decides. What is given back
//! comes from what is held for the order; where that was paid out before, the seller earns it first.

use base::{Error, Problem, Result, Rupiah, Timestamp, Tx, require, words};
use ledger::SELLERS_DUE;
use registry::BusinessId;

use crate::complaining::WORDS_CHARS_MAX;
use crate::complaint::{self, By, Complaint, ComplaintId, Stage};
use crate::events::{ComplaintCovered, ComplaintSettled};
use crate::order::{self, Order};
use crate::refusal::Refusal;
use crate::{confirmation, tell, waiting};

/// A clerk of the market decides how much is given back, and says why.
pub(crate) fn decide(tx: &mut Tx<'_>, id: &ComplaintId, back: Rupiah, why: &str) -> Result<Order> {
    require(tx, payments::SETTLE)?;
    let mut complaint = complaint::find(tx, id)?;
    if complaint.stage != Stage::Deciding {
        return Err(Refusal::NotNow.into());
    }
    let order = order::find(tx, &complaint.order)?;
    let why = words::reason("reason", why, WORDS_CHARS_MAX, "market-decision-wanted");
    complaint.decision = why.map_err(|problem| Error::Invalid(vec![problem]))?;
    if back > order.total() {
        let most = order.total().display();
        return Err(Error::Invalid(vec![Problem::with("amount", "market-decision-most", most)]));
    }
    settle(tx, order, complaint, back, By::Clerk)
}

/// The time of whoever's turn it was has passed: a silent seller agrees to what was claimed, a silent buyer
/// to what was offered.
pub(crate) fn lapse(tx: &mut Tx<'_>, order: Order) -> Result<()> {
    let complaint = complaint::of_order(tx, &order.id)?;
    let complaint =
        complaint.ok_or_else(|| Error::broken("an order in dispute has a complaint"))?;
    let back = match complaint.stage {
        Stage::Answering => complaint.claimed,
        Stage::Replying => complaint.offered.unwrap_or(Rupiah::ZERO),
        Stage::Deciding | Stage::Covering | Stage::Settled => return Ok(()),
    };
    settle(tx, order, complaint, back, By::Clock).map(drop)
}

/// It is clear what is given back.
pub(crate) fn settle(
    tx: &mut Tx<'_>,
    mut order: Order,
    mut complaint: Complaint,
    back: Rupiah,
    by: By,
) -> Result<Order> {
    complaint.refunded = Some(back);
    complaint.settled_by = Some(by);
    complaint.settled_at = Some(Timestamp::of(tx));
    let covered = back == Rupiah::ZERO || is_covered(tx, &order, back)?;
    complaint.stage = if covered { Stage::Settled } else { Stage::Covering };
    complaint::save(tx, &complaint)?;
    let (id, refunded, by) = (&complaint.id, back, by.code());
    tx.record(&ComplaintSettled { order: &order.id, complaint: id, refunded, by, covered })?;
    if covered {
        order = confirmation::conclude(tx, order, back)?;
    } else {
        waiting::end(tx, &mut order)?;
        order::save(tx, &order)?;
    }
    let key = if covered { "market-tell-settled" } else { "market-tell-uncovered" };
    tell::settled(tx, &order, key, back)?;
    cover(tx, &order.business)?;
    Ok(order)
}

/// Whether what is given back is there: held since the buyer paid, or earned by the seller since it was
/// theirs. What others are owed is not touched for it.
fn is_covered(tx: &mut Tx<'_>, order: &Order, back: Rupiah) -> Result<bool> {
    let was_the_sellers = order.is_held() && order.completed_at.is_some();
    if !was_the_sellers {
        return Ok(true);
    }
    let rest = order.total().minus(back).ok_or(Refusal::MoreThanPaid)?;
    let owes = ledger::balance(tx, SELLERS_DUE, order.business.as_str())?.amount();
    Ok(owes <= rest.amount())
}

/// The seller has earned something: what waited for it is given back, the oldest first.
pub(crate) fn cover(tx: &mut Tx<'_>, business: &BusinessId) -> Result<()> {
    for mut complaint in complaint::uncovered(tx, business)? {
        let order = order::find(tx, &complaint.order)?;
        let refunded = complaint.refunded.unwrap_or(Rupiah::ZERO);
        if !is_covered(tx, &order, refunded)? {
            return Ok(());
        }
        complaint.stage = Stage::Settled;
        complaint::save(tx, &complaint)?;
        let order = confirmation::conclude(tx, order, refunded)?;
        tx.record(&ComplaintCovered { order: &order.id, complaint: &complaint.id, refunded })?;
    }
    Ok(())
}
