//! A bill: a sum for one case of another area, open until it is paid, withdrawn or too old.

use base::{
    Error, FromRow, FromValue, Id, Read, Result, Row, Rupiah, Timestamp, ToValue, Tx, Value, db,
    job,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::events::{BillEnded, BillMade};
use crate::refusal::Refusal;
use crate::{account, bank, rules, work};

/// The identity of a bill.
pub type BillId = Id<Bill>;

/// How a bill stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It can be paid.
    Open,
    /// The whole sum came in time.
    Paid,
    /// Nobody paid in time.
    Expired,
    /// What it was for was given up.
    Withdrawn,
}

impl State {
    const ALL: [State; 4] = [State::Open, State::Paid, State::Expired, State::Withdrawn];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Paid => "paid",
            State::Expired => "expired",
            State::Withdrawn => "withdrawn",
        }
    }
}

impl ToValue for State {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for State {
    const WANTED: &'static str = "a state of a bill";
    fn from_value(value: Value<'_>) -> Option<Self> {
        let code = String::from_value(value)?;
        State::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// One bill.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Bill {
    /// Its identity.
    pub id: BillId,
    /// What it is for: the id of a case of another area.
    pub subject: String,
    /// The sum.
    pub amount: Rupiah,
    /// How it stands.
    pub state: State,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it can be paid.
    pub expires_at: Timestamp,
    /// When it was paid, withdrawn or too old.
    pub ended_at: Option<Timestamp>,
    /// The bank's number of its code; empty until the bank has answered.
    #[serde(skip)]
    pub(crate) bank_reference: String,
    /// The city's number under which the bank gave it; empty until then.
    #[serde(skip)]
    pub(crate) reference: String,
    /// What is drawn as a QR code; empty until the bank has answered.
    pub code: String,
}

const SELECT: &str = "SELECT id, subject, amount, state, made_at, expires_at, ended_at, bank_reference, reference, code \
     FROM payments_bills";

impl FromRow for Bill {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Bill {
            id: row.take()?,
            subject: row.take()?,
            amount: row.take()?,
            state: row.take()?,
            made_at: row.take()?,
            expires_at: row.take()?,
            ended_at: row.take()?,
            bank_reference: row.take()?,
            reference: row.take()?,
            code: row.take()?,
        })
    }
}

/// The bill, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &BillId) -> Result<Bill> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// The bill of a case, if it has one.
pub fn of_subject(read: &mut Read<'_>, subject: &str) -> Result<Option<Bill>> {
    Ok(read.first(&format!("{SELECT} WHERE subject = $1"), &[&subject])?)
}

/// A bill that is wanted.
#[derive(Debug, Clone)]
pub struct NewBill<'a> {
    /// The id of the case it is for; a case has one bill.
    pub subject: &'a str,
    /// The sum.
    pub amount: Rupiah,
}

/// Makes a bill. The bank is asked for its code as soon as this is committed.
///
/// Refused: `payments-not-connected` without a bank.
pub fn make(tx: &mut Tx<'_>, wanted: &NewBill<'_>) -> Result<Bill> {
    if !bank::is_connected(tx)? {
        return Err(Refusal::NotConnected.into());
    }
    let minutes = rules::today(tx)?.minutes_to_pay;
    let now = Timestamp::of(tx);
    let bill = Bill {
        id: tx.new_id(),
        subject: wanted.subject.to_owned(),
        amount: wanted.amount,
        state: State::Open,
        made_at: now,
        expires_at: now.plus_ms(minutes * 60 * 1000),
        ended_at: None,
        bank_reference: String::new(),
        reference: String::new(),
        code: String::new(),
    };
    tx.execute(
        "INSERT INTO payments_bills (id, subject, amount, state, made_at, expires_at, bank_reference, code)
         VALUES ($1, $2, $3, $4, $5, $6, '', '')",
        &[&bill.id, &bill.subject, &bill.amount, &bill.state, &bill.made_at, &bill.expires_at],
    )?;
    tx.record(&BillMade { bill: &bill.id, case: &bill.subject, amount: bill.amount })?;
    let about = json!({ "bill": bill.id.as_str() });
    job::enqueue(tx, work::CODE, &about, None)?;
    job::enqueue(tx, work::EXPIRY, &about, Some(bill.expires_at))?;
    Ok(bill)
}

/// What the bill was for is given up before it was paid. Money that comes all the same goes before a person.
pub fn withdraw(tx: &mut Tx<'_>, id: &BillId) -> Result<Bill> {
    let bill = find(tx, id)?;
    if bill.state != State::Open {
        return Err(Refusal::NotOpen.into());
    }
    end(tx, bill, State::Withdrawn)
}

/// Nobody paid in time.
pub(crate) fn expire(tx: &mut Tx<'_>, bill: Bill) -> Result<Bill> {
    end(tx, bill, State::Expired)
}

/// The whole sum came in time.
pub(crate) fn paid(tx: &mut Tx<'_>, bill: Bill) -> Result<Bill> {
    end(tx, bill, State::Paid)
}

fn end(tx: &mut Tx<'_>, mut bill: Bill, state: State) -> Result<Bill> {
    bill.state = state;
    bill.ended_at = Some(Timestamp::of(tx));
    let rows = tx.execute(
        "UPDATE payments_bills SET state = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL",
        &[&bill.id, &bill.state, &bill.ended_at],
    )?;
    assert_eq!(rows, 1, "an open bill that was just read is still open");
    let (id, case, amount) = (&bill.id, &bill.subject, bill.amount);
    tx.record(&BillEnded { state, bill: id, case, amount })?;
    account::close(tx, &bill.id)?;
    Ok(bill)
}

/// Keeps a number by which the bank will know a bill.
pub(crate) fn know_as(tx: &mut Tx<'_>, bill: &BillId, reference: &str) -> Result<()> {
    let now = Timestamp::of(tx);
    tx.execute(
        "INSERT INTO payments_codes (reference, bill, asked_at) VALUES ($1, $2, $3)",
        &[&reference, bill, &now],
    )?;
    Ok(())
}

/// The number by which the bank will know the bill, new for each time it is asked.
pub(crate) fn ask(tx: &mut Tx<'_>, bill: &BillId) -> Result<String> {
    let asked =
        tx.count("SELECT CAST(COUNT(*) AS BIGINT) FROM payments_codes WHERE bill = $1", &[bill])?;
    let reference = format!("{bill}-{}", asked + 1);
    know_as(tx, bill, &reference)?;
    tx.record(&crate::events::CodeAsked { bill, reference: &reference })?;
    Ok(reference)
}

/// The bill that the bank knows by this number.
pub(crate) fn of_reference(read: &mut Read<'_>, reference: &str) -> Result<Option<Bill>> {
    let row: Option<(BillId,)> =
        read.first("SELECT bill FROM payments_codes WHERE reference = $1", &[&reference])?;
    row.map(|(bill,)| find(read, &bill)).transpose()
}

/// A code as the bank gave it.
pub(crate) struct Given<'a> {
    /// The number under which it was asked for.
    pub(crate) reference: &'a str,
    /// The bank's own.
    pub(crate) bank_reference: &'a str,
    /// What is drawn.
    pub(crate) code: &'a str,
}

/// Keeps the code that the bank gave, unless the bill has ended or has one.
pub(crate) fn give_code(tx: &mut Tx<'_>, id: &BillId, given: &Given<'_>) -> Result<()> {
    let Given { reference, bank_reference, code } = given;
    let rows = tx.execute(
        "UPDATE payments_bills SET reference = $2, bank_reference = $3, code = $4
         WHERE id = $1 AND code = '' AND ended_at IS NULL",
        &[id, reference, bank_reference, code],
    )?;
    if rows > 0 {
        tx.record(&crate::events::CodeGiven { bill: id, bank_reference })?;
    }
    Ok(())
}
