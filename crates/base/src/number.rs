//! Gap-free numbers that people see, from a counter row inside the transaction.

use db::Tx;

use crate::Result;

/// The next number of a series, starting at 1. Series contend, so only papers and cases use them.
pub fn next(tx: &mut Tx<'_>, series: &str) -> Result<i64> {
    several(tx, series, 1)
}

/// The first of `count` numbers of a series that follow each other: one statement for a whole batch.
pub fn several(tx: &mut Tx<'_>, series: &str, count: i64) -> Result<i64> {
    let rows: Vec<(i64,)> = tx.housekeep(
        "INSERT INTO base_counters (series, last) VALUES ($1, $2)
         ON CONFLICT (series) DO UPDATE SET last = base_counters.last + excluded.last RETURNING last",
        &[&series, &count],
    )?;
    Ok(rows.first().expect("an upsert returns its row").0 - count + 1)
}
