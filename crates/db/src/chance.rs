//! Chance for ids and pauses: good enough for identities, not for secrets.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The system's chance, or a seeded series that is the same every time.
#[derive(Debug, Clone, Default)]
pub struct Chance {
    /// Zero: the system's.
    state: Arc<AtomicU64>,
    /// The newest millisecond that got an id, and how many were made since it began.
    last: Arc<AtomicU64>,
}

/// Bits of the count within a millisecond: a million ids, more than any machine makes.
const SERIAL_BITS: u32 = 20;

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Chance {
    /// The same series for the same seed, until it is released.
    pub fn seeded(seed: u64) -> Chance {
        Chance { state: Arc::new(AtomicU64::new(seed.max(1))), last: Arc::default() }
    }

    /// From now on the same series for the same seed, in every clone.
    pub fn seed(&self, seed: u64) {
        self.state.store(seed.max(1), Ordering::SeqCst);
    }

    /// From now on the system's chance, in every clone.
    pub fn release(&self) {
        self.state.store(0, Ordering::SeqCst);
    }

    /// The place of an id within its millisecond. It grows from one id to the next, also when
    /// transactions of different milliseconds take turns, and is above `after`, the last place
    /// that the same transaction was given: so its ids are in the order in which it made them.
    pub(crate) fn serial(&self, now_ms: i64, after: Option<u64>) -> u64 {
        let first = now_ms.unsigned_abs() << SERIAL_BITS;
        let next = |last: u64| if first > last { first } else { last + 1 };
        let before =
            self.last.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(next(last)));
        let shared = next(before.unwrap_or_default()) & ((1 << SERIAL_BITS) - 1);
        after.map_or(shared, |after| shared.max(after + 1))
    }

    /// The next 64 bits (splitmix64 when seeded).
    pub fn next(&self) -> u64 {
        let seeded = self.state.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |state| {
            (state != 0).then(|| state.wrapping_add(STEP).max(1))
        });
        seeded.map_or_else(|_| chance(), mix)
    }
}

fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

pub(crate) fn chance() -> u64 {
    RandomState::new().hash_one(0)
}
