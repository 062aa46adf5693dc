//! A fresh house on each engine, with the default rules and a clock that is held.

use base::{Actor, Db, Error, Event, MIGRATIONS, Tx, policy};
use db::{Chance, Clock, Options};
use serde::Serialize;
use tempfile::TempDir;

/// Thursday 12 March 2026, 09.00 in Semarang: the week before Lebaran.
pub(crate) const START_MS: i64 = 1_773_280_800_000;
pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// One engine's house, gone when the test ends.
pub(crate) struct House {
    pub(crate) engine: &'static str,
    pub(crate) db: Db,
    schema: Option<String>,
    _folder: TempDir,
}

impl Drop for House {
    fn drop(&mut self) {
        let Some(schema) = self.schema.take() else { return };
        let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
        let drop = move |tx: &mut Tx<'_>| tx.housekeep::<(i64,)>(&sql, &[]).map(drop);
        self.db.write("test.drop", drop).wait().ok(); // a failed test may leave it behind
    }
}

#[expect(clippy::disallowed_methods, reason = "tests are configured by their runner")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The house on every engine there is.
pub(crate) fn houses(tag: &str) -> Vec<House> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("city.db");
    let mut urls = vec![("sqlite", format!("sqlite:{}", path.display()), None)];
    if let Some(url) = setting("TEST_POSTGRES_URL") {
        let mark = if url.contains('?') { '&' } else { '?' };
        let schema = format!("rooms_{tag}_{}", std::process::id());
        urls.push(("postgres", format!("{url}{mark}schema={schema}"), Some(schema)));
    }
    let mut folder = Some(folder);
    urls.into_iter()
        .map(|(engine, url, schema)| {
            let _folder = folder.take().unwrap_or_else(|| TempDir::new().unwrap());
            House { engine, db: open(&url), schema, _folder }
        })
        .collect()
}

fn open(url: &str) -> Db {
    let options = Options {
        connections: 4,
        clock: Clock::held(START_MS),
        chance: Chance::seeded(11),
        statement_log: setting("GERAI_STATEMENT_LOG").map(Into::into),
        ..Options::default()
    };
    let db = Db::open(url, options).unwrap();
    db.migrate(MIGRATIONS.to_vec()).wait().unwrap();
    write(&db, policy::seed_defaults).unwrap();
    db
}

/// Writes on this thread, as whoever the handle acts for.
pub(crate) fn write<T: Send + 'static>(
    db: &Db,
    body: impl Fn(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    db.write("test", body).wait()
}

/// Reads on this thread.
pub(crate) fn read<T: Send + 'static>(
    db: &Db,
    body: impl Fn(&mut base::Read<'_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    db.read(body).wait()
}

/// The house in somebody's hands.
pub(crate) fn acting(db: &Db, person: &str, grants: &[&str]) -> Db {
    db.acting(Actor::person(person, None, grants.iter().map(|grant| (*grant).to_owned())))
}

/// Lets time pass.
pub(crate) fn pass_ms(db: &Db, ms: i64) {
    db.clock().hold(db.clock().now_ms() + ms);
}

/// One number from the database.
pub(crate) fn count(db: &Db, sql: &'static str) -> i64 {
    let row: Result<Option<(i64,)>, Error> = read(db, move |read| Ok(read.first(sql, &[])?));
    row.unwrap().unwrap().0
}

/// Something happened that only a test knows.
#[derive(Serialize)]
pub(crate) struct Noted {
    pub(crate) subject: String,
    pub(crate) word: String,
}

impl Event for Noted {
    const KIND: &'static str = "test.noted";
    fn subject(&self) -> String {
        self.subject.clone()
    }
}

/// Records events, each in a transaction of its own.
pub(crate) fn note(db: &Db, words: &[&str]) {
    for word in words {
        let word = (*word).to_owned();
        write(db, move |tx| {
            Ok(tx.record(&Noted { subject: "case".to_owned(), word: word.clone() })?)
        })
        .unwrap();
        pass_ms(db, 1);
    }
}
