//! Working days: the only days that count when the city waits for somebody.

use std::collections::BTreeMap;
use std::sync::Arc;

use db::Read;

use crate::policy::{self, WorkingDays};
use crate::{Date, Result};

/// The days the city works, from the rule of one day.
#[derive(Debug, Clone)]
pub struct Calendar {
    works: [bool; 7],
    holidays: BTreeMap<Date, String>,
    known: Vec<i64>,
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day<'c> {
    /// Somebody is at the counter.
    Working,
    /// A day of the week on which nobody is.
    Weekend,
    /// A day off with its name.
    Holiday(&'c str),
}

/// Longer than any deadline; a calendar without working days ends here instead of never.
const SEARCH_DAYS_MAX: i64 = 3_660;

/// The calendar by the rule that holds on `day`.
pub fn at(read: &mut Read<'_>, day: Date) -> Result<Arc<Calendar>> {
    policy::meaning_at(read, day, |rule: WorkingDays| Calendar::of(&rule))
}

impl Calendar {
    /// The calendar a rule describes.
    pub fn of(rule: &WorkingDays) -> Calendar {
        let days = rule.years.iter().flat_map(|year| &year.holidays);
        Calendar {
            works: std::array::from_fn(|day| rule.weekdays.contains(&(day as i64))),
            holidays: days.map(|day| (day.date, day.name.clone())).collect(),
            known: rule.years.iter().map(|year| year.year).collect(),
        }
    }

    /// What `date` is.
    pub fn day(&self, date: Date) -> Day<'_> {
        let weekday = usize::try_from(date.weekday()).expect("weekdays are 0 to 6");
        match self.holidays.get(&date) {
            Some(name) => Day::Holiday(name),
            None if self.works[weekday] => Day::Working,
            None => Day::Weekend,
        }
    }

    /// Whether the city works on `date`.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.day(date) == Day::Working
    }

    /// Whether the holidays of the year of `date` were entered; if not, only weekends are left out.
    pub fn knows(&self, date: Date) -> bool {
        self.known.contains(&date.year())
    }

    /// The `count`th working day after `date`. The day itself does not count; zero gives the day
    /// itself, a negative count goes back.
    pub fn plus_working_days(&self, date: Date, count: i64) -> Date {
        let (step, mut left) = (count.signum(), count.abs());
        let mut day = date;
        for _ in 0..SEARCH_DAYS_MAX {
            if left == 0 {
                break;
            }
            day = day.plus_days(step);
            left -= i64::from(self.is_working_day(day));
        }
        day
    }

    /// How many working days lie after `from` up to and including `to`; negative when `to` is
    /// earlier.
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        let (early, late, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let days = (1..=late.days_since(early)).map(|n| early.plus_days(n));
        sign * i64::try_from(days.filter(|day| self.is_working_day(*day)).count()).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Holiday, HolidayYear};

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    /// March 2026: Nyepi on Thursday the 19th, Idulfitri on the weekend, joint leave around both.
    fn lebaran() -> Calendar {
        let off = ["2026-03-18", "2026-03-19", "2026-03-20", "2026-03-21", "2026-03-22"];
        let off = off.into_iter().chain(["2026-03-23", "2026-03-24"]);
        let holiday = |day| Holiday {
            date: date(day),
            name: "Libur".into(),
            joint_leave: false,
            expected: false,
        };
        let years = vec![HolidayYear { year: 2026, holidays: off.map(holiday).collect() }];
        Calendar::of(&WorkingDays { weekdays: vec![0, 1, 2, 3, 4], years })
    }

    #[test]
    fn an_order_of_the_week_before_lebaran_waits_until_after_it() {
        let calendar = lebaran();
        for (from, count, until) in [
            ("2026-03-16", 1, "2026-03-17"),
            ("2026-03-16", 2, "2026-03-25"),
            ("2026-03-16", 3, "2026-03-26"),
            ("2026-03-17", 3, "2026-03-27"),
            ("2026-03-20", 1, "2026-03-25"), // set on a holiday
            ("2026-03-27", 1, "2026-03-30"), // over a plain weekend
            ("2026-03-25", -1, "2026-03-17"),
            ("2026-03-21", 0, "2026-03-21"),
        ] {
            assert_eq!(
                calendar.plus_working_days(date(from), count),
                date(until),
                "{from} {count}"
            );
        }
        assert_eq!(calendar.day(date("2026-03-19")), Day::Holiday("Libur"));
        assert_eq!(calendar.day(date("2026-03-28")), Day::Weekend);
        assert!(calendar.knows(date("2026-12-01")) && !calendar.knows(date("2027-01-01")));
    }

    #[test]
    fn counting_forth_and_between_agree_on_every_day_of_a_year() {
        let calendar = lebaran();
        for offset in 0..365 {
            let from = date("2026-01-01").plus_days(offset);
            for count in [1, 2, 3, 5, 14] {
                let until = calendar.plus_working_days(from, count);
                assert_eq!(calendar.working_days_between(from, until), count, "{from} {count}");
                assert_eq!(calendar.working_days_between(until, from), -count, "{from} {count}");
            }
        }
    }

    #[test]
    fn a_week_without_working_days_ends_the_search() {
        let calendar = Calendar::of(&WorkingDays { weekdays: vec![], years: vec![] });
        let start = date("2026-01-01");
        assert_eq!(calendar.plus_working_days(start, 1), start.plus_days(SEARCH_DAYS_MAX));
    }
}
