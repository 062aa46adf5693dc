//! Lists that officers bring through the page: kept sealed, because they hold personal numbers,
//! looked at as often as needed, and let in once, in the background.

use base::account::PersonId;
use base::files::{FileKind, Files};
use base::job::{self, JobKind, Workshop};
use base::keyring::Keyring;
use base::safe::{Kept, Safe};
use base::{Actor, Date, Error, FromRow, Id, Read, Result, Row, Timestamp, Tx, db, require};
use lists::{Form, Paper, Summary, Understanding};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::intake::{self, Brought, IMPORT};
use crate::list::{self, Bringing, Columns};
use crate::odd::Odd;
use crate::refusal::Refusal;

/// What lists and their reports are sealed for.
const PURPOSE: &str = "registry.list";

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
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
            Standing::Seen => "seen",
            Standing::Entering => "entering",
            Standing::Entered => "entered",
            Standing::Refused => "refused",
        }
    }

    fn parse(code: &str) -> Standing {
        match code {
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
            Standing::Entering => "info",
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
    #[serde(skip)]
    report: String,
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
            report: row.take()?,
        })
    }
}

const SELECT: &str = "SELECT i.id, i.file, i.brought_by, i.brought_at, l.state, i.rows_done, l.rows_all, l.rows_again, l.file, l.report \
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
        summary: serde_json::from_str(&summary).map_err(Error::broken)?,
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

/// Seals a file and keeps it; gives the hash under which it lies.
pub(crate) async fn keep(files: &Files, keyring: &Keyring, bytes: &[u8]) -> Result<String> {
    let sealed = keyring.seal_file(PURPOSE, bytes);
    let kept = files.put(sealed.into(), FileKind::Other).await.map_err(Error::broken)?;
    Ok(kept.sha256)
}

/// The file itself.
pub(crate) async fn content(
    files: &Files,
    keyring: &Keyring,
    list: &BroughtList,
) -> Result<Vec<u8>> {
    opened(files, keyring, &list.file).await
}

/// The report of a list, as JSON.
pub(crate) async fn report(
    files: &Files,
    keyring: &Keyring,
    list: &BroughtList,
) -> Result<Vec<u8>> {
    opened(files, keyring, &list.report).await
}

async fn opened(files: &Files, keyring: &Keyring, hash: &str) -> Result<Vec<u8>> {
    let sealed = files.get(hash).await.map_err(Error::broken)?;
    keyring.open_file(PURPOSE, &sealed).map_err(Error::broken)
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

/// Their reports.
pub(crate) const REPORTS: Safe = Safe {
    name: "registry.lists.report",
    purpose: PURPOSE,
    kept: Kept::AsFile,
    page: |read, after, limit| {
        let rows: Vec<(String, String)> = read.all(
            "SELECT import_id, report FROM registry_lists
             WHERE import_id > $1 ORDER BY import_id LIMIT $2",
            &[&after, &limit],
        )?;
        Ok(rows.into_iter().map(|(id, hash)| (id, hash.into_bytes())).collect())
    },
    replace: |tx, swap| {
        let (old, new) = swap.hashes();
        Ok(tx.execute(
            "UPDATE registry_lists SET report = $1 WHERE import_id = $2 AND report = $3",
            &[&new, &swap.key, &old],
        )?)
    },
};

/// What a look at a list gave: what was found, and where its report lies.
#[derive(Debug, Clone)]
pub(crate) struct Looked {
    pub(crate) found: Found,
    pub(crate) report: String,
}

/// Notes a list that was kept and looked at.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    name: &str,
    (sha256, file): (&str, &str),
    looked: &Looked,
) -> Result<Id<Brought>> {
    let brought = intake::bring(tx, name, sha256, "")?;
    tx.execute(
        "INSERT INTO registry_lists (import_id, file, report, rows_all, odd, state)
         VALUES ($1, $2, $3, 0, '[]', $4)",
        &[&brought.id, &file, &looked.report, &Standing::Seen.code()],
    )?;
    keep_found(tx, &brought.id, looked)?;
    Ok(brought.id)
}

/// A list was looked at again, because somebody said what its columns mean. The caller's own event
/// covers it.
pub(crate) fn look_again(tx: &mut Tx<'_>, id: &Id<Brought>, looked: &Looked) -> Result<()> {
    require(tx, IMPORT)?;
    match find(tx, id)?.standing {
        Standing::Seen | Standing::Refused => keep_found(tx, id, looked),
        Standing::Entering | Standing::Entered => Err(Refusal::AlreadyApplied.into()),
    }
}

fn keep_found(tx: &mut Tx<'_>, id: &Id<Brought>, Looked { found, report }: &Looked) -> Result<()> {
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
        "UPDATE registry_lists SET report = $1, rows_all = $2, odd = $3, state = $4, rows_again = $5
         WHERE import_id = $6",
        &[report, &enter, &odd, &standing.code(), &found.again, id],
    )?;
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
    let person = base::account::acting_person(tx)?;
    let list = find(tx, id)?;
    match list.standing {
        Standing::Seen if list.rows_all > 0 => {}
        Standing::Seen | Standing::Refused => return Err(Refusal::NothingToApply.into()),
        Standing::Entering | Standing::Entered => return Err(Refusal::AlreadyApplied.into()),
    }
    let rows = tx.execute(
        "UPDATE registry_lists SET state = $1 WHERE import_id = $2",
        &[&Standing::Entering.code(), id],
    )?;
    assert_eq!(rows, 1, "the list has just been found");
    let organisation = tx.actor().on_behalf_of.clone();
    let order = Order { import: id.clone(), person, organisation, region: region.to_owned() };
    let order = serde_json::to_value(&order).map_err(Error::broken)?;
    job::enqueue(tx, LET_IN.kind, &order, None)?;
    tx.record(&crate::events::RowsApplied { import: id.as_str(), rows: 0, businesses: 0 })?;
    Ok(())
}

/// All rows of a list have their fate.
fn entered(tx: &mut Tx<'_>, id: &Id<Brought>, odd: &str, report: &str) -> Result<()> {
    let rows = tx.execute(
        "UPDATE registry_lists SET state = $1, odd = $2, report = $3 WHERE import_id = $4",
        &[&Standing::Entered.code(), &odd, &report, id],
    )?;
    assert_eq!(rows, 1, "a list has been found before its rows enter");
    tx.record(&crate::events::RowsApplied { import: id.as_str(), rows: 0, businesses: 0 })?;
    Ok(())
}

/// The work itself. Safe to do again: rows that have entered add nothing.
pub(crate) const LET_IN: JobKind = JobKind { kind: "registry.let_in", run: enter };

fn enter(workshop: &Workshop, order: &serde_json::Value) -> Result<()> {
    let order: Order = serde_json::from_value(order.clone()).map_err(Error::broken)?;
    let files = workshop.files.as_ref().ok_or_else(|| Error::broken("no file store"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Error::broken)?;
    let id = order.import.clone();
    let kept = move |read: &mut Read<'_>| Ok::<_, Error>((find(read, &id)?, found(read, &id)?));
    let (list, found) = workshop.db.read(kept).wait()?;
    let bytes = runtime.block_on(content(files, &workshop.keyring, &list))?;
    let city = CityRegions::of_code(&order.region).ok_or(Error::NotFound)?;
    let grants = [IMPORT.0.to_owned()];
    let db = workshop.db.acting(Actor::person(order.person.as_str(), order.organisation, grants));
    let as_of: Date = Timestamp::from_ms(db.clock().now_ms()).date();
    let bringing = Bringing {
        db: &db,
        keyring: &workshop.keyring,
        city: &city,
        as_of,
        columns: found.understanding.map_or(Columns::Remembered, Columns::Understood),
        import: Some(order.import.clone()),
        dry_run: false,
        watch: None,
    };
    let mut written = Vec::new();
    let outcome = list::bring(&bringing, &list.name, bytes, Paper::new(Form::Json, &mut written))?;
    let report = runtime.block_on(keep(files, &workshop.keyring, &written))?;
    let odd = serde_json::to_string(&outcome.odd).map_err(Error::broken)?;
    let id = order.import;
    let done = move |tx: &mut Tx<'_>| entered(tx, &id, &odd, &report);
    db.write("registry.list_entered", done).wait()
}

/// The files of all lists with their reports, and the photos of all businesses.
pub(crate) fn file_hashes(read: &mut Read<'_>) -> Result<Vec<String>> {
    let lists: Vec<(String, String)> =
        read.all("SELECT file, report FROM registry_lists ORDER BY import_id", &[])?;
    let photos: Vec<(String,)> =
        read.all("SELECT photo FROM registry_businesses WHERE photo IS NOT NULL ORDER BY id", &[])?;
    let of_lists = lists.into_iter().flat_map(|(file, report)| [file, report]);
    Ok(of_lists.chain(photos.into_iter().map(|(photo,)| photo)).collect())
}
