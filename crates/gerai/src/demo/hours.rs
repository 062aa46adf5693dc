//! When things happen in the demo: on working days, between eight and four, and never all at once.

use base::calendar;
use base::{Date, Result};

use super::names::between;
use super::traders::Market;

const MINUTE_MS: i64 = 60_000;
/// The first and last minute of an office's day.
const OPENS: i64 = 8 * 60 + 4;
const CLOSES: i64 = 15 * 60 + 48;

/// The working days from `first` to `last`, by the city's own calendar.
pub(super) fn working_days(market: &Market<'_>, first: Date, last: Date) -> Result<Vec<Date>> {
    let calendar = market.house.db.read(move |read| calendar::at(read, last)).wait()?;
    let mut days = Vec::new();
    let mut day = first;
    while day <= last {
        if calendar.is_working_day(day) {
            days.push(day);
        }
        day = day.plus_days(1);
    }
    Ok(days)
}

/// The hours of one day: each step a while after the one before it.
pub(super) struct Day {
    minute: i64,
    steps: i64,
}

impl Day {
    /// A day on which about so many things happen.
    pub(super) fn of(steps: usize) -> Day {
        Day { minute: OPENS, steps: i64::try_from(steps).unwrap_or(i64::MAX).max(1) }
    }

    /// Moves the clock on to the next thing.
    pub(super) fn next(&mut self, market: &Market<'_>, day: Date) {
        let apart = ((CLOSES - OPENS) / self.steps).clamp(4, 190);
        self.minute = (self.minute + between(apart / 4, apart, &market.chance)).min(CLOSES);
        let second_ms = between(0, 59_000, &market.chance);
        let moment = day.start().plus_ms(self.minute * MINUTE_MS + second_ms);
        market.house.db.clock().hold(moment.as_ms());
    }
}
