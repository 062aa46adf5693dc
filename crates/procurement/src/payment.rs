//! The treasurer records how the seller was paid: from the treasurer's float (UP), straight from
//! the treasury (LS, with its SP2D) or by government card (KKPD).

use base::{Date, Error, Problem, Result, Timestamp, Tx, require};

use crate::events::Paid;
use crate::order::{self, Order, OrderId, PaymentProof};
use crate::refusal::Refusal;
use crate::state::State;
use crate::{PAY, duties, handover, ocds, postings, tell, waiting};

const REFERENCE_CHARS: std::ops::RangeInclusive<usize> = 3..=80;

/// The ways a city pays, as their codes stand in papers.
pub(crate) const METHODS: [&str; 3] = ["up", "ls", "kkpd"];

/// A payment that was made.
#[derive(Debug, Clone)]
pub struct Payment {
    pub order: OrderId,
    /// One of `METHODS`.
    pub method: String,
    /// The number of the SP2D, receipt or card slip.
    pub reference: String,
    pub paid_on: Date,
}

/// Records that the seller was paid the whole invoice.
pub fn pay(tx: &mut Tx<'_>, cmd: &Payment) -> Result<Order> {
    require(tx, PAY)?;
    let mut order = order::find(tx, &cmd.order)?;
    let receivers = handover::receivers(tx, &cmd.order)?;
    let payer = duties::payer(tx, &order, &receivers)?;
    if order.state != State::Invoiced {
        return Err(Refusal::NotInvoiced.into());
    }
    check(tx, cmd, &order)?;
    let amount = order.money.invoiced;
    postings::pay(tx, &order, amount)?;
    waiting::end(tx, &mut order)?;
    order.state = State::Paid;
    order.money.paid = amount;
    order.people.payer = Some(payer);
    order.times.paid = Some(Timestamp::of(tx));
    order.times.ended = order.times.paid;
    order.payment = Some(PaymentProof {
        method: cmd.method.clone(),
        reference: cmd.reference.trim().to_owned(),
        paid_on: cmd.paid_on,
    });
    order::save(tx, &order)?;
    tx.record(&Paid {
        order: &order.id,
        amount,
        method: &cmd.method,
        reference: cmd.reference.trim(),
        paid_on: cmd.paid_on,
        days: order.days_to_pay().unwrap_or(0),
    })?;
    ocds::publish(tx, &order, ocds::Tag::ImplementationUpdate)?;
    tell::seller(tx, &order, "procurement-tell-paid")?;
    Ok(order)
}

/// Nothing is paid before it was received (UU 1/2004 art. 21), nor tomorrow.
fn check(tx: &Tx<'_>, cmd: &Payment, order: &Order) -> Result<()> {
    let mut problems = Vec::new();
    if !METHODS.contains(&cmd.method.as_str()) {
        problems.push(Problem::new("method", "procurement-method-wanted"));
    }
    if !REFERENCE_CHARS.contains(&cmd.reference.trim().chars().count()) {
        problems.push(Problem::new("reference", "procurement-reference-wanted"));
    }
    let received = order.times.handed_over.map(Timestamp::date);
    if cmd.paid_on > Date::today(tx) || received.is_some_and(|day| cmd.paid_on < day) {
        let since = received.map(Date::iso).unwrap_or_default();
        problems.push(Problem::with("paid_on", "procurement-paid-on-wanted", since));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}
