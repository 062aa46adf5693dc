//! What time it is: the system's clock, unless somebody holds it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Clones share one clock.
#[derive(Debug, Clone)]
pub struct Clock {
    held_ms: Arc<AtomicI64>,
}

const FREE: i64 = i64::MIN;

impl Default for Clock {
    fn default() -> Self {
        Clock { held_ms: Arc::new(AtomicI64::new(FREE)) }
    }
}

impl Clock {
    /// A clock that stands at `now_ms` until it is moved or released.
    pub fn held(now_ms: i64) -> Clock {
        Clock { held_ms: Arc::new(AtomicI64::new(now_ms)) }
    }

    /// Moves a clock to `now_ms` and holds it there.
    pub fn hold(&self, now_ms: i64) {
        self.held_ms.store(now_ms, Ordering::SeqCst);
    }

    /// Lets it run with the system's clock.
    pub fn release(&self) {
        self.held_ms.store(FREE, Ordering::SeqCst);
    }

    /// Milliseconds since 1970 UTC.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    pub fn now_ms(&self) -> i64 {
        match self.held_ms.load(Ordering::SeqCst) {
            FREE => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH);
                since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
            }
            held => held,
        }
    }
}
