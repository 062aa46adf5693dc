//! Which fiscal year a page is about: the one asked for, or today's.

use ::web::{Answer, Ctx, filters};
use askama::Template;
use axum::http::StatusCode;
use base::{Date, Error, Read, Result};
use serde::Serialize;

use crate::purchases;

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

/// A year that everybody asks for, and the years there are, the newest first.
#[derive(Debug, Clone)]
pub(super) struct Published {
    pub(super) year: i64,
    pub(super) years: Vec<i64>,
}

impl Published {
    /// Whether the city bought anything then, or still may.
    pub(super) fn exists(&self) -> bool {
        self.years.contains(&self.year)
    }
}

/// The year in the address among those of which something is published.
pub(super) fn published(read: &mut Read<'_>, text: &str) -> Result<Published> {
    let year = asked(text, Date::today(read))?;
    Ok(Published { year, years: purchases::years(read)? })
}

/// What people see who ask for a year without purchases: the years there are.
#[derive(Template, Serialize)]
#[template(path = "no_year.html")]
struct NoYearPage {
    path: &'static str,
    year: i64,
    years: Vec<i64>,
}

/// The answer to a year that does not exist (404), with a way on to those that do.
pub(super) fn missing(ctx: &Ctx, path: &'static str, asked: Published) -> Answer {
    if !ctx.wants_page() {
        return Err(Error::NotFound.into());
    }
    let Published { year, years } = asked;
    let mut response = ctx.page(NoYearPage { path, year, years })?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
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
