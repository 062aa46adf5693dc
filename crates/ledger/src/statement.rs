//! What the book says: the balance of an account for a party, and the lines that explain it.

use std::collections::BTreeMap;

use base::{Date, Delta, FromRow, Read, Result, Row, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use crate::account::Account;
use crate::entry::EntryId;

/// Lines on one page of a statement.
pub const PAGE_LINES: i64 = 50;

/// One line of a statement.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StatementLine {
    /// The entry it belongs to.
    pub entry: EntryId,
    /// Its place in the entry.
    pub position: i64,
    /// Positive for a debit, negative for a credit.
    pub amount: Delta,
    /// The end of a text key: `ledger-what-…`.
    pub what: String,
    /// The case it belongs to.
    pub subject: String,
    /// The business day.
    pub day: Date,
    /// When it was written.
    pub posted_at: Timestamp,
}

impl FromRow for StatementLine {
    fn from_row(row: &mut Row<'_>) -> Result<Self, base::db::Error> {
        Ok(StatementLine {
            entry: row.take()?,
            position: row.take()?,
            amount: row.take()?,
            what: row.take()?,
            subject: row.take()?,
            day: row.take()?,
            posted_at: row.take()?,
        })
    }
}

impl StatementLine {
    /// Where the next page begins.
    pub fn cursor(&self) -> String {
        format!("{}.{}", self.entry, self.position)
    }
}

/// The balance of one sub-account: debits less credits.
pub fn balance(read: &mut Read<'_>, account: Account, party: &str) -> Result<Delta> {
    let row: Option<(Delta,)> = read.first(
        "SELECT balance FROM ledger_balances WHERE account = $1 AND party = $2",
        &[&account.code, &party],
    )?;
    Ok(row.map_or_else(nothing, |(balance,)| balance))
}

/// Every balance of one party, by the account's code.
pub fn balances_of(read: &mut Read<'_>, party: &str) -> Result<BTreeMap<String, Delta>> {
    let rows: Vec<(String, Delta)> = read.all(
        "SELECT account, balance FROM ledger_balances WHERE party = $1 ORDER BY account",
        &[&party],
    )?;
    Ok(rows.into_iter().collect())
}

/// Parties to whom something is owed on an account, in the order of their names behind `after`, and what
/// their balances are.
pub fn parties_with(
    read: &mut Read<'_>,
    account: Account,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, Delta)>> {
    Ok(read.all(
        "SELECT party, balance FROM ledger_balances
         WHERE account = $1 AND party > $2 AND balance < 0 ORDER BY party LIMIT $3",
        &[&account.code, &after, &limit],
    )?)
}

/// The lines of one sub-account, newest first, from behind `after`.
pub fn statement(
    read: &mut Read<'_>,
    account: Account,
    party: &str,
    after: Option<&str>,
) -> Result<Vec<StatementLine>> {
    // `~` sorts behind every character of an id.
    let (entry, position) = after.and_then(|cursor| cursor.split_once('.')).unwrap_or(("~", "0"));
    let position: i64 = position.parse().unwrap_or(0);
    Ok(read.all(
        "SELECT l.entry, l.position, l.amount, e.what, e.subject, e.day, e.posted_at
         FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry
         WHERE l.account = $1 AND l.party = $2 AND (l.entry, l.position) < ($3, $4)
         ORDER BY l.entry DESC, l.position DESC LIMIT $5",
        &[&account.code, &party, &entry, &position, &PAGE_LINES],
    )?)
}

/// The lines of one sub-account in some days, oldest first, at most so many; and the balance before them.
pub fn statement_of_days(
    read: &mut Read<'_>,
    account: Account,
    party: &str,
    days: (Date, Date),
    lines_max: i64,
) -> Result<(Delta, Vec<StatementLine>)> {
    let (first, last) = (days.0.iso(), days.1.iso());
    let (before,): (Delta,) = read.one(
        "SELECT CAST(COALESCE(SUM(l.amount), 0) AS BIGINT)
         FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry
         WHERE l.account = $1 AND l.party = $2 AND e.day < $3",
        &[&account.code, &party, &first],
    )?;
    let lines = read.all(
        "SELECT l.entry, l.position, l.amount, e.what, e.subject, e.day, e.posted_at
         FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry
         WHERE l.account = $1 AND l.party = $2 AND e.day >= $3 AND e.day <= $4
         ORDER BY l.entry, l.position LIMIT $5",
        &[&account.code, &party, &first, &last, &lines_max],
    )?;
    Ok((before, lines))
}

fn nothing() -> Delta {
    Delta::parse(0).expect("zero is a difference")
}
