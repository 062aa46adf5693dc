//! The seller asks for the money: what was counted is worth, or less where the seller says that the
//! difference is given up. Until it is paid the invoice can be withdrawn or returned; nothing is given
//! up before.

use base::{Error, Problem, Result, Rupiah, Timestamp, Tx, require};

use crate::events::{InvoiceReturned, InvoiceWithdrawn, Invoiced};
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::request::reason_of;
use crate::state::State;
use crate::waiting::{self, Waiting};
use crate::{PAY, SELL, duties, handover, ocds, tell};

const NUMBER_CHARS_MAX: usize = 60;

/// An invoice as the seller writes it.
#[derive(Debug, Clone)]
pub struct Invoice {
    pub order: OrderId,
    pub number: String,
    pub amount: Rupiah,
    /// The seller knows that what is not asked for now can never be asked for.
    pub gives_up_rest: bool,
}

/// The seller sends the invoice.
pub fn invoice(tx: &mut Tx<'_>, cmd: &Invoice) -> Result<Order> {
    require(tx, SELL)?;
    let mut order = order::find(tx, &cmd.order)?;
    duties::seller(tx, &order)?;
    if order.state != State::HandedOver {
        return Err(Refusal::step(State::HandedOver, order.state).into());
    }
    check(tx, cmd, &order)?;
    let number = cmd.number.trim();
    order.state = State::Invoiced;
    order.money.invoiced = cmd.amount;
    order.invoice_number = Some(number.to_owned());
    order.times.invoiced = Some(Timestamp::of(tx));
    order.reason.clear();
    waiting::begin(tx, &mut order, Waiting::Payment)?;
    order::save(tx, &order)?;
    let (amount, pay_until) = (cmd.amount, order.waits_until);
    tx.record(&Invoiced { order: &order.id, number, amount, pay_until })?;
    ocds::publish(tx, &order, ocds::Tag::ImplementationUpdate)?;
    tell::treasurers(tx, &order, "procurement-tell-invoiced")?;
    Ok(order)
}

fn check(tx: &mut Tx<'_>, cmd: &Invoice, order: &Order) -> Result<()> {
    let mut problems = Vec::new();
    let number = cmd.number.trim();
    if number.is_empty() || number.chars().count() > NUMBER_CHARS_MAX {
        problems.push(Problem::with("number", "procurement-invoice-number", NUMBER_CHARS_MAX));
    } else if let Some(other) = same_number(tx, order, number)? {
        problems.push(Problem::with("number", "procurement-invoice-number-used", other));
    }
    match order.money.received.minus(cmd.amount) {
        None => {
            let most = order.money.received.display();
            problems.push(Problem::with("amount", "procurement-invoice-amount", most));
        }
        Some(_) if cmd.amount == Rupiah::ZERO => {
            problems.push(Problem::new("amount", "procurement-invoice-zero"));
        }
        Some(less) if less > Rupiah::ZERO && !cmd.gives_up_rest => {
            let less = less.display();
            problems.push(Problem::with("gives_up_rest", "procurement-invoice-less", less));
        }
        Some(_) => {}
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// The order that this seller sent the same number for.
fn same_number(tx: &mut Tx<'_>, order: &Order, number: &str) -> Result<Option<String>> {
    let other: Option<(String,)> = tx.first(
        "SELECT COALESCE(number, request_number) FROM procurement_orders
         WHERE seller = $1 AND lower(invoice_number) = lower(CAST($2 AS TEXT)) AND id <> $3
         ORDER BY id LIMIT 1",
        &[&order.seller.organisation, &number, &order.id],
    )?;
    Ok(other.map(|(known_as,)| known_as))
}

/// The seller takes an unpaid invoice back, to send a right one.
pub(crate) fn withdraw(tx: &mut Tx<'_>, id: &OrderId, reason: &str) -> Result<Order> {
    require(tx, SELL)?;
    let mut order = order::find(tx, id)?;
    duties::seller(tx, &order)?;
    let (undone, reason) = undo(tx, &mut order, reason)?;
    let Undone { number, amount } = undone;
    tx.record(&InvoiceWithdrawn { order: id, number: &number, amount, reason: &reason })?;
    ocds::publish(tx, &order, ocds::Tag::ImplementationUpdate)?;
    tell::treasurers(tx, &order, "procurement-tell-invoice-withdrawn")?;
    Ok(order)
}

/// The treasurer sends an unpaid invoice back to the seller, and says what is wrong with it.
pub(crate) fn give_back(tx: &mut Tx<'_>, id: &OrderId, reason: &str) -> Result<Order> {
    require(tx, PAY)?;
    let mut order = order::find(tx, id)?;
    let receivers = handover::receivers(tx, id)?;
    duties::payer(tx, &order, &receivers)?;
    let (undone, reason) = undo(tx, &mut order, reason)?;
    let Undone { number, amount } = undone;
    tx.record(&InvoiceReturned { order: id, number: &number, amount, reason: &reason })?;
    ocds::publish(tx, &order, ocds::Tag::ImplementationUpdate)?;
    tell::seller(tx, &order, "procurement-tell-invoice-returned")?;
    Ok(order)
}

/// What the invoice said that is none any more.
struct Undone {
    number: String,
    amount: Rupiah,
}

/// The order waits for an invoice again; its budget and the debt are as they were.
fn undo(tx: &mut Tx<'_>, order: &mut Order, reason: &str) -> Result<(Undone, String)> {
    if order.state != State::Invoiced {
        return Err(Refusal::step(State::Invoiced, order.state).into());
    }
    let reason = reason_of(reason)?;
    let number = order.invoice_number.take().unwrap_or_default();
    let undone = Undone { number, amount: order.money.invoiced };
    order.state = State::HandedOver;
    order.money.invoiced = Rupiah::ZERO;
    order.times.invoiced = None;
    order.reason.clone_from(&reason);
    waiting::begin(tx, order, Waiting::Invoice)?;
    order::save(tx, order)?;
    Ok((undone, reason))
}
