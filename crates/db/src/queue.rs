//! The queues before the connections, and the threads behind them.

use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use crate::Error;
use crate::task::Job;

/// How many may wait for one queue; the next one is told `Busy`.
const WAITING_MAX: usize = 4096;

/// Where a task is put. On PostgreSQL reads and writes wait in the same queue.
pub(crate) struct Queues {
    pub(crate) reads: Sender<Job>,
    pub(crate) writes: Sender<Job>,
    /// Reads that may lag behind; the same as `reads` without a replica.
    pub(crate) lagging: Sender<Job>,
}

/// What an engine hands back once it runs.
pub(crate) struct Started {
    pub(crate) queues: Queues,
    pub(crate) threads: Vec<JoinHandle<()>>,
}

pub(crate) fn queue() -> (Sender<Job>, Receiver<Job>) {
    bounded(WAITING_MAX)
}

/// Never blocks: whoever finds the queue full is told so at once.
pub(crate) fn submit(queue: &Sender<Job>, job: Job) {
    match queue.try_send(job) {
        Ok(()) => {}
        Err(TrySendError::Full(job)) => job.answer(Err(Error::Busy)),
        Err(TrySendError::Disconnected(job)) => {
            job.answer(Err(Error::Driver("the database was closed".to_owned())));
        }
    }
}

/// The next job that did not wait too long; the others are told so.
pub(crate) fn in_time(job: Job) -> Option<Job> {
    if job.late() {
        job.answer(Err(Error::Busy));
        return None;
    }
    Some(job)
}

pub(crate) fn spawn(
    name: &str,
    run: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, Error> {
    let thread = thread::Builder::new().name(name.to_owned()).spawn(run);
    thread.map_err(|e| Error::Driver(format!("cannot start a thread for the database: {e}")))
}
