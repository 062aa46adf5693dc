//! A fresh database on each engine for a test: SQLite always, PostgreSQL when
//! `TEST_POSTGRES_URL` names a server.

use db::{Db, Error, Event, Migration, Options};
use serde::Serialize;
use tempfile::TempDir;

pub(crate) const SCHEMA: &[Migration] = &[Migration::new(
    "gallery",
    "0001_pieces_and_sales",
    "CREATE TABLE pieces (
         id TEXT PRIMARY KEY, title TEXT NOT NULL, price BIGINT NOT NULL CHECK (price > 0),
         stock BIGINT NOT NULL, on_loan BOOLEAN NOT NULL DEFAULT FALSE, picture BYTEA, note TEXT
     );
     CREATE TABLE sales (
         id TEXT PRIMARY KEY, piece TEXT NOT NULL REFERENCES pieces (id), buyer TEXT NOT NULL
     );
     CREATE TABLE jobs (
         id TEXT PRIMARY KEY, run_at BIGINT NOT NULL, locked_until BIGINT NOT NULL
     );",
)];

/// One engine's database, gone when the test ends.
pub(crate) struct Place {
    pub(crate) engine: &'static str,
    pub(crate) url: String,
    db: Option<Db>,
    schema: Option<String>,
    _dir: TempDir,
}

impl Place {
    pub(crate) fn db(&self) -> &Db {
        self.db.as_ref().unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.db = None;
        if let Some(schema) = &self.schema {
            let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
            let options = Options { connections: 1, ..Options::default() };
            let url = self.url.clone();
            let remove = move || {
                let db = Db::open(&url, options)?;
                db.write("drop", move |tx| tx.housekeep::<(i64,)>(&sql, &[]).map(drop)).wait()
            };
            std::thread::spawn(remove).join().ok(); // elsewhere: a test may be async
        }
    }
}

/// Where PostgreSQL is, if it is anywhere.
pub(crate) fn postgres() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok()
}

/// A url with one more parameter.
pub(crate) fn with(url: &str, parameter: &str) -> String {
    format!("{url}{}{parameter}", if url.contains('?') { '&' } else { '?' })
}

/// Empty places: nothing migrated, nothing opened.
pub(crate) fn empty(tag: &str) -> Vec<Place> {
    let dir = TempDir::new().unwrap();
    let url = format!("sqlite:{}", dir.path().join("city.db").display());
    let mut all = vec![Place { engine: "sqlite", url, db: None, schema: None, _dir: dir }];
    if let Some(url) = postgres() {
        let schema = format!("t_{tag}_{}", std::process::id());
        let url =
            with(&with(&url, &format!("application_name={schema}")), &format!("schema={schema}"));
        let (schema, _dir) = (Some(schema), TempDir::new().unwrap());
        all.push(Place { engine: "postgres", url, db: None, schema, _dir });
    }
    all
}

/// The test schema on each engine, with one piece, `p1`, in stock.
pub(crate) fn databases(tag: &str) -> Vec<Place> {
    databases_with(tag, &Options { connections: 8, ..Options::default() })
}

pub(crate) fn databases_with(tag: &str, options: &Options) -> Vec<Place> {
    let mut all = empty(tag);
    for place in &mut all {
        let db = Db::open(&place.url, options.clone()).unwrap();
        db.migrate(SCHEMA.to_vec()).wait().unwrap();
        add_piece(&db, "p1", 1).unwrap();
        place.db = Some(db);
    }
    all
}

#[derive(Serialize)]
pub(crate) struct Noted<'a>(pub(crate) &'a str);

impl Event for Noted<'_> {
    const KIND: &'static str = "test.noted";
    fn subject(&self) -> String {
        self.0.to_owned()
    }
}

pub(crate) fn add_piece(db: &Db, id: &'static str, stock: i64) -> Result<(), Error> {
    db.write("add_piece", move |tx| {
        tx.execute(
            "INSERT INTO pieces (id, title, price, stock) VALUES ($1, $2, $3, $4)",
            &[&id, &"Senja", &1_500_000_i64, &stock],
        )?;
        tx.record(&Noted(id))
    })
    .wait()
}

pub(crate) fn count(db: &Db, sql: &'static str) -> i64 {
    db.read(move |read| read.count(sql, &[])).wait().unwrap()
}

/// Runs one statement as housekeeping.
pub(crate) fn run(db: &Db, sql: &'static str) -> Result<(), Error> {
    db.write("run", move |tx| tx.housekeep::<(i64,)>(sql, &[]).map(drop)).wait()
}
