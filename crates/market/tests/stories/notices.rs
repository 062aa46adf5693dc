//! Notices of the bank that are doubled, missing, late, wrong or forged.

use bank::Whim;
use base::Role;
use base::account::organisation::OrganisationKind;
use serde_json::Value;
use testkit::{Actor, Page};

use crate::counter::{Counter, PARTNER};

const MINUTE_MS: i64 = 60 * 1000;

pub(crate) async fn clerk(counter: &Counter) -> Actor {
    let city = &counter.town.city;
    let office = city.organisation(OrganisationKind::CityOffice, "Dinas Rekaan").await;
    city.person("Petugas Rekaan", Role::MarketClerk, &office).await
}

pub(crate) fn states(page: &Page) -> Vec<String> {
    let json = page.json();
    let parts = json["parts"].as_array().expect("an order has parts");
    parts.iter().map(|part| part["order"]["state"].as_str().unwrap_or("").to_owned()).collect()
}

#[tokio::test]
async fn a_payment_told_twice_is_counted_once() {
    let counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    counter.pay(&counter.track(&guest, &at).await, Whim::Twice).await;
    assert_eq!(states(&counter.track(&guest, &at).await), ["processing", "processing"]);
    let clerk = clerk(&counter).await;
    clerk.client.get("/payments/cases").await.expect(200).sees("Tidak ada di sini.");
    counter.verify().await;
}

#[tokio::test]
async fn a_payment_that_nobody_tells_of_is_found_by_asking() {
    let counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    counter.pay(&counter.track(&guest, &at).await, Whim::Never).await;
    assert_eq!(states(&counter.track(&guest, &at).await), ["awaiting_payment"; 2]);
    // The buyer asks.
    guest.post(&format!("{at}/payment"), &[]).await.expect(303);
    counter.settle().await;
    assert_eq!(states(&counter.track(&guest, &at).await), ["processing"; 2]);
    // Or the city asks by itself.
    let (guest, at) = counter.ordered().await;
    counter.pay(&counter.track(&guest, &at).await, Whim::Never).await;
    counter.town.city.pass_ms(2 * MINUTE_MS);
    counter.settle().await;
    assert_eq!(states(&counter.track(&guest, &at).await), ["processing"; 2]);
    counter.verify().await;
}

#[tokio::test]
async fn a_notice_over_another_sum_is_asked_after_and_put_before_a_person() {
    let counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    counter.pay(&counter.track(&guest, &at).await, Whim::OtherSum).await;
    assert_eq!(states(&counter.track(&guest, &at).await), ["processing"; 2]);
    let clerk = clerk(&counter).await;
    let list = clerk.client.get("/payments/cases").await.expect(200);
    list.sees("Bank memberi tahu jumlah lain").sees("Rp73.999");
    let json = clerk.client.get("/api/v1/payments/cases").await.json();
    let waits = payments::area().waits.expect("cases wait for somebody");
    let office = clerk.organisation.clone().expect("a clerk has an office").id;
    let heaps = move |read: &mut base::Read<'_>| waits(read, Role::MarketClerk, &office);
    let heaps = counter.town.city.read(heaps).await;
    assert_eq!(heaps.iter().map(|heap| heap.count).collect::<Vec<_>>(), [1]);
    let case = format!("/payments/cases/{}", json["cases"][0]["id"].as_str().unwrap());
    clerk.client.get(&case).await.expect(200).sees("Tidak ada uang yang dapat dikembalikan.");
    let settlement = format!("{case}/settlement");
    let nothing = [("outcome", "noted"), ("reason", "")];
    clerk.client.post(&settlement, &nothing).await.expect(422).sees("Tulis alasannya");
    let noted = [("outcome", "noted"), ("reason", "Mutasi rekening sudah cocok")];
    clerk.client.post(&settlement, &noted).await.expect(303);
    clerk.client.post(&settlement, &noted).await.expect(422).sees("Sudah diputuskan.");
    clerk.client.get("/payments/cases?settled=1").await.expect(200).sees("Dicatat");
    counter.verify().await;
}

#[tokio::test]
async fn money_that_comes_too_late_waits_for_a_person_and_goes_back() {
    let mut counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    let page = counter.track(&guest, &at).await;
    counter.close_bank().await;
    // Paid in time, but neither told nor found before the bill is given up.
    counter.pay(&page, Whim::Late(3 * 60 * MINUTE_MS)).await;
    for _ in 0..60 {
        counter.town.city.pass_ms(2 * MINUTE_MS);
        counter.settle().await;
    }
    assert_eq!(states(&counter.track(&guest, &at).await), ["cancelled"; 2]);
    assert_eq!(counter.town.stock(&counter.town.chips).await, 10);
    counter.open_bank().await;
    counter.town.city.pass_ms(60 * MINUTE_MS);
    counter.settle().await;
    let clerk = clerk(&counter).await;
    clerk.client.get("/payments/cases").await.expect(200).sees("Dibayar setelah lewat waktu");
    let json = clerk.client.get("/api/v1/payments/cases").await.json();
    let case = format!("/payments/cases/{}", json["cases"][0]["id"].as_str().unwrap());
    clerk.client.get(&case).await.expect(200).sees("Kembalikan Rp74.000 kepada pembayar");
    let returned = [("outcome", "returned"), ("reason", "Pesanan sudah batal")];
    clerk.client.post(&format!("{case}/settlement"), &returned).await.expect(303);
    counter.settle().await;
    assert_eq!(counter.at_bank().await, 0);
    guest.get(&at).await.sees("Rp74.000 dikembalikan").sees("Bank sudah mengembalikannya");
    counter.verify().await;
}

const CODE_PAID: &str = "/snap/v1.0/qr/qr-mpm-notify";

/// What somebody sends to one of the city's services for its bank: how it is answered.
pub(crate) async fn told(
    counter: &Counter,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, Value) {
    use base::webhook::{Courier, HookUrl, Parcel};
    let url = format!("{}{path}", counter.city_url);
    let (headers, body) = (
        headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>(),
        body.to_owned(),
    );
    let ask = move || {
        let url = HookUrl::parse("url", &url, true).expect("an address");
        let headers: Vec<_> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let parcel = Parcel { method: "POST", url: &url, headers: &headers, body: &body };
        Courier::new().here_too().ask(&parcel).expect("the city answers")
    };
    let said = tokio::task::spawn_blocking(ask).await.expect("it was asked");
    (said.status, serde_json::from_slice(&said.body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn a_notice_that_the_bank_did_not_sign_is_not_believed() {
    let counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    let now = counter.town.city.db.clock().now_ms();
    let fresh = snap::moment::write(now).expect("a moment");
    let stale = snap::moment::write(now - 10 * MINUTE_MS).expect("a moment");
    let page = counter.track(&guest, &at).await;
    let bill = page.json()["bill"]["id"].as_str().expect("a bill").to_owned();
    let body = format!(
        r#"{{"originalReferenceNo":"X","originalPartnerReferenceNo":"{bill}-1","latestTransactionStatus":"00","amount":{{"value":"74000.00","currency":"IDR"}}}}"#
    );
    for (timestamp, signature, partner) in [
        (fresh.as_str(), "", PARTNER),
        (fresh.as_str(), "AAAA", PARTNER),
        (stale.as_str(), "AAAA", PARTNER),
        (fresh.as_str(), "AAAA", "lain"),
        ("", "", ""),
    ] {
        let headers = [
            ("x-timestamp", timestamp),
            ("x-signature", signature),
            ("x-partner-id", partner),
            ("x-external-id", "1"),
        ];
        assert_eq!(told(&counter, CODE_PAID, &headers, &body).await.0, 401);
    }
    assert_eq!(told(&counter, CODE_PAID, &[], "bukan json").await.0, 401);
    counter.settle().await;
    assert_eq!(states(&counter.track(&guest, &at).await), ["awaiting_payment"; 2]);
    counter.verify().await;
}
