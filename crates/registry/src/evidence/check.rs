//! An officer looks at evidence and says whether it shows what it should.

use base::message::{self, To};
use base::{Error, Id, Result, Timestamp, Tx, require};

use super::{Evidence, Standing, destroy_later, find};
use crate::business::{self, Business, BusinessId};
use crate::events::Happened;
use crate::refusal::Refusal;
use crate::verification::{self, VERIFY};
use crate::{owner, reason};

/// What an officer says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It shows what it should.
    Accept,
    /// It does not; the reason says why and how to do better.
    Return,
}

impl Verdict {
    /// The verdict with this code.
    pub(crate) fn parse(code: &str) -> Option<Verdict> {
        match code {
            "accept" => Some(Verdict::Accept),
            "return" => Some(Verdict::Return),
            _ => None,
        }
    }
}

/// An officer's word on one piece of evidence.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    pub(crate) evidence: Id<Evidence>,
    pub(crate) verdict: Verdict,
    pub(crate) reason: String,
}

/// Accepts evidence or sends it back. Nobody checks what shows a business of their own.
pub(crate) fn check(tx: &mut Tx<'_>, cmd: &Check) -> Result<BusinessId> {
    require(tx, VERIFY)?;
    let evidence = find(tx, &cmd.evidence)?;
    if evidence.state != Standing::Waiting {
        return Err(Refusal::EvidenceChecked.into());
    }
    let business = business::find(tx, &evidence.business)?;
    verification::by_another(tx, &business)?;
    reason::fits("reason", &cmd.reason)?;
    if cmd.verdict == Verdict::Return {
        reason::for_owner("reason", &cmd.reason)?;
    }
    if cmd.verdict == Verdict::Accept
        && evidence.what.is_personal()
        && super::looked_at(tx, &evidence.id)?.is_none()
    {
        return Err(Error::invalid("verdict", "registry-evidence-unseen"));
    }
    mark(tx, &evidence, cmd)?;
    let (id, what) = (evidence.id.as_str(), evidence.what.code());
    if cmd.verdict == Verdict::Accept {
        tx.record(&Happened::EvidenceAccepted { evidence: id, what }.to(&business.id))?;
    } else {
        let reason = cmd.reason.as_str();
        tx.record(&Happened::EvidenceReturned { evidence: id, what, reason }.to(&business.id))?;
        tell_owner(tx, &business, &evidence, reason)?;
    }
    Ok(business.id)
}

fn mark(tx: &mut Tx<'_>, evidence: &Evidence, cmd: &Check) -> Result<()> {
    let goes = evidence.what.goes_when_checked();
    let file = evidence.file.as_deref().filter(|_| !goes);
    let standing = match cmd.verdict {
        Verdict::Accept => Standing::Accepted,
        Verdict::Return => Standing::Returned,
    };
    let (now, actor) = (Timestamp::of(tx), tx.actor().id.clone());
    let rows = tx.execute(
        "UPDATE registry_evidence SET state = $1, reason = $2, file = $3, checked_by = $4, checked_at = $5
         WHERE id = $6 AND state = 'waiting'",
        &[&standing.code(), &cmd.reason, &file, &actor, &now, &evidence.id],
    )?;
    assert_eq!(rows, 1, "the evidence has just been found waiting");
    if goes { destroy_later(tx, evidence.file.as_deref()) } else { Ok(()) }
}

fn tell_owner(
    tx: &mut Tx<'_>,
    business: &Business,
    evidence: &Evidence,
    reason: &str,
) -> Result<()> {
    let Some(person) = owner::find(tx, &business.owner)?.person else { return Ok(()) };
    let key = format!("registry-told-evidence-{}", evidence.what.code());
    let args = serde_json::json!({ "a": business.name, "b": reason });
    let link = format!("/registry/registrations/{}/evidence", business.id);
    message::tell(tx, &To::Person(person.to_string()), &key, &args, Some(&link))?;
    Ok(())
}
