//! Which businesses sell to the public at the moment. The shop that sells says so; the catalogue keeps it,
//! so that its shelf and its pages know what can be bought.

use base::{Read, Result, Timestamp, Tx};
use registry::BusinessId;

use crate::events::{OutletClosed, OutletOpened};

/// Whether the goods of a business can be bought by everybody.
pub fn is_open(read: &mut Read<'_>, business: &BusinessId) -> Result<bool> {
    let open: Option<(bool,)> =
        read.first("SELECT open FROM catalog_outlets WHERE business = $1", &[business])?;
    Ok(open.is_some_and(|(open,)| open))
}

/// Says whether they can. Called inside the transaction of the shop that opens or closes.
pub fn set(tx: &mut Tx<'_>, business: &BusinessId, open: bool) -> Result<()> {
    let now = Timestamp::of(tx);
    tx.execute(
        "INSERT INTO catalog_outlets (business, open, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (business) DO UPDATE SET open = excluded.open, changed_at = excluded.changed_at",
        &[business, &open, &now],
    )?;
    match open {
        true => tx.record(&OutletOpened { business })?,
        false => tx.record(&OutletClosed { business })?,
    }
    Ok(())
}
