//! Lists that officers bring through the page: kept sealed, because they hold personal numbers,
//! looked at as often as needed, and let in once, in the background.

mod work;

use base::account::PersonId;
use base::files::Files;
use base::job::{self, JobKind};
use base::keyring::Keyring;
use base::safe::{Kept, Safe};
use base::{Error, FromRow, Id, Read, Result, Row, Timestamp, Tx, db, require};
use lists::{Summary, Understanding};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use work::{LET_IN, LOOK};

use crate::intake::{self, Brought, IMPORT};
use crate::odd::Odd;
use crate::pieces::{self, PURPOSE};
use crate::refusal::Refusal;

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// Being looked at in the background.
    Looking,
    /// Looked at; nothing has entered yet.
    Seen,
    /// Its rows are entering.
    Entering,
    /// All rows have their fate.
    Entered,
    /// It holds no list of businesses.
    Refused,
}

impl Standing {
    /// The stable code, also the end of the text key.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Standing::Looking => "looking",
            Standing::Seen => "seen",
            Standing::Entering => "entering",
            Standing::Entered => "entered",
            Standing::Refused => "refused",
        }
    }

    fn parse(code: &str) -> Standing {
        match code {
            "looking" => Standing::Looking,
            "entering" => Standing::Entering,
            "entered" => Standing::Entered,
            "refused" => Standing::Refused,
            _ => Standing::Seen,
        }
    }

    /// The tone of its tag.
    pub(crate) fn tone(self) -> &'static str {
        match self {
            Standing::Seen => "warn",
            Standing::Looking | Standing::Entering => "info",
            Standing::Entered => "ok",
            Standing::Refused => "bad",
        }
    }
}

/// A list as the page shows it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct BroughtList {
    pub(crate) id: Id<Brought>,
    pub(crate) name: String,
    pub(crate) brought_by: String,
    pub(crate) brought_at: Timestamp,
    pub(crate) standing: Standing,
    /// Rows that have entered so far.
    pub(crate) rows_done: i64,
    /// Rows that enter.
    pub(crate) rows_all: i64,
    /// Rows that had come in before.
    pub(crate) rows_again: i64,
    #[serde(skip)]
    file: String,
}

impl FromRow for BroughtList {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(BroughtList {
            id: row.take()?,
            name: row.take()?,
            brought_by: row.take()?,
            brought_at: row.take()?,
            standing: Standing::parse(&row.take::<String>()?),
            rows_done: row.take()?,
            rows_all: row.take()?,
            rows_again: row.take()?,
            file: row.take()?,
        })
    }
}

const SELECT: &str = "SELECT i.id, i.file, i.brought_by, i.brought_at, l.state, i.rows_done, l.rows_all, l.rows_again, l.file \
     FROM registry_imports i JOIN registry_lists l ON l.import_id = i.id";

/// The list, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &Id<Brought>) -> Result<BroughtList> {
    read.first(&format!("{SELECT} WHERE i.id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// What a list was found to hold when it was last looked at.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) summary: Summary,
    /// Nothing of a file that cannot be read.
    pub(crate) understanding: Option<Understanding>,
    pub(crate) odd: Vec<Odd>,
    /// Rows that had come in before.
    pub(crate) again: i64,
}

/// What was found in a list.
pub(crate) fn found(read: &mut Read<'_>, id: &Id<Brought>) -> Result<Found> {
    let kept: Option<(String, String, String, i64)> = read.first(
        "SELECT i.summary, i.mapping, l.odd, l.rows_again
         FROM registry_imports i JOIN registry_lists l ON l.import_id = i.id WHERE i.id = $1",
        &[id],
    )?;
    let (summary, understanding, odd, again) = kept.ok_or(Error::NotFound)?;
    Ok(Found {
        summary: if summary.is_empty() {
            Summary::default()
        } else {
            serde_json::from_str(&summary).map_err(Error::broken)?
        },
        understanding: serde_json::from_str(&understanding).map_err(Error::broken)?,
        odd: serde_json::from_str(&odd).map_err(Error::broken)?,
        again,
    })
}

/// The list with the same content that has entered already, the newest first.
pub(crate) fn entered_before(read: &mut Read<'_>, id: &Id<Brought>) -> Result<Option<BroughtList>> {
    let sql = format!(
        "{SELECT} WHERE i.sha256 = (SELECT s.sha256 FROM registry_imports s WHERE s.id = $1)
         AND i.id < $1 AND l.state = 'entered' ORDER BY i.id DESC LIMIT 1"
    );
    Ok(read.first(&sql, &[id])?)
}

/// Lists on one page.
pub(crate) const PAGE_ROWS: i64 = 20;

/// The newest lists, before a cursor.
pub(crate) fn newest(read: &mut Read<'_>, before: Option<&str>) -> Result<Vec<BroughtList>> {
    let before = before.unwrap_or("~");
    let sql = format!("{SELECT} WHERE i.id < $1 ORDER BY i.id DESC LIMIT $2");
    Ok(read.all(&sql, &[&before, &PAGE_ROWS])?)
}

/// The file itself.
pub(crate) async fn content(
    files: &Files,
    keyring: &Keyring,
    list: &BroughtList,
) -> Result<Vec<u8>> {
    pieces::opened(files, keyring, &list.file).await
}

/// The lists as they were brought.
pub(crate) const FILES: Safe = Safe {
    name: "registry.lists.file",
    purpose: PURPOSE,
    kept: Kept::AsFile,
    page: |read, after, limit| {
        let rows: Vec<(String, String)> = read.all(
            "SELECT import_id, file FROM registry_lists
             WHERE import_id > $1 ORDER BY import_id LIMIT $2",
            &[&after, &limit],
        )?;
        Ok(rows.into_iter().map(|(id, hash)| (id, hash.into_bytes())).collect())
    },
    replace: |tx, swap| {
        let (old, new) = swap.hashes();
        Ok(tx.execute(
            "UPDATE registry_lists SET file = $1 WHERE import_id = $2 AND file = $3",
            &[&new, &swap.key, &old],
        )?)
    },
};

/// What a look at a list gave: what was found, and the pieces of its report.
#[derive(Debug, Clone)]
pub(crate) struct Looked {
    pub(crate) found: Found,
    pub(crate) pieces: Vec<String>,
}

/// A list that was kept, and what was found in it; nothing yet of a long one.
pub(crate) struct Bringing<'a> {
    pub(crate) name: &'a str,
    pub(crate) sha256: &'a str,
    /// Where the sealed file lies.
    pub(crate) file: &'a str,
    /// The city's code.
    pub(crate) region: &'a str,
    pub(crate) looked: Option<&'a Looked>,
}

/// Notes a list that was kept. One that nobody has looked at is looked at in the background.
pub(crate) fn note(tx: &mut Tx<'_>, new: &Bringing<'_>) -> Result<Id<Brought>> {
    let brought = intake::bring(tx, new.name, new.sha256, "null")?;
    tx.execute(
        "INSERT INTO registry_lists (import_id, file, rows_all, rows_again, odd, state)
         VALUES ($1, $2, 0, 0, '[]', $3)",
        &[&brought.id, &new.file, &Standing::Looking.code()],
    )?;
    match new.looked {
        Some(looked) => keep_found(tx, &brought.id, looked)?,
        None => look_later(tx, &brought.id, new.region)?,
    }
    Ok(brought.id)
}

/// Leaves the look at a list to the background.
pub(crate) fn look_later(tx: &mut Tx<'_>, id: &Id<Brought>, region: &str) -> Result<()> {
    require(tx, IMPORT)?;
    match find(tx, id)?.standing {
        Standing::Entering | Standing::Entered => return Err(Refusal::AlreadyApplied.into()),
        Standing::Seen | Standing::Refused | Standing::Looking => {}
    }
    set_standing(tx, id, Standing::Looking)?;
    order(tx, LOOK, id, region)
}

fn set_standing(tx: &mut Tx<'_>, id: &Id<Brought>, standing: Standing) -> Result<()> {
    let rows = tx.execute(
        "UPDATE registry_lists SET state = $1 WHERE import_id = $2",
        &[&standing.code(), id],
    )?;
    assert_eq!(rows, 1, "the list has just been found");
    Ok(())
}

/// Leaves work on a list for the background, as whoever asks.
fn order(tx: &mut Tx<'_>, kind: JobKind, id: &Id<Brought>, region: &str) -> Result<()> {
    let person = base::account::acting_person(tx)?;
    let organisation = tx.actor().on_behalf_of.clone();
    let order = Order { import: id.clone(), person, organisation, region: region.to_owned() };
    let order = serde_json::to_value(&order).map_err(Error::broken)?;
    job::enqueue(tx, kind.kind, &order, None)?;
    Ok(())
}

/// A list was looked at again, because somebody said what its columns mean. The caller's own event
/// covers it.
pub(crate) fn look_again(tx: &mut Tx<'_>, id: &Id<Brought>, looked: &Looked) -> Result<()> {
    require(tx, IMPORT)?;
    match find(tx, id)?.standing {
        Standing::Seen | Standing::Refused | Standing::Looking => keep_found(tx, id, looked),
        Standing::Entering | Standing::Entered => Err(Refusal::AlreadyApplied.into()),
    }
}

fn keep_found(tx: &mut Tx<'_>, id: &Id<Brought>, looked: &Looked) -> Result<()> {
    let Looked { found, pieces } = looked;
    let text = |value: serde_json::Result<String>| value.map_err(Error::broken);
    let summary = text(serde_json::to_string(&found.summary))?;
    let understanding = text(serde_json::to_string(&found.understanding))?;
    let odd = text(serde_json::to_string(&found.odd))?;
    let counts = &found.summary;
    let enter = counts.accepted + counts.review + counts.duplicate;
    let enter = i64::try_from(enter).expect("a list has at most some hundred thousand rows");
    let enter = enter - found.again;
    let refused = counts.refused_file.is_some();
    let standing = if refused { Standing::Refused } else { Standing::Seen };
    let noted = tx.execute(
        "UPDATE registry_imports SET mapping = $1, summary = $2 WHERE id = $3",
        &[&understanding, &summary, id],
    )?;
    let kept = tx.execute(
        "UPDATE registry_lists SET rows_all = $1, odd = $2, state = $3, rows_again = $4
         WHERE import_id = $5",
        &[&enter, &odd, &standing.code(), &found.again, id],
    )?;
    pieces::replace(tx, id, pieces)?;
    assert_eq!((noted, kept), (1, 1), "a list is noted before what was found in it");
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct Order {
    import: Id<Brought>,
    person: PersonId,
    organisation: Option<String>,
    region: String,
}

/// Lets the rows of a list in, in the background, once.
pub(crate) fn let_in(tx: &mut Tx<'_>, id: &Id<Brought>, region: &str) -> Result<()> {
    require(tx, IMPORT)?;
    let list = find(tx, id)?;
    match list.standing {
        Standing::Seen if list.rows_all > 0 => {}
        Standing::Seen | Standing::Refused | Standing::Looking => {
            return Err(Refusal::NothingToApply.into());
        }
        Standing::Entering | Standing::Entered => return Err(Refusal::AlreadyApplied.into()),
    }
    set_standing(tx, id, Standing::Entering)?;
    order(tx, LET_IN, id, region)?;
    tx.record(&crate::events::RowsApplied { import: id.as_str(), rows: 0, businesses: 0 })?;
    Ok(())
}

/// All rows of a list have their fate.
fn entered(tx: &mut Tx<'_>, id: &Id<Brought>, odd: &str, report: &[String]) -> Result<()> {
    let rows = tx.execute(
        "UPDATE registry_lists SET state = $1, odd = $2 WHERE import_id = $3",
        &[&Standing::Entered.code(), &odd, id],
    )?;
    assert_eq!(rows, 1, "a list has been found before its rows enter");
    pieces::replace(tx, id, report)?;
    tx.record(&crate::events::RowsApplied { import: id.as_str(), rows: 0, businesses: 0 })?;
    Ok(())
}

/// The files of all lists with their reports, and the photos of all businesses.
pub(crate) fn file_hashes(read: &mut Read<'_>) -> Result<Vec<String>> {
    let lists: Vec<(String,)> =
        read.all("SELECT file FROM registry_lists ORDER BY import_id", &[])?;
    let reports = pieces::file_hashes(read)?;
    let photos: Vec<(String,)> =
        read.all("SELECT photo FROM registry_businesses WHERE photo IS NOT NULL ORDER BY id", &[])?;
    let of_lists = lists.into_iter().map(|(file,)| file).chain(reports);
    Ok(of_lists.chain(photos.into_iter().map(|(photo,)| photo)).collect())
}
