//! Papers and photos that show a business is what it says. Its owner hands them in, an officer
//! accepts them or says why not. They lie sealed; a picture of an identity card is destroyed as
//! soon as an officer has compared it, and only the fact stays.

mod check;
mod scan;

use base::files::FileKind;
use base::{Error, FromRow, Id, Read, Result, Row, Timestamp, Tx, db, job};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use check::{Check, Verdict, check};
pub use scan::bring;
pub(crate) use scan::{FILES, open};

use crate::business::{self, Business, BusinessId, State};
use crate::events::Happened;
use crate::refusal::Refusal;
use crate::verification::VERIFY;

/// What a piece of evidence shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The place where the business works, so that one sees it exists.
    Place,
    /// The owner's identity card.
    Identity,
    /// The paper of the NIB.
    Nib,
    /// What the heads of RT and RW write of it.
    Letter,
    /// A licence: P-IRT, halal, BPOM.
    Permit,
}

impl What {
    /// Everything that can be handed in, in the order it is asked.
    pub const ALL: [What; 5] = [What::Place, What::Identity, What::Nib, What::Letter, What::Permit];

    /// The stable code, also the end of the text key.
    pub fn code(self) -> &'static str {
        match self {
            What::Place => "place",
            What::Identity => "identity",
            What::Nib => "nib",
            What::Letter => "letter",
            What::Permit => "permit",
        }
    }

    /// What this code says.
    pub fn parse(code: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.code() == code)
    }

    /// The key of its name.
    pub(crate) fn text_key(self) -> String {
        format!("registry-evidence-{}", self.code())
    }

    /// Whether each look an officer takes is written down: all but the photo of the place say who
    /// the owner is.
    pub(crate) fn is_personal(self) -> bool {
        self != What::Place
    }

    /// Whether the picture goes once it has been compared: the city has no further use for it.
    fn goes_when_checked(self) -> bool {
        self == What::Identity
    }

    /// Whether a newer one takes the place of one that waits.
    fn is_single(self) -> bool {
        matches!(self, What::Identity | What::Nib | What::Letter)
    }
}

/// How far an officer has checked it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// Nobody has looked yet.
    Waiting,
    /// It shows what it should.
    Accepted,
    /// It does not; the reason says why.
    Returned,
    /// Taken back, or replaced by a better one.
    Withdrawn,
}

impl Standing {
    const ALL: [Standing; 4] =
        [Standing::Waiting, Standing::Accepted, Standing::Returned, Standing::Withdrawn];

    /// The stable code, also the end of the text key.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Accepted => "accepted",
            Standing::Returned => "returned",
            Standing::Withdrawn => "withdrawn",
        }
    }

    /// The tone of its tag.
    pub(crate) fn tone(self) -> &'static str {
        match self {
            Standing::Waiting => "warn",
            Standing::Accepted => "ok",
            Standing::Returned => "bad",
            Standing::Withdrawn => "idle",
        }
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Evidence {
    pub(crate) id: Id<Evidence>,
    pub(crate) business: BusinessId,
    pub(crate) what: What,
    pub(crate) media: FileKind,
    pub(crate) state: Standing,
    pub(crate) reason: String,
    pub(crate) handed_in_at: Timestamp,
    pub(crate) checked_at: Option<Timestamp>,
    /// Where the sealed file lies, as long as it is kept.
    #[serde(skip)]
    pub(crate) file: Option<String>,
}

impl FromRow for Evidence {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        let (id, business, what): (_, _, String) = (row.take()?, row.take()?, row.take()?);
        let (media, state): (String, String) = (row.take()?, row.take()?);
        let standing = Standing::ALL.into_iter().find(|standing| standing.code() == state);
        Ok(Evidence {
            id,
            business,
            what: What::parse(&what).unwrap_or(What::Permit),
            media: FileKind::parse(&media).unwrap_or(FileKind::Other),
            state: standing.unwrap_or(Standing::Withdrawn),
            reason: row.take()?,
            handed_in_at: row.take()?,
            checked_at: row.take()?,
            file: row.take()?,
        })
    }
}

const SELECT: &str = "SELECT id, business_id, what, media, state, reason, handed_in_at, checked_at, file \
     FROM registry_evidence";

/// The evidence, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &Id<Evidence>) -> Result<Evidence> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// More papers than a business needs.
pub(crate) const OF_BUSINESS_MAX: i64 = 20;

/// What a business has handed in and not taken back, the oldest first.
pub(crate) fn of_business(read: &mut Read<'_>, business: &BusinessId) -> Result<Vec<Evidence>> {
    let sql =
        format!("{SELECT} WHERE business_id = $1 AND state <> 'withdrawn' ORDER BY id LIMIT $2");
    Ok(read.all(&sql, &[business, &OF_BUSINESS_MAX])?)
}

/// How many businesses have sent evidence that nobody has looked at.
pub(crate) fn waiting_count(read: &mut Read<'_>) -> Result<i64> {
    let count: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(DISTINCT e.business_id) AS BIGINT) FROM registry_evidence e
         JOIN registry_businesses b ON b.id = e.business_id
         WHERE e.state = 'waiting' AND b.state <> 'draft'",
        &[],
    )?;
    Ok(count.map_or(0, |(n,)| n))
}

/// Since when evidence of this business waits.
pub(crate) fn waiting_since(
    read: &mut Read<'_>,
    business: &BusinessId,
) -> Result<Option<Timestamp>> {
    let first: Option<(Timestamp,)> = read.first(
        "SELECT handed_in_at FROM registry_evidence
         WHERE business_id = $1 AND state = 'waiting' ORDER BY id LIMIT 1",
        &[business],
    )?;
    Ok(first.map(|(at,)| at))
}

/// Writes down that the actor has opened this paper.
pub(crate) fn looked(tx: &mut Tx<'_>, id: &Id<Evidence>) -> Result<()> {
    let (now, actor) = (Timestamp::of(tx), tx.actor().id.clone());
    tx.execute(
        "INSERT INTO registry_evidence_looks (evidence_id, looked_by, looked_at) VALUES ($1, $2, $3)
         ON CONFLICT (evidence_id, looked_by) DO UPDATE SET looked_at = excluded.looked_at",
        &[id, &actor, &now],
    )?;
    Ok(())
}

/// When the actor opened this paper last.
pub(crate) fn looked_at(read: &mut Read<'_>, id: &Id<Evidence>) -> Result<Option<Timestamp>> {
    let actor = read.actor().id.clone();
    let look: Option<(Timestamp,)> = read.first(
        "SELECT looked_at FROM registry_evidence_looks WHERE evidence_id = $1 AND looked_by = $2",
        &[id, &actor],
    )?;
    Ok(look.map(|(at,)| at))
}

/// The sealed files of all evidence that are still kept.
pub(crate) fn file_hashes(read: &mut Read<'_>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> =
        read.all("SELECT file FROM registry_evidence WHERE file IS NOT NULL ORDER BY id", &[])?;
    Ok(rows.into_iter().map(|(file,)| file).collect())
}

/// A file that was looked into, made safe and sealed.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The hash under which it lies.
    pub file: String,
    pub media: FileKind,
}

/// Hands evidence in: its owner, or an officer for them. What an officer sent back is replaced by
/// it, and so is what waits where one paper is enough.
pub fn hand_in(tx: &mut Tx<'_>, id: &BusinessId, what: What, kept: &Kept) -> Result<()> {
    let business = business::find(tx, id)?;
    if !business::is_of_actor(tx, &business)? && !tx.actor().may(VERIFY.0) {
        return Err(Error::NotFound);
    }
    if matches!(business.state, State::Closed | State::Rejected) {
        return Err(Refusal::WrongState.into());
    }
    for earlier in of_business(tx, id)?.into_iter().filter(|earlier| earlier.what == what) {
        let replaced = earlier.state == Standing::Waiting && what.is_single();
        if replaced || earlier.state == Standing::Returned {
            take_back(tx, &earlier)?;
        }
    }
    if of_business(tx, id)?.len() as i64 >= OF_BUSINESS_MAX {
        return Err(Refusal::TooMuchEvidence.into());
    }
    let (evidence, now): (Id<Evidence>, _) = (tx.new_id(), Timestamp::of(tx));
    let actor = tx.actor().id.clone();
    let (media, state) = (kept.media.as_str(), Standing::Waiting.code());
    tx.execute(
        "INSERT INTO registry_evidence (id, business_id, what, file, media, state, reason, handed_in_by,
         handed_in_at) VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8)",
        &[&evidence, id, &what.code(), &kept.file, &media, &state, &actor, &now],
    )?;
    let told = Happened::EvidenceHandedIn { evidence: evidence.as_str(), what: what.code() };
    Ok(tx.record(&told.to(id))?)
}

/// Its owner takes back what no officer has accepted; the file is destroyed.
pub(crate) fn withdraw(tx: &mut Tx<'_>, id: &Id<Evidence>) -> Result<BusinessId> {
    let evidence = find(tx, id)?;
    let business = business::find(tx, &evidence.business)?;
    if !business::is_of_actor(tx, &business)? {
        return Err(Error::NotFound);
    }
    if !matches!(evidence.state, Standing::Waiting | Standing::Returned) {
        return Err(Refusal::EvidenceChecked.into());
    }
    take_back(tx, &evidence)?;
    Ok(evidence.business)
}

fn take_back(tx: &mut Tx<'_>, evidence: &Evidence) -> Result<()> {
    let rows = tx.execute(
        "UPDATE registry_evidence SET state = 'withdrawn', file = NULL WHERE id = $1",
        &[&evidence.id],
    )?;
    assert_eq!(rows, 1, "the evidence has just been found");
    destroy_later(tx, evidence.file.as_deref())?;
    let (id, what) = (evidence.id.as_str(), evidence.what.code());
    let told = Happened::EvidenceWithdrawn { evidence: id, what };
    Ok(tx.record(&told.to(&evidence.business))?)
}

/// Everything that was handed in for a draft goes with it.
pub(crate) fn drop_all(tx: &mut Tx<'_>, business: &BusinessId) -> Result<()> {
    for evidence in of_business(tx, business)? {
        take_back(tx, &evidence)?;
    }
    tx.execute(
        "DELETE FROM registry_evidence_looks WHERE evidence_id IN
         (SELECT id FROM registry_evidence WHERE business_id = $1)",
        &[business],
    )?;
    tx.execute("DELETE FROM registry_evidence WHERE business_id = $1", &[business])?;
    Ok(())
}

/// Whether the reader owns the business it belongs to.
pub(crate) fn is_of_actor(read: &mut Read<'_>, evidence: &Evidence) -> Result<bool> {
    let business: Business = business::find(read, &evidence.business)?;
    business::is_of_actor(read, &business)
}

/// The file goes after the commit; each was sealed by itself, so no other row speaks of it.
fn destroy_later(tx: &mut Tx<'_>, file: Option<&str>) -> Result<()> {
    if let Some(file) = file {
        job::enqueue(tx, scan::DESTROY.kind, &serde_json::json!({ "file": file }), None)?;
    }
    Ok(())
}

/// Work of evidence in the background.
pub(crate) const DESTROY: job::JobKind = scan::DESTROY;
