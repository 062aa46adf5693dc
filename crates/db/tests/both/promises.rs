//! What is promised to every body: serializable, durable, all or nothing, never silent.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use db::{Actor, Db, Error, FromRow, Row, Rule};

use crate::kit::{Noted, count, databases};

#[derive(Debug, PartialEq)]
enum SaleError {
    SoldOut,
    Db(Error),
}
impl From<Error> for SaleError {
    fn from(error: Error) -> Self {
        SaleError::Db(error)
    }
}

/// Reads, decides, writes: no lock clause.
fn sell(db: &Db, buyer: String) -> Result<(), SaleError> {
    db.write("sell", move |tx| {
        let (stock,): (i64,) =
            tx.first("SELECT stock FROM pieces WHERE id = $1", &[&"p1"])?.unwrap();
        if stock == 0 {
            return Err(SaleError::SoldOut);
        }
        tx.execute("UPDATE pieces SET stock = $2 WHERE id = $1", &[&"p1", &(stock - 1)])?;
        let sale: String = tx.new_id();
        tx.execute(
            "INSERT INTO sales (id, piece, buyer) VALUES ($1, $2, $3)",
            &[&sale, &"p1", &buyer],
        )?;
        Ok(tx.record(&Noted("p1"))?)
    })
    .wait()
}

#[test]
fn the_last_piece_is_sold_once_among_eight_threads() {
    for place in databases("last_piece") {
        let (engine, db) = (place.engine, place.db());
        let results: Vec<_> = thread::scope(|scope| {
            let buyers: Vec<_> =
                (0..8).map(|i| scope.spawn(move || sell(db, format!("b{i}")))).collect();
            buyers.into_iter().map(|b| b.join().unwrap()).collect()
        });
        let sold = results.iter().filter(|r| r.is_ok()).count();
        let refused = results.iter().filter(|r| **r == Err(SaleError::SoldOut)).count();
        assert_eq!((sold, refused), (1, 7), "{engine}: {results:?}");
        assert_eq!(count(db, "SELECT CAST(COUNT(*) AS BIGINT) FROM sales"), 1, "{engine}");
    }
}

#[test]
fn forty_jobs_are_claimed_once_each_by_eight_workers() {
    const CLAIM: &str = "UPDATE jobs SET locked_until = $1
         WHERE id = (SELECT id FROM jobs WHERE run_at <= $2 AND locked_until < $2
                     ORDER BY run_at, id LIMIT 1)
           AND locked_until < $2
         RETURNING id";
    for place in databases("forty_jobs") {
        let (engine, db) = (place.engine, place.db());
        db.write("enqueue", |tx| {
            for i in 0..40 {
                tx.execute(
                    "INSERT INTO jobs (id, run_at, locked_until) VALUES ($1, $2, $3)",
                    &[&format!("j{i:02}"), &1_i64, &0_i64],
                )?;
            }
            tx.record(&Noted("jobs"))
        })
        .wait()
        .unwrap();
        let gave_up = AtomicI64::new(0);
        let work = || {
            let mut mine = Vec::new();
            loop {
                match db.write("claim", |tx| tx.housekeep(CLAIM, &[&100_i64, &50_i64])).wait() {
                    Ok(claimed) if claimed.is_empty() => return mine,
                    Ok(claimed) => mine.extend(claimed),
                    Err(Error::Conflict) => {
                        gave_up.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(error) => panic!("{engine}: {error}"),
                }
            }
        };
        let mut claimed: Vec<(String,)> = thread::scope(|scope| {
            let workers: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
            workers.into_iter().flat_map(|w| w.join().unwrap()).collect()
        });
        claimed.sort();
        claimed.dedup();
        assert_eq!(claimed.len(), 40, "{engine}");
    }
}

#[test]
fn a_broken_rule_is_the_same_error_on_both_engines() {
    let rule =
        |db: &Db, sql: &'static str| match db.write("break", move |tx| tx.execute(sql, &[])).wait()
        {
            Err(Error::Constraint { rule, .. }) => rule,
            other => panic!("{other:?}"),
        };
    for place in databases("same_error") {
        let (engine, db) = (place.engine, place.db());
        let piece = |values| rule(db, values);
        assert_eq!(
            piece("INSERT INTO pieces (id, title, price, stock) VALUES ('p1', 'x', 1, 1)"),
            Rule::Unique,
            "{engine}"
        );
        assert_eq!(
            piece("INSERT INTO pieces (id, title, price, stock) VALUES ('p2', 'x', 0, 1)"),
            Rule::Check,
            "{engine}"
        );
        assert_eq!(
            piece("INSERT INTO pieces (id, price, stock) VALUES ('p2', 1, 1)"),
            Rule::NotNull,
            "{engine}"
        );
        assert_eq!(
            piece("INSERT INTO sales (id, piece, buyer) VALUES ('s', 'none', 'b')"),
            Rule::ForeignKey,
            "{engine}"
        );
    }
}

#[derive(Debug, PartialEq)]
struct Piece {
    on_loan: bool,
    picture: Option<Vec<u8>>,
    note: Option<String>,
}
impl FromRow for Piece {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok(Piece { on_loan: row.take()?, picture: row.take()?, note: row.take()? })
    }
}

#[test]
fn values_come_back_as_they_went_in() {
    for place in databases("values") {
        let (engine, db) = (place.engine, place.db());
        let after = db.write("change", |tx| {
            let none: Option<String> = None;
            let rows = tx.returning(
                "UPDATE pieces SET note = $4, picture = $2, on_loan = $3 WHERE id = $1
                 RETURNING on_loan, picture, note",
                &[&"p1", &[0_u8, 255].as_slice(), &true, &none],
            )?;
            tx.record(&Noted("p1"))?;
            Ok::<Vec<Piece>, Error>(rows)
        });
        let wanted = Piece { on_loan: true, picture: Some(vec![0, 255]), note: None };
        assert_eq!(after.wait().unwrap(), [wanted], "{engine}");
        let wanted = (true, Some(vec![0, 255]), "Senja".to_owned(), 1_500_000, 1_i64);
        let owned = db.read(|read| {
            let (id, title) = (Arc::<str>::from("p1"), Cow::Owned::<str>("Senja".to_owned()));
            read.one(
                "SELECT on_loan, picture, title, price, stock FROM pieces
                 WHERE id = $1 AND title = $2 AND picture = $3",
                &[&id, &title, &[0_u8, 255]],
            )
        });
        let owned: (bool, Option<Vec<u8>>, String, i64, i64) = owned.wait().unwrap();
        assert_eq!(owned, wanted, "{engine}");
        let wrong: Result<Vec<(i64,)>, Error> =
            db.read(|read| read.all("SELECT title FROM pieces", &[])).wait();
        assert_eq!(wrong, Err(Error::Decode { column: 0, wanted: "an integer" }), "{engine}");
    }
}

#[test]
fn a_panic_in_one_body_loses_nothing_of_the_others() {
    for place in databases("panics") {
        let (engine, db) = (place.engine, place.db());
        let all: Vec<_> = (0..60)
            .map(|i| {
                db.write("mixed", move |tx| {
                    tx.execute(
                        "INSERT INTO sales (id, piece, buyer) VALUES ($1, $2, $3)",
                        &[&format!("s{i:02}"), &"p1", &"b"],
                    )?;
                    tx.record(&Noted("p1"))?;
                    assert!(i % 3 != 0, "body {i} fell over");
                    if i % 3 == 1 { Err(Error::Driver("refused".into())) } else { Ok(i) }
                })
            })
            .collect();
        for (i, reply) in all.into_iter().enumerate() {
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| reply.wait()));
            match (i % 3, ended) {
                (0, Err(panic)) => {
                    let text = panic.downcast::<String>().unwrap();
                    assert_eq!(*text, format!("body {i} fell over"), "{engine}");
                }
                (1, Ok(Err(Error::Driver(text)))) if text == "refused" => {}
                (2, Ok(Ok(n))) => assert_eq!(n, i, "{engine}"),
                (_, other) => panic!("{engine}: body {i} ended with {other:?}"),
            }
        }
        assert_eq!(count(db, "SELECT CAST(COUNT(*) AS BIGINT) FROM sales"), 20, "{engine}");
    }
}

fn panic_of<T: std::fmt::Debug>(f: impl FnOnce() -> T) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)).unwrap_err();
    panic.downcast::<String>().map_or_else(|p| (*p.downcast::<&str>().unwrap()).to_owned(), |s| *s)
}

#[test]
fn a_change_without_an_event_cannot_be_committed() {
    for place in databases("no_event") {
        let (engine, db) = (place.engine, place.db());
        let silent = db.write("silent", |tx| tx.execute("UPDATE pieces SET stock = 9", &[]));
        assert_eq!(panic_of(|| silent.wait()), "silent: a change was made without an event");
        assert_eq!(count(db, "SELECT stock FROM pieces"), 1, "{engine}");
    }
}

#[test]
fn a_failed_statement_ends_its_transaction() {
    for place in databases("failed") {
        let (engine, db) = (place.engine, place.db());
        let careless = db.write("careless", |tx| {
            tx.execute("INSERT INTO sales (id, piece, buyer) VALUES ('s', 'none', 'b')", &[]).ok();
            tx.record(&Noted("s"))
        });
        assert!(panic_of(|| careless.wait()).contains("went on after"), "{engine}");
        assert_eq!(count(db, "SELECT stock FROM pieces"), 1, "{engine}: and the next one works");
    }
}

#[test]
fn a_query_cannot_write_and_a_body_cannot_nest() {
    for place in databases("no_nest") {
        let db = place.db();
        let sly = db.read(|read| read.all::<(String,)>("DELETE FROM pieces RETURNING id", &[]));
        assert!(panic_of(|| sly.wait()).contains("a query may only look"));
        let inner = db.clone();
        let nested =
            db.read(move |_| inner.read(|read| read.first::<(i64,)>("SELECT 1", &[])).wait());
        assert!(panic_of(|| nested.wait()).contains("would wait for itself"));
    }
}

#[tokio::test]
async fn handlers_await_what_threads_wait_for() {
    for place in tokio::task::spawn_blocking(|| databases("handlers")).await.unwrap() {
        let (engine, db) = (place.engine, place.db());
        let ana = db.acting(Actor::system("clerk:ana"));
        ana.write("note", |tx| tx.record(&Noted("p1"))).await.unwrap();
        let actors: Result<Vec<(String,)>, Error> = db
            .read(|read| {
                read.all("SELECT actor FROM events WHERE kind = 'test.noted' ORDER BY actor", &[])
            })
            .await;
        let wanted = ["clerk:ana", "system"].map(|actor| (actor.to_owned(),));
        assert_eq!(actors.unwrap(), wanted, "{engine}");
    }
}
