//! The signature under a delivery, as Standard Webhooks has it: HMAC-SHA256 over `id.timestamp.body`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::keyring::random_bytes;
use crate::{Error, Result};

/// How every secret begins, so that scanners of leaked secrets know it.
pub const SECRET_PREFIX: &str = "whsec_";
const SECRET_BYTES: usize = 32;

/// A new secret: the prefix and 32 bytes in base64.
pub fn secret() -> Zeroizing<String> {
    let bytes = random_bytes::<SECRET_BYTES>();
    Zeroizing::new(format!("{SECRET_PREFIX}{}", STANDARD.encode(&bytes[..])))
}

/// `v1,` and the signature in base64; `timestamp` in whole seconds.
pub fn sign(secret: &str, id: &str, timestamp_s: i64, body: &str) -> Result<String> {
    let key = secret.strip_prefix(SECRET_PREFIX).and_then(|key| STANDARD.decode(key).ok());
    let key = Zeroizing::new(key.ok_or_else(|| Error::broken("a webhook's secret is none"))?);
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&key).map_err(Error::broken)?;
    mac.update(format!("{id}.{timestamp_s}.{body}").as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_published_one() {
        // The example of the Standard Webhooks specification's libraries.
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let body = "{\"test\": 2432232314}";
        let signed = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body).unwrap();
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn secrets_differ_and_sign() {
        let (one, two) = (secret(), secret());
        assert_ne!(one, two);
        assert!(sign(&one, "a", 1, "b").is_ok() && sign("kata sandi", "a", 1, "b").is_err());
    }
}
