//! Who outside may hear of goods: the organisation whose business offers them.

use base::consumer::{Consumer, Kinds};
use base::{Result, StoredEvent, Tx, webhook};
use registry::business;

use crate::product::{self, ProductId};

/// What webhooks may hear of.
pub(crate) const TOPICS: &[&str] =
    &["catalog.product_listed", "catalog.product_changed", "catalog.stock_moved"];

/// Tells the webhooks.
pub(crate) const TELLER: Consumer =
    Consumer { name: "catalog.webhooks", kinds: Kinds::Only(TOPICS), handle: tell };

fn tell(tx: &mut Tx<'_>, event: &StoredEvent) -> Result<()> {
    let Some(id) = ProductId::parse(&event.subject) else { return Ok(()) };
    let product = product::find(tx, &id)?;
    let business = business::find(tx, &product.business)?;
    let to: Vec<_> = business.organisation.into_iter().collect();
    webhook::announce(tx, event, &to, &format!("/catalog/products/{id}"))
}
