//! Coordinates as lists hold them: two columns or one, degrees or minutes, map links, exchanged,
//! without the minus of the south, or zero. A link is read, never opened.

use particulars::point::{Bounds, GeoPoint, micro_degrees};

use crate::problem::{Code, Problem};

/// Indonesia, where the city's own box is not known.
const COUNTRY: Bounds = Bounds {
    south_west: corner(-11_500_000, 94_500_000),
    north_east: corner(6_500_000, 141_500_000),
};

const fn corner(latitude: i64, longitude: i64) -> GeoPoint {
    match GeoPoint::of_micro(latitude, longitude) {
        Some(point) => point,
        None => panic!("a corner of the country is on the globe"),
    }
}

/// A point from two cells.
pub(crate) fn pair(
    latitude: &str,
    longitude: &str,
    bounds: Option<&Bounds>,
    problems: &mut Vec<Problem>,
) -> Option<GeoPoint> {
    let empty = |text: &str| matches!(text.trim(), "" | "-");
    if empty(latitude) && empty(longitude) {
        return None;
    }
    let read = format!("{latitude}; {longitude}");
    match (micro_degrees(latitude), micro_degrees(longitude)) {
        (Some(north), Some(east)) => settle(north, east, &read, bounds, problems),
        _ => {
            problems.push(Problem::new(Code::PointUnreadable, &read));
            None
        }
    }
}

/// A point from one cell: a pair, degrees and minutes, or a map link.
pub(crate) fn single(
    text: &str,
    bounds: Option<&Bounds>,
    problems: &mut Vec<Problem>,
) -> Option<GeoPoint> {
    let text = text.trim();
    if matches!(text, "" | "-") {
        return None;
    }
    let is_link = text.contains("://") || text.contains("goo.gl") || text.starts_with("www.");
    let found = if is_link { in_link(text) } else { minutes(text).or_else(|| written_pair(text)) };
    match found {
        Some((north, east)) => settle(north, east, text, bounds, problems),
        None => {
            let code = if is_link { Code::LinkNotFollowed } else { Code::PointUnreadable };
            problems.push(Problem::new(code, text));
            None
        }
    }
}

/// The point that makes sense, with what had to be put right.
fn settle(
    north: i64,
    east: i64,
    read: &str,
    bounds: Option<&Bounds>,
    problems: &mut Vec<Problem>,
) -> Option<GeoPoint> {
    if north == 0 && east == 0 {
        problems.push(Problem::new(Code::PointZero, read));
        return None;
    }
    let fits = [
        (north, east, [None, None]),
        (east, north, [Some(Code::PointSwapped), None]),
        (-north, east, [Some(Code::PointSign), None]),
        (-east, north, [Some(Code::PointSwapped), Some(Code::PointSign)]),
    ];
    for (bounds, outside) in [(bounds, false), (Some(&COUNTRY), bounds.is_some())] {
        let Some(bounds) = bounds else { continue };
        for (latitude, longitude, mended) in fits {
            let Some(point) = GeoPoint::of_micro(latitude, longitude) else { continue };
            if !bounds.contains(point) || (outside && mended[1].is_some()) {
                continue;
            }
            let sign_only = mended[0] == Some(Code::PointSign);
            if outside && sign_only {
                continue;
            }
            let outside = outside.then_some(Code::PointOutside);
            let codes = mended.into_iter().chain([outside]).flatten();
            problems.extend(codes.map(|code| Problem::new(code, read)));
            return Some(point);
        }
    }
    problems.push(Problem::new(Code::PointOutside, read));
    GeoPoint::of_micro(north, east)
}

/// `-6.97387, 110.40824`, `-6,97387; 110,40824`, `-6.97 110.40`.
fn written_pair(text: &str) -> Option<(i64, i64)> {
    let text = text.trim_matches(['(', ')', '[', ']', ' ']);
    for separator in [";", ", ", " ", "/", ","] {
        if let Some((latitude, longitude)) = text.split_once(separator)
            && let (Some(north), Some(east)) = (micro_degrees(latitude), micro_degrees(longitude))
        {
            return Some((north, east));
        }
    }
    None
}

/// `?q=-6.9,110.4`, `/@-6.9,110.4,17z`, `!3d-6.9!4d110.4`, `ll=-6.9,110.4`.
fn in_link(link: &str) -> Option<(i64, i64)> {
    if let Some((_, after)) = link.split_once("!3d")
        && let Some((latitude, after)) = after.split_once("!4d")
    {
        let end = after.find(['!', '?', '&', '/']).unwrap_or(after.len());
        return Some((micro_degrees(latitude)?, micro_degrees(&after[..end])?));
    }
    let link = link.replace("%2C", ",").replace("%2c", ",");
    ["/@", "q=", "query=", "ll=", "destination=", "/place/"].iter().find_map(|mark| {
        let (_, after) = link.split_once(mark)?;
        let end = after.find(['&', '/', 'z', '?', '#']).unwrap_or(after.len());
        let mut parts = after[..end].split(',');
        Some((micro_degrees(parts.next()?)?, micro_degrees(parts.next()?.trim_start_matches('+'))?))
    })
}

/// `7°0'13.5"S 110°28'4.8"E`; LS, LU and BT are the Indonesian letters.
fn minutes(text: &str) -> Option<(i64, i64)> {
    if !text.contains('°') {
        return None;
    }
    let upper = text.to_uppercase().replace("LS", "S").replace("LU", "N").replace("BT", "E");
    let end = upper.find(['S', 'N'])?;
    let north = one_of_minutes(&upper[..end])?;
    let rest = upper[end + 1..].trim_start_matches([',', ';', ' ']);
    let east = one_of_minutes(rest.split(['E', 'T']).next()?)?;
    Some((if upper[end..].starts_with('S') { -north } else { north }, east))
}

fn one_of_minutes(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text
        .split(['°', '\'', '"', '’', '”', '′', '″', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let mut micro = 0;
    for (part, share) in parts.iter().zip([1, 60, 3_600]) {
        micro += (micro_degrees(part)? + share / 2) / share;
    }
    (1..=3).contains(&parts.len()).then_some(micro)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn city() -> Bounds {
        Bounds {
            south_west: corner(-7_120_000, 110_260_000),
            north_east: corner(-6_930_000, 110_510_000),
        }
    }

    fn codes(problems: &[Problem]) -> Vec<Code> {
        problems.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn a_point_is_put_right_only_where_it_then_lies_in_the_city() {
        let here = GeoPoint::of_micro(-6_984_547, 110_372_329);
        for (latitude, longitude, point, told) in [
            ("-6,984547", "110,372329", here, vec![]),
            ("110.372329", "-6.984547", here, vec![Code::PointSwapped]),
            ("6.984547", "110.372329", here, vec![Code::PointSign]),
            ("110.372329", "6.984547", here, vec![Code::PointSwapped, Code::PointSign]),
            ("0", "0", None, vec![Code::PointZero]),
            ("", "", None, vec![]),
            ("-7.5.7", "110", None, vec![Code::PointUnreadable]),
            (
                "-7.57",
                "110.82",
                GeoPoint::of_micro(-7_570_000, 110_820_000),
                vec![Code::PointOutside],
            ),
            (
                "7.57",
                "110.82",
                GeoPoint::of_micro(7_570_000, 110_820_000),
                vec![Code::PointOutside],
            ),
        ] {
            let mut problems = Vec::new();
            let read = pair(latitude, longitude, Some(&city()), &mut problems);
            assert_eq!((read, codes(&problems)), (point, told), "{latitude} {longitude}");
        }
    }

    #[test]
    fn one_cell_holds_a_point_in_many_forms() {
        for text in [
            "-7.00375, 110.468",
            "-7,00375; 110,468",
            "7°0'13.5\"S 110°28'4.8\"E",
            "7° 0' 13.5\" LS, 110° 28' 4.8\" BT",
            "https://maps.google.com/?q=-7.00375,110.468",
            "https://www.google.com/maps/@-7.00375,110.468,17z",
            "https://www.google.com/maps/place/X/data=!3d-7.00375!4d110.468",
        ] {
            let mut problems = Vec::new();
            let read = single(text, Some(&city()), &mut problems);
            assert_eq!(read, GeoPoint::of_micro(-7_003_750, 110_468_000), "{text}");
        }
        let mut problems = Vec::new();
        assert!(single("https://goo.gl/maps/abc123", None, &mut problems).is_none());
        assert_eq!(codes(&problems), [Code::LinkNotFollowed]);
    }
}
