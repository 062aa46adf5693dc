//! The report of an import, a contract that scripts rely on.

use std::collections::BTreeMap;

use serde::Serialize;

use super::business::{Fate, ImportedRow};

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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
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
    pub refused_file: Option<&'static str>,
}

/// A whole report in memory. For very long lists write rows as they come, with `ReportWriter`.
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
