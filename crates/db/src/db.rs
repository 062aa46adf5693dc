//! The door: open it, read through it, write through it.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::queue::{Queues, submit};
use crate::statements::StatementLog;
use crate::task::{Context, Kind, Reply, Task};
use crate::{Actor, Chance, Clock, Engine, Error, Migration, Options, Read, Tx};
use crate::{migration, postgres, sqlite};

/// A cheap handle; clones share the database and differ at most in who acts.
#[derive(Clone)]
pub struct Db {
    shared: Arc<Shared>,
    actor: Arc<Actor>,
}

struct Shared {
    url: String,
    engine: Engine,
    clock: Clock,
    chance: Chance,
    log: Option<Arc<StatementLog>>,
    wait_max: Duration,
    queues: Option<Queues>,
    threads: Vec<JoinHandle<()>>,
}

impl Db {
    /// Opens `sqlite:PATH` (created when missing) or `postgres://USER@HOST/DATABASE`.
    ///
    /// PostgreSQL urls may carry what libpq knows and `schema=NAME`, a schema that is created
    /// when missing; `sslmode` is `disable`, `prefer` (the default) or `require`, which also
    /// verifies the certificate, with `sslrootcert=FILE` for an authority of one's own.
    pub fn open(url: &str, options: Options) -> Result<Db, Error> {
        let engine = Engine::of(url)?;
        let log = match &options.statement_log {
            Some(path) => Some(Arc::new(StatementLog::open(path, engine)?)),
            None => None,
        };
        let started = match url.strip_prefix("sqlite:") {
            Some(path) => sqlite::start(path, &options)?,
            None => postgres::start(url, &options)?,
        };
        let Options { clock, chance, wait_max_ms, .. } = options;
        let shared = Arc::new(Shared {
            url: url.to_owned(),
            engine,
            clock,
            chance,
            log,
            wait_max: Duration::from_millis(wait_max_ms),
            queues: Some(started.queues),
            threads: started.threads,
        });
        Ok(Db { shared, actor: Arc::new(Actor::system("system")) })
    }

    /// The same database, written to by somebody else.
    #[must_use]
    pub fn acting(&self, actor: Actor) -> Db {
        Db { shared: Arc::clone(&self.shared), actor: Arc::new(actor) }
    }

    /// The clock that stamps every transaction.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Where new ids come from.
    pub fn chance(&self) -> &Chance {
        &self.shared.chance
    }

    /// Which engine runs behind this door.
    pub fn engine(&self) -> Engine {
        self.shared.engine
    }

    pub(crate) fn url(&self) -> &str {
        &self.shared.url
    }

    /// Looks at one moment of the database, however many queries `body` makes.
    #[track_caller]
    pub fn read<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        body: impl Fn(&mut Read<'_>) -> Result<T, E> + Send + 'static,
    ) -> Reply<T, E> {
        let body = move |tx: &mut Tx<'_>| body(tx);
        let (job, reply) = Task::pack("read", self.context(), Kind::Read, body);
        submit(&self.queues().reads, job);
        reply
    }

    /// Like `read`, but may look at a moment that has passed: on the replica, if there is one
    /// and it answers. For statistics and public lists, never for what a command decides on.
    #[track_caller]
    pub fn read_lagging<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        body: impl Fn(&mut Read<'_>) -> Result<T, E> + Send + 'static,
    ) -> Reply<T, E> {
        let body = move |tx: &mut Tx<'_>| body(tx);
        let (job, reply) = Task::pack("read_lagging", self.context(), Kind::Read, body);
        submit(&self.queues().lagging, job);
        reply
    }

    /// Runs `body` in a serializable transaction and commits it if it returns `Ok`. It may run
    /// several times, so it must touch nothing but `tx`. `name` labels it in metrics.
    #[track_caller]
    pub fn write<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        name: &'static str,
        body: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Reply<T, E> {
        let (job, reply) = Task::pack(name, self.context(), Kind::Write, body);
        submit(&self.queues().writes, job);
        reply
    }

    /// Brings the schema up to `migrations`, each applied once and in the given order, all or
    /// none. Refuses a database that is newer than this program or whose released migrations
    /// were edited. Two programs that start at once wait for each other.
    pub fn migrate(&self, migrations: Vec<Migration>) -> Reply<(), Error> {
        let engine = self.shared.engine;
        let apply = move |tx: &mut Tx<'_>| migration::apply(tx, engine, &migrations);
        let (job, reply) = Task::pack("db.migrate", self.context(), Kind::Migrate, apply);
        submit(&self.queues().writes, job);
        reply
    }

    /// Whether every one of `migrations` was applied. Changes nothing, and refuses the same
    /// databases as `migrate`.
    pub fn schema_is_current(&self, migrations: &[Migration]) -> Reply<bool, Error> {
        let (engine, migrations) = (self.shared.engine, migrations.to_vec());
        self.read(move |read| migration::is_current(read, engine, &migrations))
    }

    fn context(&self) -> Context {
        Context {
            actor: Arc::clone(&self.actor),
            clock: self.shared.clock.clone(),
            chance: self.shared.chance.clone(),
            log: self.shared.log.clone(),
            wait_max: self.shared.wait_max,
        }
    }

    fn queues(&self) -> &Queues {
        self.shared.queues.as_ref().expect("queues are closed only by the last handle")
    }
}

/// The last handle waits until what was accepted is on disk.
impl Drop for Shared {
    fn drop(&mut self) {
        self.queues = None;
        for thread in self.threads.drain(..) {
            if thread.thread().id() != thread::current().id() {
                thread.join().ok();
            }
        }
    }
}
