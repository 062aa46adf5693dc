//! Moments as they are written: `2026-11-23T15:00:00+07:00`, with or without thousandths.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// A moment more than this away from the reader's clock is refused.
pub const WINDOW_MS: i64 = 5 * 60 * 1000;

const CHARS_MAX: usize = 40;

/// Milliseconds since 1970, if the text is a moment with its zone.
pub fn read(text: &str) -> Option<i64> {
    let short = text.len() <= CHARS_MAX;
    let timestamp: Timestamp = text.parse().ok().filter(|_| short)?;
    Some(timestamp.as_millisecond())
}

/// A moment in western Indonesian time. Nothing for one that no calendar has.
pub fn write(ms: i64) -> Option<String> {
    let zone = TimeZone::fixed(Offset::constant(7));
    let zoned = Timestamp::from_millisecond(ms).ok()?.to_zoned(zone);
    Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Whether a moment that somebody else wrote is near enough to now.
pub fn is_fresh(at_ms: i64, now_ms: i64) -> bool {
    at_ms.abs_diff(now_ms) <= WINDOW_MS.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_back_from_its_text() {
        let text = "2026-11-23T15:00:00+07:00";
        let ms = read(text).unwrap();
        assert_eq!(write(ms).as_deref(), Some(text));
        assert_eq!(read("2026-11-23T15:00:00.250+07:00"), Some(ms + 250));
        assert_eq!(read("2026-11-23T08:00:00Z"), Some(ms));
        for wrong in ["", "2026-11-23T15:00:00", "2026-11-23", "besok"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_stale_or_early_moment_is_noticed() {
        for (away_ms, fresh) in [(0, true), (WINDOW_MS, true), (WINDOW_MS + 1, false)] {
            assert_eq!(is_fresh(1_000_000_000 - away_ms, 1_000_000_000), fresh);
            assert_eq!(is_fresh(1_000_000_000 + away_ms, 1_000_000_000), fresh);
        }
        assert!(!is_fresh(i64::MIN, i64::MAX));
    }
}
