//! What each step writes into the ledger. In the budget's book an order's money moves from free to
//! reserved to committed to spent; in the city's book goods received become a debt and then a
//! payment.

use base::{Date, Result, Rupiah, Tx};
use ledger::{Account, Entry, Line};

use crate::order::Order;
use crate::refusal::Refusal;

/// Sets the order's total aside, or refuses when the line has less left.
pub(crate) fn reserve(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    let free = ledger::balance(tx, ledger::BUDGET_FREE, order.budget_line.as_str())?;
    if free.amount() < order.money.total.amount() {
        return Err(Refusal::NotEnoughBudget.into());
    }
    transfer(
        tx,
        order,
        "budget-reserved",
        (ledger::BUDGET_FREE, ledger::BUDGET_RESERVED, order.money.total),
    )
}

/// What was reserved is promised to the seller.
pub(crate) fn commit(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    let amount = order.money.held;
    transfer(
        tx,
        order,
        "budget-committed",
        (ledger::BUDGET_RESERVED, ledger::BUDGET_COMMITTED, amount),
    )
}

/// Some of what is held becomes free again: the order ended, or came to less.
pub(crate) fn release(tx: &mut Tx<'_>, order: &Order, amount: Rupiah) -> Result<()> {
    let held = order.state.account().expect("money is released only while it is held");
    transfer(tx, order, "budget-released", (held, ledger::BUDGET_FREE, amount))
}

/// What was counted is owed to the seller.
pub(crate) fn receive(tx: &mut Tx<'_>, order: &Order, worth: Rupiah) -> Result<()> {
    let owed = [
        Line::debit(ledger::PURCHASES, &order.agency, worth),
        Line::credit(ledger::PAYABLE, &order.seller.business, worth),
    ];
    post(tx, order, "goods-received", owed)
}

/// The seller is paid less than the goods were worth, as the invoice asked.
pub(crate) fn forgive(tx: &mut Tx<'_>, order: &Order, less: Rupiah) -> Result<()> {
    let owed = [
        Line::debit(ledger::PAYABLE, &order.seller.business, less),
        Line::credit(ledger::PURCHASES, &order.agency, less),
    ];
    post(tx, order, "invoiced-less", owed)
}

/// The debt is paid and the budget spent.
pub(crate) fn pay(tx: &mut Tx<'_>, order: &Order, amount: Rupiah) -> Result<()> {
    let money = [
        Line::debit(ledger::PAYABLE, &order.seller.business, amount),
        Line::credit(ledger::TREASURY, &order.agency, amount),
    ];
    let line = &order.budget_line;
    let budget = Line::transfer(ledger::BUDGET_COMMITTED, ledger::BUDGET_SPENT, line, amount);
    post(tx, order, "paid", money.into_iter().chain(budget))
}

fn transfer(
    tx: &mut Tx<'_>,
    order: &Order,
    what: &'static str,
    (from, to, amount): (Account, Account, Rupiah),
) -> Result<()> {
    if amount == Rupiah::ZERO {
        return Ok(());
    }
    post(tx, order, what, Line::transfer(from, to, &order.budget_line, amount))
}

fn post(
    tx: &mut Tx<'_>,
    order: &Order,
    what: &'static str,
    lines: impl IntoIterator<Item = Line>,
) -> Result<()> {
    let lines = lines.into_iter().collect();
    let entry = Entry::balanced(what, &order.id, Date::today(tx), lines)?;
    ledger::post(tx, &entry)?;
    Ok(())
}
