//! Rows of a list that somebody should look at, as they are kept beside the list.

use lists::{Fate, ImportedRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rows that are kept to be shown at once; the report has all of them.
pub(crate) const KEPT_MAX: usize = 60;

/// One row that needs a look.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Odd {
    /// Name of its sheet, in files that have sheets.
    pub(crate) sheet: Option<String>,
    pub(crate) line: u32,
    /// `review`, `duplicate` or `refused`.
    pub(crate) fate: String,
    pub(crate) name: String,
    /// What it repeats, as people read it.
    pub(crate) repeats: String,
    pub(crate) problems: Vec<String>,
}

impl Odd {
    /// The row, if somebody should look at it.
    pub(crate) fn of(row: &ImportedRow) -> Option<Odd> {
        let fate = match row.fate {
            Fate::Review => "review",
            Fate::Duplicate => "duplicate",
            Fate::Refused => "refused",
            Fate::Accepted | Fate::NotABusiness => return None,
        };
        let repeats = row.duplicate_of.as_ref().map(lists::DuplicateOf::shown);
        Some(Odd {
            sheet: row.sheet.clone(),
            line: row.line,
            fate: fate.to_owned(),
            name: row.business.as_ref().map(|business| business.name.clone()).unwrap_or_default(),
            repeats: repeats.unwrap_or_default(),
            problems: row.problems.iter().map(|problem| problem.veiled().message).collect(),
        })
    }
}
