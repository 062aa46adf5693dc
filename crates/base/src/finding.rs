//! What an examination of the city found wrong, and where.

use serde::Serialize;

/// One thing that does not hold. `gerai verify` prints them and ends with 1 if there is any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Finding {
    /// The area or room that looked: `ledger`, `seal`.
    pub area: &'static str,
    /// What is wrong, in a sentence for the operator.
    pub what: String,
    /// The row, file or stretch it was found in.
    #[serde(rename = "where")]
    pub where_: String,
}

impl Finding {
    /// A finding of `area`.
    pub fn new(area: &'static str, what: impl Into<String>, where_: impl Into<String>) -> Finding {
        Finding { area, what: what.into(), where_: where_.into() }
    }
}
