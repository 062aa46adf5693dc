//! The whole program as one router: every area's routes inside the same walls.

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::{App, Opening};
use crate::area::Area;
use crate::{assets, errors, openapi, tag};

/// No request takes longer; imports and exports hand over to jobs.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(60);

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// A city, open for requests.
pub struct OpenCity {
    pub router: Router,
    pub app: App,
}

/// Opens a city: checks its texts and mounts every area.
pub fn open(opening: Opening, areas: Vec<Area>) -> OpenCity {
    let app = App::open(opening, &areas);
    let description = openapi::describe(&app, &areas);
    let routes = areas.into_iter().map(|area| area.routes.router());
    let router = routes
        .fold(Router::new(), Router::merge)
        .merge(assets::router())
        .merge(openapi::router(&description))
        .layer(middleware::from_fn(tag::tag))
        .layer(middleware::from_fn_with_state(app.clone(), errors::draw_errors))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIME_MAX))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(guard))
        .with_state(app.clone());
    OpenCity { router, app }
}

/// Headers that keep browsers from doing what no page of ours asks for.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let always = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (
            header::HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(self), microphone=()",
        ),
    ];
    for (name, value) in always {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
