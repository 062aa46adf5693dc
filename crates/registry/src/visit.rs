//! An officer goes to where a business says it works, looks, and writes down what they found. A
//! second attempt is a second visit; none is ever changed.

use base::{Date, Error, FromRow, Id, Problem, Read, Result, Row, Timestamp, Tx, db, require};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::business::{self, BusinessId};
use crate::events::Happened;
use crate::verification::{self, VERIFY};

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It is there and does what the record says.
    AsRecorded,
    /// It is there; something in the record is not true.
    Differs,
    /// Nobody was there, or the place was not found.
    NotFound,
    /// It has ceased.
    Ceased,
}

impl Finding {
    /// Every finding, the hopeful first.
    pub(crate) const ALL: [Finding; 4] =
        [Finding::AsRecorded, Finding::Differs, Finding::NotFound, Finding::Ceased];

    /// The stable code, also the end of the text key.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Finding::AsRecorded => "as-recorded",
            Finding::Differs => "differs",
            Finding::NotFound => "not-found",
            Finding::Ceased => "ceased",
        }
    }

    /// The finding with this code.
    pub(crate) fn parse(code: &str) -> Option<Finding> {
        Finding::ALL.into_iter().find(|finding| finding.code() == code)
    }

    /// The tone of its tag.
    pub(crate) fn tone(self) -> &'static str {
        match self {
            Finding::AsRecorded => "ok",
            Finding::Differs | Finding::NotFound => "warn",
            Finding::Ceased => "bad",
        }
    }
}

/// What an officer writes down.
#[derive(Debug, Clone)]
pub struct Visit {
    pub business: BusinessId,
    pub on: Date,
    /// Where they were, in words.
    pub place: String,
    /// Millionths of a degree north and east.
    pub point: Option<(i64, i64)>,
    pub finding: Finding,
    pub note: String,
    /// Where the sealed photo lies.
    pub photo: String,
}

/// A visit as it stands in the record.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Visited {
    pub(crate) id: Id<Visited>,
    pub(crate) business: BusinessId,
    pub(crate) on: Date,
    pub(crate) place: String,
    pub(crate) latitude: Option<i64>,
    pub(crate) longitude: Option<i64>,
    pub(crate) finding: Finding,
    pub(crate) note: String,
    pub(crate) noted_by: String,
    #[serde(skip)]
    pub(crate) photo: String,
}

impl FromRow for Visited {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Visited {
            id: row.take()?,
            business: row.take()?,
            on: row.take()?,
            place: row.take()?,
            latitude: row.take()?,
            longitude: row.take()?,
            finding: Finding::parse(&row.take::<String>()?).unwrap_or(Finding::NotFound),
            note: row.take()?,
            noted_by: row.take()?,
            photo: row.take()?,
        })
    }
}

const SELECT: &str = "SELECT id, business_id, visited_on, place, latitude, longitude, finding, note, noted_by, photo \
     FROM registry_visits";

/// The visit, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &Id<Visited>) -> Result<Visited> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// Visits shown on one record.
const SHOWN_MAX: i64 = 20;

/// The visits to a business, the newest first.
pub(crate) fn of_business(read: &mut Read<'_>, business: &BusinessId) -> Result<Vec<Visited>> {
    let sql = format!("{SELECT} WHERE business_id = $1 ORDER BY visited_on DESC, id DESC LIMIT $2");
    Ok(read.all(&sql, &[business, &SHOWN_MAX])?)
}

/// The sealed photos of all visits.
pub(crate) fn file_hashes(read: &mut Read<'_>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = read.all("SELECT photo FROM registry_visits ORDER BY id", &[])?;
    Ok(rows.into_iter().map(|(photo,)| photo).collect())
}

/// Nobody writes a visit down later than this.
const AGE_DAYS_MAX: i64 = 60;
const PLACE_CHARS_MAX: usize = 160;
const NOTE_CHARS_MAX: usize = 1_000;

/// Writes a visit down. Nobody visits a business of their own.
pub fn note(tx: &mut Tx<'_>, cmd: &Visit) -> Result<()> {
    require(tx, VERIFY)?;
    let business = business::find(tx, &cmd.business)?;
    verification::by_another(tx, &business)?;
    let problems = wrong(cmd, Date::today(tx));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let (id, now): (Id<Visited>, _) = (tx.new_id(), Timestamp::of(tx));
    let (actor, (north, east)) = (tx.actor().id.clone(), cmd.point.unzip());
    let (on, finding) = (cmd.on.iso(), cmd.finding.code());
    tx.execute(
        "INSERT INTO registry_visits (id, business_id, visited_on, place, latitude, longitude, finding, note,
         photo, noted_by, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            &id, &business.id, &on, &cmd.place, &north, &east, &finding, &cmd.note, &cmd.photo,
            &actor, &now,
        ],
    )?;
    let visited = Happened::Visited { visit: id.as_str(), on: &on, finding, note: &cmd.note };
    Ok(tx.record(&visited.to(&business.id))?)
}

/// Everything that is wrong with what was written.
fn wrong(cmd: &Visit, today: Date) -> Vec<Problem> {
    let mut problems = Vec::new();
    let age = today.days_since(cmd.on);
    if age < 0 {
        problems.push(Problem::new("on", "registry-visit-future"));
    }
    if age > AGE_DAYS_MAX {
        problems.push(Problem::with("on", "registry-visit-old", AGE_DAYS_MAX));
    }
    if cmd.place.is_empty() {
        problems.push(Problem::new("place", "registry-visit-place-wanted"));
    }
    if cmd.note.is_empty() && cmd.finding != Finding::AsRecorded {
        problems.push(Problem::new("note", "registry-visit-note-wanted"));
    }
    for (field, text, max) in
        [("place", &cmd.place, PLACE_CHARS_MAX), ("note", &cmd.note, NOTE_CHARS_MAX)]
    {
        if text.chars().count() > max {
            problems.push(Problem::with(field, "registry-too-long", max));
        }
    }
    problems
}
