//! Consumers: numbered once, handled in order, parked when poisoned, never skipped in silence.

use std::thread;

use base::consumer::{self, Consumer, Kinds, number_events, run_once};
use base::{Db, Error, Migration, StoredEvent, Tx};

use crate::kit::{House, count, houses, note, pass_ms, read, write};

const COPY: Migration = Migration::new(
    "zz_test",
    "0001_words",
    "CREATE TABLE test_words (id TEXT PRIMARY KEY, word TEXT NOT NULL)",
);

/// Copies the word of each event; some words are poison.
fn copy(tx: &mut Tx<'_>, event: &StoredEvent) -> Result<(), Error> {
    let word = event.json()["word"].as_str().unwrap_or_default().to_owned();
    match word.as_str() {
        "poison" => return Err(Error::broken("cannot swallow")),
        "bomb" => panic!("it went off"),
        _ => {}
    }
    consumer::derive(
        tx,
        "INSERT INTO test_words (id, word) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
        &[&event.id, &word],
    )
}

const COPIER: Consumer =
    Consumer { name: "test.copier", kinds: Kinds::Only(&["test.noted"]), handle: copy };

fn prepared(tag: &str) -> Vec<House> {
    let houses = houses(tag);
    for house in &houses {
        let mut all = base::MIGRATIONS.to_vec();
        all.push(COPY);
        house.db.migrate(all).wait().unwrap();
        run_dry(&house.db);
    }
    houses
}

fn run_dry(db: &Db) {
    while number_events(db).unwrap() > 0 {}
    while run_once(db, &COPIER).unwrap() > 0 {}
}

fn words(db: &Db) -> Vec<String> {
    let rows: Result<Vec<(String,)>, Error> =
        read(db, |read| Ok(read.all("SELECT word FROM test_words ORDER BY id", &[])?));
    rows.unwrap().into_iter().map(|row| row.0).collect()
}

#[test]
fn every_event_gets_one_place_whoever_numbers() {
    for house in prepared("numbers") {
        pass_ms(&house.db, 1);
        let many: Vec<String> = (0..60).map(|n| format!("w{n}")).collect();
        note(&house.db, &many.iter().map(String::as_str).collect::<Vec<_>>());
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        match number_events(&house.db) {
                            Ok(0) => break,
                            Ok(_) | Err(Error::Busy) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                });
            }
        });
        let total = count(&house.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM events");
        assert_eq!(read(&house.db, consumer::last_seq).unwrap(), total, "{}", house.engine);
        let places = "SELECT CAST(COUNT(DISTINCT seq) AS BIGINT) FROM events WHERE seq > 0";
        assert_eq!(count(&house.db, places), total);
        let events = read(&house.db, |read| consumer::after(read, 0, 1_000)).unwrap();
        let fresh = events.iter().filter(|event| event.subject == "case");
        assert!(fresh.is_sorted_by_key(|event| &event.id), "in the order of their ids");
    }
}

#[test]
fn a_consumer_hears_of_each_event_once_and_in_order() {
    for house in prepared("in_order") {
        note(&house.db, &["satu", "dua", "tiga"]);
        run_dry(&house.db);
        assert_eq!(words(&house.db), ["satu", "dua", "tiga"], "{}", house.engine);
        assert_eq!(run_once(&house.db, &COPIER).unwrap(), 0);
        let last = read(&house.db, consumer::last_seq).unwrap();
        let cursor = read(&house.db, |read| consumer::cursor(read, "test.copier")).unwrap();
        assert_eq!(cursor, last);
        note(&house.db, &["empat"]);
        run_dry(&house.db);
        assert_eq!(words(&house.db).len(), 4);
        write(&house.db, |tx| consumer::rewind(tx, "test.copier")).unwrap();
        run_dry(&house.db);
        assert_eq!(words(&house.db).len(), 4, "handling again changes nothing");
    }
}

fn swallow(tx: &mut Tx<'_>, event: &StoredEvent) -> Result<(), Error> {
    consumer::derive(
        tx,
        "INSERT INTO test_words (id, word) VALUES ($1, $2)",
        &[&event.id, &"mended"],
    )
}

#[test]
fn a_poisoned_event_is_parked_reported_and_tried_again() {
    for house in prepared("poison") {
        note(&house.db, &["satu", "poison", "tiga", "bomb", "lima"]);
        run_dry(&house.db);
        assert_eq!(words(&house.db), ["satu"], "it waits before the difficult one");
        for _ in 0..40 {
            pass_ms(&house.db, 60_000);
            run_dry(&house.db);
        }
        assert_eq!(words(&house.db), ["satu", "tiga", "lima"], "{}", house.engine);
        let parked = read(&house.db, |read| consumer::parked(read, None, 10)).unwrap();
        assert_eq!(parked.len(), 2);
        assert_eq!(parked[0].error, "cannot swallow");
        assert!(parked[1].error.contains("it went off"), "{}", parked[1].error);
        let event = parked[0].event.clone();
        let mended = Consumer { handle: swallow, ..COPIER };
        write(&house.db, move |tx| consumer::unpark(tx, &mended, &event)).unwrap();
        assert_eq!(words(&house.db), ["satu", "mended", "tiga", "lima"]);
        assert_eq!(read(&house.db, consumer::parked_count).unwrap(), 1);
        let (event, mended) = (parked[0].event.clone(), Consumer { handle: swallow, ..COPIER });
        let again = write(&house.db, move |tx| consumer::unpark(tx, &mended, &event));
        assert_eq!(again.unwrap_err().code(), "not-found");
        let cursor = parked[0].cursor();
        let rest = read(&house.db, move |read| consumer::parked(read, Some(&cursor), 10)).unwrap();
        let (name, event) = (rest[0].consumer.clone(), rest[0].event.clone());
        let skip =
            move |tx: &mut Tx<'_>| consumer::skip(tx, &name, &event, "Kata uji, bukan data.");
        write(&house.db, skip.clone()).unwrap();
        assert_eq!(write(&house.db, skip).unwrap_err().code(), "not-found");
        assert_eq!(read(&house.db, consumer::parked_count).unwrap(), 0, "{}", house.engine);
        let (name, event) = (rest[0].consumer.clone(), rest[0].event.clone());
        let gone = read(&house.db, move |read| consumer::find_parked(read, &name, &event));
        assert_eq!(gone.unwrap_err().code(), "not-found");
        let standings = read(&house.db, consumer::standings).unwrap();
        assert_eq!((standings[0].consumer.as_str(), standings[0].failures), ("test.copier", 0));
        assert_eq!(read(&house.db, consumer::unnumbered).unwrap(), 2, "handled and skipped");
    }
}
