//! What is compared when people search: words without case and marks, their Indonesian stems, and
//! neighbours written together (`flash disk` and `flashdisk` find each other).

use unicode_normalization::UnicodeNormalization;

/// Longer words are cut: nobody types them, and a hostile one should cost nothing.
const WORD_CHARS_MAX: usize = 40;
/// Words of one text that are looked at.
const WORDS_MAX: usize = 400;

/// The words of a text in order: NFKC, lower case, letters and digits. Letters spaced out for
/// looks (`B U L U`) are one word.
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let mut words: Vec<String> = Vec::new();
    let mut spaced = false;
    for piece in folded.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
        let single = piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic);
        match words.last_mut() {
            Some(last) if single && spaced => last.push_str(piece),
            _ => words.push(piece.chars().take(WORD_CHARS_MAX).collect()),
        }
        spaced = single;
        if words.len() == WORDS_MAX {
            break;
        }
    }
    words
}

/// Neighbours written as one word.
pub(crate) fn joined(words: &[String]) -> impl Iterator<Item = String> + '_ {
    words.windows(2).map(|pair| format!("{}{}", pair[0], pair[1]))
}

/// The shortest stem that rules may leave.
const STEM_CHARS_MIN: usize = 4;

/// The stem of a word by rules alone, the same for the index and for questions. Without a
/// dictionary it is a meeting point for forms of one word, not always the root a linguist gives.
pub(crate) fn stem(word: &str) -> String {
    if word.len() <= STEM_CHARS_MIN || !word.is_ascii() {
        return word.to_owned();
    }
    let bare = cut_end(word, &["lah", "kah", "tah", "pun"]);
    let bare = cut_end(bare, &["nya", "ku", "mu"]);
    let (root, prefixed) = cut_start(bare);
    let root = cut_end(&root, &["kan", "an"]).to_owned();
    let root = if prefixed { cut_end(&root, &["i"]).to_owned() } else { root };
    let (again, twice) = if prefixed { cut_start(&root) } else { (root.clone(), false) };
    if twice { again } else { root }
}

fn cut_end<'w>(word: &'w str, endings: &[&str]) -> &'w str {
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending));
    cut.filter(|rest| rest.len() >= STEM_CHARS_MIN).unwrap_or(word)
}

/// Takes one prefix off, and puts back the sound it swallowed (`menulis` is from `tulis`).
fn cut_start(word: &str) -> (String, bool) {
    let vowel = |rest: &str| rest.starts_with(['a', 'i', 'u', 'e', 'o']);
    for (prefix, swallowed) in [
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
        ("bel", ""),
        ("ter", ""),
        ("per", ""),
        ("me", ""),
        ("di", ""),
        ("ke", ""),
        ("se", ""),
    ] {
        let Some(rest) = word.strip_prefix(prefix) else { continue };
        let back = if vowel(rest) { swallowed } else { "" };
        let root = format!("{back}{rest}");
        if root.len() >= STEM_CHARS_MIN {
            return (root, true);
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
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|s| *s == stems[0]), "{forms:?} {stems:?}");
        }
    }

    #[test]
    fn short_words_stay_whole() {
        for word in ["kopi", "roti", "ikan", "beras", "teh", "es", "batik"] {
            assert_eq!(stem(word), word);
        }
    }

    #[test]
    fn letters_spaced_out_are_one_word_and_marks_are_none() {
        assert_eq!(words("PASAR  B U L U!"), ["pasar", "bulu"]);
        assert_eq!(words("Kué \u{200b}Lapis"), ["kué", "lapis"]);
        assert_eq!(joined(&words("flash disk 8gb")).collect::<Vec<_>>(), ["flashdisk", "disk8gb"]);
        assert!(words("…!?").is_empty());
    }

    #[test]
    fn stems_agree_with_the_published_pairs_where_rules_can() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/data/public/text/stemming-pairs.csv");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: the published stemming pairs are not beside the checkout");
            return;
        };
        let pairs: Vec<(&str, &str)> =
            text.lines().skip(1).filter_map(|line| line.split_once(',')).collect();
        let meets = pairs.iter().filter(|(word, root)| stem(word) == stem(root)).count();
        eprintln!("{meets} of {} pairs meet", pairs.len());
        assert!(meets * 100 >= pairs.len() * 60, "{meets} of {}", pairs.len());
    }
}
