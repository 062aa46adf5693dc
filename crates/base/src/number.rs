//! Gap-free numbers that people see, from a counter row inside the transaction.

use db::Tx;

use crate::Result;

/// The next number of a series, starting at 1. Series contend, so only papers and cases use them.
pub fn next(tx: &mut Tx<'_>, series: &str) -> Result<i64> {
    let rows: Vec<(i64,)> = tx.housekeep(
        "INSERT INTO base_counters (series, last) VALUES ($1, 1)
         ON CONFLICT (series) DO UPDATE SET last = base_counters.last + 1 RETURNING last",
        &[&series],
    )?;
    Ok(rows.first().expect("an upsert returns its row").0)
}
