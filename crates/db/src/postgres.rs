//! PostgreSQL: a few threads, each with a connection of its own, that repeat what conflicts.
//!
//! Every session drives its connection on its own thread, so a statement costs a round trip and
//! no change of thread. A lost connection is noticed when a transaction begins, while nothing is
//! lost yet, and replaced; while the server is away, everybody is told so at once.

mod hold;
mod link;
mod statement;
mod target;

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use crate::chance::chance;
use crate::queue::{Queues, Started, in_time, queue, spawn, submit};
use crate::task::{Job, Kind, Verdict, Work};
use crate::tx::Driver;
use crate::value::Source;
use crate::{Error, FromRow, Options, Params, Row, Value};

pub(crate) use hold::{Keeper, hold};
use link::Link;
pub(crate) use statement::{column, told};
pub(crate) use target::Target;

/// How often a body is run before its conflict is reported.
const ATTEMPTS_MAX: u32 = 12;
const PAUSE_MS_MAX: u64 = 64;
const STATEMENTS_MAX: usize = 512;
/// After a refused connection nobody tries again for this long; they are answered at once.
const RECONNECT_PAUSE: Duration = Duration::from_millis(500);
/// A server that says nothing for this long is given up. It ends a statement by itself earlier.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(15);

/// Connects every session, and checks the server once before.
pub(crate) fn start(url: &str, options: &Options) -> Result<Started, Error> {
    let (writes, waiting) = queue();
    let target = Arc::new(Target::parse(url)?);
    let (opened, opening) = bounded(options.connections.max(1));
    let mut threads = Vec::new();
    for number in 0..options.connections.max(1) {
        let (target, waiting, opened) = (Arc::clone(&target), waiting.clone(), opened.clone());
        threads.push(spawn("db-session", move || {
            let mut session = match Session::idle(target) {
                Ok(session) => session,
                Err(error) => {
                    opened.send(Err(error)).ok();
                    return;
                }
            };
            let ready = session.connect().and_then(|()| match number {
                0 => session.prepare(),
                _ => Ok(()),
            });
            let failed = ready.is_err();
            opened.send(ready).ok();
            drop(opened);
            if !failed {
                session.serve(&waiting, None);
            }
        })?);
        if number == 0 {
            opening.recv().expect("the first session tells how it began")?;
        }
    }
    drop(opened); // the loop below ends when every session has let go of it
    opening.iter().collect::<Result<(), Error>>()?;
    let lagging = match &options.replica_url {
        Some(url) => follow(url, options, &writes, &mut threads)?,
        None => writes.clone(),
    };
    Ok(Started { queues: Queues { reads: writes.clone(), writes, lagging }, threads })
}

/// Sessions on a standby. It may be away, also now: its reads then go to the primary.
fn follow(
    url: &str,
    options: &Options,
    primary: &Sender<Job>,
    threads: &mut Vec<thread::JoinHandle<()>>,
) -> Result<Sender<Job>, Error> {
    let (lagging, waiting) = queue();
    let target = Arc::new(Target::parse(url)?);
    for _ in 0..options.connections.max(1) {
        let mut session = Session::idle(Arc::clone(&target))?;
        let (waiting, primary) = (waiting.clone(), primary.clone());
        threads.push(spawn("db-replica", move || session.serve(&waiting, Some(&primary)))?);
    }
    Ok(lagging)
}

/// One connection, replaced when it is lost.
pub(crate) struct Session {
    runtime: Runtime,
    target: Arc<Target>,
    link: Option<Link>,
    /// Until when nobody tries to connect, and what to tell them.
    refused: Option<(Instant, Error)>,
    answer_time_max: Duration,
}

impl Session {
    /// A session that has not connected yet.
    pub(crate) fn idle(target: Arc<Target>) -> Result<Session, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|e| Error::Driver(e.to_string()))?;
        let answer_time_max = ANSWER_TIME_MAX;
        Ok(Session { runtime, target, link: None, refused: None, answer_time_max })
    }

    pub(crate) fn connect(&mut self) -> Result<(), Error> {
        self.link = None;
        if let Some((until, error)) = &self.refused
            && Instant::now() < *until
        {
            return Err(error.clone());
        }
        match self.runtime.block_on(Link::connect(&self.target)) {
            Ok(link) => {
                self.link = Some(link);
                self.refused = None;
                Ok(())
            }
            Err(error) => {
                if self.refused.is_none() {
                    tracing::warn!(%error, "a connection to the database is lost");
                }
                self.refused = Some((Instant::now() + RECONNECT_PAUSE, error.clone()));
                Err(error)
            }
        }
    }

    fn prepare(&self) -> Result<(), Error> {
        self.runtime.block_on(self.link().prepare(&self.target))
    }

    /// For work on the whole database: no statement of it is too slow.
    pub(crate) fn be_patient(&mut self) -> Result<(), Error> {
        const DAY: Duration = Duration::from_secs(86_400);
        self.answer_time_max = DAY;
        self.batch("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
    }

    /// The session's life. A job that cannot begin here is passed on `instead`, if there is one.
    fn serve(&mut self, queue: &Receiver<Job>, instead: Option<&Sender<Job>>) {
        for mut job in queue.iter().filter_map(in_time) {
            match (self.begin(job.kind()), instead) {
                (Ok(()), _) => {
                    let end = self.finish(&mut *job);
                    job.answer(end);
                }
                (Err(_), Some(other)) => submit(other, job),
                (Err(error), None) => job.answer(Err(error)),
            }
        }
    }

    /// A connection that cannot begin has lost nothing yet: it is replaced, once.
    fn begin(&mut self, kind: Kind) -> Result<(), Error> {
        let sql = match kind {
            Kind::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Kind::Write => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            // Who waited for the lock must see what its holder did: a new view per statement.
            Kind::Migrate => {
                "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0;
                 SELECT pg_advisory_xact_lock(20673, hashtext(coalesce(current_schema(), '')))"
            }
        };
        self.answer_time_max = match kind {
            Kind::Read | Kind::Write => ANSWER_TIME_MAX,
            Kind::Migrate => Duration::from_secs(86_400),
        };
        if self.link.is_some() && self.batch(sql).is_ok() {
            return Ok(());
        }
        self.connect()?;
        self.batch(sql).inspect_err(|_| self.link = None)
    }

    /// Runs the body in the transaction that was begun, and again after a conflict.
    fn finish(&mut self, job: &mut dyn Work) -> Result<(), Error> {
        for attempt in 0..ATTEMPTS_MAX {
            if attempt > 0 {
                let span_ms = (1 << (attempt - 1).min(6)).min(PAUSE_MS_MAX);
                thread::sleep(Duration::from_micros(chance() % (span_ms * 1000)));
                self.begin(job.kind())?;
            }
            match job.attempt(Driver::Postgres(self)) {
                Verdict::Commit => match self.batch("COMMIT") {
                    Err(Error::Conflict) => {}
                    end => return end.map_err(|error| self.uncommitted(error)),
                },
                Verdict::Repeat => self.roll_back(),
                Verdict::Rollback => {
                    self.roll_back();
                    return Ok(());
                }
                Verdict::Distrust(_) => {
                    self.hang_up(); // rolls back; what surprised us once is not used again
                    return Ok(());
                }
            }
        }
        Err(Error::Conflict)
    }

    fn uncommitted(&mut self, error: Error) -> Error {
        if let Error::Constraint { .. } = error {
            return error;
        }
        self.hang_up();
        match error {
            Error::Unavailable(text) => Error::Unavailable(format!(
                "{text}; this happened during the commit, so the write may have been kept"
            )),
            other => other,
        }
    }

    /// The body's own answer stands even if the connection is gone: nothing was committed.
    fn roll_back(&mut self) {
        if self.batch("ROLLBACK").is_err() {
            self.link = None;
        }
    }

    /// Gives the connection's task a moment to say goodbye, so that its locks are gone too.
    fn hang_up(&mut self) {
        self.link = None;
        self.runtime.block_on(tokio::task::yield_now());
    }

    fn link(&self) -> &Link {
        self.link.as_ref().expect("a transaction is begun on a live connection")
    }

    pub(crate) fn client(&self) -> &Client {
        &self.link().client
    }

    /// Waits for the server, but not for ever.
    pub(crate) fn ask<T>(
        &self,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, Error> {
        let answer = async { tokio::time::timeout(self.answer_time_max, answer).await };
        match self.runtime.block_on(answer) {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(Error::Unavailable("PostgreSQL does not answer".to_owned())),
        }
    }

    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        self.ask(self.client().batch_execute(sql))
    }

    pub(crate) fn execute(&self, sql: &str, params: Params<'_>) -> Result<u64, Error> {
        let statement = self.prepared(sql)?;
        let values: Vec<Value<'_>> = params.iter().map(|p| p.to_value()).collect();
        self.ask(self.client().execute_raw(&statement, &values))
    }

    /// The first rows, `most` of them.
    pub(crate) fn rows<T: FromRow>(
        &self,
        sql: &str,
        params: Params<'_>,
        most: usize,
    ) -> Result<Vec<T>, Error> {
        let statement = self.prepared(sql)?;
        let values: Vec<Value<'_>> = params.iter().map(|p| p.to_value()).collect();
        let refs: Vec<&(dyn ToSql + Sync)> = values.iter().map(|v| v as _).collect();
        let rows = self.ask(self.client().query(&statement, &refs))?;
        let rows = rows.iter().take(most);
        rows.map(|row| T::from_row(&mut Row::new(Source::Postgres(row)))).collect()
    }

    pub(crate) fn prepared(&self, sql: &str) -> Result<Statement, Error> {
        let link = self.link();
        if let Some(statement) = link.statements.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.ask(link.client.prepare(sql))?;
        let mut known = link.statements.borrow_mut();
        if known.len() == STATEMENTS_MAX {
            known.clear();
        }
        known.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}
