//! Budget lines: what an agency may spend on what in a year, and how much of it is still free.
//! Amounts live in the ledger; here stand the names and the ceilings.

use base::account::Organisation;
use base::{Date, Error, FromRow, Id, Read, Result, Row, Rupiah, Timestamp, Tx, db};
use ledger::{Entry, Line};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The identity of a budget line.
pub type BudgetLineId = Id<BudgetLine>;

/// Lines shown of one agency's year; more than any agency has.
const LINES_MAX: i64 = 5_000;

/// One line of an agency's DPA.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BudgetLine {
    pub id: BudgetLineId,
    pub agency: Id<Organisation>,
    pub year: i64,
    /// `1.02.01.2.01.0001`
    pub sub_activity: String,
    /// `5.1.02.01.01.0024`
    pub account: String,
    pub name: String,
    pub ceiling: Rupiah,
    /// The version of the DPA it was last read from.
    pub dpa: String,
}

impl FromRow for BudgetLine {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(BudgetLine {
            id: row.take()?,
            agency: row.take()?,
            year: row.take()?,
            sub_activity: row.take()?,
            account: row.take()?,
            name: row.take()?,
            ceiling: row.take()?,
            dpa: row.take()?,
        })
    }
}

/// How a ceiling is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Use {
    pub free: Rupiah,
    pub reserved: Rupiah,
    pub committed: Rupiah,
    pub spent: Rupiah,
}

impl Use {
    /// What a newer ceiling may not go below.
    pub fn held(&self) -> Rupiah {
        let held = Rupiah::sum([self.reserved, self.committed, self.spent]);
        held.expect("what is held was taken from a ceiling")
    }
}

const SELECT: &str = "SELECT id, agency, year, sub_activity, account, name, ceiling, dpa \
     FROM procurement_budget_lines";

/// The budget line, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &BudgetLineId) -> Result<BudgetLine> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// An agency's lines of one year, by their codes.
pub fn of_agency(
    read: &mut Read<'_>,
    agency: &Id<Organisation>,
    year: i64,
) -> Result<Vec<BudgetLine>> {
    let sql =
        format!("{SELECT} WHERE agency = $1 AND year = $2 ORDER BY sub_activity, account LIMIT $3");
    Ok(read.all(&sql, &[agency, &year, &LINES_MAX])?)
}

/// How a line's ceiling is used, as the ledger says.
pub fn used(read: &mut Read<'_>, id: &BudgetLineId) -> Result<Use> {
    let balances = ledger::balances_of(read, id.as_str())?;
    let amount = |account: ledger::Account| {
        let balance = balances.get(account.code).map_or(0, |balance| balance.amount());
        Rupiah::parse(balance).ok_or_else(|| {
            Error::broken(format!("budget line {id}: {} is {balance}", account.code))
        })
    };
    Ok(Use {
        free: amount(ledger::BUDGET_FREE)?,
        reserved: amount(ledger::BUDGET_RESERVED)?,
        committed: amount(ledger::BUDGET_COMMITTED)?,
        spent: amount(ledger::BUDGET_SPENT)?,
    })
}

/// What a file says of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Grant {
    pub sub_activity: String,
    pub account: String,
    pub name: String,
    pub ceiling: Rupiah,
}

/// The line with these codes, if the agency has it.
pub(crate) fn with_codes(
    read: &mut Read<'_>,
    agency: &Id<Organisation>,
    year: i64,
    grant: &Grant,
) -> Result<Option<BudgetLine>> {
    let sql =
        format!("{SELECT} WHERE agency = $1 AND year = $2 AND sub_activity = $3 AND account = $4");
    Ok(read.first(&sql, &[agency, &year, &grant.sub_activity, &grant.account])?)
}

/// Opens a line with its first ceiling.
pub(crate) fn open(tx: &mut Tx<'_>, line: &BudgetLine) -> Result<()> {
    let now = Timestamp::of(tx);
    let BudgetLine { id, agency, year, sub_activity, account, name, ceiling, dpa } = line;
    tx.execute(
        "INSERT INTO procurement_budget_lines (id, agency, year, sub_activity, account, name,
             ceiling, dpa, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[id, agency, year, sub_activity, account, name, ceiling, dpa, &now],
    )?;
    grant(tx, id, *ceiling)
}

/// Gives a line a new name and ceiling.
pub(crate) fn change(tx: &mut Tx<'_>, line: &BudgetLine, new: &Grant, dpa: &str) -> Result<()> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE procurement_budget_lines SET name = $2, ceiling = $3, dpa = $4, changed_at = $5
         WHERE id = $1",
        &[&line.id, &new.name, &new.ceiling, &dpa, &now],
    )?;
    assert_eq!(rows, 1, "the budget line was just read");
    if let Some(more) = new.ceiling.minus(line.ceiling) {
        return grant(tx, &line.id, more);
    }
    let less = line.ceiling.minus(new.ceiling).expect("one of two amounts is the larger");
    post(
        tx,
        "budget-cut",
        &line.id,
        &[
            Line::debit(ledger::BUDGET_CEILING, &line.id, less),
            Line::credit(ledger::BUDGET_FREE, &line.id, less),
        ],
    )
}

fn grant(tx: &mut Tx<'_>, id: &BudgetLineId, amount: Rupiah) -> Result<()> {
    if amount == Rupiah::ZERO {
        return Ok(());
    }
    post(
        tx,
        "budget-granted",
        id,
        &[
            Line::debit(ledger::BUDGET_FREE, id, amount),
            Line::credit(ledger::BUDGET_CEILING, id, amount),
        ],
    )
}

fn post(tx: &mut Tx<'_>, what: &'static str, id: &BudgetLineId, lines: &[Line]) -> Result<()> {
    let entry = Entry::balanced(what, id, Date::today(tx), lines.to_vec())?;
    ledger::post(tx, &entry)?;
    Ok(())
}
