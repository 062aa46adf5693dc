//! Invented names: given and family names in common use, put together by chance. Whoever really
//! has such a name is not meant.

use db::Chance;

/// Names of one city.
pub(super) struct Names {
    given: &'static [&'static str],
    family: &'static [&'static str],
    streets: &'static [&'static str],
}

const JAVA: Names = Names {
    given: &[
        "Sri", "Wahyu", "Dwi", "Tri", "Endang", "Agus", "Budi", "Siti", "Slamet", "Ratna",
        "Hendra", "Yuni", "Bambang", "Lestari", "Joko", "Ningsih", "Rini", "Sutrisno", "Kartika",
        "Eko",
    ],
    family: &[
        "Wibowo",
        "Rahayu",
        "Santoso",
        "Utami",
        "Prasetyo",
        "Handayani",
        "Nugroho",
        "Astuti",
        "Setiawan",
        "Pertiwi",
        "Hartono",
        "Wulandari",
        "Saputra",
        "Kusuma",
        "Purnomo",
        "Anggraini",
    ],
    streets: &[
        "Jl. Kenanga",
        "Jl. Melati Raya",
        "Jl. Cempaka Timur",
        "Gang Mawar",
        "Jl. Anggrek Barat",
        "Jl. Flamboyan",
        "Gang Sedap Malam",
        "Jl. Bougenville",
    ],
};

const ACEH: Names = Names {
    given: &[
        "Cut", "Teuku", "Muhammad", "Nur", "Fatimah", "Zulkifli", "Syarifah", "Ibrahim", "Aisyah",
        "Ridwan", "Khairul", "Safrina", "Mukhlis", "Rosna", "Hasan", "Maulida", "Iskandar",
        "Yusniar",
    ],
    family: &[
        "Hidayat",
        "Keumala",
        "Rizki",
        "Amalia",
        "Fauzi",
        "Mutia",
        "Maulana",
        "Zahara",
        "Akbar",
        "Husna",
        "Ramadhan",
        "Safitri",
        "Syahputra",
        "Nabila",
        "Firdaus",
        "Rahmah",
    ],
    streets: &[
        "Jl. Seulanga",
        "Jl. Meulu",
        "Lorong Cempala",
        "Jl. Rangkang",
        "Lorong Bungong",
        "Jl. Sawah",
        "Jl. Tgk. Dusun",
        "Lorong Pinang",
    ],
};

impl Names {
    /// The names of a city, by its slug.
    pub(super) fn of(slug: &str) -> &'static Names {
        if slug == "banda-aceh" { &ACEH } else { &JAVA }
    }

    /// A whole name.
    pub(super) fn person(&self, chance: &Chance) -> String {
        format!("{} {}", pick(self.given, chance), pick(self.family, chance))
    }

    /// A name for a business.
    pub(super) fn shop(&self, chance: &Chance) -> &'static str {
        if chance.next().is_multiple_of(2) {
            pick(self.given, chance)
        } else {
            pick(self.family, chance)
        }
    }

    /// A street with a number.
    pub(super) fn street(&self, chance: &Chance) -> String {
        format!("{} No. {}", pick(self.streets, chance), chance.next() % 180 + 1)
    }
}

/// One of these.
pub(super) fn pick<T: Copy>(from: &[T], chance: &Chance) -> T {
    from[usize::try_from(chance.next() % from.len() as u64).expect("lists are short")]
}

/// A number from `low` to `high`.
pub(super) fn between(low: i64, high: i64, chance: &Chance) -> i64 {
    let span = high.abs_diff(low) + 1;
    low + i64::try_from(chance.next() % span).expect("spans are small")
}
