//! The registry in numbers for officers, with the age of what it knows beside each total.

use base::{Date, Read, Result, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// A verified record younger than this counts as fresh.
const FRESH_DAYS: i64 = 365;
/// Groups of one table: more than districts, categories or classes there are.
const GROUPS_MAX: i64 = 500;

/// How many records there are in one group, and how many of them were checked within a year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Group {
    /// The code; empty where it is not known.
    pub(crate) code: String,
    pub(crate) all: i64,
    pub(crate) verified: i64,
    pub(crate) fresh: i64,
}

/// How old the registry's knowledge is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Age {
    /// The day the longest waiting record came in.
    pub(crate) waiting_since: Option<Date>,
    pub(crate) with_doubts: i64,
    pub(crate) without_nib: i64,
    pub(crate) without_owner_account: i64,
}

/// By what the open records are counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By {
    District,
    Class,
    Source,
}

/// Open records (neither drafts nor closed nor refused) in groups.
pub(crate) fn groups(read: &mut Read<'_>, by: By) -> Result<Vec<Group>> {
    let since = Date::today(read).plus_days(-FRESH_DAYS).start();
    let sql = match by {
        By::District => {
            "SELECT COALESCE(district, ''), CAST(COUNT(*) AS BIGINT),
               CAST(SUM(CASE WHEN state = 'verified' THEN 1 ELSE 0 END) AS BIGINT),
               CAST(SUM(CASE WHEN state = 'verified' AND verified_at >= $1 THEN 1 ELSE 0 END) AS BIGINT)
             FROM registry_businesses WHERE state NOT IN ('draft', 'closed', 'rejected')
             GROUP BY district ORDER BY district NULLS LAST LIMIT $2"
        }
        By::Class => {
            "SELECT COALESCE(size_class, ''), CAST(COUNT(*) AS BIGINT),
               CAST(SUM(CASE WHEN state = 'verified' THEN 1 ELSE 0 END) AS BIGINT),
               CAST(SUM(CASE WHEN state = 'verified' AND verified_at >= $1 THEN 1 ELSE 0 END) AS BIGINT)
             FROM registry_businesses WHERE state NOT IN ('draft', 'closed', 'rejected')
             GROUP BY size_class ORDER BY size_class NULLS LAST LIMIT $2"
        }
        By::Source => {
            "SELECT source, CAST(COUNT(*) AS BIGINT),
               CAST(SUM(CASE WHEN state = 'verified' THEN 1 ELSE 0 END) AS BIGINT),
               CAST(SUM(CASE WHEN state = 'verified' AND verified_at >= $1 THEN 1 ELSE 0 END) AS BIGINT)
             FROM registry_businesses WHERE state NOT IN ('draft', 'closed', 'rejected')
             GROUP BY source ORDER BY source LIMIT $2"
        }
    };
    let rows: Vec<(String, i64, i64, i64)> = read.all(sql, &[&since, &GROUPS_MAX])?;
    let group = |(code, all, verified, fresh)| Group { code, all, verified, fresh };
    Ok(rows.into_iter().map(group).collect())
}

/// What is missing or old.
pub(crate) fn age(read: &mut Read<'_>) -> Result<Age> {
    let waiting: Option<(Option<Timestamp>,)> = read.first(
        "SELECT CAST(MIN(changed_at) AS BIGINT) FROM registry_businesses WHERE state = 'submitted'",
        &[],
    )?;
    let doubts: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(DISTINCT d.business_id) AS BIGINT) FROM registry_doubts d
         JOIN registry_businesses b ON b.id = d.business_id
         WHERE d.settled_at IS NULL AND b.state NOT IN ('closed', 'rejected')",
        &[],
    )?;
    let lacks: Option<(Option<i64>, Option<i64>)> = read.first(
        "SELECT CAST(SUM(CASE WHEN b.nib IS NULL THEN 1 ELSE 0 END) AS BIGINT),
           CAST(SUM(CASE WHEN o.person IS NULL THEN 1 ELSE 0 END) AS BIGINT)
         FROM registry_businesses b JOIN registry_owners o ON o.id = b.owner_id
         WHERE b.state = 'verified'",
        &[],
    )?;
    let (without_nib, without_owner_account) = lacks.unwrap_or_default();
    Ok(Age {
        waiting_since: waiting.and_then(|(at,)| at).map(Timestamp::date),
        with_doubts: doubts.map_or(0, |(n,)| n),
        without_nib: without_nib.unwrap_or(0),
        without_owner_account: without_owner_account.unwrap_or(0),
    })
}
