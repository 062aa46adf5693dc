//! Whole papers: their pages, their words, their bytes. Everybody named here is invented.

use std::io::Write;
use std::process::{Command, Stdio};

use super::sheet::{FLOOR, LEFT, Mark, PAGE_HEIGHT, PAGE_WIDTH, Shape, Sheet};
use super::*;

fn issuer() -> Issuer {
    Issuer {
        city: "Pemerintah Kota Semarang".to_owned(),
        agency: "Dinas Kesehatan".to_owned(),
        address: vec![
            "Jalan Contoh Nomor 1, Sekayu, Semarang Tengah 50132".to_owned(),
            "Telepon (024) 000 0000, dinkes@kota.example".to_owned(),
        ],
        slug: "semarang".to_owned(),
    }
}

/// An order letter with some lines of goods.
fn order(lines: i64) -> Paper {
    let date = Date::parse("2026-02-26").unwrap();
    let sum = Rupiah::parse(6_995_000).unwrap();
    Paper {
        parties: vec![buyer(), seller()],
        intro: vec![
            "Berdasarkan penawaran di toko Gulo Asem, kami memesan barang berikut untuk \
             diserahkan pada waktu dan tempat yang disebut di bawah ini."
                .to_owned(),
        ],
        facts: vec![
            Fact::new("Keperluan", "Pelatihan kader posyandu, 5 Maret 2026"),
            Fact::new("Tempat penyerahan", "Aula Kecamatan Gajahmungkur, pukul 10.30 WIB"),
            Fact::new("Sub-kegiatan", "1.02.02.2.02.0035"),
            Fact::new("Rekening belanja", "5.1.02.01.01.0052"),
        ],
        table: Some(goods(lines)),
        amount: Some(Amount { label: "Nilai pesanan".to_owned(), sum }),
        closing: vec![
            "Harga sudah termasuk pajak dan ongkos antar. Pembayaran dilakukan paling lambat \
             lima hari kerja setelah serah terima."
                .to_owned(),
        ],
        signatures: signatures(),
        attachments: vec!["Perbandingan harga tiga penjual".to_owned()],
        check_url: Some("https://gerai.semarang.example/papers/7K3M-9QXD".to_owned()),
        ..Paper::new(issuer(), "Surat Pesanan", "027/0143/Dinkes/2026", date)
    }
}

fn buyer() -> Party {
    Party {
        role: "Pemesan".to_owned(),
        name: "Dinas Kesehatan Kota Semarang".to_owned(),
        facts: vec![
            Fact::new("Pejabat", "Dewi Anggraini (tokoh rekaan)"),
            Fact::new("Jabatan", "Pejabat Pengadaan"),
        ],
    }
}

fn seller() -> Party {
    Party {
        role: "Penjual".to_owned(),
        name: "Dapur Bu Ngatmi".to_owned(),
        facts: vec![
            Fact::new("NIB", "9120 0000 00000"),
            Fact::new("Alamat", "Jalan Menoreh Raya 12, Sampangan, Gajahmungkur"),
            Fact::new("Pemilik", "Ngatmi (tokoh rekaan)"),
        ],
    }
}

fn signatures() -> Vec<Signature> {
    let sign = |role: &str, name: &str, note: &str, approved: &str| Signature {
        role: role.to_owned(),
        name: name.to_owned(),
        note: note.to_owned(),
        approved: approved.to_owned(),
    };
    let approved = "Disetujui di Gerai 26 Februari 2026, 14.30 WIB";
    vec![
        sign("Penjual", "Ngatmi", "Dapur Bu Ngatmi", ""),
        sign("Pejabat Pengadaan", "Dewi Anggraini", "Dinas Kesehatan", approved),
    ]
}

fn goods(lines: i64) -> Table {
    let row = |n: i64| {
        let name = if n % 7 == 1 {
            "Nasi kotak ayam goreng dengan lalap, sambal terasi, buah potong dan air minum gelas"
        } else {
            "Air minum gelas, dus"
        };
        let price = Rupiah::parse(45_000).unwrap();
        let sum = price.times(n + 1).unwrap();
        vec![n.to_string(), name.to_owned(), (n + 1).to_string(), bare(price), bare(sum)]
    };
    Table {
        columns: vec![
            Column { title: "No.".to_owned(), align: Align::Center, share: 1 },
            Column::words("Barang", 14),
            Column::figures("Banyak", 3),
            Column::figures("Harga (Rp)", 5),
            Column::figures("Jumlah (Rp)", 5),
        ],
        rows: (1..=lines).map(row).collect(),
        totals: vec![Fact::new("Ongkos antar", "0"), Fact::new("Jumlah seluruhnya", "6.995.000")],
    }
}

fn bare(amount: Rupiah) -> String {
    amount.display().replace("Rp", "")
}

fn words(marks: &[Mark]) -> Vec<String> {
    let text = |mark: &Mark| match &mark.shape {
        Shape::Words { text, .. } => Some(text.clone()),
        _ => None,
    };
    marks.iter().filter_map(text).collect()
}

fn all_words(sheet: &Sheet) -> String {
    sheet.pages.iter().flat_map(|page| words(page)).collect::<Vec<_>>().join(" ")
}

/// Leaves a PDF in a folder where a person may look at it; only when asked.
fn show(name: &str, bytes: &[u8]) {
    if let Some(folder) = option_env!("GERAI_PAPERS") {
        std::fs::write(std::path::Path::new(folder).join(name), bytes).unwrap();
    }
}

/// The words of a PDF as another program reads them, if there is one.
fn read_back(bytes: &[u8]) -> Option<String> {
    let started = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut reader) = started else {
        eprintln!("skipped: pdftotext is not at hand");
        return None;
    };
    reader.stdin.take().unwrap().write_all(bytes).unwrap();
    Some(String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap())
}

#[test]
fn an_order_letter_says_everything_on_one_page() {
    let paper = order(2);
    let bytes = pdf(&paper).unwrap();
    show("order.pdf", &bytes);
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(bytes.len() <= 100_000, "{} bytes", bytes.len());
    let sheet = letter::compose(&paper).unwrap();
    assert_eq!(sheet.pages.len(), 1);
    let said = all_words(&sheet);
    for expected in [
        "PEMERINTAH KOTA SEMARANG",
        "SURAT PESANAN",
        "Nomor 027/0143/Dinkes/2026, 26 Februari 2026",
        "Dapur Bu Ngatmi",
        "Rp6.995.000",
        "Terbilang: enam juta sembilan ratus sembilan puluh lima ribu rupiah",
        "Halaman 1 dari 1",
    ] {
        assert!(said.contains(expected), "{expected}");
    }
    let Some(read) = read_back(&bytes) else { return };
    for expected in ["SURAT PESANAN", "Air minum gelas, dus", "Jumlah seluruhnya", "Rp6.995.000"] {
        assert!(read.contains(expected), "{expected} in {read}");
    }
}

#[test]
fn papers_keep_the_promises_of_archive_and_accessibility() {
    let bytes = pdf(&order(2)).unwrap();
    for promise in ["pdfaid:part>2<", "pdfuaid:part>1<"] {
        let is_there = bytes.windows(promise.len()).any(|window| window == promise.as_bytes());
        assert!(is_there, "{promise}");
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes_from_its_json_too() {
    let paper = order(12);
    let json = serde_json::to_string(&paper).unwrap();
    let again: Paper = serde_json::from_str(&json).unwrap();
    assert_eq!(again, paper);
    assert_eq!(pdf(&again).unwrap(), pdf(&paper).unwrap());
    let mut other = paper;
    other.number = "027/0144/Dinkes/2026".to_owned();
    assert_ne!(pdf(&other).unwrap(), pdf(&again).unwrap());
}

#[test]
fn a_long_table_goes_on_under_its_head_and_loses_no_row() {
    let paper = order(300);
    let sheet = letter::compose(&paper).unwrap();
    assert!(sheet.pages.len() > 8, "{} pages", sheet.pages.len());
    let last = sheet.pages.len() - 1;
    for (index, page) in sheet.pages.iter().enumerate() {
        let said = words(page);
        assert_eq!(
            said.contains(&"Barang".to_owned()),
            index < last || said.contains(&"300".to_owned())
        );
        assert!(said.contains(&format!("Halaman {} dari {}", index + 1, last + 1)));
    }
    let said = all_words(&sheet);
    for row in 1..=300 {
        let sum = bare(Rupiah::parse((row + 1) * 45_000).unwrap());
        assert!(said.contains(&format!(" {sum} ")), "{row}");
    }
    let bytes = pdf(&paper).unwrap();
    show("long.pdf", &bytes);
    assert!(bytes.len() <= 100_000, "{} bytes", bytes.len());
}

#[test]
fn nothing_leaves_its_page() {
    let mut paper = order(40);
    paper.parties[0].name = "Nama yang panjang sekali ".repeat(30);
    paper.parties[1].facts.push(Fact::new("Catatan", "x".repeat(9_000)));
    paper.closing.push("Alinea yang tidak habis-habis. ".repeat(400));
    paper.amount.as_mut().unwrap().label = "Jumlah ".repeat(300);
    paper.table.as_mut().unwrap().columns[1].title = "Kepala ".repeat(900);
    paper.table.as_mut().unwrap().rows[3][1] = "kata ".repeat(3_000);
    paper.signatures[0].name = "Nama ".repeat(900);
    let sheet = letter::compose(&paper).unwrap();
    for mark in sheet.pages.iter().flatten() {
        let Shape::Words { x, baseline, style, text } = &mark.shape else { continue };
        let floor = if mark.block == usize::MAX { PAGE_HEIGHT - LEFT / 3 } else { FLOOR };
        let end = x + face::width(text, style.weight, style.size);
        assert!(*x >= LEFT - 1_000 && end <= PAGE_WIDTH - LEFT + 1_000, "{text}");
        assert!(*baseline <= floor, "{text}");
    }
    assert!(pdf(&paper).is_ok());
}

#[test]
fn hostile_words_do_no_harm() {
    let hostile = [
        "\u{202e}gnarab\u{202c}",
        "🍚🍗👨‍👩‍👧",
        "\0\u{1}\u{7f}\r\n\t",
        "ﷺ עברית 中文 ไทย क्षि",
        "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}a\u{334}\u{335}",
        "%PDF-1.7 (\\) >> endobj",
        "\u{feff}\u{e0041}\u{fff9}",
        "",
        " ",
        "ﬁ ½ ‰ … “kutip” – —",
    ];
    for text in hostile {
        let mut paper = order(1);
        let text = text.to_owned();
        paper.issuer.agency.clone_from(&text);
        paper.kind.clone_from(&text);
        paper.number.clone_from(&text);
        paper.intro = vec![text.clone()];
        paper.table.as_mut().unwrap().rows =
            vec![vec![text.clone(); 5], vec![], vec![text.clone()]];
        paper.signatures[0].name.clone_from(&text);
        paper.check_url = Some(text.clone());
        let bytes = pdf(&paper).unwrap();
        assert!(bytes.starts_with(b"%PDF-"), "{text:?}");
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/public/hostile/naughty-strings.json");
    let Ok(json) = std::fs::read_to_string(folder) else {
        eprintln!("skipped: the naughty strings are not at hand");
        return;
    };
    let mut paper = order(1);
    paper.intro = serde_json::from_str(&json).unwrap();
    show("naughty.pdf", &pdf(&paper).unwrap());
}

#[test]
fn a_revoked_paper_says_so_on_every_page() {
    let mut paper = order(60);
    paper.revoked =
        Some("Dicabut 3 Maret 2026: pesanan diganti dengan 027/0150/Dinkes/2026.".to_owned());
    let sheet = letter::compose(&paper).unwrap();
    for page in &sheet.pages {
        assert!(matches!(page[0].shape, Shape::Stamp { text: "DICABUT" }));
        let stamps = page.iter().filter(|mark| matches!(mark.shape, Shape::Stamp { .. }));
        assert_eq!(stamps.count(), 1);
    }
    assert!(all_words(&sheet).contains("Surat ini dicabut"));
    show("revoked.pdf", &pdf(&paper).unwrap());
}

#[test]
fn a_paper_with_its_head_alone_can_be_drawn() {
    let mut issuer = issuer();
    issuer.slug = "banda-aceh".to_owned();
    issuer.city = "Pemerintah Kota Banda Aceh".to_owned();
    let date = Date::parse("2026-03-12").unwrap();
    let mut paper = Paper::new(issuer, "Kuitansi", "KW-2026-000012", date);
    pdf(&paper).unwrap();
    paper.facts = vec![
        Fact::new("Sudah terima dari", "Bendahara Pengeluaran Dinas Kesehatan"),
        Fact::new("Untuk pembayaran", "Nasi kotak 200 buah, surat pesanan 027/0143/Dinkes/2026"),
    ];
    let sum = Rupiah::parse(12_345_678).unwrap();
    paper.amount = Some(Amount { label: "Uang sejumlah".to_owned(), sum });
    paper.signatures = order(1).signatures.split_off(1);
    show("receipt.pdf", &pdf(&paper).unwrap());
}

#[test]
fn limits_are_held() {
    let with = |change: fn(&mut Paper)| {
        let mut paper = order(1);
        change(&mut paper);
        pdf(&paper).unwrap_err()
    };
    let rows = with(|p| p.table.as_mut().unwrap().rows = vec![vec![]; ROWS_MAX + 1]);
    assert_eq!(rows, PaperError::TooMuch("rows"));
    let columns = with(|p| p.table.as_mut().unwrap().rows = vec![vec![String::new(); 13]]);
    assert_eq!(columns, PaperError::TooMuch("columns"));
    let text = with(|p| p.intro = vec!["a".repeat(TEXT_BYTES_MAX)]);
    assert_eq!(text, PaperError::TooMuch("text"));
    let url = with(|p| p.check_url = Some("a".repeat(4_000)));
    assert_eq!(url, PaperError::CheckUrl);
    let people = with(|p| p.signatures = vec![p.signatures[0].clone(); 9]);
    assert_eq!(people, PaperError::TooMuch("people"));
}

#[test]
fn the_public_copy_leaves_out_what_is_for_the_parties() {
    let mut paper = order(1);
    paper.facts.push(Fact::new("Yang dapat dihubungi", "0812 0000 0000").for_parties());
    let stored = serde_json::to_string(&paper).unwrap();
    let copy = serde_json::from_str::<Paper>(&stored).unwrap().for_everybody();
    assert!(stored.contains("0812 0000 0000"));
    assert!(!serde_json::to_string(&copy).unwrap().contains("0812 0000 0000"));
    assert_eq!(copy.facts.len() + 1, paper.facts.len());
}
