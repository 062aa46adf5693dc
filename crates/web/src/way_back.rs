//! Where a person stood who sent a form that could not be answered: after a new sign-in, a reload or a
//! refusal they come back to that page, where their browser still has what they typed.

use axum::http::header;
use axum::http::request::Parts;

use crate::app::App;
use crate::routes::Audience;

/// The page a request came from: the one the browser names if it is ours, else the nearest one above
/// the address that was asked for.
pub(crate) fn page_behind(app: &App, parts: &Parts) -> String {
    referrer(parts).filter(|at| shows(app, path_of(at))).unwrap_or_else(|| {
        let path = parts.uri.path();
        nearest(app, path).unwrap_or("/").to_owned()
    })
}

/// The nearest page at or above a path.
pub(crate) fn nearest<'a>(app: &App, path: &'a str) -> Option<&'a str> {
    let mut at = path.trim_end_matches('/');
    while !at.is_empty() {
        if shows(app, at) {
            return Some(at);
        }
        at = &at[..at.rfind('/')?];
    }
    None
}

/// The address the browser says it came from, when it is one of this host.
fn referrer(parts: &Parts) -> Option<String> {
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let (_, rest) = text(header::REFERER)?.split_once("://")?;
    let (host, at) = rest.split_once('/')?;
    (Some(host) == text(header::HOST)).then(|| format!("/{at}"))
}

fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// Whether people are shown a page at this path.
fn shows(app: &App, path: &str) -> bool {
    let pages = app.routes().iter().filter(|route| route.audience != Audience::Raw);
    pages.filter(|route| route.method == "GET").any(|route| matches(route.path, path))
}

/// Whether a path is one of a pattern such as `/catalog/products/{id}`.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(name), Some(value)) if name == value => {}
            (Some(name), Some(value)) if name.starts_with('{') && !value.is_empty() => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_addresses_of_its_shape() {
        assert!(matches("/orders/{id}/invoice", "/orders/01k/invoice"));
        assert!(!matches("/orders/{id}/invoice", "/orders/01k"));
        assert!(!matches("/orders/{id}", "/orders/"));
        assert_eq!(path_of("/orders?after=1"), "/orders");
    }
}
