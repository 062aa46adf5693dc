//! A place on earth in whole micro-degrees (eleven centimetres), so that no float is ever stored.

use serde::{Serialize, Serializer, ser::SerializeStruct};

const MICRO: i64 = 1_000_000;
/// Digits after the sign that can matter; more are cut before they overflow.
const DIGITS_MAX: usize = 17;

/// Latitude and longitude in micro-degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GeoPoint {
    latitude: i64,
    longitude: i64,
}

/// A box on the map, edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// South-west corner.
    pub south_west: GeoPoint,
    /// North-east corner.
    pub north_east: GeoPoint,
}

impl GeoPoint {
    /// From micro-degrees, if they are on the globe.
    pub const fn of_micro(latitude: i64, longitude: i64) -> Option<GeoPoint> {
        if latitude.abs() <= 90 * MICRO && longitude.abs() <= 180 * MICRO {
            Some(GeoPoint { latitude, longitude })
        } else {
            None
        }
    }

    /// From two texts in degrees.
    pub fn parse(latitude: &str, longitude: &str) -> Result<GeoPoint, &'static str> {
        let latitude = micro_degrees(latitude).ok_or("point-unreadable")?;
        let longitude = micro_degrees(longitude).ok_or("point-unreadable")?;
        GeoPoint::of_micro(latitude, longitude).ok_or("point-impossible")
    }

    /// Micro-degrees north.
    pub const fn latitude(self) -> i64 {
        self.latitude
    }

    /// Micro-degrees east.
    pub const fn longitude(self) -> i64 {
        self.longitude
    }

    /// Degrees north and east as decimal text, for maps and forms: `-6.983`.
    pub fn degrees(self) -> (String, String) {
        (degrees(self.latitude), degrees(self.longitude))
    }

    /// The distance in metres, good to a percent within a city near the equator.
    pub fn metres_to(self, other: GeoPoint) -> i64 {
        // A micro-degree is 0.1113 m; at 7 degrees south one of longitude is 0.1105 m.
        let north = (self.latitude - other.latitude) * 1_113 / 10_000;
        let east = (self.longitude - other.longitude) * 1_105 / 10_000;
        (north * north + east * east).isqrt()
    }

    /// Rounded to five decimals (about a metre): what counts as the same place.
    pub const fn rounded(self) -> (i64, i64) {
        ((self.latitude - 5).div_euclid(10) + 1, (self.longitude - 5).div_euclid(10) + 1)
    }
}

impl Bounds {
    /// The smallest box around all points, widened by `margin` micro-degrees.
    pub fn around(points: impl IntoIterator<Item = GeoPoint>, margin: i64) -> Option<Bounds> {
        let mut bounds: Option<Bounds> = None;
        for point in points {
            let grown = bounds.get_or_insert(Bounds { south_west: point, north_east: point });
            grown.south_west.latitude = grown.south_west.latitude.min(point.latitude);
            grown.south_west.longitude = grown.south_west.longitude.min(point.longitude);
            grown.north_east.latitude = grown.north_east.latitude.max(point.latitude);
            grown.north_east.longitude = grown.north_east.longitude.max(point.longitude);
        }
        bounds.map(|tight| Bounds {
            south_west: tight.south_west.moved(-margin),
            north_east: tight.north_east.moved(margin),
        })
    }

    /// Whether the point lies in the box.
    pub const fn contains(&self, point: GeoPoint) -> bool {
        point.latitude >= self.south_west.latitude
            && point.latitude <= self.north_east.latitude
            && point.longitude >= self.south_west.longitude
            && point.longitude <= self.north_east.longitude
    }
}

impl GeoPoint {
    const fn moved(self, by: i64) -> GeoPoint {
        GeoPoint { latitude: self.latitude + by, longitude: self.longitude + by }
    }
}

impl Serialize for GeoPoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("GeoPoint", 2)?;
        fields.serialize_field("latitude", &degrees_number(self.latitude))?;
        fields.serialize_field("longitude", &degrees_number(self.longitude))?;
        fields.end()
    }
}

/// Degrees as a JSON number that prints the same six decimals.
pub fn degrees_number(micro: i64) -> serde_json::Number {
    degrees(micro).parse().expect("a decimal text is a JSON number")
}

fn degrees(micro: i64) -> String {
    let sign = if micro < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:06}", micro.abs() / MICRO, micro.abs() % MICRO);
    let text = text.trim_end_matches('0');
    text.strip_suffix('.').unwrap_or(text).to_owned()
}

/// `-6.983`, `-6,983`, `+110.4` in micro-degrees; digits beyond the sixth are cut, so that
/// rounding to five decimals later is right. No float in between.
pub fn micro_degrees(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = whole.is_empty() || whole.len() > 4 || !digits(whole) || !digits(decimals);
    if wrong || decimals.len() > DIGITS_MAX * 2 {
        return None;
    }
    let padded: String = decimals.chars().chain("000000".chars()).take(6).collect();
    let micro = whole.parse::<i64>().ok()? * MICRO + padded.parse::<i64>().ok()?;
    Some(if negative { -micro } else { micro })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_read_and_written_without_a_float() {
        for (text, micro) in [
            ("-6.959375", -6_959_375),
            ("-6,9", -6_900_000),
            ("110.4135254", 110_413_525),
            ("110.4135259", 110_413_525),
            ("110.82607009972222", 110_826_070),
            ("7", 7_000_000),
        ] {
            assert_eq!(micro_degrees(text), Some(micro), "{text}");
        }
        for text in ["", "-", "7.5.7", "abc", "1e5", "12345", "--7"] {
            assert_eq!(micro_degrees(text), None, "{text}");
        }
        let point = GeoPoint::parse("-6.95", "110.0").unwrap();
        assert_eq!(point.degrees(), ("-6.95".to_owned(), "110".to_owned()));
        assert_eq!(GeoPoint::parse("110.4", "-6.9"), Err("point-impossible"));
    }

    #[test]
    fn distances_are_near_enough_for_a_city() {
        let here = GeoPoint::parse("-7.0", "110.0").unwrap();
        let there = GeoPoint::parse("-7.001", "110.0").unwrap();
        assert!((110..=112).contains(&here.metres_to(there)));
        let bounds = Bounds::around([here, there], 1000).unwrap();
        assert!(bounds.contains(here) && bounds.contains(there));
        assert!(!bounds.contains(GeoPoint::parse("-7.1", "110.0").unwrap()));
    }
}
