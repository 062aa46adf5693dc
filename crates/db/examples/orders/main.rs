//! Durable orders per second through this module, beside the bare engine doing the same.
//!
//! `cargo run --release -p db --example orders -- --dir DIR [--seconds N] [--postgres URL]
//! [--pgbench PATH] [--connections N] [--references newborn]`. DIR should be on the disk that matters; the server
//! should have `fsync` and `synchronous_commit` on. Prints one JSON object a line:
//! `{"name", "writers", "orders_per_second", "gave_up"}`. An order is seven statements: three
//! conditional updates, order, lines, postings, event.

mod pgbench;
mod raw;

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use db::{Db, Error, Event, Migration, Options, Tx};
use serde::Serialize;

const PRODUCTS: u64 = 10_000;
const WRITERS: [u64; 3] = [1, 16, 64];
const SCHEMA: &str = "bench_orders";

/// Lines and postings do not reference the order that is born with them: see
/// `docs/decisions/0001-one-database-module.md`.
const TABLES: &str = "
     CREATE TABLE products (
         id TEXT PRIMARY KEY, price BIGINT NOT NULL, stock BIGINT NOT NULL CHECK (stock >= 0)
     );
     CREATE TABLE orders (
         id TEXT PRIMARY KEY, buyer TEXT NOT NULL, total BIGINT NOT NULL, placed_at BIGINT NOT NULL
     );
     CREATE TABLE order_lines (
         order_id TEXT NOT NULL, line BIGINT NOT NULL,
         product TEXT NOT NULL REFERENCES products (id), price BIGINT NOT NULL,
         PRIMARY KEY (order_id, line)
     );
     CREATE TABLE postings (
         id TEXT PRIMARY KEY, order_id TEXT NOT NULL, account TEXT NOT NULL, amount BIGINT NOT NULL
     );";

pub(crate) const TAKE: &str =
    "UPDATE products SET stock = stock - $2 WHERE id = $1 AND stock >= $2 RETURNING price";
pub(crate) const ORDER: &str =
    "INSERT INTO orders (id, buyer, total, placed_at) VALUES ($1, $2, $3, $4)";
pub(crate) const LINES: &str = "INSERT INTO order_lines (order_id, line, product, price)
    VALUES ($1, 1, $2, $3), ($1, 2, $4, $5), ($1, 3, $6, $7)";
pub(crate) const POSTINGS: &str = "INSERT INTO postings (id, order_id, account, amount)
    VALUES ($1, $2, $3, $4), ($5, $2, $6, $7)";

#[derive(Serialize)]
struct OrderPlaced<'a> {
    order: &'a str,
    total: i64,
}

impl Event for OrderPlaced<'_> {
    const KIND: &'static str = "market.order_placed";
    fn subject(&self) -> String {
        self.order.to_owned()
    }
}

fn place(tx: &mut Tx<'_>, products: &[String; 3]) -> Result<(), Error> {
    let mut prices = [0; 3];
    for (price, product) in prices.iter_mut().zip(products) {
        let taken: Vec<(i64,)> = tx.returning(TAKE, &[product, &1_i64])?;
        *price = taken.first().expect("enough stock for the run").0;
    }
    let (order, total): (String, i64) = (tx.new_id(), prices.iter().sum());
    let now_ms = tx.now_ms();
    tx.execute(ORDER, &[&order, &"ana", &total, &now_ms])?;
    let ([p1, p2, p3], [q1, q2, q3]) = (products, &prices);
    tx.execute(LINES, &[&order, p1, q1, p2, q2, p3, q3])?;
    let (debit, credit): (String, String) = (tx.new_id(), tx.new_id());
    tx.execute(POSTINGS, &[&debit, &order, &"buyer", &-total, &credit, &"seller", &total])?;
    tx.record(&OrderPlaced { order: &order, total })
}

/// Three different products in ascending order.
pub(crate) fn pick(seed: &mut u64) -> [String; 3] {
    let mut next = || {
        *seed =
            seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % (PRODUCTS / 3)
    };
    let third = PRODUCTS / 3;
    [next(), third + next(), 2 * third + next()].map(|n| format!("p{n:06}"))
}

/// The tables, or the same with the references that the decision record warns of.
fn tables(newborn: bool) -> Migration {
    let with =
        TABLES.replace("order_id TEXT NOT NULL", "order_id TEXT NOT NULL REFERENCES orders (id)");
    Migration::new("bench", "0001_orders", if newborn { with.leak() } else { TABLES })
}

fn fill(db: &Db, newborn: bool) -> Result<(), Error> {
    db.migrate(vec![tables(newborn)]).wait()?;
    db.write("fill", |tx| {
        for n in 0..PRODUCTS {
            tx.execute(
                "INSERT INTO products (id, price, stock) VALUES ($1, $2, $3)",
                &[&format!("p{n:06}"), &12_000_i64, &1_000_000_i64],
            )?;
        }
        tx.record(&OrderPlaced { order: "filled", total: 0 })
    })
    .wait()?;
    db.write("analyse", |tx| tx.housekeep::<(i64,)>("ANALYZE", &[]).map(drop)).wait()
}

/// What a run gave.
#[derive(Serialize)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) writers: u64,
    pub(crate) orders_per_second: u64,
    pub(crate) gave_up: u64,
}

impl Figure {
    pub(crate) fn tell(&self) {
        let line = serde_json::to_string(self).expect("a figure is plain");
        writeln!(std::io::stdout(), "{line}").expect("somebody listens");
    }
}

pub(crate) fn per_second(count: u64, time: Duration) -> u64 {
    count * 1000 / u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)
}

async fn measure(name: &'static str, db: &Db, writers: u64, time: Duration) -> Figure {
    let stop = Arc::new(AtomicBool::new(false));
    let (placed, gave_up) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let began = Instant::now();
    let tasks: Vec<_> = (0..writers)
        .map(|w| {
            let (db, stop) = (db.clone(), Arc::clone(&stop));
            let (placed, gave_up) = (Arc::clone(&placed), Arc::clone(&gave_up));
            tokio::spawn(async move {
                let mut seed = w;
                while !stop.load(Ordering::Relaxed) {
                    let products = pick(&mut seed);
                    match db.write("place", move |tx| place(tx, &products)).await {
                        Ok(()) => placed.fetch_add(1, Ordering::Relaxed),
                        Err(Error::Conflict) => gave_up.fetch_add(1, Ordering::Relaxed),
                        Err(error) => panic!("{error}"),
                    };
                }
            })
        })
        .collect();
    tokio::time::sleep(time).await;
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.expect("no writer falls over");
    }
    let orders_per_second = per_second(placed.load(Ordering::Relaxed), began.elapsed());
    Figure { name, writers, orders_per_second, gave_up: gave_up.load(Ordering::Relaxed) }
}

struct Args {
    dir: PathBuf,
    time: Duration,
    postgres: Option<String>,
    pgbench: Option<String>,
    connections: usize,
    newborn: bool,
}

fn args() -> Args {
    let mut args = Args {
        dir: std::env::temp_dir(),
        time: Duration::from_secs(4),
        postgres: None,
        pgbench: None,
        connections: 8,
        newborn: false,
    };
    let mut words = std::env::args().skip(1);
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        let number = || value.parse::<u32>().expect("a whole number");
        match name.as_str() {
            "--dir" => args.dir = value.into(),
            "--seconds" => args.time = Duration::from_secs(number().into()),
            "--postgres" => args.postgres = Some(value),
            "--pgbench" => args.pgbench = Some(value),
            "--connections" => args.connections = number() as usize,
            "--references" => args.newborn = value == "newborn",
            other => panic!("unknown option {other}"),
        }
    }
    args
}

/// A file of its own for each run, so that none inherits another's size.
fn sqlite(args: &Args, batch_max: usize) -> Result<(Db, PathBuf), Error> {
    let path = args.dir.join("orders.db");
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(format!("{}{end}", path.display())).ok();
    }
    let options = Options { batch_max, ..Options::default() };
    let db = Db::open(&format!("sqlite:{}", path.display()), options)?;
    fill(&db, args.newborn)?;
    Ok((db, path))
}

fn postgres(url: &str, args: &Args) -> Result<Db, Error> {
    let connections = args.connections;
    let join = if url.contains('?') { '&' } else { '?' };
    let url = format!("{url}{join}schema={SCHEMA}");
    let open = || Db::open(&url, Options { connections, ..Options::default() });
    let remove = format!("DROP SCHEMA {SCHEMA} CASCADE");
    open()?.write("drop", move |tx| tx.housekeep::<(i64,)>(&remove, &[]).map(drop)).wait()?;
    let db = open()?;
    fill(&db, args.newborn)?;
    Ok(db)
}

fn main() -> Result<(), Error> {
    let args = args();
    let runtime = tokio::runtime::Runtime::new().map_err(|e| Error::Driver(e.to_string()))?;
    for writers in WRITERS {
        let (db, path) = sqlite(&args, Options::default().batch_max)?;
        runtime.block_on(measure("sqlite.module", &db, writers, args.time)).tell();
        drop(db);
        let (_, same_start) = sqlite(&args, 1)?;
        assert_eq!(path, same_start);
        raw::measure(&path, writers, args.time).tell();
    }
    let Some(url) = &args.postgres else { return Ok(()) };
    for writers in WRITERS {
        let db = postgres(url, &args)?;
        runtime.block_on(measure("postgres.module", &db, writers, args.time)).tell();
        drop(db);
        if let Some(program) = &args.pgbench {
            drop(postgres(url, &args)?);
            let clients = writers.min(args.connections as u64);
            pgbench::measure(program, url, clients, args.time).tell();
        }
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}
