//! Whom each step is told: whoever acts next, and whoever waited for it.

use base::account::Organisation;
use base::message::{self, To};
use base::{Date, Id, Result, Role, Tx};
use serde_json::json;

use crate::order::Order;

/// Those who may approve at the agency.
pub(crate) fn approvers(tx: &mut Tx<'_>, order: &Order, key: &'static str) -> Result<()> {
    role(tx, order, Role::Approver, key)
}

/// Those who count at the agency.
pub(crate) fn receivers(tx: &mut Tx<'_>, order: &Order, key: &'static str) -> Result<()> {
    role(tx, order, Role::Receiver, key)
}

/// Those who pay at the agency.
pub(crate) fn treasurers(tx: &mut Tx<'_>, order: &Order, key: &'static str) -> Result<()> {
    role(tx, order, Role::Treasurer, key)
}

/// The head of the agency.
pub(crate) fn head(tx: &mut Tx<'_>, order: &Order, key: &'static str) -> Result<()> {
    role(tx, order, Role::AgencyHead, key)
}

/// Who stated the need.
pub(crate) fn requester(tx: &mut Tx<'_>, order: &Order, key: &'static str) -> Result<()> {
    let requester = To::Person(order.people.requester.to_string());
    say(tx, order, &requester, key)
}

/// Who stated the need and who approved it.
pub(crate) fn buyers(tx: &mut Tx<'_>, order: &Order, key: &'static str) -> Result<()> {
    requester(tx, order, key)?;
    match &order.people.approver {
        Some(approver) => say(tx, order, &To::Person(approver.to_string()), key),
        None => Ok(()),
    }
}

/// Everybody who answers for the seller.
pub(crate) fn seller(tx: &mut Tx<'_>, order: &Order, key: &'static str) -> Result<()> {
    let seller: &Id<Organisation> = &order.seller.organisation;
    say(tx, order, &To::Organisation(seller.to_string()), key)
}

/// The seller, with one more thing to know (`$d`).
pub(crate) fn seller_about(
    tx: &mut Tx<'_>,
    order: &Order,
    key: &'static str,
    about: &str,
) -> Result<()> {
    write(tx, order, &To::Organisation(order.seller.organisation.to_string()), (key, about))
}

fn role(tx: &mut Tx<'_>, order: &Order, role: Role, key: &'static str) -> Result<()> {
    let to = To::Role { organisation: Some(order.agency.to_string()), role };
    say(tx, order, &to, key)
}

fn say(tx: &mut Tx<'_>, order: &Order, to: &To, key: &'static str) -> Result<()> {
    write(tx, order, to, (key, ""))
}

/// `$a` is the number, `$b` the title, `$c` the last day of whoever's turn it is, `$d` what else.
fn write(
    tx: &mut Tx<'_>,
    order: &Order,
    to: &To,
    (key, about): (&'static str, &str),
) -> Result<()> {
    let until = order.waits_until.map(Date::iso).unwrap_or_default();
    let args = json!({ "a": order.known_as(), "b": order.need.title, "c": until, "d": about });
    message::tell(tx, to, key, &args, Some(&order.href()))?;
    Ok(())
}
