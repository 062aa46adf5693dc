//! The same statements on a bare rusqlite connection, with group commit by hand: as many orders
//! in one transaction as there are writers.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use crate::{Figure, LINES, ORDER, POSTINGS, TAKE, per_second, pick};

const EVENT: &str = "INSERT INTO events (id, at, actor, on_behalf_of, kind, subject, data)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// The driver binds `?1` by number, but `$1` in the order of appearance.
fn numbered() -> [String; 5] {
    [TAKE, ORDER, LINES, POSTINGS, EVENT].map(|sql| sql.replace('$', "?"))
}

pub(crate) fn measure(path: &Path, writers: u64, time: Duration) -> Figure {
    let conn = Connection::open(path).expect("the file was just made");
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8000;",
    )
    .expect("settings");
    let texts = numbered();
    let mut seeds: Vec<u64> = (0..writers).collect();
    let (mut placed, began) = (0, Instant::now());
    while began.elapsed() < time {
        conn.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
        for seed in &mut seeds {
            placed += 1;
            place(&conn, &texts, placed, &pick(seed)).expect("enough stock for the run");
        }
        conn.execute_batch("COMMIT").expect("room on the disk");
    }
    let orders_per_second = per_second(placed, began.elapsed());
    Figure { name: "sqlite.raw", writers, orders_per_second, gave_up: 0 }
}

fn place(
    conn: &Connection,
    [take, order_text, lines, postings_text, event]: &[String; 5],
    n: u64,
    products: &[String; 3],
) -> rusqlite::Result<()> {
    let statement = |sql: &String| conn.prepare_cached(sql);
    let id = |part: u64| format!("{:010x}{:016x}", 1_790_000_000_000 + n, n * 4 + part);
    let mut prices = [0; 3];
    let mut take = statement(take)?;
    for (price, product) in prices.iter_mut().zip(products) {
        *price = take.query_row(params![product, 1], |row| row.get::<_, i64>(0))?;
    }
    let (order, total) = (id(0), prices.iter().sum::<i64>());
    statement(order_text)?.execute(params![order, "ana", total, 1_790_000_000_000_i64])?;
    let ([p1, p2, p3], [q1, q2, q3]) = (products, prices);
    statement(lines)?.execute(params![order, p1, q1, p2, q2, p3, q3])?;
    let postings = params![id(1), order, "buyer", -total, id(2), "seller", total];
    statement(postings_text)?.execute(postings)?;
    let data = format!("{{\"order\":\"{order}\",\"total\":{total}}}");
    let none: Option<String> = None;
    let (at, kind) = (1_790_000_000_000_i64, "market.order_placed");
    statement(event)?.execute(params![id(3), at, "system", none, kind, order, data])?;
    Ok(())
}
