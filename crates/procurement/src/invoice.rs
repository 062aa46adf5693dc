//! The seller asks for the money: never more than what was counted is worth.

use base::{Error, Problem, Result, Rupiah, Timestamp, Tx, require};

use crate::events::Invoiced;
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::state::State;
use crate::waiting::{self, Waiting};
use crate::{SELL, duties, ocds, postings, tell};

const NUMBER_CHARS_MAX: usize = 60;

/// An invoice as the seller writes it.
#[derive(Debug, Clone)]
pub struct Invoice {
    pub order: OrderId,
    pub number: String,
    pub amount: Rupiah,
}

/// The seller sends the invoice.
pub fn invoice(tx: &mut Tx<'_>, cmd: &Invoice) -> Result<Order> {
    require(tx, SELL)?;
    let mut order = order::find(tx, &cmd.order)?;
    duties::seller(tx, &order)?;
    if order.state != State::HandedOver {
        return Err(Refusal::NotHandedOver.into());
    }
    let number = cmd.number.trim();
    if number.is_empty() || number.chars().count() > NUMBER_CHARS_MAX {
        let problem = Problem::with("number", "procurement-invoice-number", NUMBER_CHARS_MAX);
        return Err(Error::Invalid(vec![problem]));
    }
    let less = order.money.received.minus(cmd.amount);
    let Some(less) = less.filter(|_| cmd.amount > Rupiah::ZERO) else {
        let most = order.money.received.display();
        return Err(Error::Invalid(vec![Problem::with(
            "amount",
            "procurement-invoice-amount",
            most,
        )]));
    };
    if less > Rupiah::ZERO {
        postings::forgive(tx, &order, less)?;
        postings::release(tx, &order, less)?;
        order.money.held = cmd.amount;
    }
    order.state = State::Invoiced;
    order.money.invoiced = cmd.amount;
    order.invoice_number = Some(number.to_owned());
    order.times.invoiced = Some(Timestamp::of(tx));
    waiting::begin(tx, &mut order, Waiting::Payment)?;
    order::save(tx, &order)?;
    let (amount, pay_until) = (cmd.amount, order.waits_until);
    tx.record(&Invoiced { order: &order.id, number, amount, pay_until })?;
    ocds::publish(tx, &order, ocds::Tag::ImplementationUpdate)?;
    tell::treasurers(tx, &order, "procurement-tell-invoiced")?;
    Ok(order)
}
