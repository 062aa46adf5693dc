//! Stems by rules alone, the same for the index and for questions. Without a dictionary a stem is
//! a meeting point for the forms of one word, not always the root a linguist gives.

/// The shortest stem that rules may leave.
const STEM_CHARS_MIN: usize = 4;
/// Goods whose names begin or end as if they were built with a prefix or suffix.
const WHOLE: &[&str] = &[
    "berlian",
    "belimbing",
    "cincau",
    "durian",
    "kemeja",
    "melati",
    "mentega",
    "merica",
    "permata",
    "permen",
    "petasan",
    "rambutan",
    "sekolah",
    "terigu",
    "terpal",
];

/// Roots whose first sound looks as if a prefix had swallowed it.
const IRREGULAR: &[(&str, &str)] = &[
    ("belajar", "ajar"),
    ("memakan", "makan"),
    ("memasak", "masak"),
    ("pemasak", "masak"),
    ("meminum", "minum"),
    ("pengering", "kering"),
    ("mengering", "kering"),
    ("mempelajar", "ajar"),
    ("menyanyi", "nyanyi"),
    ("penyanyi", "nyanyi"),
    ("mengirim", "kirim"),
    ("pengirim", "kirim"),
];

/// The stem of a word of lower case letters.
pub(super) fn stem(word: &str) -> String {
    let letters = word.bytes().all(|b| b.is_ascii_lowercase());
    if word.len() <= STEM_CHARS_MIN || !letters || WHOLE.contains(&word) {
        return word.to_owned();
    }
    if let Some((_, root)) = IRREGULAR.iter().find(|(form, _)| word.starts_with(form)) {
        return (*root).to_owned();
    }
    let bare = cut_end(word, &["lah", "kah", "tah", "pun"]);
    let bare = cut_end(bare, &["nya", "ku", "mu"]);
    let (root, prefixed) = cut_start(bare);
    // `masakan` is from `masak`, but `menyediakan` from `sedia`: only verbs end in kan.
    let ends: &[&str] = if prefixed { &["kan", "an"] } else { &["an"] };
    let root = cut_end(&root, ends).to_owned();
    let root = if prefixed { cut_end(&root, &["i"]).to_owned() } else { root };
    let (again, twice) = if prefixed { cut_start(&root) } else { (root.clone(), false) };
    if twice { again } else { root }
}

fn cut_end<'w>(word: &'w str, endings: &[&str]) -> &'w str {
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending));
    cut.filter(|rest| rest.len() >= STEM_CHARS_MIN).unwrap_or(word)
}

/// A prefix, and the sound that it swallows before a vowel (`menulis` is from `tulis`, `pelatih`
/// from `latih`).
const STARTS: &[(&str, &str)] = &[
    ("memper", ""),
    ("meny", "s"),
    ("peny", "s"),
    ("meng", ""),
    ("peng", ""),
    ("mem", "p"),
    ("pem", "p"),
    ("men", "t"),
    ("pen", "t"),
    ("ber", ""),
    ("ter", ""),
    ("per", ""),
    ("pel", "l"),
    ("pew", "w"),
    ("me", ""),
    ("di", ""),
];
/// Prefixes of nouns, which come with a suffix: `kerajinan`, but not `kemeja`.
const STARTS_WITH_END: &[&str] = &["ke", "se"];

fn cut_start(word: &str) -> (String, bool) {
    let vowel = |rest: &str| rest.starts_with(['a', 'i', 'u', 'e', 'o']);
    for (prefix, swallowed) in STARTS {
        let Some(rest) = word.strip_prefix(prefix) else { continue };
        let back = if vowel(rest) { swallowed } else { &"" };
        let root = format!("{back}{rest}");
        if root.len() >= STEM_CHARS_MIN {
            return (root, true);
        }
    }
    for prefix in STARTS_WITH_END {
        let root = word.strip_prefix(prefix).filter(|rest| rest.ends_with("an"));
        if let Some(root) = root.filter(|rest| rest.len() >= STEM_CHARS_MIN + 2) {
            return (root.to_owned(), true);
        }
    }
    (word.to_owned(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_meet_at_one_stem() {
        for forms in [
            &["jual", "jualan", "menjual", "dijual", "terjual"][..],
            &["makan", "makanan", "makanannya", "dimakan"],
            &["tulis", "menulis", "tulisan", "ditulis"],
            &["sapu", "menyapu", "disapu"],
            &["gantung", "gantungan", "menggantung"],
            &["rajin", "kerajinan"],
            &["masak", "masakan", "memasak", "dimasak"],
            &["sedia", "menyediakan", "disediakan"],
            &["jahit", "jahitan", "menjahit", "penjahit"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|s| *s == stems[0]), "{forms:?} {stems:?}");
        }
    }

    #[test]
    fn short_words_stay_whole() {
        for word in ["kopi", "roti", "ikan", "beras", "teh", "es", "batik", "kemeja", "sepatu"] {
            assert_eq!(stem(word), word);
        }
    }
}
