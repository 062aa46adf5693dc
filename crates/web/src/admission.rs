//! Who stands at the door: a visitor, a person with a session, or a program with a token. Also the
//! defence against forms sent from other sites.

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use base::account::{Organisation, SessionView, api_token, membership, session};
use base::message::{self, Reader};
use base::{Actor, Error, Read, Result, Role, keyring};

use crate::app::App;
use crate::layout::Theme;
use crate::routes::Access;

/// The name of the session's cookie; `__Host-` in front of it when the city is reached over TLS, and
/// the city behind it in a demo, whose cities share a host.
pub const SESSION_COOKIE: &str = "session";

/// Who asks, and how they like to read.
#[derive(Debug, Clone)]
pub struct Guest {
    pub actor: Actor,
    /// `id` or `en`.
    pub language: &'static str,
    pub(crate) theme: Theme,
    /// Set for people who are signed in.
    pub session: Option<Standing>,
}

/// What a signed-in person's pages need besides the session itself.
#[derive(Debug, Clone)]
pub struct Standing {
    pub view: SessionView,
    /// Every organisation they may act for, with their roles there.
    pub places: Vec<(Organisation, Vec<Role>)>,
    /// Unread messages.
    pub unread: i64,
}

impl Standing {
    /// The role they mainly act in: the first they hold where they are now.
    pub fn role(&self) -> Option<Role> {
        self.view.roles.first().copied()
    }
}

impl Guest {
    /// Whether this access admits them.
    pub(crate) fn check(&self, access: Access) -> Result<()> {
        let visitor = self.actor == Actor::visitor();
        match access {
            Access::Anyone | Access::Signed => Ok(()),
            _ if visitor => Err(Error::Unauthenticated),
            Access::Person => Ok(()),
            Access::May(permission) if self.actor.may(permission.0) => Ok(()),
            Access::May(_) => Err(Error::Forbidden),
        }
    }
}

/// Whoever asks without session or token.
pub(crate) fn visitor(parts: &Parts) -> Guest {
    Guest {
        actor: Actor::visitor(),
        language: language(parts),
        theme: Theme::of(&cookie(parts, "theme").unwrap_or_default()),
        session: None,
    }
}

/// Reads session or token. A stale cookie makes a visitor; a wrong token is refused.
pub(crate) async fn admit(app: &App, parts: &Parts) -> Result<Guest> {
    let visitor = visitor(parts);
    if let Some(token) = bearer(&parts.headers) {
        let hash = keyring::hash_token(token);
        let view = app.0.db.read(move |read| api_token::admit(read, &hash)).await?;
        let view = view.ok_or(Error::Unauthenticated)?;
        if view.touch_due {
            let id = view.token.clone();
            app.0.db.write("account.touch_token", move |tx| api_token::touch(tx, &id)).await?;
        }
        return Ok(Guest { actor: view.actor(&app.0.grants), ..visitor });
    }
    let Some(token) = cookie(parts, &session_cookie(app)) else { return Ok(visitor) };
    if parts.method != Method::GET && parts.method != Method::HEAD {
        same_origin(&parts.headers)?;
    }
    let hash = keyring::hash_token(&token);
    let Some(standing) = app.0.db.read(move |read| standing(read, &hash)).await? else {
        return Ok(visitor);
    };
    if standing.view.touch_due {
        let id = standing.view.session.clone();
        app.0.db.write("account.touch", move |tx| session::touch(tx, &id)).await?;
    }
    let actor = standing.view.actor(&app.0.grants);
    let language = if standing.view.language == "en" { "en" } else { "id" };
    let theme = Theme::of(&standing.view.theme);
    Ok(Guest { actor, language, theme, session: Some(standing) })
}

fn standing(read: &mut Read<'_>, token_hash: &str) -> Result<Option<Standing>> {
    let Some(view) = session::admit(read, token_hash)? else { return Ok(None) };
    let places = membership::places(read, &view.person)?;
    let organisation = view.organisation.as_ref().map(|it| it.id.as_str());
    let reader = Reader::new(view.person.as_str(), organisation, &view.roles);
    let unread = message::unread(read, &reader)?;
    Ok(Some(Standing { view, places, unread }))
}

/// The cookie's full name in this city.
pub(crate) fn session_cookie(app: &App) -> String {
    let city = &app.0.city;
    match (city.base_url.starts_with("https://"), city.demo) {
        (true, _) => format!("__Host-{SESSION_COOKIE}"),
        (false, true) => format!("{SESSION_COOKIE}-{}", city.slug),
        (false, false) => SESSION_COOKIE.to_owned(),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// One cookie of the request.
pub(crate) fn cookie(parts: &Parts, name: &str) -> Option<String> {
    named(&cookies(parts), name).map(str::to_owned)
}

/// Every cookie of the request.
pub(crate) fn cookies(parts: &Parts) -> String {
    let all = parts.headers.get_all(header::COOKIE);
    all.iter().filter_map(|v| v.to_str().ok()).collect::<Vec<_>>().join(";")
}

/// The one of this name.
pub(crate) fn named<'c>(cookies: &'c str, name: &str) -> Option<&'c str> {
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Bahasa Indonesia unless English was chosen, or is what the browser asks for first.
fn language(parts: &Parts) -> &'static str {
    let chosen = cookie(parts, "language");
    let header = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    match chosen.as_deref().or(header) {
        Some(wanted) if wanted.starts_with("en") => "en",
        _ => "id",
    }
}

/// A change with a session must come from our own pages (browsers say so in `Sec-Fetch-Site`, older ones in
/// `Origin`; cookies are `SameSite=Lax` besides).
pub(crate) fn same_origin(headers: &HeaderMap) -> Result<()> {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let ours = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text("host")
        }
        (None, None) => true,
    };
    if ours { Ok(()) } else { Err(Error::Refused("cross-site")) }
}
