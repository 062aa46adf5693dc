//! A guest pays once for goods of two sellers; each is owed what is theirs, and what is not delivered goes
//! back.

use bank::Whim;
use ledger::{ORDERS_HELD, PAID_IN, PARTNER_BANK, SELLERS_DUE};

use crate::counter::Counter;
use crate::kit::part;

const MINUTE_MS: i64 = 60 * 1000;

#[tokio::test]
async fn a_guest_pays_once_and_each_seller_is_owed_what_is_theirs() {
    let counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    guest.get(&at).await.sees("Dengan QRIS").sees("Rp74.000").sees("Saya sudah bayar");
    let (tempe, kopi) = (&counter.town.tempe.owner.client, &counter.town.kopi.owner.client);
    // The goods are set aside, and no seller begins before the money is there.
    assert_eq!(counter.town.stock(&counter.town.chips).await, 8);
    tempe.get("/market/sales").await.expect(200).sees("Belum ada pesanan di sini.");

    let page = counter.track(&guest, &at).await;
    let (one, _) = part(&page, "Tempe Bu Rekaan");
    let (two, _) = part(&page, "Kopi Pak Rekaan");
    tempe.get(&format!("/market/sales/{one}")).await.expect(404);
    counter.pay(&page, Whim::Prompt).await;
    guest.get(&at).await.sees("Diproses").sees("Dibayar lewat bank");
    assert_eq!(counter.at_bank().await, 74_000);
    assert_eq!(counter.owed(ORDERS_HELD, &one).await, 36_000);
    assert_eq!(counter.owed(ORDERS_HELD, &two).await, 38_000);

    // Each seller sees their own part alone, and takes no money at the door.
    let page = counter.track(&guest, &at).await;
    let (_, code) = part(&page, "Tempe Bu Rekaan");
    let (_, other) = part(&page, "Kopi Pak Rekaan");
    tempe.post(&format!("/market/sales/{one}/packing"), &[]).await.expect(303);
    tempe.get(&format!("/market/sales/{one}")).await.sees("sudah dibayar lewat bank");
    tempe.post(&format!("/market/sales/{one}/handover"), &[("code", &code)]).await.expect(303);
    guest.post(&format!("{at}/{one}/confirmation"), &[]).await.expect(303);
    kopi.post(&format!("/market/sales/{two}/packing"), &[]).await.expect(303);
    kopi.post(&format!("/market/sales/{two}/handover"), &[("code", &other)]).await.expect(303);
    counter.town.city.pass_days(10);
    counter.town.sweep().await;
    let (tempe, kopi) = (&counter.town.tempe.business, &counter.town.kopi.business);
    assert_eq!(counter.owed(SELLERS_DUE, tempe.as_str()).await, 36_000);
    assert_eq!(counter.owed(SELLERS_DUE, kopi.as_str()).await, 38_000);
    assert_eq!(counter.owed(PARTNER_BANK, "qris").await, -74_000);
    counter.verify().await;
}

#[tokio::test]
async fn what_nobody_pays_ends_within_the_hour_and_the_goods_go_back() {
    let counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    for _ in 0..32 {
        counter.town.city.pass_ms(2 * MINUTE_MS);
        counter.settle().await;
    }
    guest.get(&at).await.sees("Batal");
    let town = &counter.town;
    assert_eq!((town.stock(&town.chips).await, town.stock(&town.coffee).await), (10, 5));
    let tempe = town.city.comes_back(&town.tempe.owner).await;
    tempe.get("/market/sales").await.expect(200).sees("Belum ada pesanan di sini.");
    counter.verify().await;
}

#[tokio::test]
async fn a_guest_who_gives_up_before_paying_gives_up_the_whole_and_pays_nothing() {
    let counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    let (one, _) = part(&counter.track(&guest, &at).await, "Tempe Bu Rekaan");
    guest.post(&format!("{at}/{one}/cancellation"), &[]).await.expect(303);
    let page = counter.track(&guest, &at).await;
    for part in page.json()["parts"].as_array().unwrap() {
        assert_eq!(part["order"]["state"], "cancelled");
    }
    assert_eq!(page.json()["bill"]["state"], "withdrawn");
    assert_eq!(counter.town.stock(&counter.town.chips).await, 10);
    guest.get(&format!("{at}/qris.png")).await.expect(404);
    counter.verify().await;
}

#[tokio::test]
async fn whoever_pays_what_was_given_up_is_not_forgotten() {
    let counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    let page = counter.track(&guest, &at).await;
    let (one, _) = part(&page, "Tempe Bu Rekaan");
    guest.post(&format!("{at}/{one}/cancellation"), &[]).await.expect(303);
    counter.town.city.pass_ms(5 * MINUTE_MS);
    counter.settle().await;
    counter.pay(&page, Whim::Never).await;
    counter.town.city.pass_ms(60 * MINUTE_MS);
    counter.settle().await;
    let bill = page.json()["bill"]["id"].as_str().unwrap().to_owned();
    assert_eq!(counter.owed(PAID_IN, &bill).await, 74_000);
    counter.verify().await;
}

#[tokio::test]
async fn what_a_seller_cannot_deliver_goes_back_to_whoever_paid() {
    let counter = Counter::open().await;
    let (guest, at) = counter.paid().await;
    let (two, _) = part(&counter.track(&guest, &at).await, "Kopi Pak Rekaan");
    let kopi = &counter.town.kopi.owner.client;
    let refusal = format!("/market/sales/{two}/refusal");
    kopi.post(&refusal, &[("reason", "Biji kopi habis")]).await.expect(303);
    guest.get(&at).await.sees("Rp38.000 dikembalikan").sees("Bank sedang mengembalikannya");
    counter.settle().await;
    guest.get(&at).await.sees("Bank sudah mengembalikannya");
    assert_eq!(counter.at_bank().await, 36_000);
    assert_eq!(counter.owed(PARTNER_BANK, "qris").await, -36_000);
    counter.verify().await;
}

#[tokio::test]
async fn a_bank_that_cannot_be_reached_is_asked_again_and_the_guest_is_told() {
    let mut counter = Counter::open().await;
    counter.close_bank().await;
    let (guest, at) = counter.ordered().await;
    guest.get(&at).await.expect(200).sees("Kode sedang diambil dari bank.");
    counter.open_bank().await;
    counter.town.city.pass_ms(MINUTE_MS);
    counter.settle().await;
    guest.get(&at).await.sees("Pindai dengan aplikasi bank");
    let picture = guest.get(&format!("{at}/qris.png")).await.expect(200);
    assert!(picture.body.contains("PNG"));
    counter.verify().await;
}

#[tokio::test]
async fn without_a_bank_only_cash_is_offered() {
    let town = crate::kit::Town::open().await;
    let guest = town.guest(&[(&town.chips, "2"), (&town.coffee, "1")]).await;
    let checkout = format!("/market/checkout?village={}", crate::kit::NEAR);
    let page = guest.get(&checkout).await.expect(200).sees("Bayar tunai saat barang diterima");
    assert!(!page.text().contains("QRIS"));
    let order = crate::counter::qris(&town.order());
    guest.post("/market/orders", &order).await.expect(422).sees("QRIS belum tersedia");
    assert_eq!(town.stock(&town.chips).await, 10);
}
