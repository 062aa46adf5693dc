//! The agencies of the demo: five people each, a budget with a line for every trade, and what they
//! buy elsewhere.

use base::{Result, Tx};
use procurement::{Bring, BudgetLineId, Record};

use super::people::Who;
use super::traders::Market;

/// An agency with the five people of a purchase and its budget.
pub(super) struct Agency {
    pub(super) requester: Who,
    pub(super) approver: Who,
    pub(super) receiver: Who,
    pub(super) treasurer: Who,
    pub(super) head: Who,
    /// Year and trade of each line.
    pub(super) lines: Vec<(i64, &'static str, BudgetLineId)>,
    /// How large its budget is beside the others, in percent.
    pub(super) percent: i64,
}

/// What a budget line is spent on.
pub(super) struct Spends {
    line: &'static str,
    /// Its codes and name in the budget, and how much it grants.
    codes: &'static str,
    name: &'static str,
    ceiling: i64,
    /// What agencies say they need it for.
    pub(super) needs: &'static [&'static str],
    /// The fewest and the most of one thing.
    pub(super) counts: [i64; 2],
    /// Whether there are mouths to feed.
    pub(super) feeds: bool,
}

const SPENDS: [Spends; 7] = [
    Spends {
        line: "makan",
        codes: "1.02.01.2.06.0009;5.1.02.01.01.0052",
        name: "Belanja makanan dan minuman rapat",
        ceiling: 185_000_000,
        needs: &[
            "Konsumsi rapat koordinasi",
            "Konsumsi pelatihan kader",
            "Konsumsi sosialisasi warga",
            "Jamuan tamu daerah",
        ],
        counts: [10, 150],
        feeds: true,
    },
    Spends {
        line: "pakaian",
        codes: "1.02.01.2.05.0002;5.1.02.01.01.0063",
        name: "Belanja pakaian dinas",
        ceiling: 120_000_000,
        needs: &["Seragam petugas lapangan", "Pakaian kegiatan kampung tematik"],
        counts: [8, 60],
        feeds: false,
    },
    Spends {
        line: "cetak",
        codes: "1.02.01.2.06.0005;5.1.02.01.01.0026",
        name: "Belanja bahan cetak",
        ceiling: 74_000_000,
        needs: &["Cetak bahan sosialisasi", "Cetak bahan pelatihan"],
        counts: [10, 1_500],
        feeds: false,
    },
    Spends {
        line: "mebel",
        codes: "1.02.01.2.07.0005;5.2.02.05.02.0001",
        name: "Belanja modal mebel",
        ceiling: 95_000_000,
        needs: &["Mebel ruang pelayanan", "Penggantian mebel kantor"],
        counts: [1, 4],
        feeds: false,
    },
    Spends {
        line: "atk",
        codes: "1.02.01.2.06.0004;5.1.02.01.01.0024",
        name: "Belanja alat tulis kantor",
        ceiling: 96_000_000,
        needs: &["Alat tulis kantor triwulan", "Alat tulis pelatihan"],
        counts: [5, 60],
        feeds: false,
    },
    Spends {
        line: "bersih",
        codes: "1.02.01.2.06.0002;5.1.02.01.01.0030",
        name: "Belanja perabot dan bahan kebersihan kantor",
        ceiling: 38_000_000,
        needs: &["Bahan kebersihan kantor", "Bahan kebersihan puskesmas dan sekolah"],
        counts: [6, 60],
        feeds: false,
    },
    Spends {
        line: "suvenir",
        codes: "1.02.01.2.06.0008;5.1.02.01.01.0035",
        name: "Belanja suvenir dan cendera mata",
        ceiling: 42_000_000,
        needs: &["Cendera mata narasumber", "Cendera mata tamu daerah"],
        counts: [6, 80],
        feeds: false,
    },
];

/// What a line of this name is spent on.
pub(super) fn spends(line: &str) -> &'static Spends {
    SPENDS.iter().find(|spends| spends.line == line).expect("every trade names a line")
}

const HEADER: &str = "kode_sub_kegiatan;kode_rekening;uraian;pagu";

impl Agency {
    /// Grants this agency its lines of one year, by a file as a finance office sends it.
    pub(super) fn grant(&mut self, market: &Market<'_>, year: i64) -> Result<()> {
        let place = self.head.place.as_ref().expect("heads have an agency").id.clone();
        let row = |spends: &Spends| {
            let ceiling = spends.ceiling * self.percent / 100 / 500_000 * 500_000;
            format!("{};{};{ceiling}\n", spends.codes, spends.name)
        };
        let rows: String = SPENDS.iter().map(row).collect();
        let bring = Bring {
            agency: place.clone(),
            file: format!("dpa-{year}.csv"),
            dpa: format!("DPA {year}"),
            year,
            content: format!("{HEADER}\n{rows}").into_bytes(),
        };
        let apply = move |tx: &mut Tx<'_>| {
            let import = procurement::bring(tx, &bring)?;
            procurement::apply(tx, &import)?;
            procurement::budget_lines(tx, &place, year)
        };
        let lines = self.head.writes(&market.house.db).write("demo.budget", apply).wait()?;
        for line in lines {
            let spends = SPENDS.iter().find(|spends| spends.name == line.name);
            let spends = spends.expect("the file has no other lines");
            self.lines.push((year, spends.line, line.id));
        }
        Ok(())
    }

    /// Its line of this year for a trade.
    pub(super) fn line(&self, year: i64, trade: &str) -> BudgetLineId {
        let found = self.lines.iter().find(|(of, line, _)| *of == year && *line == trade);
        found.expect("every year grants every line").2.clone()
    }

    /// Records what it did not buy through the shop, so that the share is honest.
    pub(super) fn buys_outside(&self, market: &Market<'_>, which: usize) -> Result<()> {
        let reasons = market.house.db.read(procurement::outside_reasons).wait()?;
        let Some((vendor, what, category, amount)) = OUTSIDE.get(which % OUTSIDE.len()) else {
            return Ok(());
        };
        let Some((code, _)) = reasons.get(which % reasons.len().max(1)) else { return Ok(()) };
        let record = Record {
            vendor: (*vendor).to_owned(),
            what: (*what).to_owned(),
            amount: base::Rupiah::parse(*amount).expect("a small amount"),
            bought_on: market.today().plus_days(-(2 + i64::try_from(which).unwrap_or(0))),
            reason: code.clone(),
            local_vendor: which % 3 == 2,
            category: (*category).to_owned(),
            explanation: String::new(),
        };
        let write = move |tx: &mut Tx<'_>| procurement::record_outside(tx, &record);
        self.requester.writes(&market.house.db).write("demo.outside", write).wait().map(drop)
    }
}

/// What agencies buy elsewhere; the last is large enough to wait for a second person.
const OUTSIDE: [(&str, &str, &str, i64); 6] = [
    ("Toko rekaan Sinar Mesin, Jakarta", "Suku cadang mesin cetak", "other", 2_750_000),
    ("Penerbit rekaan Pustaka Nusa", "Buku bacaan perpustakaan sekolah", "other", 6_480_000),
    (
        "Katering rekaan Rasa Ibu Kota",
        "Nasi kotak upacara Hari Sumpah Pemuda",
        "makanan",
        4_125_000,
    ),
    ("Apotek rekaan Sehat Bersama", "Kotak pertolongan pertama", "other", 1_960_000),
    ("Depot rekaan Tirta Utama", "Air minum kemasan untuk posko", "minuman", 3_315_000),
    (
        "Toko rekaan Alat Ukur Nusantara",
        "Timbangan dan alat ukur tinggi badan",
        "other",
        12_400_000,
    ),
];
