//! Open contracting data (OCDS 1.1.5): each step of an order, from the day its seller agreed, is
//! published as a release that never changes. Sellers are named by NIB and registry number, never by a personal number; the people
//! who act for an agency are not named at all.

mod export;
mod record;
mod release;
mod wire;

use base::{Id, Result, Timestamp, Tx};

use crate::order::Order;
use crate::{budget, handover, line};

pub(crate) use export::{Package, page, releases_of};
pub use export::{PackageHead, export};
pub(crate) use record::{RecordPackage, record, records};
pub(crate) use wire::Tag;

/// The prefix of every ocid. This one is the placeholder of the standard: a city registers its own
/// with the Open Contracting Partnership.
const OCID_PREFIX: &str = "ocds-xxxxxx";

/// The identity of a release.
pub(crate) type ReleaseId = Id<wire::Release>;

/// The open contracting id of an order.
pub(crate) fn ocid(order: &Order) -> String {
    format!("{OCID_PREFIX}-{}", order.id)
}

/// Publishes what is known of an order after a step; nothing before its seller agreed to it.
pub(crate) fn publish(tx: &mut Tx<'_>, order: &Order, tag: Tag) -> Result<()> {
    if !order.was_agreed() {
        return Ok(());
    }
    let lines = line::of(tx, &order.id)?;
    let budget = budget::find(tx, &order.budget_line)?;
    let handovers = handover::of(tx, &order.id)?;
    let (id, at): (ReleaseId, _) = (tx.new_id(), Timestamp::of(tx));
    let facts = release::Facts { order, lines: &lines, budget: &budget, handovers: &handovers };
    let release = release::of(&facts, &id, at, tag);
    let body = serde_json::to_string(&release).map_err(base::Error::broken)?;
    tx.execute(
        "INSERT INTO procurement_releases (id, ocid, day, tag, body) VALUES ($1, $2, $3, $4, $5)",
        &[&id, &release.ocid, &at.date().iso(), &tag.codes()[0], &body],
    )?;
    Ok(())
}
