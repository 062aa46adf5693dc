//! PostgreSQL: a session that does nothing but hold the city, and takes it again when its server
//! comes back.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use super::link::Link;
use super::target::Target;
use crate::Error;
use crate::queue::spawn;

/// How often the session is asked whether it still lives.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// A server that does not answer for so long has lost it.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(5);

/// The thread with the session.
pub(crate) struct Keeper {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// The lock of this schema, or nothing when another session has it.
pub(crate) fn hold(url: &str) -> Result<Option<Keeper>, Error> {
    let target = Arc::new(Target::parse(url)?);
    let (stop, stopped) = bounded(0);
    let (said, heard) = bounded(1);
    let thread = spawn("db-hold", move || {
        let runtime = match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => {
                said.send(Err(Error::Driver(error.to_string()))).ok();
                return;
            }
        };
        match runtime.block_on(take(&target)) {
            Ok(Some(link)) => {
                said.send(Ok(true)).ok();
                keep(&runtime, &target, link, &stopped);
            }
            Ok(None) => drop(said.send(Ok(false))),
            Err(error) => drop(said.send(Err(error))),
        }
    })?;
    let held = heard.recv().map_err(|_| Error::Driver("db-hold ended".to_owned()))??;
    Ok(held.then_some(Keeper { stop: Some(stop), thread: Some(thread) }))
}

async fn take(target: &Target) -> Result<Option<Link>, Error> {
    let link = Link::connect(target).await?;
    let schema = target.schema.as_deref().unwrap_or("public");
    let row = link
        .client
        .query_one("SELECT pg_try_advisory_lock(hashtext('gerai'), hashtext($1::text))", &[&schema])
        .await?;
    let held: bool = row.try_get(0)?;
    Ok(held.then_some(link))
}

fn keep(runtime: &Runtime, target: &Target, link: Link, stopped: &Receiver<()>) {
    let mut link = Some(link);
    while stopped.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
        let lives = link.as_ref().is_some_and(|link| {
            runtime.block_on(async {
                let asked = timeout(ANSWER_TIME_MAX, link.client.simple_query("SELECT 1"));
                matches!(asked.await, Ok(Ok(_)))
            })
        });
        if lives {
            continue;
        }
        link = None;
        match runtime.block_on(take(target)) {
            Ok(Some(again)) => link = Some(again),
            Ok(None) => tracing::error!("another program holds this city's database"),
            Err(error) => tracing::debug!(%error, "the database is not held while it is away"),
        }
    }
}
