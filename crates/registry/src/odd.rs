//! Rows of a list that somebody should look at, as they are kept beside the list.

use lists::{DuplicateOf, Fate, ImportedRow};
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
    /// What it repeats.
    pub(crate) repeats: Option<Repeated>,
    pub(crate) problems: Vec<OddProblem>,
}

/// What a row repeats: a business by its number, or another row.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Repeated {
    pub(crate) number: Option<String>,
    pub(crate) sheet: Option<String>,
    pub(crate) line: Option<u32>,
}

/// What is odd, drawn in the language of whoever reads it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct OddProblem {
    /// The column it stands in, where the words do not say which: amounts and days.
    #[serde(default)]
    pub(crate) column: String,
    /// The stable code; the end of its text key.
    pub(crate) code: String,
    pub(crate) read: String,
    /// What it was taken for.
    pub(crate) hint: String,
    /// The same for readers of English.
    pub(crate) hint_en: String,
}

impl Repeated {
    fn of(same: &DuplicateOf) -> Repeated {
        match same {
            DuplicateOf::Number { number } => {
                Repeated { number: Some(number.clone()), ..Repeated::default() }
            }
            DuplicateOf::Line { sheet, line } => {
                Repeated { sheet: sheet.clone(), line: Some(*line), ..Repeated::default() }
            }
        }
    }
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
        let problem = |problem: &lists::Problem| {
            let problem = problem.veiled();
            let code = problem.code.as_str();
            let unnamed = code.starts_with("money-") || code.starts_with("date-");
            OddProblem {
                column: problem.column.clone().filter(|_| unnamed).unwrap_or_default(),
                code: problem.code.as_str().to_owned(),
                hint_en: problem.english_hint(),
                read: problem.read,
                hint: problem.hint,
            }
        };
        Some(Odd {
            sheet: row.sheet.clone(),
            line: row.line,
            fate: fate.to_owned(),
            name: row.business.as_ref().map(|business| business.name.clone()).unwrap_or_default(),
            repeats: row.duplicate_of.as_ref().map(Repeated::of),
            problems: row.problems.iter().map(problem).collect(),
        })
    }
}
