//! Doubts: what an import read and could not make sense of, in front of an officer until settled.

use base::{Error, FromRow, Id, Read, Result, Row, Timestamp, Tx, db, require};
use schemars::JsonSchema;
use serde::Serialize;

use crate::business::{self, Business, BusinessId};
use crate::events::Happened;
use crate::reason::Reason;
use crate::refusal::Refusal;
use crate::verification::{self, VERIFY};

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

/// How an officer settles a doubt.
#[derive(Debug, Clone)]
pub(crate) struct Settle {
    pub(crate) doubt: Id<Doubt>,
    pub(crate) answer: Answer,
    pub(crate) reason: Reason,
}

/// What an officer found.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// The record is right as it stands.
    Right,
    /// This is the NIB, from its owner.
    Nib(String),
    /// The owner has no NIB yet.
    NoNib,
}

/// Doubts about digits of a NIB that nobody but its owner can supply.
const NIB_CODES: [&str; 6] = [
    "nib-twelve-digits",
    "nib-fourteen-digits",
    "nib-length",
    "nib-letter-o",
    "nib-digits-lost",
    "nib-unreadable",
];

/// Whether this doubt asks for a NIB that the record does not have.
pub(crate) fn wants_nib(doubt: &Doubt, business: &Business) -> bool {
    NIB_CODES.contains(&doubt.code.as_str()) && business.nib.is_none()
}

/// The open doubt, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &Id<Doubt>) -> Result<Doubt> {
    let doubt = read.first(
        "SELECT id, business_id, field, code, read, hint FROM registry_doubts WHERE id = $1 AND settled_at IS NULL",
        &[id],
    )?;
    doubt.ok_or(Error::NotFound)
}

/// An officer has looked into a doubt, and says what they found and how they know.
pub(crate) fn settle(tx: &mut Tx<'_>, cmd: &Settle) -> Result<BusinessId> {
    require(tx, VERIFY)?;
    let doubt = find(tx, &cmd.doubt)?;
    let mut business = business::find(tx, &doubt.business)?;
    verification::by_another(tx, &business)?;
    match &cmd.answer {
        Answer::Right if wants_nib(&doubt, &business) => return Err(Refusal::NibWanted.into()),
        Answer::Nib(nib) if wants_nib(&doubt, &business) => {
            business.nib = Some(nib.clone());
            business::save(tx, &business)?;
            tx.record(&Happened::Changed { fields: &["size"] }.to(&business.id))?;
        }
        _ => {}
    }
    let now = Timestamp::of(tx);
    let rows =
        tx.execute("UPDATE registry_doubts SET settled_at = $1 WHERE id = $2", &[&now, &doubt.id])?;
    assert_eq!(rows, 1, "the doubt has just been found");
    let Reason { why, note } = &cmd.reason;
    let why = if matches!(cmd.answer, Answer::NoNib) { NO_NIB } else { why };
    let settled = Happened::DoubtSettled { field: &doubt.field, code: &doubt.code, why, note };
    tx.record(&settled.to(&doubt.business))?;
    Ok(doubt.business)
}

/// The reason that says that its owner has no NIB yet.
const NO_NIB: &str = "no-nib";
