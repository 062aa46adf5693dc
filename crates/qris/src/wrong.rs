//! Why a text is no code, and what is only untidy.

use std::fmt;

/// Why a text is no payable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Longer than any code.
    TooLong,
    /// The lengths of its parts do not add up: it was cut short or is something else.
    Broken,
    /// A tag stands twice.
    Twice,
    /// It does not begin as codes do.
    NoBeginning,
    /// It does not end with a checksum.
    NoChecksum,
    /// It was changed, or read wrongly.
    Checksum,
    /// The checksum is right but written in small letters, which the standard does not allow.
    ChecksumLowerCase,
    /// Another currency than rupiah.
    Currency,
    /// Another country than Indonesia.
    Country,
    /// The sum is no sum.
    Amount,
    /// A part of a code that is to be written is empty, too long or holds signs it may not.
    Part(&'static str),
}

impl Wrong {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Wrong::TooLong => "qris-too-long",
            Wrong::Broken => "qris-broken",
            Wrong::Twice => "qris-twice",
            Wrong::NoBeginning => "qris-no-beginning",
            Wrong::NoChecksum => "qris-no-checksum",
            Wrong::Checksum => "qris-checksum",
            Wrong::ChecksumLowerCase => "qris-checksum-lower-case",
            Wrong::Currency => "qris-currency",
            Wrong::Country => "qris-country",
            Wrong::Amount => "qris-amount",
            Wrong::Part(_) => "qris-part",
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Part(part) => write!(f, "{}: {part}", self.code()),
            _ => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for Wrong {}

/// What a strict reader complains of in a code that can be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complaint {
    /// A code that hangs on a wall does not name the merchant's national number.
    NoNationalId,
    /// The merchant's name is longer than 25 characters.
    LongName,
    /// The category of the merchant is not four digits.
    Category,
}
