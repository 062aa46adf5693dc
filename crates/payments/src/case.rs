//! Money that came otherwise than it should: a person looks at each, gives it back or notes why all is well.

use ::web::{Access, Heap};
use base::account::OrganisationId;
use base::{
    Error, FromRow, Id, Read, Result, Role, Row, Rupiah, Timestamp, Tx, db, require, words,
};
use ledger::PAID_IN;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::SETTLE;
use crate::bill::{self, Bill, BillId};
use crate::events::{CaseOpened, CaseSettled};
use crate::refusal::Refusal;
use crate::{receipt, refund};

/// The identity of a case.
pub(crate) type CaseId = Id<Case>;

/// Why a person looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The bill had ended.
    Late,
    /// The bill was paid before, by another way.
    Twice,
    /// Another sum than the bill's came.
    OtherSum,
    /// The bank told another sum than the bill's; it is asked what is true.
    OtherSumTold,
    /// The bank told two sums for one code.
    Contradicts,
    /// There is no such bill.
    Unknown,
    /// The bank would not give back.
    RefundRefused,
}

impl Kind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Kind::Late => "late",
            Kind::Twice => "twice",
            Kind::OtherSum => "other_sum",
            Kind::OtherSumTold => "other_sum_told",
            Kind::Contradicts => "contradicts",
            Kind::Unknown => "unknown",
            Kind::RefundRefused => "refund_refused",
        }
    }
}

/// One case.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Case {
    pub(crate) id: CaseId,
    pub(crate) kind: String,
    /// Empty where no bill is known.
    pub(crate) bill: String,
    /// The number that the bank named.
    pub(crate) reference: String,
    /// What the bank said came in.
    pub(crate) amount: Rupiah,
    pub(crate) opened_at: Timestamp,
    pub(crate) settled_at: Option<Timestamp>,
    /// `returned` or `noted`; empty while it is open.
    pub(crate) outcome: String,
    pub(crate) reason: String,
}

impl Case {
    /// The key of what it is.
    pub(crate) fn text_key(&self) -> String {
        format!("payments-case-{}", self.kind.replace('_', "-"))
    }
}

const SELECT: &str = "SELECT id, kind, bill, reference, amount, opened_at, settled_at, outcome, reason \
     FROM payments_cases";

impl FromRow for Case {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Case {
            id: row.take()?,
            kind: row.take()?,
            bill: row.take()?,
            reference: row.take()?,
            amount: row.take()?,
            opened_at: row.take()?,
            settled_at: row.take()?,
            outcome: row.take()?,
            reason: row.take()?,
        })
    }
}

/// A case to open.
pub(crate) struct NewCase<'a> {
    pub(crate) kind: Kind,
    pub(crate) bill: Option<&'a Bill>,
    /// The number by which the bank knows it.
    pub(crate) reference: &'a str,
    pub(crate) amount: Rupiah,
}

/// Opens a case, once of each kind for one number.
pub(crate) fn open(tx: &mut Tx<'_>, new: &NewCase<'_>) -> Result<()> {
    let NewCase { kind, bill, reference, amount } = new;
    let (id, now): (CaseId, _) = (tx.new_id(), Timestamp::of(tx));
    let bill = bill.map(|bill| bill.id.to_string()).unwrap_or_default();
    let rows = tx.execute(
        "INSERT INTO payments_cases (id, kind, bill, reference, amount, opened_at, outcome, reason)
         VALUES ($1, $2, $3, $4, $5, $6, '', '') ON CONFLICT (kind, reference) DO NOTHING",
        &[&id, &kind.code(), &bill, reference, amount, &now],
    )?;
    if rows > 0 {
        let (what, amount) = (kind.code(), *amount);
        tx.record(&CaseOpened { case: &id, what, reference, amount })?;
    }
    Ok(())
}

/// Cases on one page.
pub(crate) const PAGE_ROWS: i64 = 30;

/// Cases that wait, or those that were settled; the newest first, before a cursor.
pub(crate) fn list(read: &mut Read<'_>, settled: bool, before: Option<&str>) -> Result<Vec<Case>> {
    require(read, SETTLE)?;
    let before = before.unwrap_or("~");
    let condition = if settled { "IS NOT NULL" } else { "IS NULL" };
    let sql =
        format!("{SELECT} WHERE settled_at {condition} AND id < $1 ORDER BY id DESC LIMIT $2");
    Ok(read.all(&sql, &[&before, &PAGE_ROWS])?)
}

/// The case, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &CaseId) -> Result<Case> {
    require(read, SETTLE)?;
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// What of the payment of a case lies at the bank and belongs to nobody yet.
pub(crate) fn unassigned(read: &mut Read<'_>, case: &Case) -> Result<Rupiah> {
    let balance = ledger::balance(read, PAID_IN, &case.bill)?;
    let free = Rupiah::parse(-balance.amount()).unwrap_or(Rupiah::ZERO);
    // A bill that was paid twice holds another payment, too.
    Ok(free.min(case.amount))
}

/// What a person decides.
#[derive(Debug, Clone)]
pub(crate) struct Settle {
    pub(crate) id: CaseId,
    /// Whether the payer gets back what came.
    pub(crate) returned: bool,
    pub(crate) reason: String,
}

const REASON_CHARS_MAX: usize = 300;

/// Settles a case, with a reason.
pub(crate) fn settle(tx: &mut Tx<'_>, cmd: &Settle) -> Result<Case> {
    let mut case = find(tx, &cmd.id)?;
    if case.settled_at.is_some() {
        return Err(Refusal::Settled.into());
    }
    let reason = words::reason("reason", &cmd.reason, REASON_CHARS_MAX, "payments-reason-wanted");
    let reason = reason.map_err(|problem| Error::Invalid(vec![problem]))?;
    let outcome = if cmd.returned { "returned" } else { "noted" };
    if cmd.returned {
        give_back(tx, &case)?;
    }
    (case.settled_at, case.outcome, case.reason) =
        (Some(Timestamp::of(tx)), outcome.to_owned(), reason);
    let by = tx.actor().id.clone();
    tx.execute(
        "UPDATE payments_cases SET settled_at = $2, settled_by = $3, outcome = $4, reason = $5
         WHERE id = $1",
        &[&case.id, &case.settled_at, &by, &case.outcome, &case.reason],
    )?;
    tx.record(&CaseSettled { case: &case.id, outcome, reason: &case.reason })?;
    Ok(case)
}

fn give_back(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    let amount = unassigned(tx, case)?;
    let bill = BillId::parse(&case.bill).filter(|_| amount > Rupiah::ZERO);
    let bill = bill.ok_or(Refusal::NothingToReturn)?;
    let bill = bill::find(tx, &bill)?;
    let party = bill.id.to_string();
    let refund = refund::Refund { from: PAID_IN, party: &party, amount };
    match receipt::of_reference(tx, &case.reference)? {
        Some(receipt) => refund::begin_of(tx, &bill, &receipt.reference, &refund),
        None => refund::begin(tx, &bill, &refund),
    }
}

/// Cases that wait.
pub(crate) fn waits(read: &mut Read<'_>, role: Role, _: &OrganisationId) -> Result<Vec<Heap>> {
    if role != Role::MarketClerk {
        return Ok(Vec::new());
    }
    let count = read.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM payments_cases WHERE settled_at IS NULL",
        &[],
    )?;
    let (label, href) = ("payments-cases", "/payments/cases");
    Ok(vec![Heap { label, count, href, access: Access::May(SETTLE) }])
}
