//! The page that comes in the place of a form when a step cannot be taken now: why, and whose turn it
//! is.

use ::web::filters;
use askama::Template;
use schemars::JsonSchema;
use serde::Serialize;

use crate::order::Order;

/// Why not now.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "not_yet.html")]
pub(super) struct NotYetPage {
    /// The key of the heading: the step one came for.
    pub(super) title: &'static str,
    /// The code of the refusal that the step would give.
    pub(super) why: &'static str,
    pub(super) order: Order,
}
