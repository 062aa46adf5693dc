//! A guest whose phone reads no codes pays into a number of the bank; what goes back goes to an account that
//! they name.

use bank::Whim;
use ledger::{ORDERS_HELD, PAID_IN, PARTNER_BANK, REFUNDS_DUE};
use serde_json::{Value, json};
use snap::keys::{PrivateKey, Secret};
use snap::text::{self, Request};
use snap::{Spaces, moment};
use testkit::Client;

use crate::counter::{Counter, PARTNER};
use crate::kit::part;
use crate::notices::{clerk, states, told};

const MINUTE_MS: i64 = 60 * 1000;
const TOKEN: &str = "/snap/v1.0/access-token/b2b";
const ACCOUNT_PAID: &str = "/snap/v1.0/transfer-va/payment";

#[tokio::test]
async fn a_guest_asks_for_a_number_and_pays_into_it() {
    let counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    guest.get(&at).await.sees("Minta nomor virtual account");
    guest.post(&format!("{at}/account"), &[]).await.expect(303);
    guest.get(&at).await.sees("Nomor sedang diminta dari bank");
    counter.settle().await;
    let page = guest.get(&at).await.expect(200);
    page.sees("8800 1000 0000 0018").sees("Pasar Kota Semarang").sees("Rp74.000");
    // Asking again changes nothing.
    guest.post(&format!("{at}/account"), &[]).await.expect(303);
    counter.settle().await;
    let number = counter.track(&guest, &at).await.json()["account"].as_str().unwrap().to_owned();
    assert_eq!(number, "8800100000000018");

    // As a payer types it, with blanks between.
    let paid = counter.pay_said("8800 1000 0000 0018", Whim::Prompt).await.unwrap();
    assert_eq!(paid.amount(), 74_000);
    let page = counter.track(&guest, &at).await;
    assert_eq!(states(&page), ["processing"; 2]);
    let (one, _) = part(&page, "Tempe Bu Rekaan");
    assert_eq!(counter.owed(ORDERS_HELD, &one).await, 36_000);
    guest.get(&at).await.sees("Dibayar lewat bank");
    // It cannot be paid or asked for once more.
    let again = counter.pay_said(&number, Whim::Prompt).await.unwrap_err();
    assert!(matches!(again, base::Error::Refused("bank-paid")));
    let refused = guest.post(&format!("{at}/account"), &[]).await.expect(422);
    refused.sees("Tagihan ini sudah dibayar");
    counter.verify().await;
}

#[tokio::test]
async fn a_payment_into_a_number_is_counted_once_however_it_is_told() {
    let counter = Counter::open().await;
    for whim in [Whim::Twice, Whim::Never] {
        let (guest, at, number) = counter.asked_for_account().await;
        counter.pay_said(&number, whim).await.unwrap();
        guest.post(&format!("{at}/payment"), &[]).await;
        counter.settle().await;
        assert_eq!(states(&counter.track(&guest, &at).await), ["processing"; 2]);
    }
    assert_eq!(counter.at_bank().await, 148_000);
    let clerk = clerk(&counter).await;
    clerk.client.get("/payments/cases").await.expect(200).sees("Tidak ada di sini.");
    counter.verify().await;
}

#[tokio::test]
async fn what_is_paid_by_its_code_cannot_be_paid_into_its_number_too() {
    let counter = Counter::open().await;
    let (guest, at, number) = counter.asked_for_account().await;
    counter.pay(&counter.track(&guest, &at).await, Whim::Prompt).await;
    let over = counter.pay_said(&number, Whim::Prompt).await.unwrap_err();
    assert!(matches!(over, base::Error::Refused("bank-over")));
    assert_eq!(counter.track(&guest, &at).await.json()["account"], "");
    // What is given up cannot be paid, either.
    let (guest, at, number) = counter.asked_for_account().await;
    let (one, _) = part(&counter.track(&guest, &at).await, "Tempe Bu Rekaan");
    guest.post(&format!("{at}/{one}/cancellation"), &[]).await.expect(303);
    counter.settle().await;
    let over = counter.pay_said(&number, Whim::Prompt).await.unwrap_err();
    assert!(matches!(over, base::Error::Refused("bank-over")));
    counter.verify().await;
}

#[tokio::test]
async fn what_is_paid_twice_waits_for_a_person_and_goes_back() {
    let mut counter = Counter::open().await;
    let (guest, at, number) = counter.asked_for_account().await;
    let page = counter.track(&guest, &at).await;
    // Both are paid before the bank can be told to close the number.
    counter.close_bank().await;
    counter.pay(&page, Whim::Late(1)).await;
    counter.pay_said(&number, Whim::Never).await.unwrap();
    counter.open_bank().await;
    for _ in 0..40 {
        counter.town.city.pass_ms(2 * MINUTE_MS);
        counter.settle().await;
    }
    assert_eq!(states(&counter.track(&guest, &at).await), ["processing"; 2]);
    assert_eq!(counter.at_bank().await, 148_000);
    let bill = page.json()["bill"]["id"].as_str().unwrap().to_owned();
    assert_eq!(counter.owed(PAID_IN, &bill).await, 74_000);

    let clerk = clerk(&counter).await;
    clerk.client.get("/payments/cases").await.expect(200).sees("Dibayar dua kali");
    let json = clerk.client.get("/api/v1/payments/cases").await.json();
    let case = format!("/payments/cases/{}", json["cases"][0]["id"].as_str().unwrap());
    let returned = [("outcome", "returned"), ("reason", "Dua kali, satu dikembalikan")];
    clerk.client.post(&format!("{case}/settlement"), &returned).await.expect(303);
    counter.settle().await;
    let json = counter.track(&guest, &at).await.json();
    // What came by the code was found first; what came into the number is the second.
    assert_eq!((&json["refund"], &json["refund_account_wanted"]), (&json!(74_000), &json!(74_000)));
    guest.post(&format!("{at}/refund"), &ACCOUNT).await.expect(303);
    counter.settle().await;
    assert_eq!(counter.at_bank().await, 74_000);
    assert_eq!(counter.owed(PAID_IN, &bill).await, 0);
    counter.verify().await;
}

const ACCOUNT: [(&str, &str); 3] =
    [("bank", "008"), ("number", "1234 5678 90"), ("holder", "Pembeli Rekaan")];
const NOBODYS: [(&str, &str); 3] =
    [("bank", "008"), ("number", "4041234567"), ("holder", "Pembeli Rekaan")];

/// An order that was paid into a number, of which one seller cannot deliver.
async fn short_of_coffee(counter: &Counter) -> (Client, String) {
    let (guest, at) = counter.paid_into_account().await;
    let (two, _) = part(&counter.track(&guest, &at).await, "Kopi Pak Rekaan");
    let kopi = &counter.town.kopi.owner.client;
    let refusal = format!("/market/sales/{two}/refusal");
    kopi.post(&refusal, &[("reason", "Biji kopi habis")]).await.expect(303);
    counter.settle().await;
    (guest, at)
}

#[tokio::test]
async fn what_goes_back_of_a_number_goes_to_the_account_that_the_buyer_names() {
    let counter = Counter::open().await;
    let (guest, at) = short_of_coffee(&counter).await;
    let page = guest.get(&at).await.expect(200);
    page.sees("Rp38.000 menunggu nomor rekening dari Anda").sees("Ke mana uang Anda dikirim?");
    assert_eq!(counter.at_bank().await, 74_000);
    let form = format!("{at}/refund");
    let unreadable = [("bank", "Mandiri"), ("number", "12"), ("holder", "Pembeli <Rekaan>")];
    let again = guest.post(&form, &unreadable).await.expect(422);
    let again = again.sees("kode bank tiga angka");
    assert!(again.body.contains("value=\"Mandiri\""), "what was written stands there");

    // The bank does not know the first account: the buyer is asked again, and a clerk sees it.
    guest.post(&form, &NOBODYS).await.expect(303);
    counter.settle().await;
    guest.get(&at).await.sees("Ke mana uang Anda dikirim?");
    let clerk = clerk(&counter).await;
    clerk.client.get("/payments/cases").await.expect(200).sees("Bank menolak mengembalikan");
    guest.post(&form, &ACCOUNT).await.expect(303);
    guest.get(&at).await.sees("Bank sedang mengembalikannya");
    counter.settle().await;
    guest.get(&at).await.sees("Bank sudah mengembalikannya");
    assert_eq!(counter.at_bank().await, 36_000);
    assert_eq!(counter.owed(PARTNER_BANK, "qris").await, -36_000);
    let received = counter.bank.db().read(|read| bank::balance(read, "008/1234567890")).await;
    assert_eq!(received.unwrap(), 38_000);
    // Nothing waits any more: another account changes nothing.
    guest.post(&form, &NOBODYS).await.expect(422).sees("Tidak ada uang yang menunggu rekening");
    counter.verify().await;
}

#[tokio::test]
async fn a_transfer_whose_answer_was_lost_gives_back_once() {
    let mut counter = Counter::open().await;
    let (guest, at) = short_of_coffee(&counter).await;
    counter.loses_an_answer("/v1.0/transfer-interbank").await;
    guest.post(&format!("{at}/refund"), &ACCOUNT).await.expect(303);
    counter.settle().await;
    let bill = counter.track(&guest, &at).await.json()["bill"]["id"].as_str().unwrap().to_owned();
    assert_eq!(counter.owed(REFUNDS_DUE, &bill).await, 38_000);
    counter.town.city.pass_ms(5 * MINUTE_MS);
    counter.settle().await;
    assert_eq!(counter.owed(REFUNDS_DUE, &bill).await, 0);
    assert_eq!(counter.at_bank().await, 36_000);
    counter.verify().await;
}

#[tokio::test]
async fn a_number_whose_answer_was_lost_is_shown_all_the_same() {
    let mut counter = Counter::open().await;
    let (guest, at) = counter.ordered().await;
    counter.loses_an_answer("/v1.0/transfer-va/create-va").await;
    guest.post(&format!("{at}/account"), &[]).await.expect(303);
    counter.settle().await;
    assert_eq!(counter.track(&guest, &at).await.json()["account_asked"], true);
    counter.town.city.pass_ms(5 * MINUTE_MS);
    counter.settle().await;
    guest.get(&at).await.sees("8800 1000 0000 0018");
    counter.verify().await;
}

/// The bank's side of a line to the city, for whoever wants to forge.
struct Line {
    key: PrivateKey,
    now_ms: i64,
}

impl Line {
    async fn tap(counter: &Counter) -> Line {
        let row = counter.bank.db().read(|read| {
            let row: (String,) = read.one("SELECT pem FROM bank_keys WHERE id = 'own'", &[])?;
            Ok::<_, base::Error>(row)
        });
        let (pem,) = row.await.expect("the bank has its key");
        let key = PrivateKey::parse(&pem).expect("it is one");
        Line { key, now_ms: counter.town.city.db.clock().now_ms() }
    }

    async fn token(&self, counter: &Counter, at_ms: i64, client: &str) -> (u16, Value) {
        let timestamp = moment::write(at_ms).expect("a moment");
        let signature = self.key.sign(&text::token(client, &timestamp));
        let headers = [
            ("x-timestamp", timestamp.as_str()),
            ("x-client-key", client),
            ("x-signature", signature.as_str()),
        ];
        told(counter, TOKEN, &headers, r#"{"grantType":"client_credentials"}"#).await
    }
}

/// One notice of a payment, and what is wrong with it.
struct Notice<'a> {
    token: &'a str,
    secret: &'a str,
    at_ms: i64,
    number: &'a str,
    body: &'a str,
}

impl Notice<'_> {
    async fn send(&self, counter: &Counter) -> (u16, Value) {
        let timestamp = moment::write(self.at_ms).expect("a moment");
        let body = self.body.as_bytes();
        let request = Request { method: "POST", path: ACCOUNT_PAID, body, timestamp: &timestamp };
        let signed = request.symmetric(self.token, Spaces::Outside).expect("a short body");
        let signature = Secret::new(self.secret).sign(&signed);
        let bearer = format!("Bearer {}", self.token);
        let headers = [
            ("authorization", bearer.as_str()),
            ("x-timestamp", timestamp.as_str()),
            ("x-signature", signature.as_str()),
            ("x-partner-id", PARTNER),
            ("x-external-id", self.number),
        ];
        told(counter, ACCOUNT_PAID, &headers, self.body).await
    }
}

fn paid(number: &str, rupiah: &str) -> String {
    json!({
        "partnerServiceId": "   88001",
        "customerNo": &number["88001".len()..],
        "virtualAccountNo": format!("   {number}"),
        "paymentRequestId": "BAYAR-1",
        "paidAmount": { "value": rupiah, "currency": "IDR" },
    })
    .to_string()
}

#[tokio::test]
async fn only_the_banks_own_word_of_a_number_is_believed_and_only_once() {
    let counter = Counter::open().await;
    let (guest, at, number) = counter.asked_for_account().await;
    let line = Line::tap(&counter).await;
    let Line { now_ms, .. } = line;
    let (client, secret) = (counter.enrolled.client_key.clone(), counter.enrolled.secret.clone());
    assert_eq!(line.token(&counter, now_ms - 10 * MINUTE_MS, &client).await.0, 401);
    assert_eq!(line.token(&counter, now_ms, "lain").await.0, 401);
    let (status, given) = line.token(&counter, now_ms, &client).await;
    assert_eq!((status, given["responseCode"].as_str()), (200, Some("2007300")));
    let token = given["accessToken"].as_str().unwrap();

    let body = paid(&number, "74000.00");
    let right = Notice { token, secret: &secret, at_ms: now_ms, number: "SURAT-1", body: &body };
    for wrong in [
        Notice { token: "", ..right },
        Notice { token: "1.abc", ..right },
        Notice { secret: "salah", ..right },
        Notice { at_ms: now_ms - 10 * MINUTE_MS, ..right },
    ] {
        assert_eq!(wrong.send(&counter).await.0, 401);
    }
    assert_eq!(Notice { number: "", ..right }.send(&counter).await.1["responseCode"], "4002502");
    let stranger = paid("8800199999999999", "74000.00");
    let unknown = Notice { number: "SURAT-0", body: &stranger, ..right }.send(&counter).await;
    assert_eq!(unknown.1["responseCode"], "4042512");
    counter.settle().await;
    assert_eq!(states(&counter.track(&guest, &at).await), ["awaiting_payment"; 2]);

    let (status, heard) = right.send(&counter).await;
    assert_eq!((status, heard["responseCode"].as_str()), (200, Some("2002500")));
    assert_eq!(heard["virtualAccountData"]["paymentFlagStatus"], "00");
    // The same again is heard and changes nothing; another under the same number is refused.
    assert_eq!(right.send(&counter).await.0, 200);
    let other = paid(&number, "75000.00");
    let replayed = Notice { body: &other, ..right }.send(&counter).await;
    assert_eq!(replayed.1["responseCode"], "4092500");
    counter.settle().await;
    assert_eq!(states(&counter.track(&guest, &at).await), ["processing"; 2]);
}
