//! Money goes back: by the way it came, or to an account that the payer has named.

use base::job::Workshop;
use base::{Error, Id, Read, Result, Tx};
use serde_json::Value;
use snap::wire::{RefundGiven, RefundWanted};
use snap::{Case, Money, Service};

use super::desk;
use super::transfer::{self, Transfer};
use crate::client::Trouble;
use crate::payee;
use crate::receipt::{self, Receipt};
use crate::refund::{self, Kept};

pub(super) fn give_back(shop: &Workshop, data: &Value) -> Result<()> {
    let id = data["refund"].as_str().and_then(Id::parse);
    let id = id.ok_or_else(|| Error::broken("a job without its refund"))?;
    let keyring = std::sync::Arc::clone(&shop.keyring);
    let look = move |read: &mut Read<'_>| {
        let kept = refund::find(read, &id)?.ok_or(Error::NotFound)?;
        let receipt = receipt::of_reference(read, &kept.reference)?;
        let receipt = receipt.ok_or_else(|| Error::broken("a refund without a payment"))?;
        let to = payee::find_whole(read, &keyring, kept.bill.as_str())?;
        Ok::<_, Error>((kept, receipt, to))
    };
    let (kept, receipt, to) = shop.db.read(look).wait()?;
    if !kept.is_waiting() {
        return Ok(());
    }
    let given = match to.filter(|_| kept.goes_to_account()) {
        Some(to) => {
            let (reference, amount) = (kept.transfer_reference(), kept.amount);
            transfer::send(shop, Transfer { reference, amount, to })?.is_some()
        }
        None => by_code(shop, &kept, &receipt)?,
    };
    let keep = move |tx: &mut Tx<'_>| match given {
        true => refund::done(tx, &kept),
        false => refund::refused(tx, &kept),
    };
    shop.db.write("payments.refund", keep).wait()
}

/// By the code that was paid; `false` if the bank will not.
fn by_code(shop: &Workshop, kept: &Kept, receipt: &Receipt) -> Result<bool> {
    let desk = desk(shop)?;
    let question = RefundWanted {
        original_reference_no: receipt.bank_reference.clone(),
        original_partner_reference_no: receipt.reference.clone(),
        partner_refund_no: kept.id.to_string(),
        merchant_id: desk.profile.merchant.clone(),
        refund_amount: Money(kept.amount.amount()),
        reason: "pesanan batal".to_owned(),
    };
    let answered: Result<RefundGiven, Trouble> =
        desk.client(shop)?.ask(Service::QrRefund, &question);
    match answered {
        // The answer to the first try was lost: the number of a refund is ours alone.
        Ok(_) | Err(Trouble::Refused(Case::DuplicateReference)) => Ok(true),
        Err(Trouble::Refused(_)) => Ok(false),
        Err(unclear) => Err(unclear.into()),
    }
}
