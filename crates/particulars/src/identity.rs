//! The numbers the state gives to people and businesses: NIB, NIK and NPWP. A value of these
//! types has passed the format check; whether it belongs to anybody is for an officer to verify.

use std::fmt;

use serde::Serialize;

/// Business number from OSS: 13 digits, without a published check digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Nib(String);

/// Number of a person: place of first issue, birth date, serial. Personal: it hides in `Debug`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nik(String);

/// Tax number. That of a person is the NIK, so it hides in `Debug` as well.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Npwp(String);

const NIB_DIGITS: usize = 13;
const NIK_DIGITS: usize = 16;
const NPWP_OLD_DIGITS: usize = 15;
/// Women's birth days are written forty days later.
const FEMALE_DAY: u32 = 40;
/// Longest text looked at; anything longer is no number.
const TEXT_MAX: usize = 64;

/// Provinces of the Kemendagri codes (Kepmendagri 300.2.2-2430/2025).
const PROVINCES: [u32; 38] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65,
    71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96,
];

impl Nib {
    /// Thirteen digits; blanks, dots, dashes, a leading apostrophe and the label `NIB` may stand
    /// around them. A missing digit is never supplied here.
    pub fn parse(text: &str) -> Result<Nib, &'static str> {
        let digits = plain_digits(text).ok_or("nib-digits")?;
        if digits.len() != NIB_DIGITS {
            return Err("nib-length");
        }
        if digits.bytes().all(|digit| digit == b'0') {
            return Err("nib-digits");
        }
        Ok(Nib(digits))
    }

    /// The thirteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Nib {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Nik {
    /// Sixteen digits with a known province, a birth date that exists and a serial above zero.
    pub fn parse(text: &str) -> Result<Nik, &'static str> {
        let digits = plain_digits(text).ok_or("nik-digits")?;
        if digits.len() != NIK_DIGITS {
            return Err("nik-length");
        }
        if !PROVINCES.contains(&number(&digits[0..2])) {
            return Err("nik-province");
        }
        if !birth_exists(&digits) {
            return Err("nik-birth");
        }
        if number(&digits[12..16]) == 0 {
            return Err("nik-serial");
        }
        Ok(Nik(digits))
    }

    /// The number itself, for encryption and for a look that is recorded.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether the birth day carries the forty that marks women.
    pub fn is_female(&self) -> bool {
        number(&self.0[6..8]) > FEMALE_DAY
    }
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nik(hidden)")
    }
}

impl Npwp {
    /// Fifteen digits whose ninth is the Luhn digit of the first eight, or sixteen: a person's
    /// NIK, or `0` before the fifteen (PMK 112/2022). Kept as sixteen.
    pub fn parse(text: &str) -> Result<Npwp, &'static str> {
        let digits = plain_digits(text).ok_or("npwp-digits")?;
        match digits.len() {
            NPWP_OLD_DIGITS if luhn(&digits[..9]) => Ok(Npwp(format!("0{digits}"))),
            NIK_DIGITS if digits.starts_with('0') && luhn(&digits[..10]) => Ok(Npwp(digits)),
            NIK_DIGITS if Nik::parse(&digits).is_ok() => Ok(Npwp(digits)),
            NPWP_OLD_DIGITS | NIK_DIGITS => Err("npwp-check"),
            _ => Err("npwp-length"),
        }
    }

    /// The sixteen digits, for encryption and for a look that is recorded.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Npwp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Npwp(hidden)")
    }
}

/// The digits of `text`, if nothing but digits and the usual signs between them is left after
/// a label. Full-width and other decimal digits are folded by NFKC.
pub fn plain_digits(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    if text.len() > TEXT_MAX {
        return None;
    }
    let folded: String = text.nfkc().collect();
    let unlabelled = folded.trim().trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let labelled = unlabelled.len() < folded.trim().len();
    let known = ["NIB", "NIK", "NPWP", "NO", "NOMOR"].contains(
        &folded.trim()[..folded.trim().len() - unlabelled.len()].to_ascii_uppercase().as_str(),
    );
    if labelled && !known {
        return None;
    }
    let mut digits = String::with_capacity(unlabelled.len());
    for c in unlabelled.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '.' | '-' | '\'' | '`' | '\u{2019}' | ':' | '\u{a0}' | '\t' | '"' => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

fn number(digits: &str) -> u32 {
    digits.bytes().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// The century is not in the number, so 29 February is believed in any year divisible by four.
fn birth_exists(nik: &str) -> bool {
    let (day, month, year) = (number(&nik[6..8]), number(&nik[8..10]), number(&nik[10..12]));
    let day = if day > FEMALE_DAY { day - FEMALE_DAY } else { day };
    let days = match month {
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit - b'0') * if place % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nib_is_read_through_what_people_put_around_it() {
        for text in ["9120012345678", "'9120012345678", "9120 0123 45678", "912.0012.345678"] {
            assert_eq!(Nib::parse(text).unwrap().as_str(), "9120012345678", "{text}");
        }
        for text in ["NIB: 9120012345678", "９１２００１２３４５６７８"] {
            assert_eq!(Nib::parse(text).unwrap().as_str(), "9120012345678", "{text}");
        }
        assert_eq!(Nib::parse("912001234567"), Err("nib-length"));
        assert_eq!(Nib::parse("91200123456789"), Err("nib-length"));
        assert_eq!(Nib::parse("912001O345678"), Err("nib-digits"));
        assert_eq!(Nib::parse("belum ada"), Err("nib-digits"));
        assert_eq!(Nib::parse("0000000000000"), Err("nib-digits"));
        assert_eq!(Nib::parse(""), Err("nib-digits"));
    }

    #[test]
    fn personal_numbers_hide_themselves() {
        let nik = Nik::parse("3374015703850001").unwrap();
        assert_eq!(format!("{nik:?}"), "Nik(hidden)");
        assert!(nik.is_female());
        let npwp = Npwp::parse("01.312.166.0-091.000").unwrap();
        assert_eq!(format!("{npwp:?}"), "Npwp(hidden)");
        assert_eq!(npwp.reveal(), "0013121660091000");
    }

    #[test]
    fn the_published_cases_come_out_as_published() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/identity.json");
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: {path} is not here");
            return;
        };
        let cases: serde_json::Value = serde_json::from_str(&text).unwrap();
        for case in cases["nik"]["valid"].as_array().unwrap() {
            assert!(Nik::parse(case["nik"].as_str().unwrap()).is_ok(), "{case}");
        }
        for case in cases["nik"]["invalid"].as_array().unwrap() {
            assert!(Nik::parse(case["nik"].as_str().unwrap()).is_err(), "{case}");
        }
        for case in cases["npwp"]["valid"].as_array().unwrap() {
            for form in ["npwp15", "formatted", "npwp16"] {
                let npwp = Npwp::parse(case[form].as_str().unwrap()).unwrap();
                assert_eq!(npwp.reveal(), case["npwp16"].as_str().unwrap());
            }
        }
        for case in cases["npwp"]["invalid"].as_array().unwrap() {
            assert!(Npwp::parse(case["npwp"].as_str().unwrap()).is_err(), "{case}");
        }
    }
}
