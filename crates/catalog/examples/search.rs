//! Measures search: fills an index with N invented products, the same every time, asks many
//! different questions of several kinds, and prints one line of JSON per kind.
//! `cargo run --release -p catalog --example search -- 1000000 [clients]`
#![expect(clippy::print_stdout, reason = "a program for developers that reports to the terminal")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use base::policy::CATEGORIES;
use base::{Id, Rupiah};
use catalog::search::{Card, Index, Listing, Order, Question};

/// Questions of each kind and client.
const QUESTIONS: usize = 400;
const SYLLABLES: [&str; 40] = [
    "ba", "be", "bi", "bo", "bu", "ca", "cu", "da", "di", "du", "ga", "gi", "gu", "ha", "ja", "ji",
    "ka", "ke", "ki", "ku", "la", "li", "lu", "ma", "mi", "mu", "na", "ni", "nu", "pa", "pi", "ra",
    "ri", "ru", "sa", "si", "su", "ta", "ti", "tu",
];
const ENDS: [&str; 10] = ["n", "ng", "r", "k", "t", "s", "l", "m", "h", ""];
const COMMON: [&str; 32] = [
    "nasi", "kotak", "ayam", "bakar", "goreng", "kue", "kering", "basah", "batik", "tulis", "cap",
    "kemeja", "kopi", "bubuk", "teh", "sambal", "keripik", "singkong", "pisang", "tempe", "tahu",
    "roti", "sobek", "meja", "kursi", "lipat", "tas", "anyaman", "sabun", "spanduk", "cetak",
    "seragam",
];

/// A small generator: chance that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(n).expect("small")).expect("small")
    }

    /// A word, common ones far more often than rare ones.
    fn word(&mut self) -> String {
        if self.below(10) < 5 {
            let (one, other) = (self.below(COMMON.len()), self.below(COMMON.len()));
            return COMMON[one.min(other)].to_owned();
        }
        self.rare()
    }

    fn rare(&mut self) -> String {
        let syllables = 2 + self.below(2);
        let mut word: String = (0..syllables).map(|_| SYLLABLES[self.below(40)]).collect();
        word.push_str(ENDS[self.below(10)]);
        word
    }

    fn district(&mut self) -> String {
        format!("33.74.{:02}", 1 + self.below(16))
    }
}

fn listing(n: usize, dice: &mut Dice) -> Listing {
    let name: Vec<String> = (0..3 + dice.below(3)).map(|_| dice.word()).collect();
    let more: Vec<String> = (0..12).map(|_| dice.word()).collect();
    let business = dice.below(40_000);
    let card = Card {
        id: Id::parse(&format!("{n:026}")).expect("26 digits are an id"),
        name: name.join(" "),
        category: CATEGORIES[dice.below(8)].to_owned(),
        unit: "buah".to_owned(),
        price: Rupiah::parse(1_000 + i64::try_from(dice.below(500)).expect("small") * 500)
            .expect("a price"),
        stock: 10,
        photo: String::new(),
        maker: format!("Usaha {}", COMMON[business % 32]),
        maker_number: format!("UMKM-33.74-{business:06}"),
        district: dice.district(),
    };
    Listing { card, more: more.join(" "), listed_ms: i64::try_from(n).expect("small") }
}

/// One letter wrong.
fn mistyped(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + dice.below(letters.len() - 2);
    match dice.below(3) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        _ => letters.insert(at, 'x'),
    }
    letters.into_iter().collect()
}

fn question(kind: &str, dice: &mut Dice) -> Question {
    let mut question = Question { take: 24, ..Question::default() };
    let common = COMMON[dice.below(COMMON.len())];
    question.text = match kind {
        "common" | "cheapest" | "page 40" => common.to_owned(),
        "rare" => dice.rare(),
        "two words" | "facets" => format!("{common} {}", COMMON[dice.below(COMMON.len())]),
        "four words" => (0..4).map(|_| dice.word()).collect::<Vec<_>>().join(" "),
        "prefix" => dice.rare().chars().take(4).collect(),
        "typo" => {
            let long = COMMON.iter().filter(|word| word.len() > 4).collect::<Vec<_>>();
            mistyped(long[dice.below(long.len())], dice)
        }
        "long typo" => format!("{common} {}", mistyped(&format!("{}an", dice.rare()), dice)),
        _ => String::new(),
    };
    if matches!(kind, "facets" | "empty with facets") {
        question.category = Some(CATEGORIES[dice.below(8)].to_owned());
        question.district = Some(dice.district());
        question.price_min = Rupiah::parse(20_000);
    }
    if kind == "cheapest" {
        question.order = Order::Cheapest;
    }
    if kind == "page 40" {
        question.skip = 39 * 24;
    }
    question
}

const KINDS: [&str; 11] = [
    "empty",
    "empty with facets",
    "common",
    "rare",
    "two words",
    "four words",
    "prefix",
    "typo",
    "long typo",
    "facets",
    "cheapest",
];

fn ask(index: &Index, kind: &str, seed: u64) -> Vec<u128> {
    let mut dice = Dice(seed);
    let mut times = Vec::with_capacity(QUESTIONS);
    for _ in 0..QUESTIONS {
        let question = question(kind, &mut dice);
        let begun = Instant::now();
        let found = index.ask(&question).expect("the index answers");
        times.push(begun.elapsed().as_micros());
        std::hint::black_box(found);
    }
    times
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let clients: u64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1);
    let folder = std::env::temp_dir().join(format!("gerai-search-{count}"));
    let index = Arc::new(filled(&folder, count));
    for kind in KINDS.into_iter().chain(["page 40"]) {
        ask(&index, kind, 99);
        let threads: Vec<_> = (0..clients)
            .map(|client| {
                let index = Arc::clone(&index);
                std::thread::spawn(move || ask(&index, kind, 7 + client))
            })
            .collect();
        let mut times: Vec<u128> =
            threads.into_iter().flat_map(|thread| thread.join().expect("a client")).collect();
        times.sort_unstable();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100];
        let line = serde_json::json!({
            "name": format!("search, {kind}"), "products": count, "clients": clients, "unit": "µs",
            "value": u64::try_from(at(99)).ok(), "p50": u64::try_from(at(50)).ok(),
            "p95": u64::try_from(at(95)).ok(), "p99": u64::try_from(at(99)).ok(),
        });
        println!("{line}");
    }
}

/// The index of an earlier run, or a new one.
fn filled(folder: &Path, count: usize) -> Index {
    std::fs::create_dir_all(folder).expect("a folder for the index");
    let index = Index::open(folder).expect("the index opens");
    if index.len() == u64::try_from(count).expect("small") {
        return index;
    }
    let begun = Instant::now();
    let mut dice = Dice(42);
    for n in 0..count {
        index.put(&listing(n, &mut dice)).expect("a listing is put");
        if n % 100_000 == 99_999 {
            index.commit(1).expect("a commit");
        }
    }
    index.commit(1).expect("a commit");
    index.close().expect("what is being merged is merged");
    let seconds = begun.elapsed().as_secs();
    println!(
        "{}",
        serde_json::json!({ "name": "fill", "products": count, "value": seconds, "unit": "s" })
    );
    Index::open(folder).expect("the index opens again")
}
