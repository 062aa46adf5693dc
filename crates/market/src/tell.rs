//! Sellers are told of every step that others take. Guests have no inbox: they hold the order's link.

use base::message::{self, To};
use base::{Date, Result, Tx};
use serde_json::json;

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
