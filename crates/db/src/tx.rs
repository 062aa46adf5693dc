//! What a body may do: `Read` looks, `Tx` also changes and records.

use std::ops::{Deref, DerefMut};

use crate::{Actor, Chance, Error, FromRow, Params, postgres, sqlite};

/// The connection a transaction runs on. The one place that knows both engines by name.
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
        let looks = sql.trim_start().starts_with("SELECT") || sql.trim_start().starts_with("WITH");
        assert!(looks, "a query may only look: {sql}");
        self.rows(sql, params)
    }

    /// The first row of a SELECT, if there is one.
    pub fn first<T: FromRow>(&mut self, sql: &str, params: Params<'_>) -> Result<Option<T>, Error> {
        Ok(self.all(sql, params)?.into_iter().next())
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

    fn rows<T: FromRow>(&mut self, sql: &str, params: Params<'_>) -> Result<Vec<T>, Error> {
        self.run(|driver| match driver {
            Driver::Sqlite(conn) => sqlite::rows(conn, sql, params),
            Driver::Postgres(session) => session.rows(sql, params),
        })
    }

    fn run<T>(&mut self, f: impl FnOnce(Driver<'_>) -> Result<T, Error>) -> Result<T, Error> {
        assert!(self.failure.is_none(), "the body went on after {:?}", self.failure);
        f(self.driver).inspect_err(|error| self.failure = Some(error.clone()))
    }
}

/// Something that happened, told in the past tense: `gallery.piece_sold`.
pub trait Event: serde::Serialize {
    const KIND: &'static str;
    /// What it happened to: the id of a piece, an order, a stall.
    fn subject(&self) -> String;
}

/// Who writes, when, and under which name it is measured.
#[derive(Clone, Copy)]
pub(crate) struct Stamp<'c> {
    pub(crate) name: &'static str,
    pub(crate) actor: &'c Actor,
    pub(crate) chance: &'c Chance,
    pub(crate) now_ms: i64,
}

/// A transaction that can also change. Commands take this.
pub struct Tx<'c> {
    read: Read<'c>,
    changes: u64,
    events: u64,
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
        Tx { read: Read { driver, stamp, failure: None }, changes: 0, events: 0 }
    }

    /// A new identity. Nothing else can make one.
    pub fn new_id<I: From<NewId>>(&mut self) -> I {
        I::from(NewId(sortable(self.read.stamp)))
    }

    /// Runs a statement and tells how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: Params<'_>) -> Result<u64, Error> {
        let rows = self.read.run(|driver| match driver {
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
        let rows = self.read.rows(sql, params)?;
        self.changes += rows.len() as u64;
        Ok(rows)
    }

    /// Like `returning`, for rows that nobody will ever ask about: claims of jobs, cursors,
    /// sessions. In the house only `base` can call it.
    pub fn housekeep<T: FromRow>(
        &mut self,
        sql: &str,
        params: Params<'_>,
    ) -> Result<Vec<T>, Error> {
        self.read.rows(sql, params)
    }

    /// Tells the city what happened: audit trail, timeline, outbox and feed are these rows.
    pub fn record<E: Event>(&mut self, event: &E) -> Result<(), Error> {
        let data = serde_json::to_string(event).map_err(|e| Error::Driver(e.to_string()))?;
        let Stamp { actor, now_ms, .. } = self.read.stamp;
        let id = sortable(self.read.stamp);
        self.execute(
            "INSERT INTO events (id, at, actor, on_behalf_of, kind, subject, data)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[&id, &now_ms, &actor.id, &actor.on_behalf_of, &E::KIND, &event.subject(), &data],
        )?;
        self.events += 1;
        Ok(())
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.read.run(|driver| match driver {
            Driver::Sqlite(conn) => sqlite::batch(conn, sql),
            Driver::Postgres(session) => session.batch(sql),
        })
    }

    pub(crate) fn conflicted(&self) -> bool {
        self.read.failure == Some(Error::Conflict)
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

/// The text of an identity that only a transaction can give.
pub struct NewId(String);

impl From<NewId> for String {
    fn from(id: NewId) -> String {
        id.0
    }
}

/// 26 characters in the order of time: ten of milliseconds, sixteen of chance.
fn sortable(stamp: Stamp<'_>) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digits = |bits: u64, count: u32| {
        (0..count).rev().map(move |i| DIGITS[(bits >> (5 * i)) as usize % 32] as char)
    };
    digits(stamp.now_ms.unsigned_abs(), 10)
        .chain(digits(stamp.chance.next(), 8))
        .chain(digits(stamp.chance.next(), 8))
        .collect()
}
