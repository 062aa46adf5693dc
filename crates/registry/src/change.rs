//! What an owner wants changed of a checked record: it waits, old beside new, until an officer has
//! answered; until then what was checked stands. What officers change themselves is kept the same
//! way, for the next officer to see.

mod answer;

use base::deadline;
use base::{Error, FromRow, Id, Read, Result, Row, Timestamp, Tx, db};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use answer::{Answer, answer, business_of, let_go, withdraw};

use crate::business::{Business, BusinessId, Place};
use crate::events::Happened;
use crate::pair;
use crate::refusal::Refusal;
use crate::registration::{self, VERIFICATION};

/// What an officer's word covers: if it changes, the word no longer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checked {
    name: String,
    category: String,
    kbli: Option<String>,
    #[serde(default)]
    more_kbli: Vec<String>,
    nib: Option<String>,
    place: Place,
}

impl Checked {
    pub(crate) fn of(business: &Business) -> Checked {
        let Business { name, category, kbli, more_kbli, nib, place, .. } = business.clone();
        Checked { name, category, kbli, more_kbli, nib, place }
    }

    /// Makes all of it the record's own.
    pub(crate) fn put(self, business: &mut Business) {
        let Checked { name, category, kbli, more_kbli, nib, place } = self;
        (business.name, business.category, business.kbli) = (name, category, kbli);
        business.more_kbli = more_kbli;
        (business.nib, business.place) = (nib, place);
    }

    /// The names of the parts in which the two differ.
    fn differences(&self, other: &Checked) -> Vec<&'static str> {
        let parts = [
            ("name", self.name != other.name),
            ("category", self.category != other.category),
            ("kbli", self.kbli != other.kbli || self.more_kbli != other.more_kbli),
            ("nib", self.nib != other.nib),
            ("place", self.place != other.place),
        ];
        parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
    }
}

/// How far a change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// Asked by the owner.
    Waiting,
    /// Taken over by an officer.
    Accepted,
    /// An officer said no.
    Refused,
    /// Taken back.
    Dropped,
    /// Made by an officer.
    Made,
}

impl Standing {
    const ALL: [Standing; 5] = [
        Standing::Waiting,
        Standing::Accepted,
        Standing::Refused,
        Standing::Dropped,
        Standing::Made,
    ];

    /// The stable code, also the end of the text key.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Accepted => "accepted",
            Standing::Refused => "refused",
            Standing::Dropped => "dropped",
            Standing::Made => "made",
        }
    }

    /// The tone of its tag.
    pub(crate) fn tone(self) -> &'static str {
        match self {
            Standing::Waiting => "warn",
            Standing::Accepted | Standing::Made => "ok",
            Standing::Refused => "bad",
            Standing::Dropped => "idle",
        }
    }
}

/// One change: what was checked, and what it should be or has become.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) id: Id<Change>,
    pub(crate) business: BusinessId,
    before: Checked,
    after: Checked,
    pub(crate) standing: Standing,
    pub(crate) asked_at: Timestamp,
    pub(crate) reason: String,
}

impl FromRow for Change {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        let read = |text: &str| serde_json::from_str::<Checked>(text);
        let (id, business) = (row.take()?, row.take()?);
        let (before, after): (String, String) = (row.take()?, row.take()?);
        let broken = |_| db::Error::Decode { column: 2, wanted: "what was checked" };
        let standing: String = row.take()?;
        let of_code = |one: &Standing| one.code() == standing;
        Ok(Change {
            id,
            business,
            before: read(&before).map_err(broken)?,
            after: read(&after).map_err(broken)?,
            standing: Standing::ALL.into_iter().find(of_code).unwrap_or(Standing::Dropped),
            asked_at: row.take()?,
            reason: row.take()?,
        })
    }
}

impl Change {
    /// Puts what is wanted over the record, and leaves what nobody wants changed.
    pub(crate) fn overlay(&self, business: &mut Business) {
        let (before, after) = (&self.before, self.after.clone());
        let mut now = Checked::of(business);
        for part in before.differences(&after) {
            match part {
                "name" => now.name.clone_from(&after.name),
                "category" => now.category.clone_from(&after.category),
                "kbli" => now.kbli.clone_from(&after.kbli),
                "nib" => now.nib.clone_from(&after.nib),
                _ => now.place.clone_from(&after.place),
            }
        }
        now.put(business);
    }

    /// The record as it was when this was asked, and as it should be or became.
    pub(crate) fn sides(&self, business: &Business) -> (Business, Business) {
        let (mut old, mut new) = (business.clone(), business.clone());
        if self.standing == Standing::Waiting {
            self.overlay(&mut new);
        } else {
            self.before.clone().put(&mut old);
            self.after.clone().put(&mut new);
        }
        (old, new)
    }
}

const SELECT: &str = "SELECT id, business_id, old_values, new_values, state, asked_at, reason \
     FROM registry_changes";

/// What waits for an officer's answer.
pub(crate) fn waiting(read: &mut Read<'_>, business: &BusinessId) -> Result<Option<Change>> {
    let sql = format!("{SELECT} WHERE business_id = $1 AND state = 'waiting'");
    Ok(read.first(&sql, &[business])?)
}

/// Earlier changes shown to an officer.
const EARLIER_MAX: i64 = 10;

/// What became of earlier wishes, and what officers changed; the newest first.
pub(crate) fn earlier(read: &mut Read<'_>, business: &BusinessId) -> Result<Vec<Change>> {
    let sql = format!(
        "{SELECT} WHERE business_id = $1 AND state <> 'waiting' AND state <> 'dropped'
         ORDER BY id DESC LIMIT $2"
    );
    Ok(read.all(&sql, &[business, &EARLIER_MAX])?)
}

/// How many businesses wait for an answer to a change.
pub(crate) fn waiting_count(read: &mut Read<'_>) -> Result<i64> {
    let count: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM registry_changes WHERE state = 'waiting'",
        &[],
    )?;
    Ok(count.map_or(0, |(n,)| n))
}

/// An owner asks. What they asked before and an officer has not answered is asked anew with it; a
/// wish for what the record says already takes the earlier one back.
pub(crate) fn ask(tx: &mut Tx<'_>, business: &Business, wanted: &Checked) -> Result<()> {
    let (id, before) = (&business.id, Checked::of(business));
    let fields = before.differences(wanted);
    let known = waiting(tx, id)?;
    if known.as_ref().is_some_and(|known| known.after == *wanted && known.before == before) {
        return Ok(());
    }
    if fields.is_empty() {
        return known.map_or(Ok(()), |known| drop_it(tx, &known));
    }
    if let Some(nib) = wanted.nib.as_ref().filter(|_| fields.contains(&"nib"))
        && pair::other_with_nib(tx, id, nib)?.is_some()
    {
        return Err(Refusal::NibTaken.into());
    }
    let change = match known {
        Some(known) => {
            let (old, new) = (written(&before)?, written(wanted)?);
            let now = Timestamp::of(tx);
            let rows = tx.execute(
                "UPDATE registry_changes SET old_values = $1, new_values = $2, asked_at = $3
                 WHERE id = $4",
                &[&old, &new, &now, &known.id],
            )?;
            assert_eq!(rows, 1, "the change has just been found");
            known.id
        }
        None => insert(tx, id, (&before, wanted), Standing::Waiting)?,
    };
    tx.record(&Happened::ChangeAsked { change: change.as_str(), fields: &fields }.to(id))?;
    registration::wait_for_office(tx, business)
}

/// Keeps what an officer changed of a checked record, old beside new. The caller's event covers it.
pub(crate) fn note(tx: &mut Tx<'_>, before: &Business, after: &Checked) -> Result<()> {
    let old = Checked::of(before);
    if old.differences(after).is_empty() {
        return Ok(());
    }
    insert(tx, &before.id, (&old, after), Standing::Made)?;
    Ok(())
}

fn written(values: &Checked) -> Result<String> {
    serde_json::to_string(values).map_err(Error::broken)
}

fn insert(
    tx: &mut Tx<'_>,
    business: &BusinessId,
    (before, after): (&Checked, &Checked),
    standing: Standing,
) -> Result<Id<Change>> {
    let (id, now): (Id<Change>, _) = (tx.new_id(), Timestamp::of(tx));
    let (old, new, actor) = (written(before)?, written(after)?, tx.actor().id.clone());
    let (by, at) = match standing {
        Standing::Made => (Some(&actor), Some(now)),
        _ => (None, None),
    };
    tx.execute(
        "INSERT INTO registry_changes (id, business_id, old_values, new_values, state, asked_by, asked_at,
         decided_by, decided_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
        &[&id, business, &old, &new, &standing.code(), &actor, &now, &by, &at],
    )?;
    Ok(id)
}

fn drop_it(tx: &mut Tx<'_>, change: &Change) -> Result<()> {
    end(tx, change, Standing::Dropped, "")?;
    tx.record(&Happened::ChangeDropped { change: change.id.as_str() }.to(&change.business))?;
    deadline::cancel(tx, change.business.as_str(), VERIFICATION)?;
    Ok(())
}

fn end(tx: &mut Tx<'_>, change: &Change, standing: Standing, reason: &str) -> Result<()> {
    let (now, actor) = (Timestamp::of(tx), tx.actor().id.clone());
    let rows = tx.execute(
        "UPDATE registry_changes SET state = $1, reason = $2, decided_by = $3, decided_at = $4
         WHERE id = $5 AND state = 'waiting'",
        &[&standing.code(), &reason, &actor, &now, &change.id],
    )?;
    assert_eq!(rows, 1, "a change is found waiting before it ends");
    Ok(())
}
