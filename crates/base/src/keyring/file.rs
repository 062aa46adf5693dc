//! The key file: a few lines of TOML, readable by its owner alone. It is written beside its place
//! and moved there, so a crash leaves the old keys or the new ones, never half of them.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use data_encoding::BASE64;
use ed25519_dalek::SigningKey;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{GENERATIONS_MAX, Generation, KeyringError, Keys, SECRET_BYTES, Secret};

/// Far above what the most generations need; a larger file is no key file.
const FILE_BYTES_MAX: u64 = 64 * 1024;

const HEAD: &str = "\
# Keys of this city. Whoever has this file can read every personal number and sign in the city's
# name. Keep a copy apart from the database backup: without it the numbers are lost for good.
";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    index: String,
    signing: String,
    sealing: Vec<SealingLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SealingLine {
    id: u16,
    secret: String,
}

pub(super) fn create(path: &Path, keys: &Keys) -> Result<(), KeyringError> {
    let fresh = write_beside(path, keys)?;
    // A hard link, unlike a rename, fails when another start was faster.
    let linked = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh).map_err(|error| file_error(&fresh, error))?;
    match linked {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(KeyringError::Exists(path.display().to_string()))
        }
        Err(error) => Err(file_error(path, error)),
        Ok(()) => sync_folder(path),
    }
}

pub(super) fn replace(path: &Path, keys: &Keys) -> Result<(), KeyringError> {
    let fresh = write_beside(path, keys)?;
    fs::rename(&fresh, path).map_err(|error| file_error(path, error))?;
    sync_folder(path)
}

/// By which a changed file is known.
pub(super) type Stamp = (SystemTime, u64);

/// The file's stamp; none while it is not there.
pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Keeps other programs from changing the keys until the lock is dropped. The folder is locked,
/// because the file itself is replaced.
pub(super) fn lock(path: &Path) -> Result<File, KeyringError> {
    let folder = folder_of(path);
    let file = File::open(folder).map_err(|error| file_error(folder, error))?;
    file.lock().map_err(|error| file_error(folder, error))?;
    Ok(file)
}

pub(super) fn read(path: &Path) -> Result<Keys, KeyringError> {
    let size = fs::metadata(path).map_err(|error| file_error(path, error))?.len();
    if size > FILE_BYTES_MAX {
        return Err(KeyringError::Malformed(format!("larger than {FILE_BYTES_MAX} bytes")));
    }
    warn_if_exposed(path);
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|error| file_error(path, error))?);
    // The reason of a TOML error would quote the line, and with it a secret.
    let lines: Lines = toml::from_str(&text)
        .map_err(|error| KeyringError::Malformed(format!("at {:?}", error.span())))?;
    parse(&lines)
}

fn parse(lines: &Lines) -> Result<Keys, KeyringError> {
    if lines.sealing.is_empty() || lines.sealing.len() > GENERATIONS_MAX {
        return Err(KeyringError::Malformed(format!("{} sealing keys", lines.sealing.len())));
    }
    let ids: BTreeSet<u16> = lines.sealing.iter().map(|line| line.id).collect();
    if ids.len() < lines.sealing.len() {
        return Err(KeyringError::Malformed("two sealing keys with one id".to_owned()));
    }
    let mut sealing = Vec::new();
    for line in &lines.sealing {
        let secret = decode(&line.secret, "sealing")?;
        sealing.push(Generation { id: line.id, secret });
    }
    sealing.sort_by_key(|generation| generation.id);
    let index = decode(&lines.index, "index")?;
    let signing = SigningKey::from_bytes(&*decode(&lines.signing, "signing")?);
    Ok(Keys { sealing, index, signing })
}

fn render(keys: &Keys) -> Zeroizing<String> {
    let index = encode(&keys.index);
    let signing = encode(&Zeroizing::new(keys.signing.to_bytes()));
    let mut text = Zeroizing::new(String::with_capacity(1_024));
    text.push_str(HEAD);
    for (name, value) in [("index", &index), ("signing", &signing)] {
        text.push_str(name);
        text.push_str(" = \"");
        text.push_str(value);
        text.push_str("\"\n");
    }
    for generation in &keys.sealing {
        text.push_str("\n[[sealing]]\nid = ");
        text.push_str(&generation.id.to_string());
        text.push_str("\nsecret = \"");
        text.push_str(&encode(&generation.secret));
        text.push_str("\"\n");
    }
    text
}

fn encode(secret: &Secret) -> Zeroizing<String> {
    Zeroizing::new(BASE64.encode(&secret[..]))
}

fn decode(text: &str, name: &str) -> Result<Secret, KeyringError> {
    let malformed = || KeyringError::Malformed(format!("the {name} key is not 32 bytes of base64"));
    let bytes = Zeroizing::new(BASE64.decode(text.as_bytes()).map_err(|_| malformed())?);
    let secret = <[u8; SECRET_BYTES]>::try_from(&bytes[..]).map_err(|_| malformed())?;
    Ok(Zeroizing::new(secret))
}

fn write_beside(path: &Path, keys: &Keys) -> Result<PathBuf, KeyringError> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.new", super::token()));
    let fresh = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&fresh).and_then(|mut file| {
        file.write_all(render(keys).as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| file_error(&fresh, error))?;
    Ok(fresh)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn sync_folder(path: &Path) -> Result<(), KeyringError> {
    let folder = folder_of(path);
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| file_error(folder, error))?;
    }
    Ok(())
}

/// Containers often mount secrets readable for all, so this warns and goes on.
fn warn_if_exposed(path: &Path) {
    #[cfg(unix)]
    if let Ok(metadata) = fs::metadata(path) {
        use std::os::unix::fs::PermissionsExt;
        if metadata.permissions().mode() & 0o077 != 0 {
            tracing::warn!(path = %path.display(), "others can read the key file; chmod 600 it");
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn file_error(path: &Path, error: std::io::Error) -> KeyringError {
    KeyringError::File(path.display().to_string(), error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::Keyring;

    #[test]
    fn keys_survive_their_file_and_are_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        let made = Keyring::load_or_create(&path).unwrap();
        assert!(matches!(Keyring::create(&path), Err(KeyringError::Exists(_))));
        let loaded = Keyring::load_or_create(&path).unwrap();
        assert_eq!(made.public_key(), loaded.public_key());
        assert_eq!(made.blind("p", "1"), loaded.blind("p", "1"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no leftovers");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        Keyring::create(&path).unwrap();
        Keyring::rotate(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_file_is_refused_without_showing_its_secrets() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        let secret = "c2VjcmV0c2VjcmV0";
        for text in [
            String::new(),
            format!("index = \"{secret}"),
            format!("index = \"{secret}\"\nsigning = \"{secret}\"\nsealing = []"),
            format!("index = \"{secret}\"\nsigning = \"\"\n[[sealing]]\nid = 1\nsecret = \"\""),
            format!("index = \"\"\nsigning = \"\"\n[[sealing]]\nid = \"{secret}\"\nsecret = \"\""),
        ] {
            fs::write(&path, &text).unwrap();
            let error = Keyring::load(&path).unwrap_err();
            assert!(matches!(error, KeyringError::Malformed(_)), "{text}");
            assert!(!format!("{error} {error:?}").contains(secret), "{error:?}");
        }
        fs::write(&path, vec![b'#'; 70_000]).unwrap();
        assert!(matches!(Keyring::load(&path), Err(KeyringError::Malformed(_))));
    }
}
