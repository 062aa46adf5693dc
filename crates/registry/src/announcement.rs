//! Who outside may hear of a business: the organisation that trades as it.

use base::consumer::{Consumer, Kinds};
use base::{Result, StoredEvent, Tx, webhook};

use crate::business::{self, BusinessId};

/// What webhooks may hear of.
pub(crate) const TOPICS: &[&str] = &[
    "registry.business_changed",
    "registry.business_verified",
    "registry.business_returned",
    "registry.business_suspended",
    "registry.business_closed",
    "registry.business_confirmed",
    "registry.business_stale",
    "registry.class_changed",
];

/// Tells the webhooks.
pub(crate) const TELLER: Consumer =
    Consumer { name: "registry.webhooks", kinds: Kinds::Only(TOPICS), handle: tell };

fn tell(tx: &mut Tx<'_>, event: &StoredEvent) -> Result<()> {
    let Some(id) = BusinessId::parse(&event.subject) else { return Ok(()) };
    let Some(business) = business::maybe(tx, &id)? else { return Ok(()) };
    let to: Vec<_> = business.organisation.into_iter().collect();
    webhook::announce(tx, event, &to, &format!("/registry/registrations/{id}"))
}
