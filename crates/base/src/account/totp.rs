//! Codes of authenticator apps (RFC 6238): six figures of the moment, made from a shared secret.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use zeroize::Zeroizing;

/// Seconds that one code stands.
pub const PERIOD_S: i64 = 30;
/// Figures of a code.
pub const DIGITS: u32 = 6;
/// Steps a clock may be ahead or behind.
pub const WINDOW: i64 = 1;
/// RFC 4226 recommends 160 bits.
const SECRET_BYTES: usize = 20;
const SECRET_CHARS_MAX: usize = 128;

/// What the app and the city share. Hides in `Debug`.
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// A new one from the system's chance. Not inside a transaction.
    pub fn generate() -> Secret {
        let mut bytes = Zeroizing::new(vec![0; SECRET_BYTES]);
        getrandom::fill(&mut bytes).expect("the system gives randomness, or nothing here is safe");
        Secret(bytes)
    }

    /// The secret from its base32 text.
    pub fn parse(text: &str) -> Option<Secret> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let plain = Zeroizing::new(plain.to_uppercase());
        if plain.is_empty() || plain.len() > SECRET_CHARS_MAX {
            return None;
        }
        BASE32_NOPAD.decode(plain.as_bytes()).ok().map(|bytes| Secret(Zeroizing::new(bytes)))
    }

    /// The base32 text that an app takes.
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE32_NOPAD.encode(&self.0))
    }

    /// The text in groups of four, to be typed.
    pub fn display(&self) -> String {
        let text = self.text();
        let groups: Vec<&str> =
            text.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        groups.join(" ")
    }

    /// The address that an app reads from a QR code.
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (percent(issuer), percent(account));
        let secret = self.text();
        format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1\
             &digits={DIGITS}&period={PERIOD_S}",
            *secret
        )
    }

    /// The code of a step.
    pub fn code(&self, step: i64) -> String {
        let mut mac =
            <Hmac<Sha1> as Mac>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let start = usize::from(hash[19] & 0xf);
        let word = [hash[start] & 0x7f, hash[start + 1], hash[start + 2], hash[start + 3]];
        format!("{:06}", u32::from_be_bytes(word) % 10_u32.pow(DIGITS))
    }

    /// The step whose code this is, near `now_ms` and later than `last_step`: a code serves once.
    pub fn accepts(&self, code: &str, now_ms: i64, last_step: i64) -> Option<i64> {
        let now = step_at(now_ms);
        let candidates = now - WINDOW..=now + WINDOW;
        candidates.filter(|step| *step > last_step).find(|step| same(&self.code(*step), code))
    }
}

/// The step that a moment falls into.
pub fn step_at(now_ms: i64) -> i64 {
    now_ms.div_euclid(PERIOD_S * 1000)
}

/// Compares without telling by the time where two texts differ.
fn same(left: &str, right: &str) -> bool {
    let pairs = left.bytes().zip(right.bytes());
    left.len() == right.len() && pairs.fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'@') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc_secret() -> Secret {
        Secret(Zeroizing::new(b"12345678901234567890".to_vec()))
    }

    /// RFC 6238, appendix B, SHA-1: the last six of the eight figures given there.
    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(rfc_secret().code(step_at(seconds * 1000)), code, "{seconds}");
        }
    }

    /// RFC 4226, appendix D: the counter's first ten codes.
    #[test]
    fn codes_are_those_of_hotp() {
        let wanted = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        for (step, code) in (0..).zip(wanted) {
            assert_eq!(rfc_secret().code(step), code);
        }
    }

    #[test]
    fn a_code_serves_once_and_only_near_its_moment() {
        let (secret, now) = (rfc_secret(), 1_234_567_890_000);
        let step = step_at(now);
        let code = secret.code(step);
        for late_s in [-30, 0, 30] {
            assert_eq!(secret.accepts(&code, now + late_s * 1000, 0), Some(step));
        }
        assert_eq!(secret.accepts(&code, now + 60_000, 0), None);
        assert_eq!(secret.accepts(&code, now - 60_000, 0), None);
        assert_eq!(secret.accepts(&code, now, step), None, "it was used");
        assert_eq!(secret.accepts("", now, 0), None);
        assert_eq!(secret.accepts("00592", now, 0), None);
    }

    #[test]
    fn a_secret_survives_its_text_and_stays_out_of_logs() {
        let secret = rfc_secret();
        let again = Secret::parse(&secret.display().to_lowercase()).unwrap();
        assert_eq!(again.code(1), secret.code(1));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert!(Secret::parse("bukan base32!").is_none());
        assert_eq!(
            secret.uri("Gerai Semarang", "siti@contoh.id"),
            "otpauth://totp/Gerai%20Semarang:siti@contoh.id?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Gerai%20Semarang&algorithm=SHA1&digits=6&period=30"
        );
    }
}
