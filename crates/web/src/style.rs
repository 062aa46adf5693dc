//! The living style page (`/gaya`): every component once, in this city's palette, drawn by the
//! macros that real pages use.

use askama::Template;
use base::Problem;
use schemars::JsonSchema;
use serde::Serialize;

use crate::chart::{Bar, Bars, Line, Lines, Map, Share, Tile};
use crate::filters;
use crate::icon;

/// Goods on the sample shelf.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct SampleGoods {
    id: String,
    category: &'static str,
    name: &'static str,
    price: &'static str,
    unit: &'static str,
    maker: &'static str,
    place: &'static str,
    tag: &'static str,
}

/// Every component, with invented content.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "style.html")]
pub(crate) struct StylePage {
    problems: Vec<Problem>,
    goods: Vec<SampleGoods>,
    shares: Bars,
    days: Lines,
    map: Map,
    fate: Share,
    icons: Vec<&'static str>,
}

impl StylePage {
    /// The page, the same every time.
    pub(crate) fn sample() -> StylePage {
        StylePage {
            problems: vec![Problem::new("phone", "style-phone-short")],
            goods: goods(),
            shares: Bars { goal: Some(400), full: Some(1_000), ..Bars::new(shares()) },
            days: Lines {
                moments: ["Mar 2025", "Jun", "Sep", "Des", "Feb 2026"].map(str::to_owned).to_vec(),
                lines: vec![Line { label: "Hari".into(), values: vec![18, 15, 14, 12, 9] }],
                goal: Some(10),
            },
            map: Map { tiles: tiles() },
            fate: Share { parts: fates() },
            icons: icon::names().collect(),
        }
    }
}

const GOODS: [(&str, &str, &str, &str, &str, &str); 6] = [
    (
        "makanan",
        "Bandeng presto duri lunak isi dua",
        "Rp68.000",
        "kotak",
        "Dapur Bu Ngatmi",
        "Sampangan",
    ),
    (
        "busana",
        "Batik tulis motif asem arang",
        "Rp685.000",
        "lembar",
        "Sanggar Rejomulyo",
        "Rejomulyo",
    ),
    ("kriya", "Besek anyaman bambu berpola", "Rp12.500", "buah", "Anyam Lestari", "Gunungpati"),
    ("minuman", "Kopi bubuk lereng Ungaran", "Rp45.000", "250 g", "Kopi Lereng", "Banyumanik"),
    ("jasa", "Jahit seragam kerja lengkap", "Rp185.000", "stel", "Penjahit Maju Jaya", "Tembalang"),
    ("pertanian", "Bibit cabai rawit siap tanam", "Rp2.500", "polibag", "Tani Mijen", "Mijen"),
];

fn goods() -> Vec<SampleGoods> {
    let one = |(n, (category, name, price, unit, maker, place)): (usize, _)| SampleGoods {
        id: format!("gaya-{n}"),
        category,
        name,
        price,
        unit,
        maker,
        place,
        tag: if n == 1 { "Bisa untuk dinas" } else { "" },
    };
    GOODS.into_iter().enumerate().map(one).collect()
}

fn bar(label: &str, value: i64, word: &str) -> Bar {
    Bar { label: label.into(), value, word: word.into() }
}

fn shares() -> Vec<Bar> {
    vec![
        bar("Dinas Kesehatan", 612, "61,2%"),
        bar("Dinas Pendidikan", 548, "54,8%"),
        bar("Kecamatan Tembalang", 431, "43,1%"),
        bar("Dinas Perhubungan", 384, "38,4%"),
        bar("Satpol PP", 173, "17,3%"),
    ]
}

fn fates() -> Vec<Bar> {
    vec![
        bar("Diterima", 1_402, "1.402"),
        bar("Perlu dicek", 214, "214"),
        bar("Kembar", 131, "131"),
        bar("Ditolak", 58, "58"),
        bar("Bukan usaha", 42, "42"),
    ]
}

fn tiles() -> Vec<Tile> {
    let value = |n: i64| (n * 37) % 150;
    let tile = |n: i64| Tile {
        region_code: format!("33.74.{n:02}"),
        name: format!("33.74.{n:02}"),
        value: value(n),
    };
    (1..=16).map(tile).collect()
}
