//! The main job, by clicks alone: somebody registers a business, an officer verifies it, goods are
//! offered, an agency asks, approves, receives and pays, and the public sees it. Six people, each on
//! the screen they would use, on both engines, and once in browsers that run no script.

use std::path::Path;

use crate::chromium::Chromium;
use crate::demo::Demo;
use crate::page::Screen;
use crate::person::Person;

const OFFICER: &str = "081200000001";
const REQUESTER: &str = "081200000006";
const APPROVER: &str = "081200000007";
const RECEIVER: &str = "081200000008";
const TREASURER: &str = "081200000009";

const BUSINESS: &str = "Dapur Bu Tari Rekaan";
const GOODS: &str = "Nasi kotak Bu Tari";
const NEED: &str = "Konsumsi rapat koordinasi rekaan";
/// More looks than a short list takes to enter.
const LOOKS_MAX: usize = 60;
/// A day and person that do not exist.
const NIK: &str = "3374015708900007";

#[derive(Clone, Copy, PartialEq)]
enum Script {
    Runs,
    /// As in old browsers and on phones that save data.
    IsOff,
}

#[test]
fn six_people_buy_lunch_on_sqlite() {
    let demo = Demo::starts(&[]);
    main_job(&demo, "sqlite", Script::Runs);
}

#[test]
fn six_people_buy_lunch_without_script() {
    let demo = Demo::starts(&[]);
    main_job(&demo, "plain", Script::IsOff);
}

#[test]
fn six_people_buy_lunch_on_postgres() {
    #[expect(clippy::disallowed_methods, reason = "xtask says where the server is")]
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        eprintln!("skipped: no PostgreSQL server is named (TEST_POSTGRES_URL)");
        return;
    };
    let demo = Demo::starts(&["--database-url", &url]);
    main_job(&demo, "postgres", Script::Runs);
}

fn main_job(demo: &Demo, engine: &str, script: Script) {
    let (chromium, folder) = (Chromium::start(), tempfile::tempdir().unwrap());
    let home = demo.home();
    let arrives = |name: &'static str, screen: Screen| {
        let mut person = Person::arrives(&chromium, name, screen, home);
        if script == Script::IsOff {
            person.switches_script_off();
        }
        person
    };
    let mut owner = arrives("owner", Screen::Phone);
    registers(&mut owner, engine);

    let mut officer = arrives("officer", Screen::Desktop);
    officer.enters_as(OFFICER);
    verifies(&mut officer, engine);
    brings_a_list(&mut officer, folder.path(), engine, script);

    let product = offers(&mut owner, engine);

    let mut requester = arrives("requester", Screen::Desktop);
    requester.enters_as(REQUESTER);
    let order = requests(&mut requester, &product, engine, script);

    let mut approver = arrives("approver", Screen::Phone);
    approver.enters_as(APPROVER);
    approver.opens(&order);
    approver.sees(NEED);
    approver.presses("Setujui dan terbitkan surat pesanan");
    approver.sees("Disetujui.");

    owner.opens(&order);
    owner.presses("Terima pesanan");
    owner.sees("Antarkan sebelum batas waktunya.");
    owner.presses("Nyatakan sudah diantar");
    owner.sees("Tercatat sudah diantar.");

    let mut receiver = arrives("receiver", Screen::Phone);
    receiver.enters_as(RECEIVER);
    receives(&mut receiver, &order, &photo(folder.path()), engine);

    owner.opens(&order);
    owner.follows("Buat tagihan");
    owner.fills("Nomor tagihan", "INV-001/REKAAN");
    owner.presses("Kirim tagihan");
    owner.sees("Tagihan terkirim kepada bendahara.");

    let mut treasurer = arrives("treasurer", Screen::Desktop);
    treasurer.enters_as(TREASURER);
    pays(&mut treasurer, &order, engine);
    if script == Script::Runs {
        assert_eq!(treasurer.barriers(), [""; 0]); // the checker is a script of its own
    }
    let mut telephone = arrives("treasurer's phone", Screen::Phone);
    telephone.enters_as(TREASURER);
    telephone.opens("/account/sessions");
    telephone.presses("Keluarkan");
    assert_eq!(treasurer.tries("/procurement/desk"), 200);
    assert!(treasurer.path().starts_with("/sign-in"), "the desktop was signed out by the phone");

    let mut public = Person::arrives(&chromium, "public", Screen::Phone, home);
    assert_eq!(public.tries("/health/ready"), 200);
    public.switches_script_off();
    public.prefers("dark");
    public.opens(&order.replace("/orders/", "/purchases/"));
    public.sees(NEED);
    public.sees(BUSINESS);
    public.takes_picture(&format!("story-{engine}-9-public"));
}

fn registers(owner: &mut Person, engine: &str) {
    owner.opens("/registry/registration");
    owner.follows("Buat akun dan mulai");
    owner.fills("Nama lengkap", "Tari Rekaan");
    owner.fills("Nomor ponsel", "0812 7700 0067");
    owner.fills("Kata sandi baru", "kunang-kunang di sawah 67");
    owner.presses("Buat akun");
    owner.fills("Nama usaha", BUSINESS);
    owner.fills("Menjual atau mengerjakan apa", "Nasi kotak dan jajan pasar");
    owner.picks("Makanan");
    owner.presses("Simpan dan lanjut");
    owner.follows("Lewati dulu");
    owner.fills_any("Kecamatan tempat usaha");
    owner.presses("Lanjut");
    owner.fills_any("Kelurahan");
    owner.fills("Jalan dan nomor", "Jalan Rekaan 67");
    owner.presses("Simpan dan lanjut");
    owner.follows("Lewati dulu");
    owner.fills("Nama pemilik", "Tari Rekaan");
    owner.fills("NIK", NIK);
    owner.fills("Nomor ponsel", "0812 7700 0067");
    owner.presses("Simpan dan lanjut");
    owner.fills("Orang yang bekerja", "2");
    owner.presses("Simpan dan lanjut");
    owner.picks("Data ini benar");
    owner.takes_picture(&format!("story-{engine}-1-check"));
    owner.presses("Kirim pendaftaran");
    owner.sees("Terkirim.");
}

fn verifies(officer: &mut Person, engine: &str) {
    officer.opens("/registry/queue?q=Bu+Tari");
    officer.follows(BUSINESS);
    officer.picks("Verifikasi");
    officer.takes_picture(&format!("story-{engine}-2-verify"));
    officer.presses("Simpan keputusan");
    officer.opens("/registry/businesses?q=Bu+Tari");
    officer.sees(BUSINESS);
}

/// A list as an office keeps it: a title, an empty line, names in many hands. All of it is invented.
const LIST: &str = "\
DAFTAR UMKM (rekaan);;;;\n;;;;\nNo;Nama Usaha;Nama Pemilik;Alamat;Kelurahan;Kecamatan;No HP
1;Kriya Bambu Rekaan;Sinta Rekaan;Jl. Melati 3 RT 01/02;Sampangan;Gajahmungkur;0812 7700 0101
2;Soto Rekaan;Budi Rekaan;Jl. Kenanga 9;KEL. SAMPANGAN;Gajah Mungkur;+62 812-7700-0102
";

fn brings_a_list(officer: &mut Person, folder: &Path, engine: &str, script: Script) {
    let list = folder.join("daftar.csv");
    std::fs::write(&list, LIST).unwrap();
    officer.opens("/registry/lists");
    officer.uploads("Pilih berkas", &list);
    officer.presses("Periksa daftar");
    officer.sees("2 baris siap");
    officer.takes_picture(&format!("story-{engine}-2-list"));
    officer.presses("Simpan arti kolom");
    officer.presses("Masukkan ke antrean");
    if script == Script::IsOff {
        looks_again(officer);
    }
    officer.sees("Semua baris selesai diproses");
    officer.opens("/registry/queue?q=Kriya+Bambu");
    officer.sees("Kriya Bambu Rekaan");
}

/// Nothing loads the page again by itself: its link does, until the list has entered.
fn looks_again(officer: &mut Person) {
    let mut looks = 0..LOOKS_MAX;
    while officer.reads("main").contains("Lihat lagi") && looks.next().is_some() {
        officer.follows("Lihat lagi");
    }
}

/// Gives the path of the product.
fn offers(owner: &mut Person, engine: &str) -> String {
    owner.opens("/registry/own");
    owner.sees(BUSINESS);
    owner.follows("Buka");
    owner.follows("Tawarkan barang");
    owner.follows("Tambah barang");
    owner.fills("Nama barang", GOODS);
    owner.fills("Jenis", "Makanan");
    owner.fills("Harga satuan", "27.500");
    owner.fills("Satuan", "kotak");
    owner.fills("Persediaan", "200");
    owner.presses("Tawarkan");
    owner.sees(GOODS);
    owner.takes_picture(&format!("story-{engine}-3-offer"));
    let path = owner.path();
    let path = path.split('?').next().unwrap().trim_end_matches("/edit");
    path.to_string()
}

/// Gives the path of the order.
fn requests(requester: &mut Person, product: &str, engine: &str, script: Script) -> String {
    requester.opens(product);
    requester.follows("Ajukan kebutuhan");
    requester.fills(&format!("Banyaknya {GOODS}"), "40");
    requester.fills("Keperluan", NEED);
    requester.fills("Tempat diantar", "Ruang rapat lantai 2");
    let day = requester.day(10);
    requester.fills("Tanggal dibutuhkan", &day);
    requester.fills_any("Baris anggaran");
    requester.takes_picture(&format!("story-{engine}-4-request"));
    if script == Script::Runs {
        requester.is_forgotten();
        requester.presses("Ajukan dan cadangkan anggaran");
        requester.sees("Yang Anda kirim tadi belum diterima");
        requester.enters_here_as(REQUESTER);
    }
    requester.presses("Ajukan dan cadangkan anggaran");
    requester.sees("Anggarannya sudah dicadangkan.");
    let path = requester.path();
    path.split('?').next().unwrap().to_string()
}

fn receives(receiver: &mut Person, order: &str, photo: &Path, engine: &str) {
    receiver.opens(order);
    receiver.follows("Mulai menghitung");
    receiver.fills("Yang baik", "40");
    receiver.uploads("Foto barang", photo);
    receiver.takes_picture(&format!("story-{engine}-6-count"));
    receiver.presses("Simpan hitungan");
    receiver.sees("Berita acara terbit.");
}

fn pays(treasurer: &mut Person, order: &str, engine: &str) {
    treasurer.opens(order);
    treasurer.follows("Catat pembayaran");
    treasurer.picks("LS (langsung)");
    treasurer.fills("Nomor bukti", "SP2D-0067/REKAAN");
    let today = treasurer.day(0);
    treasurer.fills("Tanggal dibayar", &today);
    treasurer.takes_picture(&format!("story-{engine}-8-pay"));
    treasurer.presses("Catat sudah dibayar");
    treasurer.sees("Pembayaran tercatat.");
}

/// A photo as a phone might send it.
pub(crate) fn photo(folder: &Path) -> std::path::PathBuf {
    const PNG: &[u8] = include_bytes!("../../../procurement/tests/kit/boxes.png");
    let path = folder.join("barang.png");
    std::fs::write(&path, PNG).unwrap();
    path
}
