//! Recomputes what the book claims: every entry sums to zero in each book and is what was told when it
//! was posted, every balance is the sum of its lines.

use base::{Event, Finding, Read, Result, StoredEvent, Timestamp, of_kind, of_subject};

use crate::account::account;
use crate::entry::EntryId;
use crate::events::{Posted, as_it_stands};

/// Findings of one kind that are named; more would only be noise.
const NAMED_MAX: i64 = 100;
/// Rows looked at in one query.
const PAGE_ROWS: i64 = 500;

/// What does not hold in the book.
pub fn verify(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let mut findings = unbalanced(read)?;
    findings.extend(strays(read)?);
    findings.extend(balances(read)?);
    findings.extend(strangers(read)?);
    findings.extend(told(read)?);
    Ok(findings)
}

fn unbalanced(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let wrong: Vec<(String, String, i64)> = read.all(
        "SELECT entry, book, CAST(SUM(amount) AS BIGINT) FROM ledger_lines
         GROUP BY entry, book HAVING SUM(amount) <> 0 ORDER BY entry, book LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let tell = |(entry, book, rest): (String, String, i64)| {
        found(format!("an entry is off by {rest} in the book {book}"), entry)
    };
    Ok(wrong.into_iter().map(tell).collect())
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

/// Accounts that the chart does not know, or knows in another book.
fn strangers(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let used: Vec<(String, String)> = read.all(
        "SELECT DISTINCT account, book FROM ledger_lines ORDER BY account, book LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let tell = |(code, book): (String, String)| match account(&code) {
        None => Some(found("an account is not in the chart", code)),
        Some(account) if account.book.code() != book => {
            Some(found(format!("an account stands in the book {book}"), code))
        }
        Some(_) => None,
    };
    Ok(used.into_iter().filter_map(tell).collect())
}

/// Entries that are not what was told when they were posted.
fn told(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let (mut findings, mut events, mut after) = (Vec::new(), 0_i64, String::new());
    loop {
        let page = of_kind(read, Posted::KIND, &after, PAGE_ROWS)?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        for event in &page {
            events += 1;
            if let Some(what) = difference(read, event)? {
                findings.push(found(what, &event.subject));
            }
        }
        if named(&findings) >= NAMED_MAX {
            return Ok(findings);
        }
    }
    let entries = read.count("SELECT CAST(COUNT(*) AS BIGINT) FROM ledger_entries", &[])?;
    let gone = findings.iter().filter(|finding| finding.what == GONE);
    if entries != events - named(gone) {
        findings.extend(untold(read)?);
    }
    Ok(findings)
}

const GONE: &str = "an entry was removed after it was posted";

/// What differs between an event and the entry it speaks of.
fn difference(read: &mut Read<'_>, event: &StoredEvent) -> Result<Option<&'static str>> {
    let Ok(told) = serde_json::from_str::<Posted>(&event.data) else {
        return Ok(Some("what was told of an entry cannot be read"));
    };
    let same = |(posted, at, actor): (Posted, Timestamp, String)| {
        posted == told && at == event.at && actor == event.actor
    };
    Ok(match as_it_stands(read, &told.entry)?.map(same) {
        None => Some(GONE),
        Some(false) => Some("an entry was changed after it was posted"),
        Some(true) => None,
    })
}

/// Entries of which nothing was told.
fn untold(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let (mut findings, mut after) = (Vec::new(), String::new());
    while named(&findings) < NAMED_MAX {
        let page: Vec<(EntryId,)> = read.all(
            "SELECT id FROM ledger_entries WHERE id > $1 ORDER BY id LIMIT $2",
            &[&after, &PAGE_ROWS],
        )?;
        let Some((last,)) = page.last() else { break };
        after = last.to_string();
        for (id,) in &page {
            let events = of_subject(read, id.as_str())?;
            if !events.iter().any(|event| event.kind == Posted::KIND) {
                findings.push(found("an entry was slipped in", id.as_str()));
            }
        }
    }
    Ok(findings)
}

fn named<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> i64 {
    findings.into_iter().map(|_| 1).sum()
}

fn found(what: impl Into<String>, place: impl Into<String>) -> Finding {
    Finding::new("ledger", what, place)
}
