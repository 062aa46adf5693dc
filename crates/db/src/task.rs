//! A body on its way through the queue, and the reply its caller waits for.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::meter::{self, Meter};
use crate::statements::StatementLog;
use crate::tx::{Driver, Stamp, Tx};
use crate::{Actor, Chance, Clock, Error};

/// Who asks, what time it is, where chance comes from, and how long they will wait.
pub(crate) struct Context {
    pub(crate) actor: Arc<Actor>,
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
    pub(crate) log: Option<Arc<StatementLog>>,
    pub(crate) wait_max: Duration,
}

/// What kind of transaction a task needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
    /// May change the schema and take its time; one at a time in the whole database.
    Migrate,
}

/// What an engine sees of a task: run it, perhaps again, then answer it once.
pub(crate) trait Work: Send {
    fn kind(&self) -> Kind;
    /// Whether it waited too long, or only looks for somebody who has hung up.
    fn late(&self) -> bool;
    /// Runs the body once, in a transaction the engine has opened.
    fn attempt(&mut self, driver: Driver<'_>) -> Verdict;
    /// Tells the caller, once the engine knows how the transaction ended.
    fn answer(self: Box<Self>, end: Result<(), Error>);
}

pub(crate) type Job = Box<dyn Work>;

/// What the engine should do with the transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Commit,
    Rollback,
    /// Another transaction won: roll back and run the body again.
    Repeat,
    /// Roll back, and do not rely on this connection: a statement failed in an unexpected way.
    Distrust(Error),
}

/// What the body made of it: a value, its own error, or a panic.
type Outcome<T, E> = thread::Result<Result<T, E>>;

pub(crate) struct Task<T, E, B> {
    context: Context,
    kind: Kind,
    meter: Meter,
    name: &'static str,
    body: B,
    outcome: Option<Outcome<T, E>>,
    /// The statement that failed, if one did: the caller's own error may hide it.
    failure: Option<Error>,
    reply: oneshot::Sender<Outcome<T, E>>,
}

thread_local! {
    static IN_BODY: Cell<bool> = const { Cell::new(false) };
}

impl<T, E, B> Task<T, E, B>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    B: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    #[track_caller]
    pub(crate) fn pack(
        name: &'static str,
        context: Context,
        kind: Kind,
        body: B,
    ) -> (Job, Reply<T, E>) {
        assert!(!IN_BODY.get(), "{name}: a transaction inside a transaction would wait for itself");
        let (reply, answer) = oneshot::channel();
        let meter = Meter::start(name, Location::caller());
        let (outcome, failure) = (None, None);
        let task = Task { context, kind, meter, name, body, outcome, failure, reply };
        (Box::new(task), Reply { answer })
    }
}

impl<T, E, B> Work for Task<T, E, B>
where
    T: Send,
    E: From<Error> + Send,
    B: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn kind(&self) -> Kind {
        self.kind
    }

    fn late(&self) -> bool {
        match self.kind {
            Kind::Migrate => false,
            Kind::Read if self.reply.is_closed() => true,
            Kind::Read | Kind::Write => self.meter.waited() > self.context.wait_max,
        }
    }

    fn attempt(&mut self, driver: Driver<'_>) -> Verdict {
        let Context { actor, clock, chance, log, .. } = &self.context;
        let log = log.as_deref();
        let stamp = Stamp { name: self.name, actor, chance, log, now_ms: clock.now_ms() };
        let run = || {
            let mut tx = Tx::open(driver, stamp);
            let result = (self.body)(&mut tx);
            let failure = tx.failure();
            if result.is_ok() && failure != Some(Error::Conflict) {
                tx.check();
            }
            (result, failure)
        };
        let ran = self.meter.body(|| {
            IN_BODY.set(true);
            let ran = catch_unwind(AssertUnwindSafe(run));
            IN_BODY.set(false);
            ran
        });
        let verdict = match &ran {
            Ok((_, Some(Error::Conflict))) => Verdict::Repeat,
            Ok((_, Some(error @ (Error::Unavailable(_) | Error::Driver(_))))) => {
                Verdict::Distrust(error.clone())
            }
            Ok((Ok(_), _)) => Verdict::Commit,
            Ok((Err(_), _)) | Err(_) => Verdict::Rollback,
        };
        self.failure = ran.as_ref().ok().and_then(|(_, failure)| failure.clone());
        self.outcome = Some(ran.map(|(result, _)| result));
        verdict
    }

    fn answer(self: Box<Self>, end: Result<(), Error>) {
        self.meter.report(match (&end, &self.outcome, &self.failure) {
            (_, Some(Err(_)), _) => "panicked",
            (Err(error), ..) | (Ok(()), _, Some(error)) => error.label(),
            (Ok(()), Some(Ok(Err(_))), None) => "refused",
            (Ok(()), ..) => "done",
        });
        if let (Err(error @ Error::Unavailable(_)), _) | (_, Some(error @ Error::Unavailable(_))) =
            (&end, &self.failure)
        {
            meter::lament(error);
        }
        let outcome = match (end, self.outcome) {
            (Ok(()), Some(outcome)) | (Err(_), Some(outcome @ Err(_))) => outcome,
            (Err(error), _) => Ok(Err(E::from(error))),
            (Ok(()), None) => unreachable!("a body is run before it is answered"),
        };
        self.reply.send(outcome).ok(); // the caller may have hung up; the write stands
    }
}

/// The answer to come: `.await` it in a handler, `.wait()` for it on a plain thread.
#[must_use = "the transaction runs anyway, but only the reply tells how it ended"]
pub struct Reply<T, E> {
    answer: oneshot::Receiver<Outcome<T, E>>,
}

impl<T, E: From<Error>> Reply<T, E> {
    /// Blocks this thread. Panics in async code, where it would block everyone else too.
    pub fn wait(self) -> Result<T, E> {
        settle(self.answer.blocking_recv())
    }
}

impl<T, E: From<Error>> Future for Reply<T, E> {
    type Output = Result<T, E>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.answer).poll(cx).map(settle)
    }
}

/// A panic of the body goes on in the thread that asked for it.
fn settle<T, E: From<Error>>(
    answer: Result<Outcome<T, E>, oneshot::error::RecvError>,
) -> Result<T, E> {
    match answer {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => resume_unwind(panic),
        Err(_) => Err(E::from(Error::Driver("the database was closed".to_owned()))),
    }
}
