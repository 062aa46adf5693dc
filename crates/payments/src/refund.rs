//! Money goes back to whoever paid, by the way it came. The books say what is owed from the moment it is
//! decided, and what is gone once the bank has said so.

use base::{Date, FromRow, Id, Read, Result, Row, Rupiah, Timestamp, Tx, db, job};
use ledger::{Account, Entry, Line, PARTNER_BANK, REFUNDS_DUE};
use serde_json::json;

use crate::bank::QRIS;
use crate::bill::{Bill, BillId};
use crate::case::{self, Kind, NewCase};
use crate::events::RefundChanged;
use crate::work;

/// The identity of a refund.
pub(crate) type RefundId = Id<Kept>;

/// What is given back, and from whose money.
#[derive(Debug, Clone, Copy)]
pub struct Refund<'a> {
    /// The account that holds it now.
    pub from: Account,
    /// Whose it is there.
    pub party: &'a str,
    /// How much.
    pub amount: Rupiah,
}

/// A refund as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) id: RefundId,
    pub(crate) bill: BillId,
    pub(crate) amount: Rupiah,
    pub(crate) state: String,
}

const WAITING: &str = "waiting";
const DONE: &str = "done";
const REFUSED: &str = "refused";

impl Kept {
    pub(crate) fn is_waiting(&self) -> bool {
        self.state == WAITING
    }
}

impl FromRow for Kept {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Kept { id: row.take()?, bill: row.take()?, amount: row.take()?, state: row.take()? })
    }
}

/// Owes the money to whoever paid the bill; the bank is asked as soon as this is committed.
pub fn begin(tx: &mut Tx<'_>, bill: &Bill, refund: &Refund<'_>) -> Result<()> {
    let Refund { from, party, amount } = *refund;
    let lines = vec![Line::debit(from, party, amount), Line::credit(REFUNDS_DUE, &bill.id, amount)];
    let entry = Entry::balanced("refund-owed", &bill.id, Date::today(tx), lines)?;
    ledger::post(tx, &entry)?;
    let (id, now): (RefundId, _) = (tx.new_id(), Timestamp::of(tx));
    tx.execute(
        "INSERT INTO payments_refunds (id, bill, amount, state, made_at) VALUES ($1, $2, $3, $4, $5)",
        &[&id, &bill.id, &amount, &WAITING, &now],
    )?;
    let kind = "payments.refund_begun";
    tx.record(&RefundChanged { kind, refund: &id, bill: &bill.id, amount })?;
    job::enqueue(tx, work::REFUND, &json!({ "refund": id.as_str() }), None)?;
    Ok(())
}

/// The refund, if it is known.
pub(crate) fn find(read: &mut Read<'_>, id: &RefundId) -> Result<Option<Kept>> {
    Ok(read.first("SELECT id, bill, amount, state FROM payments_refunds WHERE id = $1", &[id])?)
}

/// What of a bill goes back or has gone, and of that what the bank has not yet given back.
pub fn of_bill(read: &mut Read<'_>, bill: &BillId) -> Result<(Rupiah, Rupiah)> {
    let rows: Vec<(Rupiah, String)> = read.all(
        "SELECT amount, state FROM payments_refunds WHERE bill = $1 ORDER BY id LIMIT 100",
        &[bill],
    )?;
    let all = Rupiah::sum(rows.iter().map(|(amount, _)| *amount));
    let open = rows.iter().filter(|(_, state)| state != DONE).map(|(amount, _)| *amount);
    Ok((all.unwrap_or(Rupiah::ZERO), Rupiah::sum(open).unwrap_or(Rupiah::ZERO)))
}

/// The bank has given it back.
pub(crate) fn done(tx: &mut Tx<'_>, refund: &Kept) -> Result<()> {
    let lines = vec![
        Line::debit(REFUNDS_DUE, &refund.bill, refund.amount),
        Line::credit(PARTNER_BANK, QRIS, refund.amount),
    ];
    let entry = Entry::balanced("refund-paid", &refund.bill, Date::today(tx), lines)?;
    ledger::post(tx, &entry)?;
    end(tx, refund, DONE, "payments.refund_paid")
}

/// The bank will not: a person looks.
pub(crate) fn refused(tx: &mut Tx<'_>, refund: &Kept, reference: &str) -> Result<()> {
    let (bill, amount) = (crate::bill::find(tx, &refund.bill)?, refund.amount);
    let kind = Kind::RefundRefused;
    case::open(tx, &NewCase { kind, bill: Some(&bill), reference, amount })?;
    end(tx, refund, REFUSED, "payments.refund_refused")
}

fn end(tx: &mut Tx<'_>, refund: &Kept, state: &str, kind: &'static str) -> Result<()> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE payments_refunds SET state = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL",
        &[&refund.id, &state, &now],
    )?;
    assert_eq!(rows, 1, "a refund that was just read still waits");
    let Kept { id, bill, amount, .. } = refund;
    tx.record(&RefundChanged { kind, refund: id, bill, amount: *amount })?;
    Ok(())
}
