//! Which fiscal year a page is about: the one asked for, or today's.

use base::Date;

/// Nobody keeps budgets older or newer than this.
const YEARS: std::ops::RangeInclusive<i64> = 2020..=2100;

/// The year in the address, if it is one; otherwise today's.
pub(super) fn asked(text: &str, today: Date) -> i64 {
    let year = text.trim().parse().ok().filter(|year| YEARS.contains(year));
    year.unwrap_or_else(|| today.year())
}

/// Last year, this year, and the next, whose budget is brought in before it begins.
pub(super) fn around(today: Date) -> [i64; 3] {
    [today.year() - 1, today.year(), today.year() + 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_that_is_none_is_todays() {
        let today = Date::parse("2026-03-12").expect("a day");
        assert_eq!(asked("2025", today), 2025);
        for none in ["", "abc", "19999", "-1"] {
            assert_eq!(asked(none, today), 2026);
        }
    }
}
