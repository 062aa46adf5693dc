//! Finds KBLI codes by words as owners say them. What many owners call their trade stands in
//! `data/occupation_words.csv` with the codes it means. Of all other words, rare words count more than common ones, trades of
//! the chosen kind of business more than others; a long word counts inside another (`jahit` in
//! `penjahitan`), a short one only by itself (`soto` is not in `radioisotop`).

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use particulars::kbli;
use schemars::JsonSchema;
use serde::Serialize;

use crate::business;

/// One trade of the classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Occupation {
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
}

/// Offered at once.
const FOUND_MAX: usize = 12;
/// Words of a question that are looked at.
const WORDS_MAX: usize = 12;
/// Shorter words say nothing.
const WORD_CHARS_MIN: usize = 3;
/// A word of so many characters counts inside another.
const INSIDE_CHARS_MIN: usize = 5;
/// What the rarest word weighs.
const WEIGHT: usize = 10_000;
/// How much more a trade of the chosen kind weighs.
const KINDRED: usize = 8;
/// The divisions of each kind of business.
const DIVISIONS: [(&str, &[&str]); 8] = [
    ("makanan", &["56", "10", "472", "478"]),
    ("minuman", &["56", "11", "472", "478"]),
    ("busana", &["13", "14", "15", "477"]),
    ("kriya", &["16", "17", "23", "31", "32"]),
    ("jasa", &["45", "49", "77", "81", "95", "96"]),
    ("pertanian", &["01", "02", "03"]),
    ("rumah", &["47", "31", "20"]),
    ("galeri", &["90", "32", "477"]),
];
/// Words that many owners use and no title does.
const NO_WORDS: [&str; 16] = [
    "dan", "yang", "untuk", "jual", "jualan", "menjual", "usaha", "rumahan", "toko", "aneka",
    "macam", "dengan", "dari", "membuat", "buat", "serta",
];
/// How food is made: beside a trade that is named they say nothing of it, and in titles they stand
/// for other things (`minyak goreng`, `bahan bakar`).
const MADE: [&str; 7] = ["goreng", "basah", "bakar", "rebus", "kukus", "panggang", "kering"];
/// What owners call their trade, with the codes it means, the likeliest first.
static TRADES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("../data/occupation_words.csv").lines().skip(1);
    let pairs = lines.filter_map(|line| line.split_once(','));
    pairs.map(|(words, codes)| (words, codes.split(' ').collect())).collect()
});
/// Words of the longest of them.
const TRADE_WORDS_MAX: usize = 3;
/// What owners call it, and what the classification does.
const ALSO: [(&str, &str); 14] = [
    ("soto", "warung makan"),
    ("bakso", "warung makan"),
    ("catering", "boga"),
    ("katering", "boga"),
    ("sembako", "eceran bahan makanan"),
    ("kelontong", "eceran berbagai macam barang makanan"),
    ("baju", "pakaian"),
    ("konveksi", "pakaian jadi"),
    ("cuci", "penatu"),
    ("laundry", "penatu"),
    ("salon", "pangkas kecantikan"),
    ("roti", "produk roti kue"),
    ("keripik", "kerupuk keripik"),
    ("ngopi", "minum kafe"),
];

/// The trades that these words may mean, the likeliest for this kind of business first.
pub(crate) fn find(words: &str, category: &str) -> Vec<Occupation> {
    let key = business::key(words);
    let all = kbli::all();
    if let Some((code, title)) = all.iter().copied().find(|(code, _)| *code == key) {
        return vec![Occupation { code, title }];
    }
    let meant = meant(&key);
    let titles: Vec<String> = all.iter().map(|(_, title)| business::key(title)).collect();
    let mut scores = vec![0; all.len()];
    let says = |word: &String| meant.is_empty() || !MADE.contains(&word.as_str());
    for word in words_of(&key).into_iter().filter(says) {
        let holding: Vec<usize> = (0..all.len()).filter(|n| holds(&titles[*n], &word)).collect();
        for n in &holding {
            let kin = if is_kindred(all[*n].0, category) { KINDRED } else { 1 };
            scores[*n] += kin * WEIGHT / holding.len();
        }
    }
    let place = |n: usize| meant.iter().position(|code| *code == all[n].0).unwrap_or(meant.len());
    let wanted = |n: &usize| scores[*n] > 0 || place(*n) < meant.len();
    let mut found: Vec<usize> = (0..all.len()).filter(wanted).collect();
    found.sort_by_key(|n| (place(*n), Reverse(scores[*n]), titles[*n].len(), all[*n].0));
    found.truncate(FOUND_MAX);
    found.into_iter().map(|n| Occupation { code: all[n].0, title: all[n].1 }).collect()
}

/// The codes of the trades that are named: the likeliest of each first, then the others.
fn meant(key: &str) -> Vec<&'static str> {
    let words: Vec<&str> = key.split(' ').take(WORDS_MAX).collect();
    let (mut trades, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let longest = TRADE_WORDS_MAX.min(words.len() - at);
        let named = (1..=longest).rev().find_map(|length| {
            TRADES.get(words[at..at + length].join(" ").as_str()).map(|codes| (length, codes))
        });
        let (length, codes) = named.map_or((1, None), |(length, codes)| (length, Some(codes)));
        trades.extend(codes);
        at += length;
    }
    let most = trades.iter().map(|codes| codes.len()).max().unwrap_or_default();
    let mut meant: Vec<&'static str> = Vec::new();
    for code in (0..most).flat_map(|rank| trades.iter().filter_map(move |codes| codes.get(rank))) {
        if !meant.contains(code) {
            meant.push(code);
        }
    }
    meant
}

fn holds(title: &str, word: &str) -> bool {
    if word.chars().count() >= INSIDE_CHARS_MIN {
        title.contains(word)
    } else {
        title.split(' ').any(|of_title| of_title == word)
    }
}

fn is_kindred(code: &str, category: &str) -> bool {
    let divisions = DIVISIONS.iter().find(|(kind, _)| *kind == category);
    divisions.is_some_and(|(_, starts)| starts.iter().any(|start| code.starts_with(start)))
}

fn words_of(key: &str) -> Vec<String> {
    let said = key.split(' ').filter(|word| !NO_WORDS.contains(word));
    let meant = |word: &str| {
        let also = ALSO.iter().find(|(said, _)| *said == word).map_or("", |(_, also)| also);
        std::iter::once(word).chain(also.split(' ')).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut words: Vec<String> = said.flat_map(meant).collect();
    words.retain(|word| word.chars().count() >= WORD_CHARS_MIN);
    words.sort_unstable();
    words.dedup();
    words.truncate(WORDS_MAX);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_owners_call_their_trade_leads_to_its_code_first() {
        for (words, wanted) in [
            ("nasi kotak", "56210"),
            ("soto ayam", "56102"),
            ("kue basah", "10792"),
            ("katering", "56210"),
            ("warung makan", "56102"),
            ("jahit", "14120"),
            ("bengkel motor", "45407"),
            ("laundry", "96200"),
            ("pangkas rambut", "96111"),
            ("sembako", "47112"),
            ("pulsa", "61994"),
        ] {
            for category in ["", "makanan", "jasa"] {
                assert_eq!(find(words, category)[0].code, wanted, "{words}");
            }
        }
        let several = find("nasi kotak, soto ayam, kue basah", "makanan");
        let first: Vec<&str> = several.iter().take(4).map(|it| it.code).collect();
        assert_eq!(first, ["56210", "56102", "10792", "56290"]);
        let boxed = find("katering rapat", "makanan");
        assert!(boxed.iter().any(|it| it.code == "56290"));
    }

    #[test]
    fn how_food_is_made_is_no_trade_of_its_own() {
        let found = find("Lumpia rebung goreng dan basah", "makanan");
        assert_eq!(found[0].code, "10792");
        let oil = |found: &[Occupation]| found.iter().any(|it| it.title.contains("Minyak"));
        assert!(!oil(&found), "no factory of cooking oil: {found:?}");
        assert!(oil(&find("minyak goreng", "rumah")), "unless that is what is sold");
    }

    #[test]
    fn every_code_behind_a_word_exists() {
        for (words, codes) in TRADES.iter() {
            assert_eq!(business::key(words), *words, "words are written as they are compared");
            for code in codes {
                assert!(kbli::all().iter().any(|(known, _)| known == code), "{words}: {code}");
            }
        }
    }

    #[test]
    fn owners_find_their_trade_by_their_own_words() {
        for (words, category, wanted) in [
            ("jualan soto ayam", "makanan", "56102"),
            ("nasi kotak dan soto ayam", "makanan", "56102"),
            ("bikin tempe", "makanan", "10391"),
            ("laundry kiloan", "jasa", "96200"),
            ("56102", "", "56102"),
            ("konveksi seragam", "busana", "14111"),
        ] {
            let found = find(words, category);
            let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
            assert!(codes.contains(&wanted), "{words}: {found:?}");
        }
        assert!(find("yang dan", "jasa").is_empty());
        assert!(find("", "").is_empty());
        assert!(find("soto", "makanan").iter().all(|found| !found.title.contains("sotop")));
    }
}
