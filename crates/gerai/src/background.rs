//! What goes on beside the requests: events get their numbers, consumers read them, deadlines
//! pass, jobs are done, the search index follows, stretches of events are sealed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use base::job::{JobKind, Workshop};
use base::keyring::Keyring;
use base::{Db, Error, Result, consumer, deadline, job, seal};

use crate::house::House;
use crate::{areas, front};

/// How long a loop rests when it found nothing to do.
const REST: Duration = Duration::from_millis(250);
/// The index commits at most this often.
const INDEX_REST: Duration = Duration::from_millis(500);
/// Deadlines are days: once a minute is soon enough.
const DEADLINE_REST: Duration = Duration::from_secs(60);
/// What has run out may stay a while.
const PRUNE_REST: Duration = Duration::from_secs(600);
/// Measurements are folded this often.
const FOLD_REST: Duration = Duration::from_secs(5);
/// Jobs are mostly mail and pictures.
const WORKERS: usize = 2;

/// The threads of one city. Dropped, they finish what they are at and stop.
pub(crate) struct Background {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Background {
    /// Starts everything that goes on in the background of this city.
    pub(crate) fn start(house: &House) -> Result<Background, String> {
        let stop = Arc::new(AtomicBool::new(false));
        let mut threads = Vec::new();
        let mut spawn =
            |name: &'static str, rest: Duration, work: Box<dyn FnMut() -> Result<bool> + Send>| {
                threads.push(repeat(name, rest, Arc::clone(&stop), work));
            };
        let db = house.db.clone();
        spawn("events", REST, Box::new(move || react(&db)));
        let db = house.db.clone();
        spawn("deadlines", DEADLINE_REST, Box::new(move || sweep(&db)));
        let (db, index) = (house.db.clone(), house.index()?);
        spawn("search", INDEX_REST, Box::new(move || Ok(catalog::search::feed(&db, &index)? > 0)));
        let (db, keyring) = (house.db.clone(), Arc::clone(&house.keyring));
        spawn("seals", DEADLINE_REST, Box::new(move || seal_next(&db, &keyring)));
        let fold = || {
            front::fold_measurements();
            Ok(false)
        };
        front::fold_measurements();
        spawn("measurements", FOLD_REST, Box::new(fold));
        let db = house.db.clone();
        spawn("accounts", PRUNE_REST, Box::new(move || prune(&db)));
        for _ in 0..WORKERS {
            let workshop = workshop(house);
            spawn("jobs", REST, Box::new(move || job::work_once(&workshop, &kinds())));
        }
        Ok(Background { stop, threads })
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        for thread in self.threads.drain(..) {
            thread.thread().unpark();
            thread.join().ok();
        }
    }
}

fn repeat(
    name: &'static str,
    rest: Duration,
    stop: Arc<AtomicBool>,
    mut work: Box<dyn FnMut() -> Result<bool> + Send>,
) -> JoinHandle<()> {
    let run = move || {
        while !stop.load(Ordering::SeqCst) {
            // A panic must not end the loop: nobody would see that nothing follows any more.
            let worked = catch_unwind(AssertUnwindSafe(&mut work));
            match worked.unwrap_or_else(|_| Err(Error::broken("it panicked"))) {
                Ok(true) => {}
                Ok(false) => thread::park_timeout(rest),
                Err(error) => {
                    tracing::warn!(name, %error, "background work failed; it is tried again");
                    thread::park_timeout(rest.max(Duration::from_secs(1)));
                }
            }
        }
    };
    let spawned = thread::Builder::new().name(format!("gerai-{name}")).spawn(run);
    spawned.expect("the system can start a thread")
}

/// Jobs whose kind nobody knows would wait for ever: the city does not start with any.
pub(crate) async fn refuse_unknown_jobs(db: &Db) -> Result<(), String> {
    let unknown = db.read(|read| job::unknown_kinds(read, &kinds())).await;
    let unknown = unknown.map_err(|e: base::Error| e.to_string())?;
    if unknown.is_empty() {
        return Ok(());
    }
    let unknown = unknown.join(", ");
    Err(format!(
        "jobs are waiting that this program does not know: {unknown}. Start the program that left them."
    ))
}

fn kinds() -> Vec<JobKind> {
    areas::areas().iter().flat_map(|area| area.jobs).copied().collect()
}

fn workshop(house: &House) -> Workshop {
    Workshop {
        db: house.db.clone(),
        files: Some(house.files.clone()),
        kept: areas::areas().iter().filter_map(|area| area.files).collect(),
        keyring: Arc::clone(&house.keyring),
        mailer: house.mailer.clone(),
        courier: house.courier.clone(),
    }
}

/// Numbers new events and lets every consumer read one batch. True while there is more.
pub(crate) fn react(db: &Db) -> Result<bool> {
    let mut busy = consumer::number_events(db)? > 0;
    for area in areas::areas() {
        for consumer in area.consumers {
            busy |= consumer::run_once(db, consumer)? > 0;
        }
    }
    Ok(busy)
}

/// Lets deadlines pass that are due. True while there are more.
pub(crate) fn sweep(db: &Db) -> Result<bool> {
    let areas = areas::areas();
    let outcomes: Vec<_> = areas.iter().flat_map(|area| area.outcomes).copied().collect();
    Ok(deadline::sweep_once(db, &outcomes)? > 0)
}

/// Seals the next finished stretch of events. True while there may be more.
pub(crate) fn seal_next(db: &Db, keyring: &Arc<Keyring>) -> Result<bool> {
    let keyring = Arc::clone(keyring);
    Ok(seal::seal_next(db, move |message| keyring.sign(message))?.is_some())
}

/// Removes what has run out, some at a time: sessions, links, counted attempts, kept answers, what was
/// sent to webhooks.
fn prune(db: &Db) -> Result<bool> {
    db.write("account.prune", base::account::prune).wait()?;
    db.write("idempotency.prune", base::idempotency::prune).wait()?;
    db.write("webhook.prune", base::webhook::prune).wait()?;
    Ok(false)
}

/// Does everything that waits, for the demo and for commands that must leave nothing behind.
pub(crate) fn settle(house: &House) -> Result<()> {
    let workshop = workshop(house);
    while react(&house.db)? || sweep(&house.db)? || job::work_once(&workshop, &kinds())? {}
    let index = house.index().map_err(Error::broken)?;
    while catalog::search::feed(&house.db, &index)? > 0 {}
    Ok(())
}
