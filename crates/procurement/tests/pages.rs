//! The main job through the pages, as six people click it, and what strangers and the public see.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use base::account::membership;
use kit::Town;
use registry::verification::{self, Decide, Decision};
use testkit::{Actor, Page};

/// No text of this area is missing, in either language.
async fn read(who: &Actor, path: &str) -> Page {
    let page = who.client.get(path).await.expect(200);
    let text = page.text();
    assert!(!text.contains("procurement-"), "a text is missing on {path}: {text}");
    page
}

async fn post(who: &Actor, path: &str, form: &[(&str, &str)]) -> Page {
    let page = who.client.post(path, form).await;
    assert_eq!(page.status.as_u16(), 303, "{path}: {}", page.text());
    page
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn six_people_take_a_purchase_from_need_to_payment_by_clicks() {
    let town = Town::open().await;
    town.follow().await;
    read(&town.requester, "/procurement/desk").await.sees("Ajukan kebutuhan");
    read(&town.requester, "/procurement/requests/new").await.sees("Nasi kotak ayam goreng");
    let form_page = format!("/procurement/requests/new?product={}", town.boxes);
    read(&town.requester, &form_page).await.sees("Dapur Bu Ngatmi").sees("sisa Rp48.250.000");

    let (business, line) = (town.seller.business.to_string(), town.budget_line.to_string());
    let (boxes, water) = (town.boxes.to_string(), town.water.to_string());
    let form = [
        ("business", business.as_str()),
        ("title", "200 nasi kotak untuk pelatihan kader"),
        ("kind", "goods"),
        ("budget_line", &line),
        ("place", "Aula Kecamatan Gajahmungkur"),
        ("wanted_on", "2026-03-18"),
        ("participants", "150"),
        ("comparison", ""),
        ("product", &boxes),
        ("count", "200"),
        ("product", &water),
        ("count", ""),
    ];
    let at = post(&town.requester, "/procurement/requests", &form).await.location.unwrap();

    read(&town.requester, &at).await.sees("Menunggu persetujuan").sees("Giliran pejabat pengadaan");
    town.seller.owner.client.get(&at).await.expect(404);
    read(&town.approver, "/procurement/desk").await.sees("200 nasi kotak");
    read(&town.approver, &at).await.sees("Keputusan Anda").sees("lebih banyak daripada pesertanya");
    post(&town.approver, &format!("{at}/approval"), &[]).await;

    read(&town.seller.owner, "/procurement/sales").await.sees("200 nasi kotak");
    read(&town.seller.owner, &at).await.sees("sudah disisihkan untuk pesanan ini");
    let refusal = format!("{at}/refusal");
    let short = town.seller.owner.client.post(&refusal, &[("reason", "no"), ("step", "refusal")]);
    short.await.expect(422).sees("Tulis alasannya");
    post(&town.seller.owner, &format!("{at}/acceptance"), &[]).await;
    post(&town.seller.owner, &format!("{at}/delivery"), &[("reason", "Ditaruh di pos satpam")])
        .await;

    read(&town.receiver, &format!("{at}/handovers/new")).await.sees("Yang baik");
    let counts = [("count_1", "198"), ("rest", "closed"), ("reason", "Dua kotak tumpah.")];
    let photo = ("photos", "kotak.png", include_bytes!("kit/boxes.png").as_slice());
    let done = town.receiver.client.upload(&format!("{at}/handovers"), &counts, photo).await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.text());

    let bills = read(&town.seller.owner, &format!("{at}/invoice")).await.sees("Rp6.435.000");
    bills.sees("Yang diterima").sees("198");
    let bill = [("number", "K-19"), ("amount", "6.435.000")];
    post(&town.seller.owner, &format!("{at}/invoice"), &bill).await;
    let pays = read(&town.treasurer, &format!("{at}/payment")).await;
    let pays = pays.sees("Rp6.435.000").sees("K-19").sees("Berita acara serah terima");
    let pays = pays.sees("Dua kotak tumpah.").sees("Kembalikan dari halaman pesanan");
    only_parties_see_the_photo(&town, &at, &pays).await;
    let bast = pays.body.split("/documents/").nth(1).unwrap().split('"').next().unwrap();
    town.treasurer.client.get(&format!("/documents/{bast}")).await.expect(200);
    let paid = [("method", "ls"), ("reference", "SP2D 00417/LS/2026"), ("paid_on", "2026-03-12")];
    post(&town.treasurer, &format!("{at}/payment"), &paid).await;
    let page = read(&town.requester, &at).await.sees("Lunas").sees("Ditaruh di pos satpam");
    only_parties_see_the_photo(&town, &at, &page).await;
    let paper = page.body.split("/documents/").nth(1).unwrap().split('"').next().unwrap();
    let pdf = town.seller.owner.client.get(&format!("/documents/{paper}")).await.expect(200);
    assert!(pdf.bytes.starts_with(b"%PDF"), "the order letter is a PDF");
    town.verify().await;
}

/// The photo on an order's page is for its seller and its agency, and for nobody who knows its address.
async fn only_parties_see_the_photo(town: &Town, at: &str, page: &Page) {
    let photos = format!("{at}/photos/");
    let photo = page.body.split(&photos).nth(1).expect("the photo is on the page");
    let photo = photo.split('/').next().unwrap();
    let thumb = format!("{photos}{photo}/thumb");
    let shown = town.seller.owner.client.get(&thumb).await.expect(200);
    assert!(shown.bytes.starts_with(&[0xff, 0xd8]), "a JPEG");
    let nosy = town.city.citizen("Orang Lain Rekaan").await.client;
    nosy.get(&thumb).await.expect(404);
    nosy.get(&format!("/files/{photo}/thumb")).await.expect(404);
    town.city.visitor().get(&thumb).await.expect(303);
}

#[tokio::test]
async fn goods_of_a_suspended_business_are_not_offered_in_a_request() {
    let town = Town::open().await;
    town.follow().await;
    let page = "/procurement/requests/new";
    read(&town.requester, page).await.sees("Nasi kotak ayam goreng").sees("Rp32.500");
    let id = town.seller.business.clone();
    let suspended = town.city.write(move |tx| {
        let version = registry::business::find(tx, &id)?.version;
        let (business, decision) = (id.clone(), Decision::Suspend);
        let reason = "Tidak ditemukan saat dikunjungi.".to_owned();
        verification::decide(tx, &Decide { business, version, decision, reason })
    });
    suspended.await.unwrap();
    town.follow().await;
    let text = read(&town.requester, page).await.text();
    assert!(!text.contains("Nasi kotak"), "it is set aside: {text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_need_is_added_up_before_it_is_sent_and_all_that_is_wrong_is_told_at_once() {
    let town = Town::open().await;
    let business = town.seller.business.to_string();
    let empty = [("business", business.as_str())];
    let wrong = town.requester.client.post("/procurement/requests", &empty).await.expect(422);
    let wrong = wrong.sees("Pilih baris anggaran").sees("Tulis keperluannya");
    wrong.sees("Tulis tempatnya");

    let form = town.form(&town.boxes);
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let too_many = [form.as_slice(), &[("count", "501")]].concat();
    let wrong = town.requester.client.post("/procurement/requests", &too_many).await;
    wrong.expect(422).sees("Stok penjual tinggal 500");
    let looked = [form.as_slice(), &[("count", "200"), ("look", "1")]].concat();
    let looked = town.requester.client.post("/procurement/requests", &looked).await.expect(200);
    looked.sees("Jumlah pesanan ini Rp6.500.000").sees("Sisa pagu Rp41.750.000 setelah");
    assert_eq!(town.budget().await.free, kit::rupiah(48_250_000), "nothing was sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_sees_purchases_without_people() {
    let town = Town::open().await;
    let before = town.requested().await;
    let visitor = town.city.visitor();
    visitor.get(&format!("/procurement/purchases/{}", before.id)).await.expect(404);
    let id = town.delivered().await;
    let public = visitor.get(&format!("/procurement/purchases/{id}")).await.expect(200);
    let text = public.sees("Dapur Bu Ngatmi").sees("Diantar penjual").text();
    for private in ["Hendra", "Dewi", "Diantar sopir", "Tiga penawar", "procurement-"] {
        assert!(!text.contains(private), "{private} is on the public page: {text}");
    }
    let board = visitor.get("/procurement/spending").await.expect(200).sees("100%");
    let text = board.sees("Dinas Kesehatan").text();
    assert!(!text.contains("procurement-"), "{text}");
    let board = visitor.get("/api/v1/procurement/spending").await.expect(200).json();
    assert_eq!(board["bought"], 6_995_000);
    assert_eq!(board["months"][0]["month"], "2026-03");
    let csv = visitor.get("/open-data/procurement/purchases.csv").await.expect(200).body;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.contains("Menunggu serah terima") && csv.contains("tanggal_pesanan"), "{csv}");
    for (page, path) in
        [("spending", "/procurement/spending"), ("purchases", "/procurement/purchases")]
    {
        for year in ["2030", "2025"] {
            let gone = visitor.get(&format!("{path}?year={year}")).await.expect(404);
            let gone = gone.sees(&format!("Tidak ada belanja tahun {year}"));
            assert!(gone.body.contains(&format!("{path}?year=2026")), "it leads to {page} of 2026");
            let twin = visitor.get(&format!("/api/v1{path}?year={year}")).await.expect(404);
            assert_eq!(twin.json()["code"], "not-found");
        }
        visitor.get(&format!("{path}?year=2026")).await.expect(200);
    }
    visitor.get("/open-data/procurement/purchases.csv?year=2030").await.expect(404);
    for nonsense in ["spending?year=abc", "purchases?year=1", "purchases?after=zzz"] {
        visitor.get(&format!("/procurement/{nonsense}")).await.expect(422);
    }
    let of_agency =
        format!("/procurement/purchases?agency={}&state=delivered&q=NASI", town.agency.id);
    visitor.get(&of_agency).await.expect(200).sees("200 nasi kotak");
    let none = visitor.get("/procurement/purchases?state=paid").await.expect(200);
    none.sees("Tidak ada pembelian yang cocok");
    let list = format!("/procurement/purchases?seller={}", before.seller.number);
    visitor.get(&list).await.expect(200).sees("200 nasi kotak");
    visitor.get("/procurement/desk").await.expect(303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_budget_is_looked_at_before_it_takes_effect() {
    let town = Town::open().await;
    town.requested().await;
    read(&town.head, "/procurement/desk").await.sees("Tidak ada pesanan yang lewat batas waktu");
    read(&town.head, "/procurement/budget").await.sees("Rp41.255.000");
    read(&town.head, "/procurement/budget/imports/new").await;
    let form = [("year", "2026"), ("dpa", "DPPA 1")];
    let none = ("file", "dpa.csv", b"nama,alamat\n".as_slice());
    let wrong = town.head.client.upload("/procurement/budget/imports", &form, none).await;
    wrong.expect(422).sees("Kolomnya tidak ditemukan");
    let csv = format!(
        "sub_kegiatan,rekening,uraian,pagu\n{},{},Makanan rapat,1000000\n{0},5.1.2,Salah,1\n",
        kit::SUB_ACTIVITY,
        kit::ACCOUNT
    );
    let file = ("file", "dppa.csv", csv.as_bytes());
    let kept =
        town.head.client.upload("/procurement/budget/imports", &form, file).await.expect(303);
    let page = read(&town.head, &kept.location.unwrap()).await;
    page.sees("Terlalu rendah").sees("Kode rekening berbentuk").sees("belum bisa berlaku");

    let csv = format!(
        "sub_kegiatan,rekening,uraian,pagu\n{},{},Makanan,90000000\n",
        kit::SUB_ACTIVITY,
        kit::ACCOUNT
    );
    let file = ("file", "dppa.csv", csv.as_bytes());
    let kept =
        town.head.client.upload("/procurement/budget/imports", &form, file).await.expect(303);
    let at = kept.location.unwrap();
    read(&town.head, &at).await.sees("Naik");
    town.requester.client.get(&at).await.expect(403);
    let done = post(&town.head, &format!("{at}/application"), &[]).await;
    read(&town.head, &done.location.unwrap()).await.sees("Rp83.005.000");
    let again = town.head.client.post(&format!("{at}/application"), &[]).await;
    again.expect(409);
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn purchases_elsewhere_are_recorded_with_their_reason() {
    let town = Town::open().await;
    read(&town.requester, "/procurement/outside-purchases").await.sees("Belum ada belanja di luar");
    read(&town.requester, "/procurement/outside-purchases/new").await.sees("Alasan lain");
    let form = [
        ("what", "Toner pencetak"),
        ("vendor", "PT Kantor Jauh"),
        ("amount", "2.500.000"),
        ("bought_on", "2026-03-02"),
        ("reason", "other"),
        ("category", "other"),
        ("explanation", "Toner merek ini belum ada di toko kota."),
    ];
    let mut unexplained = form;
    unexplained[6] = ("explanation", " ");
    let outside = "/procurement/outside-purchases";
    let wrong = town.requester.client.post(outside, &unexplained).await.expect(422);
    assert!(wrong.body.contains("value=\"Toner pencetak\""), "what was typed is lost");
    wrong.sees("Tulis penjelasannya");
    post(&town.requester, "/procurement/outside-purchases", &form).await;
    let list = read(&town.receiver, outside).await.sees("PT Kantor Jauh");
    list.sees("Toner merek ini belum ada di toko kota.");
    let late = [("bought_on", "2024-01-01"), ("amount", "1")];
    let wrong = town.requester.client.post("/procurement/outside-purchases", &late).await;
    wrong.expect(422).sees("dalam setahun terakhir");
    let board = town.city.visitor().get("/api/v1/procurement/spending").await.json();
    assert_eq!(board["outside"], 2_500_000);

    let mut absurd = form;
    absurd[2] = ("amount", "999.999.999.999");
    let wrong = town.requester.client.post(outside, &absurd).await;
    wrong.expect(422).sees("melebihi seluruh pagu dinas");
    let mut large = form;
    (large[0], large[2]) = (("what", "Mesin cetak"), ("amount", "20.000.000"));
    post(&town.requester, outside, &large).await;
    let board = town.city.visitor().get("/api/v1/procurement/spending").await.json();
    assert_eq!(board["outside"], 2_500_000, "a large one waits for a second person");
    let list = read(&town.approver, outside).await.sees("Menunggu dibenarkan");
    let at = list.body.split(&format!("{outside}/")).find(|part| part.contains("Mesin cetak"));
    let at = format!("{outside}/{}", at.unwrap().split('"').next().unwrap());
    town.requester.client.post(&format!("{at}/confirmation"), &[]).await.expect(403);
    let one = read(&town.approver, &at).await.sees("Catatan ini benar");
    one.sees("Toner merek ini belum ada di toko kota.");
    post(&town.approver, &format!("{at}/confirmation"), &[]).await;
    let board = town.city.visitor().get("/api/v1/procurement/spending").await.json();
    assert_eq!(board["outside"], 22_500_000);
    let short = town.requester.client.post(&format!("{at}/withdrawal"), &[("reason", "")]).await;
    short.expect(422).sees("Tulis alasannya");
    let reason = [("reason", "Salah tahun anggaran.")];
    post(&town.requester, &format!("{at}/withdrawal"), &reason).await;
    read(&town.requester, &at).await.sees("Ditarik").sees("Salah tahun anggaran");
    let board = town.city.visitor().get("/api/v1/procurement/spending").await.json();
    assert_eq!(board["outside"], 2_500_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_inspectorate_sees_every_order_and_changes_none() {
    let town = Town::open().await;
    let id = town.ordered().await;
    let office =
        town.city.organisation(base::account::OrganisationKind::Inspectorate, "Inspektorat").await;
    let inspector = town.city.person("Bu Periksa", base::Role::Inspector, &office).await;
    inspector.client.get("/procurement/desk").await.expect(403);
    read(&inspector, "/procurement/orders").await.sees("Dinas Kesehatan");
    read(&inspector, "/procurement/orders?q=NASI").await.sees("200 nasi kotak");
    read(&inspector, "/procurement/orders?q=zzz").await.sees("Tidak ada pesanan dengan");
    read(&inspector, &format!("/procurement/orders/{id}")).await.sees("5.1.02.01.01.0052");
    read(&inspector, "/procurement/budget").await.sees("Dinas Kesehatan").sees("Makanan rapat");
    let office =
        town.city.organisation(base::account::OrganisationKind::CityOffice, "Diskominfo").await;
    let admin = town.city.person("Pak Sistem", base::Role::CityAdmin, &office).await;
    let budget = format!("/procurement/budget?year=2026&agency={}", town.agency.id);
    read(&admin, &budget).await.sees("Makanan rapat").sees("Bawa berkas DPA");
    read(&admin, "/procurement/budget/imports/new").await.sees("Dinas Kesehatan");
    let cancel = format!("/procurement/orders/{id}/cancellation");
    inspector.client.post(&cancel, &[("reason", "Tidak boleh")]).await.expect(403);
}

/// This person owns the seller, too.
async fn owns_the_seller(town: &Town, who: &Actor) {
    let (person, organisation) = (who.person.clone(), town.seller.organisation.id.clone());
    let role = base::Role::Owner;
    let begin = membership::Add { person, organisation, role, until: None };
    town.city.write(move |tx| membership::begin(tx, &begin)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_official_who_owns_the_seller_leaves_the_purchase_to_a_colleague() {
    let town = Town::open().await;
    for who in [&town.requester, &town.approver, &town.receiver, &town.treasurer] {
        owns_the_seller(&town, who).await;
    }
    let need = town.lunch();
    let refused = town.act(&town.requester, move |tx| procurement::request(tx, &need)).await;
    assert_eq!(refused.unwrap_err().code(), "procurement-own-seller");

    let other = town.city.person("Rekan Rekaan", base::Role::Requester, &town.agency).await;
    let need = town.lunch();
    let order = town.act(&other, move |tx| procurement::request(tx, &need)).await.unwrap();
    let at = format!("/procurement/orders/{}", order.id);
    let page = read(&town.approver, &at).await.sees("Langkah ini untuk rekan Anda");
    page.sees("Anda pemilik penjualnya");
    let refused = town.approver.client.post(&format!("{at}/approval"), &[]).await;
    let told = refused.expect(303).location.unwrap();
    let page = read(&town.approver, &told).await.sees("Langkah Anda tidak dijalankan");
    page.sees("Anda pemilik usaha ini");
    let id = order.id.clone();
    let other = town.city.person("Rekan Kedua", base::Role::Approver, &town.agency).await;
    let act = move |tx: &mut base::Tx<'_>| procurement::act(tx, &id, procurement::Act::Approve);
    town.act(&other, act).await.unwrap();
    let id = order.id.clone();
    let deliver = move |tx: &mut base::Tx<'_>| {
        procurement::act(tx, &id, procurement::Act::Accept)?;
        procurement::act(tx, &id, procurement::Act::Deliver(""))
    };
    town.act(&town.seller.owner, deliver).await.unwrap();
    read(&town.receiver, &format!("{at}/handovers/new")).await.sees("Anda pemilik usaha ini");
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_budget_comes_as_the_workbook_it_is() {
    let town = Town::open().await;
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "Bukan ini").unwrap();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "DPA Dinas Kesehatan").unwrap();
    for (column, name) in
        ["kode_sub_kegiatan", "kode_rekening", "uraian", "pagu"].iter().enumerate()
    {
        sheet.write_string(2, u16::try_from(column).unwrap(), *name).unwrap();
    }
    for (row, (account, name, ceiling)) in
        [("5.1.02.01.01.0024", "Alat tulis; kantor", 12_500_000), ("5.1.02.01.01.24", "Salah", 1)]
            .into_iter()
            .enumerate()
    {
        let row = 3 + 2 * u32::try_from(row).unwrap();
        sheet.write_string(row, 0, "1.02.02.2.02.0035").unwrap();
        sheet.write_string(row, 1, account).unwrap();
        sheet.write_string(row, 2, name).unwrap();
        sheet.write_number(row, 3, ceiling).unwrap();
    }
    let book = book.save_to_buffer().unwrap();
    let (path, form) = ("/procurement/budget/imports", [("year", "2026"), ("dpa", "DPPA 1")]);
    let file = ("file", "dppa.xlsx", book.as_slice());
    let kept = town.head.client.upload(path, &form, file).await.expect(303).location.unwrap();
    let page = town.head.client.get(&kept).await.expect(200).sees("Alat tulis; kantor");
    page.sees("Rp12.500.000");
    let data = town.head.client.get(&format!("/api/v1{kept}")).await.expect(200).json();
    assert_eq!(data["effects"][0]["line"], 4);
    assert_eq!(data["problems"][0]["line"], 6, "named as the agency sees it: {data}");
    let broken = ("file", "dppa.xlsx", &book[..300]);
    let broken = town.head.client.upload(path, &form, broken).await.expect(422);
    broken.sees("Berkas ini tidak terbaca");
}
