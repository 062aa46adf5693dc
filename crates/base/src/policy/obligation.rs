//! Whether and what the agencies must buy from the city's businesses.
//!
//! In speech agencies "must"; on paper a circular may only ask for priority. So the obligation is
//! data with its own wording, and compliance is measured either way.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PolicyBody;
use crate::{Problem, Rupiah};

/// How strongly the paper puts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// Agencies must buy through the shop unless a reason for exemption holds.
    Must,
    /// Agencies are asked to look here first.
    Priority,
}

/// A reason that lets an agency buy elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Stable: `not_offered`.
    pub code: String,
    /// As the paper or the city words it.
    pub reason: String,
}

/// The obligation to buy from the city's businesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalPurchaseObligation {
    /// Must, or priority.
    pub wording: Wording,
    /// Codes of the agencies it binds; empty: all of them.
    pub agencies: Vec<String>,
    /// Codes of the categories of goods it covers; empty: all of them.
    pub categories: Vec<String>,
    /// It binds purchases up to and including this value; none: any value.
    pub up_to: Option<Rupiah>,
    /// When an agency may buy elsewhere.
    pub exemptions: Vec<Exemption>,
}

impl LocalPurchaseObligation {
    /// Whether a purchase is covered.
    pub fn covers(&self, agency: &str, category: &str, value: Rupiah) -> bool {
        let among = |list: &[String], code: &str| list.is_empty() || list.iter().any(|c| c == code);
        among(&self.agencies, agency)
            && among(&self.categories, category)
            && self.up_to.is_none_or(|top| value <= top)
    }

    /// The reason with this code.
    pub fn exemption(&self, code: &str) -> Option<&Exemption> {
        self.exemptions.iter().find(|exemption| exemption.code == code)
    }
}

const CODE_CHARS_MAX: usize = 60;
const REASON_CHARS_MAX: usize = 300;

impl PolicyBody for LocalPurchaseObligation {
    const KIND: &'static str = "base.local_purchase_obligation";

    fn problems(&self) -> Vec<Problem> {
        let plain = |code: &str| {
            !code.is_empty()
                && code.len() <= CODE_CHARS_MAX
                && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
        };
        let mut problems = Vec::new();
        let codes = self.agencies.iter().map(|code| ("agencies", code));
        let codes = codes.chain(self.categories.iter().map(|code| ("categories", code)));
        let codes = codes.chain(self.exemptions.iter().map(|e| ("exemptions", &e.code)));
        for (field, code) in codes.filter(|(_, code)| !plain(code)) {
            problems.push(Problem::with(field, "policy-code-not-plain", code));
        }
        for (i, exemption) in self.exemptions.iter().enumerate() {
            if self.exemptions[..i].iter().any(|earlier| earlier.code == exemption.code) {
                problems.push(Problem::with("exemptions", "policy-code-twice", &exemption.code));
            }
            let length = exemption.reason.trim().chars().count();
            if length == 0 || length > REASON_CHARS_MAX {
                problems.push(Problem::with(
                    "exemptions",
                    "policy-reason-missing",
                    REASON_CHARS_MAX,
                ));
            }
        }
        problems
    }
}
