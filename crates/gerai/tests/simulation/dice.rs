//! Chance that is the same for the same seed.

use db::Chance;

/// Throws dice.
pub(crate) struct Dice(Chance);

impl Dice {
    /// Twice seeded: series of neighbouring seeds would only be each other's, a little later.
    pub(crate) fn of(seed: u64) -> Dice {
        Dice(Chance::seeded(Chance::seeded(seed).next()))
    }

    /// From `least` to `most`.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least + 1).expect("least is not above most");
        least + i64::try_from(self.0.next() % span).expect("inside the span")
    }

    /// So often of a hundred times.
    pub(crate) fn percent(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of them.
    pub(crate) fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        let last = i64::try_from(among.len()).expect("a short list") - 1;
        &among[usize::try_from(self.between(0, last)).expect("not negative")]
    }
}
