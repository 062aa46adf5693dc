//! Pairs: two records that may be one business. Nothing is merged without a person's word, and the
//! word is kept with its reason and can be taken back.

mod decision;
mod part;
mod undo;

use base::{Error, FromRow, Id, Read, Result, Row, Timestamp, Tx, db};
use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use decision::{Decided, Ruling, decide, decided, decisions, is_own};
pub(crate) use part::Part;
pub(crate) use undo::{Undo, obstacle, undo};

use crate::business::{self, Business, BusinessId, State};
use crate::owner;

/// Two records that look alike.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Pair {
    pub(crate) id: Id<Pair>,
    pub(crate) newer: BusinessId,
    pub(crate) older: BusinessId,
    /// What is alike: `nib`, `nik`, `name_and_phone`, `name_and_village`, `name_and_place`,
    /// `name_and_address`, `name_and_owner`, `company`, or `list` for the same row twice.
    pub(crate) reason: String,
    pub(crate) found_at: Timestamp,
    /// When it was decided, or came to nothing because one of the two was refused or closed.
    pub(crate) decided_at: Option<Timestamp>,
    /// Whether a person said that both are one business.
    pub(crate) same: Option<bool>,
}

impl FromRow for Pair {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Pair {
            id: row.take()?,
            newer: row.take()?,
            older: row.take()?,
            reason: row.take()?,
            found_at: row.take()?,
            decided_at: row.take()?,
            same: row.take()?,
        })
    }
}

impl Pair {
    /// The key of the text that says why they look alike.
    pub(crate) fn text_key(&self) -> String {
        format!("registry-pair-{}", self.reason.replace('_', "-"))
    }
}

/// More twins than this are not put before a person at once.
const TWINS_MAX: i64 = 5;
/// Open pairs of one record that are looked at together.
const PAIRS_MAX: i64 = 50;

/// Another record with this NIB that counts: drafts nobody has sent, and what is refused or closed,
/// do not; nor does one that is held until somebody has compared it.
pub(crate) fn other_with_nib(
    read: &mut Read<'_>,
    business: &BusinessId,
    nib: &str,
) -> Result<Option<BusinessId>> {
    let other: Option<(BusinessId,)> = read.first(
        "SELECT id FROM registry_businesses WHERE nib = $1 AND id <> $2
         AND state NOT IN ('closed', 'rejected', 'draft', 'held') ORDER BY id LIMIT 1",
        &[&nib, business],
    )?;
    Ok(other.map(|(id,)| id))
}

/// Whether this NIB belongs to a business whose owner has an account: then nobody else sends it. One
/// that a list brought is put beside this one instead.
pub(crate) fn is_nib_owned(read: &mut Read<'_>, business: &BusinessId, nib: &str) -> Result<bool> {
    let other: Option<(BusinessId,)> = read.first(
        "SELECT b.id FROM registry_businesses b JOIN registry_owners o ON o.id = b.owner_id
         WHERE b.nib = $1 AND b.id <> $2 AND b.state NOT IN ('closed', 'rejected', 'draft')
           AND o.person IS NOT NULL ORDER BY b.id LIMIT 1",
        &[&nib, business],
    )?;
    Ok(other.is_some())
}

/// Looks for records that may be the same business and puts them before a person.
pub(crate) fn look_for_twins(tx: &mut Tx<'_>, business: &Business) -> Result<()> {
    let mut found: Vec<(BusinessId, &str)> = Vec::new();
    if let Some(nib) = &business.nib
        && let Some(other) = other_with_nib(tx, &business.id, nib)?
    {
        found.push((other, "nib"));
    }
    let name = business::key(&business.name);
    let alike: Vec<(BusinessId, Option<String>, Option<String>)> = tx.all(
        "SELECT id, phone_blind, village FROM registry_businesses
         WHERE name_key = $1 AND id <> $2 AND state NOT IN ('closed', 'rejected', 'draft') ORDER BY id LIMIT $3",
        &[&name, &business.id, &TWINS_MAX],
    )?;
    let blind = business.phone.as_ref().map(|phone| &phone.blind);
    for (other, phone, village) in alike {
        if phone.is_some() && phone.as_ref() == blind {
            found.push((other, "name_and_phone"));
        } else if village.is_some() && village == business.place.village {
            found.push((other, "name_and_village"));
        }
    }
    found.extend(of_claimed_owner(tx, business, &name)?);
    for (older, reason) in found {
        suspect(tx, &business.id, &older, reason)?;
    }
    Ok(())
}

/// Records of the same NIK with the same name or in the same village.
fn of_claimed_owner(
    read: &mut Read<'_>,
    business: &Business,
    name: &str,
) -> Result<Vec<(BusinessId, &'static str)>> {
    let Some(blind) = owner::claimed_nik(read, &business.owner)? else { return Ok(Vec::new()) };
    let Some(known) = owner::by_nik(read, &blind)? else { return Ok(Vec::new()) };
    let village = business.place.village.as_ref();
    let alike = |other: &Business| {
        let near = village.is_some() && village == other.place.village.as_ref();
        let open = !matches!(other.state, State::Closed | State::Rejected | State::Draft);
        open && other.id != business.id && (near || business::key(&other.name) == name)
    };
    let theirs = business::of_owner(read, &known.id)?;
    Ok(theirs.into_iter().filter(alike).map(|other| (other.id, "nik")).collect())
}

/// Whether somebody must still say if this record repeats an older one.
pub(crate) fn waits(read: &mut Read<'_>, business: &BusinessId) -> Result<bool> {
    let waiting: Option<(String,)> = read.first(
        "SELECT id FROM registry_pairs WHERE newer = $1 AND decided_at IS NULL LIMIT 1",
        &[business],
    )?;
    Ok(waiting.is_some())
}

/// The open pairs a record is part of.
pub(crate) fn of_business(read: &mut Read<'_>, business: &BusinessId) -> Result<Vec<Pair>> {
    Ok(read.all(
        "SELECT id, newer, older, reason, found_at, decided_at, same FROM registry_pairs
         WHERE newer = $1 AND decided_at IS NULL
         UNION ALL
         SELECT id, newer, older, reason, found_at, decided_at, same FROM registry_pairs
         WHERE older = $1 AND decided_at IS NULL ORDER BY 1 LIMIT $2",
        &[business, &PAIRS_MAX],
    )?)
}

/// Puts two records before a person. The caller's own event covers it.
pub(crate) fn suspect(
    tx: &mut Tx<'_>,
    newer: &BusinessId,
    older: &BusinessId,
    reason: &str,
) -> Result<()> {
    let (id, now): (Id<Pair>, _) = (tx.new_id(), Timestamp::of(tx));
    tx.execute(
        "INSERT INTO registry_pairs (id, newer, older, reason, found_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (newer, older) DO NOTHING",
        &[&id, newer, older, &reason, &now],
    )?;
    Ok(())
}

/// Pairs that wait for a decision, the oldest first, after a cursor.
pub(crate) fn open(read: &mut Read<'_>, after: Option<&str>, limit: i64) -> Result<Vec<Pair>> {
    let after = after.unwrap_or("");
    Ok(read.all(
        "SELECT id, newer, older, reason, found_at, decided_at, same FROM registry_pairs
         WHERE decided_at IS NULL AND id > $1 ORDER BY id LIMIT $2",
        &[&after, &limit],
    )?)
}

/// How many pairs wait.
pub(crate) fn open_count(read: &mut Read<'_>) -> Result<i64> {
    let count: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM registry_pairs WHERE decided_at IS NULL",
        &[],
    )?;
    Ok(count.map_or(0, |(n,)| n))
}

/// The pair, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &Id<Pair>) -> Result<Pair> {
    let pair = read.first(
        "SELECT id, newer, older, reason, found_at, decided_at, same FROM registry_pairs WHERE id = $1",
        &[id],
    )?;
    pair.ok_or(Error::NotFound)
}

/// A record that was held because of its twins joins the queue when the last of them is decided.
fn release(tx: &mut Tx<'_>, id: &BusinessId) -> Result<()> {
    let mut business = business::find(tx, id)?;
    if business.state == State::Held && !waits(tx, id)? {
        business.state = State::Submitted;
        business::save(tx, &business)?;
    }
    Ok(())
}

/// A record that is refused or closed is nobody's twin any more.
pub(crate) fn let_go(tx: &mut Tx<'_>, id: &BusinessId) -> Result<()> {
    let now = Timestamp::of(tx);
    for pair in of_business(tx, id)? {
        tx.execute("UPDATE registry_pairs SET decided_at = $1 WHERE id = $2", &[&now, &pair.id])?;
        if pair.newer != *id {
            release(tx, &pair.newer)?;
        }
    }
    Ok(())
}
