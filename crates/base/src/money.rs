//! Money is whole rupiah in an integer. No float, no decimal, no currency field.

use db::{FromValue, ToValue, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::language::grouped;

/// An amount that is held, owed or paid: never negative, never above `MAX`.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Rupiah(i64);

/// A signed difference between two amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Delta(i64);

/// A share in basis points: `Rate::percent(25)` is a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Rate(i64);

const WHOLE: i64 = 10_000;
const _: () = assert!(Rupiah::MAX.0.checked_mul(WHOLE).is_some(), "share() must not overflow");

impl Rupiah {
    /// Nothing.
    pub const ZERO: Rupiah = Rupiah(0);
    /// Above any city budget, and small enough that `share` cannot overflow.
    pub const MAX: Rupiah = Rupiah(500_000_000_000_000);

    /// An amount, if it is not negative and not above `MAX`.
    pub const fn parse(amount: i64) -> Option<Rupiah> {
        if amount >= 0 && amount <= Self::MAX.0 { Some(Rupiah(amount)) } else { None }
    }

    /// An amount as people type it: `1.250.000`, `Rp 1.250.000`, `1250000`, `Rp1.250.000,00`.
    pub fn read(text: &str) -> Option<Rupiah> {
        let text = text.trim();
        let text = text.strip_prefix("Rp").or_else(|| text.strip_prefix("rp")).unwrap_or(text);
        let text = text.trim_start_matches('.').trim();
        let whole = match text.split_once(',') {
            Some((whole, cents)) if cents.chars().all(|c| c == '0' || c == '-') => whole,
            Some(_) => return None,
            None => text,
        };
        let groups: Vec<&str> = whole.split(['.', ' ']).collect();
        let grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
        let digits = groups.concat();
        let plain = grouped && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten().and_then(Rupiah::parse)
    }

    /// The bare number of rupiah.
    pub const fn amount(self) -> i64 {
        self.0
    }

    /// The sum, unless it passes `MAX`.
    pub const fn plus(self, other: Rupiah) -> Option<Rupiah> {
        Rupiah::parse(self.0 + other.0)
    }

    /// The rest, unless there is less than `other`.
    pub const fn minus(self, other: Rupiah) -> Option<Rupiah> {
        Rupiah::parse(self.0 - other.0)
    }

    /// `count` times this amount, unless it passes `MAX`.
    pub fn times(self, count: i64) -> Option<Rupiah> {
        self.0.checked_mul(count).and_then(Rupiah::parse)
    }

    /// The sum of many, unless it passes `MAX`.
    pub fn sum(amounts: impl IntoIterator<Item = Rupiah>) -> Option<Rupiah> {
        amounts.into_iter().try_fold(Rupiah::ZERO, Rupiah::plus)
    }

    /// `rate` of this amount, rounded down; the caller gives the rest to the other party.
    #[must_use]
    pub const fn share(self, rate: Rate) -> Rupiah {
        Rupiah(self.0 * rate.0 / WHOLE)
    }

    /// As people write it in every language: `Rp1.250.000`.
    pub fn display(self) -> String {
        format!("Rp{}", grouped(self.0, '.'))
    }
}

impl Delta {
    /// From one amount to another.
    pub const fn between(from: Rupiah, to: Rupiah) -> Delta {
        Delta(to.0 - from.0)
    }

    /// A signed amount, if it is no larger than `Rupiah::MAX` either way.
    pub const fn parse(amount: i64) -> Option<Delta> {
        if amount >= -Rupiah::MAX.0 && amount <= Rupiah::MAX.0 { Some(Delta(amount)) } else { None }
    }

    /// The bare number of rupiah.
    pub const fn amount(self) -> i64 {
        self.0
    }

    /// As people write it, with a real minus sign.
    pub fn display(self) -> String {
        if self.0 < 0 {
            format!("\u{2212}Rp{}", grouped(-self.0, '.'))
        } else {
            format!("Rp{}", grouped(self.0, '.'))
        }
    }
}

impl Rate {
    /// Whole percents, 0 to 100.
    pub const fn percent(percent: i64) -> Option<Rate> {
        if percent >= 0 && percent <= 100 { Some(Rate(percent * 100)) } else { None }
    }

    /// Basis points, 0 to 10,000.
    pub const fn points(points: i64) -> Option<Rate> {
        if points >= 0 && points <= WHOLE { Some(Rate(points)) } else { None }
    }

    /// `part` of `whole`, rounded down; zero of nothing.
    pub const fn of(part: i64, whole: i64) -> Rate {
        if whole <= 0 { Rate(0) } else { Rate(part * WHOLE / whole) }
    }

    /// The share in basis points.
    pub const fn as_points(self) -> i64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Rupiah {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let amount = i64::deserialize(deserializer)?;
        Rupiah::parse(amount).ok_or_else(|| serde::de::Error::custom("not an amount of rupiah"))
    }
}
impl<'de> Deserialize<'de> for Delta {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let amount = i64::deserialize(deserializer)?;
        Delta::parse(amount).ok_or_else(|| serde::de::Error::custom("not a difference in rupiah"))
    }
}
impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let points = i64::deserialize(deserializer)?;
        Rate::points(points).ok_or_else(|| serde::de::Error::custom("not 0 to 10,000 basis points"))
    }
}
impl ToValue for Rupiah {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}
impl FromValue for Rupiah {
    const WANTED: &'static str = "rupiah";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Rupiah::parse(i64::from_value(value)?)
    }
}
impl ToValue for Delta {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}
impl FromValue for Delta {
    const WANTED: &'static str = "a difference in rupiah";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Delta::parse(i64::from_value(value)?)
    }
}
impl ToValue for Rate {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}
impl FromValue for Rate {
    const WANTED: &'static str = "a rate";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Rate::points(i64::from_value(value)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rupiah_are_written_with_a_dot_at_every_thousand() {
        for (amount, text) in [(0, "Rp0"), (999, "Rp999"), (1_250_000, "Rp1.250.000")] {
            assert_eq!(Rupiah::parse(amount).unwrap().display(), text);
        }
    }

    #[test]
    fn amounts_are_read_as_people_type_them_and_never_guessed() {
        for (text, amount) in [
            ("1.250.000", Some(1_250_000)),
            ("Rp 1.250.000", Some(1_250_000)),
            ("Rp. 15000", Some(15_000)),
            ("Rp1.250.000,00", Some(1_250_000)),
            ("1 250 000", Some(1_250_000)),
            ("1.25", None),
            ("12,5", None),
            ("-5", None),
            ("", None),
            ("lima", None),
            ("999999999999999999999", None),
        ] {
            assert_eq!(Rupiah::read(text).map(Rupiah::amount), amount, "{text}");
        }
    }

    #[test]
    fn what_comes_from_outside_is_held_to_the_same_limits() {
        assert_eq!(serde_json::from_str::<Rate>("10000").unwrap(), Rate::percent(100).unwrap());
        for wrong in ["-1", "10001", "9223372036854775807"] {
            assert!(serde_json::from_str::<Rate>(wrong).is_err(), "{wrong}");
        }
        assert_eq!(serde_json::from_str::<Delta>("-7").unwrap().amount(), -7);
        assert!(serde_json::from_str::<Delta>("-500000000000001").is_err());
    }

    #[test]
    fn a_share_and_its_rest_make_up_the_whole() {
        for amount in [1, 3, 99, 1_500_001] {
            for points in [0, 1, 333, 9_999, 10_000] {
                let whole = Rupiah::parse(amount).unwrap();
                let share = whole.share(Rate::points(points).unwrap());
                assert_eq!(whole.minus(share).unwrap().plus(share), Some(whole));
            }
        }
    }
}
