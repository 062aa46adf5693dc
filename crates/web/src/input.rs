//! What a request brings: a form or JSON, a path, a query, an upload. Bad input becomes an error
//! of ours, with a size limit on everything.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base::{Error, Problem};
use data_encoding::HEXLOWER;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::errors::Failure;

/// What a request carried, as a digest that its `Ctx` sees too: it comes before the body is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent(Arc<OnceLock<String>>);

impl Sent {
    /// 64 hex digits; empty for a request without a body of ours.
    pub(crate) fn digest(&self) -> &str {
        self.0.get().map_or("", String::as_str)
    }

    fn carried(&self, hash: Sha256) {
        // A body is read once, so nothing is there before.
        self.0.set(HEXLOWER.encode(&hash.finalize())).ok();
    }
}

fn sent(request: &Request) -> Sent {
    request.extensions().get::<Sent>().cloned().unwrap_or_default()
}

/// A form from people, or the same as JSON from programs.
pub struct Input<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let kind = Kind::of(request.headers())?;
        let sent = sent(&request);
        let body = Bytes::from_request(request, state).await.map_err(too_large)?;
        sent.carried(Sha256::new_with_prefix(&body));
        if kind.hides_nul(&body) {
            return Err(unreadable("form", "\\0"));
        }
        let parsed = match kind {
            Kind::Json => of_json(&body),
            Kind::Form => serde_html_form::from_bytes(&body).map_err(|e| e.to_string()),
        };
        parsed.map(Input).map_err(|why| unreadable("form", why))
    }
}

/// What is typed by people comes from programs as texts too, or as whole numbers.
fn of_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).or_else(|why| {
        let told = |_| why.to_string();
        let mut fields: Map<String, Value> = serde_json::from_slice(body).map_err(told)?;
        fields.values_mut().for_each(figures_as_texts);
        serde_json::from_value(Value::Object(fields)).map_err(told)
    })
}

fn figures_as_texts(value: &mut Value) {
    match value {
        Value::Number(number) if !number.is_f64() => *value = Value::String(number.to_string()),
        Value::Array(list) => list.iter_mut().for_each(figures_as_texts),
        _ => {}
    }
}

/// How the fields are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Form,
}

impl Kind {
    fn of(headers: &HeaderMap) -> Result<Kind, Error> {
        let kind = headers.get(header::CONTENT_TYPE).map_or(Ok(""), |value| value.to_str());
        let kind = kind.unwrap_or("?").split(';').next().unwrap_or_default().trim();
        match kind.to_ascii_lowercase().as_str() {
            "application/json" => Ok(Kind::Json),
            "application/x-www-form-urlencoded" | "" => Ok(Kind::Form),
            _ => Err(Error::invalid("Content-Type", "content-type-unknown")),
        }
    }

    /// Whether a text in there holds U+0000, which PostgreSQL cannot store.
    fn hides_nul(self, body: &[u8]) -> bool {
        match self {
            Kind::Form => body.contains(&0) || body.windows(3).any(|three| three == b"%00"),
            Kind::Json => body.windows(6).enumerate().any(|(at, six)| {
                let before = body[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
                six == b"\\u0000" && before % 2 == 0
            }),
        }
    }
}

fn too_large(_: impl std::fmt::Display) -> Failure {
    Error::invalid("form", "form-too-large").into()
}

fn unreadable(field: &str, why: impl std::fmt::Display) -> Failure {
    Error::Invalid(vec![Problem::with(field, "form-unreadable", why)]).into()
}

/// The parts of the path. One that does not parse names nothing.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Path(value)).map_err(|_| Error::NotFound.into())
    }
}

/// The query string.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        let parsed = serde_html_form::from_str(query);
        parsed.map(Query).map_err(|why| unreadable("query", why))
    }
}

/// A form with files.
#[derive(Debug, Default)]
pub struct Upload {
    /// Text fields by name; of several with one name the last counts.
    pub fields: HashMap<String, String>,
    pub files: Vec<UploadedFile>,
}

/// One file of an upload, whole in memory: routes bound its size.
#[derive(Debug)]
pub struct UploadedFile {
    pub field: String,
    /// The name it had where it came from; never used as a path.
    pub name: String,
    pub bytes: Bytes,
}

const UPLOAD_PARTS_MAX: usize = 64;

impl Upload {
    /// A text field, trimmed; empty when it was not sent.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |value| value.trim())
    }

    /// The first file of a field that is not empty.
    pub fn file(&self, field: &str) -> Option<&UploadedFile> {
        self.files.iter().find(|file| file.field == field && !file.bytes.is_empty())
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let sent = sent(&request);
        // The boundary between parts differs each time: what counts are names and contents.
        let mut hash = Sha256::new();
        let parts = Multipart::from_request(request, state).await;
        let mut parts = parts.map_err(|_| Error::invalid("Content-Type", "upload-wanted"))?;
        let mut upload = Upload::default();
        for _ in 0..UPLOAD_PARTS_MAX {
            let Some(part) = parts.next_field().await.map_err(too_large)? else {
                sent.carried(hash);
                return Ok(upload);
            };
            let field = part.name().unwrap_or_default().to_owned();
            hash.update(Sha256::digest(&field));
            if let Some(name) = part.file_name().map(str::to_owned) {
                let bytes = part.bytes().await.map_err(too_large)?;
                hash.update(Sha256::digest(&bytes));
                upload.files.push(UploadedFile { field, name, bytes });
            } else {
                let text = part.text().await.map_err(too_large)?;
                if text.contains('\0') {
                    return Err(unreadable(&field, "\\0"));
                }
                hash.update(Sha256::digest(&text));
                upload.fields.insert(field, text);
            }
        }
        Err(too_large("parts"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_found_however_it_is_written() {
        assert!(Kind::Form.hides_nul(b"name=a%00b") && Kind::Form.hides_nul(b"name=a\0"));
        assert!(!Kind::Form.hides_nul(b"name=a%2500&part=100%25"));
        assert!(Kind::Json.hides_nul(br#"{"name":"a\u0000"}"#));
        assert!(Kind::Json.hides_nul(br#"{"name":"a\\\u0000"}"#));
        assert!(!Kind::Json.hides_nul(br#"{"name":"a\\u0000"}"#));
    }

    #[test]
    fn whole_numbers_are_read_like_texts() {
        #[derive(serde::Deserialize)]
        struct Form {
            count: String,
            price: Vec<String>,
        }
        let form: Form = of_json(br#"{"count": 12, "price": [25000, "7.500"]}"#).unwrap();
        assert_eq!((form.count.as_str(), form.price), ("12", vec!["25000".into(), "7.500".into()]));
        assert!(of_json::<Form>(br#"{"count": 1.5, "price": []}"#).is_err());
        assert!(of_json::<Form>(br#"{"count": true, "price": []}"#).is_err());
        assert!(of_json::<Form>(b"[1, 2]").is_err());
    }

    #[test]
    fn fields_come_as_a_form_or_as_json_and_in_no_other_way() {
        let of = |kind: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            Kind::of(&headers).ok()
        };
        assert_eq!(of("application/JSON; charset=utf-8"), Some(Kind::Json));
        assert_eq!(of("application/x-www-form-urlencoded"), Some(Kind::Form));
        assert_eq!(Kind::of(&HeaderMap::new()).ok(), Some(Kind::Form));
        assert_eq!((of("text/plain"), of("multipart/form-data; boundary=x")), (None, None));
    }
}
