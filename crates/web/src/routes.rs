//! The route table: method, path, handler, access, and what it takes and gives. From the same
//! rows come the pages, the API and its OpenAPI description.

use axum::handler::Handler;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use axum::{Extension, Router, extract::DefaultBodyLimit};
use base::Permission;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::app::App;

/// Who may use a route. Ownership (whose order, whose agency) is decided by the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The public.
    Anyone,
    /// Another house's program that signs what it sends: the route looks at that itself, and neither session
    /// nor token of this city counts there.
    Signed,
    /// Whoever is signed in.
    Person,
    /// Whoever holds this permission.
    May(Permission),
}

/// For whom a route is mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// People at `path`, programs at `/api/v1/path`.
    Both,
    /// Only people: sign-in, switches, downloads of pages.
    People,
    /// Only at the path itself, and not a page: files, feeds, open data.
    Raw,
}

/// What the table knows of one route.
#[derive(Debug, Clone, Copy)]
pub struct RouteInfo {
    pub method: &'static str,
    pub path: &'static str,
    pub access: Access,
    pub audience: Audience,
    pub takes: Option<fn(&mut SchemaGenerator) -> Schema>,
    pub gives: Option<fn(&mut SchemaGenerator) -> Schema>,
    /// Fields of the form that it is always refused without.
    pub needs: &'static [&'static str],
    /// Fields of the form that may come as numbers.
    pub counts: &'static [&'static str],
    /// Parts of the form that are files.
    pub files: &'static [&'static str],
    /// Names of query parameters.
    pub asks: &'static [&'static str],
    /// Whether it changes something only in the version that was read.
    pub versioned: bool,
    /// Whether there may be nothing to give although the path names nothing.
    pub gone: bool,
    body_bytes_max: usize,
}

impl RouteInfo {
    /// Whether files may be sent to it.
    pub(crate) fn takes_files(&self) -> bool {
        self.body_bytes_max > BODY_BYTES_MAX
    }
}

/// Forms are small; uploads say how much they take.
const BODY_BYTES_MAX: usize = 256 * 1024;

/// The table of one area. There is no way to leave the access out.
#[derive(Default)]
pub struct Routes(Vec<(RouteInfo, MethodRouter<App>)>);

impl Routes {
    /// A route that looks.
    #[must_use]
    pub fn get<H: Handler<T, App>, T: 'static>(self, path: &'static str, h: H, a: Access) -> Self {
        self.add("GET", path, get(h), a)
    }

    /// A route that changes.
    #[must_use]
    pub fn post<H: Handler<T, App>, T: 'static>(self, path: &'static str, h: H, a: Access) -> Self {
        self.add("POST", path, post(h), a)
    }

    fn add(
        mut self,
        method: &'static str,
        path: &'static str,
        h: MethodRouter<App>,
        access: Access,
    ) -> Self {
        let info = RouteInfo {
            method,
            path,
            access,
            audience: Audience::Both,
            takes: None,
            gives: None,
            needs: &[],
            counts: &[],
            files: &[],
            asks: &[],
            versioned: false,
            gone: false,
            body_bytes_max: BODY_BYTES_MAX,
        };
        self.0.push((info, h));
        self
    }

    fn last(&mut self) -> &mut RouteInfo {
        &mut self.0.last_mut().expect("a modifier follows a route").0
    }

    /// The last route takes this form.
    #[must_use]
    pub fn takes<T: JsonSchema>(mut self) -> Self {
        self.last().takes = Some(SchemaGenerator::subschema_for::<T>);
        self
    }

    /// The last route always refuses a form without these fields.
    #[must_use]
    pub fn needs(mut self, names: &'static [&'static str]) -> Self {
        self.last().needs = names;
        self
    }

    /// These fields of the last route's form are counts or amounts: programs may send them as numbers.
    #[must_use]
    pub fn counts(mut self, names: &'static [&'static str]) -> Self {
        self.last().counts = names;
        self
    }

    /// The last route gives this.
    #[must_use]
    pub fn gives<T: JsonSchema>(mut self) -> Self {
        self.last().gives = Some(SchemaGenerator::subschema_for::<T>);
        self
    }

    /// The last route reads these query parameters.
    #[must_use]
    pub fn asks(mut self, names: &'static [&'static str]) -> Self {
        self.last().asks = names;
        self
    }

    /// The last route changes something in the version that was read: it takes `If-Match`, or the
    /// form's `version` (`Ctx::version`), and answers 412 when there is a newer one.
    #[must_use]
    pub fn versioned(mut self) -> Self {
        self.last().versioned = true;
        self
    }

    /// The last route may find nothing, whatever its path says: 404.
    #[must_use]
    pub fn may_be_gone(mut self) -> Self {
        self.last().gone = true;
        self
    }

    /// The last route is only for people.
    #[must_use]
    pub fn people_only(mut self) -> Self {
        self.last().audience = Audience::People;
        self
    }

    /// The last route serves a file or feed at its own path.
    #[must_use]
    pub fn raw(mut self) -> Self {
        self.last().audience = Audience::Raw;
        self
    }

    /// The last route takes an upload of at most this many bytes.
    #[must_use]
    pub fn uploads(mut self, bytes_max: usize) -> Self {
        self.last().body_bytes_max = bytes_max;
        self
    }

    /// These parts of the last route's form are files.
    #[must_use]
    pub fn files(mut self, names: &'static [&'static str]) -> Self {
        self.last().files = names;
        self
    }

    /// The rows, for the API description and for the tests that walk the whole table.
    pub fn infos(&self) -> impl Iterator<Item = RouteInfo> + '_ {
        self.0.iter().map(|(info, _)| *info)
    }

    /// Mounts every route: for people, and under `/api/v1` for programs.
    pub(crate) fn router(self) -> Router<App> {
        self.0.into_iter().fold(Router::new(), |router, (info, handler)| {
            let limit = DefaultBodyLimit::max(info.body_bytes_max);
            let handler: MethodRouter<App> = handler.layer(Extension(info));
            let mut handler: MethodRouter<App> = handler.layer(limit);
            if info.audience == Audience::Raw {
                handler = handler.layer(map_response(from_raw));
            }
            let router = router.route(info.path, handler.clone());
            match info.audience {
                Audience::Both => router.route(&format!("/api/v1{}", info.path), handler),
                Audience::People | Audience::Raw => router,
            }
        })
    }
}

/// Says of an answer that it comes from a raw route, so that its errors are not always pages.
#[derive(Clone)]
pub(crate) struct RawRoute;

async fn from_raw(mut response: Response) -> Response {
    response.extensions_mut().insert(RawRoute);
    response
}
