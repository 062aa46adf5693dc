//! The steps of an order that take no more than a word, through one door: what the demo and the
//! stories of other crates call. Pages call each step's own file.

use base::{Result, Tx};

use crate::order::{Order, OrderId};
use crate::{acceptance, approval, cancellation, delivery, invoice, request};

/// One step, with its reason or note where it has one.
#[derive(Debug, Clone, Copy)]
pub enum Act<'a> {
    /// The approver sends the order letter.
    Approve,
    /// The approver says no.
    Reject(&'a str),
    /// The approver takes an order back.
    Cancel(&'a str),
    /// The requester takes the need back.
    Withdraw(&'a str),
    /// The seller will deliver.
    Accept,
    /// The seller will not.
    Decline(&'a str),
    /// The seller accepted and cannot deliver after all.
    BackOut(&'a str),
    /// The seller says it is there.
    Deliver(&'a str),
    /// The seller said so too early.
    TakeBackDelivery(&'a str),
    /// The seller takes the invoice back.
    WithdrawInvoice(&'a str),
    /// The treasurer sends the invoice back.
    ReturnInvoice(&'a str),
}

/// Takes the step, as whoever acts: each step asks for its own permission and its own person.
pub fn act(tx: &mut Tx<'_>, id: &OrderId, step: Act<'_>) -> Result<Order> {
    match step {
        Act::Approve => approval::approve(tx, id),
        Act::Reject(reason) => approval::reject(tx, id, reason),
        Act::Cancel(reason) => cancellation::cancel(tx, id, reason),
        Act::Withdraw(reason) => request::withdraw(tx, id, reason),
        Act::Accept => acceptance::accept(tx, id),
        Act::Decline(reason) => acceptance::decline(tx, id, reason),
        Act::BackOut(reason) => acceptance::back_out(tx, id, reason),
        Act::Deliver(note) => delivery::deliver(tx, id, note),
        Act::TakeBackDelivery(reason) => delivery::take_back(tx, id, reason),
        Act::WithdrawInvoice(reason) => invoice::withdraw(tx, id, reason),
        Act::ReturnInvoice(reason) => invoice::give_back(tx, id, reason),
    }
}
