//! Taking a decision about a pair back: the pair is open again. Two records that were merged are two
//! again, as long as nothing was built on the merger.

use base::{Error, Id, Read, Result, Timestamp, Tx, deadline, require};

use super::decision::{Decided, Earlier, decisions, is_own, swap_phones};
use super::{Pair, find};
use crate::business::{self, Business, State};
use crate::events::Happened;
use crate::refusal::Refusal;
use crate::registration::{self, VERIFICATION};
use crate::verification::{self, VERIFY};
use crate::{confirmation, reason};

/// Take a decision back, with a reason.
#[derive(Debug, Clone)]
pub(crate) struct Undo {
    pub(crate) pair: Id<Pair>,
    pub(crate) note: String,
}

/// Takes the last decision about a pair back.
pub(crate) fn undo(tx: &mut Tx<'_>, cmd: &Undo) -> Result<()> {
    require(tx, VERIFY)?;
    let pair = find(tx, &cmd.pair)?;
    let decision = standing(tx, &pair)?;
    if let Some(why) = obstacle(tx, &pair)? {
        return Err(why.into());
    }
    reason::check("note", &cmd.note, "registry-undo-note-wanted")?;
    reopen(tx, &pair, &decision, &cmd.note)?;
    let (other, reason) = (&pair.older, cmd.note.as_str());
    if decision.same {
        take_apart(tx, &pair, &decision)?;
        tx.record(&Happened::Unmerged { other, reason }.to(&pair.newer))?;
        tx.record(&Happened::Changed { fields: &["unmerged"] }.to(&pair.older))?;
    } else {
        tx.record(&Happened::PairReopened { other, reason }.to(&pair.newer))?;
    }
    Ok(())
}

/// The decision that stands.
fn standing(read: &mut Read<'_>, pair: &Pair) -> Result<Decided> {
    let last = decisions(read, &pair.id)?.into_iter().next();
    last.filter(|last| last.undone_at.is_none()).ok_or_else(|| Refusal::UndoNothing.into())
}

/// Why the decision that stands cannot be taken back, if it cannot.
pub(crate) fn obstacle(read: &mut Read<'_>, pair: &Pair) -> Result<Option<Refusal>> {
    let decision = standing(read, pair)?;
    if is_own(read, pair)? {
        return Ok(Some(Refusal::OwnHalf));
    }
    let newer = business::find(read, &pair.newer)?;
    let older = business::find(read, &pair.older)?;
    if !decision.same {
        let shut = |it: &Business| matches!(it.state, State::Closed | State::Rejected);
        return Ok((shut(&newer) || shut(&older)).then_some(Refusal::UndoClosed));
    }
    let merged_here = newer.merged_into.as_ref() == Some(&pair.older);
    Ok(if !merged_here || matches!(older.state, State::Closed | State::Rejected) {
        Some(Refusal::UndoClosed)
    } else if older.verified_at.is_some_and(|at| at >= decision.decided_at) {
        Some(Refusal::UndoVerified)
    } else if older.version != decision.kept_version {
        Some(Refusal::UndoChanged)
    } else {
        None
    })
}

fn reopen(tx: &mut Tx<'_>, pair: &Pair, decision: &Decided, note: &str) -> Result<()> {
    let (now, actor) = (Timestamp::of(tx), tx.actor().id.clone());
    let rows = tx.execute(
        "UPDATE registry_pair_decisions SET undone_by = $1, undone_at = $2, undone_note = $3
         WHERE id = $4 AND undone_at IS NULL",
        &[&actor, &now, &note, &decision.id],
    )?;
    assert_eq!(rows, 1, "a decision that stands has just been found");
    // Other pairs of a record that was merged were pointed on in the same moment.
    tx.execute(
        "UPDATE registry_pairs SET decided_at = NULL, same = NULL
         WHERE id = $1 OR (same IS NULL AND decided_at = $2 AND (newer = $3 OR older = $3))",
        &[&pair.id, &decision.decided_at, &pair.newer],
    )?;
    Ok(())
}

/// Both records stand as they stood before they were merged.
fn take_apart(tx: &mut Tx<'_>, pair: &Pair, decision: &Decided) -> Result<()> {
    let earlier: Earlier = serde_json::from_str(&decision.earlier).map_err(Error::broken)?;
    let mut kept = business::find(tx, &pair.older)?;
    let mut gone = business::find(tx, &pair.newer)?;
    let (was, gone_was) = (earlier.state, earlier.gone);
    if earlier.phones_swapped {
        swap_phones(&mut kept, &mut gone);
    }
    put_back(&mut kept, earlier);
    registration::classify(tx, &mut kept)?;
    business::save(tx, &kept)?;
    (gone.state, gone.merged_into) = (gone_was, None);
    business::save(tx, &gone)?;
    if was != State::Submitted {
        deadline::cancel(tx, kept.id.as_str(), VERIFICATION)?;
    }
    match gone_was {
        State::Submitted => registration::wait_for_office(tx, &gone)?,
        State::Verified => confirmation::expect(tx, &gone)?,
        _ => {}
    }
    if gone_was == State::Submitted { verification::tell_owner(tx, &gone) } else { Ok(()) }
}

fn put_back(kept: &mut Business, earlier: Earlier) {
    (kept.name, kept.category, kept.activity) = (earlier.name, earlier.category, earlier.activity);
    (kept.kbli, kept.nib, kept.place) = (earlier.kbli, earlier.nib, earlier.place);
    (kept.annual_sales, kept.assets) = (earlier.annual_sales, earlier.assets);
    (kept.workers, kept.photo, kept.story) = (earlier.workers, earlier.photo, earlier.story);
    kept.more_kbli = earlier.more_kbli;
    if earlier.phone_taken {
        kept.phone = None;
    }
    if !earlier.phone_is_public {
        kept.public_phone = None;
    }
    (kept.owner, kept.state) = (earlier.owner, earlier.state);
}
