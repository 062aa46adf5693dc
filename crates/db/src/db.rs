//! The door: open it, read through it, write through it.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use crate::task::{Context, Job, Reply, Task};
use crate::{Actor, Chance, Clock, Error, Migration, Read, Tx, migration, postgres, sqlite};

/// How many may wait for one queue; the next one is told `Busy`.
const WAITING_MAX: usize = 4096;

/// What an installation may choose.
#[derive(Debug, Clone)]
pub struct Options {
    /// SQLite: connections that read beside the writer. PostgreSQL: all connections.
    pub connections: usize,
    /// SQLite: how many writes share one commit; 1 turns group commit off.
    pub batch_max: usize,
    /// What time it is. Tests and the demo hold it.
    pub clock: Clock,
    /// Where new ids come from. The demo and tests seed it.
    pub chance: Chance,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            connections: 4,
            batch_max: 256,
            clock: Clock::default(),
            chance: Chance::default(),
        }
    }
}

/// A cheap handle; clones share the database and differ at most in who acts.
#[derive(Clone)]
pub struct Db {
    shared: Arc<Shared>,
    actor: Arc<Actor>,
}

struct Shared {
    engine: Engine,
    clock: Clock,
    chance: Chance,
    queues: Option<Queues>,
    threads: Vec<JoinHandle<()>>,
}

/// Which engine runs. Only migrations and `gerai move` may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

struct Queues {
    reads: Sender<Job>,
    writes: Sender<Job>,
}

impl Db {
    /// `sqlite:PATH` or `postgres://…`.
    pub fn open(url: &str, options: Options) -> Result<Db, Error> {
        let (writes, waiting_writes) = bounded(WAITING_MAX);
        let (reads, waiting_reads) = bounded(WAITING_MAX);
        let mut threads = Vec::new();
        let reads = if let Some(path) = url.strip_prefix("sqlite:") {
            let writer = sqlite::open(path, sqlite::Use::Write)?;
            threads.push(spawn("db-writer", move || {
                sqlite::write_together(&writer, &waiting_writes, options.batch_max);
            })?);
            for _ in 0..options.connections {
                let reader = sqlite::open(path, sqlite::Use::Read)?;
                let queue: Receiver<Job> = waiting_reads.clone();
                threads.push(spawn("db-reader", move || sqlite::read_alone(&reader, &queue))?);
            }
            reads
        } else {
            let (opened, opening) = bounded(options.connections);
            for _ in 0..options.connections {
                let (url, opened) = (url.to_owned(), opened.clone());
                let queue = waiting_writes.clone();
                threads.push(spawn("db-session", move || {
                    let session = postgres::Session::open(&url);
                    opened.send(session.as_ref().err().cloned()).ok();
                    drop(opened);
                    if let Ok(mut session) = session {
                        session.serve(&queue);
                    }
                })?);
            }
            drop(opened); // the loop below ends when every session has let go of it
            if let Some(error) = opening.iter().flatten().next() {
                return Err(error);
            }
            writes.clone()
        };
        let queues = Some(Queues { reads, writes });
        let engine = if url.starts_with("sqlite:") { Engine::Sqlite } else { Engine::Postgres };
        let Options { clock, chance, .. } = options;
        let shared = Arc::new(Shared { engine, clock, chance, queues, threads });
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

    /// Looks at one moment of the database, however many queries `body` makes.
    pub fn read<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        body: impl Fn(&mut Read<'_>) -> Result<T, E> + Send + 'static,
    ) -> Reply<T, E> {
        let body = move |tx: &mut Tx<'_>| body(tx);
        let (job, reply) = Task::pack("read", self.context(), false, body);
        submit(&self.queues().reads, job);
        reply
    }

    /// Runs `body` in a serializable transaction and commits it if it returns `Ok`. It may run
    /// several times, so it must touch nothing but `tx`. `name` labels it in metrics.
    pub fn write<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        name: &'static str,
        body: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Reply<T, E> {
        let (job, reply) = Task::pack(name, self.context(), true, body);
        submit(&self.queues().writes, job);
        reply
    }

    /// Brings the schema up to `migrations`, each applied once and in the given order. Refuses a
    /// database that is newer than this program or whose released migrations were edited.
    pub fn migrate(&self, migrations: Vec<Migration>) -> Reply<(), Error> {
        let engine = self.shared.engine;
        self.write("db.migrate", move |tx| migration::apply(tx, engine, &migrations))
    }

    fn context(&self) -> Context {
        Context {
            actor: Arc::clone(&self.actor),
            clock: self.shared.clock.clone(),
            chance: self.shared.chance.clone(),
        }
    }

    fn queues(&self) -> &Queues {
        self.shared.queues.as_ref().expect("queues are closed only by the last handle")
    }
}

/// Never blocks: whoever finds the queue full is told so at once.
fn submit(queue: &Sender<Job>, job: Job) {
    match queue.try_send(job) {
        Ok(()) => {}
        Err(TrySendError::Full(job)) => job.answer(Err(Error::Busy)),
        Err(TrySendError::Disconnected(job)) => {
            job.answer(Err(Error::Driver("the database was closed".to_owned())));
        }
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    let thread = thread::Builder::new().name(name.to_owned()).spawn(run);
    thread.map_err(|e| Error::Driver(e.to_string()))
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
