//! Money that the city sends to somebody's account, once for each number of the city's own.

use base::job::Workshop;
use base::{Error, Result, Rupiah};
use snap::wire::{PaymentStatus, TransferGiven, TransferQuery, TransferStanding, TransferWanted};
use snap::{Case, Money, Service};

use super::{Desk, desk};
use crate::client::Trouble;
use crate::payee::Payee;

/// What is sent.
pub(super) struct Transfer {
    /// The city's own number of it.
    pub(super) reference: String,
    pub(super) amount: Rupiah,
    pub(super) to: Payee,
}

/// Sends it: the bank's number of it, or nothing if the bank will not, such as because there is no such
/// account.
pub(super) fn send(shop: &Workshop, transfer: Transfer) -> Result<Option<String>> {
    let Transfer { reference, amount, to } = transfer;
    let desk = desk(shop)?;
    let client = desk.client(shop)?;
    let question = TransferWanted {
        partner_reference_no: reference.clone(),
        amount: Money(amount.amount()),
        beneficiary_bank_code: Some(to.bank),
        beneficiary_account_no: to.number,
        beneficiary_account_name: to.holder,
        source_account_no: desk.profile.merchant.clone(),
        transaction_date: client.timestamp.clone(),
    };
    let answered: Result<TransferGiven, Trouble> =
        client.ask(Service::TransferInterbank, &question);
    match answered {
        Ok(given) => Ok(Some(given.reference_no)),
        // The answer to the first try was lost: the number is ours alone.
        Err(Trouble::Refused(Case::DuplicateReference)) => {
            standing(shop, &desk, (reference, amount))
        }
        Err(Trouble::Refused(_)) => Ok(None),
        Err(unclear) => Err(unclear.into()),
    }
}

/// What became of a transfer that the bank knows already: its number there once it is paid, nothing if it
/// failed. One that is under way is asked after again.
fn standing(
    shop: &Workshop,
    desk: &Desk,
    (reference, amount): (String, Rupiah),
) -> Result<Option<String>> {
    let question = TransferQuery {
        original_partner_reference_no: reference,
        service_code: Service::TransferInterbank.code().to_owned(),
    };
    let standing = desk.client(shop)?.ask(Service::TransferStatus, &question);
    let standing: TransferStanding = standing.map_err(Error::from)?;
    let same = standing.amount == Money(amount.amount());
    match PaymentStatus::parse(&standing.latest_transaction_status) {
        Some(PaymentStatus::Paid) if same => Ok(Some(standing.original_reference_no)),
        Some(PaymentStatus::Over) => Ok(None),
        _ => Err(Error::broken("the bank has not finished with a transfer")),
    }
}
