//! An address in one cell, taken apart: street, RT/RW, village, district, landmark. It never
//! fails; what it cannot place it gives back as unread.

use particulars::spelling;

/// The parts of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Street and house number.
    pub street: Option<String>,
    /// What stands beside it, in brackets.
    pub landmark: Option<String>,
    /// Neighbourhood unit.
    pub rt: Option<u16>,
    /// Group of neighbourhood units.
    pub rw: Option<u16>,
    /// Kelurahan, desa or gampong as written.
    pub village: Option<String>,
    /// Kecamatan as written.
    pub district: Option<String>,
    /// City, regency or province as written.
    pub city: Option<String>,
    /// Parts nobody could place.
    pub unread: Vec<String>,
}

const VILLAGE: [&str; 6] = ["kel", "kelurahan", "desa", "ds", "gampong", "gp"];
const DISTRICT: [&str; 2] = ["kec", "kecamatan"];
const CITY: [&str; 7] = ["kota", "kab", "kabupaten", "provinsi", "prov", "jawa", "indonesia"];
const STREET: [&str; 20] = [
    "jl",
    "jln",
    "jalan",
    "gg",
    "gang",
    "komplek",
    "kompleks",
    "komp",
    "perum",
    "perumahan",
    "ruko",
    "blok",
    "pasar",
    "ps",
    "dusun",
    "dukuh",
    "kampung",
    "kp",
    "lorong",
    "lr",
];

/// Takes an address apart.
pub fn take_apart(text: &str) -> Address {
    let tidy = spelling::tidy(text);
    let mut address = Address::default();
    let rest = take_landmark(&tidy, &mut address);
    let rest = take_units(&rest, &mut address);
    let parts: Vec<&str> =
        rest.split([',', ';']).map(trimmed).filter(|part| !part.is_empty()).collect();
    for (place, part) in parts.iter().enumerate() {
        let key = spelling::key(part);
        let first = key.split(' ').next().unwrap_or_default();
        if VILLAGE.contains(&first) && key.contains(' ') && address.village.is_none() {
            address.village = Some((*part).to_owned());
        } else if DISTRICT.contains(&first) && key.contains(' ') {
            // What stands before the district is the village, if it is not the street.
            if address.village.is_none() && place > 1 {
                address.village = address.unread.pop();
            }
            address.district = Some((*part).to_owned());
        } else if CITY.contains(&first) && place > 0 {
            address.city = Some((*part).to_owned());
        } else if address.street.is_none() && (place == 0 || STREET.contains(&first)) {
            address.street = Some((*part).to_owned());
        } else if STREET.contains(&first) || first == "no" {
            let street = address.street.get_or_insert_default();
            *street = format!("{street}, {part}");
        } else {
            address.unread.push((*part).to_owned());
        }
    }
    address
}

/// Whether the text begins like a street or names a neighbourhood unit.
pub(crate) fn looks_like_one(text: &str) -> bool {
    let key = spelling::key(text);
    let first = key.split(' ').next().unwrap_or_default();
    key.contains(' ') && (STREET.contains(&first) || take_apart(text).rt.is_some())
}

fn trimmed(part: &str) -> &str {
    part.trim_matches([' ', ',', '.', ';', '-'])
}

/// Takes out the last bracket.
fn take_landmark(text: &str, address: &mut Address) -> String {
    let Some((before, inside)) = text.rsplit_once('(') else { return text.to_owned() };
    let Some((inside, after)) = inside.split_once(')') else { return text.to_owned() };
    if !inside.trim().is_empty() {
        address.landmark = Some(inside.trim().to_owned());
    }
    format!("{} {}", before.trim_end(), after.trim_start()).trim().to_owned()
}

/// Takes out `RT 04 RW 08`, `RT.4/RW.8`, `rt/rw 04/08`, `RT 5`.
fn take_units(text: &str, address: &mut Address) -> String {
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find("rt").map(|place| place + from) {
        from = found + 2;
        let begins = !lower[..found].ends_with(|c: char| c.is_alphanumeric());
        if let Some((rt, rw, end)) = begins.then(|| units(&lower, found)).flatten() {
            (address.rt, address.rw) = (rt, rw);
            let (before, after) = (text[..found].trim_end(), text[end..].trim_start());
            return if after.starts_with([',', ';']) || after.is_empty() {
                format!("{before}{after}")
            } else {
                format!("{before}, {after}")
            };
        }
    }
    text.to_owned()
}

type Units = (Option<u16>, Option<u16>, usize);

fn units(lower: &str, from: usize) -> Option<Units> {
    let skip = |at: usize, signs: &[char]| {
        at + lower[at..].len() - lower[at..].trim_start_matches(signs).len()
    };
    let blanks = [' ', '.', ':', '/', '-', '\u{a0}'];
    let digits = |at: usize| {
        let count = lower[at..].bytes().take_while(u8::is_ascii_digit).count();
        let number = (1..=3).contains(&count).then(|| lower[at..at + count].parse().ok());
        number.flatten().map(|number: u16| (number, at + count))
    };
    let mut at = skip(from + 2, &blanks);
    if lower[at..].starts_with("rw") {
        at = skip(at + 2, &blanks);
    }
    let (rt, after_rt) = digits(at)?;
    let mut at = skip(after_rt, &blanks);
    let named = lower[at..].starts_with("rw");
    if named {
        at = skip(at + 2, &blanks);
    } else if at > after_rt && lower[after_rt..at].contains(',') {
        return Some((Some(rt), None, after_rt));
    }
    match digits(at) {
        Some((rw, end)) if named || at > after_rt => Some((Some(rt), Some(rw), end)),
        _ => Some((Some(rt), None, after_rt)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        let address =
            take_apart("Jl. Mawar No. 98 RT 04 RW 08, Gondoriyo, Kec. Ngaliyan (belakang masjid)");
        assert_eq!(address.street.as_deref(), Some("Jl. Mawar No. 98"));
        assert_eq!((address.rt, address.rw), (Some(4), Some(8)));
        assert_eq!(address.village.as_deref(), Some("Gondoriyo"));
        assert_eq!(address.district.as_deref(), Some("Kec. Ngaliyan"));
        assert_eq!(address.landmark.as_deref(), Some("belakang masjid"));
        assert!(address.unread.is_empty());
    }

    #[test]
    fn neighbourhood_units_are_found_wherever_they_stand() {
        for text in [
            "Jl. Imam Bonjol No. 4 RT 4/RW 12",
            "Jl. Imam Bonjol No. 4, RT.004/RW.012",
            "Jl. Imam Bonjol No. 4 rt/rw 04/12",
            "Jl. Imam Bonjol No. 4 RT 4 12",
        ] {
            let address = take_apart(text);
            assert_eq!(address.street.as_deref(), Some("Jl. Imam Bonjol No. 4"), "{text}");
            assert_eq!((address.rt, address.rw), (Some(4), Some(12)), "{text}");
        }
        assert_eq!(take_apart("Jl. Kartini 5").rt, None);
    }

    #[test]
    fn what_cannot_be_placed_is_given_back() {
        let address = take_apart("odifa, trop asri, tropodo");
        assert_eq!(address.street.as_deref(), Some("odifa"));
        assert_eq!(address.unread, ["trop asri", "tropodo"]);
        assert_eq!(take_apart(""), Address::default());
        assert_eq!(take_apart(")(,;rt").rt, None);
    }
}
