//! The link for a new password, on its way from the desk to a person: made by a press, shown once
//! on a page of its own, so that a reload neither makes nor shows another. Between the two the link
//! travels in a cookie; the database only ever knows its hash.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use base::account::{PersonId, person, recovery};
use base::{Error, Result, keyring};
use schemars::JsonSchema;
use serde::Serialize;

use super::once_only;
use crate::admission;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{Answer, Failure};
use crate::filters;
use crate::input::Path;

const COOKIE: &str = "link";
/// The page is open within this, or a new link is needed.
const COOKIE_S: u32 = 60;

/// A link for a new password, shown once.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/link.html")]
pub(crate) struct LinkPage {
    id: String,
    name: String,
    /// Empty once it was shown.
    #[serde(skip)]
    link: String,
}

/// The link that was made a moment ago, if the browser brings it.
pub(crate) struct Carried(Option<String>);

impl FromRequestParts<App> for Carried {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        Ok(Carried(admission::cookie(parts, COOKIE).filter(|token| !token.is_empty())))
    }
}

pub(crate) async fn make(ctx: Ctx, Path(id): Path<PersonId>) -> Answer {
    let token = keyring::token();
    let (person, hash) = (id.clone(), keyring::hash_token(&token));
    let issue = move |tx: &mut base::Tx<'_>| recovery::issue_at_desk(tx, &person, &hash);
    once_only(&ctx, "account.issue_link", issue).await?;
    let at = format!("/people/{id}/password-link");
    let mut response = ctx.done(&at, ());
    carry(&ctx, &mut response, &at, &token, COOKIE_S);
    Ok(response)
}

pub(crate) async fn show(ctx: Ctx, Carried(token): Carried, Path(id): Path<PersonId>) -> Answer {
    let hash = token.as_deref().map(keyring::hash_token);
    let of = id.clone();
    let look = move |read: &mut base::Read<'_>| {
        let person = person::find(read, &of)?;
        let holder = hash.as_ref().map(|hash| recovery::holder(read, hash));
        let works = match holder {
            Some(Ok(holder)) => holder.id == person.id,
            None | Some(Err(Error::Refused(_))) => false,
            Some(Err(other)) => return Err(other),
        };
        Ok((person.name, works))
    };
    let (name, works) = ctx.read(look).await?;
    let link = token.filter(|_| works);
    let link = link.map(|token| format!("{}/sign-in/password/{token}", ctx.city().base_url));
    let at = format!("/people/{id}/password-link");
    let mut response =
        ctx.page(LinkPage { id: id.to_string(), name, link: link.unwrap_or_default() })?;
    carry(&ctx, &mut response, &at, "", 0);
    let never = "no-store".parse().expect("a plain word");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    Ok(response)
}

/// Puts the token into the browser's hand for this page alone, or takes it out again.
fn carry(ctx: &Ctx, response: &mut Response, at: &str, token: &str, age_s: u32) {
    let secure = if ctx.city().base_url.starts_with("https://") { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={token}; Path={at}; HttpOnly; SameSite=Lax; Max-Age={age_s}{secure}");
    let cookie = cookie.parse().expect("tokens and ids are plain words");
    response.headers_mut().append(header::SET_COOKIE, cookie);
}
