//! What people see who cannot take a step: in the place of its form why not now and whose turn it is;
//! after they sent it the page of the order, which says what was recorded instead.

use ::web::{Answer, Ctx, filters};
use askama::Template;
use base::Error;
use schemars::JsonSchema;
use serde::Serialize;

use crate::order::{Order, OrderId};
use crate::refusal::Refusal;

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

/// A step that was refused. People are led to the page of the order, so that a reload sends nothing
/// again; programs get the refusal.
pub(super) fn not_taken(ctx: &Ctx, id: &OrderId, error: Error) -> Answer {
    let code = match error {
        Error::Refused(code) if ctx.wants_page() => Refusal::of_step(code),
        _ => None,
    };
    match code {
        Some(code) => Ok(ctx.done(format!("/procurement/orders/{id}?refused={code}"), ())),
        None => Err(error.into()),
    }
}
