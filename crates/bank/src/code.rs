//! The code of one bill: a partner asks for it, and asks later whether it was paid.

use base::{Error, FromRow, Read, Result, Row, Rupiah, Timestamp, Tx, db};
use qris::{Amount, Dynamic};
use snap::wire::{PaymentStatus, QrAsked, QrGiven, QrStanding, QrWanted};
use snap::{Case, Money, moment};

use crate::events::CodeChanged;
use crate::partner::Partner;

/// A code that was given out.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) reference: String,
    pub(crate) partner: String,
    pub(crate) partner_reference: String,
    pub(crate) amount: Rupiah,
    pub(crate) content: String,
    pub(crate) until: Timestamp,
    pub(crate) paid_at: Option<Timestamp>,
    pub(crate) refunded: Rupiah,
}

impl FromRow for Code {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Code {
            reference: row.take()?,
            partner: row.take()?,
            partner_reference: row.take()?,
            amount: row.take()?,
            content: row.take()?,
            until: row.take()?,
            paid_at: row.take()?,
            refunded: row.take()?,
        })
    }
}

const SELECT: &str = "SELECT reference, partner, partner_reference, amount, content, until, paid_at, refunded \
     FROM bank_codes";

/// The code with this number.
pub(crate) fn find(read: &mut Read<'_>, reference: &str) -> Result<Option<Code>> {
    Ok(read.first(&format!("{SELECT} WHERE reference = $1"), &[&reference])?)
}

/// The code that reads like this.
pub(crate) fn of_content(read: &mut Read<'_>, content: &str) -> Result<Option<Code>> {
    Ok(read.first(&format!("{SELECT} WHERE content = $1"), &[&content])?)
}

/// The newest codes.
pub(crate) fn newest(read: &mut Read<'_>) -> Result<Vec<Code>> {
    Ok(read.all(&format!("{SELECT} ORDER BY made_at DESC, reference DESC LIMIT 20"), &[])?)
}

/// Gives a code out.
pub(crate) fn generate(
    tx: &mut Tx<'_>,
    partner: &Partner,
    wanted: &QrWanted,
) -> Result<Result<QrGiven, Case>> {
    let Some(amount) = Rupiah::parse(wanted.amount.0).filter(|sum| sum.amount() > 0) else {
        return Ok(Err(Case::InvalidAmount));
    };
    let until = moment::read(&wanted.validity_period).map(Timestamp::from_ms);
    let Some(until) = until.filter(|until| *until > Timestamp::of(tx)) else {
        return Ok(Err(Case::InvalidField));
    };
    if wanted.merchant_id != partner.merchant {
        return Ok(Err(Case::NotFound));
    }
    let known = tx.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM bank_codes WHERE partner = $1 AND partner_reference = $2",
        &[&partner.id, &wanted.partner_reference_no],
    )?;
    if known > 0 {
        return Ok(Err(Case::DuplicateReference));
    }
    let id: String = tx.new_id();
    // The standard leaves 25 characters for it.
    let reference: String = id.chars().skip(1).collect::<String>().to_uppercase();
    let content = Dynamic {
        domain: "ID.CO.BANKSIMULASI.WWW".to_owned(),
        pan: partner.pan(),
        merchant_id: partner.merchant.clone(),
        class: "UMI".to_owned(),
        national_id: format!("ID{:0>13}", partner.merchant.trim_start_matches('M')),
        category: "5499".to_owned(),
        name: partner.name.clone(),
        city: partner.city.chars().take(15).collect(),
        postcode: String::new(),
        amount: Amount { rupiah: amount.amount(), sen: 0 },
        reference: reference.clone(),
        terminal: wanted.terminal_id.clone(),
    };
    let Ok(content) = content.text() else { return Ok(Err(Case::InvalidField)) };
    let now = Timestamp::of(tx);
    tx.execute(
        "INSERT INTO bank_codes (reference, partner, partner_reference, amount, content, until, made_at,
             refunded) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
        &[&reference, &partner.id, &wanted.partner_reference_no, &amount, &content, &until, &now],
    )?;
    tx.record(&CodeChanged { kind: "bank.code_given", reference: &reference, amount })?;
    Ok(Ok(QrGiven {
        reference_no: reference,
        partner_reference_no: wanted.partner_reference_no.clone(),
        qr_content: content,
    }))
}

/// Says how far the payment of a code has come.
pub(crate) fn standing(
    read: &mut Read<'_>,
    partner: &Partner,
    asked: &QrAsked,
) -> Result<Result<QrStanding, Case>> {
    let code = find(read, &asked.original_reference_no)?;
    let Some(code) = code.filter(|code| code.partner == partner.id) else {
        return Ok(Err(Case::NotFound));
    };
    let status = match code.paid_at {
        Some(_) if code.refunded == code.amount => PaymentStatus::Refunded,
        Some(_) => PaymentStatus::Paid,
        None if code.until <= Timestamp::of(read) => PaymentStatus::Over,
        None => PaymentStatus::Open,
    };
    Ok(Ok(QrStanding {
        original_reference_no: code.reference,
        original_partner_reference_no: code.partner_reference,
        latest_transaction_status: status.code().to_owned(),
        amount: Money(code.amount.amount()),
    }))
}

/// Notes that a code was paid.
pub(crate) fn paid(tx: &mut Tx<'_>, code: &Code) -> Result<()> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE bank_codes SET paid_at = $2 WHERE reference = $1 AND paid_at IS NULL",
        &[&code.reference, &now],
    )?;
    if rows != 1 {
        return Err(Error::Refused("bank-paid"));
    }
    tx.record(&CodeChanged {
        kind: "bank.code_paid",
        reference: &code.reference,
        amount: code.amount,
    })?;
    Ok(())
}
