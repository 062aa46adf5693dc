//! A payment is given back, whole or in part, because the merchant asks for it.

use base::{Result, Rupiah, Timestamp, Tx};
use snap::Case;
use snap::wire::{RefundGiven, RefundWanted};

use crate::books::{PAYERS, transfer};
use crate::code;
use crate::events::CodeChanged;
use crate::partner::Partner;

/// Gives back, once for each number of the merchant.
pub(crate) fn give_back(
    tx: &mut Tx<'_>,
    partner: &Partner,
    wanted: &RefundWanted,
) -> Result<Result<RefundGiven, Case>> {
    let code = code::find(tx, &wanted.original_reference_no)?;
    let code = code.filter(|code| code.partner == partner.id && code.paid_at.is_some());
    let Some(code) = code else { return Ok(Err(Case::NotFound)) };
    let known = tx.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM bank_refunds WHERE partner = $1 AND partner_refund = $2",
        &[&partner.id, &wanted.partner_refund_no],
    )?;
    if known > 0 {
        return Ok(Err(Case::DuplicateReference));
    }
    let amount = Rupiah::parse(wanted.refund_amount.0).filter(|sum| sum.amount() > 0);
    let after = amount.and_then(|amount| code.refunded.plus(amount));
    let (Some(amount), Some(_)) = (amount, after.filter(|after| *after <= code.amount)) else {
        return Ok(Err(Case::InvalidAmount));
    };
    let id: String = tx.new_id();
    let now = Timestamp::of(tx);
    tx.execute(
        "INSERT INTO bank_refunds (id, partner, partner_refund, code, amount, made_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[&id, &partner.id, &wanted.partner_refund_no, &code.reference, &amount, &now],
    )?;
    tx.execute(
        "UPDATE bank_codes SET refunded = refunded + $2 WHERE reference = $1",
        &[&code.reference, &amount],
    )?;
    transfer(tx, (&partner.merchant, PAYERS), amount, &code.reference)?;
    tx.record(&CodeChanged { kind: "bank.code_refunded", reference: &code.reference, amount })?;
    Ok(Ok(RefundGiven {
        refund_no: id,
        partner_refund_no: wanted.partner_refund_no.clone(),
        refund_amount: wanted.refund_amount,
    }))
}
