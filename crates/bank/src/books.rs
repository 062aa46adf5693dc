//! The bank's own books: every movement takes from one account what it gives another.

use base::{Date, Finding, Read, Result, Rupiah, Tx};

/// The accounts of everybody who pays with a phone.
pub(crate) const PAYERS: &str = "payers";

/// Moves money.
pub(crate) fn transfer(
    tx: &mut Tx<'_>,
    (from, to): (&str, &str),
    amount: Rupiah,
    what: &str,
) -> Result<()> {
    let entry: String = tx.new_id();
    let day = Date::today(tx).iso();
    for (account, amount) in [(from, -amount.amount()), (to, amount.amount())] {
        tx.execute(
            "INSERT INTO bank_lines (entry, account, amount, what, day) VALUES ($1, $2, $3, $4, $5)",
            &[&entry, &account, &amount, &what, &day],
        )?;
    }
    Ok(())
}

/// What an account holds, in rupiah; that of all payers together is below zero.
pub fn balance(read: &mut Read<'_>, account: &str) -> Result<i64> {
    let row: Option<(i64,)> = read.first(
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM bank_lines WHERE account = $1",
        &[&account],
    )?;
    Ok(row.map_or(0, |(sum,)| sum))
}

/// Movements that create or destroy money: none.
pub fn verify(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let wrong: Vec<(String, i64)> = read.all(
        "SELECT entry, CAST(SUM(amount) AS BIGINT) FROM bank_lines GROUP BY entry
         HAVING SUM(amount) <> 0 ORDER BY entry LIMIT 100",
        &[],
    )?;
    let tell = |(entry, rest): (String, i64)| {
        Finding::new("bank", format!("an entry of the bank is off by {rest}"), entry)
    };
    Ok(wrong.into_iter().map(tell).collect())
}
