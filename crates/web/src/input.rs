//! What a request brings: a form or JSON, a path, a query, an upload. Bad input becomes an error
//! of ours, with a size limit on everything.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::header;
use axum::http::request::Parts;
use base::{Error, Problem};

use crate::errors::Failure;
use serde::de::DeserializeOwned;

/// A form from people, or the same as JSON from programs.
pub struct Input<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let json =
            kind.and_then(|v| v.to_str().ok()).is_some_and(|v| v.starts_with("application/json"));
        let body = Bytes::from_request(request, state).await.map_err(too_large)?;
        let parsed = if json {
            serde_json::from_slice(&body).map_err(|e| e.to_string())
        } else {
            serde_html_form::from_bytes(&body).map_err(|e| e.to_string())
        };
        parsed.map(Input).map_err(|why| unreadable("form", why))
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
        let parts = Multipart::from_request(request, state).await;
        let mut parts = parts.map_err(|why| unreadable("form", why))?;
        let mut upload = Upload::default();
        for _ in 0..UPLOAD_PARTS_MAX {
            let Some(part) = parts.next_field().await.map_err(too_large)? else {
                return Ok(upload);
            };
            let field = part.name().unwrap_or_default().to_owned();
            if let Some(name) = part.file_name().map(str::to_owned) {
                let bytes = part.bytes().await.map_err(too_large)?;
                upload.files.push(UploadedFile { field, name, bytes });
            } else {
                upload.fields.insert(field, part.text().await.map_err(too_large)?);
            }
        }
        Err(too_large("parts"))
    }
}
