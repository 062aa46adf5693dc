//! What people ask of the shelf, and what they are told.

use base::Rupiah;
use schemars::JsonSchema;
use serde::Serialize;

use super::index::Card;

/// What people ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Question {
    pub text: String,
    /// The words that say what is looked for, where others say only where and how cheap: asked for alone when
    /// nothing has all words. Empty where every word counts.
    pub thing: String,
    /// The district whose goods come first among those that match as well.
    pub near: Option<String>,
    /// Whether the cheapest come first then.
    pub cheap: bool,
    pub category: Option<String>,
    /// A district's code.
    pub district: Option<String>,
    /// The number of the business whose goods are wanted.
    pub maker: Option<String>,
    pub price_min: Option<Rupiah>,
    pub price_max: Option<Rupiah>,
    pub order: Order,
    /// How many results to pass over.
    pub skip: usize,
    /// How many to give.
    pub take: usize,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The best match first; the newest when nothing was typed.
    #[default]
    Best,
    /// The newest first.
    Newest,
    /// The cheapest first.
    Cheapest,
    /// The dearest first.
    Dearest,
}

/// What was found.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Found {
    pub goods: Vec<Card>,
    pub total: i64,
    /// How many there would be in every category and district.
    pub everywhere: i64,
    /// Category and how many there are in it, in the district that was chosen.
    pub categories: Vec<(String, i64)>,
    /// District code and how many there are, of the category that was chosen.
    pub districts: Vec<(String, i64)>,
    /// Set when nothing matched as typed and errors were forgiven.
    pub forgiven: bool,
}

/// Nobody pages further: they ask more closely.
pub const SKIP_MAX: usize = 2_400;
/// The most results of one answer.
pub(super) const TAKE_MAX: usize = 100;
