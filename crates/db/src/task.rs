//! A body on its way through the queue, and the reply its caller waits for.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::thread;

use tokio::sync::oneshot;

use crate::tx::{Driver, Stamp, Tx};
use crate::{Actor, Chance, Clock, Error};

/// Who asks, what time it is and where chance comes from.
pub(crate) struct Context {
    pub(crate) actor: Arc<Actor>,
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
}

/// What an engine sees of a task: run it, perhaps again, then answer it once.
pub(crate) trait Work: Send {
    fn writes(&self) -> bool;
    /// Runs the body once, in a transaction the engine has opened.
    fn attempt(&mut self, driver: Driver<'_>) -> Verdict;
    /// Tells the caller, once the engine knows how the transaction ended.
    fn answer(self: Box<Self>, end: Result<(), Error>);
}

pub(crate) type Job = Box<dyn Work>;

/// What the engine should do with the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Commit,
    Rollback,
    Repeat,
}

/// What the body made of it: a value, its own error, or a panic.
type Outcome<T, E> = thread::Result<Result<T, E>>;

pub(crate) struct Task<T, E, B> {
    pub(crate) name: &'static str,
    pub(crate) context: Context,
    pub(crate) writes: bool,
    pub(crate) body: B,
    outcome: Option<Outcome<T, E>>,
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
    pub(crate) fn pack(
        name: &'static str,
        context: Context,
        writes: bool,
        body: B,
    ) -> (Job, Reply<T, E>) {
        assert!(!IN_BODY.get(), "{name}: a transaction inside a transaction would wait for itself");
        let (reply, answer) = oneshot::channel();
        (
            Box::new(Task { name, context, writes, body, outcome: None, reply }),
            Reply { answer },
        )
    }
}

impl<T, E, B> Work for Task<T, E, B>
where
    T: Send,
    E: From<Error> + Send,
    B: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn writes(&self) -> bool {
        self.writes
    }

    fn attempt(&mut self, driver: Driver<'_>) -> Verdict {
        let Context { actor, clock, chance } = &self.context;
        let stamp = Stamp { name: self.name, actor, chance, now_ms: clock.now_ms() };
        let run = || {
            let mut tx = Tx::open(driver, stamp);
            let result = (self.body)(&mut tx);
            let conflicted = tx.conflicted();
            if result.is_ok() && !conflicted {
                tx.check();
            }
            (result, conflicted)
        };
        IN_BODY.set(true);
        let ran = catch_unwind(AssertUnwindSafe(run));
        IN_BODY.set(false);
        let verdict = match &ran {
            Ok((_, true)) => Verdict::Repeat,
            Ok((Ok(_), false)) => Verdict::Commit,
            Ok((Err(_), false)) | Err(_) => Verdict::Rollback,
        };
        self.outcome = Some(ran.map(|(result, _)| result));
        verdict
    }

    fn answer(self: Box<Self>, end: Result<(), Error>) {
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
