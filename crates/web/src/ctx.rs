//! What a handler knows of its request, and the ways to answer it. Our only extractor of who asks;
//! also where a route's access is enforced.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use base::files::Files;
use base::keyring::Keyring;
use base::{Actor, Error, Language, Problem, Read, Result, Tx, idempotency};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::admission::{self, Guest};
use crate::app::{App, City};
use crate::cursor;
use crate::draw;
use crate::errors::{Answer, Failure};
use crate::input::Sent;
use crate::routes::{Access, RouteInfo};
use crate::tag::{NO_VERSION, Seen, Version};
use crate::texts::Texts;

/// Who asks, in which language, and whether they read pages or data.
pub struct Ctx {
    pub(crate) app: App,
    pub(crate) guest: Guest,
    pub(crate) request: Asked,
}

/// What of the request the answer depends on.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) program: bool,
    /// Whether the request changes something.
    pub(crate) changes: bool,
    /// The key of this write, from the header or the form's address.
    pub(crate) key: Option<String>,
    /// What `If-Match` says was read.
    pub(crate) seen: Option<Seen>,
    /// What the body carried, known once it is read.
    pub(crate) sent: Sent,
    pub(crate) flash: Option<String>,
    /// Every cookie, as the browser sent them.
    cookies: String,
}

impl FromRequestParts<App> for Ctx {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let info = parts.extensions.get::<RouteInfo>();
        let info = *info.ok_or_else(|| Error::broken("a route outside the table"))?;
        let request = Asked::read(parts)?;
        refuse_nul(&parts.uri)?;
        parts.extensions.insert(request.sent.clone());
        let guest = match info.access {
            Access::Signed => admission::visitor(parts),
            _ => admission::admit(app, parts).await?,
        };
        guest.check(info.access)?;
        cursor::check(&info, parts.uri.query())?;
        if info.method != "GET" && !info.versioned && request.seen.is_some() {
            return Err(Error::invalid("If-Match", "if-match-not-here").into());
        }
        Ok(Ctx { app: app.clone(), guest, request })
    }
}

/// No address of ours holds U+0000, and PostgreSQL could not even look for it.
fn refuse_nul(uri: &Uri) -> Result<()> {
    if uri.path().contains("%00") {
        return Err(Error::NotFound);
    }
    match uri.query().is_some_and(|query| query.contains("%00")) {
        true => Err(Error::Invalid(vec![Problem::with("query", "form-unreadable", "\\0")])),
        false => Ok(()),
    }
}

impl Asked {
    pub(crate) fn read(parts: &Parts) -> Result<Asked> {
        let header = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok());
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let of_form = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "k");
        let key = header("idempotency-key").map(str::to_owned);
        let key = key.or_else(|| of_form.map(|(_, value)| value.into_owned()));
        let changes = parts.method != Method::GET && parts.method != Method::HEAD;
        let key = key.filter(|_| changes);
        if key.as_ref().is_some_and(|key| key.is_empty() || key.len() > idempotency::KEY_CHARS_MAX)
        {
            return Err(Error::invalid("Idempotency-Key", "idempotency-key-length"));
        }
        Ok(Asked {
            path: parts.uri.path().to_owned(),
            query,
            program: is_program(parts.uri.path()),
            changes,
            key,
            seen: header("if-match").and_then(Seen::read),
            sent: Sent::default(),
            flash: admission::cookie(parts, "flash"),
            cookies: admission::cookies(parts),
        })
    }
}

pub(crate) fn is_program(path: &str) -> bool {
    path.starts_with("/api/")
}

impl Ctx {
    /// Looks at one moment of the database.
    pub async fn read<T: Send + 'static>(
        &self,
        body: impl Fn(&mut Read<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.app.0.db.acting(self.guest.actor.clone()).read(body).await
    }

    /// Changes the city, once per key: a form sent twice or a program that tries again gets the
    /// first answer. Somebody who goes back, corrects the form and sends it again means the
    /// correction; a program that uses its key for something else is told so.
    pub async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        name: &'static str,
        body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        // Under the city's key, because a form may carry a personal number or a password.
        let sent = self.keyring().blind("web.sent", self.request.sent.digest());
        let key = self.request.key.as_ref().map(|key| match self.request.program {
            true => format!("{}/{key}", self.request.path),
            false => format!("{}/{key}/{sent}", self.request.path),
        });
        let db = self.app.0.db.acting(self.guest.actor.clone());
        db.write(name, move |tx| match &key {
            Some(key) => idempotency::once(tx, name, key, &sent, &body),
            None => body(tx),
        })
        .await
    }

    /// The page for people, its data for programs.
    pub fn page(&self, page: impl Template + Serialize) -> Answer {
        self.page_as(StatusCode::OK, page)
    }

    /// The page of something that is edited by version: its `ETag` may come back as `If-Match`.
    pub fn page_of(&self, version: i64, page: impl Template + Serialize) -> Answer {
        let mut response = self.page(page)?;
        response.extensions_mut().insert(Version(version));
        Ok(response)
    }

    /// The form again, with what is wrong with it (422).
    pub fn again(&self, page: impl Template + Serialize) -> Answer {
        self.page_as(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    fn page_as(&self, status: StatusCode, page: impl Template + Serialize) -> Answer {
        if self.request.program {
            let done = status == StatusCode::OK && self.request.changes;
            let status = if done { StatusCode::CREATED } else { status };
            return Ok((status, Json(page)).into_response());
        }
        let html = draw::page(&self.app, &self.guest, &self.request, &page)?;
        let kept = [(header::CACHE_CONTROL, "private, no-cache")];
        let mut response = (status, kept, Html(html)).into_response();
        if self.request.flash.is_some() {
            // What was said once is not said again.
            let gone =
                HeaderValue::from_static("flash=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
            response.headers_mut().append(header::SET_COOKIE, gone);
        }
        Ok(response)
    }

    /// After a change: people are sent to look, programs get the result (201).
    pub fn done(&self, at: impl Into<String>, result: impl Serialize) -> Response {
        let at = at.into();
        if self.request.program {
            let at = [(header::LOCATION, format!("/api/v1{at}"))];
            (StatusCode::CREATED, at, Json(result)).into_response()
        } else {
            (StatusCode::SEE_OTHER, [(header::LOCATION, at)]).into_response()
        }
    }

    /// Like `done`, and the next page says this text once.
    pub fn done_saying(
        &self,
        at: impl Into<String>,
        text_key: &'static str,
        result: impl Serialize,
    ) -> Response {
        let mut response = self.done(at, result);
        self.say_next(&mut response, text_key);
        response
    }

    /// The next page begins with this text.
    pub(crate) fn say_next(&self, response: &mut Response, text_key: &'static str) {
        if !self.request.program {
            let flash = format!("flash={text_key}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
            let flash = flash.parse().expect("text keys are plain words");
            response.headers_mut().append(header::SET_COOKIE, flash);
        }
    }

    /// What this browser keeps for us under a name; nothing is known of whoever wrote it.
    pub fn kept(&self, name: &str) -> Option<String> {
        admission::named(&self.request.cookies, name).map(str::to_owned)
    }

    /// Lets the browser keep a plain word, such as a cart, for so long; nothing is forgotten. Scripts
    /// cannot read it.
    pub fn keep(&self, response: &mut Response, name: &str, value: &str, seconds: i64) {
        let secure = if self.city().base_url.starts_with("https://") { "; Secure" } else { "" };
        let seconds = if value.is_empty() { 0 } else { seconds };
        let cookie =
            format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
        let cookie = cookie.parse().expect("what is kept is a plain word");
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }

    /// Whether a person reads the answer.
    pub fn wants_page(&self) -> bool {
        !self.request.program
    }

    /// The database as whoever asks writes to it, for work on a thread of its own.
    pub fn database(&self) -> base::Db {
        self.app.0.db.acting(self.guest.actor.clone())
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.guest.actor
    }

    /// Who asks, as the session knows them.
    pub fn guest(&self) -> &Guest {
        &self.guest
    }

    /// Whether a route with this access would admit them.
    pub fn admits(&self, access: Access) -> bool {
        self.guest.check(access).is_ok()
    }

    /// The version that was read before this change: from `If-Match`, or from the field `version`
    /// of the form. One that cannot be read is no version at all, so the change is refused as stale.
    pub fn version(&self, field: &str) -> i64 {
        match self.request.seen {
            Some(Seen(version)) => version,
            None => field.parse().unwrap_or(NO_VERSION),
        }
    }

    /// The city's own settings.
    pub fn city(&self) -> &City {
        &self.app.0.city
    }

    /// Photos and papers.
    pub fn files(&self) -> &Files {
        &self.app.0.files
    }

    /// Keys of personal numbers.
    pub fn keyring(&self) -> &Arc<Keyring> {
        &self.app.0.keyring
    }

    /// The language of whoever reads.
    pub fn language(&self) -> Language {
        Language::of(self.guest.language).unwrap_or_default()
    }

    /// The texts in the reader's language.
    pub fn texts(&self) -> Arc<Texts> {
        self.app.texts(self.guest.language)
    }

    /// Something the program handed over when it opened the city.
    pub fn resource<T: Any + Send + Sync>(&self) -> Arc<T> {
        self.app.resource()
    }
}

/// Values that templates reach through filters.
pub(crate) type Values = HashMap<&'static str, Box<dyn Any>>;
