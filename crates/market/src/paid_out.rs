//! Sellers hear what became of their payouts.

use base::consumer::{Consumer, Kinds};
use base::{Result, Rupiah, StoredEvent, Tx};
use registry::{BusinessId, business};
use serde::Deserialize;

use crate::tell;

/// Tells sellers.
pub(crate) const PAYOUTS: Consumer = Consumer {
    name: "market.payouts",
    kinds: Kinds::Only(&["payments.payout_paid", "payments.payout_refused"]),
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
    let key = match event.kind.as_str() {
        "payments.payout_paid" => "market-tell-paid-out",
        _ => "market-tell-not-paid-out",
    };
    tell::payout(tx, &seller, key, amount)
}
