//! Where somebody lands after the door or on another chair: the page where the work of their seat
//! waits, unless they were on their way to a page.

use base::account::SessionView;

use super::{safe_next, session};
use crate::area::Desk;
use crate::ctx::Ctx;
use crate::errors::Answer;

/// Nobody's page in particular.
const FRONT: &str = "/";

/// The way on for somebody who holds this session now.
pub(crate) fn onward(ctx: &Ctx, view: &SessionView, next: &str) -> String {
    match safe_next(next) {
        next if next == FRONT => address(&ctx.app.0.desks, view),
        next => next,
    }
}

/// The desk of the first role of this seat that has one; the city's front for everybody else.
fn address(desks: &[Desk], view: &SessionView) -> String {
    let reference = view.organisation.as_ref().and_then(|it| it.reference.as_deref());
    let of_role = |role| desks.iter().find(|desk| desk.role == role).map(|desk| desk.href);
    let filled = |href: &str| match reference {
        Some(reference) => Some(href.replace("{reference}", reference)),
        None => (!href.contains("{reference}")).then(|| href.to_owned()),
    };
    let mut hrefs = view.roles.iter().copied().filter_map(of_role);
    hrefs.find_map(filled).unwrap_or_else(|| FRONT.to_owned())
}

/// `/desk`: on to one's own.
pub(crate) async fn show(ctx: Ctx) -> Answer {
    let at = address(&ctx.app.0.desks, session(&ctx)?);
    Ok(ctx.done(at, ()))
}
