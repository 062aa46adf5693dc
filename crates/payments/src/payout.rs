//! What sellers are owed is paid in batches: one person prepares, another lets go. From then on the bank is
//! asked for each payout by itself, and one that it refuses is owed again.

use base::keyring::Keyring;
use base::{
    Date, Error, FromRow, Id, Read, Result, Row, Rupiah, Timestamp, Tx, db, job, number, require,
    words,
};
use ledger::{Entry, Line, PARTNER_BANK, PAYOUTS_DUE, SELLERS_DUE};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::bank::QRIS;
use crate::events::{BatchChanged, PayoutChanged};
use crate::payee::Payee;
use crate::refusal::Refusal;
use crate::{SETTLE, payee, rules, work};

/// The identity of a batch.
pub type BatchId = Id<Batch>;
/// The identity of a payout.
pub(crate) type PayoutId = Id<Payout>;

/// Payouts in one batch; who is left waits for the next.
const PAYOUTS_MAX: i64 = 200;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A batch.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Batch {
    /// Its identity.
    pub id: BatchId,
    /// `PC-2026-0001`.
    pub number: String,
    /// `proposed`, `approved` or `rejected`.
    pub state: String,
    /// The sum of its payouts.
    pub total: Rupiah,
    /// How many there are.
    pub payouts: i64,
    /// Who prepared it.
    #[serde(skip)]
    pub proposed_by: String,
    /// When.
    pub proposed_at: Timestamp,
    /// When another person decided.
    pub decided_at: Option<Timestamp>,
    /// Why it was rejected.
    pub reason: String,
}

/// One payout.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Payout {
    #[serde(skip)]
    pub(crate) id: PayoutId,
    #[serde(skip)]
    pub(crate) batch: BatchId,
    /// Who is paid.
    pub party: String,
    /// How much.
    pub amount: Rupiah,
    /// `waiting`, `paid`, `refused` or `dropped`.
    pub state: String,
    /// Where to, as pages show it.
    pub shown: String,
    /// When it was paid or refused.
    pub ended_at: Option<Timestamp>,
}

impl FromRow for Batch {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Batch {
            id: row.take()?,
            number: row.take()?,
            state: row.take()?,
            total: row.take()?,
            payouts: row.take()?,
            proposed_by: row.take()?,
            proposed_at: row.take()?,
            decided_at: row.take()?,
            reason: row.take()?,
        })
    }
}

impl FromRow for Payout {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Payout {
            id: row.take()?,
            batch: row.take()?,
            party: row.take()?,
            amount: row.take()?,
            state: row.take()?,
            shown: row.take()?,
            ended_at: row.take()?,
        })
    }
}

const BATCH: &str = "SELECT id, number, state, total, payouts, proposed_by, proposed_at, decided_at, reason \
     FROM payments_batches";
const PAYOUT: &str =
    "SELECT id, batch, party, amount, state, shown, ended_at FROM payments_payouts";

/// Prepares a batch of everything that is owed and can be paid. Who has no account, or changed it only
/// lately, waits.
pub fn propose(tx: &mut Tx<'_>) -> Result<Batch> {
    require(tx, SETTLE)?;
    let open = tx.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM payments_batches WHERE state = $1",
        &[&"proposed"],
    )?;
    if open > 0 {
        return Err(Refusal::BatchOpen.into());
    }
    let year = Date::today(tx).year();
    let serial = number::next(tx, &format!("payments.batch.{year}"))?;
    let mut batch = Batch {
        id: tx.new_id(),
        number: format!("PC-{year}-{serial:04}"),
        state: "proposed".to_owned(),
        total: Rupiah::ZERO,
        payouts: 0,
        proposed_by: tx.actor().id.clone(),
        proposed_at: Timestamp::of(tx),
        decided_at: None,
        reason: String::new(),
    };
    for (party, owed, shown) in payable(tx)? {
        add(tx, &mut batch, &party, owed, &shown)?;
    }
    if batch.payouts == 0 {
        return Err(Refusal::NothingPayable.into());
    }
    tx.execute(
        "INSERT INTO payments_batches (id, number, state, total, payouts, proposed_by, proposed_at, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, '')",
        &[
            &batch.id,
            &batch.number,
            &batch.state,
            &batch.total,
            &batch.payouts,
            &batch.proposed_by,
            &batch.proposed_at,
        ],
    )?;
    tell(tx, &batch, "payments.batch_proposed")?;
    Ok(batch)
}

/// How many can be paid now, and how much together.
pub fn ready(read: &mut Read<'_>) -> Result<(usize, Rupiah)> {
    require(read, SETTLE)?;
    let payable = payable(read)?;
    let sum = Rupiah::sum(payable.iter().map(|(_, owed, _)| *owed));
    Ok((payable.len(), sum.ok_or(Error::Refused("ledger-balance-too-large"))?))
}

/// Who can be paid now, how much, and where to.
fn payable(read: &mut Read<'_>) -> Result<Vec<(String, Rupiah, String)>> {
    let rest_days = rules::today(read)?.payee_rest_days;
    let settled = Timestamp::of(read).plus_ms(-rest_days * DAY_MS);
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let page = ledger::parties_with(read, SELLERS_DUE, &after, PAYOUTS_MAX)?;
        let Some((last, _)) = page.last() else { return Ok(found) };
        after.clone_from(last);
        for (party, balance) in page {
            let owed = Rupiah::parse(-balance.amount()).filter(|owed| *owed > Rupiah::ZERO);
            let payee = payee::find(read, &party)?.filter(|payee| payee.changed_at <= settled);
            if let (Some(owed), Some(payee)) = (owed, payee) {
                found.push((party, owed, payee.shown));
            }
            if i64::try_from(found.len()).is_ok_and(|count| count == PAYOUTS_MAX) {
                return Ok(found);
            }
        }
    }
}

/// The money is set aside for the payout, so that nothing else takes it meanwhile.
fn add(tx: &mut Tx<'_>, batch: &mut Batch, party: &str, owed: Rupiah, shown: &str) -> Result<()> {
    let id: PayoutId = tx.new_id();
    tx.execute(
        "INSERT INTO payments_payouts (id, batch, party, amount, state, shown, bank_reference)
         VALUES ($1, $2, $3, $4, 'waiting', $5, '')",
        &[&id, &batch.id, &party, &owed, &shown],
    )?;
    let lines = vec![Line::debit(SELLERS_DUE, party, owed), Line::credit(PAYOUTS_DUE, &id, owed)];
    let entry = Entry::balanced("payout-prepared", &batch.id, Date::today(tx), lines)?;
    ledger::post(tx, &entry)?;
    let too_large = || Error::Refused("ledger-balance-too-large");
    batch.total = batch.total.plus(owed).ok_or_else(too_large)?;
    batch.payouts += 1;
    Ok(())
}

/// Another person lets a batch go: the bank is asked for each payout.
pub fn approve(tx: &mut Tx<'_>, id: &BatchId) -> Result<Batch> {
    let mut batch = undecided(tx, id)?;
    if batch.proposed_by == tx.actor().id {
        return Err(Refusal::SecondPerson.into());
    }
    decide(tx, &mut batch, "approved", "")?;
    for payout in payouts(tx, id)? {
        job::enqueue(tx, work::PAYOUT, &json!({ "payout": payout.id.as_str() }), None)?;
    }
    tell(tx, &batch, "payments.batch_approved")?;
    Ok(batch)
}

const REASON_CHARS_MAX: usize = 300;

/// A batch is not let go, also by whoever prepared it: everything in it is owed again.
pub fn reject(tx: &mut Tx<'_>, id: &BatchId, reason: &str) -> Result<Batch> {
    let mut batch = undecided(tx, id)?;
    let reason = words::reason("reason", reason, REASON_CHARS_MAX, "payments-reason-wanted");
    let reason = reason.map_err(|problem| Error::Invalid(vec![problem]))?;
    decide(tx, &mut batch, "rejected", &reason)?;
    for payout in payouts(tx, id)? {
        dropped(tx, &payout)?;
    }
    tell(tx, &batch, "payments.batch_rejected")?;
    Ok(batch)
}

fn undecided(tx: &mut Tx<'_>, id: &BatchId) -> Result<Batch> {
    let batch = find(tx, id)?;
    if batch.state == "proposed" { Ok(batch) } else { Err(Refusal::Settled.into()) }
}

fn decide(tx: &mut Tx<'_>, batch: &mut Batch, state: &str, reason: &str) -> Result<()> {
    (batch.state, batch.reason) = (state.to_owned(), reason.to_owned());
    batch.decided_at = Some(Timestamp::of(tx));
    let by = tx.actor().id.clone();
    tx.execute(
        "UPDATE payments_batches SET state = $2, decided_by = $3, decided_at = $4, reason = $5
         WHERE id = $1",
        &[&batch.id, &batch.state, &by, &batch.decided_at, &batch.reason],
    )?;
    Ok(())
}

fn tell(tx: &mut Tx<'_>, batch: &Batch, kind: &'static str) -> Result<()> {
    let Batch { id, number, total, payouts, .. } = batch;
    tx.record(&BatchChanged { kind, batch: id, number, total: *total, payouts: *payouts })?;
    Ok(())
}

/// The batch, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &BatchId) -> Result<Batch> {
    require(read, SETTLE)?;
    read.first(&format!("{BATCH} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// Batches on one page.
pub const BATCHES_PAGE: i64 = 30;

/// Batches, the newest first, before a cursor.
pub fn batches(read: &mut Read<'_>, before: Option<&str>) -> Result<Vec<Batch>> {
    require(read, SETTLE)?;
    let before = before.unwrap_or("~");
    let sql = format!("{BATCH} WHERE id < $1 ORDER BY id DESC LIMIT $2");
    Ok(read.all(&sql, &[&before, &BATCHES_PAGE])?)
}

/// The payouts of a batch.
pub fn payouts(read: &mut Read<'_>, batch: &BatchId) -> Result<Vec<Payout>> {
    let sql = format!("{PAYOUT} WHERE batch = $1 ORDER BY id LIMIT $2");
    Ok(read.all(&sql, &[batch, &PAYOUTS_MAX])?)
}

/// The newest payouts of one party.
pub fn payouts_of(read: &mut Read<'_>, party: &str) -> Result<Vec<Payout>> {
    let sql = format!("{PAYOUT} WHERE party = $1 ORDER BY id DESC LIMIT 20");
    Ok(read.all(&sql, &[&party])?)
}

/// One payout that was let go, for the job that asks the bank.
pub(crate) fn to_pay(read: &mut Read<'_>, id: &PayoutId) -> Result<Option<Payout>> {
    Ok(read.first(&format!("{PAYOUT} WHERE id = $1 AND state = 'waiting'"), &[id])?)
}

/// The account that both persons looked at; none if its holder has changed it since.
pub(crate) fn account_of(
    read: &mut Read<'_>,
    keyring: &Keyring,
    payout: &Payout,
) -> Result<Option<Payee>> {
    let proposed: (Timestamp,) =
        read.one("SELECT proposed_at FROM payments_batches WHERE id = $1", &[&payout.batch])?;
    match payee::find(read, &payout.party)? {
        Some(shown) if shown.changed_at <= proposed.0 => {
            payee::find_whole(read, keyring, &payout.party)
        }
        _ => Ok(None),
    }
}

/// It is not paid: its account is another one than was looked at. The seller is owed the money again.
pub(crate) fn dropped(tx: &mut Tx<'_>, payout: &Payout) -> Result<()> {
    if end(tx, payout, "dropped", "")? { owe_again(tx, payout) } else { Ok(()) }
}

/// The bank has paid it.
pub(crate) fn paid(tx: &mut Tx<'_>, payout: &Payout, bank_reference: &str) -> Result<()> {
    if !end(tx, payout, "paid", bank_reference)? {
        return Ok(());
    }
    let lines = vec![
        Line::debit(PAYOUTS_DUE, &payout.id, payout.amount),
        Line::credit(PARTNER_BANK, QRIS, payout.amount),
    ];
    let entry = Entry::balanced("payout-paid", &payout.batch, Date::today(tx), lines)?;
    ledger::post(tx, &entry)?;
    Ok(())
}

/// The bank will not, such as because there is no such account: the seller is owed the money again.
pub(crate) fn refused(tx: &mut Tx<'_>, payout: &Payout) -> Result<()> {
    if end(tx, payout, "refused", "")? { owe_again(tx, payout) } else { Ok(()) }
}

fn owe_again(tx: &mut Tx<'_>, payout: &Payout) -> Result<()> {
    let lines = vec![
        Line::debit(PAYOUTS_DUE, &payout.id, payout.amount),
        Line::credit(SELLERS_DUE, &payout.party, payout.amount),
    ];
    let entry = Entry::balanced("payout-returned", &payout.batch, Date::today(tx), lines)?;
    ledger::post(tx, &entry)?;
    Ok(())
}

/// `false` when it has ended already: somebody else was faster, and has booked it.
fn end(tx: &mut Tx<'_>, payout: &Payout, state: &str, bank_reference: &str) -> Result<bool> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE payments_payouts SET state = $2, bank_reference = $3, ended_at = $4
         WHERE id = $1 AND ended_at IS NULL",
        &[&payout.id, &state, &bank_reference, &now],
    )?;
    if rows == 0 {
        return Ok(false);
    }
    let kind = match state {
        "paid" => "payments.payout_paid",
        "refused" => "payments.payout_refused",
        _ => "payments.payout_dropped",
    };
    let (party, amount) = (payout.party.as_str(), payout.amount);
    tx.record(&PayoutChanged { kind, payout: &payout.id, party, amount })?;
    Ok(true)
}
