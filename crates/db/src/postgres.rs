//! PostgreSQL: a few threads, each with a connection of its own, that repeat what conflicts.
//!
//! Every session drives its connection on its own thread, so a statement costs a round trip and
//! no change of thread. Left out of this sketch: TLS and a replica for reads that may lag.

use std::cell::RefCell;
use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use crossbeam_channel::Receiver;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};
use tokio_postgres::{Client, NoTls, Statement};

use crate::task::{Job, Verdict, Work};
use crate::chance::chance;
use crate::tx::Driver;
use crate::value::Source;
use crate::{Error, FromRow, Params, Row, Rule, Value};

/// How often a body is run before its conflict is reported.
const ATTEMPTS_MAX: u32 = 12;
const PAUSE_MS_MAX: u64 = 64;
const STATEMENTS_MAX: usize = 512;
const LIMITS: &str =
    "SET statement_timeout = '10s'; SET idle_in_transaction_session_timeout = '10s'";

/// One connection, replaced when it is lost.
pub(crate) struct Session {
    runtime: Runtime,
    url: String,
    link: Option<Link>,
}

struct Link {
    client: Client,
    statements: RefCell<HashMap<String, Statement>>,
}

impl Session {
    pub(crate) fn open(url: &str) -> Result<Session, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|e| Error::Driver(e.to_string()))?;
        let mut session = Session { runtime, url: url.to_owned(), link: None };
        session.connect()?;
        Ok(session)
    }

    fn connect(&mut self) -> Result<(), Error> {
        let connected = self.runtime.block_on(tokio_postgres::connect(&self.url, NoTls));
        let (client, wire) = connected?;
        self.runtime.spawn(wire); // moves bytes whenever this thread waits for an answer
        self.link = Some(Link { client, statements: RefCell::default() });
        self.batch(LIMITS)
    }

    /// The session's life.
    pub(crate) fn serve(&mut self, queue: &Receiver<Job>) {
        for mut job in queue {
            let end = self.run(&mut *job);
            if matches!(end, Err(Error::Driver(_))) {
                self.link = None; // what surprised us once is not used again
            }
            job.answer(end);
        }
    }

    fn run(&mut self, job: &mut dyn Work) -> Result<(), Error> {
        for attempt in 0..ATTEMPTS_MAX {
            self.begin(job.writes())?;
            let end = match job.attempt(Driver::Postgres(self)) {
                Verdict::Commit => self.batch("COMMIT"),
                Verdict::Rollback => return self.roll_back(),
                Verdict::Repeat => self.roll_back().and(Err(Error::Conflict)),
            };
            if end != Err(Error::Conflict) {
                return end;
            }
            let span_ms = (1 << attempt.min(6)).min(PAUSE_MS_MAX);
            thread::sleep(Duration::from_micros(chance() % (span_ms * 1000)));
        }
        Err(Error::Conflict)
    }

    /// A connection that cannot begin has lost nothing yet: it is replaced, once.
    fn begin(&mut self, writes: bool) -> Result<(), Error> {
        let sql = if writes {
            "BEGIN ISOLATION LEVEL SERIALIZABLE"
        } else {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        };
        if self.link.is_some() && self.batch(sql).is_ok() {
            return Ok(());
        }
        self.connect()?;
        self.batch(sql)
    }

    /// The body's own answer stands even if the connection is gone: nothing was committed.
    fn roll_back(&mut self) -> Result<(), Error> {
        if self.batch("ROLLBACK").is_err() {
            self.link = None;
        }
        Ok(())
    }

    fn link(&self) -> &Link {
        self.link.as_ref().expect("a transaction is begun on a live connection")
    }

    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        Ok(self.runtime.block_on(self.link().client.batch_execute(sql))?)
    }

    pub(crate) fn execute(&self, sql: &str, params: Params<'_>) -> Result<u64, Error> {
        let statement = self.prepared(sql)?;
        let values: Vec<Value<'_>> = params.iter().map(|p| p.to_value()).collect();
        let sent = self.link().client.execute_raw(&statement, &values);
        Ok(self.runtime.block_on(sent)?)
    }

    pub(crate) fn rows<T: FromRow>(&self, sql: &str, params: Params<'_>) -> Result<Vec<T>, Error> {
        let statement = self.prepared(sql)?;
        let values: Vec<Value<'_>> = params.iter().map(|p| p.to_value()).collect();
        let refs: Vec<&(dyn ToSql + Sync)> = values.iter().map(|v| v as _).collect();
        let sent = self.link().client.query(&statement, &refs);
        let rows = self.runtime.block_on(sent)?;
        rows.iter().map(|row| T::from_row(&mut Row::new(Source::Postgres(row)))).collect()
    }

    fn prepared(&self, sql: &str) -> Result<Statement, Error> {
        let link = self.link();
        if let Some(statement) = link.statements.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(link.client.prepare(sql))?;
        let mut known = link.statements.borrow_mut();
        if known.len() == STATEMENTS_MAX {
            known.clear();
        }
        known.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

type BoxError = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(b) => b.to_sql(ty, out),
            Value::Int(n) => n.to_sql(ty, out),
            Value::Text(s) => s.to_sql(ty, out),
            Value::Bytes(b) => b.to_sql(ty, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let fits = match self {
            Value::Null => true,
            Value::Bool(_) => *ty == Type::BOOL,
            Value::Int(_) => *ty == Type::INT8,
            Value::Text(_) => *ty == Type::TEXT,
            Value::Bytes(_) => *ty == Type::BYTEA,
        };
        if fits { self.to_sql(ty, out) } else { Err(format!("{self:?} where {ty} is due").into()) }
    }
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        Ok(match *ty {
            Type::BOOL => Value::Bool(FromSql::from_sql(ty, raw)?),
            Type::INT8 => Value::Int(FromSql::from_sql(ty, raw)?),
            Type::TEXT => Value::Text(FromSql::from_sql(ty, raw)?),
            Type::BYTEA => Value::Bytes(FromSql::from_sql(ty, raw)?),
            _ => return Err(format!("{ty} is outside the portable subset: cast it").into()),
        })
    }
    fn from_sql_null(_: &Type) -> Result<Self, BoxError> {
        Ok(Value::Null)
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

pub(crate) fn column(row: &tokio_postgres::Row, column: usize) -> Result<Value<'_>, Error> {
    Ok(row.try_get(column)?)
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Error {
        let Some(db) = error.as_db_error() else { return Error::Driver(error.to_string()) };
        let rule = match *db.code() {
            SqlState::UNIQUE_VIOLATION => Rule::Unique,
            SqlState::FOREIGN_KEY_VIOLATION => Rule::ForeignKey,
            SqlState::CHECK_VIOLATION => Rule::Check,
            SqlState::NOT_NULL_VIOLATION => Rule::NotNull,
            SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
                return Error::Conflict;
            }
            _ => return Error::Driver(format!("{} {}", db.code().code(), db.message())),
        };
        Error::Constraint { rule, detail: db.constraint().unwrap_or_default().to_owned() }
    }
}
