//! The public directory: verified businesses, without personal data.

use base::policy::SizeClass;
use base::{Date, FromRow, Read, Result, Row, Timestamp, db};
use schemars::JsonSchema;
use serde::Serialize;

use crate::business::{self, BusinessId};

/// What everyone may know of a verified business.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Entry {
    pub id: BusinessId,
    pub number: String,
    pub name: String,
    pub category: String,
    pub activity: String,
    pub district: Option<String>,
    pub village: Option<String>,
    pub size_class: Option<SizeClass>,
    pub photo: Option<String>,
    pub verified_on: Option<Date>,
    #[serde(skip)]
    pub(crate) name_key: String,
}

impl FromRow for Entry {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Entry {
            id: row.take()?,
            number: row.take()?,
            name: row.take()?,
            category: row.take()?,
            activity: row.take()?,
            district: row.take()?,
            village: row.take()?,
            size_class: row.take::<Option<String>>()?.as_deref().and_then(SizeClass::parse),
            photo: row.take()?,
            verified_on: row.take::<Option<Timestamp>>()?.map(Timestamp::date),
            name_key: row.take()?,
        })
    }
}

/// What people look for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Part of a name or activity.
    pub text: Option<String>,
    pub district: Option<String>,
    pub category: Option<String>,
    /// The cursor of the page before.
    pub after: Option<String>,
}

/// One page of the directory.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Shelf {
    pub entries: Vec<Entry>,
    pub total: i64,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Entries on one page.
pub(crate) const PAGE_ROWS: i64 = 24;

/// A page of the directory by name.
pub fn list(read: &mut Read<'_>, wanted: &Wanted) -> Result<Shelf> {
    let pattern = wanted.text.as_deref().map(like);
    let (after_key, after_id) = cursor(wanted.after.as_deref());
    let mut entries: Vec<Entry> = read.all(
        "SELECT id, number, name, category, activity, district, village, size_class, photo, verified_at, name_key
         FROM registry_businesses
         WHERE state = 'verified'
           AND (CAST($1 AS TEXT) IS NULL OR name_key LIKE $1 ESCAPE '\\' OR lower(activity) LIKE $1 ESCAPE '\\')
           AND (CAST($2 AS TEXT) IS NULL OR district = $2)
           AND (CAST($3 AS TEXT) IS NULL OR category = $3)
           AND (name_key, id) > ($4, $5)
         ORDER BY name_key, id LIMIT $6",
        &[&pattern, &wanted.district, &wanted.category, &after_key, &after_id, &(PAGE_ROWS + 1)],
    )?;
    let more = entries.len() as i64 > PAGE_ROWS;
    entries.truncate(usize::try_from(PAGE_ROWS).expect("a page is small"));
    let last = entries.last().filter(|_| more);
    let next = last.map(|entry| format!("{}~{}", entry.name_key, entry.id));
    let total = total(read, pattern.as_deref(), wanted)?;
    Ok(Shelf { entries, total, next })
}

fn total(read: &mut Read<'_>, pattern: Option<&str>, wanted: &Wanted) -> Result<i64> {
    let count: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM registry_businesses
         WHERE state = 'verified'
           AND (CAST($1 AS TEXT) IS NULL OR name_key LIKE $1 ESCAPE '\\' OR lower(activity) LIKE $1 ESCAPE '\\')
           AND (CAST($2 AS TEXT) IS NULL OR district = $2)
           AND (CAST($3 AS TEXT) IS NULL OR category = $3)",
        &[&pattern, &wanted.district, &wanted.category],
    )?;
    Ok(count.map_or(0, |(n,)| n))
}

fn cursor(after: Option<&str>) -> (String, String) {
    let cut = after.and_then(|after| after.rsplit_once('~'));
    cut.map_or_else(Default::default, |(key, id)| (key.to_owned(), id.to_owned()))
}

/// A pattern that finds the text anywhere, with its own signs taken literally.
pub(crate) fn like(text: &str) -> String {
    let key = business::key(text);
    let mut pattern = String::from("%");
    for sign in key.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

/// How many verified businesses there are by district or category.
pub fn counts(read: &mut Read<'_>, by: Facet) -> Result<Vec<(String, i64)>> {
    let sql = match by {
        Facet::District => {
            "SELECT COALESCE(district, ''), CAST(COUNT(*) AS BIGINT) FROM registry_businesses
             WHERE state = 'verified' GROUP BY district ORDER BY district NULLS LAST"
        }
        Facet::Category => {
            "SELECT category, CAST(COUNT(*) AS BIGINT) FROM registry_businesses
             WHERE state = 'verified' GROUP BY category ORDER BY category"
        }
    };
    Ok(read.all(sql, &[])?)
}

/// What the directory is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// Kecamatan.
    District,
    /// The city's short list.
    Category,
}
