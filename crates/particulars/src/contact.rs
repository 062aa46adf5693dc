//! Telephone numbers in one form: `+62` and the national number.

use std::fmt;

use serde::Serialize;

/// A number of the Indonesian network, `+628…` or `+62` and an area code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Phone(String);

/// Digits after `+62`: 8 for a landline of a small exchange, 12 for the longest mobile number.
const NATIONAL_MIN: usize = 8;
const MOBILE_MIN: usize = 9;
const NATIONAL_MAX: usize = 12;
/// Longest text looked at.
const TEXT_MAX: usize = 64;

impl Phone {
    /// A number as people write it: `0812-3456-789`, `+62 812…`, `62812…`, `812…` (a
    /// spreadsheet ate the zero), `(024) 831…`, `WA: 0812…`.
    pub fn parse(text: &str) -> Result<Phone, &'static str> {
        use unicode_normalization::UnicodeNormalization;
        if text.len() > TEXT_MAX {
            return Err("phone-unreadable");
        }
        let mut digits = String::new();
        for c in text.nfkc() {
            match c {
                '0'..='9' => digits.push(c),
                ' ' | '-' | '.' | '(' | ')' | '+' | '\'' | '_' | ':' | '\u{2010}'..='\u{2015}' => {}
                c if c.is_alphabetic() && digits.is_empty() => {}
                _ => return Err("phone-unreadable"),
            }
        }
        if digits.is_empty() {
            return Err("phone-unreadable");
        }
        Self::of_digits(&digits)
    }

    fn of_digits(digits: &str) -> Result<Phone, &'static str> {
        let national = digits
            .strip_prefix("0062")
            .or_else(|| digits.strip_prefix("62").filter(|rest| rest.len() >= NATIONAL_MIN))
            .unwrap_or(digits);
        let national = national.trim_start_matches('0');
        let least = if national.starts_with('8') { MOBILE_MIN } else { NATIONAL_MIN };
        if national.len() < least {
            return Err("phone-too-short");
        }
        if national.len() > NATIONAL_MAX {
            return Err("phone-too-long");
        }
        if !digits.starts_with(['0', '6', '8']) {
            return Err("phone-unreadable");
        }
        Ok(Phone(format!("+62{national}")))
    }

    /// `+62…`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether WhatsApp and SMS can reach it.
    pub fn is_mobile(&self) -> bool {
        self.0.starts_with("+628")
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_number_is_one_number() {
        let spellings = [
            "081234567890",
            "0812-3456-7890",
            "+62 812 34567890",
            "6281234567890",
            "81234567890",
            "WA: 081234567890",
            "+62 (0) 812 3456 7890",
        ];
        for text in spellings {
            assert_eq!(Phone::parse(text).unwrap().as_str(), "+6281234567890", "{text}");
        }
        assert_eq!(Phone::parse("(024) 8311234").unwrap().as_str(), "+62248311234");
        assert_eq!(Phone::parse("0822477"), Err("phone-too-short"));
        assert_eq!(Phone::parse("08123456789012345"), Err("phone-too-long"));
        assert_eq!(Phone::parse("-"), Err("phone-unreadable"));
        assert_eq!(Phone::parse("8,1E+10"), Err("phone-unreadable"));
    }

    #[test]
    fn a_phone_hides_itself() {
        let phone = Phone::parse("081234567890").unwrap();
        assert_eq!(format!("{phone:?}"), "Phone(hidden)");
        assert!(phone.is_mobile());
    }
}
