//! Any entries that balance, in any order: the book stays what it promises to be.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use std::collections::BTreeMap;

use base::{Date, Error, Event, Result, Rupiah, Tx};
use ledger::{Account, CHART, Entry, EntryId, Line};
use proptest::prelude::*;
use testkit::City;

/// How many books are filled at random; each is one case of the test.
const BOOKS: u32 = 12;
const ENTRIES_MAX: usize = 12;
const PARTIES: [&str; 3] = ["dinkes", "dinsos", "bu ngatmi"];

#[derive(serde::Serialize)]
struct Done;

impl Event for Done {
    const KIND: &'static str = "test.done";
    fn subject(&self) -> String {
        "case".to_owned()
    }
}

/// Accounts of one book, two of their parties and an amount: always a balanced pair of lines.
fn pairs() -> impl Strategy<Value = [Line; 2]> {
    let accounts = (0..CHART.len(), 0..CHART.len())
        .prop_filter("one book", |(from, to)| CHART[*from].book == CHART[*to].book);
    (accounts, 0..PARTIES.len(), 0..PARTIES.len(), 1..=5_000_000_i64).prop_map(
        |((from, to), giver, taker, amount)| {
            let amount = Rupiah::parse(amount).unwrap();
            let debit = Line::debit(CHART[to], PARTIES[taker], amount);
            [debit, Line::credit(CHART[from], PARTIES[giver], amount)]
        },
    )
}

fn day() -> Date {
    Date::of(2026, 3, 12).unwrap()
}

/// An entry of a few pairs, and whether it is taken back at once.
fn entries() -> impl Strategy<Value = Vec<(Entry, bool)>> {
    let entry = prop::collection::vec(pairs(), 1..5).prop_map(|pairs| {
        Entry::balanced("test", "case", day(), pairs.into_iter().flatten().collect()).unwrap()
    });
    prop::collection::vec((entry, prop::bool::weighted(0.2)), 1..ENTRIES_MAX)
}

fn post(tx: &mut Tx<'_>, entries: &[(Entry, bool)]) -> Result<Vec<EntryId>> {
    let mut reversed = Vec::new();
    for (entry, back) in entries {
        let id = ledger::post(tx, entry)?;
        if *back {
            ledger::reverse(tx, &id, "mistake", day())?;
            reversed.push(id);
        }
    }
    tx.record(&Done)?;
    Ok(reversed)
}

/// Every balance as its statement explains it, page by page.
type Explained = BTreeMap<(String, &'static str), (i64, i64)>;

fn explained(city: &City) -> Explained {
    let read = city.db.read(|read| {
        let mut found = Explained::new();
        for (account, party) in sub_accounts() {
            let balance = ledger::balance(read, account, party)?.amount();
            let (mut sum, mut after) = (0, None::<String>);
            loop {
                let page = ledger::statement(read, account, party, after.as_deref())?;
                sum += page.iter().map(|line| line.amount.amount()).sum::<i64>();
                let Some(last) = page.last() else { break };
                after = Some(last.cursor());
            }
            found.insert((account.code.to_owned(), party), (balance, sum));
        }
        Ok::<_, Error>(found)
    });
    read.wait().unwrap()
}

fn sub_accounts() -> impl Iterator<Item = (Account, &'static str)> {
    CHART.iter().flat_map(|account| PARTIES.iter().map(|party| (*account, *party)))
}

#[test]
fn any_balanced_entries_leave_a_book_that_explains_itself() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let settings = ProptestConfig { cases: BOOKS, failure_persistence: None, ..Default::default() };
    proptest!(settings, |(entries in entries())| {
        let city = runtime.block_on(City::open(vec![ledger::area()]));
        let posted = entries.clone();
        let reversed = city.db.write("test.post", move |tx| post(tx, &posted)).wait().unwrap();
        for id in reversed {
            let again = city.db.write("test.reverse", move |tx: &mut Tx<'_>| {
                ledger::reverse(tx, &id, "mistake", day())
            });
            prop_assert_eq!(again.wait().unwrap_err().code(), "ledger-already-reversed");
        }
        let mut books: BTreeMap<&str, i64> = BTreeMap::new();
        for ((code, party), (balance, lines)) in explained(&city) {
            prop_assert_eq!(balance, lines, "{} {}", code, party);
            *books.entry(ledger::account(&code).unwrap().book.code()).or_default() += balance;
        }
        prop_assert!(books.values().all(|rest| *rest == 0), "{:?}", books);
        prop_assert_eq!(city.db.read(ledger::verify).wait().unwrap(), Vec::new());
    });
}

proptest! {
    #[test]
    fn lines_make_an_entry_exactly_when_each_book_sums_to_zero(
        lines in prop::collection::vec((0..CHART.len(), -3..=3_i64), 0..6)
    ) {
        let mut books: BTreeMap<&str, i64> = BTreeMap::new();
        for (account, amount) in &lines {
            *books.entry(CHART[*account].book.code()).or_default() += amount;
        }
        let good = lines.len() >= 2
            && lines.iter().all(|(_, amount)| *amount != 0)
            && books.values().all(|rest| *rest == 0);
        let line = |(account, amount): (usize, i64)| {
            let size = Rupiah::parse(amount.abs()).unwrap();
            let account = CHART[account];
            if amount < 0 {
                Line::credit(account, "party", size)
            } else {
                Line::debit(account, "party", size)
            }
        };
        let built = Entry::balanced("test", "case", day(), lines.into_iter().map(line).collect());
        prop_assert_eq!(built.is_ok(), good, "{:?}", built);
    }
}
