//! Recomputes what the book claims: every entry sums to zero, every balance is the sum of its lines.

use base::{Finding, Read, Result};

use crate::account::CHART;

/// Findings of one kind that are named; more would only be noise.
const NAMED_MAX: i64 = 100;

/// What does not hold in the book.
pub fn verify(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let unbalanced: Vec<(String, String, i64)> = read.all(
        "SELECT entry, book, CAST(SUM(amount) AS BIGINT) FROM ledger_lines
         GROUP BY entry, book HAVING SUM(amount) <> 0 ORDER BY entry LIMIT $1",
        &[&NAMED_MAX],
    )?;
    findings.extend(unbalanced.into_iter().map(|(entry, book, rest)| {
        found(format!("an entry is off by {rest} in the book {book}"), entry)
    }));
    findings.extend(strays(read)?);
    findings.extend(balances(read)?);
    let accounts: Vec<(String,)> =
        read.all("SELECT DISTINCT account FROM ledger_lines ORDER BY account", &[])?;
    let unknown = accounts.into_iter().filter(|(a,)| !CHART.iter().any(|known| known.code == a));
    findings.extend(unknown.map(|(a,)| found("an account is not in the chart", a)));
    Ok(findings)
}

/// Lines without an entry, entries without lines.
fn strays(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let lines: Vec<(String,)> = read.all(
        "SELECT l.entry FROM ledger_lines l LEFT JOIN ledger_entries e ON e.id = l.entry
         WHERE e.id IS NULL ORDER BY l.entry LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let entries: Vec<(String,)> = read.all(
        "SELECT e.id FROM ledger_entries e LEFT JOIN ledger_lines l ON l.entry = e.id
         WHERE l.entry IS NULL ORDER BY e.id LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let lines = lines.into_iter().map(|(id,)| found("a line has no entry", id));
    let entries = entries.into_iter().map(|(id,)| found("an entry has no lines", id));
    Ok(lines.chain(entries).collect())
}

/// Balances that are not the sum of their lines.
fn balances(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let wrong: Vec<(String, String, i64, i64)> = read.all(
        "SELECT s.account, s.party, CAST(s.total AS BIGINT),
                CAST(COALESCE(b.balance, 0) AS BIGINT)
         FROM (SELECT account, party, SUM(amount) AS total FROM ledger_lines
               GROUP BY account, party) s
         LEFT JOIN ledger_balances b ON b.account = s.account AND b.party = s.party
         WHERE s.total <> COALESCE(b.balance, 0) ORDER BY s.account, s.party LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let loose: Vec<(String, String)> = read.all(
        "SELECT b.account, b.party FROM ledger_balances b
         LEFT JOIN ledger_lines l ON l.account = b.account AND l.party = b.party
         WHERE l.entry IS NULL AND b.balance <> 0 ORDER BY b.account, b.party LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let wrong = wrong.into_iter().map(|(account, party, lines, kept)| {
        found(format!("a balance says {kept}, its lines say {lines}"), format!("{account} {party}"))
    });
    let loose = loose
        .into_iter()
        .map(|(account, party)| found("a balance has no lines", format!("{account} {party}")));
    Ok(wrong.chain(loose).collect())
}

fn found(what: impl Into<String>, place: impl Into<String>) -> Finding {
    Finding::new("ledger", what, place)
}
