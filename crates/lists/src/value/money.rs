//! Amounts as people write them: `Rp 1,2 jt`, `7,6 M`, `Rp1.200.000,00`, `± 2 jt/bln`,
//! `Rp 25.000 - Rp 3.000.000`. Whole numbers throughout.

use base::Rupiah;
use unicode_normalization::UnicodeNormalization;

use crate::business::PriceRange;
use crate::cell::Cell;
use crate::problem::{Code, Problem};

use super::{is_power_of_ten, says_nothing};

/// How often an amount comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Per {
    /// Once a year, or not said.
    Year,
    /// Every month.
    Month,
    /// Every day or week: how many of them a year has depends on the trade.
    Day,
}

/// What an amount text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) rupiah: i64,
    /// The upper end, when a range was written.
    pub(crate) to: Option<i64>,
    pub(crate) approximate: bool,
    /// The upper or lower end is open: `≥ Rp 1.500`.
    pub(crate) open: bool,
    pub(crate) per: Option<Per>,
}

const OPEN: [&str; 8] = ["≥", "≤", ">", "<", "lebih dari", "kurang dari", "di atas", "di bawah"];
const ABOUT: [&str; 11] = [
    "±",
    "+/-",
    "+-",
    "kurang lebih",
    "kira-kira",
    "kira kira",
    "sekitar",
    "kisaran",
    "~",
    "≈",
    "rata-rata",
];
const PERIODS: [(&str, Per); 20] = [
    ("per bulan", Per::Month),
    ("perbulan", Per::Month),
    ("sebulan", Per::Month),
    ("/ bulan", Per::Month),
    ("/bulan", Per::Month),
    ("per bln", Per::Month),
    ("/ bln", Per::Month),
    ("/bln", Per::Month),
    ("per hari", Per::Day),
    ("perhari", Per::Day),
    ("sehari", Per::Day),
    ("/hari", Per::Day),
    ("/hr", Per::Day),
    ("per minggu", Per::Day),
    ("/minggu", Per::Day),
    ("per tahun", Per::Year),
    ("setahun", Per::Year),
    ("/tahun", Per::Year),
    ("/thn", Per::Year),
    ("/th", Per::Year),
];
/// Words between the two ends of a range.
const TO: [&str; 6] = [" - ", " s/d ", " sd ", " sampai ", " hingga ", "-"];

/// A yearly amount; `per` is what the column says where the cell says nothing.
pub(crate) fn yearly(cell: &Cell, per: Per, problems: &mut Vec<Problem>) -> Option<Rupiah> {
    let text = cell.text();
    let mut doubt = |code| {
        problems.push(Problem::new(code, &text));
        None
    };
    let amount = match amount(cell) {
        Ok(Some(amount)) => amount,
        Ok(None) => return None,
        Err(code) => return doubt(code),
    };
    if amount.to.is_some() {
        return doubt(Code::MoneyRange);
    }
    if amount.approximate || amount.open {
        doubt(Code::MoneyApproximate);
    }
    let times = match amount.per.unwrap_or(per) {
        Per::Year => 1,
        Per::Month => 12,
        Per::Day => return doubt(Code::MoneyDaily),
    };
    let yearly = amount.rupiah.checked_mul(times).and_then(Rupiah::parse);
    yearly.or_else(|| doubt(Code::MoneyTooLarge))
}

/// From the cheapest to the dearest.
pub(crate) fn prices(cell: &Cell, problems: &mut Vec<Problem>) -> Option<PriceRange> {
    let range = match amount(cell) {
        Ok(amount) => {
            let amount = amount?;
            Rupiah::parse(amount.rupiah).map(|from| PriceRange {
                from,
                to: match amount.to {
                    Some(to) => Rupiah::parse(to),
                    None if amount.open => None,
                    None => Some(from),
                },
            })
        }
        Err(_) => None,
    };
    if range.is_none() {
        problems.push(Problem::new(Code::MoneyUnreadable, &cell.text()));
    }
    range
}

/// A single amount as people write it: `7,6 M`, `Rp 1.250.000`. Nothing for ranges and for what
/// cannot be read for certain.
pub fn rupiah_of(text: &str) -> Option<Rupiah> {
    let amount = read(text).ok().filter(|amount| amount.to.is_none())?;
    Rupiah::parse(amount.rupiah)
}

/// What a cell says about an amount; nothing when it says nothing.
pub(crate) fn amount(cell: &Cell) -> Result<Option<Amount>, Code> {
    match cell {
        Cell::Number(number) if *number < 0.0 => Err(Code::MoneyNegative),
        Cell::Number(number) if number.fract() != 0.0 => Err(Code::MoneyFraction),
        Cell::Text(text) if text == "0" => read("0").map(Some),
        Cell::Text(text) if says_nothing(text) => Ok(None),
        Cell::Text(_) | Cell::Number(_) => read(&cell.text()).map(Some),
        Cell::Date(_) | Cell::Bool(_) => Err(Code::MoneyUnreadable),
        Cell::Empty | Cell::NoValue => Ok(None),
    }
}

/// A written amount.
pub(crate) fn read(text: &str) -> Result<Amount, Code> {
    if is_power_of_ten(text) {
        return Err(Code::MoneyUnreadable);
    }
    let mut text: String = text.nfkc().collect::<String>().to_lowercase();
    let mut take = |words: &[&str]| {
        words.iter().fold(false, |any, word| {
            let here = text.contains(word);
            if here {
                text = text.replace(word, " ");
            }
            any || here
        })
    };
    let about = take(&ABOUT);
    let open = take(&OPEN);
    let per = PERIODS.iter().find(|(word, _)| take(&[word])).map(|(_, per)| *per);
    let text = text.replace("rupiah", " ").replace("idr", " ").replace("rp", " ");
    let text = text.replace(",-", " ").replace(['\u{2013}', '\u{2014}', '\u{2212}'], "-");
    let text = text.trim().trim_start_matches('.').trim();
    if text.starts_with('-') || (text.starts_with('(') && text.ends_with(')')) {
        return Err(Code::MoneyNegative);
    }
    for word in TO {
        if let Some((low, high)) = text.split_once(word)
            && let (Ok(low), Ok(high)) = (sum(low), sum(high))
        {
            return Ok(range(&low, &high, about).with(per, open));
        }
    }
    let whole = sum(text)?;
    let rupiah = whole.rupiah;
    Ok(Amount { rupiah, to: None, approximate: about || whole.about, open, per })
}

impl Amount {
    fn with(mut self, per: Option<Per>, open: bool) -> Amount {
        self.per = per;
        self.open = open;
        self
    }
}

/// `1 - 2 juta` means two millions and one million.
fn range(low: &Sum, high: &Sum, approximate: bool) -> Amount {
    let shared = low.unit == 1 && high.unit > 1 && low.rupiah < 1_000;
    let from = if shared { low.rupiah * high.unit } else { low.rupiah };
    Amount { rupiah: from, to: Some(high.rupiah), approximate, open: false, per: None }
}

struct Sum {
    rupiah: i64,
    /// The unit of the last part.
    unit: i64,
    about: bool,
}

/// `1 juta 500 ribu`, `2,4 M`, `1.200.000`.
fn sum(text: &str) -> Result<Sum, Code> {
    let mut rest = text.trim().trim_start_matches('.').trim_start();
    let mut sum = Sum { rupiah: 0, unit: 1, about: false };
    if rest.is_empty() {
        return Err(Code::MoneyUnreadable);
    }
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
            .unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        let (unit, about) = unit(word).ok_or(Code::MoneyUnreadable)?;
        let part = times(digits.trim_end_matches(['.', ',']), unit)?;
        sum.rupiah = sum.rupiah.checked_add(part).ok_or(Code::MoneyTooLarge)?;
        sum.unit = unit;
        sum.about |= about;
        rest = after.trim_start_matches([' ', '.', '+', ',']);
    }
    Ok(sum)
}

/// How much a unit is, and whether its form means `about` (`20 jutaan`).
fn unit(word: &str) -> Option<(i64, bool)> {
    let bare = word.strip_suffix("an").filter(|bare| bare.len() > 1).unwrap_or(word);
    let about = bare.len() != word.len();
    let size = match bare {
        "" => 1,
        "rb" | "ribu" | "k" | "rbu" => 1_000,
        "jt" | "juta" | "jta" => 1_000_000,
        "m" | "miliar" | "milyar" | "mlr" | "miliard" | "milyard" => 1_000_000_000,
        "t" | "triliun" | "trilyun" => 1_000_000_000_000,
        _ => return None,
    };
    Some((size, about))
}

/// Digits with their separators, times the unit.
fn times(digits: &str, unit: i64) -> Result<i64, Code> {
    let (whole, decimals) = split_decimals(digits, unit).ok_or(Code::MoneyUnreadable)?;
    let decimals = decimals.trim_end_matches('0');
    if whole.is_empty() || whole.len() > 15 || decimals.len() > 12 {
        return Err(if whole.len() > 15 { Code::MoneyTooLarge } else { Code::MoneyUnreadable });
    }
    let mantissa: i128 = format!("{whole}{decimals}").parse().map_err(|_| Code::MoneyUnreadable)?;
    let scale = 10_i128.pow(u32::try_from(decimals.len()).expect("at most twelve decimals"));
    let product = mantissa * i128::from(unit);
    if product % scale != 0 {
        return Err(Code::MoneyFraction);
    }
    i64::try_from(product / scale).map_err(|_| Code::MoneyTooLarge)
}

/// Whole digits and decimals. A point or comma before three digits groups thousands, except a
/// comma before a unit (`1,250 jt` is one million and a quarter).
fn split_decimals(digits: &str, unit: i64) -> Option<(String, &str)> {
    let last = digits.rfind(['.', ',']);
    let Some(last) = last else { return Some((digits.to_owned(), "")) };
    let (head, tail) = (&digits[..last], &digits[last + 1..]);
    let sign = &digits[last..=last];
    let other = if sign == "." { ',' } else { '.' };
    let groups = |text: &str| -> Option<String> {
        let parts: Vec<&str> = text.split(['.', ',']).collect();
        let grouped = parts[1..].iter().all(|part| part.len() == 3);
        (grouped && !parts[0].is_empty()).then(|| parts.concat())
    };
    let again = head.contains(sign);
    let grouping =
        again || (tail.len() == 3 && (unit == 1 || sign == ".") && !head.contains(other));
    if grouping && !head.contains(other) {
        return groups(digits).map(|whole| (whole, ""));
    }
    Some((groups(head)?, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, rupiah) in [
            ("Rp 1,2 jt", 1_200_000),
            ("7,6 M", 7_600_000_000),
            ("286,4 Jt", 286_400_000),
            ("Rp1.200.000.000,00", 1_200_000_000),
            ("Rp 600.000.000,-", 600_000_000),
            ("2400 juta", 2_400_000_000),
            ("150,0 juta", 150_000_000),
            ("1.5 juta", 1_500_000),
            ("1.500 juta", 1_500_000_000),
            ("1,250 jt", 1_250_000),
            ("1,200,000", 1_200_000),
            ("1,200,000.00", 1_200_000),
            ("18.000.000", 18_000_000),
            ("12000000", 12_000_000),
            ("Rp. 500 rb", 500_000),
            ("1 juta 500 ribu", 1_500_000),
            ("Rp2000,-/hari", 2_000),
            ("144000000.0", 144_000_000),
            ("0", 0),
        ] {
            assert_eq!(read(text).map(|amount| amount.rupiah), Ok(rupiah), "{text}");
        }
        for (text, code) in [
            ("banyak", Code::MoneyUnreadable),
            ("Rp", Code::MoneyUnreadable),
            ("-5000", Code::MoneyNegative),
            ("0,1", Code::MoneyFraction),
            ("1,2E+9", Code::MoneyUnreadable),
            ("12.34.56", Code::MoneyUnreadable),
        ] {
            assert_eq!(read(text).map(|amount| amount.rupiah), Err(code), "{text}");
        }
    }

    #[test]
    fn what_is_about_by_the_month_or_a_range_says_so() {
        let about = read("± 2 jt/bln").unwrap();
        assert_eq!((about.rupiah, about.approximate), (2_000_000, true));
        assert_eq!(about.per, Some(Per::Month));
        assert!(read("20 jutaan").unwrap().approximate);
        let range = read("Rp 25.000 - Rp 3.000.000").unwrap();
        assert_eq!((range.rupiah, range.to), (25_000, Some(3_000_000)));
        assert_eq!(read("1-2 juta").unwrap().rupiah, 1_000_000);
        assert!(read("≥ Rp 1.500").unwrap().open);
    }

    #[test]
    fn a_year_has_twelve_months_and_nobody_knows_how_many_days_of_trade() {
        let mut problems = Vec::new();
        let mut yearly = |text: &str, per| {
            yearly(&Cell::Text(text.to_owned()), per, &mut problems).map(Rupiah::amount)
        };
        assert_eq!(yearly("2 jt/bln", Per::Year), Some(24_000_000));
        assert_eq!(yearly("2 jt", Per::Month), Some(24_000_000));
        assert_eq!(yearly("24 jt/tahun", Per::Month), Some(24_000_000));
        assert_eq!(yearly("100 rb/hari", Per::Year), None);
        assert_eq!(yearly("10 - 20 jt", Per::Year), None);
        assert_eq!(yearly("-", Per::Year), None);
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::MoneyDaily, Code::MoneyRange]);
    }
}
