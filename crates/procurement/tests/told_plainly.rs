//! What an approver and an auditor must be able to see: whose price a line has, which orders a warning
//! counts, before money is reserved and after; and asking once more for what came to nothing.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use base::document;
use kit::{Town, rupiah};
use procurement::{Act, OrderId, Want};

const SPLIT: &str = "Periksa apakah paketnya dipecah";

async fn step(town: &Town, who: &testkit::Actor, id: &OrderId, act: Act<'static>) {
    let id = id.clone();
    town.act(who, move |tx| procurement::act(tx, &id, act)).await.unwrap();
}

fn at(id: &OrderId) -> String {
    format!("/procurement/orders/{id}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_written_by_the_buyer_is_marked_wherever_it_is_read() {
    let town = Town::open().await;
    let own = Want::Words {
        name: "Sewa tenda".to_owned(),
        unit: "hari".to_owned(),
        price: rupiah(750_000),
        count: 1,
    };
    let need = town.need(vec![Want::Product { product: town.boxes.clone(), count: 10 }, own]);
    let order = town.act(&town.requester, move |tx| procurement::request(tx, &need)).await.unwrap();
    let id = order.id;
    let said = "Ditulis pemesan; harga menurut pemesan, bukan dari etalase";
    let page = town.approver.client.get(&at(&id)).await.expect(200).sees(said);
    assert_eq!(page.body.matches(said).count(), 1, "goods of the shelf are not marked");
    step(&town, &town.approver, &id, Act::Approve).await;
    town.seller.owner.client.get(&at(&id)).await.expect(200).sees(said);
    let subject = id.to_string();
    let papers = town.city.db.read(move |read| base::document::of_subject(read, &subject)).await;
    let letter = papers.unwrap().remove(0).id;
    let paper = town.city.db.read(move |read| base::document::find(read, &letter)).await.unwrap();
    let paper = format!("{paper:?}");
    assert!(paper.contains("Sewa tenda (harga menurut pemesan, bukan dari etalase)"), "{paper}");
    step(&town, &town.seller.owner, &id, Act::Accept).await;
    let public = format!("/procurement/purchases/{id}");
    town.city.visitor().get(&public).await.expect(200).sees(said);
    town.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_warning_of_splitting_names_the_orders_it_counts_and_ends_with_the_order() {
    let town = Town::open().await;
    let (first, second) = (town.ordered().await, town.requested().await.id);
    let page = town.approver.client.get(&at(&second)).await.expect(200);
    let page = page.sees("1 pesanan lain").sees(SPLIT).sees("Pesanan yang dihitung");
    assert!(page.body.contains(&format!("href=\"{}\"", at(&first))), "the order counted is named");
    let sold = town.seller.owner.client.get(&at(&first)).await.expect(200);
    assert!(!sold.text().contains("pesanan lain"), "the seller is not told");
    step(&town, &town.approver, &second, Act::Reject("Tanggalnya keliru.")).await;
    for id in [&first, &second] {
        let page = town.approver.client.get(&at(id)).await.expect(200);
        assert!(!page.text().contains("pesanan lain"), "what ended is no part of a package");
    }
    town.city.pass_days(31);
    let need = procurement::Request { wanted_on: kit::day("2026-04-20"), ..town.lunch() };
    let later = town.act(&town.requester, move |tx| procurement::request(tx, &need)).await;
    let later = later.unwrap().id;
    // Nobody stays signed in so long.
    let approver = town.city.person("Pejabat Rekaan", base::Role::Approver, &town.agency).await;
    for id in [&first, &later] {
        let page = approver.client.get(&at(id)).await.expect(200);
        assert!(!page.text().contains("pesanan lain"), "too far apart");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn adding_up_tells_the_same_warnings_before_money_is_reserved() {
    let town = Town::open().await;
    let other = town.requested().await.id;
    let reserved = town.budget().await.reserved;
    let mut form = town.form(&town.boxes);
    form.extend(
        [("count", "50"), ("participants", "10"), ("look", "1")]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    let pairs: Vec<(&str, &str)> = form.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let page = town.requester.client.post("/procurement/requests", &pairs).await.expect(200);
    let page = page.sees("Belum terkirim").sees("Dipesan 50 porsi").sees(SPLIT);
    assert!(page.body.contains(&format!("href=\"{}\"", at(&other))), "the order counted is named");
    assert_eq!(town.budget().await.reserved, reserved);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_to_nothing_is_asked_of_the_same_seller_unless_they_refused() {
    let town = Town::open().await;
    let same = "Ajukan lagi ke penjual yang sama";
    let rejected = town.requested().await.id;
    step(&town, &town.approver, &rejected, Act::Reject("Tanggalnya keliru.")).await;
    let page = town.requester.client.get(&at(&rejected)).await.expect(200);
    page.sees(same).sees("Ajukan lagi ke penjual lain");
    let business = &town.seller.business;
    let form = format!("/procurement/requests/new?business={business}&again={rejected}");
    let form = town.requester.client.get(&form).await.expect(200);
    assert!(form.body.contains("value=\"200\"") && form.body.contains("value=\"11\""));
    assert!(form.body.contains("value=\"Aula Kecamatan Gajahmungkur\""));

    let refused = town.ordered().await;
    step(&town, &town.seller.owner, &refused, Act::Decline("Dapur kebanjiran.")).await;
    let page = town.requester.client.get(&at(&refused)).await.expect(200);
    let page = page.sees("Ajukan lagi ke penjual lain");
    assert!(!page.text().contains(same), "they said no");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_at_the_count_names_the_goods_and_the_lost_photos() {
    let town = Town::open().await;
    let id = town.delivered().await;
    let form = town.receiver.client.get(&format!("{}/handovers/new", at(&id))).await.expect(200);
    assert!(!form.text().contains("Sisanya (boleh kosong)"), "it is needed when goods are missing");
    assert!(!form.text().contains("Pilih lagi fotonya"));
    let counts = [("count_1", "dua"), ("count_2", "")];
    let photo = ("photos", "foto.png", &include_bytes!("kit/boxes.png")[..]);
    let path = format!("{}/handovers", at(&id));
    let page = town.receiver.client.upload(&path, &counts, photo).await.expect(422);
    let wrong = "Isi dengan angka bulat";
    page.sees(&format!("Nasi kotak ayam goreng: {wrong}"))
        .sees(&format!("Air minum gelas, dus isi 48: {wrong}"))
        .sees("Pilih lagi fotonya");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_budget_file_says_what_is_wrong_with_it_and_is_told_from_one_that_waits() {
    let town = Town::open().await;
    let client = &town.head.client;
    let fields = [("year", "2026"), ("dpa", "DPPA keliru")];
    let bring = |name: &'static str, content: &'static str| async move {
        let file = ("file", name, content.as_bytes());
        client.upload("/procurement/budget/imports", &fields, file).await
    };
    bring("dpa.csv", "").await.expect(422).sees("Berkas ini kosong");
    bring("dpa.csv", "rekening;sub_kegiatan;uraian;pagu\n").await.expect(422).sees("tanpa baris");
    bring("dpa.xlsx", "bukan lembar kerja").await.expect(422).sees("namanya lembar kerja");
    let twice = "sub_kegiatan;rekening;uraian;pagu\n\
                 1.02.02.2.02.0035;5.1.02.01.01.0024;Alat tulis;1.000\n\
                 1.02.02.2.02.0035;5.1.02.01.01.0024;Alat tulis lagi;2.000\n";
    let look = bring("dpa.csv", twice).await.expect(303).location.unwrap();
    let page = client.get(&look).await.expect(200);
    page.sees("5.1.02.01.01.0024, Alat tulis lagi").sees("sudah ada di baris 2");
    let list = client.get("/procurement/budget").await.expect(200);
    list.sees("Ada kesalahan, tidak dapat diberlakukan");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_adds_up_on_the_budget_line_of_another_agency() {
    let town = Town::open().await;
    let kind = base::account::OrganisationKind::Agency;
    let other = town.city.organisation(kind, "Dinas Perikanan").await;
    let fisher = town.city.person("Pak Nelayan", base::Role::Requester, &other).await;
    let mut form = town.form(&town.boxes);
    form.extend([("count", "50"), ("look", "1")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    let pairs: Vec<(&str, &str)> = form.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let refused = fisher.client.post("/procurement/requests", &pairs).await.expect(422);
    let text = refused.sees("Pilih baris anggaran").text();
    assert!(!text.contains("Belum terkirim"), "another agency's money is shown: {text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_copy_of_an_order_letter_leaves_out_whom_to_call() {
    let town = Town::open().await;
    let id = town.ordered().await;
    let subject = id.to_string();
    let papers = town.city.db.read(move |read| document::of_subject(read, &subject)).await.unwrap();
    let paper = papers.iter().find(|paper| paper.paper.to_string().contains("dapat dihubungi"));
    let paper = paper.expect("the letter names somebody to call");
    let at = format!("/documents/{}.pdf", paper.id);
    let full = town.requester.client.get(&at).await.expect(200);
    let public = format!("{at}?code={}", paper.check_code);
    let copy = town.city.visitor().get(&public).await.expect(200);
    let own = town.requester.client.get(&public).await.expect(200);
    assert!(full.bytes == own.bytes, "a party reads all of it by either way");
    assert!(full.bytes != copy.bytes && copy.bytes.starts_with(b"%PDF"));
}
