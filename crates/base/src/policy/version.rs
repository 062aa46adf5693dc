//! One version of a rule, as people see it: what, since when, on which basis, by whom.

use db::{Event, FromRow, FromValue, Read, Row, ToValue, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LegalBasis, Mark, PolicyReturned, PolicyWithdrawn};
use crate::{Date, Error, Id, Result, Timestamp};

/// The identity of one version.
pub type PolicyId = Id<Version>;

/// More versions than a kind will ever have.
const HISTORY_MAX: i64 = 200;
/// More versions than a city will ever have.
const LIST_MAX: i64 = 1_000;

/// One version of one rule.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Version {
    /// Its row.
    pub id: PolicyId,
    /// Which rule: `base.size_classes`.
    pub kind: String,
    /// 1, 2, 3 … within the kind.
    pub version: i64,
    /// Draft, in force, sent back, or withdrawn.
    pub state: State,
    /// The rule itself.
    pub body: serde_json::Value,
    /// The first day it holds.
    pub valid_from: Date,
    /// The last day it holds, if it was written with one or was withdrawn.
    pub valid_to: Option<Date>,
    /// What it rests on.
    pub basis: LegalBasis,
    /// How sure its values are.
    pub mark: Mark,
    /// The city it was copied from.
    pub origin: Option<Origin>,
    /// The number of the version whose text it began with.
    pub based_on: Option<i64>,
    /// Who wrote it.
    pub author: String,
    /// When it was written.
    pub drafted_at: Timestamp,
    /// The second person.
    pub approver: Option<String>,
    /// When the second person agreed.
    pub approved_at: Option<Timestamp>,
    /// When it was taken back, or sent back to its author.
    pub withdrawn_at: Option<Timestamp>,
    /// Why.
    pub withdrawal_reason: Option<String>,
}

impl Version {
    /// Whether it was approved and its own days have this one among them.
    fn holds_on(&self, day: Date) -> bool {
        let ended = self.valid_to.is_some_and(|end| end < day);
        self.approved_at.is_some() && self.valid_from <= day && !ended
    }

    /// Whether it was approved for days that had passed: allowed, because papers arrive late, and
    /// shown, because it changes what the rule was.
    pub fn is_backdated(&self) -> bool {
        self.approved_at.is_some_and(|at| self.valid_from < at.date())
    }

    /// The last day it holds among `versions` of its kind: its own, or the day before a newer one
    /// takes over.
    pub fn last_day(&self, versions: &[Version]) -> Option<Date> {
        let newer = |v: &&Version| {
            v.kind == self.kind
                && v.approved_at.is_some()
                && v.valid_to.is_none_or(|end| end >= v.valid_from)
                && (v.valid_from, v.version) > (self.valid_from, self.version)
        };
        let next = versions.iter().filter(newer).map(|v| v.valid_from).min();
        [self.valid_to, next.map(|day| day.plus_days(-1))].into_iter().flatten().min()
    }
}

/// The version of a kind that holds on a day.
pub fn in_force<'v>(versions: &'v [Version], kind: &str, day: Date) -> Option<&'v Version> {
    let holds = |v: &&Version| v.kind == kind && v.holds_on(day);
    versions.iter().filter(holds).max_by_key(|v| (v.valid_from, v.version))
}

/// The version whose place this one takes on its first day, whichever it was written from.
pub fn replaced<'v>(versions: &'v [Version], version: &Version) -> Option<&'v Version> {
    let place = (version.valid_from, version.version);
    let before = |v: &&Version| {
        v.kind == version.kind
            && v.holds_on(version.valid_from)
            && (v.valid_from, v.version) < place
    };
    versions.iter().filter(before).max_by_key(|v| (v.valid_from, v.version))
}

/// Where a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Written, not yet agreed to.
    Draft,
    /// Agreed to; holds on the days it names.
    InForce,
    /// Sent back to its author with a note, before anybody agreed.
    Returned,
    /// Taken back.
    Withdrawn,
}

impl State {
    /// The stable code, also in the texts: `policy-state-in-force`.
    pub fn code(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::InForce => "in_force",
            State::Returned => "returned",
            State::Withdrawn => "withdrawn",
        }
    }

    fn parse(code: &str) -> Option<State> {
        let all = [State::Draft, State::InForce, State::Returned, State::Withdrawn];
        all.into_iter().find(|state| state.code() == code)
    }
}

/// The city and version a rule was copied from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// The other city's name.
    pub city: String,
    /// The number of the version there.
    pub version: i64,
}

/// One version, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &PolicyId) -> Result<Version> {
    let version = read.first(
        "SELECT id, kind, version, state, body, valid_from, valid_to, instrument,
                instrument_number, instrument_year, instrument_article, instrument_note,
                instrument_date, mark, origin_city, origin_version, based_on, author, drafted_at,
                approver, approved_at, withdrawn_at, withdrawal_reason
         FROM base_policies WHERE id = $1",
        &[id],
    )?;
    version.ok_or(Error::NotFound)
}

/// Id, kind and number of those of these ids that are versions of rules.
pub fn numbered(read: &mut Read<'_>, ids: &[&str]) -> Result<Vec<(String, String, i64)>> {
    crate::among(read, "SELECT id, kind, version FROM base_policies WHERE id", ids)
}

/// How many drafts wait for a second person.
pub fn drafts_waiting(read: &mut Read<'_>) -> Result<i64> {
    Ok(read.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM base_policies WHERE state = $1",
        &[&State::Draft],
    )?)
}

/// Who took a version back or sent it back, as its events tell; nobody if it stands.
pub fn refuser(read: &mut Read<'_>, version: &Version) -> Result<Option<String>> {
    if version.withdrawn_at.is_none() {
        return Ok(None);
    }
    let events = crate::of_subject(read, version.id.as_str())?;
    let ends = [PolicyReturned::KIND, PolicyWithdrawn::KIND];
    let last = events.into_iter().rev().find(|event| ends.contains(&event.kind.as_str()));
    Ok(last.map(|event| event.actor))
}

/// Every version of one kind, newest first.
pub fn history(read: &mut Read<'_>, kind: &str) -> Result<Vec<Version>> {
    Ok(read.all(
        "SELECT id, kind, version, state, body, valid_from, valid_to, instrument,
                instrument_number, instrument_year, instrument_article, instrument_note,
                instrument_date, mark, origin_city, origin_version, based_on, author, drafted_at,
                approver, approved_at, withdrawn_at, withdrawal_reason
         FROM base_policies WHERE kind = $1 ORDER BY version DESC LIMIT $2",
        &[&kind, &HISTORY_MAX],
    )?)
}

/// Every version of every kind, newest first within its kind.
pub fn list(read: &mut Read<'_>) -> Result<Vec<Version>> {
    Ok(read.all(
        "SELECT id, kind, version, state, body, valid_from, valid_to, instrument,
                instrument_number, instrument_year, instrument_article, instrument_note,
                instrument_date, mark, origin_city, origin_version, based_on, author, drafted_at,
                approver, approved_at, withdrawn_at, withdrawal_reason
         FROM base_policies ORDER BY kind, version DESC LIMIT $1",
        &[&LIST_MAX],
    )?)
}

impl FromRow for Version {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Version {
            id: row.take()?,
            kind: row.take()?,
            version: row.take()?,
            state: row.take()?,
            body: serde_json::from_str(&row.take::<String>()?).unwrap_or_default(),
            valid_from: row.take()?,
            valid_to: row.take()?,
            basis: LegalBasis::from_row(row)?,
            mark: row.take()?,
            origin: {
                let (city, version): (Option<String>, Option<i64>) = (row.take()?, row.take()?);
                city.zip(version).map(|(city, version)| Origin { city, version })
            },
            based_on: row.take()?,
            author: row.take()?,
            drafted_at: row.take()?,
            approver: row.take()?,
            approved_at: row.take()?,
            withdrawn_at: row.take()?,
            withdrawal_reason: row.take()?,
        })
    }
}

impl FromValue for State {
    const WANTED: &'static str = "a state of a policy";
    fn from_value(value: Value<'_>) -> Option<Self> {
        State::parse(&String::from_value(value)?)
    }
}
impl ToValue for State {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
