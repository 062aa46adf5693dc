//! Sellers hear what became of their payouts, and what is not paid out covers what they owe to buyers.

use base::consumer::{Consumer, Kinds};
use base::{Result, Rupiah, StoredEvent, Tx};
use registry::{BusinessId, business};
use serde::Deserialize;

use crate::{settlement, tell};

/// Tells sellers, and gives back what waited.
pub(crate) const PAYOUTS: Consumer = Consumer {
    name: "market.payouts",
    kinds: Kinds::Only(&[
        "payments.payout_paid",
        "payments.payout_refused",
        "payments.payout_dropped",
    ]),
    handle,
};

/// What events of payouts say.
#[derive(Deserialize)]
struct Ended {
    party: String,
    amount: Rupiah,
}

fn handle(tx: &mut Tx<'_>, event: &StoredEvent) -> Result<()> {
    let Ok(Ended { party, amount }) = serde_json::from_str(&event.data) else { return Ok(()) };
    let Some(id) = BusinessId::parse(&party) else { return Ok(()) };
    let seller = business::find(tx, &id)?;
    match event.kind.as_str() {
        "payments.payout_paid" => tell::payout(tx, &seller, "market-tell-paid-out", amount),
        "payments.payout_refused" => {
            tell::payout(tx, &seller, "market-tell-not-paid-out", amount)?;
            settlement::cover(tx, &id)
        }
        _ => settlement::cover(tx, &id),
    }
}
