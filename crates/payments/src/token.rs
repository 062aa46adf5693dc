//! What the bank shows at the city's own services: a token that it is given for its signature, and that
//! needs no row.

use base::Timestamp;
use base::keyring::{Keyring, hash_token};

const PURPOSE: &str = "payments.token";
const LASTS_MS: i64 = 15 * 60 * 1000;
/// The same, as the standard writes it.
pub(crate) const LASTS_SECONDS: &str = "900";

fn written(keyring: &Keyring, partner: &str, until_ms: i64) -> String {
    let seal = keyring.blind(PURPOSE, &format!("{until_ms}|{partner}"));
    format!("{until_ms}.{seal}")
}

/// A token for the bank that is called so.
pub(crate) fn give(keyring: &Keyring, partner: &str, now: Timestamp) -> String {
    written(keyring, partner, now.plus_ms(LASTS_MS).as_ms())
}

/// Whether this is a token of that bank that still lasts.
pub(crate) fn admits(keyring: &Keyring, partner: &str, now: Timestamp, said: &str) -> bool {
    let until_ms = said.split_once('.').and_then(|(until, _)| until.parse::<i64>().ok());
    let Some(until_ms) = until_ms.filter(|until| *until > now.as_ms()) else { return false };
    // Hashes are compared, so that the time it takes tells nothing of the seal.
    hash_token(&written(keyring, partner, until_ms)) == hash_token(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_banks_and_for_a_quarter_of_an_hour() {
        let (keyring, now) = (Keyring::generate(), Timestamp::from_ms(1_773_280_800_000));
        let token = give(&keyring, "bank", now);
        assert!(admits(&keyring, "bank", now, &token));
        assert!(!admits(&keyring, "lain", now, &token));
        assert!(!admits(&Keyring::generate(), "bank", now, &token));
        assert!(admits(&keyring, "bank", now.plus_ms(LASTS_MS - 1), &token));
        assert!(!admits(&keyring, "bank", now.plus_ms(LASTS_MS), &token));
        let longer = token.replacen("17732", "27732", 1);
        for forged in ["", ".", "abc", longer.as_str(), &format!("{token}0")] {
            assert!(!admits(&keyring, "bank", now, forged), "{forged}");
        }
    }
}
