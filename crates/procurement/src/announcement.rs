//! Who outside may hear of an order: its agency, and its seller once it is an order.

use base::consumer::{Consumer, Kinds};
use base::{Result, StoredEvent, Tx, webhook};

use crate::order::{self, OrderId};

/// What webhooks may hear of.
pub(crate) const TOPICS: &[&str] = &[
    "procurement.requested",
    "procurement.withdrawn",
    "procurement.rejected",
    "procurement.ordered",
    "procurement.accepted",
    "procurement.declined",
    "procurement.backed_out",
    "procurement.lapsed",
    "procurement.cancelled",
    "procurement.delivered",
    "procurement.delivery_withdrawn",
    "procurement.returned",
    "procurement.handed_over",
    "procurement.escalated",
    "procurement.invoiced",
    "procurement.invoice_withdrawn",
    "procurement.invoice_returned",
    "procurement.paid",
];

/// What is the agency's own affair.
const INSIDE: &[&str] = &[
    "procurement.requested",
    "procurement.withdrawn",
    "procurement.rejected",
    "procurement.escalated",
];

/// Tells the webhooks.
pub(crate) const TELLER: Consumer =
    Consumer { name: "procurement.webhooks", kinds: Kinds::Only(TOPICS), handle: tell };

fn tell(tx: &mut Tx<'_>, event: &StoredEvent) -> Result<()> {
    let Some(id) = OrderId::parse(&event.subject) else { return Ok(()) };
    let order = order::find(tx, &id)?;
    let mut to = vec![order.agency.clone()];
    if order.number.is_some() && !INSIDE.contains(&event.kind.as_str()) {
        to.push(order.seller.organisation.clone());
    }
    webhook::announce(tx, event, &to, &order.href())
}
