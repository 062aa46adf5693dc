//! Which fiscal year a page is about: the one asked for, or today's.

use base::{Date, Error, Result};

/// Nobody keeps budgets older or newer than this.
const YEARS: std::ops::RangeInclusive<i64> = 2020..=2100;

/// The year in the address; today's where none is asked for. What is no year is told, not guessed.
pub(super) fn asked(text: &str, today: Date) -> Result<i64> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(today.year());
    }
    let year = text.parse().ok().filter(|year| YEARS.contains(year));
    year.ok_or_else(|| Error::invalid("year", "procurement-year-wanted"))
}

/// A place in a list of orders, from its address.
pub(super) fn place(text: &str) -> Result<Option<String>> {
    match base::Id::<crate::Order>::parse(text) {
        _ if text.is_empty() => Ok(None),
        Some(id) => Ok(Some(id.to_string())),
        None => Err(Error::invalid("after", "procurement-after-wanted")),
    }
}

/// Last year, this year, and the next, whose budget is brought in before it begins.
pub(super) fn around(today: Date) -> [i64; 3] {
    [today.year() - 1, today.year(), today.year() + 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_that_is_none_is_told() {
        let today = Date::parse("2026-03-12").expect("a day");
        assert_eq!(asked("2025", today).ok(), Some(2025));
        assert_eq!(asked("", today).ok(), Some(2026));
        for none in ["abc", "19999", "-1"] {
            assert_eq!(asked(none, today).map_err(|error| error.code()), Err("invalid"));
        }
    }
}
