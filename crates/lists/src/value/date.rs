//! Dates as people and spreadsheets write them: `27/08/2023`, `3 Juni 2020`, `13-03-20`,
//! `2019-11-13`, days since 1899-12-30.

use base::Date;

/// Days a spreadsheet may count to: 1900 to about 2149.
const SERIAL_MAX: f64 = 91_000.0;
/// Two-digit years up to this one belong to this century.
const CENTURY_TURN: i64 = 60;

const MONTHS: [&[&str]; 12] = [
    &["januari", "jan", "january"],
    &["februari", "pebruari", "feb", "peb", "february"],
    &["maret", "mar", "march"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "jun", "june"],
    &["juli", "jul", "july"],
    &["agustus", "agu", "ags", "agt", "aug", "august"],
    &["september", "sep", "sept"],
    &["oktober", "okt", "oct", "october"],
    &["november", "nopember", "nov", "nop"],
    &["desember", "des", "dec", "december"],
];

/// The day of a spreadsheet's serial number; the time of day is dropped.
pub(crate) fn of_serial(serial: f64) -> Option<Date> {
    if !(1.0..SERIAL_MAX).contains(&serial) {
        return None;
    }
    let epoch = Date::of(1899, 12, 30)?;
    Some(epoch.plus_days(format!("{:.0}", serial.floor()).parse().ok()?))
}

/// A written date; the day comes before the month, as in Indonesia.
pub(crate) fn read(text: &str) -> Option<Date> {
    let text = text.trim().to_lowercase();
    let text = text.split_once(',').filter(|(day, _)| is_weekday(day)).map_or(&*text, |p| p.1);
    let parts: Vec<&str> =
        text.split([' ', '/', '-', '.', '\t', 't']).filter(|part| !part.is_empty()).collect();
    let parts = if parts.len() > 3 && text.contains(['t', ' ']) { &parts[..3] } else { &parts };
    if let Some(named) = named_month(text) {
        return Some(named);
    }
    let [first, second, third] = parts else { return None };
    let (first, second, third) = (number(first)?, number(second)?, number(third)?);
    if first > 999 {
        return Date::of(first, second, third);
    }
    Date::of(full_year(third), second, first).or_else(|| Date::of(full_year(third), first, second))
}

/// `3 Juni 2020`, `3-Jun-20`.
fn named_month(text: &str) -> Option<Date> {
    let parts: Vec<&str> =
        text.split([' ', '/', '-', '.', '\t', ',']).filter(|part| !part.is_empty()).collect();
    let place = parts.iter().position(|part| month(part).is_some())?;
    let year = number(parts.get(place + 1)?)?;
    let day = match place {
        0 => return None,
        _ => number(parts[place - 1])?,
    };
    Date::of(full_year(year), month(parts[place])?, day)
}

/// The number of a month by its Indonesian or English name.
pub(crate) fn month(name: &str) -> Option<i64> {
    let place = MONTHS.iter().position(|names| names.contains(&name))?;
    i64::try_from(place).ok().map(|place| place + 1)
}

fn number(digits: &str) -> Option<i64> {
    let plain = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

fn full_year(year: i64) -> i64 {
    match year {
        0..=CENTURY_TURN => 2000 + year,
        ..100 => 1900 + year,
        _ => year,
    }
}

fn is_weekday(word: &str) -> bool {
    ["senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_indonesians_write_them() {
        for (text, iso) in [
            ("27/08/2023", "2023-08-27"),
            ("3 Juni 2020", "2020-06-03"),
            ("Senin, 3 Agustus 2020", "2020-08-03"),
            ("13-03-20", "2020-03-13"),
            ("2019-11-13", "2019-11-13"),
            ("2019-11-13 10:22:01", "2019-11-13"),
            ("3-Okt-21", "2021-10-03"),
            ("01.02.1998", "1998-02-01"),
            ("12/31/2020", "2020-12-31"),
        ] {
            assert_eq!(read(text).map(Date::iso), Some(iso.to_owned()), "{text}");
        }
        for text in ["", "Bulan Mei", "31/02/2020", "2020", "abc", "1/2/3/4"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(of_serial(45_717.34).unwrap().iso(), "2025-03-01");
        assert_eq!(of_serial(0.5), None);
    }
}
