//! Something is broken: the buyer says so with a photo, the seller answers, a clerk decides where they do not
//! agree, and whoever stays silent does not hold up the other.

use base::qr::Qr;
use ledger::{ORDERS_HELD, REFUNDS_DUE, SELLERS_DUE};
use testkit::{Client, Page};

use crate::counter::Counter;
use crate::kit::part;
use crate::payouts::{account, clerks, proposed, sold, waiting};

const TEMPE: &str = "Tempe Bu Rekaan";

fn picture() -> Vec<u8> {
    Qr::encode("keripik remuk").expect("words fit a code").png()
}

/// The chips are the buyer's, who has not yet said that all is well: who they are, their page, the order.
async fn received(counter: &Counter) -> (Client, String, String) {
    let (guest, at) = counter.paid().await;
    let page = counter.track(&guest, &at).await;
    let (id, code) = part(&page, TEMPE);
    let tempe = &counter.town.tempe.owner.client;
    tempe.post(&format!("/market/sales/{id}/packing"), &[]).await.expect(303);
    tempe.post(&format!("/market/sales/{id}/handover"), &[("code", &code)]).await.expect(303);
    (guest, at, id)
}

/// One of two bags is broken.
async fn complain(guest: &Client, at: &str, id: &str) -> Page {
    let form = [("kind", "broken"), ("words", "Satu bungkus sobek"), ("count_0", "1")];
    let file = ("photo", "sobek.png", picture());
    let to = format!("{at}/{id}/complaint");
    guest.upload(&to, &form, (file.0, file.1, &file.2)).await
}

async fn answer(seller: &Client, id: &str, form: &[(&str, &str)]) -> Page {
    seller.upload(&format!("/market/sales/{id}/answer"), form, ("photo", "", b"")).await
}

#[tokio::test]
async fn a_complaint_freezes_the_money_and_a_clerk_decides_where_both_do_not_agree() {
    let counter = Counter::open().await;
    let (guest, at, id) = received(&counter).await;
    guest.get(&at).await.sees("Ada yang tidak beres");
    let form = guest.get(&format!("{at}/{id}/complaint")).await.expect(200);
    form.sees("Rp36.000 untuk pesanan ini ditahan").sees("dari 2 kotak");
    complain(&guest, &at, &id).await.expect(303);
    guest.get(&at).await.sees("Penjual menjawab paling lambat").sees("Rp18.000");
    guest.get(&format!("{at}/{id}/complaint/buyer/full")).await.expect(200);
    guest.get(&format!("{at}/{id}/complaint/seller/full")).await.expect(404);
    // It is frozen: neither side can end it otherwise, and time alone completes nothing.
    guest.post(&format!("{at}/{id}/confirmation"), &[]).await.expect(303);
    assert_eq!(counter.owed(ORDERS_HELD, &id).await, 36_000);

    let tempe = &counter.town.tempe.owner.client;
    tempe.get("/messages").await.expect(200).sees("Pembeli komplain atas pesanan");
    let sale = format!("/market/sales/{id}");
    tempe.get(&sale).await.sees("Satu bungkus sobek").sees("Barang rusak atau basi");
    tempe.get(&format!("{sale}/complaint/buyer/card")).await.expect(200);
    let kopi = &counter.town.kopi.owner.client;
    kopi.get(&format!("{sale}/complaint/buyer/card")).await.expect(404);
    answer(tempe, &id, &[("back", "part"), ("amount", "18000"), ("words", "Remuk sedikit")])
        .await
        .expect(422)
        .sees("kurang dari Rp18.000")
        .sees("Remuk sedikit");
    let part = [("back", "part"), ("amount", "5000"), ("words", "Hanya ujungnya yang remuk")];
    answer(tempe, &id, &part).await.expect(303);
    guest.get(&at).await.sees("Menawarkan Rp5.000 kembali").sees("Saya tidak setuju");

    let objection = format!("{at}/{id}/objection");
    guest.get(&objection).await.expect(200).sees("Petugas pasar membaca");
    guest.post(&objection, &[("reply", "?")]).await.expect(422);
    guest.post(&objection, &[("reply", "Isinya tidak bisa dimakan")]).await.expect(303);
    assert_eq!(waiting(&counter).await, [("market-complaints", 1), ("market-moderation", 0)]);
    let (clerk, _) = clerks(&counter).await;
    let clerk = clerk.client;
    clerk.get("/market/complaints").await.expect(200).sees(TEMPE);
    let list = clerk.get("/api/v1/market/complaints").await.expect(200).json();
    let waiting = list["rows"][0]["complaint"]["id"].as_str().expect("a complaint waits");
    let complaint = format!("/market/complaints/{waiting}");
    clerk.get(&complaint).await.sees("Isinya tidak bisa dimakan").sees("Hanya ujungnya");
    clerk.get(&format!("{complaint}/buyer/thumb")).await.expect(200);
    let decision = format!("{complaint}/decision");
    let most = [("back", "other"), ("amount", "36001"), ("reason", "Semuanya kembali")];
    clerk.post(&decision, &most).await.expect(422).sees("Paling banyak Rp36.000");
    tempe.post(&decision, &[("back", "nothing"), ("reason", "Tidak benar")]).await.expect(403);
    let why = [("back", "claimed"), ("reason", "Fotonya jelas, satu bungkus sobek")];
    clerk.post(&decision, &why).await.expect(303);
    clerk.post(&decision, &why).await.expect(303);
    counter.settle().await;
    guest
        .get(&at)
        .await
        .sees("diputuskan petugas pasar")
        .sees("Rp18.000 kembali ke pembeli")
        .sees("Fotonya jelas");
    assert_eq!(counter.owed(ORDERS_HELD, &id).await, 0);
    assert_eq!(counter.owed(SELLERS_DUE, counter.town.tempe.business.as_str()).await, 18_000);
    assert_eq!(counter.at_bank().await, 74_000 - 18_000);
    // The seller reads the whole, and what of it went back.
    let money = tempe.get("/market/money").await.expect(200);
    money.sees("Pesanan selesai").sees("Rp36.000").sees("dikembalikan ke pembeli").sees("Rp18.000");
    complain(&guest, &at, &id).await.expect(303);
    counter.verify().await;
}

#[tokio::test]
async fn who_stays_silent_agrees() {
    let counter = Counter::open().await;
    let (guest, at, id) = received(&counter).await;
    complain(&guest, &at, &id).await.expect(303);
    counter.town.city.pass_days(5);
    counter.town.sweep().await;
    counter.settle().await;
    guest.get(&at).await.sees("batas waktu menjawab terlewati").sees("Rp18.000 kembali");

    let (again, there, other) = received_again(&counter).await;
    complain(&again, &there, &other).await.expect(303);
    let tempe = counter.town.city.comes_back(&counter.town.tempe.owner).await;
    let nothing = [("back", "nothing"), ("words", "Saat dikemas masih utuh")];
    answer(&tempe, &other, &nothing).await.expect(303);
    counter.town.city.pass_days(14);
    counter.town.sweep().await;
    counter.settle().await;
    again.get(&there).await.sees("Tidak ada uang yang kembali").sees("Selesai");
    let tempe = counter.town.tempe.business.as_str();
    assert_eq!(counter.owed(SELLERS_DUE, tempe).await, 18_000 + 36_000);
    counter.verify().await;
}

/// The same as `received`, on a later day.
async fn received_again(counter: &Counter) -> (Client, String, String) {
    let (guest, at) = counter.paid().await;
    let page = counter.track(&guest, &at).await;
    let (id, code) = part(&page, TEMPE);
    let tempe = counter.town.city.comes_back(&counter.town.tempe.owner).await;
    tempe.post(&format!("/market/sales/{id}/packing"), &[]).await.expect(303);
    tempe.post(&format!("/market/sales/{id}/handover"), &[("code", &code)]).await.expect(303);
    (guest, at, id)
}

#[tokio::test]
async fn a_seller_who_agrees_or_a_buyer_who_withdraws_ends_it_at_once() {
    let counter = Counter::open().await;
    let (guest, at, id) = received(&counter).await;
    complain(&guest, &at, &id).await.expect(303);
    let tempe = &counter.town.tempe.owner.client;
    answer(tempe, &id, &[("back", "all")]).await.expect(303);
    counter.settle().await;
    guest.get(&at).await.sees("penjual setuju").sees("Rp18.000 kembali");

    let (guest, at, id) = received(&counter).await;
    complain(&guest, &at, &id).await.expect(303);
    guest.post(&format!("{at}/{id}/withdrawal"), &[]).await.expect(303);
    guest.get(&at).await.sees("Tidak ada uang yang kembali");
    let tempe = counter.town.tempe.business.as_str();
    assert_eq!(counter.owed(SELLERS_DUE, tempe).await, 18_000 + 36_000);
    counter.verify().await;
}

#[tokio::test]
async fn what_never_came_goes_back_whole_with_the_courier() {
    let counter = Counter::open().await;
    let (guest, at) = counter.paid().await;
    let page = counter.track(&guest, &at).await;
    let (id, _) = part(&page, "Kopi Pak Rekaan");
    let kopi = &counter.town.kopi.owner.client;
    kopi.post(&format!("/market/sales/{id}/packing"), &[]).await.expect(303);
    let form = [("kind", "never_came"), ("words", "Kurir tidak pernah datang")];
    let to = format!("{at}/{id}/complaint");
    guest.upload(&to, &form, ("photo", "", b"")).await.expect(303);
    answer(kopi, &id, &[("back", "all")]).await.expect(303);
    counter.settle().await;
    guest.get(&at).await.sees("Dana kembali").sees("Rp38.000 kembali ke pembeli");
    kopi.get(&format!("/market/sales/{id}")).await.sees("Dana kembali");
    assert_eq!(counter.at_bank().await, 36_000);
    counter.verify().await;
}

#[tokio::test]
async fn a_complaint_says_what_is_missing_in_it_and_keeps_what_was_typed() {
    let counter = Counter::open().await;
    let (guest, at, id) = received(&counter).await;
    let to = format!("{at}/{id}/complaint");
    let none = ("photo", "", b"".as_slice());
    let broken = [("kind", "broken"), ("words", "Sobek di pojok"), ("count_0", "1")];
    guest.upload(&to, &broken, none).await.expect(422).sees("Sertakan foto").sees("Sobek di pojok");
    let nothing = [("kind", "missing"), ("words", "Kurang satu bungkus"), ("count_0", "")];
    guest.upload(&to, &nothing, none).await.expect(422).sees("sedikitnya satu");
    let more = [("kind", "missing"), ("words", "Kurang satu bungkus"), ("count_0", "3")];
    guest.upload(&to, &more, none).await.expect(422).sees("dari 0 sampai 2");
    guest.upload(&to, &[("words", "x")], none).await.expect(422).sees("Pilih apa yang tidak beres");
    let no_photo = ("photo", "a.png", b"bukan foto".as_slice());
    guest.upload(&to, &broken, no_photo).await.expect(422);
    let wrong = to.replace("/complaint", "x/complaint");
    guest.upload(&wrong, &broken, none).await.expect(404);
    // The other part is not packed yet: it can still be cancelled, so there is nothing to complain about.
    let (other, _) = part(&counter.track(&guest, &at).await, "Kopi Pak Rekaan");
    guest.get(&format!("{at}/{other}/complaint")).await.expect(303);
    let early = guest.upload(&format!("{at}/{other}/complaint"), &broken, none).await.expect(303);
    assert!(early.location.expect("led back").contains("refused=market-not-now"));
    assert_eq!(counter.owed(REFUNDS_DUE, &id).await, 0);
    counter.verify().await;
}

#[tokio::test]
async fn what_was_paid_out_already_goes_back_from_the_next_sale() {
    let counter = Counter::open().await;
    account(&counter.town.tempe.owner.client, "3011 2345 6789").await;
    let (guest, at) = sold(&counter).await;
    let (id, _) = part(&counter.track(&guest, &at).await, TEMPE);
    counter.town.city.pass_days(3);
    let (one, other) = clerks(&counter).await;
    let batch = proposed(&one.client).await;
    other.client.post(&format!("{batch}/approval"), &[]).await.expect(303);
    counter.settle().await;
    assert_eq!(counter.at_bank().await, 38_000);

    counter.town.city.pass_days(1);
    complain(&guest, &at, &id).await.expect(303);
    let tempe = counter.town.tempe.business.as_str();
    assert_eq!(counter.owed(SELLERS_DUE, tempe).await, -36_000);
    let owner = counter.town.city.comes_back(&counter.town.tempe.owner).await;
    answer(&owner, &id, &[("back", "all")]).await.expect(303);
    counter.settle().await;
    // What others are owed is not touched for it.
    assert_eq!(counter.at_bank().await, 38_000);
    guest.get(&at).await.sees("dari penjualan mereka berikutnya");
    owner.get(&format!("/market/sales/{id}")).await.sees("dipotong dari penjualan");
    owner.get("/market/money").await.expect(200).sees("Komplain: uangnya ditahan lagi");

    let (next, there, sale) = received_again(&counter).await;
    next.post(&format!("{there}/{sale}/confirmation"), &[]).await.expect(303);
    counter.settle().await;
    guest.get(&at).await.sees("Rp18.000 kembali ke pembeli").sees("Selesai");
    assert_eq!(counter.owed(SELLERS_DUE, tempe).await, 18_000);
    assert_eq!(counter.owed(ORDERS_HELD, &id).await, 0);
    counter.verify().await;
}

#[tokio::test]
async fn after_a_week_a_completed_order_is_final_and_cash_is_settled_between_both() {
    let counter = Counter::open().await;
    let (guest, at) = sold(&counter).await;
    let (id, _) = part(&counter.track(&guest, &at).await, TEMPE);
    counter.town.city.pass_days(8);
    let page = guest.get(&at).await;
    assert!(!page.body.contains("Ada yang tidak beres"));
    let late = complain(&guest, &at, &id).await.expect(303);
    assert!(late.location.expect("led back").contains("market-too-late-to-complain"));

    let (guest, at) = counter.town.placed().await;
    let page = counter.track(&guest, &at).await;
    let (id, code) = part(&page, TEMPE);
    let owner = counter.town.city.comes_back(&counter.town.tempe.owner).await;
    owner.post(&format!("/market/sales/{id}/packing"), &[]).await.expect(303);
    owner.post(&format!("/market/sales/{id}/handover"), &[("code", &code)]).await.expect(303);
    guest.get(&format!("{at}/{id}/complaint")).await.sees("dikembalikan penjual sendiri");
    complain(&guest, &at, &id).await.expect(303);
    answer(&owner, &id, &[("back", "all")]).await.expect(303);
    guest.get(&at).await.sees("tunai kepada Anda");
    owner.get(&format!("/market/sales/{id}")).await.sees("Kembalikan uang ini tunai");
    counter.verify().await;
}

#[tokio::test]
async fn a_payout_that_is_not_let_go_covers_what_its_seller_owes() {
    let counter = Counter::open().await;
    account(&counter.town.tempe.owner.client, "3011 2345 6789").await;
    let (guest, at) = sold(&counter).await;
    let (id, _) = part(&counter.track(&guest, &at).await, TEMPE);
    counter.town.city.pass_days(3);
    let (one, _) = clerks(&counter).await;
    let batch = proposed(&one.client).await;
    complain(&guest, &at, &id).await.expect(303);
    let owner = counter.town.city.comes_back(&counter.town.tempe.owner).await;
    answer(&owner, &id, &[("back", "all")]).await.expect(303);
    counter.settle().await;
    assert_eq!(counter.at_bank().await, 74_000, "the money is set aside for the seller");

    // What was never the seller's is given back at once, whatever they owe elsewhere.
    let (next, there, sale) = received_again(&counter).await;
    complain(&next, &there, &sale).await.expect(303);
    answer(&owner, &sale, &[("back", "all")]).await.expect(303);
    counter.settle().await;
    next.get(&there).await.sees("Rp18.000 dikembalikan").sees("Bank sudah mengembalikannya");

    let why = [("reason", "Ada komplain yang belum selesai")];
    one.client.post(&format!("{batch}/rejection"), &why).await.expect(303);
    counter.settle().await;
    guest.get(&at).await.sees("Rp18.000 dikembalikan").sees("Bank sudah mengembalikannya");
    assert_eq!(counter.owed(ORDERS_HELD, &id).await, 0);
    counter.verify().await;
}
