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

#[tokio::test]
async fn verify_notices_a_changed_line_and_a_changed_balance() {
    let book = Book::open().await;
    book.write(|tx| ledger::post(tx, &purchase(7_000))).await.unwrap();
    book.write(|tx| {
        tx.execute("UPDATE ledger_lines SET amount = 7001 WHERE account = 'purchases'", &[])?;
        tx.execute("UPDATE ledger_balances SET balance = -1 WHERE account = 'payable'", &[])?;
        Ok(())
    })
    .await
    .unwrap();
    let findings = book.city.db.read(ledger::verify).await.unwrap();
    let what: Vec<&str> = findings.iter().map(|finding| finding.what.as_str()).collect();
    assert_eq!(
        what,
        [
            "an entry is off by 1 in the book city",
            "a balance says -1, its lines say -7000",
            "a balance says 7000, its lines say 7001",
        ]
    );
}
