//! The whole city: moved between engines, backed up while it is served, restored, compared.

use std::sync::atomic::{AtomicBool, Ordering};
use std::{fs, thread};

use db::{Db, Error, Migration, Options, TableDigest, restore};
use tempfile::TempDir;

use crate::kit::{Noted, SCHEMA, add_piece, count, databases, empty};

const REGIONS: Migration = Migration::new(
    "registry",
    "0001_regions",
    "CREATE TABLE regions (code TEXT PRIMARY KEY, parent TEXT REFERENCES regions (code));
     CREATE TABLE a_first_by_name (piece TEXT NOT NULL REFERENCES pieces (id), n BIGINT);
     INSERT INTO regions (code, parent) VALUES ('root', NULL);",
);

fn all() -> Vec<Migration> {
    [SCHEMA, &[REGIONS]].concat()
}

/// Rows of every type, one table that refers to itself, one that comes before what it refers to.
fn furnish(db: &Db) {
    db.migrate(all()).wait().unwrap();
    let picture: Vec<u8> = (0..=255).collect();
    let filled = db.write("furnish", move |tx| {
        tx.execute("UPDATE pieces SET picture = $1, on_loan = TRUE", &[&picture])?;
        tx.execute("UPDATE pieces SET note = $1", &[&"Kopi \u{1F375}\n\"Gayo\", \t x"])?;
        for n in 0..2000_i64 {
            let (code, parent) =
                (format!("r{n:04}"), (n % 7 > 0).then(|| format!("r{:04}", n - n % 7)));
            tx.execute("INSERT INTO regions (code, parent) VALUES ($1, $2)", &[&code, &parent])?;
            let sale: String = tx.new_id();
            tx.execute(
                "INSERT INTO sales (id, piece, buyer) VALUES ($1, 'p1', $2)",
                &[&sale, &format!("b{n}")],
            )?;
            let n = (n != 5).then_some(n - 1000);
            tx.execute("INSERT INTO a_first_by_name (piece, n) VALUES ('p1', $1)", &[&n])?;
        }
        // a parent that sorts, and was made, after its child
        tx.execute("INSERT INTO regions (code, parent) VALUES ('z', NULL)", &[])?;
        tx.execute("UPDATE regions SET parent = 'z' WHERE code = 'r0000'", &[])?;
        tx.record(&Noted("furnished"))
    });
    filled.wait().unwrap();
}

fn open(url: &str) -> Db {
    Db::open(url, Options { connections: 2, ..Options::default() }).unwrap()
}

fn rows(digests: &[TableDigest], table: &str) -> u64 {
    digests.iter().find(|d| d.table == table).unwrap().rows
}

#[test]
fn a_city_moves_from_engine_to_engine_and_stays_the_same() {
    for from in databases("move_from") {
        furnish(from.db());
        let before = db::digest(from.db()).unwrap();
        assert_eq!((rows(&before, "regions"), rows(&before, "sales")), (2002, 2000));
        for to in empty("move_to") {
            let way = format!("{} to {}", from.engine, to.engine);
            let to = open(&to.url);
            to.migrate(all()).wait().unwrap();
            assert_eq!(db::copy(from.db(), &to).unwrap(), before, "{way}");
            assert_eq!(db::digest(&to).unwrap(), before, "{way}");
            add_piece(&to, "p2", 1).unwrap();
            assert_ne!(db::digest(&to).unwrap(), before, "{way}: a change shows");
            let orphan = to.write("orphan", |tx| {
                tx.execute("INSERT INTO regions (code, parent) VALUES ('o', 'none')", &[])
            });
            assert!(matches!(orphan.wait(), Err(Error::Constraint { .. })), "{way}: still checked");
        }
    }
}

#[test]
fn a_city_is_not_poured_over_another_nor_into_an_older_house() {
    for from in databases("over_from") {
        for to in databases("over_to") {
            let used = db::copy(from.db(), to.db()).unwrap_err().to_string();
            assert!(used.contains("in use already"), "{used}");
        }
        for to in empty("over_old") {
            let to = open(&to.url);
            let error = db::copy(from.db(), &to).unwrap_err().to_string();
            assert!(error.contains("start this program once"), "{error}");
            to.migrate(all()).wait().unwrap();
            let error = db::copy(from.db(), &to).unwrap_err().to_string();
            assert!(error.contains("start this program once"), "{error}");
        }
    }
}

/// One piece gives what the other takes: their sum is 100 at every moment.
fn shift(db: &Db, stop: &AtomicBool) {
    while !stop.load(Ordering::SeqCst) {
        let shifted = db.write("shift", |tx| {
            tx.execute("UPDATE pieces SET stock = stock - 1 WHERE id = 'p1'", &[])?;
            tx.execute("UPDATE pieces SET stock = stock + 1 WHERE id = 'p2'", &[])?;
            tx.record(&Noted("p1"))
        });
        match shifted.wait() {
            Ok(()) | Err(Error::Conflict) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn a_backup_made_while_serving_is_one_moment_and_comes_back_on_either_engine() {
    let dir = TempDir::new().unwrap();
    for place in databases("backup") {
        let (engine, db) = (place.engine, place.db());
        furnish(db);
        add_piece(db, "p2", 99).unwrap();
        let file = dir.path().join(format!("{engine}.backup"));
        let stop = &AtomicBool::new(false);
        let saved = thread::scope(|scope| {
            scope.spawn(|| shift(db, stop));
            let saved = db.backup_to(&file, &all());
            stop.store(true, Ordering::SeqCst);
            saved.unwrap()
        });
        assert!(db.backup_to(&file, &all()).unwrap_err().to_string().contains("there already"));
        for to in empty("restored") {
            let way = format!("{engine} to {}", to.engine);
            assert_eq!(restore(&file, &to.url, &all()).unwrap(), saved, "{way}");
            let to = open(&to.url);
            assert_eq!(db::digest(&to).unwrap(), saved, "{way}");
            let sum = "SELECT CAST(SUM(stock) AS BIGINT) FROM pieces";
            assert_eq!(count(&to, sum), 100, "{way}");
        }
        let served = open(&format!("sqlite:{}", file.display()));
        assert!(served.schema_is_current(&all()).wait().unwrap(), "a backup is a city too");
    }
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_str().unwrap().contains(".part")), "{names:?}");
}

#[test]
fn an_older_backup_is_brought_up_and_a_newer_or_damaged_one_refused() {
    let dir = TempDir::new().unwrap();
    for place in databases("older") {
        let file = dir.path().join(place.engine);
        place.db().backup_to(&file, SCHEMA).unwrap();
        for to in empty("brought_up") {
            restore(&file, &to.url, &all()).unwrap();
            assert!(open(&to.url).schema_is_current(&all()).wait().unwrap());
        }
        let [to, ..] = &empty("refused")[..] else { panic!("one engine at least") };
        let newer = restore(&file, &to.url, &[REGIONS]).unwrap_err().to_string();
        assert!(newer.contains("newer program"), "{newer}");
        let mut bytes = fs::read(&file).unwrap();
        for byte in bytes.iter_mut().skip(5000) {
            *byte ^= 0x5a;
        }
        fs::write(&file, bytes).unwrap();
        let damaged = restore(&file, &to.url, SCHEMA).unwrap_err().to_string();
        assert!(damaged.contains("is no backup"), "{damaged}");
        fs::write(&file, "hello").unwrap();
        let other = restore(&file, &to.url, SCHEMA).unwrap_err().to_string();
        assert!(other.contains("is no backup"), "{other}");
    }
}
