//! Brings a whole list into the registry: reads it, reports every row, and lets the rows enter in
//! batches while it reads on. The command line, the officers' page and the demo all come through
//! here, and a look at a list is the same without the entering.

use base::files::Files;
use base::keyring::Keyring;
use base::{Date, Db, Error, Id, Result, Tx, db};
use lists::{
    DuplicateOf, ImportedRow, Mapping, Options, Paper, ReportHead, Source, Summary, Understanding,
    Unreadable,
};
use particulars::region::CityRegions;

use crate::brought;
use crate::intake::{self, BATCH_ROWS, Brought, Entering, Taken};
use crate::known;
use crate::odd::{self, Odd};
use crate::pieces;

/// What it takes to bring a list.
pub struct Bringing<'a> {
    /// Acting as whoever brings the list.
    pub db: &'a Db,
    pub keyring: &'a Keyring,
    pub city: &'a CityRegions,
    pub as_of: Date,
    /// What the columns mean.
    pub columns: Columns,
    /// The note of a file that was brought before; made when there is none.
    pub import: Option<Id<Brought>>,
    /// Nothing enters the registry.
    pub dry_run: bool,
    /// Told after each row how many have been gone through, and of how many, about.
    pub watch: Option<&'a dyn Fn(u64, u64)>,
}

/// Where the meaning of the columns comes from.
#[derive(Debug, Clone, Default)]
pub enum Columns {
    /// From what was remembered for files of this shape, else guessed.
    #[default]
    Remembered,
    /// From what a person says now.
    Told(Mapping),
    /// From a look before.
    Understood(Understanding),
}

/// What became of a list.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub summary: Summary,
    /// New records, held ones included.
    pub added: i64,
    /// Rows that had come in before.
    pub known: i64,
    /// Rows that were the same, cell by cell, as one that came in before or stands in the list already.
    pub again: i64,
    pub import: Option<Id<Brought>>,
    /// What was understood of it; nothing of a file that cannot be read.
    pub(crate) understanding: Option<Understanding>,
    /// The first rows that somebody should look at.
    pub(crate) odd: Vec<Odd>,
}

/// Hands a list in at the desk: kept, looked at in the background, and let in by nobody yet.
pub fn hand_in(bringing: &Bringing<'_>, files: &Files, name: &str, bytes: &[u8]) -> Result<()> {
    assert!(bringing.dry_run, "a list that is left at the desk is only looked at");
    let Bringing { db, keyring, city, .. } = bringing;
    // The store of files is asynchronous, and whoever leaves a list is a program on its own thread.
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(Error::broken)?;
    let file = runtime.block_on(pieces::keep(files, keyring, bytes))?;
    let (name, sha256) = (name.to_owned(), base::files::hash(bytes));
    let region = city.code().as_str().to_owned();
    let note = move |tx: &mut Tx<'_>| {
        let (name, sha256, file, region) = (&*name, &*sha256, &*file, &*region);
        brought::note(tx, &brought::Bringing { name, sha256, file, region, looked: None })
    };
    db.write("registry.list_left", note).wait().map(drop)
}

/// Brings a list and writes its report on `paper`. A file that cannot be read gives a report that
/// says why.
pub fn bring(
    bringing: &Bringing<'_>,
    name: &str,
    bytes: Vec<u8>,
    mut paper: Paper<'_>,
) -> Result<Outcome> {
    let sha256 = base::files::hash(&bytes);
    let (source, understanding) = match opened(bringing, name, bytes)? {
        Ok(opened) => opened,
        Err(why) => return unreadable(bringing, name, sha256, &why, paper),
    };
    paper
        .begin(&ReportHead::new(&source, &understanding, bringing.dry_run))
        .map_err(Error::broken)?;
    let refused = understanding.refused_file.is_some();
    let import = match &bringing.import {
        _ if bringing.dry_run || refused => None,
        Some(noted) => Some(noted.clone()),
        None => Some(note(bringing, &source, &understanding)?),
    };
    let known = if refused {
        lists::KnownBusinesses::default()
    } else {
        known::all(bringing.db, bringing.keyring)?
    };
    let total = std::cell::Cell::new(0);
    let begins = |rows| total.set(rows);
    let options = Options {
        city: bringing.city,
        as_of: bringing.as_of,
        mapping: None,
        known: &known,
        begins: Some(&begins),
        message: None,
    };
    let mut entrance = Entrance::new(bringing, import, paper);
    let read = lists::each_row(&source, &understanding, &options, &mut |row| {
        entrance.row(row, total.get());
    });
    match read {
        Ok(summary) => entrance.conclude(summary, understanding),
        // A list that is too long is refused before its first row; nothing has entered.
        Err(why) if entrance.rows == 0 => entrance.conclude(refusal(&why), understanding),
        Err(why) => Err(Error::broken(why.code())),
    }
}

/// The file as cells and what its columns mean.
fn opened(
    bringing: &Bringing<'_>,
    name: &str,
    bytes: Vec<u8>,
) -> Result<Result<(Source, Understanding), Unreadable>> {
    let source = match Source::open(name, bytes) {
        Ok(source) => source,
        Err(why) => return Ok(Err(why)),
    };
    let city = bringing.city;
    let understanding = match &bringing.columns {
        Columns::Understood(understanding) => Ok(understanding.clone()),
        Columns::Told(mapping) => lists::understand(&source, city, Some(mapping)),
        Columns::Remembered => lists::recall(&source, city, |shape| {
            let shape = shape.clone();
            bringing.db.read(move |read| intake::remembered(read, &shape)).wait()
        })?,
    };
    Ok(understanding.map(|understanding| (source, understanding)))
}

fn refusal(why: &Unreadable) -> Summary {
    Summary { refused_file: Some(why.code().to_owned()), ..Summary::default() }
}

fn unreadable(
    bringing: &Bringing<'_>,
    name: &str,
    sha256: String,
    why: &Unreadable,
    mut paper: Paper<'_>,
) -> Result<Outcome> {
    let summary = refusal(why);
    let head = ReportHead {
        file: name.to_owned(),
        sha256,
        dry_run: bringing.dry_run,
        mapping: std::collections::BTreeMap::new(),
    };
    paper.begin(&head).and_then(|()| paper.end(&summary)).map_err(Error::broken)?;
    Ok(Outcome { summary, ..Outcome::default() })
}

fn note(
    bringing: &Bringing<'_>,
    source: &Source,
    understanding: &Understanding,
) -> Result<Id<Brought>> {
    let mapping = serde_json::to_string(understanding).map_err(Error::broken)?;
    let (file, sha256) = (source.name().to_owned(), source.sha256().to_owned());
    let note = move |tx: &mut base::Tx<'_>| intake::bring(tx, &file, &sha256, &mapping);
    Ok(bringing.db.write("registry.bring", note).wait()?.id)
}

/// Rows on their way in. While one batch is written the next one is read.
struct Entrance<'a, 'p> {
    bringing: &'a Bringing<'a>,
    import: Option<Id<Brought>>,
    waiting: Vec<Entering>,
    /// Rows that repeat a later one, as forms that were sent again do: they enter after it.
    last: Vec<Entering>,
    under_way: Option<db::Reply<Taken, Error>>,
    outcome: Outcome,
    rows: u64,
    paper: Paper<'p>,
    failed: Option<Error>,
}

impl<'a, 'p> Entrance<'a, 'p> {
    fn new(bringing: &'a Bringing<'a>, import: Option<Id<Brought>>, paper: Paper<'p>) -> Self {
        let outcome = Outcome { import: import.clone(), ..Outcome::default() };
        Entrance {
            bringing,
            import,
            waiting: Vec::new(),
            last: Vec::new(),
            under_way: None,
            outcome,
            rows: 0,
            paper,
            failed: None,
        }
    }

    fn row(&mut self, row: ImportedRow, total: u64) {
        self.rows += 1;
        if self.failed.is_none()
            && let Err(error) = self.take(row)
        {
            self.failed = Some(error);
        }
        if let Some(watch) = self.bringing.watch {
            watch(self.rows, total.max(self.rows));
        }
    }

    fn take(&mut self, row: ImportedRow) -> Result<()> {
        self.paper.row(&row).map_err(Error::broken)?;
        let same = |problem: &lists::Problem| problem.code == lists::Code::SameRow;
        if row.fate == lists::Fate::Duplicate && row.problems.iter().any(same) {
            self.outcome.again += 1;
        }
        if self.outcome.odd.len() < odd::KEPT_MAX {
            self.outcome.odd.extend(Odd::of(&row));
        }
        if self.import.is_none() {
            return Ok(());
        }
        let later =
            matches!(row.duplicate_of, Some(DuplicateOf::Line { line, .. }) if line > row.line);
        let entering = Entering::prepare(row, self.bringing.keyring)?;
        if later {
            self.last.extend(entering);
        } else {
            self.waiting.extend(entering);
        }
        if self.waiting.len() >= BATCH_ROWS { self.enter() } else { Ok(()) }
    }

    /// Sends a batch in, once the one before is written: a row may repeat one of that.
    fn enter(&mut self) -> Result<()> {
        self.settle()?;
        let (Some(import), false) = (self.import.clone(), self.waiting.is_empty()) else {
            return Ok(());
        };
        let rows = std::mem::replace(&mut self.waiting, Vec::with_capacity(BATCH_ROWS));
        let region = self.bringing.city.code().as_str().to_owned();
        let take = move |tx: &mut base::Tx<'_>| intake::take_in(tx, &region, &import, &rows);
        self.under_way = Some(self.bringing.db.write("registry.take_in", take));
        Ok(())
    }

    fn settle(&mut self) -> Result<()> {
        if let Some(batch) = self.under_way.take() {
            let taken = batch.wait()?;
            self.outcome.added += taken.added;
            self.outcome.known += taken.known;
        }
        Ok(())
    }

    fn conclude(mut self, summary: Summary, understanding: Understanding) -> Result<Outcome> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.enter()?;
        while !self.last.is_empty() {
            let batch = self.last.len().min(BATCH_ROWS);
            self.waiting.extend(self.last.drain(..batch));
            self.enter()?;
        }
        self.settle()?;
        self.paper.end(&summary).map_err(Error::broken)?;
        if let Some(import) = self.import {
            let text = serde_json::to_string(&summary).map_err(Error::broken)?;
            let conclude = move |tx: &mut base::Tx<'_>| intake::conclude(tx, &import, &text);
            self.bringing.db.write("registry.conclude", conclude).wait()?;
        }
        Ok(Outcome { summary, understanding: Some(understanding), ..self.outcome })
    }
}
