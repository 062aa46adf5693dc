//! Migrations: once, in order, all or none, by one program at a time.

use std::thread;

use db::{Db, Error, Migration, Options};

use crate::kit::{SCHEMA, count, databases, empty};

const MORE: Migration = Migration::new(
    "registry",
    "0001_owners",
    "CREATE TABLE owners (id TEXT PRIMARY KEY, piece TEXT REFERENCES pieces (id));
     CREATE INDEX owners_by_piece ON owners (piece);
     INSERT INTO owners (id, piece) SELECT id, id FROM pieces;",
);

fn told<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn migrations_run_once_in_the_order_given() {
    for place in databases("order") {
        let (engine, db) = (place.engine, place.db());
        let all = [SCHEMA, &[MORE]].concat();
        assert!(!db.schema_is_current(&all).wait().unwrap(), "{engine}");
        for _ in 0..2 {
            db.migrate(all.clone()).wait().unwrap();
        }
        assert!(db.schema_is_current(&all).wait().unwrap(), "{engine}");
        assert_eq!(count(db, "SELECT CAST(COUNT(*) AS BIGINT) FROM owners"), 1, "{engine}");
        let told = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE kind = 'db.schema_changed'";
        assert_eq!(count(db, told), 2, "{engine}");
    }
}

#[test]
fn a_database_newer_than_the_program_or_edited_is_refused() {
    for place in databases("newer") {
        let (engine, db) = (place.engine, place.db());
        let newer = told(db.migrate(vec![MORE]).wait());
        assert!(newer.contains("gallery/0001_pieces_and_sales"), "{engine}: {newer}");
        let edited = vec![Migration { sqlite: "SELECT 1", ..SCHEMA[0] }];
        assert!(told(db.schema_is_current(&edited).wait()).contains("edited"), "{engine}");
        assert!(told(db.migrate(edited).wait()).contains("edited"), "{engine}");
    }
}

#[test]
fn a_migration_that_fails_leaves_nothing_of_its_neighbours() {
    const BROKEN: Migration = Migration::new("shop", "0001_broken", "CREATE TABLE (");
    for place in databases("broken") {
        let (engine, db) = (place.engine, place.db());
        let all = [SCHEMA, &[MORE, BROKEN]].concat();
        let text = told(db.migrate(all).wait());
        assert!(text.contains("shop/0001_broken"), "{engine}: {text}");
        assert!(!db.schema_is_current(&[SCHEMA, &[MORE]].concat()).wait().unwrap(), "{engine}");
        db.migrate([SCHEMA, &[MORE]].concat()).wait().unwrap();
    }
}

#[test]
fn an_empty_database_is_not_current_and_looking_changes_nothing() {
    for place in empty("empty") {
        let db = Db::open(&place.url, Options::default()).unwrap();
        for _ in 0..2 {
            assert!(!db.schema_is_current(SCHEMA).wait().unwrap(), "{}", place.engine);
        }
    }
}

#[test]
fn two_programs_that_start_at_once_both_find_the_schema() {
    for place in empty("at_once") {
        let start = || {
            let options = Options { connections: 2, ..Options::default() };
            let db = Db::open(&place.url, options).unwrap();
            let migrated = db.migrate(SCHEMA.to_vec()).wait();
            migrated.and_then(|()| db.schema_is_current(SCHEMA).wait())
        };
        thread::scope(|scope| {
            let programs: Vec<_> = (0..6).map(|_| scope.spawn(start)).collect();
            for program in programs {
                assert_eq!(program.join().unwrap(), Ok(true), "{}", place.engine);
            }
        });
    }
}
