//! Orders that are paid ahead: sellers hear of them once the whole group is paid, and what was paid is held
//! for each order until it is completed, or goes back.

use base::consumer::{Consumer, Kinds};
use base::{Date, Id, Read, Result, Rupiah, StoredEvent, Timestamp, Tx};
use ledger::{Entry, Line, ORDERS_HELD, PAID_IN, SELLERS_DUE};
use payments::{Bill, BillId, NewBill, Refund};
use serde::Deserialize;

use crate::events::OrderPaid;
use crate::order::{self, Order};
use crate::order_group::{GroupId, OrderGroup, Payment};
use crate::refusal::Refusal;
use crate::state::State;
use crate::waiting::{self, Waiting};
use crate::{cancellation, tell};

/// What became of the bills of groups.
pub(crate) const PAYMENTS: Consumer = Consumer {
    name: "market.payments",
    kinds: Kinds::Only(&["payments.bill_paid", "payments.bill_expired"]),
    handle,
};

/// What events of bills say.
#[derive(Deserialize)]
struct Ended {
    bill: BillId,
    case: String,
}

/// Asks for the whole sum of a group at once.
pub(crate) fn begin(tx: &mut Tx<'_>, group: &OrderGroup) -> Result<()> {
    payments::make(tx, &NewBill { subject: group.id.as_str(), amount: group.total })?;
    Ok(())
}

/// The bill of a group that is paid ahead.
pub(crate) fn bill(read: &mut Read<'_>, group: &GroupId) -> Result<Option<Bill>> {
    payments::of_subject(read, group.as_str())
}

fn handle(tx: &mut Tx<'_>, event: &StoredEvent) -> Result<()> {
    let Ok(Ended { bill, case }) = serde_json::from_str(&event.data) else { return Ok(()) };
    let Some(group): Option<GroupId> = Id::parse(&case) else { return Ok(()) };
    let orders = order::of_group(tx, &group)?;
    let waiting: Vec<Order> =
        orders.into_iter().filter(|order| order.state == State::AwaitingPayment).collect();
    match event.kind.as_str() {
        _ if waiting.is_empty() => Ok(()),
        "payments.bill_paid" => paid(tx, &bill, waiting),
        _ => waiting.into_iter().try_for_each(|order| cancellation::unpaid(tx, order)),
    }
}

/// The money is shared out, and every seller may begin.
fn paid(tx: &mut Tx<'_>, bill: &BillId, orders: Vec<Order>) -> Result<()> {
    let now = Timestamp::of(tx);
    for mut order in orders {
        let lines = vec![
            Line::debit(PAID_IN, bill, order.total()),
            Line::credit(ORDERS_HELD, &order.id, order.total()),
        ];
        let entry = Entry::balanced("payment-shared", &order.id, Date::today(tx), lines)?;
        ledger::post(tx, &entry)?;
        order.paid_at = Some(now);
        order.state = State::Processing;
        let lead_days = order.lead_days;
        waiting::begin_later(tx, &mut order, Waiting::Packing, lead_days)?;
        order::save(tx, &order)?;
        tx.record(&OrderPaid {
            order: &order.id,
            amount: order.total(),
            prepare_until: order.waits_until,
        })?;
        tell::seller(tx, &order, "market-tell-placed")?;
    }
    Ok(())
}

/// Nothing of the group is wanted any more before it was paid.
pub(crate) fn withdraw(tx: &mut Tx<'_>, group: &GroupId) -> Result<()> {
    let Some(bill) = bill(tx, group)? else { return Ok(()) };
    match payments::withdraw(tx, &bill.id) {
        // It was paid or became too old just now: what follows is on its way.
        Err(base::Error::Refused(_)) => Err(Refusal::NotNow.into()),
        done => done.map(drop),
    }
}

/// What was held for an order is its seller's.
pub(crate) fn release(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    let lines = vec![
        Line::debit(ORDERS_HELD, &order.id, order.total()),
        Line::credit(SELLERS_DUE, &order.business, order.total()),
    ];
    book(tx, order, "sale-completed", lines)
}

/// So much of what became the seller's just now goes back to the buyer: a line of its own, so that the
/// seller's statement explains it.
pub(crate) fn take_back(tx: &mut Tx<'_>, order: &Order, amount: Rupiah) -> Result<()> {
    if amount == Rupiah::ZERO {
        return Ok(());
    }
    let lines = vec![
        Line::debit(SELLERS_DUE, &order.business, amount),
        Line::credit(ORDERS_HELD, &order.id, amount),
    ];
    book(tx, order, "sale-given-back", lines)
}

/// Nothing is booked of an order that is paid in cash.
fn book(tx: &mut Tx<'_>, order: &Order, what: &'static str, lines: Vec<Line>) -> Result<()> {
    if order.is_held() {
        ledger::post(tx, &Entry::balanced(what, &order.id, Date::today(tx), lines)?)?;
    }
    Ok(())
}

/// What was the seller's already is held again, also if it was paid out: then the seller owes it.
pub(crate) fn hold_again(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    let lines = vec![
        Line::debit(SELLERS_DUE, &order.business, order.total()),
        Line::credit(ORDERS_HELD, &order.id, order.total()),
    ];
    book(tx, order, "sale-disputed", lines)
}

/// So much of what was held for an order goes back to whoever paid.
pub(crate) fn give_back(tx: &mut Tx<'_>, order: &Order, amount: Rupiah) -> Result<()> {
    if !order.is_held() || amount == Rupiah::ZERO {
        return Ok(());
    }
    let bill = bill(tx, &order.group)?;
    let bill = bill.ok_or_else(|| base::Error::broken("an order that is paid has its bill"))?;
    let party = order.id.to_string();
    payments::begin_refund(tx, &bill, &Refund { from: ORDERS_HELD, party: &party, amount })
}

impl Order {
    /// Whether its money lies at the bank: it was paid ahead.
    pub(crate) fn is_held(&self) -> bool {
        self.payment == Payment::Qris && self.paid_at.is_some()
    }
}
