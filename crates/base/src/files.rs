//! Files people bring or the program makes: photos, scans, certificates. They are named by the
//! SHA-256 of what they hold, so the same file is stored once, a stored file never changes, and every
//! reading proves that it is what was put there. The database keeps the `FileRef`.

use std::fmt;
use std::path::PathBuf;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use db::Read;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Largest file kept.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
const SHA256_HEX_LENGTH: usize = 64;

/// Names what an area keeps in the store of files, by the hashes.
pub type FilesKept = fn(&mut Read<'_>) -> crate::Result<Vec<String>>;

/// Where files live, from `gerai.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilesConfig {
    /// The folder; made when it is not there.
    pub folder: PathBuf,
}

/// What a file is, decided by looking into it, never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// A photo, re-encoded by `picture`.
    Jpeg,
    /// A paper.
    Pdf,
    /// A table as text.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// Anything else: offered for download, never shown.
    Other,
}

impl FileKind {
    /// The media type to serve it with.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Jpeg => "image/jpeg",
            FileKind::Pdf => "application/pdf",
            FileKind::Csv => "text/csv; charset=utf-8",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Other => "application/octet-stream",
        }
    }

    /// The ending of a name under which it is offered for download.
    pub fn extension(self) -> &'static str {
        match self {
            FileKind::Jpeg => "jpg",
            FileKind::Pdf => "pdf",
            FileKind::Csv => "csv",
            FileKind::Xlsx => "xlsx",
            FileKind::Other => "bin",
        }
    }

    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            FileKind::Jpeg => "jpeg",
            FileKind::Pdf => "pdf",
            FileKind::Csv => "csv",
            FileKind::Xlsx => "xlsx",
            FileKind::Other => "other",
        }
    }

    /// The kind that `as_str` wrote.
    pub fn parse(word: &str) -> Option<FileKind> {
        let all = [FileKind::Jpeg, FileKind::Pdf, FileKind::Csv, FileKind::Xlsx, FileKind::Other];
        all.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A stored file as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FileRef {
    /// Its name: 64 hex digits.
    pub sha256: String,
    /// Its length in bytes.
    pub size: i64,
    /// What it is.
    pub kind: FileKind,
}

/// What can go wrong with files.
#[derive(Debug)]
pub enum FilesError {
    /// No such file, or not the name of a file.
    NotFound,
    /// More than `FILE_BYTES_MAX` or nothing at all.
    Size(usize),
    /// What is stored is not what was put there.
    Damaged(String),
    /// The folder or the store failed.
    Store(String),
}

impl fmt::Display for FilesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FilesError::NotFound => write!(f, "no such file"),
            FilesError::Size(size) => {
                write!(f, "a file has 1 to {FILE_BYTES_MAX} bytes, this one {size}")
            }
            FilesError::Damaged(sha256) => {
                write!(f, "file {sha256} is damaged; restore it from your backup")
            }
            FilesError::Store(why) => write!(f, "the file store failed: {why}"),
        }
    }
}

impl std::error::Error for FilesError {}

impl From<object_store::Error> for FilesError {
    fn from(error: object_store::Error) -> FilesError {
        match error {
            object_store::Error::NotFound { .. } => FilesError::NotFound,
            other => FilesError::Store(other.to_string()),
        }
    }
}

/// The city's files.
#[derive(Debug, Clone)]
pub struct Files {
    store: std::sync::Arc<dyn ObjectStore>,
}

impl Files {
    /// Opens the folder, making it when it is not there.
    pub fn open(config: &FilesConfig) -> Result<Files, FilesError> {
        let folder = &config.folder;
        std::fs::create_dir_all(folder)
            .map_err(|error| FilesError::Store(format!("{}: {error}", folder.display())))?;
        // A photo is acknowledged together with its row, so it must be on disk as surely.
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Files { store: std::sync::Arc::new(store) })
    }

    /// Stores a file; one that is already there stays as it is.
    pub async fn put(&self, bytes: Bytes, kind: FileKind) -> Result<FileRef, FilesError> {
        if bytes.is_empty() || bytes.len() > FILE_BYTES_MAX {
            return Err(FilesError::Size(bytes.len()));
        }
        let size = i64::try_from(bytes.len()).expect("the limit fits");
        let sha256 = hash(&bytes);
        if self.get(&sha256).await.is_err() {
            // Absent, or damaged: then this is the repair.
            self.store.put(&place(&sha256)?, bytes.into()).await?;
        }
        Ok(FileRef { sha256, size, kind })
    }

    /// Reads a file and checks that it is what was stored.
    pub async fn get(&self, sha256: &str) -> Result<Bytes, FilesError> {
        let found = self.store.get(&place(sha256)?).await?;
        let size = usize::try_from(found.meta.size).unwrap_or(usize::MAX);
        if size > FILE_BYTES_MAX {
            return Err(FilesError::Damaged(sha256.to_owned()));
        }
        let bytes = found.bytes().await?;
        if hash(&bytes) != sha256 {
            return Err(FilesError::Damaged(sha256.to_owned()));
        }
        Ok(bytes)
    }

    /// Destroys a file; one that is not there is as good as destroyed. For what was put under a
    /// name of its own: others may speak of the same content.
    pub async fn remove(&self, sha256: &str) -> Result<(), FilesError> {
        match self.store.delete(&place(sha256)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a file is there (its content is checked by reading it).
    pub async fn exists(&self, sha256: &str) -> Result<bool, FilesError> {
        Ok(self.size(sha256).await?.is_some())
    }

    /// How many bytes a file has, if it is there.
    pub async fn size(&self, sha256: &str) -> Result<Option<u64>, FilesError> {
        match self.store.head(&place(sha256)?).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// The SHA-256 of a file as 64 hex digits: its name here.
pub fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// `ab/cd/abcd…`: two levels keep folders small. Only hex digits ever become a path.
fn place(sha256: &str) -> Result<Path, FilesError> {
    let is_hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    if sha256.len() != SHA256_HEX_LENGTH || !sha256.bytes().all(is_hex) {
        return Err(FilesError::NotFound);
    }
    Ok(Path::from(format!("{}/{}/{sha256}", &sha256[..2], &sha256[2..4])))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    fn files() -> (tempfile::TempDir, Files) {
        let folder = tempfile::tempdir().unwrap();
        let config = FilesConfig { folder: folder.path().join("new/files") };
        let files = Files::open(&config).unwrap();
        (folder, files)
    }

    #[tokio::test]
    async fn the_same_file_is_stored_once_under_its_hash() {
        let (folder, files) = files();
        assert!(!files.exists(HELLO).await.unwrap());
        for _ in 0..2 {
            let stored = files.put(Bytes::from_static(b"hello"), FileKind::Csv).await.unwrap();
            assert_eq!(stored, FileRef { sha256: HELLO.to_owned(), size: 5, kind: FileKind::Csv });
        }
        assert!(files.exists(HELLO).await.unwrap());
        assert_eq!(&files.get(HELLO).await.unwrap()[..], b"hello");
        let path = folder.path().join("new/files/2c/f2");
        assert_eq!(std::fs::read_dir(path).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn a_damaged_file_is_noticed_and_repaired_by_putting_it_again() {
        let (folder, files) = files();
        files.put(Bytes::from_static(b"hello"), FileKind::Csv).await.unwrap();
        let path = folder.path().join("new/files/2c/f2").join(HELLO);
        std::fs::write(&path, b"hellO").unwrap();
        assert!(matches!(files.get(HELLO).await, Err(FilesError::Damaged(_))));
        files.put(Bytes::from_static(b"hello"), FileKind::Csv).await.unwrap();
        assert_eq!(&files.get(HELLO).await.unwrap()[..], b"hello");
    }

    #[tokio::test]
    async fn a_removed_file_is_gone_and_removing_it_again_changes_nothing() {
        let (_folder, files) = files();
        files.put(Bytes::from_static(b"hello"), FileKind::Other).await.unwrap();
        for _ in 0..2 {
            files.remove(HELLO).await.unwrap();
            assert!(!files.exists(HELLO).await.unwrap());
        }
    }

    #[tokio::test]
    async fn sizes_have_limits() {
        let (_folder, files) = files();
        for size in [0, FILE_BYTES_MAX + 1] {
            let answer = files.put(Bytes::from(vec![7; size]), FileKind::Other).await;
            assert!(matches!(answer, Err(FilesError::Size(s)) if s == size));
        }
    }

    #[tokio::test]
    async fn nothing_but_a_hash_becomes_a_path() {
        let (_folder, files) = files();
        for name in
            ["", "../../etc/passwd", &HELLO.to_uppercase(), &HELLO[1..], "é".repeat(32).as_str()]
        {
            assert!(matches!(files.get(name).await, Err(FilesError::NotFound)), "{name}");
            assert!(matches!(files.exists(name).await, Err(FilesError::NotFound)), "{name}");
        }
    }

    #[test]
    fn kinds_are_read_back_from_their_word() {
        for word in ["jpeg", "pdf", "csv", "xlsx", "other"] {
            assert_eq!(FileKind::parse(word).unwrap().as_str(), word);
        }
        assert_eq!(FileKind::parse("exe"), None);
    }
}
