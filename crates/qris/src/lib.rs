//! Codes of the national QR payment standard QRIS, as a merchant shows them to a payer: read and
//! written. It knows no bank and no city.
#![deny(missing_docs)]

mod crc;
mod dynamic;
mod tlv;
mod wrong;

pub use dynamic::Dynamic;
pub use wrong::{Complaint, Wrong};

use tlv::Fields;

/// The longest code, in characters.
pub const CHARS_MAX: usize = 512;

/// A code that holds together: its checksum is right, its currency is rupiah, its country Indonesia.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qris {
    fields: Fields,
    amount: Option<Amount>,
}

/// A sum as a code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount {
    /// Whole rupiah.
    pub rupiah: i64,
    /// Hundredths; nearly always none.
    pub sen: u8,
}

impl Amount {
    /// The sum in whole rupiah, if it is one.
    pub fn whole(self) -> Option<i64> {
        (self.sen == 0).then_some(self.rupiah)
    }

    /// Digits, then at most two decimals behind a point; more than nothing.
    fn parse(text: &str) -> Option<Amount> {
        const CHARS_MAX: usize = 13;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
        let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
        if text.len() > CHARS_MAX || !digits(whole) || !digits(part) || part.len() > 2 {
            return None;
        }
        let rupiah = whole.parse().ok()?;
        let tenths: u8 = part.parse().ok()?;
        let sen = if part.len() == 1 { tenths * 10 } else { tenths };
        (rupiah > 0 || sen > 0).then_some(Amount { rupiah, sen })
    }
}

/// What the payer adds of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tip {
    /// Nothing.
    None,
    /// The payer is asked.
    Asked,
    /// This sum.
    Fixed(Amount),
    /// This share, in percent as it stands in the code: `2.50`.
    Percent(String),
}

impl Qris {
    /// Reads a code. Whoever scans has already made a text of it; blanks around it are not taken off.
    pub fn parse(text: &str) -> Result<Qris, Wrong> {
        if text.chars().count() > CHARS_MAX {
            return Err(Wrong::TooLong);
        }
        let fields = Fields::parse(text)?;
        if fields.first() != Some("00") || fields.get("00") != Some("01") {
            return Err(Wrong::NoBeginning);
        }
        let stored = fields.last().filter(|(tag, _)| *tag == "63").map(|(_, value)| value);
        let stored = stored.ok_or(Wrong::NoChecksum)?;
        let computed = crc::hex(&text.as_bytes()[..text.len() - stored.len()]);
        match stored == computed {
            true => {}
            false if stored.eq_ignore_ascii_case(&computed) => {
                return Err(Wrong::ChecksumLowerCase);
            }
            false => return Err(Wrong::Checksum),
        }
        if fields.get("53") != Some("360") {
            return Err(Wrong::Currency);
        }
        if fields.get("58") != Some("ID") {
            return Err(Wrong::Country);
        }
        let amount = fields.get("54").map(|text| Amount::parse(text).ok_or(Wrong::Amount));
        Ok(Qris { amount: amount.transpose()?, fields })
    }

    /// Whether it was made for one bill; else it hangs on a wall and is paid again and again.
    pub fn is_dynamic(&self) -> bool {
        self.fields.get("01") == Some("12")
    }

    /// The sum to pay; none where the payer types it.
    pub fn amount(&self) -> Option<Amount> {
        self.amount
    }

    /// The merchant, as the payer reads it.
    pub fn merchant(&self) -> &str {
        self.fields.get("59").unwrap_or_default()
    }

    /// The merchant's city.
    pub fn city(&self) -> &str {
        self.fields.get("60").unwrap_or_default()
    }

    /// The national number of the merchant: `ID` and digits.
    pub fn national_id(&self) -> Option<String> {
        self.nested("51", "02")
    }

    /// The number of the bill.
    pub fn bill(&self) -> Option<String> {
        self.nested("62", "01")
    }

    /// What the acquirer calls this code.
    pub fn reference(&self) -> Option<String> {
        self.nested("62", "05")
    }

    /// The terminal at which it is shown.
    pub fn terminal(&self) -> Option<String> {
        self.nested("62", "07")
    }

    /// What the payer adds of their own.
    pub fn tip(&self) -> Tip {
        let fixed = || self.fields.get("56").and_then(Amount::parse).map(Tip::Fixed);
        let percent = || self.fields.get("57").map(|text| Tip::Percent(text.to_owned()));
        match self.fields.get("55") {
            Some("01") => Tip::Asked,
            Some("02") => fixed().unwrap_or(Tip::None),
            Some("03") => percent().unwrap_or(Tip::None),
            _ => Tip::None,
        }
    }

    /// The text under a tag.
    pub fn field(&self, tag: &str) -> Option<&str> {
        self.fields.get(tag)
    }

    /// The text under a tag within a tag.
    pub fn nested(&self, tag: &str, within: &str) -> Option<String> {
        let inner = Fields::parse(self.fields.get(tag)?).ok()?;
        inner.get(within).map(str::to_owned)
    }

    /// What a strict reader would complain of, although the code can be paid.
    pub fn complaints(&self) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        if !self.is_dynamic() && self.fields.get("51").is_none() {
            complaints.push(Complaint::NoNationalId);
        }
        if self.merchant().chars().count() > dynamic::NAME_CHARS_MAX {
            complaints.push(Complaint::LongName);
        }
        let category = self.fields.get("52").unwrap_or_default();
        if category.len() != 4 || !category.bytes().all(|c| c.is_ascii_digit()) {
            complaints.push(Complaint::Category);
        }
        complaints
    }
}
