//! The languages people read, and how each writes days, hours, counts, shares and large amounts.
//! Rupiah in full are written the Indonesian way in both: `Rp1.250.000` is how they stand on
//! every price tag and paper of the city.

use crate::policy::LegalBasis;
use crate::{Date, Delta, Rate, Rupiah, Timestamp};

/// A language of the reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// Bahasa Indonesia.
    #[default]
    Indonesian,
    /// English.
    English,
}

/// What is written differently in each language.
pub trait Say {
    /// As people write it: `12 Maret 2026`, `12 March 2026`.
    fn say(&self, language: Language) -> String;

    /// With more words, where there is room: `Kamis, 12 Maret 2026`.
    fn say_long(&self, language: Language) -> String {
        self.say(language)
    }

    /// With fewer digits, as boards write it: `Rp8,42 miliar`, `Rp8.42 billion`.
    fn say_short(&self, language: Language) -> String {
        self.say(language)
    }
}

impl Language {
    /// The language of papers.
    pub const PAPERS: Language = Language::Indonesian;

    /// Every language.
    pub const ALL: [Language; 2] = [Language::Indonesian, Language::English];

    /// The language of this code, `id` or `en`.
    pub fn of(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// `id` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::Indonesian => "id",
            Language::English => "en",
        }
    }

    /// The name of a month, 1 to 12.
    pub fn month(self, month: i64) -> &'static str {
        let names = match self {
            Language::Indonesian => &MONTHS,
            Language::English => &MONTHS_ENGLISH,
        };
        names[usize::try_from(month - 1).expect("months are 1 to 12")]
    }

    fn weekday(self, weekday: i64) -> &'static str {
        let names = match self {
            Language::Indonesian => &WEEKDAYS,
            Language::English => &WEEKDAYS_ENGLISH,
        };
        names[usize::try_from(weekday).expect("weekdays are 0 to 6")]
    }

    fn thousands(self) -> char {
        match self {
            Language::Indonesian => '.',
            Language::English => ',',
        }
    }

    fn decimals(self) -> char {
        match self {
            Language::Indonesian => ',',
            Language::English => '.',
        }
    }

    /// Large amounts in words, the largest first: from where, `miliar`.
    fn sizes(self) -> [(i64, &'static str); 3] {
        let (trillion, billion, million) = match self {
            Language::Indonesian => ("triliun", "miliar", "juta"),
            Language::English => ("trillion", "billion", "million"),
        };
        [(1_000_000_000_000, trillion), (1_000_000_000, billion), (1_000_000, million)]
    }
}

const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const MONTHS_ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const WEEKDAYS_ENGLISH: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `1250000` with a mark at every thousand and a real minus sign.
pub(crate) fn grouped(number: i64, mark: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "\u{2212}" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

impl Say for Date {
    fn say(&self, language: Language) -> String {
        format!("{} {} {}", self.day(), language.month(self.month()), self.year())
    }

    fn say_long(&self, language: Language) -> String {
        format!("{}, {}", language.weekday(self.weekday()), self.say(language))
    }
}

impl Say for Timestamp {
    /// `12 Maret 2026, 14.30 WIB`, `12 March 2026, 14:30 WIB`.
    fn say(&self, language: Language) -> String {
        let mark = match language {
            Language::Indonesian => '.',
            Language::English => ':',
        };
        let (hour, minute) = self.clock();
        format!("{}, {hour:02}{mark}{minute:02} WIB", self.date().say(language))
    }
}

const MILLION: i64 = 1_000_000;

impl Say for Rupiah {
    fn say(&self, _: Language) -> String {
        self.display()
    }

    fn say_short(&self, language: Language) -> String {
        let sizes = language.sizes();
        // Rounded half up; what would be a thousand of one size is one of the next.
        let amount = self.amount();
        let reaches =
            |size: i64| amount >= size || (size > MILLION && amount + size / 200_000 >= size);
        let Some((size, name)) = sizes.into_iter().find(|(size, _)| reaches(*size)) else {
            return self.display();
        };
        let hundredths = (amount + size / 200) / (size / 100);
        let whole = grouped(hundredths / 100, language.thousands());
        let mark = language.decimals();
        match hundredths % 100 {
            0 => format!("Rp{whole} {name}"),
            rest if rest % 10 == 0 => format!("Rp{whole}{mark}{} {name}", rest / 10),
            rest => format!("Rp{whole}{mark}{rest:02} {name}"),
        }
    }
}

impl Say for Delta {
    fn say(&self, _: Language) -> String {
        self.display()
    }
}

impl Say for Rate {
    /// `43,1%`, `43.1%`, rounded half up.
    fn say(&self, language: Language) -> String {
        let tenths = (self.as_points() + 5) / 10;
        match tenths % 10 {
            0 => format!("{}%", tenths / 10),
            rest => format!("{}{}{rest}%", tenths / 10, language.decimals()),
        }
    }
}

impl Say for i64 {
    /// A count: `1.250`, `1,250`. Years and numbers of papers are not counts.
    fn say(&self, language: Language) -> String {
        grouped(*self, language.thousands())
    }
}

impl Say for u64 {
    fn say(&self, language: Language) -> String {
        i64::try_from(*self).unwrap_or(i64::MAX).say(language)
    }
}

impl Say for usize {
    fn say(&self, language: Language) -> String {
        i64::try_from(*self).unwrap_or(i64::MAX).say(language)
    }
}

impl Say for LegalBasis {
    /// As people cite it: `Peraturan Pemerintah Nomor 7 Tahun 2021 Pasal 35–36, 2 Februari 2021`.
    fn say(&self, language: Language) -> String {
        let mut said = self.instrument.clone();
        for (word, part) in [
            (" Nomor ", self.number.clone()),
            (" Tahun ", self.year.map(|year| year.to_string()).unwrap_or_default()),
            (" ", self.article.clone()),
            (", ", self.dated.map(|day| day.say(language)).unwrap_or_default()),
        ] {
            if !part.is_empty() {
                said = said + word + &part;
            }
        }
        if self.note.is_empty() { said } else { format!("{said} ({})", self.note) }
    }
}

impl<T: Say> Say for &T {
    fn say(&self, language: Language) -> String {
        T::say(self, language)
    }

    fn say_long(&self, language: Language) -> String {
        T::say_long(self, language)
    }

    fn say_short(&self, language: Language) -> String {
        T::say_short(self, language)
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{English, Indonesian};
    use super::*;

    #[test]
    fn days_and_hours_are_written_in_the_readers_language() {
        let late = Timestamp::from_ms(1_773_334_800_000); // 2026-03-12 17:00 UTC
        assert_eq!(late.say(Indonesian), "13 Maret 2026, 00.00 WIB");
        assert_eq!(late.say(English), "13 March 2026, 00:00 WIB");
        assert_eq!(late.date().say_long(Indonesian), "Jumat, 13 Maret 2026");
        assert_eq!(late.date().say_long(English), "Friday, 13 March 2026");
    }

    #[test]
    fn boards_write_large_amounts_in_words() {
        for (amount, indonesian, english) in [
            (999_999, "Rp999.999", "Rp999.999"),
            (611_000_000, "Rp611 juta", "Rp611 million"),
            (8_420_000_000, "Rp8,42 miliar", "Rp8.42 billion"),
            (8_402_000_000, "Rp8,4 miliar", "Rp8.4 billion"),
            (239_616_000, "Rp239,62 juta", "Rp239.62 million"),
            (239_615_000, "Rp239,62 juta", "Rp239.62 million"),
            (239_614_999, "Rp239,61 juta", "Rp239.61 million"),
            (999_994_999, "Rp999,99 juta", "Rp999.99 million"),
            (999_995_000, "Rp1 miliar", "Rp1 billion"),
            (8_050_000_000, "Rp8,05 miliar", "Rp8.05 billion"),
            (1_500_000_000_000, "Rp1,5 triliun", "Rp1.5 trillion"),
        ] {
            let amount = Rupiah::parse(amount).unwrap();
            let said = [Indonesian, English].map(|language| amount.say_short(language));
            assert_eq!(said, [indonesian, english]);
            assert_eq!(amount.say(English), amount.display());
        }
    }

    #[test]
    fn counts_and_shares_have_the_marks_of_their_language() {
        for (count, indonesian, english) in
            [(0_i64, "0", "0"), (999, "999", "999"), (1_250_000, "1.250.000", "1,250,000")]
        {
            assert_eq!([count.say(Indonesian), count.say(English)], [indonesian, english]);
        }
        assert_eq!((-1_250_i64).say(Indonesian), "\u{2212}1.250");
        let share = Rate::points(4_312).unwrap();
        assert_eq!([share.say(Indonesian), share.say(English)], ["43,1%", "43.1%"]);
        let share = Rate::of(54_826, 714_000); // 7.6787 %
        assert_eq!([share.say(Indonesian), share.say(English)], ["7,7%", "7.7%"]);
        assert_eq!(Rate::percent(40).unwrap().say(English), "40%");
    }
}
