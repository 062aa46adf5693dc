//! What clerks write around the businesses: sums, notes and signatures, known by their words.

use particulars::region::CityRegions;
use particulars::spelling;

use super::kind::{DISTRICT, VILLAGE, after};
use crate::value::date;

/// Words that begin a sum.
const SUMS: [&str; 11] = [
    "grand total",
    "jumlah",
    "total",
    "sub total",
    "subtotal",
    "sub jumlah",
    "rata rata",
    "rerata",
    "akumulasi",
    "rekapitulasi",
    "rekap",
];
/// What a sum may go on to say; with anything else it is a name (`Total Laundry`).
const SUMMED: [&str; 44] = [
    "total",
    "jumlah",
    "keseluruhan",
    "seluruhnya",
    "seluruh",
    "semua",
    "akhir",
    "umkm",
    "ukm",
    "usaha",
    "unit",
    "mikro",
    "kecil",
    "menengah",
    "pelaku",
    "pemilik",
    "pedagang",
    "lapak",
    "kios",
    "los",
    "omzet",
    "omset",
    "aset",
    "modal",
    "tenaga",
    "kerja",
    "karyawan",
    "pekerja",
    "orang",
    "data",
    "halaman",
    "lembar",
    "per",
    "tahun",
    "bulan",
    "rp",
    "rupiah",
    "kota",
    "se",
    "wilayah",
    "kecamatan",
    "kelurahan",
    "kec",
    "kel",
];
/// Words beside a number that leave it a number.
const UNITS: [&str; 25] = [
    "rp", "idr", "rupiah", "orang", "org", "jiwa", "usaha", "umkm", "ukm", "unit", "buah",
    "pelaku", "lapak", "kios", "los", "kk", "ribu", "rb", "juta", "jt", "m", "milyar", "miliar",
    "data", "baris",
];
/// What a note begins with, besides a signature.
const NOTES: [&str; 6] = ["keterangan", "catatan", "sumber", "nb", "ket", "note"];
/// Notes after which a signature goes on for some lines: a place, a name, a rank.
const SIGNING: [&str; 13] = [
    "mengetahui",
    "menyetujui",
    "kepala dinas",
    "kepala bidang",
    "kepala",
    "nip",
    "ttd",
    "tertanda",
    "lurah",
    "camat",
    "keuchik",
    "petugas",
    "disusun oleh",
];
/// A note is short where no colon or point says that it is one.
const NOTE_CHARS_MAX: usize = 40;
/// A place before a date has at most this many words: `Banda Aceh, 3 Mei 2024`.
const PLACE_WORDS_MAX: usize = 3;

/// Whether the label of a row begins a sum and says nothing else.
pub(super) fn is_sum(label: &str, city: &CityRegions) -> bool {
    let key = spelling::key(label);
    let rest = |sum: &&str| key.strip_prefix(*sum).filter(|r| r.is_empty() || r.starts_with(' '));
    SUMS.iter().filter_map(rest).map(str::trim_start).any(|rest| {
        let plain =
            |word: &str| SUMMED.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit());
        rest.is_empty()
            || rest.split(' ').all(plain)
            || after(rest, &DISTRICT).is_some()
            || after(rest, &VILLAGE).is_some()
            || city.is_district_name(rest)
            || city.is_village_name(rest)
    })
}

/// Whether a text is a count or an amount, with or without its unit.
pub(super) fn is_amount(text: &str) -> bool {
    let key = spelling::key(text);
    key.bytes().any(|byte| byte.is_ascii_digit())
        && key.split(' ').all(|word| {
            let bare = word.trim_start_matches(|c: char| c.is_ascii_digit());
            let bare = bare.strip_prefix("rp").unwrap_or(bare);
            let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit());
            bare.is_empty() || UNITS.contains(&bare)
        })
}

/// Whether the text is a note or part of a signature.
pub(super) fn is_note(label: &str) -> bool {
    begins(label, &NOTES) || is_signing(label)
}

/// Whether a signature begins here, so that the names below it are not businesses.
pub(super) fn is_signing(label: &str) -> bool {
    begins(label, &SIGNING) || is_place_and_date(label)
}

fn begins(label: &str, words: &[&str]) -> bool {
    let key = spelling::key(label);
    words.iter().any(|note| {
        key.strip_prefix(note).is_some_and(|rest| {
            rest.is_empty()
                || (rest.starts_with(' ')
                    && (label.contains([':', '.']) || key.len() < NOTE_CHARS_MAX))
        })
    })
}

/// `Semarang, 12 Maret 2024`.
fn is_place_and_date(label: &str) -> bool {
    label.split_once(',').is_some_and(|(place, day)| {
        let named = place.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '.');
        named && place.split_whitespace().count() <= PLACE_WORDS_MAX && date::read(day).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_told_from_names_that_begin_alike() {
        let city = CityRegions::of_code("33.74").unwrap();
        for sum in [
            "JUMLAH",
            "Jumlah :",
            "Sub Total Kec. Mijen",
            "TOTAL UMKM = 25",
            "Jumlah Pelaku Usaha",
            "Total Ngaliyan",
            "Rata-rata per bulan",
            "Jumlah Total",
        ] {
            assert!(is_sum(sum, &city), "{sum}");
        }
        for name in ["Total Laundry", "Jumlah Barokah", "Totalindo", "Rekap Jaya", "Toko Jumlah"] {
            assert!(!is_sum(name, &city), "{name}");
        }
        for amount in ["2", "Rp 1.500.000", "Rp2.000.000,00", "23 orang", "7,6 M", "25 UMKM"] {
            assert!(is_amount(amount), "{amount}");
        }
        for text in ["Jl. Melati 2", "RT 02", "Sri", "", "-"] {
            assert!(!is_amount(text), "{text}");
        }
    }

    #[test]
    fn signatures_are_known_by_office_place_and_day() {
        for text in ["Mengetahui,", "Semarang, 12 Maret 2024", "Kepala Dinas", "NIP. 19650101 1990"]
        {
            assert!(is_note(text) && is_signing(text), "{text}");
        }
        assert!(is_note("Keterangan: data sementara") && !is_signing("Catatan"));
        for name in
            ["Kepala Muda Barbershop dan Perlengkapan Cukur Sampangan", "Warung Bu Sri, Mijen"]
        {
            assert!(!is_note(name), "{name}");
        }
    }
}
