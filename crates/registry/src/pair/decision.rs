//! A person says whether two records are one business, and why. Of two that are one, the newer is
//! closed and the older keeps what it says, but for what the person takes from the newer.

use std::mem;

use base::{Error, FromRow, Id, Read, Result, Row, Rupiah, Timestamp, Tx, db, deadline, require};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Pair, Part, find, of_business, release, suspect};
use crate::business::{self, Business, BusinessId, Place, State};
use crate::confirmation::CONFIRMATION;
use crate::events::Happened;
use crate::owner::Owner;
use crate::reason::Reason;
use crate::refusal::Refusal;
use crate::registration::{self, VERIFICATION};
use crate::verification::{self, VERIFY};
use crate::{change, owner};

/// What a person says of a pair.
#[derive(Debug, Clone)]
pub(crate) struct Ruling {
    pub(crate) pair: Id<Pair>,
    pub(crate) same: bool,
    /// What is taken from the newer record although the older one has it too.
    pub(crate) take: Vec<Part>,
    pub(crate) reason: Reason,
}

/// What a merger changed, as it was before. Without telephone: one that filled a gap is known by
/// `phone_taken`, and one that took another's place by `phones_swapped`: that lies with the record
/// that was closed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Earlier {
    pub(super) name: String,
    pub(super) category: String,
    pub(super) activity: String,
    pub(super) story: String,
    pub(super) kbli: Option<String>,
    pub(super) more_kbli: Vec<String>,
    pub(super) nib: Option<String>,
    pub(super) place: Place,
    pub(super) annual_sales: Option<Rupiah>,
    pub(super) assets: Option<Rupiah>,
    pub(super) workers: Option<i64>,
    pub(super) photo: Option<String>,
    pub(super) phone_taken: bool,
    #[serde(default)]
    pub(super) phones_swapped: bool,
    pub(super) phone_is_public: bool,
    pub(super) owner: Id<Owner>,
    pub(super) state: State,
    /// The state of the record that was closed.
    pub(super) gone: State,
}

impl Earlier {
    fn of(kept: &Business, gone: &Business, phones_swapped: bool) -> Earlier {
        let it = kept.clone();
        Earlier {
            name: it.name,
            category: it.category,
            activity: it.activity,
            story: it.story,
            kbli: it.kbli,
            more_kbli: it.more_kbli,
            nib: it.nib,
            place: it.place,
            annual_sales: it.annual_sales,
            assets: it.assets,
            workers: it.workers,
            photo: it.photo,
            phone_taken: it.phone.is_none() && gone.phone.is_some(),
            phones_swapped,
            phone_is_public: it.public_phone.is_some(),
            owner: it.owner,
            state: it.state,
            gone: gone.state,
        }
    }
}

/// One decision of a person, and whether it was taken back.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Decided {
    pub(crate) id: String,
    pub(crate) pair: Id<Pair>,
    pub(crate) same: bool,
    /// The code of a usual reason, or nothing.
    pub(crate) why: String,
    pub(crate) note: String,
    pub(crate) decided_by: String,
    pub(crate) decided_at: Timestamp,
    pub(crate) undone_by: Option<String>,
    pub(crate) undone_at: Option<Timestamp>,
    pub(crate) undone_note: String,
    #[serde(skip)]
    pub(super) kept_version: i64,
    #[serde(skip)]
    pub(super) earlier: String,
}

impl FromRow for Decided {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Decided {
            id: row.take()?,
            pair: row.take()?,
            same: row.take()?,
            why: row.take()?,
            note: row.take()?,
            decided_by: row.take()?,
            decided_at: row.take()?,
            undone_by: row.take()?,
            undone_at: row.take()?,
            undone_note: row.take()?,
            kept_version: row.take()?,
            earlier: row.take()?,
        })
    }
}

const SELECT: &str = "SELECT id, pair_id, same, why, note, decided_by, decided_at, undone_by, undone_at, undone_note, \
     kept_version, earlier FROM registry_pair_decisions";

/// More often than a pair is decided.
const DECISIONS_MAX: i64 = 50;

/// What was decided of a pair, the newest first.
pub(crate) fn decisions(read: &mut Read<'_>, pair: &Id<Pair>) -> Result<Vec<Decided>> {
    let sql = format!("{SELECT} WHERE pair_id = $1 ORDER BY id DESC LIMIT $2");
    Ok(read.all(&sql, &[pair, &DECISIONS_MAX])?)
}

/// What was decided of all pairs, the newest first, before a cursor.
pub(crate) fn decided(
    read: &mut Read<'_>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Decided>> {
    let before = before.unwrap_or("~");
    let sql = format!("{SELECT} WHERE id < $1 ORDER BY id DESC LIMIT $2");
    Ok(read.all(&sql, &[&before, &limit])?)
}

/// Whether one half of a pair is the actor's own: then another officer decides about it.
pub(crate) fn is_own(read: &mut Read<'_>, pair: &Pair) -> Result<bool> {
    for id in [&pair.newer, &pair.older] {
        let business = business::find(read, id)?;
        if verification::is_own(read, &business)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A person says whether two records are one business. Gives the record that stays.
pub(crate) fn decide(tx: &mut Tx<'_>, cmd: &Ruling) -> Result<BusinessId> {
    require(tx, VERIFY)?;
    let pair = find(tx, &cmd.pair)?;
    if pair.decided_at.is_some() {
        return Err(Refusal::PairDecided.into());
    }
    if is_own(tx, &pair)? {
        return Err(Refusal::OwnHalf.into());
    }
    let now = Timestamp::of(tx);
    tx.execute(
        "UPDATE registry_pairs SET decided_at = $1, same = $2 WHERE id = $3",
        &[&now, &cmd.same, &pair.id],
    )?;
    if cmd.same {
        merge(tx, &pair, cmd)?;
    } else {
        let kept = business::find(tx, &pair.older)?;
        keep(tx, cmd, "", kept.version)?;
        release(tx, &pair.newer)?;
        let Reason { why, note } = &cmd.reason;
        tx.record(&Happened::ToldApart { other: &pair.older, why, note }.to(&pair.newer))?;
    }
    Ok(pair.older)
}

/// Keeps the decision itself. The caller's event covers it.
fn keep(tx: &mut Tx<'_>, cmd: &Ruling, earlier: &str, kept_version: i64) -> Result<()> {
    let (id, now): (Id<Decided>, _) = (tx.new_id(), Timestamp::of(tx));
    let (actor, Reason { why, note }) = (tx.actor().id.clone(), &cmd.reason);
    tx.execute(
        "INSERT INTO registry_pair_decisions (id, pair_id, same, why, note, earlier, kept_version,
         decided_by, decided_at, undone_note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
        &[&id, &cmd.pair, &cmd.same, why, note, &earlier, &kept_version, &actor, &now],
    )?;
    Ok(())
}

fn merge(tx: &mut Tx<'_>, pair: &Pair, cmd: &Ruling) -> Result<()> {
    let (from, into) = (&pair.newer, &pair.older);
    let mut gone = business::find(tx, from)?;
    let mut kept = business::find(tx, into)?;
    if from == into || gone.state == State::Closed || kept.state == State::Closed {
        return Err(Refusal::NotMergeable.into());
    }
    let swaps = cmd.take.contains(&Part::Phone) && Part::Phone.differs(&kept, &gone);
    let earlier =
        serde_json::to_string(&Earlier::of(&kept, &gone, swaps)).map_err(Error::broken)?;
    complete(&mut kept, &gone);
    for part in cmd.take.iter().filter(|part| **part != Part::Phone) {
        part.take(&mut kept, &gone);
    }
    let handed_over = hand_over(tx, &mut kept, &gone)?;
    if swaps {
        swap_phones(&mut kept, &mut gone);
    }
    gone.state = State::Closed;
    gone.merged_into = Some(into.clone());
    business::save(tx, &gone)?;
    registration::classify(tx, &mut kept)?;
    business::save(tx, &kept)?;
    keep(tx, cmd, &earlier, kept.version + 1)?;
    let Reason { why, note } = &cmd.reason;
    tx.record(&Happened::Merged { into, why, note }.to(from))?;
    tx.record(&Happened::Changed { fields: &["merged"] }.to(into))?;
    change::let_go(tx, from)?;
    for kind in [VERIFICATION, CONFIRMATION] {
        deadline::cancel(tx, from.as_str(), kind)?;
    }
    if handed_over {
        registration::wait_for_office(tx, &kept)?;
        verification::tell_owner(tx, &kept)?;
    }
    point_on(tx, from, into)
}

/// A record from a list goes to the owner who registered the same business. That they own it is
/// not said by this: it waits for an officer to verify it with its owner.
fn hand_over(tx: &mut Tx<'_>, kept: &mut Business, gone: &Business) -> Result<bool> {
    let has_person = owner::find(tx, &kept.owner)?.person.is_some();
    if has_person || owner::find(tx, &gone.owner)?.person.is_none() {
        return Ok(false);
    }
    kept.owner = gone.owner.clone();
    // What the owner agreed to show is the number they gave, and no other.
    let blind = |it: &Business| it.phone.as_ref().map(|phone| phone.blind.clone());
    let same = blind(kept) == blind(gone);
    kept.public_phone = gone.public_phone.clone().filter(|_| same);
    if gone.state != State::Draft {
        kept.state = State::Submitted;
    }
    Ok(kept.state == State::Submitted)
}

/// The number that is not taken stays with the record that is closed: nothing is lost, and a decision
/// that is taken back finds it there.
pub(super) fn swap_phones(kept: &mut Business, gone: &mut Business) {
    mem::swap(&mut kept.phone, &mut gone.phone);
    mem::swap(&mut kept.public_phone, &mut gone.public_phone);
}

/// Other pairs of the record that is gone are now pairs of the one that is kept.
fn point_on(tx: &mut Tx<'_>, from: &BusinessId, into: &BusinessId) -> Result<()> {
    let now = Timestamp::of(tx);
    for pair in of_business(tx, from)? {
        tx.execute("UPDATE registry_pairs SET decided_at = $1 WHERE id = $2", &[&now, &pair.id])?;
        let other = if pair.newer == *from { pair.older } else { pair.newer };
        if other == *into {
            continue;
        }
        let (newer, older) =
            if other.as_str() > into.as_str() { (&other, into) } else { (into, &other) };
        suspect(tx, newer, older, &pair.reason)?;
        release(tx, &other)?;
    }
    Ok(())
}

/// Fills in what the record that stays does not say.
fn complete(kept: &mut Business, gone: &Business) {
    fn fill<T: Clone>(kept: &mut Option<T>, gone: &Option<T>) {
        if kept.is_none() {
            kept.clone_from(gone);
        }
    }
    fill(&mut kept.place.latitude, &gone.place.latitude);
    fill(&mut kept.place.longitude, &gone.place.longitude);
    fill(&mut kept.place.village, &gone.place.village);
    fill(&mut kept.place.district, &gone.place.district);
    for (kept, gone) in [
        (&mut kept.place.street, &gone.place.street),
        (&mut kept.place.landmark, &gone.place.landmark),
    ] {
        if kept.is_empty() {
            kept.clone_from(gone);
        }
    }
    for part in Part::ALL {
        if !part.is_filled(kept) {
            part.take(kept, gone);
        }
    }
}
