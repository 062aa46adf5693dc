//! What is compared when people search: the words of a text without case and marks, each brought
//! to the key at which its forms and spellings meet.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::spelling;

/// Longer words are cut: nobody types them, and a hostile one should cost nothing.
const WORD_CHARS_MAX: usize = 40;
/// Words of one text that are looked at.
const WORDS_MAX: usize = 400;
/// Words that hold sentences together and say nothing about goods.
const SMALL_WORDS: &[&str] = &[
    "adalah", "agar", "atau", "bagi", "dan", "dari", "dengan", "dg", "dgn", "di", "dlm", "dr",
    "for", "ini", "itu", "juga", "kami", "ke", "oleh", "pada", "saja", "the", "untuk", "utk",
    "yang", "yg",
];

/// The words of a text in order: lower case letters and digits without marks (`kué` is `kue`).
/// Letters spaced out for looks (`B U L U`) are one word, and so is what an apostrophe divides.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut spaced = false;
    let folded = folded(text);
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

fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().filter(|c| *c != '\'').map(|c| c.to_ascii_lowercase()).collect();
    }
    let unmarked = |c: &char| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '`');
    text.nfkd().filter(unmarked).flat_map(char::to_lowercase).collect()
}

/// The words of a question: small words are left out unless there is nothing else, and a word
/// said twice (`kue-kue`) counts once.
pub(crate) fn asked(text: &str) -> Vec<String> {
    let all = words(text);
    let telling = |word: &&String| !SMALL_WORDS.contains(&word.as_str());
    let mut asked: Vec<String> = all.iter().filter(telling).cloned().collect();
    if asked.is_empty() {
        asked = all;
    }
    asked.dedup();
    asked
}

/// The key at which forms and spellings of one word meet, the same for the index and for
/// questions: `menjual` and `jualan`, `kerupuk` and `krupuk`, `500gr` and `500 gram`.
pub(crate) fn key(word: &str) -> String {
    let word = once(word);
    if let Some(measure) = measure(word) {
        return measure;
    }
    if let Some(key) = spelling::variant(word) {
        return key;
    }
    let sound = spelling::sounds(word);
    spelling::variant(&sound).unwrap_or(sound)
}

/// `kue2` is how people write `kue-kue`.
fn once(word: &str) -> &str {
    match word.strip_suffix('2') {
        Some(rest) if rest.len() >= 3 && rest.bytes().all(|b| b.is_ascii_alphabetic()) => rest,
        _ => word,
    }
}

/// A number with its unit, the unit in one spelling.
fn measure(word: &str) -> Option<String> {
    let letters = word.find(|c: char| !c.is_ascii_digit())?;
    if letters == 0 {
        return unit(word).map(str::to_owned);
    }
    let (number, rest) = word.split_at(letters);
    unit(rest).map(|unit| format!("{number}{unit}"))
}

fn unit(word: &str) -> Option<&'static str> {
    Some(match word {
        "g" | "gr" | "gram" | "grm" | "gm" => "g",
        "kg" | "kilo" | "kilogram" => "kg",
        "l" | "lt" | "ltr" | "liter" | "litre" => "l",
        "ml" | "mili" | "mililiter" => "ml",
        "m" | "mtr" | "meter" => "m",
        "cm" | "senti" | "sentimeter" => "cm",
        "inch" | "inci" | "inc" => "inch",
        "gb" | "gigabyte" | "giga" => "gb",
        "pcs" | "pieces" => "pcs",
        _ => return None,
    })
}

/// The keys of neighbours written as one word: `flash disk` is also found as `flashdisk`.
pub(crate) fn joined(words: &[String]) -> impl Iterator<Item = String> + '_ {
    words.windows(2).filter(|pair| pair[0] != pair[1]).map(|pair| join(&pair[0], &pair[1]))
}

/// The key of two neighbours written as one word.
pub(crate) fn join(first: &str, second: &str) -> String {
    key(&format!("{first}{second}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_spaced_out_are_one_word_and_marks_are_none() {
        assert_eq!(words("PASAR  B U L U!"), ["pasar", "bulu"]);
        assert_eq!(words("Kué \u{200b}Lapis"), ["kue", "lapis"]);
        assert_eq!(words("Jum'at, Ma’ruf"), ["jumat", "maruf"]);
        assert_eq!(joined(&words("flash disk 8gb")).collect::<Vec<_>>(), ["flasdisk", "disk8gb"]);
        assert!(words("…!?").is_empty());
    }

    #[test]
    fn spellings_of_one_word_meet() {
        for same in [
            &["kue-kue", "kue2", "kué", "Kue"][..],
            &["kerupuk", "krupuk"],
            &["kelontong", "klontong"],
            &["cokelat", "coklat"],
            &["hardisk", "harddisk"],
            &["instan", "instant"],
            &["eksternal", "external"],
            &["bakso", "baso"],
            &["mi", "mie"],
            &["bakmi", "bakmie"],
            &["telur", "telor"],
            &["sambal", "sambel"],
            &["cabai", "cabe"],
            &["batik", "bathik"],
            &["500gr", "500gram", "500g"],
            &["ponsel", "handphone", "hp"],
            &["masakan", "masak", "dimasak", "memasak"],
        ] {
            let keys: Vec<String> = same.iter().map(|word| key(&asked(word)[0])).collect();
            assert!(keys.iter().all(|k| *k == keys[0]), "{same:?} {keys:?}");
        }
    }

    #[test]
    fn goods_that_only_look_alike_stay_apart() {
        for (one, other) in [
            ("kemeja", "meja"),
            ("merica", "rica"),
            ("rambutan", "rambut"),
            ("durian", "duri"),
            ("permata", "mata"),
            ("keranjang", "ranjang"),
            ("seragam", "ragam"),
            ("sepatu", "patung"),
            ("kopi", "koper"),
            ("teh", "tas"),
        ] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }

    #[test]
    fn small_words_are_not_asked_for() {
        assert_eq!(asked("nasi kotak untuk rapat di kantor"), ["nasi", "kotak", "rapat", "kantor"]);
        assert_eq!(asked("yang"), ["yang"]);
        assert_eq!(asked("kue-kue kering"), ["kue", "kering"]);
    }
}
