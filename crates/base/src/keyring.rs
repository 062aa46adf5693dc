//! The city's secrets: keys that seal personal numbers at rest, make their blind index, and sign the
//! seals over events. All of them live in one small file that only the program may read. Sealing is
//! done before a transaction begins, because a transaction body may not use chance. Who holds a
//! keyring sees keys that another program adds to the file: the city goes on while they change.

mod file;
mod sealed;
mod token;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::HEXLOWER;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

pub use sealed::Sealed;
pub use token::{hash_token, token};

/// Longest text that is sealed: personal numbers, secrets of a second factor, short notes.
pub const PLAIN_BYTES_MAX: usize = 4_096;
/// Most generations of the sealing key that one file may hold.
pub const GENERATIONS_MAX: usize = 64;

const SECRET_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
const FORMAT: u8 = 1;
/// Format, generation (two bytes), nonce.
const PREFIX_BYTES: usize = 1 + 2 + NONCE_BYTES;
const BLIND_HEX_LENGTH: usize = 32;

type Secret = Zeroizing<[u8; SECRET_BYTES]>;

/// What can go wrong with keys. None of it says anything about the secrets.
#[derive(Debug)]
pub enum KeyringError {
    /// The file is already there and is not overwritten.
    Exists(String),
    /// The file cannot be read or written.
    File(String, std::io::Error),
    /// The file does not hold what a keyring holds.
    Malformed(String),
    /// More text than is sealed at once.
    TooLong,
    /// Sealed with a key that this keyring does not have.
    UnknownKey(u16),
    /// Damaged, sealed for another purpose, or not sealed by us.
    Unreadable,
}

impl fmt::Display for KeyringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyringError::Exists(path) => {
                write!(f, "{path} already exists; keys are never overwritten, move it away first")
            }
            KeyringError::File(path, error) => write!(f, "cannot use the key file {path}: {error}"),
            KeyringError::Malformed(why) => {
                write!(f, "the key file is damaged ({why}); restore it from your backup")
            }
            KeyringError::TooLong => write!(f, "more than {PLAIN_BYTES_MAX} bytes to seal"),
            KeyringError::UnknownKey(id) => {
                write!(f, "sealed with key {id}, which the key file does not hold; restore it")
            }
            KeyringError::Unreadable => write!(f, "sealed text is damaged or of another purpose"),
        }
    }
}

impl std::error::Error for KeyringError {}

/// Makes blind indexes for one purpose, without the other keys.
pub struct Blinder(Secret);

impl Blinder {
    /// As `Keyring::blind`.
    pub fn blind(&self, plain: &str) -> String {
        let mut hex = HEXLOWER.encode(&keyed_hash(&self.0, &[plain.as_bytes()])[..]);
        hex.truncate(BLIND_HEX_LENGTH);
        hex
    }
}

struct Generation {
    id: u16,
    secret: Secret,
}

/// The keys themselves, wiped when dropped.
struct Keys {
    /// Oldest first; the last one seals, all open.
    sealing: Vec<Generation>,
    index: Secret,
    signing: SigningKey,
}

/// The city's keys, held in memory, and the file that they came from.
pub struct Keyring {
    keys: RwLock<Arc<Keys>>,
    file: Option<(PathBuf, Mutex<Option<file::Stamp>>)>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({} sealing keys)", self.keys().sealing.len())
    }
}

impl Keys {
    fn generate() -> Keys {
        Keys {
            sealing: vec![Generation { id: 1, secret: random_secret() }],
            index: random_secret(),
            signing: SigningKey::from_bytes(&random_secret()),
        }
    }

    fn newest(&self) -> &Generation {
        self.sealing.last().expect("a keyring is made with one sealing key and never loses it")
    }

    fn add_generation(&mut self) -> Result<(), KeyringError> {
        if self.sealing.len() >= GENERATIONS_MAX {
            return Err(KeyringError::Malformed(format!("over {GENERATIONS_MAX} sealing keys")));
        }
        let id = self.newest().id.checked_add(1).expect("far fewer generations than u16 holds");
        self.sealing.push(Generation { id, secret: random_secret() });
        Ok(())
    }
}

impl Keyring {
    /// New keys that live in memory only, for tests and for a city that vanishes.
    pub fn generate() -> Keyring {
        Keyring { keys: RwLock::new(Arc::new(Keys::generate())), file: None }
    }

    /// Makes new keys and writes them to a file that only its owner can read; never overwrites one.
    pub fn create(path: &Path) -> Result<Keyring, KeyringError> {
        file::create(path, &Keys::generate())?;
        Keyring::load(path)
    }

    /// Reads the keys from their file.
    pub fn load(path: &Path) -> Result<Keyring, KeyringError> {
        let stamp = file::stamp(path);
        let keys = RwLock::new(Arc::new(file::read(path)?));
        Ok(Keyring { keys, file: Some((path.to_owned(), Mutex::new(stamp))) })
    }

    /// Reads the keys, or makes them when the file is not there yet.
    pub fn load_or_create(path: &Path) -> Result<Keyring, KeyringError> {
        if path.exists() { Keyring::load(path) } else { Keyring::create(path) }
    }

    /// Adds a new sealing key to the file. Old ones still open; `reseal_needed` tells what to renew.
    pub fn rotate(path: &Path) -> Result<Keyring, KeyringError> {
        let _alone = file::lock(path)?;
        let mut keys = file::read(path)?;
        keys.add_generation()?;
        file::replace(path, &keys)?;
        Keyring::load(path)
    }

    /// Takes every sealing key out of the file that is neither the current one nor among those still
    /// `used`; tells which. What was sealed with them can never be opened again.
    pub fn retire(path: &Path, used: &BTreeSet<u16>) -> Result<Vec<u16>, KeyringError> {
        let _alone = file::lock(path)?;
        let mut keys = file::read(path)?;
        let newest = keys.newest().id;
        let (kept, gone): (Vec<_>, Vec<_>) = keys
            .sealing
            .into_iter()
            .partition(|generation| generation.id == newest || used.contains(&generation.id));
        keys.sealing = kept;
        if !gone.is_empty() {
            file::replace(path, &keys)?;
        }
        Ok(gone.into_iter().map(|generation| generation.id).collect())
    }

    /// The sealing keys by number; the last one seals.
    pub fn generations(&self) -> Vec<u16> {
        self.current().sealing.iter().map(|generation| generation.id).collect()
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The keys as the file has them now. One that cannot be read changes nothing.
    fn current(&self) -> Arc<Keys> {
        let Some((path, seen)) = &self.file else { return self.keys() };
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = file::stamp(path);
        if now.is_some() && *seen != now {
            match file::read(path) {
                Ok(keys) => {
                    *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
                    *seen = now;
                }
                Err(error) => tracing::warn!(%error, "the key file changed and cannot be read"),
            }
        }
        self.keys()
    }

    /// Seals a text for one purpose, such as `registry.nik`. The mask is stored as given.
    pub fn seal(&self, purpose: &str, plain: &str, mask: &str) -> Result<Sealed, KeyringError> {
        if plain.len() > PLAIN_BYTES_MAX {
            return Err(KeyringError::TooLong);
        }
        let ciphertext = self.seal_file(purpose, plain.as_bytes());
        Ok(Sealed { ciphertext, blind: self.blind(purpose, plain), mask: mask.to_owned() })
    }

    /// Seals a whole file for one purpose, such as a list that holds personal numbers.
    pub fn seal_file(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let keys = self.current();
        let newest = keys.newest();
        let mut nonce = [0; NONCE_BYTES];
        fill_random(&mut nonce);
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        let body = cipher(newest)
            .encrypt(XNonce::from_slice(&nonce), payload)
            .expect("sealing fails only beyond 256 GiB");
        let mut ciphertext = Vec::with_capacity(PREFIX_BYTES + body.len());
        ciphertext.push(FORMAT);
        ciphertext.extend_from_slice(&newest.id.to_be_bytes());
        ciphertext.extend_from_slice(&nonce);
        ciphertext.extend_from_slice(&body);
        ciphertext
    }

    /// Opens what was sealed for the same purpose. The caller records who looked.
    pub fn open(
        &self,
        purpose: &str,
        ciphertext: &[u8],
    ) -> Result<Zeroizing<String>, KeyringError> {
        let plain = self.open_file(purpose, ciphertext)?;
        let text = String::from_utf8(plain).map_err(|_| KeyringError::Unreadable)?;
        Ok(Zeroizing::new(text))
    }

    /// Opens a file that was sealed for the same purpose.
    pub fn open_file(&self, purpose: &str, ciphertext: &[u8]) -> Result<Vec<u8>, KeyringError> {
        let id = generation_of(ciphertext).ok_or(KeyringError::Unreadable)?;
        let mut keys = self.keys();
        if keys.sealing.iter().all(|generation| generation.id != id) {
            keys = self.current();
        }
        let generation =
            keys.sealing.iter().find(|g| g.id == id).ok_or(KeyringError::UnknownKey(id))?;
        let nonce = XNonce::from_slice(&ciphertext[3..PREFIX_BYTES]);
        let payload = Payload { msg: &ciphertext[PREFIX_BYTES..], aad: purpose.as_bytes() };
        cipher(generation).decrypt(nonce, payload).map_err(|_| KeyringError::Unreadable)
    }

    /// Whether a sealed text should be opened and sealed again because a newer key exists.
    pub fn reseal_needed(&self, ciphertext: &[u8]) -> bool {
        generation_of(ciphertext).is_some_and(|id| id != self.current().newest().id)
    }

    /// The blind index by which a sealed number is found: equal numbers of one purpose are equal,
    /// and nobody without the key can guess a number from it. Rotation does not change it.
    pub fn blind(&self, purpose: &str, plain: &str) -> String {
        self.blinder(purpose).blind(plain)
    }

    /// The same for many numbers of one purpose.
    pub fn blinder(&self, purpose: &str) -> Blinder {
        Blinder(keyed_hash(&self.keys().index, &[b"blind:", purpose.as_bytes()]))
    }

    /// The city's signature (Ed25519, 64 bytes) under a message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.keys().signing.sign(message).to_bytes()
    }

    /// Whether this city signed the message.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        verify_signature(&self.public_key(), message, signature)
    }

    /// The public half of the signing key, to be given to partners.
    pub fn public_key(&self) -> [u8; 32] {
        self.keys().signing.verifying_key().to_bytes()
    }
}

/// Whether the holder of a public key signed the message; malformed keys and signatures did not.
pub fn verify_signature(public_key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = <[u8; 32]>::try_from(public_key) else { return false };
    let Ok(key) = VerifyingKey::from_bytes(&key) else { return false };
    let Ok(signature) = Signature::from_slice(signature) else { return false };
    key.verify_strict(message, &signature).is_ok()
}

/// The number of the key that something was sealed with.
pub fn sealed_with(ciphertext: &[u8]) -> Option<u16> {
    generation_of(ciphertext)
}

fn generation_of(ciphertext: &[u8]) -> Option<u16> {
    if ciphertext.len() < PREFIX_BYTES || ciphertext[0] != FORMAT {
        return None;
    }
    Some(u16::from_be_bytes([ciphertext[1], ciphertext[2]]))
}

fn cipher(generation: &Generation) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new_from_slice(&generation.secret[..]).expect("a secret has 32 bytes")
}

fn keyed_hash(key: &[u8; SECRET_BYTES], parts: &[&[u8]]) -> Secret {
    let mut mac =
        <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn random_secret() -> Secret {
    let mut secret = Zeroizing::new([0; SECRET_BYTES]);
    fill_random(&mut secret[..]);
    secret
}

/// New secret bytes, for keys that are not the city's own.
pub(crate) fn random_bytes<const COUNT: usize>() -> Zeroizing<[u8; COUNT]> {
    let mut bytes = Zeroizing::new([0; COUNT]);
    fill_random(&mut bytes[..]);
    bytes
}

fn fill_random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system gives randomness, or nothing here is safe");
}

#[cfg(test)]
mod tests;
