//! Tags of what the API answers. `"HASH"`, or `"VERSION-HASH"` for what is edited by version: who has
//! it already gets 304, and who changes it sends it back in `If-Match`. The same version stands in
//! the hidden field of the page, so both ways meet in `Ctx::version`.

use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// A whole API answer is hashed for its tag up to this size; what is larger goes without.
const TAGGED_BYTES_MAX: u64 = 16 * 1024 * 1024;
const HASH_DIGITS: usize = 32;

/// What nothing has: versions begin with one.
pub(crate) const NO_VERSION: i64 = 0;

/// The version of what a page shows, on its way to the tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Version(pub(crate) i64);

/// The version that a client says it has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen(pub(crate) i64);

impl Seen {
    /// Reads `If-Match`. `*` asks for nothing in particular. A weak tag, a tag without version, or
    /// several that differ match nothing.
    pub(crate) fn read(value: &str) -> Option<Seen> {
        if value.trim() == "*" {
            return None;
        }
        let mut versions = value.split(',').map(|tag| version_of(tag.trim()).unwrap_or(NO_VERSION));
        let first = versions.next().unwrap_or(NO_VERSION);
        Some(Seen(if versions.all(|other| other == first) { first } else { NO_VERSION }))
    }
}

fn version_of(tag: &str) -> Option<i64> {
    let (version, hash) = tag.strip_prefix('"')?.strip_suffix('"')?.split_once('-')?;
    version.parse().ok().filter(|_| hash.len() == HASH_DIGITS)
}

/// Gives every answer of the API its tag.
pub(crate) async fn tag(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let read = request.method() == Method::GET && request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let small = response.body().size_hint().upper().is_some_and(|size| size <= TAGGED_BYTES_MAX);
    if !read || !small || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let hash = &base::files::hash(&bytes)[..HASH_DIGITS];
    let tag = match parts.extensions.get::<Version>() {
        Some(Version(version)) => format!("\"{version}-{hash}\""),
        None => format!("\"{hash}\""),
    };
    let value = HeaderValue::from_str(&tag).expect("digits make a header");
    parts.headers.insert(header::ETAG, value);
    if known.is_some_and(|known| known.to_str().is_ok_and(|known| names(known, &tag))) {
        return (StatusCode::NOT_MODIFIED, parts.headers).into_response();
    }
    Response::from_parts(parts, bytes.into())
}

/// Whether one of these tags is this one; a proxy may have made it weak.
fn names(known: &str, tag: &str) -> bool {
    let mut known = known.split(',').map(str::trim);
    known.any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_brings_its_version_back() {
        let hash = "0123456789abcdef0123456789abcdef";
        let tag = |version: i64| format!("\"{version}-{hash}\"");
        assert_eq!(Seen::read(&tag(7)), Some(Seen(7)));
        assert_eq!(Seen::read(&format!("{}, {}", tag(7), tag(7))), Some(Seen(7)));
        assert_eq!(Seen::read("*"), None);
        let nothing = [format!("{}, {}", tag(7), tag(8)), format!("W/{}", tag(7)), "7".to_owned()];
        for wrong in nothing.iter().map(String::as_str).chain(["", "\"7-\"", "\"abc\"", "7-é"]) {
            assert_eq!(Seen::read(wrong), Some(Seen(NO_VERSION)), "{wrong}");
        }
    }

    #[test]
    fn who_has_it_already_is_known_by_any_of_his_tags() {
        assert!(names("\"a\", W/\"b\"", "\"b\""));
        assert!(names("*", "\"b\""));
        assert!(!names("\"a\"", "\"b\""));
    }
}
