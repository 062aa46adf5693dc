//! The officers' work queue: what waits, the longest waiting first, with its problems counted.

use base::{FromRow, Read, Result, Row, Timestamp, db};
use schemars::JsonSchema;
use serde::Serialize;

use crate::business::{BusinessId, State};

/// One business in the queue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Waiting {
    pub id: BusinessId,
    pub number: String,
    pub name: String,
    pub state: State,
    pub category: String,
    pub district: Option<String>,
    pub village: Option<String>,
    pub source: String,
    pub changed_at: Timestamp,
    /// Doubts that stand between it and a decision.
    pub doubts: i64,
}

impl FromRow for Waiting {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Waiting {
            id: row.take()?,
            number: row.take()?,
            name: row.take()?,
            state: State::parse(&row.take::<String>()?).unwrap_or(State::Submitted),
            category: row.take()?,
            district: row.take()?,
            village: row.take()?,
            source: row.take()?,
            changed_at: row.take()?,
            doubts: row.take()?,
        })
    }
}

/// What an officer wants to see.
#[derive(Debug, Clone)]
pub struct Filter {
    pub state: State,
    pub district: Option<String>,
    /// Only those with open doubts, or only those without.
    pub doubtful: Option<bool>,
    /// The cursor of the page before: `milliseconds~id`.
    pub after: Option<String>,
}

/// Rows on one page.
pub const PAGE_ROWS: i64 = 30;

/// One page of the queue, and where the next begins.
pub fn list(read: &mut Read<'_>, filter: &Filter) -> Result<(Vec<Waiting>, Option<String>)> {
    let cut = filter.after.as_deref().and_then(|after| after.split_once('~'));
    let after_at: i64 = cut.and_then(|(at, _)| at.parse().ok()).unwrap_or(i64::MIN);
    let after_id = cut.map_or("", |(_, id)| id);
    let mut rows: Vec<Waiting> = read.all(
        "SELECT b.id, b.number, b.name, b.state, b.category, b.district, b.village, b.source, b.changed_at,
           (SELECT CAST(COUNT(*) AS BIGINT) FROM registry_doubts d
            WHERE d.business_id = b.id AND d.settled_at IS NULL) AS doubts
         FROM registry_businesses b
         WHERE b.state = $1 AND (CAST($2 AS TEXT) IS NULL OR b.district = $2)
           AND (CAST($3 AS BOOLEAN) IS NULL OR $3 = EXISTS (SELECT 1 FROM registry_doubts d
                WHERE d.business_id = b.id AND d.settled_at IS NULL))
           AND (b.changed_at, b.id) > ($4, $5)
         ORDER BY b.changed_at, b.id LIMIT $6",
        &[&filter.state.code(), &filter.district, &filter.doubtful, &after_at, &after_id, &(PAGE_ROWS + 1)],
    )?;
    let more = rows.len() as i64 > PAGE_ROWS;
    rows.truncate(usize::try_from(PAGE_ROWS).expect("a page is small"));
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| format!("{}~{}", row.changed_at.as_ms(), row.id));
    Ok((rows, next))
}

/// How many businesses are in each state.
pub fn counts(read: &mut Read<'_>) -> Result<Vec<(State, i64)>> {
    let rows: Vec<(String, i64)> = read.all(
        "SELECT state, CAST(COUNT(*) AS BIGINT) FROM registry_businesses GROUP BY state ORDER BY state",
        &[],
    )?;
    Ok(rows.into_iter().filter_map(|(state, n)| Some((State::parse(&state)?, n))).collect())
}
