//! Money goes back to whoever paid, by the way it came; where that way does not lead back, to an account that
//! the payer names. The books say what is owed from the moment it is decided, and what is gone once the bank
//! has said so.

use base::keyring::Keyring;
use base::{
    Date, Error, FromRow, FromValue, Id, Read, Result, Row, Rupiah, Timestamp, ToValue, Tx, Value,
    db, job,
};
use ledger::{Account, Entry, Line, PARTNER_BANK, REFUNDS_DUE};
use serde_json::json;

use crate::bank::QRIS;
use crate::bill::{Bill, BillId};
use crate::case::{self, Kind, NewCase};
use crate::events::RefundChanged;
use crate::payee::{self, Payee};
use crate::refusal::Refusal;
use crate::{account, receipt, work};

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

/// How far a refund has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The bank is being asked.
    Waiting,
    /// The bank cannot know to whom: the payer is asked for an account.
    AccountWanted,
    /// It is gone.
    Done,
    /// The bank would not: the payer is asked for an account, and a person looks.
    Refused,
}

impl State {
    const ALL: [State; 4] = [State::Waiting, State::AccountWanted, State::Done, State::Refused];

    fn code(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::AccountWanted => "account_wanted",
            State::Done => "done",
            State::Refused => "refused",
        }
    }

    /// The event that says so.
    fn event(self) -> &'static str {
        match self {
            State::Waiting => "payments.refund_begun",
            State::AccountWanted => "payments.refund_account_wanted",
            State::Done => "payments.refund_paid",
            State::Refused => "payments.refund_refused",
        }
    }

    fn wants_account(self) -> bool {
        matches!(self, State::AccountWanted | State::Refused)
    }
}

impl ToValue for State {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for State {
    const WANTED: &'static str = "a state of a refund";
    fn from_value(value: Value<'_>) -> Option<Self> {
        let code = String::from_value(value)?;
        State::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A refund as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) id: RefundId,
    pub(crate) bill: BillId,
    /// The payment that goes back.
    pub(crate) reference: String,
    pub(crate) amount: Rupiah,
    state: State,
    /// How often it was sent to an account: never, as long as it goes by the way it came.
    tries: i64,
}

impl Kept {
    pub(crate) fn is_waiting(&self) -> bool {
        self.state == State::Waiting
    }

    pub(crate) fn goes_to_account(&self) -> bool {
        self.tries > 0
    }

    /// The city's own number of sending it to an account.
    pub(crate) fn transfer_reference(&self) -> String {
        format!("{}-{}", self.id, self.tries)
    }
}

impl FromRow for Kept {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Kept {
            id: row.take()?,
            bill: row.take()?,
            reference: row.take()?,
            amount: row.take()?,
            state: row.take()?,
            tries: row.take()?,
        })
    }
}

const SELECT: &str = "SELECT id, bill, reference, amount, state, tries FROM payments_refunds";

/// Owes money of a bill's first payment to whoever paid it; the bank is asked as soon as this is committed.
pub fn begin(tx: &mut Tx<'_>, bill: &Bill, refund: &Refund<'_>) -> Result<()> {
    let receipt = receipt::first_of_bill(tx, &bill.id)?;
    let receipt = receipt.ok_or_else(|| Error::broken("a refund without a payment"))?;
    begin_of(tx, bill, &receipt.reference, refund)
}

/// The same of one payment among several of a bill.
pub(crate) fn begin_of(
    tx: &mut Tx<'_>,
    bill: &Bill,
    reference: &str,
    refund: &Refund<'_>,
) -> Result<()> {
    let Refund { from, party, amount } = *refund;
    let lines = vec![Line::debit(from, party, amount), Line::credit(REFUNDS_DUE, &bill.id, amount)];
    let entry = Entry::balanced("refund-owed", &bill.id, Date::today(tx), lines)?;
    ledger::post(tx, &entry)?;
    // Nobody at the bank knows who paid into a number.
    let wants_account = account::is_reference(tx, reference)?;
    let named = payee::find(tx, bill.id.as_str())?.is_some();
    let state = if wants_account && !named { State::AccountWanted } else { State::Waiting };
    let kept = Kept {
        id: tx.new_id(),
        bill: bill.id.clone(),
        reference: reference.to_owned(),
        amount,
        state,
        tries: i64::from(wants_account && named),
    };
    let now = Timestamp::of(tx);
    tx.execute(
        "INSERT INTO payments_refunds (id, bill, reference, amount, state, tries, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&kept.id, &kept.bill, &kept.reference, &kept.amount, &kept.state, &kept.tries, &now],
    )?;
    told(tx, &kept, state)?;
    if kept.is_waiting() { ask_bank(tx, &kept) } else { Ok(()) }
}

fn told(tx: &mut Tx<'_>, refund: &Kept, state: State) -> Result<()> {
    let Kept { id, bill, amount, .. } = refund;
    tx.record(&RefundChanged { kind: state.event(), refund: id, bill, amount: *amount })?;
    Ok(())
}

fn ask_bank(tx: &mut Tx<'_>, refund: &Kept) -> Result<()> {
    job::enqueue(tx, work::REFUND, &json!({ "refund": refund.id.as_str() }), None)?;
    Ok(())
}

/// The refund, if it is known.
pub(crate) fn find(read: &mut Read<'_>, id: &RefundId) -> Result<Option<Kept>> {
    Ok(read.first(&format!("{SELECT} WHERE id = $1"), &[id])?)
}

/// Refunds of one bill that are looked at; a bill has fewer orders.
const OF_BILL_MAX: i64 = 100;

fn all_of(read: &mut Read<'_>, bill: &BillId) -> Result<Vec<Kept>> {
    let sql = format!("{SELECT} WHERE bill = $1 ORDER BY id LIMIT $2");
    Ok(read.all(&sql, &[bill, &OF_BILL_MAX])?)
}

/// What of a bill goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refunds {
    /// All of it.
    pub all: Rupiah,
    /// What the bank has not yet given back.
    pub open: Rupiah,
    /// What of that waits for an account that the payer names.
    pub account_wanted: Rupiah,
}

impl Refunds {
    /// Of a bill of which nothing goes back.
    pub const NONE: Refunds =
        Refunds { all: Rupiah::ZERO, open: Rupiah::ZERO, account_wanted: Rupiah::ZERO };
}

/// What of a bill goes back or has gone.
pub fn of_bill(read: &mut Read<'_>, bill: &BillId) -> Result<Refunds> {
    let kept = all_of(read, bill)?;
    let sum = |of: fn(&Kept) -> bool| {
        let amounts = kept.iter().filter(|one| of(one)).map(|one| one.amount);
        Rupiah::sum(amounts).ok_or_else(|| Error::broken("refunds beyond counting"))
    };
    Ok(Refunds {
        all: sum(|_| true)?,
        open: sum(|one| one.state != State::Done)?,
        account_wanted: sum(|one| one.state.wants_account())?,
    })
}

/// The payer names the account to which their money goes: what waited for it is sent there.
///
/// Refused: `payments-no-account-wanted` when nothing waits for one.
pub fn send_to(tx: &mut Tx<'_>, keyring: &Keyring, bill: &BillId, to: &Payee) -> Result<()> {
    let waiting = all_of(tx, bill)?.into_iter().filter(|one| one.state.wants_account());
    let waiting: Vec<Kept> = waiting.collect();
    if waiting.is_empty() {
        return Err(Refusal::NoAccountWanted.into());
    }
    payee::set(tx, keyring, bill.as_str(), to)?;
    for one in waiting {
        tx.execute(
            "UPDATE payments_refunds SET state = $2, tries = tries + 1, ended_at = NULL WHERE id = $1",
            &[&one.id, &State::Waiting],
        )?;
        told(tx, &one, State::Waiting)?;
        ask_bank(tx, &one)?;
    }
    Ok(())
}

/// The bank has given it back.
pub(crate) fn done(tx: &mut Tx<'_>, refund: &Kept) -> Result<()> {
    if !end(tx, refund, State::Done)? {
        return Ok(());
    }
    let lines = vec![
        Line::debit(REFUNDS_DUE, &refund.bill, refund.amount),
        Line::credit(PARTNER_BANK, QRIS, refund.amount),
    ];
    let entry = Entry::balanced("refund-paid", &refund.bill, Date::today(tx), lines)?;
    ledger::post(tx, &entry)?;
    Ok(())
}

/// The bank will not: the payer is asked for an account, and a person looks.
pub(crate) fn refused(tx: &mut Tx<'_>, refund: &Kept) -> Result<()> {
    if !end(tx, refund, State::Refused)? {
        return Ok(());
    }
    let (bill, amount) = (crate::bill::find(tx, &refund.bill)?, refund.amount);
    let reference = match refund.goes_to_account() {
        true => refund.transfer_reference(),
        false => refund.reference.clone(),
    };
    let (kind, reference) = (Kind::RefundRefused, reference.as_str());
    case::open(tx, &NewCase { kind, bill: Some(&bill), reference, amount })
}

/// `false` when it has ended already, or was begun again: somebody else was faster.
fn end(tx: &mut Tx<'_>, refund: &Kept, state: State) -> Result<bool> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE payments_refunds SET state = $2, ended_at = $3
         WHERE id = $1 AND state = $4 AND tries = $5",
        &[&refund.id, &state, &now, &State::Waiting, &refund.tries],
    )?;
    if rows > 0 {
        told(tx, refund, state)?;
    }
    Ok(rows > 0)
}
