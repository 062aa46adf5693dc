//! `kill -9` under load, twenty times: what was acknowledged is there, and the file is sound.
//!
//! The test runs itself as the victim: a child process that writes from several threads and
//! says each id aloud once the database has acknowledged it.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fall over")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, io, process, thread};

use db::{Db, Error, Event, Migration, Options};
use serde::Serialize;
use tempfile::TempDir;

const KILLS: usize = 20;
const LOAD: Duration = Duration::from_millis(150);
const WRITERS: u64 = 8;
const VICTIM_URL: &str = "CRASH_TEST_URL";
const SCHEMA: &[Migration] = &[Migration::new(
    "crash",
    "0001_orders",
    "CREATE TABLE orders (id TEXT PRIMARY KEY, total BIGINT NOT NULL);
     CREATE TABLE order_lines (
         order_id TEXT NOT NULL, line BIGINT NOT NULL, price BIGINT NOT NULL,
         PRIMARY KEY (order_id, line)
     );",
)];

#[derive(Serialize)]
struct Placed;

impl Event for Placed {
    const KIND: &'static str = "crash.placed";
    fn subject(&self) -> String {
        "order".to_owned()
    }
}

/// An order of three lines; its total is their sum.
fn place(db: &Db, n: u64) -> Result<String, Error> {
    let price = i64::try_from(n).unwrap();
    db.write("place", move |tx| {
        let id: String = tx.new_id();
        tx.execute("INSERT INTO orders (id, total) VALUES ($1, $2)", &[&id, &(3 * price)])?;
        for line in 1..=3_i64 {
            tx.execute(
                "INSERT INTO order_lines (order_id, line, price) VALUES ($1, $2, $3)",
                &[&id, &line, &price],
            )?;
        }
        tx.record(&Placed)?;
        Ok(id)
    })
    .wait()
}

/// Not a test of its own: the child process that gets killed.
#[test]
fn victim() {
    let Ok(url) = env::var(VICTIM_URL) else { return };
    let db = Db::open(&url, Options::default()).unwrap();
    let numbers = AtomicU64::new(1);
    thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                loop {
                    match place(&db, numbers.fetch_add(1, Ordering::Relaxed)) {
                        Ok(id) => writeln!(io::stdout(), "kept {id}").unwrap(),
                        Err(Error::Conflict) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
}

/// Starts the victim, lets it work, kills it, and gives the ids it had said aloud.
fn kill_under_load(url: &str) -> Vec<String> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "victim", "--nocapture", "--test-threads=1"])
        .env(VICTIM_URL, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let (mut kept, mut line, mut until) = (Vec::new(), String::new(), None);
    while said.read_line(&mut line).unwrap() > 0 {
        if let Some(id) = line.strip_prefix("kept ").and_then(|id| id.strip_suffix('\n')) {
            kept.push(id.to_owned());
            let until = *until.get_or_insert_with(|| Instant::now() + LOAD);
            if Instant::now() > until {
                child.kill().unwrap(); // SIGKILL; what it had said is still in the pipe
            }
        }
        line.clear();
    }
    child.wait().unwrap();
    kept
}

fn missing(db: &Db, kept: Vec<String>) -> Vec<String> {
    let look = db.read(move |read| {
        let mut missing = Vec::new();
        for id in &kept {
            let found = "SELECT CAST(COUNT(*) AS BIGINT) FROM orders WHERE id = $1";
            if read.count(found, &[id])? != 1 {
                missing.push(id.clone());
            }
        }
        Ok::<_, Error>(missing)
    });
    look.wait().unwrap()
}

fn count(db: &Db, sql: &'static str) -> i64 {
    db.read(move |read| read.count(sql, &[])).wait().unwrap()
}

/// Twenty kills of programs that write to `url`, and a look after each.
fn crash(url: &str) -> usize {
    let open = || Db::open(url, Options { connections: 2, ..Options::default() }).unwrap();
    open().migrate(SCHEMA.to_vec()).wait().unwrap();
    let mut all = 0;
    for _ in 0..KILLS {
        let kept = kill_under_load(url);
        all += kept.len();
        let db = open();
        assert_eq!(missing(&db, kept), Vec::<String>::new(), "acknowledged, but not there");
        let torn = "SELECT CAST(COUNT(*) AS BIGINT) FROM orders
             WHERE total <> (SELECT SUM(price) FROM order_lines WHERE order_id = orders.id)
                OR 3 <> (SELECT COUNT(*) FROM order_lines WHERE order_id = orders.id)";
        assert_eq!(count(&db, torn), 0, "an order is whole or not there");
        let told = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE kind = 'crash.placed'";
        let orders = "SELECT CAST(COUNT(*) AS BIGINT) FROM orders";
        assert_eq!(count(&db, told), count(&db, orders), "each order has its event");
        if url.starts_with("sqlite:") {
            let sound = "SELECT CAST(COUNT(*) AS BIGINT) FROM pragma_integrity_check
                         WHERE integrity_check = 'ok'";
            assert_eq!(count(&db, sound), 1, "the file is sound");
        }
    }
    all
}

#[test]
fn twenty_kills_lose_nothing_acknowledged_on_sqlite() {
    let dir = TempDir::new().unwrap();
    let kept = crash(&format!("sqlite:{}", dir.path().join("city.db").display()));
    assert!(kept > KILLS, "the victims worked: {kept}");
}

#[test]
fn twenty_kills_lose_nothing_acknowledged_on_postgres() {
    let Ok(server) = env::var("TEST_POSTGRES_URL") else { return };
    let schema = format!("crash_{}", process::id());
    let join = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{join}schema={schema}");
    let kept = crash(&url);
    assert!(kept > KILLS, "the victims worked: {kept}");
    let db = Db::open(&url, Options { connections: 1, ..Options::default() }).unwrap();
    let sql = format!("DROP SCHEMA {schema} CASCADE");
    db.write("drop", move |tx| tx.housekeep::<(i64,)>(&sql, &[]).map(drop)).wait().unwrap();
}
