//! Where somebody lands after the door or on another chair: the page where the work of their seat
//! waits, unless they were on their way to a page.

use base::account::SessionView;

use super::{safe_next, session};
use crate::area::desk_of;
use crate::ctx::Ctx;
use crate::errors::Answer;

/// Nobody's page in particular.
const FRONT: &str = "/";

/// The way on for somebody who holds this session now.
pub(crate) fn onward(ctx: &Ctx, view: &SessionView, next: &str) -> String {
    match safe_next(next) {
        next if next == FRONT => desk_of(&ctx.app.0.desks, view),
        next => next,
    }
}

/// `/desk`: on to one's own.
pub(crate) async fn show(ctx: Ctx) -> Answer {
    let at = desk_of(&ctx.app.0.desks, session(&ctx)?);
    Ok(ctx.done(at, ()))
}
