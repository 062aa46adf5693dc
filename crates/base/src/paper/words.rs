//! Numbers in words, as Indonesian papers repeat every sum ("terbilang").

const SMALL: [&str; 12] = [
    "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
    "sebelas",
];

/// A whole number in words: `6995000` is `enam juta sembilan ratus sembilan puluh lima ribu`.
pub fn terbilang(number: i64) -> String {
    let words = spell(number.unsigned_abs());
    match number {
        0 => "nol".to_owned(),
        1.. => words,
        _ => format!("minus {words}"),
    }
}

/// Zero is silent, so that parts can be joined.
fn spell(number: u64) -> String {
    match number {
        0..=11 => SMALL[usize::try_from(number).expect("small")].to_owned(),
        12..=19 => format!("{} belas", spell(number - 10)),
        20..=99 => parts(number, 10, "puluh"),
        // One hundred and one thousand are single words.
        100..=199 => joined("seratus", &spell(number - 100)),
        200..=999 => parts(number, 100, "ratus"),
        1_000..=1_999 => joined("seribu", &spell(number - 1_000)),
        2_000..=999_999 => parts(number, 1_000, "ribu"),
        1_000_000..=999_999_999 => parts(number, 1_000_000, "juta"),
        1_000_000_000..=999_999_999_999 => parts(number, 1_000_000_000, "miliar"),
        _ => parts(number, 1_000_000_000_000, "triliun"),
    }
}

fn parts(number: u64, unit: u64, name: &str) -> String {
    joined(&format!("{} {name}", spell(number / unit)), &spell(number % unit))
}

fn joined(head: &str, rest: &str) -> String {
    if rest.is_empty() { head.to_owned() } else { format!("{head} {rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_spelled_as_people_write_them() {
        for (number, words) in [
            (0, "nol"),
            (1, "satu"),
            (9, "sembilan"),
            (10, "sepuluh"),
            (11, "sebelas"),
            (12, "dua belas"),
            (19, "sembilan belas"),
            (20, "dua puluh"),
            (21, "dua puluh satu"),
            (99, "sembilan puluh sembilan"),
            (100, "seratus"),
            (101, "seratus satu"),
            (110, "seratus sepuluh"),
            (111, "seratus sebelas"),
            (200, "dua ratus"),
            (999, "sembilan ratus sembilan puluh sembilan"),
            (1_000, "seribu"),
            (1_001, "seribu satu"),
            (1_100, "seribu seratus"),
            (1_999, "seribu sembilan ratus sembilan puluh sembilan"),
            (2_000, "dua ribu"),
            (2_026, "dua ribu dua puluh enam"),
            (11_000, "sebelas ribu"),
            (21_000, "dua puluh satu ribu"),
            (100_000, "seratus ribu"),
            (101_000, "seratus satu ribu"),
            (1_000_000, "satu juta"),
            (1_001_000, "satu juta seribu"),
            (1_100_100, "satu juta seratus ribu seratus"),
            (6_995_000, "enam juta sembilan ratus sembilan puluh lima ribu"),
            (200_000_001, "dua ratus juta satu"),
            (1_000_000_000, "satu miliar"),
            (543_300_000_000, "lima ratus empat puluh tiga miliar tiga ratus juta"),
            (1_000_000_000_000, "satu triliun"),
            (2_011_000_001_000, "dua triliun sebelas miliar seribu"),
            (1_000_000_000_000_000, "seribu triliun"),
            (-12_500, "minus dua belas ribu lima ratus"),
        ] {
            assert_eq!(terbilang(number), words, "{number}");
        }
    }

    #[test]
    fn every_number_has_words_without_gaps() {
        let many = (0..3_000).chain([i64::MAX, i64::MIN, 500_000_000_000_000]);
        for number in many {
            let words = terbilang(number);
            assert!(!words.is_empty() && !words.contains("  "), "{number}");
            assert_eq!(words.trim(), words);
        }
    }
}
