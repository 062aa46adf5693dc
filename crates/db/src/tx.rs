//! What a body may do: `Read` looks, `Tx` also changes and records.

use std::ops::{Deref, DerefMut};

use crate::event::{Event, NewId, sortable};
use crate::statements::StatementLog;
use crate::{Actor, Chance, Error, FromRow, Params, postgres, sqlite};

/// The connection a transaction runs on.
#[derive(Clone, Copy)]
pub(crate) enum Driver<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c postgres::Session),
}

/// A transaction that can only look. Queries take this, so they serve pages and commands alike.
pub struct Read<'c> {
    driver: Driver<'c>,
    stamp: Stamp<'c>,
    failure: Option<Error>,
}

impl<'c> Read<'c> {
    /// Every row of a SELECT.
    pub fn all<T: FromRow>(&mut self, sql: &str, params: Params<'_>) -> Result<Vec<T>, Error> {
        only_looks(sql);
        self.rows(sql, params, usize::MAX)
    }

    /// The first row of a SELECT, if there is one.
    pub fn first<T: FromRow>(&mut self, sql: &str, params: Params<'_>) -> Result<Option<T>, Error> {
        only_looks(sql);
        Ok(self.rows(sql, params, 1)?.pop())
    }

    /// The row of a SELECT that gives exactly one; any other number is an error.
    pub fn one<T: FromRow>(&mut self, sql: &str, params: Params<'_>) -> Result<T, Error> {
        only_looks(sql);
        let mut rows = self.rows(sql, params, 2)?;
        match (rows.pop(), rows.pop()) {
            (Some(row), None) => Ok(row),
            (None, _) => Err(Error::Driver(format!("no row where one is due: {sql}"))),
            (Some(_), Some(_)) => Err(Error::Driver(format!("more rows than one: {sql}"))),
        }
    }

    /// The number that a `SELECT CAST(COUNT(*) AS BIGINT) …` gives.
    pub fn count(&mut self, sql: &str, params: Params<'_>) -> Result<i64, Error> {
        let (count,) = self.one(sql, params)?;
        Ok(count)
    }

    /// The moment of this transaction in milliseconds since 1970 UTC: one instant, however long
    /// it takes.
    pub fn now_ms(&self) -> i64 {
        self.stamp.now_ms
    }

    /// Who asks.
    pub fn actor(&self) -> &'c Actor {
        self.stamp.actor
    }

    fn rows<T: FromRow>(
        &mut self,
        sql: &str,
        params: Params<'_>,
        most: usize,
    ) -> Result<Vec<T>, Error> {
        self.run(sql, |driver| match driver {
            Driver::Sqlite(conn) => sqlite::rows(conn, sql, params, most),
            Driver::Postgres(session) => session.rows(sql, params, most),
        })
    }

    fn run<T>(
        &mut self,
        sql: &str,
        f: impl FnOnce(Driver<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        assert!(self.failure.is_none(), "the body went on after {:?}", self.failure);
        let result = f(self.driver).inspect_err(|error| self.failure = Some(error.clone()))?;
        if let Some(log) = self.stamp.log {
            log.note(sql);
        }
        Ok(result)
    }
}

fn only_looks(sql: &str) {
    let sql = sql.trim_start();
    assert!(sql.starts_with("SELECT") || sql.starts_with("WITH"), "a query may only look: {sql}");
}

/// Who writes, when, and under which name it is measured.
#[derive(Clone, Copy)]
pub(crate) struct Stamp<'c> {
    pub(crate) name: &'static str,
    pub(crate) actor: &'c Actor,
    pub(crate) chance: &'c Chance,
    pub(crate) log: Option<&'c StatementLog>,
    pub(crate) now_ms: i64,
}

/// A transaction that can also change. Commands take this.
pub struct Tx<'c> {
    read: Read<'c>,
    changes: u64,
    events: u64,
    /// The place of its last id within the millisecond.
    serial: Option<u64>,
}

impl<'c> Deref for Tx<'c> {
    type Target = Read<'c>;
    fn deref(&self) -> &Read<'c> {
        &self.read
    }
}
impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.read
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn open(driver: Driver<'c>, stamp: Stamp<'c>) -> Self {
        let read = Read { driver, stamp, failure: None };
        Tx { read, changes: 0, events: 0, serial: None }
    }

    /// A new identity. Nothing else can make one.
    pub fn new_id<I: From<NewId>>(&mut self) -> I {
        I::from(NewId::new(self.id()))
    }

    fn id(&mut self) -> String {
        let Stamp { now_ms, chance, .. } = self.read.stamp;
        let serial = chance.serial(now_ms, self.serial);
        self.serial = Some(serial);
        sortable(now_ms, serial, chance)
    }

    /// Runs a statement and tells how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: Params<'_>) -> Result<u64, Error> {
        let rows = self.read.run(sql, |driver| match driver {
            Driver::Sqlite(conn) => sqlite::execute(conn, sql, params),
            Driver::Postgres(session) => session.execute(sql, params),
        })?;
        self.changes += rows;
        Ok(rows)
    }

    /// Runs a statement that ends in `RETURNING` and gives the rows it changed.
    pub fn returning<T: FromRow>(
        &mut self,
        sql: &str,
        params: Params<'_>,
    ) -> Result<Vec<T>, Error> {
        let rows = self.read.rows(sql, params, usize::MAX)?;
        self.changes += rows.len() as u64;
        Ok(rows)
    }

    /// Like `returning`, but needs no event: for rows that nobody will ever ask about, such as
    /// claims of jobs, cursors of consumers and sessions. Any single statement is allowed, so
    /// this is the one way around promise 4.
    ///
    /// **Only `base` may call it.** It is public because crates cannot name a friend.
    pub fn housekeep<T: FromRow>(
        &mut self,
        sql: &str,
        params: Params<'_>,
    ) -> Result<Vec<T>, Error> {
        self.read.rows(sql, params, usize::MAX)
    }

    /// Tells the city what happened: audit trail, timeline, outbox and feed are these rows.
    pub fn record<E: Event>(&mut self, event: &E) -> Result<(), Error> {
        let data = serde_json::to_string(event).map_err(|e| Error::Driver(e.to_string()))?;
        let Stamp { actor, now_ms, .. } = self.read.stamp;
        let id = self.id();
        let (kind, subject) = (event.kind(), event.subject());
        assert!(!kind.is_empty(), "an event says what it is called");
        self.execute(
            "INSERT INTO events (id, at, actor, on_behalf_of, kind, subject, data)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[&id, &now_ms, &actor.id, &actor.on_behalf_of, &kind, &subject, &data],
        )?;
        self.events += 1;
        Ok(())
    }

    /// Several statements at once, without parameters: the text of a migration.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        let log = self.read.stamp.log.take(); // migrations are not portable texts to be noted
        let done = self.read.run(sql, |driver| match driver {
            Driver::Sqlite(conn) => sqlite::batch(conn, sql),
            Driver::Postgres(session) => session.batch(sql),
        });
        self.read.stamp.log = log;
        done
    }

    /// The statement that failed, if one did.
    pub(crate) fn failure(&self) -> Option<Error> {
        self.read.failure.clone()
    }

    /// What must hold before a commit. A breach is a bug in the body, hence a panic.
    pub(crate) fn check(&self) {
        let Stamp { name, .. } = self.read.stamp;
        let failure = &self.read.failure;
        assert!(failure.is_none(), "{name}: a failed statement was ignored: {failure:?}");
        let told = self.changes == 0 || self.events > 0;
        assert!(told, "{name}: a change was made without an event");
    }
}
