//! What is done at the bank behind a commit: a code is fetched, a payment is asked after, a bill that is too
//! old is closed, money is given back. Each bears being done twice.

use base::job::{self, JobKind, Workshop};
use base::{Error, Id, Read, Result, Rupiah, Timestamp, Tx};
use serde_json::{Value, json};
use snap::wire::{
    PaymentStatus, QrAsked, QrGiven, QrStanding, QrWanted, RefundGiven, RefundWanted,
    TransferGiven, TransferQuery, TransferStanding, TransferWanted,
};
use snap::{Case, Money, Service, moment};

use crate::bank::{self, Profile};
use crate::bill::{self, Bill, BillId, State};
use crate::client::{Client, Trouble};
use crate::payout::{self, Payout};
use crate::receipt::{self, Came};
use crate::refund;
use crate::refusal::Refusal;

/// Fetches a code.
pub(crate) const CODE: &str = "payments.code";
/// Asks whether a code was paid.
pub(crate) const LOOK: &str = "payments.look";
/// Closes a bill that nobody paid.
pub(crate) const EXPIRY: &str = "payments.expiry";
/// Gives money back.
pub(crate) const REFUND: &str = "payments.refund";

/// Pays a seller.
pub(crate) const PAYOUT: &str = "payments.payout";

/// The work of this area.
pub const JOBS: &[JobKind] = &[
    JobKind { kind: CODE, run: fetch_code },
    JobKind { kind: LOOK, run: look },
    JobKind { kind: EXPIRY, run: expire },
    JobKind { kind: REFUND, run: give_back },
    JobKind { kind: PAYOUT, run: pay_out },
];

/// A payment of which no notice came is found this soon.
const LOOK_MS: i64 = 2 * 60 * 1000;
/// So long a bank that cannot be reached keeps a bill from being closed.
const GRACE_MS: i64 = 15 * 60 * 1000;

/// The payer says that they have paid: the bank is asked at once.
pub fn look_again(tx: &mut Tx<'_>, id: &BillId) -> Result<()> {
    let bill = bill::find(tx, id)?;
    if bill.state != State::Open || bill.code.is_empty() {
        return Err(Refusal::NotOpen.into());
    }
    job::enqueue(tx, LOOK, &json!({ "bill": id.as_str(), "once": true }), None)?;
    Ok(())
}

/// The bank told a sum that is not the bill's: it is asked what is true.
pub(crate) fn ask_after(tx: &mut Tx<'_>, id: &BillId) -> Result<()> {
    job::enqueue(tx, LOOK, &json!({ "bill": id.as_str(), "once": true }), None)?;
    Ok(())
}

struct Desk {
    profile: Profile,
    now: Timestamp,
}

fn desk(shop: &Workshop) -> Result<Desk> {
    let keyring = std::sync::Arc::clone(&shop.keyring);
    let look = move |read: &mut Read<'_>| {
        let profile = bank::find(read, &keyring)?.ok_or(Refusal::NotConnected)?;
        Ok(Desk { profile, now: Timestamp::of(read) })
    };
    shop.db.read(look).wait()
}

impl Desk {
    fn client<'c>(&'c self, shop: &'c Workshop, number: &str) -> Result<Client<'c>> {
        let timestamp = moment::write(self.now.as_ms());
        Ok(Client {
            courier: &shop.courier,
            profile: &self.profile,
            number: Id::parse(number).ok_or_else(|| Error::broken("a request needs a number"))?,
            timestamp: timestamp.ok_or_else(|| Error::broken("a clock beyond time"))?,
        })
    }
}

fn bill_of(shop: &Workshop, data: &Value) -> Result<Bill> {
    let id = data["bill"].as_str().and_then(BillId::parse);
    let id = id.ok_or_else(|| Error::broken("a job without its bill"))?;
    shop.db.read(move |read| bill::find(read, &id)).wait()
}

/// A number for a request, that only a transaction gives.
fn number(shop: &Workshop) -> Result<String> {
    let give = |tx: &mut Tx<'_>| -> Result<String> {
        let id: Id<Desk> = tx.new_id();
        Ok(id.to_string())
    };
    shop.db.write("payments.number", give).wait()
}

fn fetch_code(shop: &Workshop, data: &Value) -> Result<()> {
    let bill = bill_of(shop, data)?;
    let desk = desk(shop)?;
    if bill.state != State::Open || !bill.code.is_empty() || bill.expires_at <= desk.now {
        return Ok(());
    }
    let id = bill.id.clone();
    let reference = shop.db.write("payments.ask", move |tx| bill::ask(tx, &id)).wait()?;
    let until = moment::write(bill.expires_at.as_ms());
    let question = QrWanted {
        partner_reference_no: reference,
        amount: Money(bill.amount.amount()),
        merchant_id: desk.profile.merchant.clone(),
        terminal_id: "A01".to_owned(),
        validity_period: until.ok_or_else(|| Error::broken("a clock beyond time"))?,
    };
    let client = desk.client(shop, &number(shop)?)?;
    let given: QrGiven = client.ask(Service::QrGenerate, &question)?;
    check_code(&given, &bill)?;
    let keep = move |tx: &mut Tx<'_>| -> Result<()> {
        bill::give_code(tx, &bill.id, &given.reference_no, &given.qr_content)?;
        let at = Timestamp::of(tx).plus_ms(LOOK_MS);
        job::enqueue(tx, LOOK, &json!({ "bill": bill.id.as_str() }), Some(at))?;
        Ok(())
    };
    shop.db.write("payments.give_code", keep).wait()
}

/// What is shown to a payer must be payable, and over the bill's own sum.
fn check_code(given: &QrGiven, bill: &Bill) -> Result<()> {
    let code = qris::Qris::parse(&given.qr_content).map_err(Error::broken)?;
    let amount = code.amount().and_then(qris::Amount::whole);
    if amount == Some(bill.amount.amount()) {
        return Ok(());
    }
    Err(Error::broken("the bank gave a code over another sum"))
}

/// What the bank knows of the payment of a bill: nothing while it was not paid.
fn ask_bank(shop: &Workshop, bill: &Bill) -> Result<Option<Came>> {
    let desk = desk(shop)?;
    let id = bill.id.clone();
    let reference = shop.db.read(move |read| bill::last_reference(read, &id)).wait()?;
    let Some(reference) = reference.filter(|_| !bill.bank_reference.is_empty()) else {
        return Ok(None);
    };
    let question = QrAsked {
        original_reference_no: bill.bank_reference.clone(),
        original_partner_reference_no: reference.clone(),
        service_code: Service::QrGenerate.code().to_owned(),
        merchant_id: desk.profile.merchant.clone(),
    };
    let client = desk.client(shop, &number(shop)?)?;
    let standing: QrStanding = client.ask(Service::QrQuery, &question)?;
    match PaymentStatus::parse(&standing.latest_transaction_status) {
        Some(PaymentStatus::Paid) => {
            let amount = Rupiah::parse(standing.amount.0);
            let amount = amount.ok_or_else(|| Error::broken("the bank says a sum below zero"))?;
            let bank_reference = bill.bank_reference.clone();
            Ok(Some(Came { reference, bank_reference, amount }))
        }
        Some(_) => Ok(None),
        None => Err(Error::broken("the bank says a status that nobody knows")),
    }
}

fn look(shop: &Workshop, data: &Value) -> Result<()> {
    let bill = bill_of(shop, data)?;
    if bill.state == State::Paid {
        return Ok(());
    }
    let came = ask_bank(shop, &bill)?;
    let again = data["once"].as_bool() != Some(true);
    let keep = move |tx: &mut Tx<'_>| -> Result<()> {
        if let Some(came) = &came {
            receipt::receive(tx, came)?;
            return Ok(());
        }
        let at = Timestamp::of(tx).plus_ms(LOOK_MS);
        if again && bill.state == State::Open && at < bill.expires_at {
            job::enqueue(tx, LOOK, &json!({ "bill": bill.id.as_str() }), Some(at))?;
        }
        Ok(())
    };
    shop.db.write("payments.look", keep).wait()
}

/// A bill that was withdrawn is asked after, too: its code could be paid until now.
fn expire(shop: &Workshop, data: &Value) -> Result<()> {
    let bill = bill_of(shop, data)?;
    if matches!(bill.state, State::Paid | State::Expired) {
        return Ok(());
    }
    let came = match ask_bank(shop, &bill) {
        Ok(came) => came,
        // Whoever paid while the bank cannot be reached is not forgotten: their money comes late.
        Err(_) if desk(shop)?.now > bill.expires_at.plus_ms(GRACE_MS) => None,
        Err(error) => return Err(error),
    };
    let keep = move |tx: &mut Tx<'_>| -> Result<()> {
        if let Some(came) = &came {
            receipt::receive(tx, came)?;
        }
        let bill = bill::find(tx, &bill.id)?;
        if bill.state == State::Open {
            bill::expire(tx, bill)?;
        }
        Ok(())
    };
    shop.db.write("payments.expire", keep).wait()
}

fn give_back(shop: &Workshop, data: &Value) -> Result<()> {
    let id = data["refund"].as_str().and_then(Id::parse);
    let id = id.ok_or_else(|| Error::broken("a job without its refund"))?;
    let look = move |read: &mut Read<'_>| {
        let kept = refund::find(read, &id)?.ok_or(Error::NotFound)?;
        let receipt = receipt::of_bill(read, &kept.bill)?;
        let receipt = receipt.ok_or_else(|| Error::broken("a refund without a payment"))?;
        Ok::<_, Error>((kept, receipt))
    };
    let (kept, receipt) = shop.db.read(look).wait()?;
    if !kept.is_waiting() {
        return Ok(());
    }
    let desk = desk(shop)?;
    let question = RefundWanted {
        original_reference_no: receipt.bank_reference,
        original_partner_reference_no: receipt.reference.clone(),
        partner_refund_no: kept.id.to_string(),
        merchant_id: desk.profile.merchant.clone(),
        refund_amount: Money(kept.amount.amount()),
        reason: "pesanan batal".to_owned(),
    };
    let client = desk.client(shop, &number(shop)?)?;
    let answered: Result<RefundGiven, Trouble> = client.ask(Service::QrRefund, &question);
    let refused = match answered {
        // The answer to the first try was lost: the number of a refund is ours alone.
        Ok(_) | Err(Trouble::Refused(Case::DuplicateReference)) => false,
        Err(Trouble::Refused(_)) => true,
        Err(unclear) => return Err(unclear.into()),
    };
    let keep = move |tx: &mut Tx<'_>| match refused {
        true => refund::refused(tx, &kept, &receipt.reference),
        false => refund::done(tx, &kept),
    };
    shop.db.write("payments.refund", keep).wait()
}

fn pay_out(shop: &Workshop, data: &Value) -> Result<()> {
    let id = data["payout"].as_str().and_then(Id::parse);
    let id = id.ok_or_else(|| Error::broken("a job without its payout"))?;
    let keyring = std::sync::Arc::clone(&shop.keyring);
    let look = move |read: &mut Read<'_>| {
        let Some(payout) = payout::to_pay(read, &id)? else { return Ok(None) };
        let account = payout::account_of(read, &keyring, &payout)?;
        Ok::<_, Error>(Some((payout, account)))
    };
    let Some((payout, account)) = shop.db.read(look).wait()? else { return Ok(()) };
    let Some(payee) = account else {
        return shop.db.write("payments.drop", move |tx| payout::dropped(tx, &payout)).wait();
    };
    let desk = desk(shop)?;
    let client = desk.client(shop, &number(shop)?)?;
    let question = TransferWanted {
        partner_reference_no: payout.id.to_string(),
        amount: Money(payout.amount.amount()),
        beneficiary_bank_code: Some(payee.bank),
        beneficiary_account_no: payee.number,
        beneficiary_account_name: payee.holder,
        source_account_no: desk.profile.merchant.clone(),
        transaction_date: client.timestamp.clone(),
    };
    let answered: Result<TransferGiven, Trouble> =
        client.ask(Service::TransferInterbank, &question);
    let paid = match answered {
        Ok(given) => Some(given.reference_no),
        // The answer to the first try was lost: the number of a payout is ours alone.
        Err(Trouble::Refused(Case::DuplicateReference)) => standing(shop, &desk, &payout)?,
        Err(Trouble::Refused(_)) => None,
        Err(unclear) => return Err(unclear.into()),
    };
    let keep = move |tx: &mut Tx<'_>| match &paid {
        Some(reference) => payout::paid(tx, &payout, reference),
        None => payout::refused(tx, &payout),
    };
    shop.db.write("payments.pay_out", keep).wait()
}

/// What became of a payout that the bank knows already: its number there once it is paid, nothing if it
/// failed. One that is under way is asked after again.
fn standing(shop: &Workshop, desk: &Desk, payout: &Payout) -> Result<Option<String>> {
    let question = TransferQuery {
        original_partner_reference_no: payout.id.to_string(),
        service_code: Service::TransferInterbank.code().to_owned(),
    };
    let client = desk.client(shop, &number(shop)?)?;
    let standing: TransferStanding =
        client.ask(Service::TransferStatus, &question).map_err(Error::from)?;
    let same = standing.amount == Money(payout.amount.amount());
    match PaymentStatus::parse(&standing.latest_transaction_status) {
        Some(PaymentStatus::Paid) if same => Ok(Some(standing.original_reference_no)),
        Some(PaymentStatus::Over) => Ok(None),
        _ => Err(Error::broken("the bank has not finished with a transfer")),
    }
}
