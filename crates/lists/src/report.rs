//! The report of an import, a contract that scripts rely on: as JSON, whole or row by row, and as
//! a workbook for people, which is drawn from the same rows.

mod paper;
mod sheet;
mod writer;

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::business::{Fate, ImportedRow};
use super::problem::text_of;
use super::rows::{Options, each_row};
use super::source::Source;
use super::understanding::{Understanding, understand};

pub use paper::{Form, Paper, workbook};
pub use sheet::{SheetTexts, Telling};

/// What a report says about the file as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportHead {
    /// The file's name.
    pub file: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Column title to field; a column that is not used maps to nothing.
    pub mapping: BTreeMap<String, Option<&'static str>>,
}

/// How many rows met which fate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// All rows below the header that hold anything.
    pub rows: u64,
    /// Entered the registry, unverified.
    pub accepted: u64,
    /// Entered with a problem in front of an officer.
    pub review: u64,
    /// Held back as the same business.
    pub duplicate: u64,
    /// Could not enter.
    pub refused: u64,
    /// Headings, subtotals, signatures, notes.
    pub not_a_business: u64,
    /// Why the whole file was refused, as a stable code.
    pub refused_file: Option<String>,
}

/// A whole report in memory. For very long lists write rows as they come, with [`Paper`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The file.
    #[serde(flatten)]
    pub head: ReportHead,
    /// The counts.
    pub summary: Summary,
    /// Every row.
    pub rows: Vec<ImportedRow>,
}

impl Summary {
    /// Counts one more row.
    pub fn count(&mut self, fate: Fate) {
        self.rows += 1;
        match fate {
            Fate::Accepted => self.accepted += 1,
            Fate::Review => self.review += 1,
            Fate::Duplicate => self.duplicate += 1,
            Fate::Refused => self.refused += 1,
            Fate::NotABusiness => self.not_a_business += 1,
        }
    }
}

impl ReportHead {
    /// The head for a file that was understood.
    pub fn new(source: &Source, understanding: &Understanding, dry_run: bool) -> ReportHead {
        ReportHead {
            file: source.name().to_owned(),
            sha256: source.sha256().to_owned(),
            dry_run,
            mapping: understanding.shown(),
        }
    }
}

/// Reads a file and reports every row. A file that cannot be read gives a report that says why.
pub fn report(name: &str, bytes: Vec<u8>, options: &Options<'_>, dry_run: bool) -> Report {
    let sha256 = hex(&bytes);
    let mut rows = Vec::new();
    let read = Source::open(name, bytes).and_then(|source| {
        let understanding = understand(&source, options.city, options.mapping)?;
        let summary = each_row(&source, &understanding, options, &mut |row| rows.push(row))?;
        Ok((ReportHead::new(&source, &understanding, dry_run), summary))
    });
    match read {
        Ok((head, summary)) => Report { head, summary, rows },
        Err(unreadable) => Report {
            head: ReportHead { file: name.to_owned(), sha256, dry_run, mapping: BTreeMap::new() },
            summary: Summary {
                refused_file: Some(unreadable.code().to_owned()),
                ..Summary::default()
            },
            rows: Vec::new(),
        },
    }
}

impl Report {
    /// Why the file was refused, in Bahasa Indonesia.
    pub fn refusal(&self) -> Option<&'static str> {
        let code = self.summary.refused_file.as_ref()?;
        Some(text_of(&format!("lists-file-{code}")))
    }

    /// The report as a workbook. Cells that begin like a formula stay text.
    pub fn xlsx(&self, texts: &SheetTexts) -> Result<Vec<u8>, String> {
        let mut book = Vec::new();
        let mut written = || -> io::Result<()> {
            let mut paper = Paper::new(Form::Workbook(texts), &mut book);
            paper.begin(&self.head)?;
            for row in &self.rows {
                paper.row(row)?;
            }
            paper.end(&self.summary)
        };
        written().map_err(|error| error.to_string())?;
        Ok(book)
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
