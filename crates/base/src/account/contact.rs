//! How a person is called and reached. Parsed once at the edge; the numbers hide in `Debug`.

use std::fmt;

use db::{ToValue, Value};

use crate::keyring::{Keyring, Sealed};
use crate::{Problem, Result, digits, words};

const NAME_CHARS_MIN: usize = 2;
const NAME_CHARS_MAX: usize = 120;
const EMAIL_CHARS_MAX: usize = 254;
/// Digits of a mobile number as people write it, with the leading 0.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 10..=13;
/// Nobody types more than this for a number.
const PHONE_CHARS_MAX: usize = 32;
/// What the number of an account is sealed for.
pub(super) const PHONE: &str = "account.phone";

/// One field, because many people have one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// A name of 2 to 120 characters with letters in it; spaces are put in order.
    pub fn parse(field: &str, text: &str) -> Result<PersonName, Problem> {
        let name = words::line(text);
        let length = name.chars().count();
        if !(NAME_CHARS_MIN..=NAME_CHARS_MAX).contains(&length) {
            return Err(Problem::with(field, "account-name-length", NAME_CHARS_MAX));
        }
        if name.contains(['<', '>']) {
            return Err(Problem::new(field, "account-name-signs"));
        }
        if !name.chars().any(char::is_alphabetic) {
            return Err(Problem::new(field, "account-name-letters"));
        }
        Ok(PersonName(name))
    }

    /// The name as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An Indonesian mobile number, kept as `+628…`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// Understands `08…`, `62…` and `+62…`, with spaces, dots, dashes and brackets.
    pub fn parse(field: &str, text: &str) -> Result<Phone, Problem> {
        let text = text.trim();
        let plain = |c: char| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}');
        let digits: String = text.chars().take(PHONE_CHARS_MAX).filter(|&c| plain(c)).collect();
        let digits = digits.strip_prefix('+').unwrap_or(&digits);
        let strange = digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit());
        if strange || text.chars().count() > PHONE_CHARS_MAX {
            return Err(Problem::new(field, "account-phone-signs"));
        }
        let rest = digits.strip_prefix("62").or_else(|| digits.strip_prefix('0'));
        let Some(rest) = rest.map(|rest| rest.strip_prefix('0').unwrap_or(rest)) else {
            return Err(Problem::new(field, "account-phone-start"));
        };
        if !PHONE_DIGITS.contains(&(rest.len() + 1)) {
            return Err(Problem::with(field, "account-phone-length", rest.len() + 1));
        }
        if !rest.starts_with('8') {
            return Err(Problem::new(field, "account-phone-start"));
        }
        Ok(Phone(format!("+62{rest}")))
    }

    /// `+628…`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Sealed for an account. Done before the transaction.
    pub fn seal(&self, keys: &Keyring) -> Sealed {
        keys.seal(PHONE, &self.0, &self.mask()).expect("a number is short")
    }

    /// `0812-3456-7890`.
    pub fn display(&self) -> String {
        digits::phone(&self.0)
    }

    /// `0812-••••-••90`: enough to recognise one's own.
    pub fn mask(&self) -> String {
        digits::phone_hidden(&self.0)
    }
}

/// An address for letters, in lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// One `@`, something before it, a domain with a dot after it, no spaces.
    pub fn parse(field: &str, text: &str) -> Result<Email, Problem> {
        let email = text.trim().to_lowercase();
        let wrong = || Problem::new(field, "account-email-format");
        let (local, domain) = email.split_once('@').ok_or_else(wrong)?;
        let plain =
            |c: char| !c.is_control() && !c.is_whitespace() && !"<>,;:\"@()[]\\".contains(c);
        let good_domain = domain.split('.').count() >= 2
            && domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-'));
        let good = !local.is_empty()
            && good_domain
            && email.len() <= EMAIL_CHARS_MAX
            && local.chars().chain(domain.chars()).all(plain);
        if good { Ok(Email(email)) } else { Err(wrong()) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `s•••@example.id`.
    pub fn mask(&self) -> String {
        let (local, domain) = self.0.split_once('@').expect("parsed with one @");
        let first = local.chars().next().expect("parsed with a local part");
        format!("{first}•••@{domain}")
    }
}

/// What a person types to say who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifier {
    /// The blind index of a mobile number: what an account is found by.
    Phone(String),
    /// An e-mail address.
    Email(Email),
}

impl Identifier {
    /// An address if there is an `@` in it, else a number.
    pub fn parse(field: &str, text: &str, keys: &Keyring) -> Result<Identifier, Problem> {
        if text.trim().is_empty() {
            return Err(Problem::new(field, "account-identifier-missing"));
        }
        match text.contains('@') {
            true => Email::parse(field, text).map(Identifier::Email),
            false => {
                let phone = Phone::parse(field, text)?;
                Ok(Identifier::Phone(keys.blind(PHONE, phone.as_str())))
            }
        }
    }

    /// The stored form, for looking up and counting.
    pub fn as_str(&self) -> &str {
        match self {
            Identifier::Phone(blind) => blind,
            Identifier::Email(email) => email.as_str(),
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mask())
    }
}
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mask())
    }
}
impl ToValue for PersonName {
    fn to_value(&self) -> Value<'_> {
        Value::Text(&self.0)
    }
}
impl ToValue for Email {
    fn to_value(&self) -> Value<'_> {
        Value::Text(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for text in [
            "081234567890",
            "6281234567890",
            "+62 812-3456-7890",
            "(0812) 3456.7890",
            "+62081234567890",
        ] {
            let phone = Phone::parse("phone", text).unwrap();
            assert_eq!(phone.as_str(), "+6281234567890", "{text}");
            assert_eq!(phone.display(), "0812-3456-7890");
            assert_eq!(phone.mask(), "0812-••••-••90");
            assert_eq!(format!("{phone:?}"), phone.mask());
        }
    }

    #[test]
    fn a_wrong_number_says_what_is_wrong_with_it() {
        for (text, code) in [
            ("08123456 7", "account-phone-length"),
            ("08123456789012", "account-phone-length"),
            ("0243512345", "account-phone-start"),
            ("812345678901", "account-phone-start"),
            ("+1 202 555 0100", "account-phone-start"),
            ("nol delapan", "account-phone-signs"),
            ("", "account-phone-signs"),
            ("+", "account-phone-signs"),
        ] {
            assert_eq!(Phone::parse("phone", text).unwrap_err().code, code, "{text}");
        }
        assert_eq!(Phone::parse("phone", "08123456 7").unwrap_err().detail, "9");
    }

    #[test]
    fn addresses_are_checked_for_shape_only() {
        for good in ["Siti@Example.ID", "a.b+c@sub.contoh.co.id"] {
            assert!(Email::parse("email", good).is_ok(), "{good}");
        }
        for wrong in ["siti", "@x.id", "a@b", "a@b..id", "a b@x.id", "a@x.id,b@x.id", "a@@x.id"] {
            assert!(Email::parse("email", wrong).is_err(), "{wrong}");
        }
        assert_eq!(Email::parse("email", "Siti@Example.ID").unwrap().mask(), "s•••@example.id");
    }

    #[test]
    fn a_single_name_is_a_name() {
        assert_eq!(PersonName::parse("name", "  Siti   Aminah ").unwrap().as_str(), "Siti Aminah");
        assert!(PersonName::parse("name", "Suharto").is_ok());
        for wrong in ["", "S", "<b>Siti</b>", &"a".repeat(121)] {
            assert!(PersonName::parse("name", wrong).is_err(), "{wrong}");
        }
        for (name, letters) in [("1234", false), ("- .", false), ("Bu 3", true), ("ꦱꦶꦠꦶ", true)]
        {
            assert_eq!(PersonName::parse("name", name).is_ok(), letters, "{name}");
        }
    }
}
