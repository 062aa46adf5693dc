//! The code of one bill, as an acquirer gives it out.

use crate::crc;
use crate::tlv::put;
use crate::wrong::Wrong;
use crate::{Amount, CHARS_MAX};

pub(crate) const NAME_CHARS_MAX: usize = 25;
const CITY_CHARS_MAX: usize = 15;
const POSTCODE_CHARS_MAX: usize = 10;
const DOMAIN_CHARS_MAX: usize = 32;
const MERCHANT_CHARS_MAX: usize = 15;
const REFERENCE_CHARS_MAX: usize = 25;
const TERMINAL_CHARS_MAX: usize = 16;
const AMOUNT_CHARS_MAX: usize = 13;

/// Who is paid, how much, and by which reference the money is recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dynamic {
    /// The acquirer's domain, backwards: `ID.CO.CONTOH.WWW`.
    pub domain: String,
    /// The merchant's number at the acquirer, 16 to 19 digits; the first eight name the acquirer.
    pub pan: String,
    /// What the acquirer calls the merchant.
    pub merchant_id: String,
    /// The class of the merchant: `UMI`, `UKE`, `UME`, `UBE`, `URE`, `PSO`, `BLU`.
    pub class: String,
    /// The national number of the merchant.
    pub national_id: String,
    /// What it sells, four digits.
    pub category: String,
    /// As payers read it.
    pub name: String,
    /// Where it stands.
    pub city: String,
    /// The postcode of that place; may be empty.
    pub postcode: String,
    /// The sum.
    pub amount: Amount,
    /// By which the money is recognised.
    pub reference: String,
    /// Where it is shown: `A01` where there is but one.
    pub terminal: String,
}

/// How long a part may be and of which signs.
fn fits(
    part: &'static str,
    text: &str,
    chars: std::ops::RangeInclusive<usize>,
) -> Result<(), Wrong> {
    let plain = text.chars().all(|sign| sign == ' ' || sign.is_ascii_graphic());
    let fits = chars.contains(&text.chars().count());
    if plain && fits { Ok(()) } else { Err(Wrong::Part(part)) }
}

fn digits(
    part: &'static str,
    text: &str,
    chars: std::ops::RangeInclusive<usize>,
) -> Result<(), Wrong> {
    let all = text.bytes().all(|sign| sign.is_ascii_digit());
    if all { fits(part, text, chars) } else { Err(Wrong::Part(part)) }
}

impl Dynamic {
    /// The code as a text; the caller draws it.
    pub fn text(&self) -> Result<String, Wrong> {
        self.check()?;
        let mut acquirer = String::new();
        put(&mut acquirer, "00", &self.domain);
        put(&mut acquirer, "01", &self.pan);
        put(&mut acquirer, "02", &self.merchant_id);
        put(&mut acquirer, "03", &self.class);
        let mut national = String::new();
        put(&mut national, "00", "ID.CO.QRIS.WWW");
        put(&mut national, "02", &self.national_id);
        put(&mut national, "03", &self.class);
        let mut more = String::new();
        put(&mut more, "05", &self.reference);
        put(&mut more, "07", &self.terminal);
        let amount = match self.amount.whole() {
            Some(rupiah) => rupiah.to_string(),
            None => format!("{}.{:02}", self.amount.rupiah, self.amount.sen),
        };
        let mut code = String::with_capacity(CHARS_MAX);
        put(&mut code, "00", "01");
        put(&mut code, "01", "12");
        put(&mut code, "26", &acquirer);
        put(&mut code, "51", &national);
        put(&mut code, "52", &self.category);
        put(&mut code, "53", "360");
        put(&mut code, "54", &amount);
        put(&mut code, "58", "ID");
        put(&mut code, "59", &self.name);
        put(&mut code, "60", &self.city);
        if !self.postcode.is_empty() {
            put(&mut code, "61", &self.postcode);
        }
        put(&mut code, "62", &more);
        code.push_str("6304");
        let sum = crc::hex(code.as_bytes());
        code.push_str(&sum);
        Ok(code)
    }

    fn check(&self) -> Result<(), Wrong> {
        const CLASSES: [&str; 7] = ["UMI", "UKE", "UME", "UBE", "URE", "PSO", "BLU"];
        fits("domain", &self.domain, 1..=DOMAIN_CHARS_MAX)?;
        digits("pan", &self.pan, 16..=19)?;
        fits("merchant_id", &self.merchant_id, 1..=MERCHANT_CHARS_MAX)?;
        if !CLASSES.contains(&self.class.as_str()) {
            return Err(Wrong::Part("class"));
        }
        fits("national_id", &self.national_id, 3..=MERCHANT_CHARS_MAX)?;
        digits("category", &self.category, 4..=4)?;
        fits("name", &self.name, 1..=NAME_CHARS_MAX)?;
        fits("city", &self.city, 1..=CITY_CHARS_MAX)?;
        fits("postcode", &self.postcode, 0..=POSTCODE_CHARS_MAX)?;
        fits("reference", &self.reference, 1..=REFERENCE_CHARS_MAX)?;
        fits("terminal", &self.terminal, 1..=TERMINAL_CHARS_MAX)?;
        let Amount { rupiah, sen } = self.amount;
        let room = rupiah.to_string().len() + 3 <= AMOUNT_CHARS_MAX;
        let real = rupiah >= 0 && sen < 100 && (rupiah > 0 || sen > 0);
        if room && real { Ok(()) } else { Err(Wrong::Amount) }
    }
}
