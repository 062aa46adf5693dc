//! From a cell to a value: each file knows one kind of thing people write. What cannot be
//! understood for certain becomes a problem, never a guess.

pub(crate) mod address;
pub(crate) mod date;
pub(crate) mod money;
pub(crate) mod number;
pub(crate) mod place;
pub(crate) mod small;

use unicode_normalization::UnicodeNormalization;

/// What people write where they have nothing to write.
const NOTHING: [&str; 24] = [
    "",
    "0",
    "belum",
    "belum ada",
    "belum punya",
    "belum memiliki",
    "tidak",
    "tidak ada",
    "tidak punya",
    "tdk ada",
    "tdk punya",
    "proses",
    "sedang proses",
    "dalam proses",
    "n a",
    "na",
    "nihil",
    "kosong",
    "null",
    "none",
    "nan",
    "tidak tahu",
    "proses pengajuan",
    "x",
];

/// Whether the text says that there is nothing.
pub(crate) fn says_nothing(text: &str) -> bool {
    NOTHING.contains(&particulars::spelling::key(text).as_str())
}

/// `1,23457E+12`: a spreadsheet wrote a long number as a power of ten and cut its digits.
pub(crate) fn is_power_of_ten(text: &str) -> bool {
    let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.trim_start_matches(['+', '-']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(exponent) && mantissa.split(['.', ',']).all(digits) && exponent.len() <= 3
}
