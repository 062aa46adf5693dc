//! A bill at the bank: its code, whether it was paid, and its end.

use base::job::{self, Workshop};
use base::{Error, Result, Rupiah, Timestamp, Tx};
use serde_json::{Value, json};
use snap::wire::{PaymentStatus, QrAsked, QrGiven, QrStanding, QrWanted};
use snap::{Money, Service};

use super::{LOOK, accounts, bill_of, desk, written};
use crate::bill::{self, Bill, State};
use crate::receipt::{self, Came};

/// A payment of which no notice came is found this soon.
const LOOK_MS: i64 = 2 * 60 * 1000;
/// So long a bank that cannot be reached keeps a bill from being closed.
const GRACE_MS: i64 = 15 * 60 * 1000;

pub(super) fn fetch_code(shop: &Workshop, data: &Value) -> Result<()> {
    let bill = bill_of(shop, data)?;
    let desk = desk(shop)?;
    if bill.state != State::Open || !bill.code.is_empty() || bill.expires_at <= desk.now {
        return Ok(());
    }
    let id = bill.id.clone();
    let reference = shop.db.write("payments.ask", move |tx| bill::ask(tx, &id));
    let reference = reference.wait()?;
    let question = QrWanted {
        partner_reference_no: reference.clone(),
        amount: Money(bill.amount.amount()),
        merchant_id: desk.profile.merchant.clone(),
        terminal_id: "A01".to_owned(),
        validity_period: written(bill.expires_at)?,
    };
    let client = desk.client(shop)?;
    let given: QrGiven = client.ask(Service::QrGenerate, &question)?;
    check_code(&given, &bill)?;
    let keep = move |tx: &mut Tx<'_>| -> Result<()> {
        let (bank_reference, code) = (given.reference_no.as_str(), given.qr_content.as_str());
        let given = bill::Given { reference: &reference, bank_reference, code };
        bill::give_code(tx, &bill.id, &given)?;
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

/// What the bank knows of payments of a bill, by its code and by its number: nothing while it was not paid.
fn ask_bank(shop: &Workshop, bill: &Bill) -> Result<Vec<Came>> {
    let mut came: Vec<Came> = ask_after_code(shop, bill)?.into_iter().collect();
    if let Some(account) = accounts::of(shop, bill)? {
        came.extend(accounts::ask(shop, &account)?);
    }
    Ok(came)
}

fn ask_after_code(shop: &Workshop, bill: &Bill) -> Result<Option<Came>> {
    if bill.code.is_empty() {
        return Ok(None);
    }
    let desk = desk(shop)?;
    let question = QrAsked {
        original_reference_no: bill.bank_reference.clone(),
        original_partner_reference_no: bill.reference.clone(),
        service_code: Service::QrGenerate.code().to_owned(),
        merchant_id: desk.profile.merchant.clone(),
    };
    let standing: QrStanding = desk.client(shop)?.ask(Service::QrQuery, &question)?;
    match PaymentStatus::parse(&standing.latest_transaction_status) {
        Some(PaymentStatus::Paid) => {
            let amount = Rupiah::parse(standing.amount.0);
            let amount = amount.ok_or_else(|| Error::broken("the bank says a sum below zero"))?;
            let (reference, bank_reference) = (bill.reference.clone(), bill.bank_reference.clone());
            Ok(Some(Came { reference, bank_reference, amount }))
        }
        Some(_) => Ok(None),
        None => Err(Error::broken("the bank says a status that nobody knows")),
    }
}

pub(super) fn look(shop: &Workshop, data: &Value) -> Result<()> {
    let bill = bill_of(shop, data)?;
    if bill.state == State::Paid {
        return Ok(());
    }
    let came = ask_bank(shop, &bill)?;
    let again = data["once"].as_bool() != Some(true);
    let keep = move |tx: &mut Tx<'_>| -> Result<()> {
        for came in &came {
            receipt::receive(tx, came)?;
        }
        if !came.is_empty() {
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

/// A bill that was withdrawn is asked after, too: its code could be paid until now. So is one that was paid and
/// had a number beside its code: somebody may have used both.
pub(super) fn expire(shop: &Workshop, data: &Value) -> Result<()> {
    let bill = bill_of(shop, data)?;
    let over = match bill.state {
        State::Open | State::Withdrawn => false,
        State::Paid => accounts::of(shop, &bill)?.is_none(),
        State::Expired => true,
    };
    if over {
        return Ok(());
    }
    let came = match ask_bank(shop, &bill) {
        Ok(came) => came,
        // Whoever paid while the bank cannot be reached is not forgotten: their money comes late.
        Err(_) if desk(shop)?.now > bill.expires_at.plus_ms(GRACE_MS) => Vec::new(),
        Err(error) => return Err(error),
    };
    let keep = move |tx: &mut Tx<'_>| -> Result<()> {
        for came in &came {
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
