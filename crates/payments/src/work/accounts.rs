//! A number to pay into, at the bank: asked for, asked after, and closed.

use base::job::Workshop;
use base::{Error, Result, Rupiah, Tx};
use serde_json::Value;
use snap::va::{Named, VaAnswer, VaAsked, VaOfBill, VaState, VaWanted};
use snap::wire::PaymentStatus;
use snap::{Case, Money, Service};

use super::{bill_of, desk, written};
use crate::account::{self, Account, AccountState};
use crate::bill::{Bill, State};
use crate::client::Trouble;
use crate::receipt::{self, Came};

/// Once, and this sum alone.
const CLOSED: &str = "C";

/// The number of a bill, if somebody asked for one.
pub(super) fn of(shop: &Workshop, bill: &Bill) -> Result<Option<Account>> {
    let id = bill.id.clone();
    shop.db.read(move |read| account::of_bill(read, &id)).wait()
}

pub(super) fn fetch(shop: &Workshop, data: &Value) -> Result<()> {
    let bill = bill_of(shop, data)?;
    let desk = desk(shop)?;
    let account = of(shop, &bill)?.filter(|account| account.state == AccountState::Asked);
    let Some(account) = account.filter(|_| bill.state == State::Open && bill.expires_at > desk.now)
    else {
        return Ok(());
    };
    let question = VaWanted {
        named: Named::from(&account.number()?),
        virtual_account_name: account.name,
        trx_id: account.reference,
        total_amount: Money(bill.amount.amount()),
        virtual_account_trx_type: CLOSED.to_owned(),
        expired_date: written(bill.expires_at)?,
    };
    let given: Result<VaAnswer<VaOfBill>, Trouble> =
        desk.client(shop)?.ask(Service::VaCreate, &question);
    match given {
        Ok(given) if given.virtual_account_data.named.account() != question.named.account() => {
            return Err(Error::broken("the bank gave another number than was asked for"));
        }
        // The answer to the first try was lost: the number is ours alone.
        Ok(_) | Err(Trouble::Refused(Case::DuplicateReference)) => {}
        Err(trouble) => return Err(trouble.into()),
    }
    let keep = move |tx: &mut Tx<'_>| account::opened(tx, &bill);
    shop.db.write("payments.open_account", keep).wait()
}

/// What the bank knows of the payment of a number: nothing while it was not paid.
pub(super) fn ask(shop: &Workshop, account: &Account) -> Result<Option<Came>> {
    if account.state == AccountState::Asked {
        return Ok(None);
    }
    let desk = desk(shop)?;
    let client = desk.client(shop)?;
    let question = asked(account, client.number.as_str())?;
    let standing: VaAnswer<VaState> = client.ask(Service::VaStatus, &question)?;
    let state = standing.virtual_account_data;
    match (PaymentStatus::parse(&state.payment_flag_status), state.paid_amount) {
        (Some(PaymentStatus::Paid), Some(amount)) => {
            let amount = Rupiah::parse(amount.0).filter(|amount| *amount > Rupiah::ZERO);
            let amount = amount.ok_or_else(|| Error::broken("the bank says a sum of nothing"))?;
            let (reference, bank_reference) = (account.reference.clone(), state.payment_request_id);
            Ok(Some(Came { reference, bank_reference, amount }))
        }
        (Some(PaymentStatus::Paid), None) => Err(Error::broken("a payment without a sum")),
        (Some(_), _) => Ok(None),
        (None, _) => Err(Error::broken("the bank says a status that nobody knows")),
    }
}

fn asked(account: &Account, number: &str) -> Result<VaAsked> {
    let named = Named::from(&account.number()?);
    Ok(VaAsked { named, inquiry_request_id: number.to_owned() })
}

/// A number that was paid meanwhile cannot be closed: what came is taken in.
pub(super) fn close(shop: &Workshop, data: &Value) -> Result<()> {
    let bill = bill_of(shop, data)?;
    let account = of(shop, &bill)?.filter(|account| account.state == AccountState::Open);
    let Some(account) = account else { return Ok(()) };
    let desk = desk(shop)?;
    let client = desk.client(shop)?;
    let question = asked(&account, client.number.as_str())?;
    let closed: Result<VaAnswer<VaOfBill>, Trouble> = client.ask(Service::VaDelete, &question);
    let came = match closed {
        // One that the bank does not know any more was closed when the answer was lost.
        Ok(_) | Err(Trouble::Refused(Case::InvalidBill | Case::NotFound | Case::ExpiredBill)) => {
            None
        }
        Err(Trouble::Refused(Case::PaidBill)) => ask(shop, &account)?,
        Err(trouble) => return Err(trouble.into()),
    };
    let keep = move |tx: &mut Tx<'_>| {
        if let Some(came) = &came {
            receipt::receive(tx, came)?;
        }
        account::closed(tx, &bill.id)
    };
    shop.db.write("payments.close_account", keep).wait()
}
