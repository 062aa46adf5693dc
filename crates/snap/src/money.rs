//! Sums as they are written: `{"value":"25000.00","currency":"IDR"}`. Rupiah have no sen here.

use serde::{Deserialize, Serialize};

/// Whole rupiah.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Money(pub i64);

#[derive(Serialize, Deserialize)]
struct Written {
    value: String,
    currency: String,
}

const CURRENCY: &str = "IDR";
/// Sixteen characters, two of them behind the point.
const DIGITS_MAX: usize = 13;

impl TryFrom<Written> for Money {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Money, &'static str> {
        if written.currency != CURRENCY {
            return Err("the currency is not IDR");
        }
        let (whole, sen) = written.value.split_once('.').unwrap_or((&written.value, "00"));
        let digits = !whole.is_empty() && whole.bytes().all(|c| c.is_ascii_digit());
        if !digits || whole.len() > DIGITS_MAX {
            return Err("the value is not a sum of rupiah with two decimals");
        }
        if sen != "00" {
            return Err("the value has sen");
        }
        whole.parse().map(Money).map_err(|_| "the value is too large")
    }
}

impl From<Money> for Written {
    fn from(money: Money) -> Written {
        Written { value: format!("{}.00", money.0), currency: CURRENCY.to_owned() }
    }
}
