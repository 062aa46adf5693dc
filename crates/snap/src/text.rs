//! The texts that are signed. Each is made of what was sent, byte for byte.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::minify::{Spaces, minify};

/// One request, as far as it is signed.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// `POST`.
    pub method: &'r str,
    /// The path with its query, without the host.
    pub path: &'r str,
    /// The bytes of the body; none of a request without one.
    pub body: &'r [u8],
    /// The moment, as the header says it.
    pub timestamp: &'r str,
}

impl Request<'_> {
    /// What is signed with a shared secret, under an access token. Nothing for a body that is too large.
    pub fn symmetric(&self, token: &str, spaces: Spaces) -> Option<String> {
        let hash = self.hash(spaces)?;
        let Request { method, path, timestamp, .. } = self;
        Some(format!("{method}:{path}:{token}:{hash}:{timestamp}"))
    }

    /// What is signed with a key pair, such as notices. Nothing for a body that is too large.
    pub fn asymmetric(&self, spaces: Spaces) -> Option<String> {
        let hash = self.hash(spaces)?;
        let Request { method, path, timestamp, .. } = self;
        Some(format!("{method}:{path}:{hash}:{timestamp}"))
    }

    /// SHA-256 of the body without blanks, as 64 lower-case hex digits.
    fn hash(&self, spaces: Spaces) -> Option<String> {
        Some(HEXLOWER.encode(&Sha256::digest(minify(self.body, spaces)?)))
    }
}

/// What is signed with a key pair to be given an access token.
pub fn token(client_key: &str, timestamp: &str) -> String {
    format!("{client_key}|{timestamp}")
}
