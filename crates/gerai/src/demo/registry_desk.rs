//! What waits at the registry's desk when the demo opens: a list as an office keeps it, brought in
//! through the real import, with all its doubts.

use base::Result;
use db::Chance;
use particulars::region::CityRegions;
use registry::list::{self, Bringing, Columns};

use super::names::{Names, between, pick};
use super::people::Who;
use crate::house::House;
use crate::records::bring_in;

const TRADES: [(&str, &str, &str); 8] = [
    ("Warung", "Kuliner", "Warung makan"),
    ("Toko", "Perdagangan", "Kelontong"),
    ("Jahit", "Fashion", "Jahit pakaian"),
    ("Laundry", "Jasa", "Cuci setrika"),
    ("Keripik", "Kuliner", "Keripik singkong"),
    ("Bengkel", "Jasa", "Bengkel motor"),
    ("Salon", "Jasa", "Potong rambut"),
    ("Angkringan", "Kuliner", "Nasi kucing"),
];

/// Brings in a list of `rows` businesses with the faults such lists have.
pub(super) fn bring_list(house: &House, officer: &Who, rows: usize, chance: &Chance) -> Result<()> {
    let text = rows_of(house, rows, chance);
    let db = officer.writes(&house.db);
    bring_in(house, &db, "daftar-binaan.csv", text.into_bytes())
}

/// Leaves another list where it was looked at and nobody has let it in: its faults wait on the page.
pub(super) fn leave_list(house: &House, officer: &Who, rows: usize, chance: &Chance) -> Result<()> {
    let text = rows_of(house, rows, chance);
    let regions = CityRegions::of_code(&house.config.city.region_code);
    let regions = regions.expect("the demo's cities are on the map");
    let db = officer.writes(&house.db);
    let as_of = base::Timestamp::from_ms(house.db.clock().now_ms()).date();
    let (columns, import) = (Columns::Remembered, None);
    let (keyring, city, dry_run, watch) = (&*house.keyring, &regions, true, None);
    let bringing = Bringing { db: &db, keyring, city, as_of, columns, import, dry_run, watch };
    list::hand_in(&bringing, &house.files, "paguyuban-rekaan.csv", text.as_bytes())
}

fn rows_of(house: &House, rows: usize, chance: &Chance) -> String {
    let names = Names::of(&house.config.city.slug);
    let regions = CityRegions::of_code(&house.config.city.region_code);
    let regions = regions.expect("the demo's cities are on the map");
    let villages: Vec<_> = regions.villages().collect();
    let mut text = String::from(
        "DAFTAR UMKM BINAAN (REKAAN UNTUK PERAGAAN);;;;;;;;\n\
         No;Nama Usaha;Nama Pemilik;Alamat;Kelurahan;Kecamatan;Jenis Usaha;NIB;No HP;Omzet per Tahun\n",
    );
    let mut last = String::new();
    for i in 1..=rows {
        let (kind, category, activity) = pick(&TRADES, chance);
        let village = pick(&villages, chance);
        let parent = village.code.parent();
        let district = parent.and_then(|code| regions.find(&code).map(|place| place.name.clone()));
        let nib = nib(i, chance);
        let phone = format!("08{}", 1_200_000_000 + chance.next() % 99_999_999);
        let phone = if i.is_multiple_of(23) { phone[..7].to_owned() } else { phone };
        let sales = format!("Rp {} jt", between(20, 400, chance));
        let line = format!(
            "{kind} {};{};{} RT {:02}/RW {:02};{};{};{category} - {activity};{nib};{phone};{sales}",
            names.shop(chance),
            names.person(chance),
            names.street(chance),
            between(1, 9, chance),
            between(1, 9, chance),
            misspelt(&village.name, i),
            district.unwrap_or_default(),
        );
        // Every so often a business stands in the list twice, more or less the same.
        let line = if i.is_multiple_of(17) && !last.is_empty() { twin(&last, i) } else { line };
        text.push_str(&format!("{i};{line}\n"));
        last = line;
    }
    text
}

/// The line before once more: the same, with another telephone, without its NIB, or as somebody else
/// would have written it.
fn twin(line: &str, i: usize) -> String {
    let mut cells: Vec<String> = line.split(';').map(str::to_owned).collect();
    match i / 17 % 4 {
        0 => {}
        1 => cells[7] = format!("0857{:08}", i * 7_919),
        2 => cells[6].clear(),
        _ => {
            cells[0] = cells[0].to_uppercase();
            cells[2] = cells[2].replace("Jl. ", "Jalan ");
            cells[6].clear();
            cells[7].clear();
        }
    }
    cells.join(";")
}

/// Thirteen digits, sometimes one too few, sometimes spoilt by a spreadsheet.
fn nib(i: usize, chance: &Chance) -> String {
    let digits = format!("92{:011}", chance.next() % 100_000_000_000);
    match i % 19 {
        3 => digits[..12].to_owned(),
        7 => "9,2031E+12".to_owned(),
        11 => String::new(),
        _ => digits,
    }
}

/// A name as hurried hands write it, now and then.
fn misspelt(name: &str, i: usize) -> String {
    if !i.is_multiple_of(11) || name.len() < 6 {
        return name.to_owned();
    }
    let (head, tail) = name.split_at(3);
    let mut tail = tail.chars();
    let swallowed = tail.next();
    format!(
        "{head}{}{}",
        tail.as_str(),
        if i.is_multiple_of(2) {
            swallowed.map(String::from).unwrap_or_default()
        } else {
            String::new()
        }
    )
}
