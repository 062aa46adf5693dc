//! Secrets and keys: HMAC-SHA512 with what both sides know, SHA256withRSA with a pair. Signatures travel
//! as base64.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pkcs8::SecretDocument;
use ring::rand::SystemRandom;
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use ring::{hmac, signature};
use spki::der::{Decode, pem::PemLabel};
use spki::{Document, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

/// What both sides know.
#[derive(Clone)]
pub struct Secret(hmac::Key);

impl Secret {
    /// From its characters.
    pub fn new(text: &str) -> Secret {
        Secret(hmac::Key::new(hmac::HMAC_SHA512, text.as_bytes()))
    }

    /// The signature under a text.
    pub fn sign(&self, text: &str) -> String {
        STANDARD.encode(hmac::sign(&self.0, text.as_bytes()))
    }

    /// Whether this is the signature under a text; takes as long whatever it is.
    pub fn verify(&self, text: &str, signature: &str) -> bool {
        let signature = STANDARD.decode(signature);
        signature.is_ok_and(|bytes| hmac::verify(&self.0, text.as_bytes(), &bytes).is_ok())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// A text that is no key of the kind that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoKey;

impl fmt::Display for NoKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not an RSA key of at least 2048 bits in PEM (PKCS#8, or SPKI for the public half)",
        )
    }
}

impl std::error::Error for NoKey {}

/// The half of a pair that signs.
pub struct PrivateKey(RsaKeyPair);

impl PrivateKey {
    /// From PEM, `BEGIN PRIVATE KEY`.
    pub fn parse(pem: &str) -> Result<PrivateKey, NoKey> {
        let (label, document) = SecretDocument::from_pem(pem.trim()).map_err(|_| NoKey)?;
        if label != pkcs8::PrivateKeyInfo::PEM_LABEL {
            return Err(NoKey);
        }
        RsaKeyPair::from_pkcs8(document.as_bytes()).map(PrivateKey).map_err(|_| NoKey)
    }

    /// The signature under a text.
    pub fn sign(&self, text: &str) -> String {
        let mut bytes = Zeroizing::new(vec![0; self.0.public().modulus_len()]);
        let signed =
            self.0.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut bytes);
        signed.expect("the room for a signature is as large as its key");
        STANDARD.encode(&*bytes)
    }

    /// The other half.
    pub fn public(&self) -> PublicKey {
        PublicKey(signature::KeyPair::public_key(&self.0).as_ref().to_vec())
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(hidden)")
    }
}

/// The half of a pair that everybody may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(Vec<u8>);

impl PublicKey {
    /// From PEM, `BEGIN PUBLIC KEY`.
    pub fn parse(pem: &str) -> Result<PublicKey, NoKey> {
        let (label, document) = Document::from_pem(pem.trim()).map_err(|_| NoKey)?;
        if label != SubjectPublicKeyInfoRef::PEM_LABEL {
            return Err(NoKey);
        }
        let info = SubjectPublicKeyInfoRef::from_der(document.as_bytes()).map_err(|_| NoKey)?;
        let key = info.subject_public_key.as_bytes().ok_or(NoKey)?;
        Ok(PublicKey(key.to_vec()))
    }

    /// Whether this is the signature under a text.
    pub fn verify(&self, text: &str, signature: &str) -> bool {
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.0);
        let signature = STANDARD.decode(signature);
        signature.is_ok_and(|bytes| key.verify(text.as_bytes(), &bytes).is_ok())
    }
}
