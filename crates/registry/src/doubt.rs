//! Doubts: what an import read and could not make sense of, in front of an officer until settled.

use base::{Error, FromRow, Id, Read, Result, Row, Timestamp, Tx, db, require};
use schemars::JsonSchema;
use serde::Serialize;

use crate::business::BusinessId;
use crate::events::Happened;
use crate::verification::VERIFY;

/// One doubt about one field.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Doubt {
    pub(crate) id: Id<Doubt>,
    pub(crate) business: BusinessId,
    pub(crate) field: String,
    /// The code of an import problem; also the end of its text key.
    pub(crate) code: String,
    /// What was read.
    pub(crate) read: String,
    /// What it was taken for, or where it may be.
    pub(crate) hint: String,
}

impl FromRow for Doubt {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Doubt {
            id: row.take()?,
            business: row.take()?,
            field: row.take()?,
            code: row.take()?,
            read: row.take()?,
            hint: row.take()?,
        })
    }
}

impl Doubt {
    /// The key of the text that explains it.
    pub(crate) fn text_key(&self) -> String {
        format!("lists-problem-{}", self.code)
    }
}

/// More than one row of a list can have.
const OPEN_MAX: i64 = 50;

/// The open doubts of a business, in the order they were raised.
pub(crate) fn open(read: &mut Read<'_>, business: &BusinessId) -> Result<Vec<Doubt>> {
    Ok(read.all(
        "SELECT id, business_id, field, code, read, hint FROM registry_doubts
         WHERE business_id = $1 AND settled_at IS NULL ORDER BY id LIMIT $2",
        &[business, &OPEN_MAX],
    )?)
}

pub(crate) fn open_count(read: &mut Read<'_>, business: &BusinessId) -> Result<i64> {
    let count: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM registry_doubts WHERE business_id = $1 AND settled_at IS NULL",
        &[business],
    )?;
    Ok(count.map_or(0, |(n,)| n))
}

/// What an import could not make sense of.
pub(crate) struct Oddity<'a> {
    pub(crate) field: &'a str,
    pub(crate) code: &'a str,
    pub(crate) read: &'a str,
    pub(crate) hint: &'a str,
}

/// Raises a doubt. Whoever brings the business in records the event.
pub(crate) fn raise(tx: &mut Tx<'_>, business: &BusinessId, oddity: &Oddity<'_>) -> Result<()> {
    let (id, now): (Id<Doubt>, _) = (tx.new_id(), Timestamp::of(tx));
    let Oddity { field, code, read, hint } = oddity;
    tx.execute(
        "INSERT INTO registry_doubts (id, business_id, field, code, read, hint, raised_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, business, field, code, read, hint, &now],
    )?;
    Ok(())
}

/// An officer has looked into a doubt and the record is right now.
pub(crate) fn settle(tx: &mut Tx<'_>, id: &Id<Doubt>) -> Result<BusinessId> {
    require(tx, VERIFY)?;
    let doubt: Option<Doubt> = tx.first(
        "SELECT id, business_id, field, code, read, hint FROM registry_doubts WHERE id = $1 AND settled_at IS NULL",
        &[id],
    )?;
    let doubt = doubt.ok_or(Error::NotFound)?;
    let now = Timestamp::of(tx);
    let rows =
        tx.execute("UPDATE registry_doubts SET settled_at = $1 WHERE id = $2", &[&now, id])?;
    assert_eq!(rows, 1, "the doubt has just been found");
    let settled = Happened::DoubtSettled { field: &doubt.field, code: &doubt.code };
    tx.record(&settled.to(&doubt.business))?;
    Ok(doubt.business)
}
