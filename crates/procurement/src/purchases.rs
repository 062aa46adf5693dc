//! Purchases one by one, as everybody may list and count them.

use base::{Date, FromRow, Read, Result, Row, Rupiah, Timestamp, db};
use schemars::JsonSchema;
use serde::Serialize;

use crate::orders::containing;
use crate::spending::{IN_FORCE, bounds};
use crate::state::State;

/// One purchase in the open data.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Purchase {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) month: String,
    pub(crate) agency: String,
    pub(crate) seller_number: String,
    pub(crate) seller: String,
    pub(crate) seller_class: Option<String>,
    pub(crate) title: String,
    pub(crate) state: String,
    pub(crate) total: i64,
    pub(crate) paid: i64,
    pub(crate) days_to_pay: Option<i64>,
    /// Worth of what was taken over.
    pub(crate) received: i64,
    pub(crate) ordered_on: Option<Date>,
    pub(crate) handed_over_on: Option<Date>,
    pub(crate) paid_on: Option<Date>,
}

impl Purchase {
    /// What was ordered.
    pub(crate) fn total(&self) -> Rupiah {
        Rupiah::parse(self.total).unwrap_or(Rupiah::MAX)
    }

    /// The key of the word for its state.
    pub(crate) fn state_key(&self) -> String {
        State::parse(&self.state).map(State::text_key).unwrap_or_default()
    }

    /// The tone of its state's tag.
    pub(crate) fn tone(&self) -> &'static str {
        State::parse(&self.state).map_or("", State::tone)
    }
}

impl FromRow for Purchase {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Purchase {
            id: row.take()?,
            number: row.take()?,
            month: row.take()?,
            agency: row.take()?,
            seller_number: row.take()?,
            seller: row.take()?,
            seller_class: row.take()?,
            title: row.take()?,
            state: row.take()?,
            total: row.take()?,
            paid: row.take()?,
            days_to_pay: row.take()?,
            received: row.take()?,
            ordered_on: row.take::<Option<Timestamp>>()?.map(Timestamp::date),
            handed_over_on: row.take::<Option<Timestamp>>()?.map(Timestamp::date),
            paid_on: row.take()?,
        })
    }
}

/// Purchases on one page.
pub(crate) const PAGE_ROWS: i64 = 30;
/// Purchases in one read of the whole year.
pub(crate) const BATCH_ROWS: i64 = 1_000;

/// Which purchases; what is empty is not asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Which {
    pub(crate) year: i64,
    /// The registry number of one seller.
    pub(crate) seller: String,
    /// The id of one agency.
    pub(crate) agency: String,
    /// The code of one state.
    pub(crate) state: String,
    /// Words in title, seller, agency or number.
    pub(crate) words: String,
    /// The last purchase of the page before.
    pub(crate) after: Option<String>,
}

/// Before and after every month.
const EVER: (&str, &str) = ("0000-01", "9999-12");
/// Years that a page names.
const YEARS_MAX: usize = 30;

/// The years with purchases for everybody to see, the newest first: from the first one to today's,
/// which is there even while it is empty.
pub(crate) fn years(read: &mut Read<'_>) -> Result<Vec<i64>> {
    let sql = format!("SELECT MIN(month) FROM procurement_orders WHERE {IN_FORCE}");
    let (month,): (Option<String>,) = read.one(&sql, &[&EVER.0, &EVER.1])?;
    let (day,): (Option<String>,) = read.one(
        "SELECT MIN(bought_on) FROM procurement_outside_purchases WHERE state = 'standing'",
        &[],
    )?;
    let today = Date::today(read).year();
    let year = |text: String| text.get(..4)?.parse::<i64>().ok();
    let first = month.and_then(year).into_iter().chain(day.and_then(year)).min().unwrap_or(today);
    Ok((first..=today).rev().take(YEARS_MAX).collect())
}

/// The purchases of a year from behind a cursor, newest first.
pub(crate) fn list(read: &mut Read<'_>, which: &Which, limit: i64) -> Result<Vec<Purchase>> {
    let (first, last) = bounds(which.year);
    let after = which.after.as_deref().unwrap_or("~"); // sorts behind every id
    let sql = format!(
        "SELECT id, number, month, agency_name, seller_number, seller_name, seller_class, title,
                state, total, paid, days_to_pay, received, ordered_at, handed_over_at, paid_on
         FROM procurement_orders
         WHERE {IN_FORCE} AND id < $3 AND (CAST($4 AS TEXT) = '' OR seller_number = $4)
             AND (CAST($5 AS TEXT) = '' OR agency = $5) AND (CAST($6 AS TEXT) = '' OR state = $6)
             AND lower(title || ' ' || seller_name || ' ' || agency_name || ' '
                 || COALESCE(number, '')) LIKE $7 ESCAPE '!'
         ORDER BY id DESC LIMIT $8"
    );
    let words = containing(&which.words);
    let Which { seller, agency, state, .. } = which;
    Ok(read.all(&sql, &[&first, &last, &after, seller, agency, state, &words, &limit])?)
}
