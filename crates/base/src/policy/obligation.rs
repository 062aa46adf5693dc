//! Whether and what the agencies must buy from the city's businesses.
//!
//! In speech agencies "must"; on paper a circular may only ask for priority. So the obligation is
//! data with its own wording, and compliance is measured either way.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PolicyBody;
use super::shape::{Field, Holds, Rows, Shape};
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

const REASON_CHARS_MAX: usize = 300;
/// The kinds of goods and services the city sorts businesses and goods by, and a paper may name.
pub const CATEGORIES: [&str; 8] =
    ["makanan", "minuman", "busana", "kriya", "jasa", "pertanian", "rumah", "galeri"];
const EXEMPTIONS: Rows = Rows {
    fields: &[
        Field::new("code", Holds::Code { from: "reason" }),
        Field::new("reason", Holds::Text { chars_max: REASON_CHARS_MAX }),
    ],
    key: &["code"],
    min: 0,
    max: 30,
};

impl PolicyBody for LocalPurchaseObligation {
    const KIND: &'static str = "base.local_purchase_obligation";
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("wording", Holds::OneOf(&["must", "priority"])),
        Field::new("agencies", Holds::Agencies),
        Field::new("categories", Holds::AnyOf(&CATEGORIES)),
        Field::new("up_to", Holds::Amount { open: true }),
        Field::new("exemptions", Holds::Rows(EXEMPTIONS)),
    ]);

    fn problems(&self) -> Vec<Problem> {
        let twice = |(i, one): &(usize, &Exemption)| {
            self.exemptions[..*i].iter().any(|earlier| earlier.code == one.code)
        };
        let found = self.exemptions.iter().enumerate().filter(twice);
        found
            .map(|(i, one)| {
                Problem::with(format!("exemptions/{i}/reason"), "policy-code-twice", &one.reason)
            })
            .collect()
    }
}
