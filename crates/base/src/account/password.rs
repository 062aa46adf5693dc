//! Passwords: what one must be, and its argon2id hash. Hashing is heavy on purpose, so it is done
//! outside transactions and by few at a time.

use std::fmt;
use std::sync::OnceLock;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use db::Tx;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::events::PasswordChanged;
use super::{PersonId, SessionId, require_self, session};
use crate::{Error, Problem, Result, keyring};

/// Fewer characters are guessed.
pub const CHARS_MIN: usize = 10;
/// More are a mistake or an attack.
pub const CHARS_MAX: usize = 128;

/// OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;
/// Hashes computed at once: each fills a core and 19 MiB.
const AT_ONCE: usize = 2;
/// Requests that may wait for one; the next is told `Busy`.
const WAITING_MAX: usize = 64;

/// Words that people here take first, alone or with figures behind them.
const COMMON: [&str; 48] = [
    "password",
    "passw0rd",
    "katasandi",
    "sandi",
    "rahasia",
    "admin",
    "administrator",
    "indonesia",
    "merdeka",
    "bismillah",
    "alhamdulillah",
    "assalamualaikum",
    "sayang",
    "sayangku",
    "cintaku",
    "iloveyou",
    "semarang",
    "bandaaceh",
    "kotasemarang",
    "kotabandaaceh",
    "jakarta",
    "bandung",
    "surabaya",
    "yogyakarta",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghij",
    "letmein",
    "welcome",
    "selamatdatang",
    "garuda",
    "pancasila",
    "persija",
    "persib",
    "arema",
    "liverpool",
    "manchester",
    "juventus",
    "barcelona",
    "doraemon",
    "naruto",
    "gerai",
    "umkm",
    "terimakasih",
    "masyaallah",
    "keluarga",
];

/// A password that may be used. Hides in `Debug`, leaves memory when dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// 10 to 128 characters, none of the common ones, and not one's own name, number or address.
    pub fn parse(field: &str, text: &str, own: &[&str]) -> Result<Password, Problem> {
        match text.chars().count() {
            length if length < CHARS_MIN => {
                return Err(Problem::with(field, "account-password-short", CHARS_MIN));
            }
            length if length > CHARS_MAX => {
                return Err(Problem::with(field, "account-password-long", CHARS_MAX));
            }
            _ => {}
        }
        if text.trim().is_empty() {
            return Err(Problem::new(field, "account-password-blank"));
        }
        if is_figures(text) {
            return Err(Problem::new(field, "account-password-figures"));
        }
        if is_common(text) {
            return Err(Problem::new(field, "account-password-common"));
        }
        if own.iter().any(|own| is_own(text, own)) {
            return Err(Problem::new(field, "account-password-own"));
        }
        Ok(Password(Zeroizing::new(text.to_owned())))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Figures alone are a date or a telephone number.
fn is_figures(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '-' | '.' | '/'))
}

fn is_common(text: &str) -> bool {
    let word = letters(text);
    let mut distinct: Vec<char> = text.to_lowercase().chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct.len() < 4 || COMMON.contains(&word.as_str()) || twice(&word)
}

/// `rahasiarahasia`.
fn twice(word: &str) -> bool {
    let (left, right) = word.split_at(word.len() / 2);
    left == right && COMMON.contains(&left)
}

fn is_own(text: &str, own: &str) -> bool {
    let (text, own) = (letters(text), letters(own));
    text.len() >= 3 && text == own
}

/// The letters in lower case, without the figures and signs around them.
fn letters(text: &str) -> String {
    let ascii = |c: &char| c.is_ascii_alphanumeric();
    let plain: String = text.to_lowercase().chars().filter(ascii).collect();
    plain.trim_matches(|c: char| c.is_ascii_digit()).to_owned()
}

/// What is stored of a password, in the PHC form. Hides in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Hash(String);

impl Hash {
    pub(super) fn stored(text: String) -> Hash {
        Hash(text)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hash(…)")
    }
}

fn engine() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("constants within limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash of a password with a salt of its own. Takes tens of milliseconds.
pub fn hash(password: &Password) -> Hash {
    hash_text(&password.0)
}

fn hash_text(text: &str) -> Hash {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).expect("the system gives randomness, or nothing here is safe");
    let salt = SaltString::encode_b64(&salt).expect("16 bytes are a salt");
    let hash = engine().hash_password(text.as_bytes(), &salt);
    Hash(hash.expect("any text of bounded length can be hashed").to_string())
}

/// Whether `text` is the password. Without a hash it takes as long and says no, so that nobody
/// learns from the time which accounts exist.
pub fn check(hash: Option<&Hash>, text: &str) -> bool {
    static DECOY: OnceLock<Hash> = OnceLock::new();
    let known = hash.is_some();
    let hash = hash.unwrap_or_else(|| DECOY.get_or_init(|| hash_text(&keyring::token())));
    let text = if text.len() <= 4 * CHARS_MAX { text } else { "" };
    let parsed = PasswordHash::new(&hash.0);
    let right = parsed.is_ok_and(|it| engine().verify_password(text.as_bytes(), &it).is_ok());
    right && known
}

static WAITING: Semaphore = Semaphore::const_new(WAITING_MAX);
static WORKING: Semaphore = Semaphore::const_new(AT_ONCE);

/// `hash` on a thread of its own, a few at a time.
pub async fn hash_aside(password: Password) -> Result<Hash> {
    aside(move || hash(&password)).await
}

/// `check` on a thread of its own, a few at a time.
pub async fn check_aside(hash: Option<Hash>, text: String) -> Result<bool> {
    let text = Zeroizing::new(text);
    aside(move || check(hash.as_ref(), &text)).await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _place = WAITING.try_acquire().map_err(|_| Error::Busy)?;
    let _turn = WORKING.acquire().await.map_err(Error::broken)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::broken)
}

/// A person takes a new password; their other sessions end. The old one was checked before.
#[derive(Debug, Clone)]
pub struct Change {
    pub person: PersonId,
    /// The hash the old password was checked against.
    pub old: Option<Hash>,
    pub new: Hash,
    /// The session that goes on.
    pub keep: Option<SessionId>,
}

/// Stores the new hash, unless somebody else changed the password in between.
pub fn change(tx: &mut Tx<'_>, cmd: &Change) -> Result<()> {
    require_self(tx, &cmd.person)?;
    if super::person::password_of(tx, &cmd.person)? != cmd.old {
        return Err(Error::Stale);
    }
    store(tx, &cmd.person, &cmd.new, false)?;
    session::end_others(tx, &cmd.person, cmd.keep.as_ref())?;
    Ok(())
}

/// Writes the hash and forgets the devices that knew the old one.
pub(super) fn store(tx: &mut Tx<'_>, person: &PersonId, hash: &Hash, by_link: bool) -> Result<()> {
    let rows = tx
        .execute("UPDATE base_people SET password = $1 WHERE id = $2", &[&hash.as_str(), person])?;
    if rows != 1 {
        return Err(Error::NotFound);
    }
    tx.housekeep::<(String,)>(
        "DELETE FROM base_devices WHERE person = $1 RETURNING token_hash",
        &[person],
    )?;
    tx.record(&PasswordChanged { person, by_link })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        Password::parse("password", text, &["Siti Aminah", "siti@contoh.id", "+6281234567890"])
            .err()
            .map(|problem| problem.code)
    }

    #[test]
    fn weak_passwords_are_refused_with_a_reason() {
        for (text, wanted) in [
            ("singkat", "account-password-short"),
            ("Semarang2026", "account-password-common"),
            ("bismillah123!", "account-password-common"),
            ("rahasiarahasia", "account-password-common"),
            ("aaaaaaaaaaaa", "account-password-common"),
            ("081234567890", "account-password-figures"),
            ("17-08-1945 1945", "account-password-figures"),
            ("SitiAminah99", "account-password-own"),
            ("siti@contoh.id", "account-password-own"),
        ] {
            assert_eq!(code(text), Some(wanted), "{text}");
        }
        assert_eq!(code(&"aB3 ".repeat(33)), Some("account-password-long"));
    }

    #[test]
    fn good_passwords_are_taken_as_they_are() {
        for text in ["sambal terasi di dapur", "Kopi-tubruk-7", "🍚🍛🍜🍲🥘🌶🐟🥥🍌🍃"]
        {
            assert_eq!(code(text), None, "{text}");
        }
        assert_eq!(
            format!("{:?}", Password::parse("", "kopi tubruk pagi", &[])),
            "Ok(Password(…))"
        );
    }

    #[test]
    fn a_hash_knows_its_password_and_no_other() {
        let password = Password::parse("", "sambal terasi", &[]).unwrap();
        let one = hash(&password);
        assert!(one.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", one.0);
        assert_ne!(one, hash(&password), "each has its own salt");
        assert!(check(Some(&one), "sambal terasi"));
        assert!(!check(Some(&one), "sambal Terasi"));
        assert!(!check(None, "sambal terasi"));
        assert!(!check(Some(&Hash("broken".to_owned())), "sambal terasi"));
    }
}
