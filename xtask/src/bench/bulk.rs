//! A long, messy list of invented businesses, imported from the command line.

use std::fmt::Write;
use std::path::Path;

use super::Bench;
use super::figure::{Budget, Figure};
use crate::Result;
use crate::program::Folder;
use crate::scene::Scene;

pub(super) const ROWS: usize = 100_000;
const FEWER: usize = 10_000;
const SECONDS_MAX: f64 = 20.0;
/// Memory is flat when ten times the rows take less than twice the room.
const TIMES_MAX: f64 = 2.0;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let villages = villages(&bench.place.root)?;
    let mut runs = Vec::new();
    for rows in [FEWER, ROWS] {
        let folder = Folder::new("import")?;
        let scene = Scene::new(&bench.program, folder.path(), None)?;
        runs.push(scene.watch(&[
            "import",
            "businesses",
            &list(folder.path(), &villages, rows)?,
        ])?);
    }
    let megabytes = |at: usize| runs[at].peak_kb as f64 / 1024.0;
    let took = runs[1].took.as_secs_f64();
    Ok(vec![
        Figure::plain("import, 100,000 messy rows", took, "s", Budget::AtMost(SECONDS_MAX)),
        Figure::beside(
            "import, memory beside 10,000 rows",
            megabytes(1),
            "MB",
            Some(megabytes(0)),
            Budget::TimesAtMost(TIMES_MAX),
        ),
    ])
}

/// Village and district names as people write them: right, shouted, or with a slip.
pub(super) fn villages(root: &Path) -> Result<Vec<(String, String)>> {
    let path = root.join("crates/particulars/data/33.74.csv");
    let text =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let (mut district, mut found) = (String::new(), Vec::new());
    for line in text.lines().skip(1) {
        let mut columns = line.split(',');
        let (code, name) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        match code.matches('.').count() {
            2 => district = name.to_string(),
            3 => found.push((name.to_string(), district.clone())),
            _ => {}
        }
    }
    Ok(found)
}

/// Writes a list as a city office would send it: a title, an empty line, a header, then rows in many
/// hands. Everybody in it is invented.
pub(super) fn list(folder: &Path, villages: &[(String, String)], rows: usize) -> Result<String> {
    let path = folder.join(format!("daftar-{rows}.csv"));
    let mut text = String::from(
        "DAFTAR UMKM BINAAN (data rekaan);;;;;;;;\n;;;;;;;;\n\
         No;Nama Usaha;Nama Pemilik;Alamat;Kelurahan;Kecamatan;No. HP;Omzet per Tahun;Tenaga Kerja\n",
    );
    for row in 0..rows {
        let (village, district) = &villages[row % villages.len()];
        let village = written(village, row);
        let phone = match row % 3 {
            0 => format!("0812{row:08}"),
            1 => format!("+62 813-{:04}-{:04}", row / 10_000, row % 10_000),
            _ => format!("62857{row:08}"),
        };
        let sales = match row % 4 {
            0 => format!("Rp {}.500.000", 1 + row % 290),
            1 => format!("{}500000", 1 + row % 290),
            2 => format!("{} juta", 1 + row % 290),
            _ => String::new(),
        };
        let kind = KINDS[row % KINDS.len()];
        let name = NAMES[row / 7 % NAMES.len()];
        writeln!(
            text,
            "{};{kind} {name} {row};{name} Rekaan {};Jl. Kenanga No. {} RT {:02}/RW {:02};{village};\
             {district};{phone};{sales};{}",
            row + 1,
            row / 3,
            1 + row % 200,
            1 + row % 9,
            1 + row % 12,
            row % 6
        )
        .map_err(|error| error.to_string())?;
    }
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path.display().to_string())
}

const KINDS: [&str; 8] =
    ["Warung", "Toko", "Katering", "Batik", "Bengkel", "Kedai", "Jahit", "Kriya"];
const NAMES: [&str; 7] = ["Melati", "Barokah", "Sido Mukti", "Sari", "Jaya", "Mbak Ning", "Pak De"];

fn written(village: &str, row: usize) -> String {
    match row % 10 {
        0 => village.to_uppercase(),
        1 => format!("Kel. {village}"),
        2 if village.len() > 6 => {
            let (head, tail) = village.split_at(village.len() / 2);
            format!("{head}{}", &tail[1..])
        }
        _ => village.to_string(),
    }
}
