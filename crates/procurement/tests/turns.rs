//! Lists that put first what waits for the reader, and a need that is asked of another seller.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use base::account::OrganisationKind;
use base::{Id, Role};
use kit::{Town, day};
use procurement::{Act, OrderId, Want};
use testkit::{Actor, VILLAGE};

async fn order(town: &Town, title: &str) -> OrderId {
    let mut need = town.need(vec![Want::Product { product: town.boxes.clone(), count: 10 }]);
    need.title = title.to_owned();
    let id = town.act(&town.requester, move |tx| procurement::request(tx, &need)).await.unwrap().id;
    step(town, &town.approver, &id, Act::Approve).await;
    id
}

async fn step(town: &Town, who: &Actor, id: &OrderId, act: Act<'static>) {
    let id = id.clone();
    town.act(who, move |tx| procurement::act(tx, &id, act)).await.unwrap();
}

fn place(text: &str, words: &str) -> usize {
    text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_begins_with_what_waits_for_its_reader() {
    let town = Town::open().await;
    let delivered = order(&town, "Rapat pertama kader").await;
    step(&town, &town.seller.owner, &delivered, Act::Accept).await;
    step(&town, &town.seller.owner, &delivered, Act::Deliver("")).await;
    order(&town, "Rapat kedua kader").await;
    town.requested().await;
    order(&town, "Rapat ketiga kader").await;

    let sales = town.seller.owner.client.get("/procurement/sales").await.expect(200);
    let text = sales.sees("Giliran Anda").sees("10 kotak Nasi kotak ayam goreng").text();
    assert!(
        place(&text, "Rapat kedua") < place(&text, "Rapat ketiga"),
        "the older first on one day"
    );
    assert!(
        place(&text, "Rapat ketiga") < place(&text, "Rapat pertama"),
        "then what waits for others"
    );
    let others = &text[place(&text, "Rapat pertama")..];
    assert!(others.contains("18 Maret 2026") && !others.contains("sampai"), "{others}");

    let orders = "/procurement/orders";
    let text = town.receiver.client.get(orders).await.expect(200).text();
    assert!(place(&text, "Rapat pertama") < place(&text, "Rapat kedua"), "{text}");
    let text = town.approver.client.get(orders).await.expect(200).text();
    let first = place(&text, "200 nasi kotak");
    assert!(first < place(&text, "Rapat pertama"), "the approver decides first: {text}");
    let data = town.approver.client.get("/api/v1/procurement/orders").await.expect(200).json();
    assert_eq!(data["rows"][0]["mine"], true);
    assert_eq!(data["rows"][1]["mine"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_list_goes_on_where_it_stopped() {
    let town = Town::open().await;
    for n in 0..33 {
        order(&town, &format!("Rapat ke-{n} kader")).await;
    }
    for (who, path) in
        [(&town.seller.owner, "/procurement/sales"), (&town.receiver, "/procurement/orders")]
    {
        let first = who.client.get(&format!("/api/v1{path}")).await.expect(200).json();
        let next = first["next"].as_str().unwrap().to_owned();
        let second = who.client.get(&format!("/api/v1{next}")).await.expect(200).json();
        let ids = |page: &serde_json::Value| -> Vec<String> {
            let rows = page["rows"].as_array().unwrap();
            rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
        };
        let mut all = [ids(&first), ids(&second)].concat();
        assert_eq!((all.len(), second["next"].as_str()), (33, Some("")), "{path}");
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 33, "none twice");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_need_is_asked_of_another_seller_with_all_that_was_filled_in() {
    let town = Town::open().await;
    let other = town.city.seller("Katering Rekaan Dua", "Sumiyati", VILLAGE).await;
    let same = town.city.offer(&other, "Nasi kotak ayam goreng", 31_000, 300).await;
    town.follow().await;
    let id = town.ordered().await;
    let page = format!("/procurement/orders/{id}");
    let running = town.requester.client.get(&page).await.expect(200);
    assert!(!running.text().contains("Ajukan lagi"), "it is under way");
    step(&town, &town.seller.owner, &id, Act::Decline("Dapur sedang diperbaiki.")).await;
    town.requester.client.get(&page).await.expect(200).sees("Ajukan lagi ke penjual lain");
    let choose = format!("/procurement/requests/new?again={id}");
    let choose = town.requester.client.get(&choose).await.expect(200).sees("Katering Rekaan Dua");
    let link = format!("/procurement/requests/new?product={same}&#38;again={id}");
    assert!(choose.body.contains(&link), "{}", choose.body);
    assert!(!choose.body.contains(&format!("product={}&", town.boxes)), "not who refused");
    let form = format!("/procurement/requests/new?product={same}&again={id}");
    let form = town.requester.client.get(&form).await.expect(200);
    let form = form.sees("200 nasi kotak untuk pelatihan kader posyandu");
    for kept in ["value=\"200\"", "Aula Kecamatan Gajahmungkur", "2026-03-18", "Air minum gelas"] {
        assert!(form.body.contains(kept), "{kept}: {}", form.body);
    }
    assert!(form.body.contains("name=\"amount\" value=\"11\""), "water goes in words");
    let elsewhere = format!(
        "/procurement/requests/new?again={}",
        Id::<procurement::Order>::parse(&"0".repeat(26)).unwrap()
    );
    town.requester.client.get(&elsewhere).await.expect(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_too_soon_for_the_kitchen_is_said_and_every_mistake_at_once() {
    let town = Town::open().await;
    let form = town.form(&town.boxes);
    let mut form: Vec<(&str, &str)> = form
        .iter()
        .filter(|(n, _)| n != "wanted_on")
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    form.extend([("count", "200"), ("wanted_on", "2026-03-12"), ("look", "1")]);
    let looked = town.requester.client.post("/procurement/requests", &form).await.expect(200);
    looked.sees("Nasi kotak ayam goreng perlu 1 hari untuk disiapkan");
    let order = {
        let mut need = town.lunch();
        need.wanted_on = day("2026-03-12");
        town.act(&town.requester, move |tx| procurement::request(tx, &need)).await.unwrap()
    };
    let page = format!("/procurement/orders/{}", order.id);
    town.approver.client.get(&page).await.expect(200).sees("perlu 1 hari untuk disiapkan");

    let business = town.seller.business.to_string();
    let boxes = town.boxes.to_string();
    let wrong = [
        ("business", business.as_str()),
        ("product", boxes.as_str()),
        ("count", "501"),
        ("wanted_on", "2026-03-01"),
        ("place", "Aula"),
    ];
    let wrong = town.requester.client.post("/procurement/requests", &wrong).await.expect(422);
    let wrong = wrong.sees("Stok penjual tinggal").sees("Tanggalnya sudah lewat");
    wrong.sees("Tulis keperluannya").sees("Pilih baris anggaran");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rule_that_reaches_back_tells_how_many_orders_it_reaches() {
    let town = Town::open().await;
    for title in ["Rapat pertama kader", "Rapat kedua kader"] {
        order(&town, title).await;
    }
    town.city.pass_days(1);
    let office = town.city.organisation(OrganisationKind::CityOffice, "Bagian Hukum").await;
    let editor = town.city.person("Nur Hidayati", Role::PolicyEditor, &office).await.client;
    let approver = town.city.person("Teguh Santoso", Role::PolicyApprover, &office).await.client;
    let fields = [
        ("body/wording", "must"),
        ("body/up_to", "10.000.000"),
        ("valid_from", "2026-03-01"),
        ("instrument", "Surat Edaran Wali Kota"),
        ("mark", "city_choice"),
        ("based_on", "1"),
    ];
    let form = "/policies/base.local_purchase_obligation/draft";
    let draft = editor.post(form, &fields).await.expect(303).location.unwrap();
    approver.get(&draft).await.expect(200).sees("2 pesanan diajukan dalam masa itu");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_public_before_the_seller_agreed() {
    let town = Town::open().await;
    let (waits, visitor) = (town.ordered().await, town.city.visitor());
    let page = format!("/procurement/purchases/{waits}");
    visitor.get(&page).await.expect(404);
    visitor.get(&format!("/api/v1{page}")).await.expect(404);
    visitor.get(&format!("/open-data/ocds/releases/ocds-xxxxxx-{waits}")).await.expect(404);
    visitor.get("/procurement/purchases").await.expect(200).sees("Belum ada");
    for who in [&town.approver, &town.seller.owner] {
        let own = who.client.get(&format!("/procurement/orders/{waits}")).await.expect(200);
        assert!(!own.body.contains(&page), "no link to a page that is not there");
    }
    let id = waits.clone();
    let no = move |tx: &mut base::Tx<'_>| {
        procurement::act(tx, &id, procurement::Act::Decline("Sedang penuh."))
    };
    town.act(&town.seller.owner, no).await.unwrap();
    visitor.get(&page).await.expect(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_slower_in_another_tab_is_told_what_was_recorded() {
    let town = Town::open().await;
    let id = town.ordered().await;
    let at = format!("/procurement/orders/{id}");
    let reason = [("reason", "Salah satu barang kurang."), ("step", "rejection")];
    let late = town.approver.client.post(&format!("{at}/rejection"), &reason).await.expect(303);
    let page = town.approver.client.get(&late.location.unwrap()).await.expect(200);
    let page = page.sees("Langkah Anda tidak dijalankan").sees("sudah diputuskan");
    page.sees("Yang tercatat: Disetujui, surat pesanan").sees("oleh Dewi Anggraini, 12 Maret");
    let twin = format!("/api/v1{at}/rejection");
    let json = serde_json::json!({ "reason": "Salah satu barang kurang." });
    let refused = town.approver.client.post_json(&twin, &json).await.expect(409).json();
    assert_eq!(refused["code"], "procurement-not-requested");

    let seller = &town.seller.owner;
    seller.client.post(&format!("{at}/acceptance"), &[]).await.expect(303);
    seller.client.post(&format!("{at}/delivery"), &[]).await.expect(303);
    let paid = [("method", "ls"), ("reference", "SP2D 1/LS/2026"), ("paid_on", "2026-03-12")];
    let bill = [("number", "K-1"), ("amount", "1")];
    let no = [("reason", "Tidak sanggup lagi.")];
    for (who, step, form, said) in [
        (seller, "acceptance", [].as_slice(), "tidak sedang menunggu jawaban"),
        (seller, "delivery", &[], "sudah menyatakan pesanan ini diantar"),
        (seller, "invoice", &bill, "belum dihitung"),
        (&town.treasurer, "payment", &paid, "belum mengirim tagihan"),
        (&town.approver, "cancellation", &no, "tidak bisa dibatalkan lagi"),
    ] {
        let told = who.client.post(&format!("{at}/{step}"), form).await.expect(303);
        let page = who.client.get(&told.location.unwrap()).await.expect(200).sees(said);
        let answer = if step == "acceptance" { "Pesanan disanggupi" } else { "Diantar" };
        page.sees(&format!("Yang tercatat: {answer}")).sees("oleh Ngatmi");
    }
    let nonsense = format!("{at}?refused=procurement-nonsense");
    let nonsense = town.approver.client.get(&nonsense).await.expect(200);
    assert!(!nonsense.text().contains("tidak dijalankan"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_approves_reads_what_the_shelf_no_longer_holds() {
    let town = Town::open().await;
    let page = town.requested().await.href();
    let scarce = "Persediaan penjual kurang";
    assert!(!town.approver.client.get(&page).await.expect(200).text().contains(scarce));
    let shelf = format!("/catalog/products/{}/stock", town.boxes);
    let counted = [("reason", "counted"), ("count", "150"), ("confirmed", "1")];
    town.seller.owner.client.post(&shelf, &counted).await.expect(303);
    let warned = town.approver.client.get(&page).await.expect(200);
    warned.sees(scarce).sees("150/200");
    town.approver.client.post(&format!("{page}/approval"), &[]).await.expect(303);
    town.approver.client.get(&page).await.expect(200).sees("Menunggu persetujuan");
    let more = [("reason", "made"), ("count", "50")];
    town.seller.owner.client.post(&shelf, &more).await.expect(303);
    town.approver.client.post(&format!("{page}/approval"), &[]).await.expect(303);
    assert!(!town.approver.client.get(&page).await.expect(200).text().contains(scarce));
}
