//! Sellers are told of every step that others take. Guests have no inbox: they hold the order's link.

use base::message::{self, To};
use base::{Date, Result, Role, Rupiah, Tx};
use serde_json::json;

use registry::Business;

use crate::complaint::ComplaintId;
use crate::order::Order;

/// Everybody who answers for the seller. `$a` is the number, `$b` the buyer's first name, `$c` the last
/// day of whoever's turn it is.
pub(crate) fn seller(tx: &mut Tx<'_>, order: &Order, key: &'static str) -> Result<()> {
    let until = order.waits_until.map(Date::iso).unwrap_or_default();
    let args = json!({ "a": order.number, "b": order.buyer_name, "c": until });
    let to = To::Organisation(order.organisation.to_string());
    message::tell(tx, &to, key, &args, Some(&order.href()))?;
    Ok(())
}

/// Everybody who answers for a seller hears that they are paid elsewhere from now on.
pub(crate) fn account_changed(tx: &mut Tx<'_>, business: &Business) -> Result<()> {
    let Some(organisation) = &business.organisation else { return Ok(()) };
    let to = To::Organisation(organisation.to_string());
    let (key, args) = ("market-tell-account", json!({ "a": business.name }));
    message::tell(tx, &to, key, &args, Some("/market/money"))?;
    Ok(())
}

/// A seller was paid, or the bank would not. `$a` is the sum.
pub(crate) fn payout(
    tx: &mut Tx<'_>,
    business: &Business,
    key: &'static str,
    sum: Rupiah,
) -> Result<()> {
    let Some(organisation) = &business.organisation else { return Ok(()) };
    let to = To::Organisation(organisation.to_string());
    message::tell(tx, &to, key, &json!({ "a": sum.display() }), Some("/market/money"))?;
    Ok(())
}

/// Everybody who answers for the seller hears how a complaint ended. `$a` is the number, `$b` what goes back.
pub(crate) fn settled(
    tx: &mut Tx<'_>,
    order: &Order,
    key: &'static str,
    back: Rupiah,
) -> Result<()> {
    let to = To::Organisation(order.organisation.to_string());
    let args = json!({ "a": order.number, "b": back.display() });
    message::tell(tx, &to, key, &args, Some(&order.href()))?;
    Ok(())
}

/// The clerks of the market hear that they decide. `$a` is the number of the order.
pub(crate) fn clerks(tx: &mut Tx<'_>, order: &Order, complaint: &ComplaintId) -> Result<()> {
    let to = To::Role { organisation: None, role: Role::MarketClerk };
    let (args, href) = (json!({ "a": order.number }), format!("/market/complaints/{complaint}"));
    message::tell(tx, &to, "market-tell-decide", &args, Some(&href))?;
    Ok(())
}
