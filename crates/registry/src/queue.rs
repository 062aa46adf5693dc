//! The officers' work queue: what waits, the longest waiting first, with its problems counted.

use base::{Error, FromRow, Problem, Read, Result, Row, Timestamp, Tx, db, require};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::business::{self, BusinessId, Source, State};
use crate::refusal::Refusal;
use crate::verification::{self, Decide, Decision, VERIFY};
use crate::{directory, owner, pair};

/// One business in the queue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Waiting {
    pub(crate) id: BusinessId,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) state: State,
    pub(crate) category: String,
    pub(crate) district: Option<String>,
    pub(crate) village: Option<String>,
    pub(crate) source: String,
    pub(crate) changed_at: Timestamp,
    pub(crate) version: i64,
    /// Doubts that stand between it and a decision, possible twins among them.
    pub(crate) doubts: i64,
    /// Whether evidence waits that nobody has checked.
    pub(crate) papers: bool,
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
            version: row.take()?,
            doubts: row.take()?,
            papers: row.take()?,
        })
    }
}

/// What an officer wants to see.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// One state, or every one.
    pub(crate) state: Option<State>,
    pub(crate) district: Option<String>,
    /// Only those with open doubts, or only those without.
    pub(crate) doubtful: Option<bool>,
    /// Only those whose owner asks for this.
    pub(crate) asks: Option<Asks>,
    /// Only those that this list brought.
    pub(crate) list: Option<String>,
    /// Part of a name, or a whole number, NIB or telephone.
    pub(crate) text: Option<String>,
    /// The blind index of the text, if it is a telephone number.
    pub(crate) phone: Option<String>,
    /// The cursor of the page before: `milliseconds~id`.
    pub(crate) after: Option<String>,
}

/// What waits besides whole registrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    /// A change of a checked record.
    Change,
    /// A paper or photo.
    Evidence,
    /// Sent back, and nobody with an account reads that: somebody must call.
    Contact,
}

/// Rows on one page.
pub(crate) const PAGE_ROWS: i64 = 30;

/// One page of the queue, the longest waiting first, and where the next begins.
pub(crate) fn list(read: &mut Read<'_>, filter: &Filter) -> Result<(Vec<Waiting>, Option<String>)> {
    let cut = filter.after.as_deref().and_then(|after| after.split_once('~'));
    let after_at: i64 = cut.and_then(|(at, _)| at.parse().ok()).unwrap_or(i64::MIN);
    let after_id = cut.map_or("", |(_, id)| id);
    let state = filter.state.map(State::code);
    let text = filter.text.as_deref();
    let pattern = text.map(directory::like);
    let changes = (filter.asks == Some(Asks::Change)).then_some(true);
    let evidence = (filter.asks == Some(Asks::Evidence)).then_some(true);
    let contact = (filter.asks == Some(Asks::Contact)).then_some(true);
    let mut rows: Vec<Waiting> = read.all(
        "SELECT b.id, b.number, b.name, b.state, b.category, b.district, b.village, b.source, b.changed_at,
           b.version,
           CAST((SELECT COUNT(*) FROM registry_doubts d
             WHERE d.business_id = b.id AND d.settled_at IS NULL)
             + (SELECT COUNT(*) FROM registry_businesses n
             WHERE n.nib = b.nib AND n.id <> b.id AND b.state IN ('submitted', 'needs_fix', 'verified', 'stale')
               AND n.state IN ('submitted', 'needs_fix', 'verified', 'stale', 'suspended'))
             + (SELECT COUNT(*) FROM registry_pairs p
             WHERE p.newer = b.id AND p.decided_at IS NULL)
             + (SELECT COUNT(*) FROM registry_pairs p
             WHERE p.older = b.id AND p.decided_at IS NULL) AS BIGINT) AS doubts,
           EXISTS (SELECT 1 FROM registry_evidence w
             WHERE w.business_id = b.id AND w.state = 'waiting') AS papers
         FROM registry_businesses b
         WHERE (CAST($1 AS TEXT) IS NULL OR b.state = $1)
           AND (CAST($2 AS TEXT) IS NULL OR b.district = $2)
           AND (CAST($3 AS BOOLEAN) IS NULL OR $3 = (EXISTS (SELECT 1 FROM registry_doubts d
                WHERE d.business_id = b.id AND d.settled_at IS NULL)
                OR EXISTS (SELECT 1 FROM registry_businesses n WHERE n.nib = b.nib AND n.id <> b.id
                AND n.state IN ('submitted', 'needs_fix', 'verified', 'stale', 'suspended'))
                OR EXISTS (SELECT 1 FROM registry_pairs p WHERE p.newer = b.id AND p.decided_at IS NULL)
                OR EXISTS (SELECT 1 FROM registry_pairs p WHERE p.older = b.id AND p.decided_at IS NULL)))
           AND (CAST($4 AS TEXT) IS NULL OR b.name_key LIKE $4 ESCAPE '\\' OR b.number = $5 OR b.nib = $5
                OR b.phone_blind = $6)
           AND b.state <> 'draft' AND (b.changed_at, b.id) > ($7, $8)
           AND (CAST($10 AS BOOLEAN) IS NULL OR EXISTS (SELECT 1 FROM registry_changes c
                WHERE c.business_id = b.id AND c.state = 'waiting'))
           AND (CAST($11 AS BOOLEAN) IS NULL OR EXISTS (SELECT 1 FROM registry_evidence e
                WHERE e.business_id = b.id AND e.state = 'waiting'))
           AND (CAST($12 AS BOOLEAN) IS NULL OR (b.state = 'needs_fix' AND EXISTS (SELECT 1
                FROM registry_owners o WHERE o.id = b.owner_id AND o.person IS NULL)))
           AND (CAST($13 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM registry_import_rows r
                WHERE r.business_id = b.id AND r.import_id = $13))
         ORDER BY b.changed_at, b.id LIMIT $9",
        &[
            &state, &filter.district, &filter.doubtful, &pattern, &text, &filter.phone, &after_at,
            &after_id, &(PAGE_ROWS + 1), &changes, &evidence, &contact, &filter.list,
        ],
    )?;
    let more = rows.len() as i64 > PAGE_ROWS;
    rows.truncate(usize::try_from(PAGE_ROWS).expect("a page is small"));
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| format!("{}~{}", row.changed_at.as_ms(), row.id));
    Ok((rows, next))
}

/// How many businesses are in each state.
pub(crate) fn counts(read: &mut Read<'_>) -> Result<Vec<(State, i64)>> {
    let rows: Vec<(String, i64)> = read.all(
        "SELECT state, CAST(COUNT(*) AS BIGINT) FROM registry_businesses GROUP BY state ORDER BY state",
        &[],
    )?;
    Ok(rows.into_iter().filter_map(|(state, n)| Some((State::parse(&state)?, n))).collect())
}

/// How many were sent back and have nobody with an account who reads that.
pub(crate) fn contact_count(read: &mut Read<'_>) -> Result<i64> {
    let count: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM registry_businesses b JOIN registry_owners o ON o.id = b.owner_id
         WHERE b.state = 'needs_fix' AND o.person IS NULL",
        &[],
    )?;
    Ok(count.map_or(0, |(n,)| n))
}

/// More than are ticked on one page.
pub(crate) const VERIFIED_MAX: usize = 100;

/// What came of verifying many at once.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Swept {
    pub(crate) verified: usize,
    /// Left as they were: changed since they were seen, or a rule says no.
    pub(crate) left: usize,
}

/// Verifies rows of lists that raised no doubt, each with an event of its own. One that a rule
/// holds back does not hold up the others.
pub(crate) fn verify_all(tx: &mut Tx<'_>, seen: &[(BusinessId, i64)]) -> Result<Swept> {
    require(tx, VERIFY)?;
    if seen.len() > VERIFIED_MAX {
        return Err(Error::Invalid(vec![Problem::with(
            "business",
            "registry-too-many-rows",
            VERIFIED_MAX,
        )]));
    }
    let mut swept = Swept::default();
    for (id, version) in seen {
        let cmd = Decide {
            business: id.clone(),
            version: *version,
            decision: Decision::Verify,
            reason: String::new(),
        };
        match verify_row(tx, &cmd) {
            Ok(()) => swept.verified += 1,
            Err(Error::NotFound | Error::Stale | Error::Refused(_) | Error::Invalid(_)) => {
                swept.left += 1;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(swept)
}

/// Owners who registered themselves are looked at one by one.
fn verify_row(tx: &mut Tx<'_>, cmd: &Decide) -> Result<()> {
    let business = business::find(tx, &cmd.business)?;
    let listed = business.source == Source::Import && business.state == State::Submitted;
    if !listed || owner::find(tx, &business.owner)?.person.is_some() {
        return Err(Refusal::WrongState.into());
    }
    // One by one, an older record may be verified beside its twin; nobody does that in passing.
    if !pair::of_business(tx, &business.id)?.is_empty() {
        return Err(Refusal::TwinsOpen.into());
    }
    verification::decide(tx, cmd).map(|_| ())
}
