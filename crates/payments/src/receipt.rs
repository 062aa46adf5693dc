//! Money that came in for a bill, as the bank said: counted once, however often it is told.

use base::{Date, FromRow, Read, Result, Row, Rupiah, Timestamp, Tx, db};
use ledger::{Entry, Line, PAID_IN, PARTNER_BANK};

use crate::bank::QRIS;
use crate::bill::{self, Bill, State};
use crate::case::{self, Kind, NewCase};
use crate::events::MoneyReceived;

/// What the bank says came in.
#[derive(Debug, Clone)]
pub(crate) struct Came {
    /// The city's number of the code.
    pub(crate) reference: String,
    /// The bank's.
    pub(crate) bank_reference: String,
    pub(crate) amount: Rupiah,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The bill is paid.
    Paid,
    /// It was known.
    Repeated,
    /// The bill had ended: a person decides.
    Late,
    /// The bill was paid before, by another way: a person decides.
    Twice,
    /// Another sum than the bill's: a person decides.
    OtherSum,
    /// The same code with another sum than before: a person looks.
    Contradicts,
    /// No bill of this number: a person looks.
    Unknown,
}

impl Fate {
    /// The stable code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Fate::Paid => "paid",
            Fate::Repeated => "repeated",
            Fate::Late => "late",
            Fate::Twice => "twice",
            Fate::OtherSum => "other_sum",
            Fate::Contradicts => "contradicts",
            Fate::Unknown => "unknown",
        }
    }
}

/// Takes it in.
pub(crate) fn receive(tx: &mut Tx<'_>, came: &Came) -> Result<Fate> {
    let Came { reference, amount, .. } = came;
    let new = |kind, bill| NewCase { kind, bill, reference, amount: *amount };
    let Some(bill) = bill::of_reference(tx, reference)? else {
        case::open(tx, &new(Kind::Unknown, None))?;
        return Ok(Fate::Unknown);
    };
    if let Some(known) = amount_of(tx, &came.reference)? {
        if known == came.amount {
            return Ok(Fate::Repeated);
        }
        case::open(tx, &new(Kind::Contradicts, Some(&bill)))?;
        return Ok(Fate::Contradicts);
    }
    book(tx, &bill, came)?;
    let (kind, fate) = match bill.state {
        _ if came.amount != bill.amount => (Kind::OtherSum, Fate::OtherSum),
        State::Open => {
            bill::paid(tx, bill)?;
            return Ok(Fate::Paid);
        }
        State::Paid => (Kind::Twice, Fate::Twice),
        State::Expired | State::Withdrawn => (Kind::Late, Fate::Late),
    };
    case::open(tx, &new(kind, Some(&bill)))?;
    Ok(fate)
}

fn book(tx: &mut Tx<'_>, bill: &Bill, came: &Came) -> Result<()> {
    let (id, now): (String, _) = (tx.new_id(), Timestamp::of(tx));
    tx.execute(
        "INSERT INTO payments_receipts (id, bill, reference, bank_reference, amount, received_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[&id, &bill.id, &came.reference, &came.bank_reference, &came.amount, &now],
    )?;
    let lines = vec![
        Line::debit(PARTNER_BANK, QRIS, came.amount),
        Line::credit(PAID_IN, &bill.id, came.amount),
    ];
    let entry = Entry::balanced("money-received", &bill.id, Date::today(tx), lines)?;
    ledger::post(tx, &entry)?;
    let Came { bank_reference, amount, .. } = came;
    tx.record(&MoneyReceived { bill: &bill.id, bank_reference, amount: *amount })?;
    Ok(())
}

fn amount_of(read: &mut Read<'_>, reference: &str) -> Result<Option<Rupiah>> {
    let row: Option<(Rupiah,)> =
        read.first("SELECT amount FROM payments_receipts WHERE reference = $1", &[&reference])?;
    Ok(row.map(|(amount,)| amount))
}

/// A receipt as refunds need it.
pub(crate) struct Receipt {
    pub(crate) reference: String,
    pub(crate) bank_reference: String,
}

impl FromRow for Receipt {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Receipt { reference: row.take()?, bank_reference: row.take()? })
    }
}

/// The payment under this number.
pub(crate) fn of_reference(read: &mut Read<'_>, reference: &str) -> Result<Option<Receipt>> {
    Ok(read.first(
        "SELECT reference, bank_reference FROM payments_receipts WHERE reference = $1",
        &[&reference],
    )?)
}

/// The first payment of a bill.
pub(crate) fn first_of_bill(read: &mut Read<'_>, bill: &bill::BillId) -> Result<Option<Receipt>> {
    Ok(read.first(
        "SELECT reference, bank_reference FROM payments_receipts WHERE bill = $1 ORDER BY id LIMIT 1",
        &[bill],
    )?)
}
