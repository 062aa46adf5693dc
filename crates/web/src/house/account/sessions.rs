//! Where one is signed in, and out of it again.

use askama::Template;
use base::account::SessionId;
use base::account::session::{self, Listed};
use schemars::JsonSchema;
use serde::Serialize;

use super::{person_id, session};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::Path;

/// Where one is signed in.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/sessions.html")]
pub(crate) struct SessionsPage {
    here: Vec<Listed>,
    others: Vec<Listed>,
}

pub(crate) async fn show(ctx: Ctx) -> Answer {
    let (id, current) = (person_id(&ctx)?, session(&ctx)?.session.clone());
    let all = ctx.read(move |read| session::of_person(read, &id)).await?;
    let (here, others) = all.into_iter().partition(|session| session.id == current);
    ctx.page(SessionsPage { here, others })
}

pub(crate) async fn end(ctx: Ctx, Path(id): Path<SessionId>) -> Answer {
    let person = person_id(&ctx)?;
    ctx.write("account.end_session", move |tx| session::end_one(tx, &person, &id)).await?;
    Ok(ctx.done_saying("/account/sessions", "account-session-ended", ()))
}

pub(crate) async fn end_others(ctx: Ctx) -> Answer {
    let (person, keep) = (person_id(&ctx)?, session(&ctx)?.session.clone());
    let end = move |tx: &mut base::Tx<'_>| session::sign_out_elsewhere(tx, &person, &keep);
    ctx.write("account.end_other_sessions", end).await?;
    Ok(ctx.done_saying("/account/sessions", "account-sessions-ended", ()))
}
