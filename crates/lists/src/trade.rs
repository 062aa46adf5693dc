//! Words that trade names share. They say that a text is a trade name, and that it is not a
//! particular one.

/// Words of which half the names of a city are made.
const COMMON: [&str; 48] = [
    "warung",
    "toko",
    "kios",
    "rumah",
    "makan",
    "kelontong",
    "klontong",
    "sembako",
    "jual",
    "jualan",
    "dagang",
    "pedagang",
    "penjual",
    "jasa",
    "usaha",
    "laundry",
    "bengkel",
    "salon",
    "penjahit",
    "jahit",
    "konveksi",
    "catering",
    "katering",
    "nasi",
    "goreng",
    "ayam",
    "bakso",
    "mie",
    "es",
    "soto",
    "sate",
    "gorengan",
    "jajanan",
    "snack",
    "kue",
    "roti",
    "sayur",
    "buah",
    "daging",
    "ikan",
    "pulsa",
    "counter",
    "konter",
    "gas",
    "kopi",
    "minuman",
    "makanan",
    "dan",
];

/// Whether half the names of a city have this word.
pub(crate) fn is_common(word: &str) -> bool {
    COMMON.contains(&word)
}
