//! A guest buys from two sellers at once, without an account; each hands over in their own way.

use crate::kit::{NEAR, Town, part};

#[tokio::test]
async fn a_guest_buys_of_two_sellers_and_each_part_goes_its_own_way() {
    let town = Town::open().await;
    let guest = town.guest(&[(&town.chips, "2"), (&town.coffee, "1")]).await;
    let cart = guest.get("/market/cart").await.expect(200).sees("Rp36.000").sees("Rp66.000");
    assert!(cart.text().contains("Tempe Bu Rekaan") && cart.text().contains("Kopi Pak Rekaan"));
    let checkout = format!("/market/checkout?village={NEAR}");
    guest.get(&checkout).await.expect(200).sees("Diantar kurir, Rp8.000").sees("Rp74.000");
    let page = guest.post("/market/orders", &town.order()).await.expect(303);
    let at = page.location.clone().unwrap();
    let guest = guest.after(&page);
    guest.get("/market/cart").await.sees("Keranjang masih kosong.");
    guest.get(&at).await.expect(200).sees("Diproses").sees("Kode serah terima Anda");
    assert_eq!((town.stock(&town.chips).await, town.stock(&town.coffee).await), (8, 4));

    // Each seller sees their own part alone.
    let (tempe, kopi) = (&town.tempe.owner.client, &town.kopi.owner.client);
    let sales = tempe.get("/market/sales").await.expect(200).sees("Rini");
    assert!(sales.text().contains("Rp36.000") && !sales.text().contains("Rp38.000"));
    let (one, code) = part(&guest.get(&format!("/api/v1{at}")).await, "Tempe Bu Rekaan");
    let (two, other) = part(&guest.get(&format!("/api/v1{at}")).await, "Kopi Pak Rekaan");
    kopi.get(&format!("/market/sales/{one}")).await.expect(404);
    tempe.get(&format!("/market/sales/{one}")).await.expect(200).sees("Kemas paling lambat");

    // The first is packed, fetched with its code, and confirmed.
    tempe.post(&format!("/market/sales/{one}/packing"), &[]).await.expect(303);
    guest.get(&at).await.sees("Siap diambil");
    let wrong = if code == "0000" { "0001" } else { "0000" };
    let hand = format!("/market/sales/{one}/handover");
    tempe.post(&hand, &[("code", wrong)]).await.expect(422).sees("Kodenya bukan ini.");
    tempe.post(&hand, &[("code", &code)]).await.expect(303);
    guest.get(&at).await.sees("Diserahkan");
    guest.post(&format!("{at}/{one}/confirmation"), &[]).await.expect(303);
    guest.get(&at).await.sees("Selesai");

    // The second is brought; the buyer says nothing more.
    kopi.post(&format!("/market/sales/{two}/packing"), &[]).await.expect(303);
    kopi.post(&format!("/market/sales/{two}/handover"), &[("code", &other)]).await.expect(303);
    town.city.pass_days(10);
    town.sweep().await;
    let parts = guest.get(&format!("/api/v1{at}")).await.json();
    for order in parts["parts"].as_array().unwrap() {
        assert_eq!(order["order"]["state"], "completed");
    }
    assert_eq!((town.stock(&town.chips).await, town.stock(&town.coffee).await), (8, 4));
    town.verify().await;
}

#[tokio::test]
async fn only_the_sum_that_was_seen_is_taken() {
    let town = Town::open().await;
    let guest = town.guest(&[(&town.chips, "2"), (&town.coffee, "1")]).await;
    let mut order = town.order();
    for (name, value) in &mut order {
        if *name == "total" {
            *value = "70000";
        }
    }
    let page = guest.post("/market/orders", &order).await.expect(422);
    page.sees("Harga atau ongkos baru saja berubah.").sees("Rp74.000").sees("Pesan sekarang");
    assert_eq!(town.stock(&town.chips).await, 10);
}

#[tokio::test]
async fn a_form_with_mistakes_comes_back_whole_and_says_how_to_mend_them() {
    let town = Town::open().await;
    let guest = town.guest(&[(&town.chips, "2"), (&town.coffee, "1")]).await;
    let order: Vec<_> = town
        .order()
        .into_iter()
        .map(|(name, value)| match name {
            "phone" => (name, "12"),
            "address" => (name, ""),
            _ => (name, value),
        })
        .collect();
    let page = guest.post("/market/orders", &order).await.expect(422);
    let page = page.sees("Nomor ini tidak terbaca.").sees("Tulis alamat tujuan");
    assert!(page.body.contains("Rini Rekaan"));
}

#[tokio::test]
async fn an_order_sent_twice_is_placed_once() {
    let town = Town::open().await;
    let guest = town.city.visitor();
    let one = guest.post_with_key("/market/orders", &town.order(), "satu").await.expect(303);
    let two = guest.post_with_key("/market/orders", &town.order(), "satu").await.expect(303);
    assert_eq!(one.location, two.location);
    assert_eq!(town.stock(&town.chips).await, 8);
}

#[tokio::test]
async fn goods_go_back_to_the_shelf_when_an_order_ends_early() {
    let town = Town::open().await;
    let (guest, at) = town.placed().await;
    let json = guest.get(&format!("/api/v1{at}")).await;
    let (one, _) = part(&json, "Tempe Bu Rekaan");
    let (two, _) = part(&json, "Kopi Pak Rekaan");
    guest.post(&format!("{at}/{one}/cancellation"), &[]).await.expect(303);
    assert_eq!(town.stock(&town.chips).await, 10);
    let refusal = format!("/market/sales/{two}/refusal");
    let kopi = &town.kopi.owner.client;
    kopi.post(&refusal, &[("reason", "...")]).await.expect(422).sees("Tulis alasannya");
    kopi.post(&refusal, &[("reason", "Biji kopi habis")]).await.expect(303);
    assert_eq!(town.stock(&town.coffee).await, 5);
    guest.get(&at).await.sees("Biji kopi habis");
    town.verify().await;
}

#[tokio::test]
async fn a_packed_order_is_not_cancelled_by_its_buyer() {
    let town = Town::open().await;
    let (guest, at) = town.placed().await;
    let (one, _) = part(&guest.get(&format!("/api/v1{at}")).await, "Tempe Bu Rekaan");
    town.tempe.owner.client.post(&format!("/market/sales/{one}/packing"), &[]).await.expect(303);
    let page = guest.post(&format!("{at}/{one}/cancellation"), &[]).await.expect(303);
    let to = page.location.unwrap();
    assert!(to.ends_with("?refused=market-already-prepared"), "{to}");
    guest.get(&to).await.sees("Barang sudah dikemas.");
}

#[tokio::test]
async fn what_nobody_packs_or_fetches_ends_by_itself() {
    let town = Town::open().await;
    let (guest, at) = town.placed().await;
    let (one, _) = part(&guest.get(&format!("/api/v1{at}")).await, "Tempe Bu Rekaan");
    town.tempe.owner.client.post(&format!("/market/sales/{one}/packing"), &[]).await.expect(303);
    town.city.pass_days(20);
    town.sweep().await;
    assert_eq!((town.stock(&town.chips).await, town.stock(&town.coffee).await), (10, 5));
    guest.get(&at).await.sees("Batal");
    town.verify().await;
}

#[tokio::test]
async fn a_code_is_not_found_by_trying() {
    let town = Town::open().await;
    let (guest, at) = town.placed().await;
    let (one, code) = part(&guest.get(&format!("/api/v1{at}")).await, "Tempe Bu Rekaan");
    let tempe = &town.tempe.owner.client;
    tempe.post(&format!("/market/sales/{one}/packing"), &[]).await.expect(303);
    let hand = format!("/market/sales/{one}/handover");
    let wrong = if code == "0000" { "0001" } else { "0000" };
    for _ in 0..5 {
        tempe.post(&hand, &[("code", wrong)]).await.expect(422);
    }
    let page = tempe.post(&hand, &[("code", &code)]).await.expect(422);
    page.sees("Terlalu sering salah.");
}

#[tokio::test]
async fn a_link_with_another_secret_shows_nothing() {
    let town = Town::open().await;
    let (guest, at) = town.placed().await;
    let (head, _) = at.rsplit_once('/').unwrap();
    guest.get(&format!("{head}/{}", "0".repeat(32))).await.expect(404);
    let (one, _) = part(&guest.get(&format!("/api/v1{at}")).await, "Tempe Bu Rekaan");
    guest.post(&format!("{head}/x/{one}/cancellation"), &[]).await.expect(404);
}

#[tokio::test]
async fn who_the_buyer_is_lies_sealed_and_every_look_is_recorded() {
    let town = Town::open().await;
    let (_, _) = town.placed().await;
    let sale = town.sale(&town.kopi).await;
    let kopi = &town.kopi.owner.client;
    let page = kopi.get(&format!("/market/sales/{sale}")).await.expect(200);
    assert!(!page.body.contains("34567890") && !page.body.contains("Jl. Rekaan 7"));
    let look = format!("/market/sales/{sale}/buyer");
    kopi.post(&look, &[])
        .await
        .expect(200)
        .sees("Jl. Rekaan 7, RT 02 RW 03")
        .sees("+6281234567890");
    town.tempe.owner.client.post(&look, &[]).await.expect(404);
    let told = town.city.read(move |read| base::of_subject(read, &sale)).await;
    assert_eq!(told.iter().filter(|event| event.kind == "market.buyer_seen").count(), 1);
}

#[tokio::test]
async fn the_last_piece_is_sold_once_to_agencies_and_public_alike() {
    let town = Town::open().await;
    let guests = (0..8).map(|n| {
        let form = vec![
            ("name", "Tamu Rekaan".to_owned()),
            ("phone", format!("08123456780{n}")),
            ("village", NEAR.to_owned()),
            ("payment", "cash".to_owned()),
            ("total", "54000".to_owned()),
            ("product", town.chips.to_string()),
            ("variant", String::new()),
            ("count", "3".to_owned()),
            ("seller", town.tempe.business.to_string()),
            ("way", "pickup".to_owned()),
        ];
        let visitor = town.city.visitor();
        async move {
            let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
            visitor.post("/market/orders", &form).await.status.as_u16()
        }
    });
    let mut sold = 0;
    let running: Vec<_> = guests.collect();
    let answers = futures_util::future::join_all(running).await;
    for status in answers {
        assert!(status == 303 || status == 422, "{status}");
        sold += i64::from(status == 303);
    }
    assert_eq!((sold, town.stock(&town.chips).await), (3, 1));
    town.verify().await;
}

#[tokio::test]
async fn the_audit_trail_calls_an_order_by_its_number() {
    let town = Town::open().await;
    town.placed().await;
    let sale = town.sale(&town.kopi).await;
    let named = market::area().named.expect("the market names its things");
    let things = town.city.read(move |read| named(read, &[sale.as_str()])).await;
    assert_eq!(things.len(), 1);
    assert!(things[0].words.starts_with("DP-2026-") && things[0].words.contains("Kopi Pak Rekaan"));
}

#[tokio::test]
async fn a_buyer_confirms_what_they_fetched_although_nobody_asked_for_the_code() {
    let town = Town::open().await;
    let (guest, at) = town.placed().await;
    let (one, _) = part(&guest.get(&format!("/api/v1{at}")).await, "Tempe Bu Rekaan");
    let well = format!("{at}/{one}/confirmation");
    let early = guest.post(&well, &[]).await.expect(303);
    assert!(early.location.unwrap().ends_with("?refused=market-not-now"));
    town.tempe.owner.client.post(&format!("/market/sales/{one}/packing"), &[]).await.expect(303);
    guest.post(&well, &[]).await.expect(303);
    guest.get(&at).await.sees("Selesai");
    town.verify().await;
}

#[tokio::test]
async fn a_way_to_pay_that_is_not_there_is_not_taken_for_cash() {
    let town = Town::open().await;
    let mut order = town.order();
    order.retain(|(name, _)| *name != "payment");
    order.push(("payment", "barter"));
    let page = town.city.visitor().post("/market/orders", &order).await.expect(422);
    page.sees("Cara bayar ini belum ada.");
    assert_eq!(town.stock(&town.chips).await, 10);
}

#[tokio::test]
async fn one_machine_does_not_set_the_whole_shelf_aside() {
    let town = Town::braked(2).await;
    let order = async |serial: usize, from: &str| {
        let guest = town.guest(&[(&town.chips, "1")]).await;
        let phone = format!("0812 3456 {serial:04}");
        let changed = [("phone", phone.as_str()), ("count", "1"), ("total", "18000")];
        let form = [
            ("name", "Rini Rekaan"),
            ("village", NEAR),
            ("payment", "cash"),
            ("product", town.chips.as_str()),
            ("variant", ""),
            ("seller", town.tempe.business.as_str()),
            ("way", "pickup"),
        ];
        let form = [form.as_slice(), &changed].concat();
        guest.saying("x-forwarded-for", from).post("/market/orders", &form).await
    };
    order(1, "36.72.10.5").await.expect(303);
    order(2, "36.72.10.6").await.expect(303);
    let shut = order(3, "36.72.10.7").await.expect(422);
    shut.sees("Terlalu banyak pesanan dari jaringan internet ini");
    // Neighbours elsewhere are not held up, and time lets everybody in again.
    order(4, "36.72.11.5").await.expect(303);
    town.city.pass_ms(60 * 60 * 1000);
    order(5, "36.72.10.5").await.expect(303);
    assert_eq!(town.stock(&town.chips).await, 6);
}
