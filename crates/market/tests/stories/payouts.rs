//! Sellers are paid what is theirs: one clerk prepares, another lets go, the bank pays.

use base::Role;
use base::account::organisation::OrganisationKind;
use ledger::SELLERS_DUE;
use testkit::{Actor, Client};

use crate::counter::Counter;
use crate::kit::part;

/// Two clerks of one office.
pub(crate) async fn clerks(counter: &Counter) -> (Actor, Actor) {
    clerks_of(counter, "Dinas Rekaan").await
}

pub(crate) async fn clerks_of(counter: &Counter, office: &str) -> (Actor, Actor) {
    let city = &counter.town.city;
    let office = city.organisation(OrganisationKind::CityOffice, office).await;
    let one = city.person("Petugas Rekaan", Role::MarketClerk, &office).await;
    (one, city.person("Rekan Rekaan", Role::MarketClerk, &office).await)
}

/// Both sellers have handed over, and the buyer is content.
pub(crate) async fn sold(counter: &Counter) -> (Client, String) {
    let (guest, at) = counter.paid().await;
    let page = counter.track(&guest, &at).await;
    for (seller, name) in
        [(&counter.town.tempe, "Tempe Bu Rekaan"), (&counter.town.kopi, "Kopi Pak Rekaan")]
    {
        let (id, code) = part(&page, name);
        let client = &seller.owner.client;
        client.post(&format!("/market/sales/{id}/packing"), &[]).await.expect(303);
        let hand = format!("/market/sales/{id}/handover");
        client.post(&hand, &[("code", &code)]).await.expect(303);
        guest.post(&format!("{at}/{id}/confirmation"), &[]).await.expect(303);
    }
    counter.settle().await;
    (guest, at)
}

pub(crate) async fn account(client: &Client, number: &str) {
    let form = [("bank", "113"), ("number", number), ("holder", "Sri Rekaan")];
    client.post("/market/money/account", &form).await.expect(303);
}

/// What waits for the clerks of the market: label and count.
pub(crate) async fn waiting(counter: &Counter) -> Vec<(&'static str, i64)> {
    let waits = market::area().waits.expect("complaints wait for somebody");
    let nowhere = base::Id::parse("00000000000000000000000000").expect("an id");
    let heaps = counter.town.city.read(move |read| waits(read, Role::MarketClerk, &nowhere));
    heaps.await.into_iter().map(|heap| (heap.label, heap.count)).collect()
}

/// Prepares a batch; its address.
pub(crate) async fn proposed(clerk: &Client) -> String {
    let page = clerk.post("/market/payouts", &[]).await.expect(303);
    page.location.clone().expect("a clerk is led to the batch")
}

#[tokio::test]
async fn a_seller_is_paid_by_two_clerks_and_reads_why_every_rupiah() {
    let counter = Counter::open().await;
    let tempe = &counter.town.tempe;
    account(&tempe.owner.client, "0-900-1234").await;
    account(&counter.town.kopi.owner.client, "3011 2345 6789").await;
    sold(&counter).await;
    // The accounts are new: they rest.
    let (early, _) = clerks_of(&counter, "Dinas Awal").await;
    let early = early.client.post("/market/payouts", &[]).await.expect(422);
    early.sees("Belum ada yang dapat dicairkan");
    counter.town.city.pass_days(3);
    let (one, other) = clerks(&counter).await;
    let (one, other) = (one.client, other.client);
    let batch = proposed(&one).await;
    one.post("/market/payouts", &[]).await.expect(422).sees("menunggu orang kedua");
    let page = one.get(&batch).await.expect(200).sees("Rp74.000").sees("••••6789");
    assert!(!page.body.contains("301123456789"));
    let approval = format!("{batch}/approval");
    one.post(&approval, &[]).await.expect(422).sees("dilepas oleh orang kedua");
    other.post(&approval, &[]).await.expect(303);
    other.post(&approval, &[]).await.expect(422).sees("Sudah diputuskan.");
    counter.settle().await;
    assert_eq!(counter.at_bank().await, 0);
    let owner = counter.town.city.comes_back(&counter.town.kopi.owner).await;
    let money = owner.get("/market/money").await.expect(200);
    money
        .sees("Sudah dibayar")
        .sees("Pesanan selesai")
        .sees("Pencairan disiapkan")
        .sees("Rp38.000");
    assert_eq!(counter.owed(SELLERS_DUE, counter.town.kopi.business.as_str()).await, 0);
    counter.verify().await;
}

#[tokio::test]
async fn what_the_bank_refuses_is_owed_again() {
    let counter = Counter::open().await;
    account(&counter.town.tempe.owner.client, "404 1234 5678").await;
    sold(&counter).await;
    counter.town.city.pass_days(3);
    let (one, other) = clerks(&counter).await;
    let batch = proposed(&one.client).await;
    other.client.post(&format!("{batch}/approval"), &[]).await.expect(303);
    counter.settle().await;
    one.client.get(&batch).await.sees("Ditolak bank");
    let tempe = counter.town.tempe.business.as_str();
    assert_eq!(counter.owed(SELLERS_DUE, tempe).await, 36_000);
    let owner = counter.town.city.comes_back(&counter.town.tempe.owner).await;
    owner.get("/messages").await.expect(200).sees("Bank menolak mengirim Rp36.000");
    counter.verify().await;
}

#[tokio::test]
async fn an_account_that_was_changed_after_the_batch_was_prepared_is_not_paid() {
    let counter = Counter::open().await;
    account(&counter.town.tempe.owner.client, "3011 2345 6789").await;
    sold(&counter).await;
    counter.town.city.pass_days(3);
    let (one, other) = clerks(&counter).await;
    let batch = proposed(&one.client).await;
    counter.town.city.pass_ms(1_000);
    let owner = counter.town.city.comes_back(&counter.town.tempe.owner).await;
    account(&owner, "9999 8888 7777").await;
    other.client.post(&format!("{batch}/approval"), &[]).await.expect(303);
    counter.settle().await;
    let json = one.client.get(&format!("/api/v1{batch}")).await.json();
    assert_eq!(json["payouts"][0]["payout"]["state"], "dropped");
    assert_eq!(counter.at_bank().await, 74_000);
    let tempe = counter.town.tempe.business.as_str();
    assert_eq!(counter.owed(SELLERS_DUE, tempe).await, 36_000);
    counter.verify().await;
}

#[tokio::test]
async fn a_batch_that_is_rejected_gives_everything_back() {
    let counter = Counter::open().await;
    account(&counter.town.tempe.owner.client, "3011 2345 6789").await;
    sold(&counter).await;
    counter.town.city.pass_days(3);
    let (one, other) = clerks(&counter).await;
    let batch = proposed(&one.client).await;
    let rejection = format!("{batch}/rejection");
    other.client.post(&rejection, &[("reason", "")]).await.expect(422).sees("Tulis alasannya");
    let reason = [("reason", "Nomor rekening meragukan")];
    other.client.post(&rejection, &reason).await.expect(303);
    other.client.get(&batch).await.sees("Nomor rekening meragukan").sees("Ditolak");
    let tempe = counter.town.tempe.business.as_str();
    assert_eq!(counter.owed(SELLERS_DUE, tempe).await, 36_000);
    let json = other.client.get(&format!("/api/v1{batch}")).await.json();
    assert_eq!(json["payouts"][0]["payout"]["state"], "dropped");
    counter.verify().await;
    // It is prepared anew.
    proposed(&one.client).await;
    counter.verify().await;
}

#[tokio::test]
async fn an_account_that_cannot_be_read_says_how_it_is_written() {
    let counter = Counter::open().await;
    let tempe = &counter.town.tempe.owner.client;
    let form = [("bank", "8"), ("number", "12"), ("holder", "S")];
    let page = tempe.post("/market/money/account", &form).await.expect(422);
    page.sees("kode bank tiga angka").sees("Nomor rekening ini tidak terbaca.");
    account(tempe, "3011 2345 6789").await;
    let page = tempe.get("/market/money").await.expect(200).sees("Bank 113, ••••6789");
    assert!(!page.body.contains("301123456789"));
    tempe.get("/messages").await.sees("diganti");
}

#[tokio::test]
async fn a_seller_keeps_a_statement_of_a_month_and_knows_the_day_of_payout() {
    let counter = Counter::open().await;
    sold(&counter).await;
    let owner = &counter.town.kopi.owner.client;
    // The clock stands on Thursday the 12th of March 2026; sellers are paid on Fridays.
    owner.get("/market/money").await.expect(200).sees("Jumat, 13 Maret 2026").sees("Unduh PDF");
    let table = owner.get("/market/money/statement.csv?month=2026-03").await.expect(200);
    assert!(table.body.contains("2026-03-12,Pesanan selesai,DP-2026-000002,38000,38000"));
    let paper = owner.get("/market/money/statement.pdf?month=2026-03").await.expect(200);
    assert!(paper.body.starts_with("%PDF-"), "a paper is drawn");
    let before = owner.get("/market/money/statement.csv?month=2026-02").await.expect(200);
    assert_eq!(before.body.lines().count(), 1, "nothing was sold before");
    owner.get("/market/money/statement.pdf?month=kemarin").await.expect(422);
    counter.town.city.visitor().get("/market/money/statement.csv").await.expect(303);
    let (clerk, _) = clerks(&counter).await;
    clerk.client.get("/market/money/statement.csv").await.expect(403);
    let page = clerk.client.get("/market/payouts").await.expect(200);
    page.sees("Hari pencairan berikutnya: Jumat, 13 Maret 2026").sees("Belum ada yang dapat");
    counter.town.city.pass_days(8);
    // Friday the 20th is a holiday, and the days after it: the next working day follows.
    let (clerk, _) = clerks_of(&counter, "Dinas Libur").await;
    let page = clerk.client.get("/market/payouts").await.expect(200);
    page.sees("Hari pencairan berikutnya: Rabu, 25 Maret 2026");
}

#[tokio::test]
async fn a_transfer_whose_answer_is_lost_is_asked_after_and_made_once() {
    let mut counter = Counter::open().await;
    account(&counter.town.tempe.owner.client, "3011 2345 6789").await;
    sold(&counter).await;
    counter.town.city.pass_days(3);
    let (one, other) = clerks(&counter).await;
    let batch = proposed(&one.client).await;
    counter.loses_an_answer("/transfer-interbank").await;
    other.client.post(&format!("{batch}/approval"), &[]).await.expect(303);
    counter.settle().await;
    // The bank has paid, and the city does not know yet.
    assert_eq!(counter.at_bank().await, 38_000);
    one.client.get(&batch).await.expect(200).sees("Menunggu");
    counter.town.city.pass_ms(10 * 60 * 1000);
    counter.settle().await;
    one.client.get(&batch).await.expect(200).sees("Sudah dibayar");
    assert_eq!(counter.at_bank().await, 38_000);
    assert_eq!(counter.owed(SELLERS_DUE, counter.town.tempe.business.as_str()).await, 0);
    counter.verify().await;
}
