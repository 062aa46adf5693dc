//! What must hold between bills, what came in for them, and the books; `gerai verify` asks.

use base::{Finding, Read, Result};
use ledger::{PAID_IN, PAYOUTS_DUE, REFUNDS_DUE};

use crate::bill::State;

/// Findings of one kind that are named; more would only be noise.
const NAMED_MAX: i64 = 100;
/// Rows looked at in one query.
const PAGE_ROWS: i64 = 500;

/// What does not hold.
pub(crate) fn verify(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let mut findings = unpaid(read)?;
    findings.extend(refunds(read)?);
    findings.extend(unassigned(read)?);
    findings.extend(payouts(read)?);
    Ok(findings)
}

/// Bills that are called paid although their sum did not come.
fn unpaid(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let wrong: Vec<(String, i64, i64)> = read.all(
        "SELECT b.id, b.amount, CAST(COALESCE(SUM(r.amount), 0) AS BIGINT)
         FROM payments_bills b LEFT JOIN payments_receipts r ON r.bill = b.id
         WHERE b.state = $1 GROUP BY b.id, b.amount
         HAVING COALESCE(SUM(r.amount), 0) < b.amount ORDER BY b.id LIMIT $2",
        &[&State::Paid, &NAMED_MAX],
    )?;
    let tell = |(id, amount, came): (String, i64, i64)| {
        found(format!("a paid bill is over {amount}, of which {came} came in"), id)
    };
    Ok(wrong.into_iter().map(tell).collect())
}

/// Refunds that the books do not owe, and the other way round.
fn refunds(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let open: Vec<(String, i64)> = read.all(
        "SELECT bill, CAST(SUM(amount) AS BIGINT) FROM payments_refunds WHERE state <> 'done'
         GROUP BY bill ORDER BY bill LIMIT $1",
        &[&PAGE_ROWS],
    )?;
    let mut findings = Vec::new();
    for (bill, amount) in open {
        let owed = -ledger::balance(read, REFUNDS_DUE, &bill)?.amount();
        if owed != amount {
            findings.push(found(format!("refunds of {amount} wait, the books owe {owed}"), bill));
        }
    }
    Ok(findings)
}

/// Bills of which more went on than came in.
fn unassigned(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let (mut findings, mut after) = (Vec::new(), String::new());
    loop {
        let page: Vec<(String,)> = read.all(
            "SELECT DISTINCT bill FROM payments_receipts WHERE bill > $1 ORDER BY bill LIMIT $2",
            &[&after, &PAGE_ROWS],
        )?;
        let Some((last,)) = page.last() else { return Ok(findings) };
        after.clone_from(last);
        for (bill,) in page {
            if ledger::balance(read, PAID_IN, &bill)?.amount() > 0 {
                findings.push(found("more of a payment went on than came in".to_owned(), bill));
            }
        }
    }
}

/// Payouts for which the books set another sum aside.
fn payouts(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let (mut findings, mut after) = (Vec::new(), String::new());
    loop {
        let page: Vec<(String, i64, String)> = read.all(
            "SELECT id, amount, state FROM payments_payouts WHERE id > $1 ORDER BY id LIMIT $2",
            &[&after, &PAGE_ROWS],
        )?;
        let Some((last, ..)) = page.last() else { return Ok(findings) };
        after.clone_from(last);
        for (id, amount, state) in page {
            let wanted = if state == "waiting" { amount } else { 0 };
            let aside = -ledger::balance(read, PAYOUTS_DUE, &id)?.amount();
            if aside != wanted {
                let what = format!("{aside} is set aside for a payout of {wanted}");
                findings.push(found(what, id));
            }
        }
    }
}

fn found(what: String, place: String) -> Finding {
    Finding::new("payments", what, place)
}
