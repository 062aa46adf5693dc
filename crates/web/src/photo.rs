//! Photos: checked by content, re-encoded in four sizes, kept under the hash of a small list that
//! names them. Whoever knows the hash may see the photo, for ever the same one.

use axum::http::header;
use axum::response::IntoResponse;
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
}

/// Checks and keeps a photo; gives the hash it is known by. `field` is named when it is refused.
pub async fn keep(files: &Files, field: &str, bytes: Bytes) -> Result<String> {
    let prepared = tokio::task::spawn_blocking(move || picture::prepare(&bytes)).await;
    let pictures = prepared.map_err(Error::broken)?;
    let pictures = pictures.map_err(|why| Error::Invalid(vec![Problem::new(field, why.code())]))?;
    keep_sizes(files, pictures).await
}

/// Keeps a picture whose sizes are made; gives the hash it is known by.
pub async fn keep_sizes(files: &Files, pictures: Pictures) -> Result<String> {
    let Pictures { thumb, card, full, share } = pictures;
    let sizes = Sizes {
        thumb: put(files, thumb.jpeg).await?,
        card: put(files, card.jpeg).await?,
        full: put(files, full.jpeg).await?,
        share: put(files, share.jpeg).await?,
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
    let list = ctx.files().get(&photo).await.map_err(|_| Error::NotFound)?;
    let sizes: Sizes = serde_json::from_slice(&list).map_err(|_| Error::NotFound)?;
    let wanted = match size.as_str() {
        "thumb" => sizes.thumb,
        "card" => sizes.card,
        "full" => sizes.full,
        "share" => sizes.share,
        _ => return Err(Error::NotFound.into()),
    };
    let bytes = ctx.files().get(&wanted).await.map_err(Error::broken)?;
    let headers = [
        (header::CONTENT_TYPE, FileKind::Jpeg.media_type()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes).into_response())
}
