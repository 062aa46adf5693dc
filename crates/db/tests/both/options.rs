//! What an installation chooses: urls, queues, logs, the replica.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{fs, thread};

use db::{Db, Engine, Error, Options};
use tempfile::TempDir;

use crate::kit::{Noted, count, databases, databases_with, postgres, run};

#[test]
fn who_waited_too_long_is_told_busy_and_not_run() {
    let options = Options { connections: 1, wait_max_ms: 50, ..Options::default() };
    for place in databases_with("late", &options) {
        let (engine, db) = (place.engine, place.db());
        let slow = db.write("slow", |tx| {
            thread::sleep(Duration::from_millis(150));
            tx.record(&Noted("slow"))
        });
        thread::sleep(Duration::from_millis(20)); // so that no batch takes both
        let late = db.write("late", |tx| tx.record(&Noted("late")));
        assert_eq!((slow.wait(), late.wait()), (Ok(()), Err(Error::Busy)), "{engine}");
        let late = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE subject = 'late'";
        assert_eq!(count(db, late), 0, "{engine}");
    }
}

#[test]
fn a_queue_that_is_full_says_so_at_once_and_the_rest_is_kept() {
    let options = Options { connections: 1, ..Options::default() };
    // the queue is the same before both engines, and this one is quicker
    for place in databases_with("queue_full", &options).iter().take(1) {
        let (engine, db) = (place.engine, place.db());
        let slow = db.write("slow", |tx| {
            thread::sleep(Duration::from_millis(200));
            tx.record(&Noted("slow"))
        });
        thread::sleep(Duration::from_millis(20));
        let replies: Vec<_> =
            (0..4200).map(|_| db.write("many", |tx| tx.record(&Noted("many")))).collect();
        let ends: Vec<_> = replies.into_iter().map(db::Reply::wait).collect();
        let busy = ends.iter().filter(|end| **end == Err(Error::Busy)).count();
        let kept = ends.iter().filter(|end| end.is_ok()).count();
        assert_eq!((kept, busy), (4096, 104), "{engine}");
        slow.wait().unwrap();
        let many = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE subject = 'many'";
        assert_eq!(count(db, many), 4096, "{engine}");
    }
}

#[test]
fn nobody_looks_for_a_caller_who_hung_up_but_a_write_stands() {
    let options = Options { connections: 1, ..Options::default() };
    for place in databases_with("hung_up", &options) {
        let (engine, db) = (place.engine, place.db());
        let looked = Arc::new(AtomicBool::new(false));
        let hold = db.read(|_| {
            thread::sleep(Duration::from_millis(100));
            Ok::<_, Error>(())
        });
        let flag = Arc::clone(&looked);
        drop(db.read(move |_| {
            flag.store(true, Ordering::SeqCst);
            Ok::<_, Error>(())
        }));
        drop(db.write("hung_up", |tx| tx.record(&Noted("hung_up"))));
        hold.wait().unwrap();
        db.write("after", |tx| tx.record(&Noted("after"))).wait().unwrap();
        let noted = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE subject = 'hung_up'";
        assert_eq!(count(db, noted), 1, "{engine}");
        assert!(!looked.load(Ordering::SeqCst), "{engine}");
    }
}

#[test]
fn each_statement_that_succeeded_is_noted_once() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("statements.jsonl");
    let options = Options { statement_log: Some(path.clone()), ..Options::default() };
    const ASKED: &str = "SELECT stock FROM pieces WHERE id = $1 AND 'noted' = 'noted'";
    const WRONG: &str = "SELECT nothing FROM nowhere";
    for place in databases_with("noted", &options) {
        for _ in 0..3 {
            place.db().read(|read| read.one::<(i64,)>(ASKED, &[&"p1"])).wait().unwrap();
            place.db().read(|read| read.all::<(i64,)>(WRONG, &[])).wait().unwrap_err();
        }
    }
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("'noted'")).collect();
    let engines: BTreeSet<String> = lines
        .iter()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["engine"].to_string())
        .collect();
    assert_eq!(lines.len(), if postgres().is_some() { 2 } else { 1 }, "{text}");
    assert_eq!(engines.len(), lines.len());
    assert!(!text.contains(WRONG));
}

#[test]
fn one_means_one() {
    for place in databases("one") {
        let ask = |sql: &'static str| place.db().read(move |r| r.one::<(String,)>(sql, &[])).wait();
        assert_eq!(ask("SELECT id FROM pieces"), Ok(("p1".to_owned(),)), "{}", place.engine);
        for sql in ["SELECT id FROM sales", "SELECT id FROM pieces UNION ALL SELECT id FROM pieces"]
        {
            assert!(ask(sql).is_err(), "{}: {sql}", place.engine);
        }
    }
}

#[test]
fn a_url_that_cannot_work_says_why() {
    let told = |url: &str| match Db::open(url, Options::default()) {
        Ok(_) => panic!("{url} was opened"),
        Err(error) => error.to_string(),
    };
    assert!(told("mysql://x").contains("sqlite:PATH"));
    assert!(told("sqlite:").contains("sqlite:PATH"));
    assert!(told("sqlite:/no/such/folder/city.db").contains("its folder must exist"));
    assert!(told("postgres://gerai@127.0.0.1:1/city").contains("127.0.0.1:1 cannot be reached"));
    assert!(told("postgres://gerai@127.0.0.1:1/city?sslmode=verify-ca").contains("use disable"));
    assert!(told("postgres://gerai@127.0.0.1:1/city?schema=Nope%20").contains("use at most 63"));
    assert!(
        told("postgres://u@127.0.0.1:1/c?sslmode=require&sslrootcert=/no/file")
            .contains("/no/file")
    );
    assert_eq!(Engine::of("postgresql://x"), Ok(Engine::Postgres));
}

#[test]
fn reads_that_may_lag_go_to_the_replica_and_survive_its_loss() {
    if postgres().is_none() {
        return;
    }
    let [_, other] = &databases("replica")[..] else { panic!("two engines") };
    run(other.db(), "UPDATE pieces SET stock = 77").unwrap();
    let gone = "postgres://gerai@127.0.0.1:1/city".to_owned();
    for (replica, wanted) in [(other.url.clone(), 77), (gone, 1)] {
        let options = Options { replica_url: Some(replica), ..Options::default() };
        let primary = databases_with("primary", &options);
        let db = primary[1].db();
        for _ in 0..8 {
            let stock = db.read_lagging(|read| read.count("SELECT stock FROM pieces", &[])).wait();
            assert_eq!(stock, Ok(wanted));
        }
    }
}
