//! The treasurer records how the seller was paid: from the treasurer's float (UP), straight from
//! the treasury (LS, with its SP2D) or by government card (KKPD).

use base::{Date, Error, Problem, Result, Rupiah, Timestamp, Tx, require};

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
        return Err(Refusal::step(State::Invoiced, order.state).into());
    }
    check(tx, cmd, &order)?;
    let amount = order.money.invoiced;
    let less = order.money.received.minus(amount).expect("an invoice is never above the goods");
    if less > Rupiah::ZERO {
        postings::forgive(tx, &order, less)?;
        postings::release(tx, &order, less)?;
        order.money.held = amount;
    }
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
    tell::seller_about(tx, &order, "procurement-tell-paid", &amount.display())?;
    Ok(order)
}

/// Another order that this proof paid already. One proof may pay several orders of one agency at one
/// seller in one way: an LS pays one seller, a receipt or card slip is written for one. An SP2D has its
/// number from the city's treasury, so it is the same for every agency; receipts are numbered by each.
fn same_reference(tx: &mut Tx<'_>, cmd: &Payment, order: &Order) -> Result<Option<String>> {
    let other: Option<(String,)> = tx.first(
        "SELECT COALESCE(number, request_number) FROM procurement_orders
         WHERE lower(payment_reference) = lower(CAST($1 AS TEXT)) AND id <> $2
             AND (agency = $3 OR (payment_method = 'ls' AND CAST($4 AS TEXT) = 'ls'))
             AND NOT (agency = $3 AND seller = $5 AND payment_method = $4)
         ORDER BY id LIMIT 1",
        &[&cmd.reference.trim(), &order.id, &order.agency, &cmd.method, &order.seller.organisation],
    )?;
    Ok(other.map(|(known_as,)| known_as))
}

/// Nothing is paid before it was received (UU 1/2004 art. 21), nor tomorrow.
fn check(tx: &mut Tx<'_>, cmd: &Payment, order: &Order) -> Result<()> {
    let mut problems = Vec::new();
    if !METHODS.contains(&cmd.method.as_str()) {
        problems.push(Problem::new("method", "procurement-method-wanted"));
    }
    if !REFERENCE_CHARS.contains(&cmd.reference.trim().chars().count()) {
        problems.push(Problem::new("reference", "procurement-reference-wanted"));
    } else if let Some(other) = same_reference(tx, cmd, order)? {
        problems.push(Problem::with("reference", "procurement-reference-used", other));
    }
    let received = order.times.handed_over.map(Timestamp::date);
    if cmd.paid_on > Date::today(tx) || received.is_some_and(|day| cmd.paid_on < day) {
        let since = received.map(Date::iso).unwrap_or_default();
        problems.push(Problem::with("paid_on", "procurement-paid-on-wanted", since));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}
