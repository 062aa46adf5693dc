//! Errors ride in the response; one middleware draws them: a page for people, problem details
//! (RFC 9457) for programs.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use base::Error;
use serde::Serialize;

use crate::admission::{self, Guest};
use crate::app::App;
use crate::ctx::{Asked, is_program};
use crate::draw;
use crate::filters;
use crate::routes::RawRoute;
use crate::texts::Texts;
use crate::way_back;

/// Carries an error to the edge.
#[derive(Debug)]
pub struct Failure(pub Error);

#[derive(Clone)]
struct Carried(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure(error)
    }
}

/// What handlers answer.
pub type Answer = Result<Response, Failure>;

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status()).expect("errors have real statuses");
        let mut response = status.into_response();
        response.extensions_mut().insert(Carried(self.0));
        response
    }
}

/// What people see instead of the page they asked for.
#[derive(Template, Serialize)]
#[template(path = "problem.html")]
pub(crate) struct ProblemPage {
    pub(crate) code: String,
    pub(crate) status: u16,
    pub(crate) fields: BTreeMap<String, String>,
    /// Where they came from with a form that was refused; what they typed is still there.
    pub(crate) back: Option<String>,
}

const RETRY_AFTER_S: &str = "3";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Draws what went wrong, and gives every answer the id under which the log knows it.
pub(crate) async fn draw_errors(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let request_id = format!("{:016x}", app.0.db.chance().next());
    let asked = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let carried = response.extensions_mut().remove::<Carried>();
    let drawn = response.headers().contains_key(header::CONTENT_TYPE);
    let unrouted = carried.is_none() && !drawn && response.status() == StatusCode::NOT_FOUND;
    if carried.is_none() && response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response = other_method(&app, &asked, &response);
    }
    if let Some(error) = carried.map(|c| c.0).or(unrouted.then_some(Error::NotFound)) {
        if let Error::Broken(cause) = &error {
            tracing::error!(request_id, path = asked.uri.path(), cause, "request failed");
        }
        let raw = response.extensions().get::<RawRoute>().is_some();
        let program = is_program(asked.uri.path()) || (raw && !wants_page(&asked));
        response = answer(&app, &asked, &error, program).await;
    }
    let id = request_id.parse().expect("hex digits make a header");
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// Files and feeds are asked for by browsers too, which say that they like pages.
fn wants_page(parts: &Parts) -> bool {
    let accepts = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepts.is_some_and(|kinds| kinds.contains("text/html"))
}

async fn answer(app: &App, parts: &Parts, error: &Error, program: bool) -> Response {
    let status = StatusCode::from_u16(error.status()).expect("errors have real statuses");
    let guest = admission::admit(app, parts).await;
    let language = guest.as_ref().map_or("id", |guest| guest.language);
    let texts = app.texts(language);
    let mut response = if program {
        problem(error, status, &texts)
    } else if matches!(error, Error::Unauthenticated) {
        let (page, unsent) = match parts.method {
            Method::GET => {
                (parts.uri.path_and_query().map_or("/", |it| it.as_str()).to_owned(), "")
            }
            _ => (way_back::page_behind(app, parts), "&unsent=1"),
        };
        let next: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
        let door = format!("/sign-in?next={next}{unsent}");
        return (StatusCode::SEE_OTHER, [(header::LOCATION, door)]).into_response();
    } else if matches!(error, Error::Forbidden) && awaits_second_factor(guest.as_ref()) {
        let at = [(header::LOCATION, "/account/second-factor")];
        return (StatusCode::SEE_OTHER, at).into_response();
    } else {
        let page = ProblemPage {
            code: error.code().to_owned(),
            status: status.as_u16(),
            fields: fields(error, &texts),
            back: (parts.method != Method::GET).then(|| way_back::page_behind(app, parts)),
        };
        let drawn = guest.ok().zip(Asked::read(parts).ok());
        let drawn = drawn.and_then(|(guest, asked)| draw::page(app, &guest, &asked, &page).ok());
        let html =
            drawn.unwrap_or_else(|| format!("<!doctype html><h1>{}</h1>", texts.get(&page.code)));
        (status, Html(html)).into_response()
    };
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let after = RETRY_AFTER_S.parse().expect("a number makes a header");
        response.headers_mut().insert(header::RETRY_AFTER, after);
    }
    response
}

/// Somebody opens the address of a form that is only ever sent, from a tab that was kept or after
/// signing in again: they see the page above it. Programs are told what the address takes.
fn other_method(app: &App, parts: &Parts, refused: &Response) -> Response {
    let path = parts.uri.path();
    if parts.method == Method::GET && !is_program(path) {
        let above = way_back::nearest(app, path).unwrap_or("/").to_owned();
        return (StatusCode::SEE_OTHER, [(header::LOCATION, above)]).into_response();
    }
    let body = serde_json::json!({
        "type": "urn:gerai:problem:method-not-allowed",
        "title": app.texts("id").get("method-not-allowed"),
        "status": StatusCode::METHOD_NOT_ALLOWED.as_u16(),
        "code": "method-not-allowed",
    });
    let mut answer = (
        StatusCode::METHOD_NOT_ALLOWED,
        [(header::CONTENT_TYPE, "application/problem+json")],
        body.to_string(),
    )
        .into_response();
    if let Some(takes) = refused.headers().get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, takes.clone());
    }
    answer
}

/// An officer may not do anything yet, and is shown why.
fn awaits_second_factor(guest: Result<&Guest, &Error>) -> bool {
    let session = guest.ok().and_then(|guest| guest.session.as_ref());
    session.is_some_and(|standing| standing.view.staff_pending_totp)
}

fn fields(error: &Error, texts: &Texts) -> BTreeMap<String, String> {
    let Error::Invalid(problems) = error else { return BTreeMap::new() };
    problems.iter().map(|p| (p.field.clone(), texts.fill(p.code, &[&p.detail]))).collect()
}

fn problem(error: &Error, status: StatusCode, texts: &Texts) -> Response {
    let codes: BTreeMap<_, _> = match error {
        Error::Invalid(problems) => problems.iter().map(|p| (p.field.as_str(), p.code)).collect(),
        _ => BTreeMap::new(),
    };
    let body = serde_json::json!({
        "type": format!("urn:gerai:problem:{}", error.code()),
        "title": texts.get(error.code()),
        "status": status.as_u16(),
        "code": error.code(),
        "fields": fields(error, texts),
        "codes": codes,
    });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
