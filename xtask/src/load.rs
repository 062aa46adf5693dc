//! Readers that ask as fast as they are answered, and what their waiting amounts to.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::Result;
use crate::http::Client;

/// How long each answer took, shortest first.
pub(crate) struct Waits {
    sorted: Vec<Duration>,
}

impl Waits {
    /// What all but the slowest `100 - percent` of a hundred stay under.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let rank = self.sorted.len() * percent / 100;
        self.sorted[rank.min(self.sorted.len() - 1)]
    }

    pub(crate) fn count(&self) -> usize {
        self.sorted.len()
    }
}

/// `clients` visitors ask for these paths in turn for a while; any answer but 200 ends it.
pub(crate) fn read(home: &str, paths: &[String], clients: usize, time: Duration) -> Result<Waits> {
    let (waits, problem) = (Mutex::new(Vec::new()), Mutex::new(None));
    let began = Instant::now();
    std::thread::scope(|scope| {
        for first in 0..clients {
            let (waits, problem) = (&waits, &problem);
            scope.spawn(move || match visit(home, paths, first, began + time) {
                Ok(mine) => waits.lock().expect("no thread panics").extend(mine),
                Err(message) => *problem.lock().expect("no thread panics") = Some(message),
            });
        }
    });
    if let Some(message) = problem.into_inner().expect("no thread panics") {
        return Err(message);
    }
    let mut sorted = waits.into_inner().expect("no thread panics");
    sorted.sort();
    Ok(Waits { sorted })
}

fn visit(home: &str, paths: &[String], first: usize, until: Instant) -> Result<Vec<Duration>> {
    let mut client = Client::new(home);
    let mut waits = Vec::new();
    for path in paths.iter().cycle().skip(first) {
        let asked = Instant::now();
        let answer = client.get(path)?;
        waits.push(asked.elapsed());
        if answer.status != 200 {
            return Err(format!("{path}: {}", answer.status));
        }
        if Instant::now() >= until {
            break;
        }
    }
    Ok(waits)
}
