//! A partner pays somebody out of its account, in this bank or at another.

use base::{Result, Rupiah, Timestamp, Tx};
use snap::Case;
use snap::Money;
use snap::wire::{PaymentStatus, TransferGiven, TransferQuery, TransferStanding, TransferWanted};

use crate::books::{balance, transfer};
use crate::events::CodeChanged;
use crate::partner::Partner;

/// Accounts that begin so are nobody's, so that whoever tries out sees a transfer that fails.
const NOBODYS: &str = "404";

/// Pays, once for each number of the partner.
pub(crate) fn pay_out(
    tx: &mut Tx<'_>,
    partner: &Partner,
    wanted: &TransferWanted,
) -> Result<Result<TransferGiven, Case>> {
    let known = tx.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM bank_transfers
         WHERE partner = $1 AND partner_reference = $2",
        &[&partner.id, &wanted.partner_reference_no],
    )?;
    if known > 0 {
        return Ok(Err(Case::DuplicateReference));
    }
    let Some(amount) = Rupiah::parse(wanted.amount.0).filter(|sum| sum.amount() > 0) else {
        return Ok(Err(Case::InvalidAmount));
    };
    let to = wanted.beneficiary_account_no.trim();
    let digits = !to.is_empty() && to.bytes().all(|sign| sign.is_ascii_digit());
    if !digits || to.starts_with(NOBODYS) || wanted.source_account_no != partner.merchant {
        return Ok(Err(Case::InvalidAccount));
    }
    if balance(tx, &partner.merchant)? < amount.amount() {
        return Ok(Err(Case::InsufficientFunds));
    }
    let id: String = tx.new_id();
    let now = Timestamp::of(tx);
    let at = wanted.beneficiary_bank_code.as_deref().unwrap_or("here");
    let account = format!("{at}/{to}");
    tx.execute(
        "INSERT INTO bank_transfers (id, partner, partner_reference, account, amount, made_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[&id, &partner.id, &wanted.partner_reference_no, &account, &amount, &now],
    )?;
    transfer(tx, (&partner.merchant, &account), amount, &wanted.partner_reference_no)?;
    tx.record(&CodeChanged { kind: "bank.transferred", reference: &id, amount })?;
    Ok(Ok(TransferGiven {
        reference_no: id,
        partner_reference_no: wanted.partner_reference_no.clone(),
        amount: wanted.amount,
    }))
}

/// How a transfer of a partner stands: what this bank accepts is paid at once.
pub(crate) fn standing(
    tx: &mut Tx<'_>,
    partner: &Partner,
    query: &TransferQuery,
) -> Result<Result<TransferStanding, Case>> {
    let made: Option<(String, Rupiah)> = tx.first(
        "SELECT id, amount FROM bank_transfers WHERE partner = $1 AND partner_reference = $2",
        &[&partner.id, &query.original_partner_reference_no],
    )?;
    let Some((id, amount)) = made else { return Ok(Err(Case::NotFound)) };
    Ok(Ok(TransferStanding {
        original_reference_no: id,
        original_partner_reference_no: query.original_partner_reference_no.clone(),
        latest_transaction_status: PaymentStatus::Paid.code().to_owned(),
        amount: Money(amount.amount()),
    }))
}
