//! How long a transaction took, part by part, under the name it was given.

use std::panic::Location;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::Error;

/// A body that runs longer holds up everybody behind it and is named in the log.
const BODY_TIME_MAX: Duration = Duration::from_millis(50);

/// When a task was put into the queue, when its body first began and when it last ended.
pub(crate) struct Meter {
    name: &'static str,
    place: &'static Location<'static>,
    queued: Instant,
    began: Option<Instant>,
    ended: Option<Instant>,
}

impl Meter {
    pub(crate) fn start(name: &'static str, place: &'static Location<'static>) -> Meter {
        Meter { name, place, queued: Instant::now(), began: None, ended: None }
    }

    pub(crate) fn waited(&self) -> Duration {
        self.queued.elapsed()
    }

    /// Runs a body once. Work on the whole database is slow by nature and not warned of.
    pub(crate) fn body<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        self.began.get_or_insert(began);
        let result = run();
        let took = began.elapsed();
        self.ended = Some(began + took);
        if took > BODY_TIME_MAX && !self.name.starts_with("db.") {
            tracing::warn!(
                name = self.name,
                place = %self.place,
                ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
                "a slow transaction holds up those behind it: cut it into shorter ones"
            );
        }
        result
    }

    /// Tells the metrics, at the moment the caller is answered.
    pub(crate) fn report(&self, outcome: &'static str) {
        let name = self.name;
        metrics::counter!("db_transactions_total", "name" => name, "outcome" => outcome)
            .increment(1);
        let part = |part: &'static str, time: Duration| {
            metrics::histogram!("db_seconds", "name" => name, "part" => part).record(time);
        };
        let (Some(began), Some(ended)) = (self.began, self.ended) else {
            return part("queue", self.waited());
        };
        part("queue", began - self.queued);
        part("run", ended - began);
        part("commit", ended.elapsed());
    }
}

/// Tells the operator that the database is away: not for each of thousands who ask meanwhile.
pub(crate) fn lament(error: &Error) {
    const PAUSE: Duration = Duration::from_secs(5);
    static LAST: Mutex<Option<Instant>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if last.is_none_or(|last| last.elapsed() > PAUSE) {
        *last = Some(Instant::now());
        tracing::error!(%error, "transactions fail until this is mended");
    }
}
