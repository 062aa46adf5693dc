//! Photos: checked by content, re-encoded in four sizes, kept under the hash of a small list that
//! names them. Whoever knows the hash of a public photo may see it, for ever the same one; a private
//! one is shown only by the area that knows whom it concerns.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::files::{FileKind, Files};
use base::photo::Sizes;
use base::picture::{self, Pictures};
use base::{Error, Problem, Result};
use bytes::Bytes;

use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::input::Path;

/// The largest photo people may send.
pub const PHOTO_BYTES_MAX: usize = 11 * 1024 * 1024;
/// What a photo that is opened alone may load: a browser draws a page of its own around it, with styles
/// inside.
pub const PHOTO_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Checks and keeps a photo; gives the hash it is known by. `field` is named when it is refused.
pub async fn keep(files: &Files, field: &str, bytes: Bytes) -> Result<String> {
    Sizes::keep(files, prepared(field, bytes).await?, false).await
}

/// The same for a photo that only those see whom it concerns, through [`private`].
pub async fn keep_private(files: &Files, field: &str, bytes: Bytes) -> Result<String> {
    Sizes::keep(files, prepared(field, bytes).await?, true).await
}

async fn prepared(field: &str, bytes: Bytes) -> Result<Pictures> {
    let prepared = tokio::task::spawn_blocking(move || picture::prepare(&bytes)).await;
    let pictures = prepared.map_err(Error::broken)?;
    pictures.map_err(|why| Error::Invalid(vec![Problem::new(field, why.code())]))
}

/// Which of a kept thing's files are gone or damaged: the photo's list and its sizes, or the one
/// file when it is no photo.
pub async fn missing(files: &Files, hash: &str) -> Vec<String> {
    if files.get(hash).await.is_err() {
        return vec![hash.to_owned()];
    }
    let Ok(sizes) = Sizes::of(files, hash).await else { return Vec::new() };
    let mut gone = Vec::new();
    for size in sizes.files() {
        if files.get(size).await.is_err() {
            gone.push(size.to_owned());
        }
    }
    gone
}

/// `/files/{photo}/{size}`: thumb, card, full or share.
pub(crate) async fn show(ctx: Ctx, Path((photo, size)): Path<(String, String)>) -> Answer {
    let sizes = Sizes::of(ctx.files(), &photo).await?;
    if sizes.private {
        return Err(Error::NotFound.into());
    }
    Ok(jpeg(ctx.files(), sizes, &size, "public, max-age=31536000, immutable").await?)
}

/// A private photo in one of its sizes, for a reader the caller has admitted.
pub async fn private(files: &Files, photo: &str, size: &str) -> Result<Response> {
    let sizes = Sizes::of(files, photo).await?;
    jpeg(files, sizes, size, "private, no-store").await
}

async fn jpeg(files: &Files, sizes: Sizes, size: &str, kept: &'static str) -> Result<Response> {
    let wanted = match size {
        "thumb" => sizes.thumb,
        "card" => sizes.card,
        "full" => sizes.full,
        "share" => sizes.share,
        _ => return Err(Error::NotFound),
    };
    let bytes = files.get(&wanted).await.map_err(Error::broken)?;
    let headers = [
        (header::CONTENT_SECURITY_POLICY, PHOTO_POLICY),
        (header::CONTENT_TYPE, FileKind::Jpeg.media_type()),
        (header::CACHE_CONTROL, kept),
    ];
    Ok((headers, bytes).into_response())
}
