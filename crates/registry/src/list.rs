//! Brings a whole list into the registry: reads it, reports every row, and lets the rows enter in
//! batches while it reads. The command line, the officers' page and the demo all come through here.

use std::io::Write;

use base::keyring::Keyring;
use base::{Date, Db, Error, FromRow, Id, Read, Result, Row, db};
use lists::{
    ImportedRow, Known, KnownBusinesses, Mapping, Options, ReportHead, ReportWriter, Source,
    Summary, Understanding, Unreadable,
};
use particulars::contact::Phone;
use particulars::identity::Nib;
use particulars::point::GeoPoint;
use particulars::region::CityRegions;

use crate::intake::{self, BATCH_ROWS, Brought, Entering, Taken};

/// What it takes to bring a list.
pub struct Bringing<'a> {
    /// Acting as whoever brings the list.
    pub db: &'a Db,
    pub keyring: &'a Keyring,
    pub city: &'a CityRegions,
    pub as_of: Date,
    /// What a person said about the columns; otherwise what was remembered, or guessed.
    pub mapping: Option<Mapping>,
    /// The note of a file that was brought before; made when there is none.
    pub import: Option<Id<Brought>>,
    /// Nothing enters the registry.
    pub dry_run: bool,
}

/// What became of a list.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub summary: Summary,
    /// New records, held ones included.
    pub added: i64,
    /// Rows that had come in before.
    pub known: i64,
    pub import: Option<Id<Brought>>,
}

/// A file that was opened and understood.
pub(crate) struct Opened {
    pub source: Source,
    pub understanding: Understanding,
    pub mapping: Option<Mapping>,
}

/// Opens and understands a file; `told` wins over what was remembered for files of this shape.
pub(crate) fn open(
    db: &Db,
    city: &CityRegions,
    name: &str,
    bytes: Vec<u8>,
    told: Option<Mapping>,
) -> Result<Result<Opened, Unreadable>> {
    let source = match Source::open(name, bytes) {
        Ok(source) => source,
        Err(why) => return Ok(Err(why)),
    };
    let understanding = match lists::understand(&source, city, told.as_ref()) {
        Ok(understanding) => understanding,
        Err(why) => return Ok(Err(why)),
    };
    let remembered = match told {
        Some(told) => Some(told),
        None => {
            let shape = understanding.shape();
            db.read(move |read| intake::remembered(read, &shape)).wait()?
        }
    };
    let understanding = match &remembered {
        Some(mapping) => lists::understand(&source, city, Some(mapping)),
        None => Ok(understanding),
    };
    Ok(understanding.map(|understanding| Opened { source, understanding, mapping: remembered }))
}

/// Brings a list and writes its report as JSON to `report`. A file that cannot be read gives a
/// report that says why.
pub fn bring(
    bringing: &Bringing<'_>,
    name: &str,
    bytes: Vec<u8>,
    report: &mut dyn Write,
) -> Result<Outcome> {
    let hash = base::files::hash(&bytes);
    let told = bringing.mapping.clone();
    let opened = match open(bringing.db, bringing.city, name, bytes, told)? {
        Ok(opened) => opened,
        Err(why) => return unreadable(bringing, name, hash, &why, report),
    };
    let known = known(bringing.db)?;
    let head = ReportHead::new(&opened.source, &opened.understanding, bringing.dry_run);
    let writer = ReportWriter::new(report, &head).map_err(Error::broken)?;
    let refused = opened.understanding.refused_file.is_some();
    let import = match &bringing.import {
        _ if bringing.dry_run || refused => None,
        Some(noted) => Some(noted.clone()),
        None => Some(note(bringing, &opened)?),
    };
    let mut entrance = Entrance {
        bringing,
        import,
        waiting: Vec::new(),
        taken: Taken::default(),
        writer,
        failed: None,
    };
    let options = Options {
        city: bringing.city,
        as_of: bringing.as_of,
        mapping: opened.mapping.as_ref(),
        known: &known,
        message: None,
    };
    let read = lists::each_row(&opened.source, &opened.understanding, &options, &mut |row| {
        entrance.row(row);
    });
    let summary = read.map_err(|why| Error::broken(why.code()))?;
    entrance.conclude(summary)
}

/// Looks at a list without letting anything in: every row goes by `each`.
pub(crate) fn look(
    bringing: &Bringing<'_>,
    name: &str,
    bytes: Vec<u8>,
    each: &mut dyn FnMut(&ImportedRow),
) -> Result<Outcome> {
    let told = bringing.mapping.clone();
    let opened = match open(bringing.db, bringing.city, name, bytes, told)? {
        Ok(opened) => opened,
        Err(why) => {
            let summary = Summary { refused_file: Some(why.code()), ..Summary::default() };
            return Ok(Outcome { summary, ..Outcome::default() });
        }
    };
    let known = known(bringing.db)?;
    let options = Options {
        city: bringing.city,
        as_of: bringing.as_of,
        mapping: opened.mapping.as_ref(),
        known: &known,
        message: None,
    };
    let read =
        lists::each_row(&opened.source, &opened.understanding, &options, &mut |row| each(&row));
    let summary = read.map_err(|why| Error::broken(why.code()))?;
    Ok(Outcome { summary, ..Outcome::default() })
}

/// The report of a list as a workbook, read anew against the registry as it is now.
pub(crate) fn workbook(db: &Db, city: &CityRegions, name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let opened = open(db, city, name, bytes.clone(), None)?;
    let mapping = opened.ok().and_then(|opened| opened.mapping);
    let options = Options {
        city,
        as_of: base::Timestamp::from_ms(db.clock().now_ms()).date(),
        mapping: mapping.as_ref(),
        known: &KnownBusinesses::default(),
        message: None,
    };
    let report = lists::report(name, bytes, &options, false);
    report.xlsx(&lists::SheetTexts::indonesian()).map_err(Error::broken)
}

fn unreadable(
    bringing: &Bringing<'_>,
    name: &str,
    sha256: String,
    why: &Unreadable,
    report: &mut dyn Write,
) -> Result<Outcome> {
    let summary = Summary { refused_file: Some(why.code()), ..Summary::default() };
    let head = ReportHead {
        file: name.to_owned(),
        sha256,
        dry_run: bringing.dry_run,
        mapping: std::collections::BTreeMap::new(),
    };
    let writer = ReportWriter::new(report, &head).map_err(Error::broken)?;
    writer.end(&summary).map_err(Error::broken)?;
    Ok(Outcome { summary, ..Outcome::default() })
}

fn note(bringing: &Bringing<'_>, opened: &Opened) -> Result<Id<Brought>> {
    let mapping = serde_json::to_string(&opened.understanding.mapping()).map_err(Error::broken)?;
    let (file, sha256) = (opened.source.name().to_owned(), opened.source.sha256().to_owned());
    let note = move |tx: &mut base::Tx<'_>| intake::bring(tx, &file, &sha256, &mapping);
    Ok(bringing.db.write("registry.bring", note).wait()?.id)
}

/// Rows on their way in.
struct Entrance<'a, W: Write> {
    bringing: &'a Bringing<'a>,
    import: Option<Id<Brought>>,
    waiting: Vec<Entering>,
    taken: Taken,
    writer: ReportWriter<W>,
    failed: Option<Error>,
}

impl<W: Write> Entrance<'_, W> {
    fn row(&mut self, row: ImportedRow) {
        if self.failed.is_none()
            && let Err(error) = self.take(row)
        {
            self.failed = Some(error);
        }
    }

    fn take(&mut self, row: ImportedRow) -> Result<()> {
        self.writer.row(&row).map_err(Error::broken)?;
        if self.import.is_none() {
            return Ok(());
        }
        self.waiting.extend(Entering::prepare(row, self.bringing.keyring)?);
        if self.waiting.len() >= BATCH_ROWS { self.enter() } else { Ok(()) }
    }

    fn enter(&mut self) -> Result<()> {
        let (Some(import), false) = (self.import.clone(), self.waiting.is_empty()) else {
            return Ok(());
        };
        let rows = std::mem::take(&mut self.waiting);
        let region = self.bringing.city.code().as_str().to_owned();
        let take = move |tx: &mut base::Tx<'_>| intake::take_in(tx, &region, &import, &rows);
        let taken = self.bringing.db.write("registry.take_in", take).wait()?;
        self.taken.added += taken.added;
        self.taken.known += taken.known;
        Ok(())
    }

    fn conclude(mut self, summary: Summary) -> Result<Outcome> {
        if self.failed.is_none() {
            self.failed = self.enter().err();
        }
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.writer.end(&summary).map_err(Error::broken)?;
        if let Some(import) = self.import.clone() {
            let text = serde_json::to_string(&summary).map_err(Error::broken)?;
            let conclude = move |tx: &mut base::Tx<'_>| intake::conclude(tx, &import, &text);
            self.bringing.db.write("registry.conclude", conclude).wait()?;
        }
        let Taken { added, known } = self.taken;
        Ok(Outcome { summary, added, known, import: self.import })
    }
}

/// Records looked at in one read.
const PAGE_ROWS: i64 = 2_000;

struct KnownRow {
    id: String,
    known: Known,
    fingerprint: Option<String>,
}

impl FromRow for KnownRow {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        let id = row.take()?;
        let (number, name) = (row.take()?, row.take()?);
        let (owner, street): (String, String) = (row.take()?, row.take()?);
        let nib = row.take::<Option<String>>()?.and_then(|nib| Nib::parse(&nib).ok());
        let phone = row.take::<Option<String>>()?.and_then(|phone| Phone::parse(&phone).ok());
        let (latitude, longitude): (Option<i64>, Option<i64>) = (row.take()?, row.take()?);
        let point = latitude.zip(longitude).and_then(|(lat, lng)| GeoPoint::of_micro(lat, lng));
        let (owner, street) = (Some(owner), (!street.is_empty()).then_some(street));
        let known = Known { number, name, owner, street, nib, phone, point };
        Ok(KnownRow { id, known, fingerprint: row.take()? })
    }
}

/// Everything in the registry that a row could repeat.
fn known(db: &Db) -> Result<KnownBusinesses> {
    let mut all = KnownBusinesses::default();
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = db.read(move |read| known_after(read, &from)).wait()?;
        let Some(last) = page.last() else { return Ok(all) };
        after.clone_from(&last.id);
        for row in &page {
            all.add(&row.known);
            let fingerprint = row.fingerprint.as_deref();
            if let Some(hash) = fingerprint.and_then(|hash| u64::from_str_radix(hash, 16).ok()) {
                all.add_row(hash);
            }
        }
    }
}

fn known_after(read: &mut Read<'_>, id: &str) -> Result<Vec<KnownRow>> {
    Ok(read.all(
        "SELECT b.id, b.number, b.name, o.name, b.street, b.nib, b.phone, b.latitude, b.longitude, r.fingerprint
         FROM registry_businesses b JOIN registry_owners o ON o.id = b.owner_id
         LEFT JOIN registry_import_rows r ON r.business_id = b.id
         WHERE b.id > $1 AND b.state NOT IN ('draft', 'rejected', 'closed')
         ORDER BY b.id LIMIT $2",
        &[&id, &PAGE_ROWS],
    )?)
}
