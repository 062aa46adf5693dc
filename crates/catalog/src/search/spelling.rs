//! Spellings: how one Indonesian word is written in several ways, by rules of sound and, where no
//! rule helps, by a short list of words of the market.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::stem;

/// Words for one thing, the first is the one they meet at. Only words that sellers and buyers
/// mix; what a rule of sound covers is not repeated.
const VARIANTS: &[&[&str]] = &[
    &["bakso", "baso"],
    &["camilan", "cemilan", "snack", "snek", "kudapan"],
    &["cinderamata", "cenderamata", "souvenir", "suvenir", "sovenir"],
    &["es", "ice"],
    &["flashdisk", "flashdrive"],
    &["fotokopi", "fotocopy", "photocopy", "fotocopi"],
    &["gorden", "hordeng", "korden", "gordyn"],
    &["hijau", "ijo"],
    &["hitam", "item"],
    &["jilbab", "hijab", "kerudung"],
    &["kaus", "kaos", "tshirt"],
    &["katering", "catering", "ketering"],
    &["kotak", "box", "boks", "dus", "kardus"],
    &["laundri", "laundry", "londri", "binatu"],
    &["lokal", "local"],
    &["mebel", "meubel", "furnitur", "furniture"],
    &["paket", "pack", "pak"],
    &["ponsel", "handphone", "hp", "smartphone"],
    &["putih", "white"],
    &["roti", "bread"],
    &["sabun", "soap"],
    &["sirup", "syrup", "sirop"],
    &["spanduk", "banner"],
    &["susu", "milk"],
    &["televisi", "tv", "teve", "television"],
    &["wedang", "wedhang"],
];

/// What this word, or its sound, is also known as.
pub(super) fn variant(word: &str) -> Option<String> {
    static BY_WORD: OnceLock<HashMap<String, String>> = OnceLock::new();
    let by_word = BY_WORD.get_or_init(|| {
        let pairs = |group: &&[&str]| {
            let key = sounds(group[0]);
            let each = group.iter().flat_map(move |word| {
                [(sounds(word), key.clone()), ((*word).to_owned(), key.clone())]
            });
            each.collect::<Vec<_>>()
        };
        VARIANTS.iter().flat_map(pairs).collect()
    });
    by_word.get(word).cloned()
}

/// Shorter words have no letters to spare.
const SOUND_LETTERS_MIN: usize = 3;
/// Letter groups and what they sound like, the first that fits.
const SOUNDS: &[(&str, &str)] = &[
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("bh", "b"),
    ("gh", "g"),
    ("kh", "k"),
    ("sh", "s"),
    ("sy", "s"),
    ("ck", "k"),
    ("x", "ks"),
    ("q", "k"),
    ("v", "f"),
];
/// Ends of words that are heard alike.
const ENDS: &[(&str, &str)] =
    &[("ie", "i"), ("nt", "n"), ("rd", "r"), ("ct", "k"), ("ai", "e"), ("ay", "e"), ("ey", "e")];

/// How the stem of a word sounds.
pub(super) fn sounds(word: &str) -> String {
    sound(&stem::stem(&plain_end(word)))
}

/// Foreign and wavering ends of words in one spelling.
fn plain_end(word: &str) -> String {
    for (end, heard) in ENDS {
        if let Some(stump) = word.strip_suffix(end).filter(|stump| !stump.is_empty()) {
            return format!("{stump}{heard}");
        }
    }
    word.to_owned()
}

/// How a word sounds: old spelling, doubled letters, swallowed vowels and foreign ends put aside.
pub(super) fn sound(word: &str) -> String {
    if word.len() < SOUND_LETTERS_MIN || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut heard = String::with_capacity(word.len() + 2);
    let mut rest = word;
    while !rest.is_empty() {
        let group = SOUNDS.iter().find(|(written, _)| rest.starts_with(written));
        let (written, sounds) = group.copied().unwrap_or((&rest[..1], &rest[..1]));
        if !heard.ends_with(sounds) {
            heard.push_str(sounds);
        }
        rest = &rest[written.len()..];
    }
    last_vowel(&swallowed(&plain_end(&heard)))
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'i' | b'u' | b'e' | b'o')
}

/// `kerupuk` is heard as `krupuk`, `cokelat` as `coklat`: the e between a consonant and r or l.
fn swallowed(word: &str) -> String {
    let letters = word.as_bytes();
    let mut heard = String::with_capacity(word.len());
    for (i, letter) in letters.iter().enumerate() {
        let between = *letter == b'e'
            && i > 0
            && matches!(
                letters[i - 1],
                b'b' | b'c' | b'd' | b'f' | b'g' | b'k' | b'p' | b's' | b't'
            )
            && letters.get(i + 1).is_some_and(|next| matches!(next, b'r' | b'l'))
            && letters.get(i + 2).is_some_and(|after| is_vowel(*after));
        if !between {
            heard.push(char::from(*letter));
        }
    }
    heard
}

/// `telor` is `telur`, `sambel` is `sambal`: the vowel of a closed last syllable wavers.
fn last_vowel(word: &str) -> String {
    let letters = word.as_bytes();
    let closed = letters.len() >= 4
        && !is_vowel(letters[letters.len() - 1])
        && is_vowel(letters[letters.len() - 2])
        && !is_vowel(letters[letters.len() - 3]);
    let vowel = letters.len().checked_sub(2).map(|at| letters[at]);
    let heard = match vowel {
        Some(b'o') if closed => "u",
        Some(b'e') if closed => "a",
        _ => return word.to_owned(),
    };
    format!("{}{heard}{}", &word[..word.len() - 2], &word[word.len() - 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_as_they_sound() {
        for (written, heard) in [
            ("kerupuk", "krupuk"),
            ("harddisk", "hardisk"),
            ("soerabaja", "surabaja"),
            ("external", "eksternal"),
            ("satay", "sate"),
            ("es", "es"),
            ("8gb", "8gb"),
            ("maaf", "maf"),
        ] {
            assert_eq!(sound(written), heard);
        }
    }
}
