//! A seller is paid.

use base::job::Workshop;
use base::{Error, Id, Read, Result, Tx};
use serde_json::Value;

use super::transfer::{self, Transfer};
use crate::payout;

pub(super) fn pay_out(shop: &Workshop, data: &Value) -> Result<()> {
    let id = data["payout"].as_str().and_then(Id::parse);
    let id = id.ok_or_else(|| Error::broken("a job without its payout"))?;
    let keyring = std::sync::Arc::clone(&shop.keyring);
    let look = move |read: &mut Read<'_>| {
        let Some(payout) = payout::to_pay(read, &id)? else { return Ok(None) };
        let account = payout::account_of(read, &keyring, &payout)?;
        Ok::<_, Error>(Some((payout, account)))
    };
    let Some((payout, account)) = shop.db.read(look).wait()? else { return Ok(()) };
    let Some(to) = account else {
        return shop.db.write("payments.drop", move |tx| payout::dropped(tx, &payout)).wait();
    };
    let (reference, amount) = (payout.id.to_string(), payout.amount);
    let paid = transfer::send(shop, Transfer { reference, amount, to })?;
    let keep = move |tx: &mut Tx<'_>| match &paid {
        Some(reference) => payout::paid(tx, &payout, reference),
        None => payout::refused(tx, &payout),
    };
    shop.db.write("payments.pay_out", keep).wait()
}
