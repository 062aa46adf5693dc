//! A moment, and a calendar day in the city's zone. They are different types.

use std::fmt;

use db::{FromValue, Read, ToValue, Value};
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970 UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// Western Indonesia, where Semarang and Banda Aceh are: UTC+7, no summer time, since 1988
/// (Keppres 41/1987).
const WIB: TimeZone = TimeZone::fixed(Offset::constant(7));
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Timestamp {
    /// The moment of the transaction; there is no other clock.
    pub fn of(read: &Read<'_>) -> Timestamp {
        Timestamp(read.now_ms())
    }

    /// A moment from its milliseconds.
    pub const fn from_ms(ms: i64) -> Timestamp {
        Timestamp(ms)
    }

    /// Milliseconds since 1970 UTC.
    pub const fn as_ms(self) -> i64 {
        self.0
    }

    /// This moment and some milliseconds.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Timestamp {
        Timestamp(self.0 + ms)
    }

    /// The calendar day in the city's zone.
    pub fn date(self) -> Date {
        Date(self.zoned().date())
    }

    /// Hour and minute in the city's zone.
    pub fn clock(self) -> (i64, i64) {
        let zoned = self.zoned();
        (i64::from(zoned.hour()), i64::from(zoned.minute()))
    }

    /// RFC 3339 with the city's offset, as wire formats want it: `2026-03-12T14:30:00+07:00`.
    pub fn iso(self) -> String {
        let zoned = self.zoned();
        format!(
            "{}T{:02}:{:02}:{:02}+07:00",
            Date(zoned.date()).iso(),
            zoned.hour(),
            zoned.minute(),
            zoned.second()
        )
    }

    fn zoned(self) -> jiff::Zoned {
        let moment =
            jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        moment.to_zoned(WIB)
    }
}

/// A calendar day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The day of the transaction in the city's zone.
    pub fn today(read: &Read<'_>) -> Date {
        Timestamp::of(read).date()
    }

    /// `2026-03-12`, and nothing else.
    pub fn parse(text: &str) -> Option<Date> {
        let shape = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        shape.then(|| text.parse().ok()).flatten().map(Date)
    }

    /// A day, if it exists.
    pub fn of(year: i64, month: i64, day: i64) -> Option<Date> {
        let (year, month, day) =
            (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
        civil::Date::new(year, month, day).ok().map(Date)
    }

    /// `2026-03-12`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }

    /// The year.
    pub fn year(self) -> i64 {
        i64::from(self.0.year())
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i64 {
        i64::from(self.0.month())
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i64 {
        i64::from(self.0.day())
    }

    /// 0 is Monday, 6 is Sunday.
    pub fn weekday(self) -> i64 {
        i64::from(self.0.weekday().to_monday_zero_offset())
    }

    /// Some days later, or earlier when negative. Stays where it is at the end of time.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Date {
        let span = jiff::Span::new().try_days(days);
        Date(span.and_then(|span| self.0.checked_add(span)).unwrap_or(self.0))
    }

    /// How many days from `earlier` to this day.
    pub fn days_since(self, earlier: Date) -> i64 {
        (self.start().0 - earlier.start().0) / DAY_MS
    }

    /// The first moment of the day in the city's zone.
    pub fn start(self) -> Timestamp {
        let zoned = self.0.to_zoned(WIB).map(|zoned| zoned.timestamp().as_millisecond());
        Timestamp(zoned.unwrap_or(0))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}
impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Date::parse(&text).ok_or_else(|| serde::de::Error::custom("not a day like 2026-03-12"))
    }
}
impl JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}
impl ToValue for Timestamp {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}
impl FromValue for Timestamp {
    const WANTED: &'static str = "a moment";
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(Timestamp)
    }
}
impl FromValue for Date {
    const WANTED: &'static str = "a day";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Date::parse(&String::from_value(value)?)
    }
}
/// A day is bound as its text: `&date.iso()`.
impl From<Date> for String {
    fn from(date: Date) -> String {
        date.iso()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_belongs_to_the_citys_day_not_to_utcs() {
        let late = Timestamp::from_ms(1_773_334_800_000); // 2026-03-12 17:00 UTC
        assert_eq!(late.date().iso(), "2026-03-13");
        assert_eq!(late.clock(), (0, 0));
        assert_eq!(late.iso(), "2026-03-13T00:00:00+07:00");
        assert_eq!(late.date().start(), late);
        assert_eq!(late.date().weekday(), 4);
    }

    #[test]
    fn days_are_counted_across_months_and_leap_years() {
        let day = Date::parse("2028-02-28").unwrap();
        assert_eq!(day.plus_days(2).iso(), "2028-03-01");
        assert_eq!(day.plus_days(366).days_since(day), 366);
        for wrong in ["2026-2-3", "2026-02-30", "12-03-2026", "", "2026-03-12T00:00"] {
            assert!(Date::parse(wrong).is_none(), "{wrong}");
        }
    }
}
