//! Entries, reversals and statements through the database.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use base::{Date, Error, Event, Result, Rupiah, Tx};
use ledger::{Entry, Line};
use testkit::City;

#[derive(serde::Serialize)]
struct Posted;

impl Event for Posted {
    const KIND: &'static str = "test.posted";
    fn subject(&self) -> String {
        "case".to_owned()
    }
}

struct Book {
    city: City,
}

impl Book {
    async fn open() -> Book {
        Book { city: City::open(vec![ledger::area()]).await }
    }

    async fn write<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let body = move |tx: &mut Tx<'_>| {
            let done = body(tx)?;
            tx.record(&Posted)?;
            Ok(done)
        };
        self.city.write(body).await
    }
}

fn purchase(amount: i64) -> Entry {
    let amount = Rupiah::parse(amount).unwrap();
    let lines = vec![
        Line::debit(ledger::PURCHASES, "dinkes", amount),
        Line::credit(ledger::PAYABLE, "bu ngatmi", amount),
    ];
    Entry::balanced("goods-received", "case", Date::of(2026, 3, 12).unwrap(), lines).unwrap()
}

#[tokio::test]
async fn balances_follow_entries_and_statements_explain_them_page_by_page() {
    let book = Book::open().await;
    for amount in 1..=60 {
        book.write(move |tx| ledger::post(tx, &purchase(amount))).await.unwrap();
    }
    let (owed, first, second, findings) = book
        .city
        .db
        .read(|read| {
            let owed = ledger::balance(read, ledger::PAYABLE, "bu ngatmi")?;
            let first = ledger::statement(read, ledger::PAYABLE, "bu ngatmi", None)?;
            let after = first.last().unwrap().cursor();
            let second = ledger::statement(read, ledger::PAYABLE, "bu ngatmi", Some(&after))?;
            Ok::<_, Error>((owed, first, second, ledger::verify(read)?))
        })
        .await
        .unwrap();
    assert_eq!(owed.amount(), -(1..=60).sum::<i64>());
    assert_eq!((first.len(), second.len()), (50, 10));
    let sum: i64 = first.iter().chain(&second).map(|line| line.amount.amount()).sum();
    assert_eq!(sum, owed.amount());
    assert_eq!(findings, []);
}

#[tokio::test]
async fn an_entry_is_reversed_once_and_both_stay() {
    let book = Book::open().await;
    let day = Date::of(2026, 3, 13).unwrap();
    let id = book.write(|tx| ledger::post(tx, &purchase(7_000))).await.unwrap();
    let again = id.clone();
    book.write(move |tx| ledger::reverse(tx, &id, "mistake", day)).await.unwrap();
    let refused =
        book.write(move |tx| ledger::reverse(tx, &again, "mistake", day)).await.unwrap_err();
    assert_eq!(refused.code(), "ledger-already-reversed");
    let (owed, lines, entries) = book
        .city
        .db
        .read(|read| {
            let owed = ledger::balance(read, ledger::PAYABLE, "bu ngatmi")?;
            let lines = ledger::statement(read, ledger::PAYABLE, "bu ngatmi", None)?;
            Ok::<_, Error>((owed, lines.len(), ledger::of_subject(read, "case")?.len()))
        })
        .await
        .unwrap();
    assert_eq!((owed.amount(), lines, entries), (0, 2, 2));
}

/// What `verify` says once somebody has had their hands in the tables.
async fn findings_after(tamper: &'static [&'static str]) -> Vec<String> {
    let book = Book::open().await;
    for amount in [7_000, 5_000] {
        book.write(move |tx| ledger::post(tx, &purchase(amount))).await.unwrap();
    }
    assert_eq!(book.city.db.read(ledger::verify).await.unwrap(), []);
    book.write(|tx| tamper.iter().try_for_each(|sql| Ok(tx.execute(sql, &[]).map(drop)?)))
        .await
        .unwrap();
    let findings = book.city.db.read(ledger::verify).await.unwrap();
    findings.into_iter().map(|finding| finding.what).collect()
}

const CHANGED: &str = "an entry was changed after it was posted";

#[tokio::test]
async fn verify_notices_a_changed_line_and_a_changed_balance() {
    let found = findings_after(&[
        "UPDATE ledger_lines SET amount = 7001 WHERE amount = 7000",
        "UPDATE ledger_balances SET balance = -1 WHERE account = 'payable'",
    ]);
    let expected = [
        "an entry is off by 1 in the book city",
        "a balance says -1, its lines say -12000",
        "a balance says 12000, its lines say 12001",
        CHANGED,
    ];
    assert_eq!(found.await, expected);
}

#[tokio::test]
async fn verify_notices_a_change_that_balances_in_every_sum() {
    let found = findings_after(&[
        "UPDATE ledger_lines SET amount = amount * 2 WHERE amount IN (7000, -7000)",
        "UPDATE ledger_balances SET balance = 19000 WHERE account = 'purchases'",
        "UPDATE ledger_balances SET balance = -19000 WHERE account = 'payable'",
    ]);
    assert_eq!(found.await, [CHANGED]);
    let found = findings_after(&[
        "UPDATE ledger_lines SET party = 'saudara' WHERE party = 'bu ngatmi'",
        "UPDATE ledger_balances SET party = 'saudara' WHERE party = 'bu ngatmi'",
    ]);
    assert_eq!(found.await, [CHANGED, CHANGED]);
}

#[tokio::test]
async fn verify_notices_an_entry_moved_to_another_year_case_or_hand() {
    for change in [
        "UPDATE ledger_entries SET day = '2025-12-31'",
        "UPDATE ledger_entries SET subject = 'other case'",
        "UPDATE ledger_entries SET actor = 'somebody else'",
        "UPDATE ledger_entries SET posted_at = posted_at + 1",
        "UPDATE ledger_entries SET what = 'goods-received-again'",
    ] {
        let tamper = Box::leak(Box::new([change]));
        assert_eq!(findings_after(tamper).await, [CHANGED, CHANGED], "{change}");
    }
}

#[tokio::test]
async fn verify_notices_an_entry_that_was_removed_or_slipped_in() {
    let gone = findings_after(&[
        "DELETE FROM ledger_entries WHERE id IN
             (SELECT entry FROM ledger_lines WHERE amount = 7000)",
        "DELETE FROM ledger_lines WHERE amount IN (7000, -7000)",
        "UPDATE ledger_balances SET balance = 5000 WHERE account = 'purchases'",
        "UPDATE ledger_balances SET balance = -5000 WHERE account = 'payable'",
    ]);
    assert_eq!(gone.await, ["an entry was removed after it was posted"]);
    let slipped = findings_after(&[
        "INSERT INTO ledger_entries (id, what, subject, day, posted_at, actor)
         VALUES ('0123456789abcdefghjkmnpqrs', 'paid', 'case', '2026-03-12', 1, 'system')",
        "INSERT INTO ledger_lines (entry, position, book, account, party, amount) VALUES
         ('0123456789abcdefghjkmnpqrs', 0, 'city', 'payable', 'bu ngatmi', 9),
         ('0123456789abcdefghjkmnpqrs', 1, 'city', 'treasury', 'dinkes', -9)",
        "UPDATE ledger_balances SET balance = -11991 WHERE account = 'payable'",
        "INSERT INTO ledger_balances (account, party, balance) VALUES ('treasury', 'dinkes', -9)",
    ]);
    assert_eq!(slipped.await, ["an entry was slipped in"]);
}

#[tokio::test]
async fn verify_notices_accounts_that_are_not_in_the_chart_or_in_another_book() {
    let found = findings_after(&[
        "UPDATE ledger_lines SET account = 'slush' WHERE amount = 7000",
        "UPDATE ledger_lines SET book = 'budget' WHERE amount IN (5000, -5000)",
    ]);
    let found = found.await;
    for expected in
        ["an account is not in the chart", "an account stands in the book budget", CHANGED]
    {
        assert!(found.iter().any(|what| what == expected), "{expected}: {found:?}");
    }
}

#[tokio::test]
async fn a_balance_that_could_not_be_read_again_is_refused() {
    let book = Book::open().await;
    let most = Rupiah::MAX.amount();
    book.write(move |tx| ledger::post(tx, &purchase(most))).await.unwrap();
    let refused = book.write(|tx| ledger::post(tx, &purchase(1))).await.unwrap_err();
    assert_eq!(refused.code(), "ledger-balance-too-large");
    let owed = book.city.db.read(|read| ledger::balance(read, ledger::PAYABLE, "bu ngatmi"));
    assert_eq!(owed.await.unwrap().amount(), -most);
    assert_eq!(book.city.db.read(ledger::verify).await.unwrap(), []);
}

/// Posts, and asks again when the city is busy, as whoever calls a command does.
fn post_at_last(db: &base::Db, amount: i64) {
    loop {
        let posted = db.write("test.post", move |tx: &mut Tx<'_>| {
            let id = ledger::post(tx, &purchase(amount))?;
            tx.record(&Posted)?;
            Ok(id)
        });
        match posted.wait() {
            Ok(_) => return,
            Err(Error::Busy) => std::thread::yield_now(),
            Err(other) => panic!("{other}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_threads_on_one_account_lose_nothing() {
    let book = Book::open().await;
    let db = book.city.db.clone();
    let posting = tokio::task::spawn_blocking(move || {
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let db = &db;
                scope.spawn(move || (1..=20).for_each(|n| post_at_last(db, thread * 20 + n)));
            }
        });
    });
    posting.await.unwrap();
    let (owed, findings) = book
        .city
        .db
        .read(|read| {
            let owed = ledger::balance(read, ledger::PAYABLE, "bu ngatmi")?;
            Ok::<_, Error>((owed, ledger::verify(read)?))
        })
        .await
        .unwrap();
    assert_eq!((owed.amount(), findings), (-(1..=160).sum::<i64>(), Vec::new()));
}
