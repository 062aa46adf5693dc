//! Two phones: a guest buys of two sellers and pays once, one seller packs and hands over. Once more in browsers
//! that run no script, where the guest pays into a virtual account.

use crate::chromium::Chromium;
use crate::demo::Demo;
use crate::page::Screen;
use crate::person::Person;
use crate::story::photo;

#[test]
fn a_guest_pays_by_qris_and_the_seller_is_owed_the_money() {
    let demo = Demo::starts(&[]);
    two_phones(&demo, true, "Segera");
}

#[test]
fn a_guest_pays_into_a_virtual_account_without_script() {
    let demo = Demo::starts(&[]);
    two_phones(&demo, false, "Dua kali");
}

#[test]
fn a_guest_pays_by_qris_on_postgres() {
    #[expect(clippy::disallowed_methods, reason = "xtask says where the server is")]
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        eprintln!("skipped: no PostgreSQL server is named (TEST_POSTGRES_URL)");
        return;
    };
    // Schemas of its own: the main job's cities are on the same server.
    let mark = if url.contains('?') { '&' } else { '?' };
    let demo = Demo::starts(&["--database-url", &format!("{url}{mark}schema=paying")]);
    two_phones(&demo, true, "Dua kali");
}

/// The whole story; `told` is how the bank tells of the payment.
fn two_phones(demo: &Demo, script: bool, told: &str) {
    let chromium = Chromium::start();
    let arrives = |name: &'static str| {
        let mut person = Person::arrives(&chromium, name, Screen::Phone, demo.home());
        if !script {
            person.switches_script_off();
        }
        person
    };
    let (mut guest, mut seller) = (arrives("guest"), arrives("seller"));
    let owner = seller.doors().remove(0);
    seller.enters_as(&owner);
    seller.opens("/catalog/own");
    let goods = first_way(&mut seller, "/catalog/products/");
    let order = buys(&mut guest, &goods, script);
    if script {
        waits_for(&mut guest, &order, "Bayar di bank simulasi");
        guest.takes_picture("qris");
        guest.follows("Bayar di bank simulasi");
    } else {
        asks_for_account(&mut guest, &order);
    }
    pays(&mut guest, &order, told);

    seller.opens("/market/sales?state=processing");
    seller.sees("Tari");
    let sale = first_way(&mut seller, "/market/sales/");
    seller.opens(&sale);
    seller.sees("Dibayar lewat bank");
    seller.presses("Sudah dikemas");
    seller.sees("Pesanan dikemas.");
    guest.opens(&order);
    guest.sees("Siap diambil");
    let code = guest.reads(".price.huge");
    seller.sees("sudah dibayar lewat bank");
    seller.fills("Kode dari pembeli", &code);
    seller.presses("Barang diserahkan");
    quarrel(&mut guest, &mut seller, &order, &sale);
    if !script {
        names_account(&mut guest, &order);
    }
    waits_for(&mut guest, &order, "Bank sudah mengembalikannya");
    guest.sees("Rp1.000 dikembalikan");
    guest.takes_picture("settled");
    reviews(&mut guest, &mut seller, &order, &goods);
    if script {
        assert_eq!(seller.barriers(), [""; 0]); // the checker is a script of its own
    }
    for person in [&mut guest, &mut seller] {
        assert_eq!(person.complaints(), [""; 0]);
    }
}

#[test]
fn a_guest_whose_line_breaks_while_ordering_orders_once() {
    let demo = Demo::starts(&[]);
    for script in [true, false] {
        let chromium = Chromium::start();
        let mut guest = Person::arrives(&chromium, "guest", Screen::Phone, demo.home());
        let mut seller = Person::arrives(&chromium, "seller", Screen::Phone, demo.home());
        let owner = seller.doors().remove(0);
        seller.enters_as(&owner);
        let before = sales(&mut seller);
        seller.opens("/catalog/own");
        let goods = first_way(&mut seller, "/catalog/products/");
        if !script {
            guest.switches_script_off();
        }
        guest.opens(&goods);
        guest.presses("Masukkan keranjang");
        says_who(&mut guest, script);
        guest.picks("Bayar tunai saat barang diterima");
        guest.presses_in_vain("Pesan sekarang");
        if !guest.reads("main").contains("Pesan sekarang") {
            guest.opens("/market/cart");
            says_who(&mut guest, script);
            guest.picks("Bayar tunai saat barang diterima");
        }
        guest.presses("Pesan sekarang");
        guest.sees("Simpan tautan halaman ini");
        assert_eq!(sales(&mut seller), before + 1, "ordered once, script: {script}");
    }
}

/// How many orders wait for this seller.
fn sales(seller: &mut Person) -> usize {
    seller.opens("/market/sales?state=processing");
    let ways = seller.ways();
    ways.iter().filter(|way| way.starts_with("/market/sales/")).count()
}

/// One piece is broken: the buyer shows it, the seller gives a part back, the buyer takes it.
fn quarrel(guest: &mut Person, seller: &mut Person, order: &str, sale: &str) {
    guest.opens(order);
    guest.follows("Ada yang tidak beres");
    guest.picks("Barang rusak atau basi");
    guest.fills("Ceritakan", "Kemasannya sobek, isinya melempem.");
    guest.presses("Kirim komplain");
    guest.sees("Sertakan foto barangnya");
    let folder = tempfile::tempdir().expect("a folder for a photo");
    guest.uploads("Foto", &photo(folder.path()));
    guest.takes_picture("complain");
    guest.presses("Kirim komplain");
    guest.sees("Komplain terkirim.");
    seller.opens(sale);
    seller.sees("Kemasannya sobek");
    seller.picks("Kembalikan sebagian");
    seller.fills("Yang dikembalikan", "1000");
    seller.fills("Penjelasan untuk pembeli", "Isinya masih dapat dimakan.");
    seller.takes_picture("answer");
    seller.presses("Kirim jawaban");
    seller.sees("Jawaban terkirim.");
    guest.opens(order);
    guest.sees("Menawarkan Rp1.000 kembali");
    guest.presses("Terima jawaban penjual");
    guest.sees("Selesai: pembeli setuju");
    seller.opens("/market/money");
    seller.sees("Pesanan selesai");
}

/// What was paid into a number goes back to an account that the buyer names.
fn names_account(guest: &mut Person, order: &str) {
    guest.opens(order);
    guest.sees("Ke mana uang Anda dikirim?");
    guest.fills("Kode bank", "008");
    guest.fills("Nomor rekening", "3011 2345 67");
    guest.fills("Nama pemilik rekening", "Tari Rekaan");
    guest.takes_picture("refund");
    guest.presses("Kirim ke rekening ini");
    guest.sees("Rekening tersimpan.");
}

/// What the buyer thinks stands on the page of the goods, with the seller's answer.
fn reviews(guest: &mut Person, seller: &mut Person, order: &str, goods: &str) {
    guest.opens(order);
    guest.follows("Tulis ulasan");
    guest.fills("Nilai", "4, baik");
    guest.fills("Ulasan", "Rasanya enak, kemasannya perlu lebih rapat.");
    guest.takes_picture("review");
    guest.presses("Kirim ulasan");
    guest.sees("Ulasan Anda tampil di halaman barangnya.");
    guest.opens(goods);
    guest.follows("4,0 dari 5 menurut 1 pembeli");
    guest.sees("kemasannya perlu lebih rapat");
    guest.takes_picture("reviews");
    seller.opens(&goods.replace("/catalog/products/", "/market/reviews/"));
    seller.presses("Jawab ulasan ini");
    seller.fills("Jawaban Anda, dibaca semua orang", "Terima kasih, kami perbaiki.");
    seller.presses("Kirim jawaban");
    seller.sees("Terima kasih, kami perbaiki.");
}

/// The first thing under this path that a page leads to, whatever there is to do with it.
fn first_way(person: &mut Person, under: &str) -> String {
    let ways = person.ways();
    let mut things =
        ways.iter().filter_map(|way| way.strip_prefix(under)?.split(['/', '?']).next());
    let thing = things.find(|thing| !thing.is_empty()).map(str::to_owned);
    format!("{under}{}", thing.unwrap_or_else(|| panic!("nothing under {under} in {ways:?}")))
}

/// From the goods to the page of the order, with those of another seller beside them that were looked for in a
/// hurry.
fn buys(guest: &mut Person, goods: &str, script: bool) -> String {
    guest.opens(goods);
    guest.presses("Masukkan keranjang");
    guest.opens("/catalog/products?q=kripik+tempe+murah+mijen");
    guest.sees("Yang dari Mijen tampil lebih dulu.");
    guest.takes_picture("found");
    let crisps = first_way(guest, "/catalog/products/");
    guest.opens(&crisps);
    guest.sees("Keripik tempe");
    guest.sees("Mijen");
    guest.presses("Masukkan keranjang");
    says_who(guest, script);
    guest.picks("QRIS atau virtual account, sekarang");
    guest.presses("Pesan sekarang");
    guest.sees("Dengan QRIS");
    guest.path()
}

/// From the cart to the order, as far as how it is paid.
fn says_who(guest: &mut Person, script: bool) {
    guest.presses("Lanjut memesan");
    guest.fills_any("Anda tinggal di kelurahan mana?");
    if !script {
        guest.presses("Hitung ongkos");
    }
    guest.sees("Pesan sekarang");
    guest.fills("Nama", "Tari Rekaan");
    guest.fills("Nomor ponsel", "0812 3456 7890");
}

/// A number of the bank, for a phone that cannot read codes.
fn asks_for_account(guest: &mut Person, order: &str) {
    guest.opens(order);
    guest.presses("Minta nomor virtual account");
    waits_for(guest, order, "Di aplikasi bank atau ATM");
    guest.takes_picture("account");
    guest.follows("Bayar nomor ini di bank simulasi");
    guest.sees("Virtual account 88");
}

/// At the bank that is played, which tells of it like this, and back.
fn pays(guest: &mut Person, order: &str, told: &str) {
    guest.fills("Cara bank memberi tahu kota", told);
    let button = guest.reads("main button, form button");
    guest.presses(&button);
    guest.sees("Pembayaran berhasil.");
    waits_for(guest, order, "Diproses");
}

/// Looks at a page until somebody has done their part of it.
fn waits_for(person: &mut Person, page: &str, words: &str) {
    for _ in 0..LOOKS_MAX {
        person.opens(page);
        if person.reads("main").contains(words) {
            return;
        }
    }
    panic!("{page} does not say {words}");
}

/// More looks than a job or a notice takes.
const LOOKS_MAX: usize = 60;
