//! Photos: checked by content, re-encoded in four sizes, kept under the hash of a small list that
//! names them. Whoever knows the hash of a public photo may see it, for ever the same one; a private
//! one is shown only by the area that knows whom it concerns.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::files::{FileKind, Files};
use base::picture::{self, Pictures};
use base::{Error, Problem, Result};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::input::Path;

/// The largest photo people may send.
pub const PHOTO_BYTES_MAX: usize = 11 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
struct Sizes {
    thumb: String,
    card: String,
    full: String,
    share: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    private: bool,
}

/// Checks and keeps a photo; gives the hash it is known by. `field` is named when it is refused.
pub async fn keep(files: &Files, field: &str, bytes: Bytes) -> Result<String> {
    keep_sizes(files, prepared(field, bytes).await?).await
}

/// The same for a photo that only those see whom it concerns, through [`private`].
pub async fn keep_private(files: &Files, field: &str, bytes: Bytes) -> Result<String> {
    keep_as(files, prepared(field, bytes).await?, true).await
}

async fn prepared(field: &str, bytes: Bytes) -> Result<Pictures> {
    let prepared = tokio::task::spawn_blocking(move || picture::prepare(&bytes)).await;
    let pictures = prepared.map_err(Error::broken)?;
    pictures.map_err(|why| Error::Invalid(vec![Problem::new(field, why.code())]))
}

/// Keeps a picture whose sizes are made; gives the hash it is known by.
pub async fn keep_sizes(files: &Files, pictures: Pictures) -> Result<String> {
    keep_as(files, pictures, false).await
}

async fn keep_as(files: &Files, pictures: Pictures, private: bool) -> Result<String> {
    let Pictures { thumb, card, full, share } = pictures;
    let sizes = Sizes {
        thumb: put(files, thumb.jpeg).await?,
        card: put(files, card.jpeg).await?,
        full: put(files, full.jpeg).await?,
        share: put(files, share.jpeg).await?,
        private,
    };
    let list = serde_json::to_vec(&sizes).map_err(Error::broken)?;
    let kept = files.put(list.into(), FileKind::Other).await.map_err(Error::broken)?;
    Ok(kept.sha256)
}

/// Which of a kept thing's files are gone or damaged: the photo's list and its sizes, or the one
/// file when it is no photo.
pub async fn missing(files: &Files, hash: &str) -> Vec<String> {
    let Ok(bytes) = files.get(hash).await else { return vec![hash.to_owned()] };
    let Ok(sizes) = serde_json::from_slice::<Sizes>(&bytes) else { return Vec::new() };
    let mut gone = Vec::new();
    for size in [sizes.thumb, sizes.card, sizes.full, sizes.share] {
        if files.get(&size).await.is_err() {
            gone.push(size);
        }
    }
    gone
}

async fn put(files: &Files, bytes: Vec<u8>) -> Result<String> {
    let kept = files.put(bytes.into(), FileKind::Jpeg).await.map_err(Error::broken)?;
    Ok(kept.sha256)
}

/// `/files/{photo}/{size}`: thumb, card, full or share.
pub(crate) async fn show(ctx: Ctx, Path((photo, size)): Path<(String, String)>) -> Answer {
    let sizes = sizes(ctx.files(), &photo).await?;
    if sizes.private {
        return Err(Error::NotFound.into());
    }
    Ok(jpeg(ctx.files(), sizes, &size, "public, max-age=31536000, immutable").await?)
}

/// A private photo in one of its sizes, for a reader the caller has admitted.
pub async fn private(files: &Files, photo: &str, size: &str) -> Result<Response> {
    let sizes = sizes(files, photo).await?;
    jpeg(files, sizes, size, "private, no-store").await
}

async fn sizes(files: &Files, photo: &str) -> Result<Sizes> {
    let list = files.get(photo).await.map_err(|_| Error::NotFound)?;
    serde_json::from_slice(&list).map_err(|_| Error::NotFound)
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
    let headers =
        [(header::CONTENT_TYPE, FileKind::Jpeg.media_type()), (header::CACHE_CONTROL, kept)];
    Ok((headers, bytes).into_response())
}
