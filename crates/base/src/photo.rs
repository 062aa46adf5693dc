//! A photo in the store: a small list, known by its hash, names the file of each size. One that was
//! taken away goes from the store a day later.

use std::collections::BTreeSet;

use bytes::Bytes;
use db::Tx;
use serde::{Deserialize, Serialize};

use crate::files::{FileKind, Files, FilesError};
use crate::job::{self, JobKind, Workshop};
use crate::picture::Pictures;
use crate::{Error, Result, Timestamp};

/// Whoever has the page open that showed it may look so long.
const GRACE_MS: i64 = 24 * 60 * 60 * 1000;
/// A list of sizes is shorter; a longer file is no photo's list and need not be read.
const LIST_BYTES_MAX: u64 = 1024;

/// The files of a photo, by size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    /// For lists.
    pub thumb: String,
    /// For cards.
    pub card: String,
    /// As large as it is kept.
    pub full: String,
    /// For previews in chats.
    pub share: String,
    /// Only those see it whom it concerns.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
}

impl Sizes {
    /// Keeps a photo; gives the hash of its list, by which it is known.
    pub async fn keep(files: &Files, pictures: Pictures, private: bool) -> Result<String> {
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

    /// The sizes of a photo; `NotFound` if this is none.
    pub async fn of(files: &Files, photo: &str) -> Result<Sizes> {
        match files.size(photo).await {
            Ok(Some(1..=LIST_BYTES_MAX)) => {}
            Ok(_) | Err(FilesError::NotFound) => return Err(Error::NotFound),
            Err(error) => return Err(Error::broken(error)),
        }
        let list = files.get(photo).await.map_err(|_| Error::NotFound)?;
        serde_json::from_slice(&list).map_err(|_| Error::NotFound)
    }

    /// The files, one of each size.
    pub fn files(&self) -> [&str; 4] {
        [&self.thumb, &self.card, &self.full, &self.share]
    }
}

async fn put(files: &Files, jpeg: Vec<u8>) -> Result<String> {
    let kept = files.put(Bytes::from(jpeg), FileKind::Jpeg).await.map_err(Error::broken)?;
    Ok(kept.sha256)
}

/// Tells that a row no longer speaks of a photo, in the transaction that takes it away. The photo
/// goes later, unless another row speaks of it. The caller's event covers it.
pub fn take_away(tx: &mut Tx<'_>, photo: &str) -> Result<()> {
    let later = Timestamp::from_ms(Timestamp::of(tx).as_ms() + GRACE_MS);
    job::enqueue(tx, CLEAR.kind, &serde_json::json!({ "photo": photo }), Some(later))?;
    Ok(())
}

/// Clears a photo that was taken away from the store.
pub const CLEAR: JobKind = JobKind { kind: "photo.clear", run: clear };

fn clear(workshop: &Workshop, order: &serde_json::Value) -> Result<()> {
    let files = workshop.files.as_ref().ok_or_else(|| Error::broken("no file store"))?;
    let photo = order["photo"].as_str().ok_or_else(|| Error::broken("no photo named"))?;
    let mut kept = Vec::new();
    for of_area in workshop.kept.iter().copied() {
        kept.extend(workshop.db.read(of_area).wait()?);
    }
    if kept.iter().any(|hash| hash == photo) {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(Error::broken)?.block_on(destroy(files, photo, &kept))
}

/// Destroys a photo but for the sizes another photo shares with it: files are known by their
/// content, and two pictures may look alike once they are small. The list goes last, so that a run
/// that breaks off finds the rest again.
async fn destroy(files: &Files, photo: &str, kept: &[String]) -> Result<()> {
    let sizes = match Sizes::of(files, photo).await {
        Err(Error::NotFound) => return Ok(()),
        sizes => sizes?,
    };
    let mut going: BTreeSet<&str> = sizes.files().into();
    for other in kept {
        match Sizes::of(files, other).await {
            Ok(shared) => going.retain(|file| !shared.files().contains(file)),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    for file in going.into_iter().chain([photo]) {
        files.remove(file).await.map_err(Error::broken)?;
    }
    Ok(())
}
