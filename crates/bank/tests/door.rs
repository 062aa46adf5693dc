//! Partners at the bank's door: what is signed rightly is served once, everything else is refused.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request as HttpRequest, StatusCode};
use bank::{Bank, Enrolled, Pair};
use base::Db;
use db::{Chance, Clock, Options};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use snap::keys::{PrivateKey, Secret};
use snap::text::{self, Request};
use snap::{Service, Spaces, moment};
use tower::ServiceExt;

/// Thursday 12 March 2026, 09:00 in Semarang.
const NOW_MS: i64 = 1_773_280_800_000;
const MINUTE_MS: i64 = 60 * 1000;

struct Partner {
    bank: Bank,
    clock: Clock,
    enrolled: Enrolled,
    key: PrivateKey,
    _folder: tempfile::TempDir,
}

/// An empty database on the engine that is tested.
fn database(folder: &std::path::Path, clock: Clock) -> Db {
    let url = match testkit::postgres() {
        None => format!("sqlite:{}", folder.join("bank.db").display()),
        Some(url) => {
            let mark = if url.contains('?') { '&' } else { '?' };
            let name = folder.file_name().expect("a folder has a name").to_string_lossy();
            let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            format!("{url}{mark}schema=bank_{}", plain.to_lowercase())
        }
    };
    let log = testkit::setting("GERAI_STATEMENT_LOG").map(Into::into);
    let options =
        Options { clock, chance: Chance::seeded(3), statement_log: log, ..Options::default() };
    Db::open(&url, options).expect("an empty database opens")
}

impl Partner {
    async fn new() -> Partner {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Clock::held(NOW_MS);
        let db = database(folder.path(), clock.clone());
        let opened = tokio::task::spawn_blocking(move || {
            let bank = Bank::open(db, "http://127.0.0.1:1").expect("a bank opens");
            (bank, Pair::new().expect("a pair is made"))
        });
        let (bank, pair) = opened.await.expect("a bank and a pair");
        let key = PrivateKey::parse(&pair.private).expect("what was made is read");
        let enroll = bank.db().write("test.enroll", move |tx| {
            bank::enroll(tx, "kota", "Semarang", &pair.public, "http://127.0.0.1:1/")
        });
        let enrolled = enroll.await.expect("a partner is enrolled");
        Partner { bank, clock, enrolled, key, _folder: folder }
    }

    fn now(&self) -> String {
        moment::write(self.clock.now_ms()).expect("a moment")
    }

    async fn send(&self, path: &str, headers: &[(&str, &str)], body: &str) -> (StatusCode, Value) {
        self.send_as("POST", path, headers, body).await
    }

    async fn send_as(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> (StatusCode, Value) {
        let mut request = HttpRequest::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let answer = self.bank.router().oneshot(request).await.expect("an answer");
        let status = answer.status();
        let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    async fn token_at(&self, timestamp: &str) -> (StatusCode, Value) {
        let client = self.enrolled.client_key.as_str();
        let signature = self.key.sign(&text::token(client, timestamp));
        let headers = [
            ("x-timestamp", timestamp),
            ("x-client-key", client),
            ("x-signature", signature.as_str()),
        ];
        self.send(Service::Token.path(), &headers, r#"{"grantType":"client_credentials"}"#).await
    }

    async fn token(&self) -> String {
        let (status, answer) = self.token_at(&self.now()).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["accessToken"].as_str().expect("a token").to_owned()
    }

    async fn call(&self, service: Service, token: &str, number: &str, body: &Value) -> String {
        let (body, now) = (body.to_string(), self.now());
        self.call_as(service, (token, number, &now), &body).await["responseCode"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    async fn call_as(
        &self,
        service: Service,
        (token, number, timestamp): (&str, &str, &str),
        body: &str,
    ) -> Value {
        let path = service.path();
        let method = service.method();
        let request = Request { method, path, body: body.as_bytes(), timestamp };
        let signed = request.symmetric(token, Spaces::Outside).expect("a short body");
        let signature = Secret::new(&self.enrolled.secret).sign(&signed);
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("x-timestamp", timestamp),
            ("x-signature", signature.as_str()),
            ("x-partner-id", self.enrolled.partner.as_str()),
            ("x-external-id", number),
            ("channel-id", "95221"),
        ];
        self.send_as(method, path, &headers, body).await.1
    }

    /// A number of this partner for a bill of its own.
    fn account(&self, customer: &str, rupiah: &str) -> Value {
        json!({
            "partnerServiceId": format!("{:>8}", self.enrolled.collector),
            "customerNo": customer,
            "virtualAccountNo": format!("{:>8}{customer}", self.enrolled.collector),
            "virtualAccountName": "Pembeli Rekaan",
            "trxId": format!("TAGIHAN-{customer}"),
            "totalAmount": { "value": rupiah, "currency": "IDR" },
            "virtualAccountTrxType": "C",
            "expiredDate": moment::write(NOW_MS + 30 * MINUTE_MS).expect("a moment"),
        })
    }

    fn wanted(&self, reference: &str, rupiah: &str) -> Value {
        json!({
            "partnerReferenceNo": reference,
            "amount": { "value": rupiah, "currency": "IDR" },
            "merchantId": self.enrolled.merchant,
            "terminalId": "A01",
            "validityPeriod": moment::write(NOW_MS + 30 * MINUTE_MS).expect("a moment"),
        })
    }
}

#[tokio::test]
async fn a_code_is_given_once_for_each_reference_and_number() {
    let partner = Partner::new().await;
    let token = partner.token().await;
    let wanted = partner.wanted("TAGIHAN-1", "25000.00");
    let now = partner.now();
    let of = (token.as_str(), "1", now.as_str());
    let given = partner.call_as(Service::QrGenerate, of, &wanted.to_string()).await;
    assert_eq!(given["responseCode"], "2004700");
    let code = qris::Qris::parse(given["qrContent"].as_str().unwrap()).unwrap();
    assert_eq!(code.amount().and_then(qris::Amount::whole), Some(25_000));
    assert_eq!(code.complaints(), []);
    let again = partner.call(Service::QrGenerate, &token, "1", &wanted).await;
    assert_eq!(again, "4094700", "the number of the request was used today");
    let again = partner.call(Service::QrGenerate, &token, "2", &wanted).await;
    assert_eq!(again, "4094701", "the reference was used");
    for (number, wanted, refused) in [
        ("3", partner.wanted("TAGIHAN-2", "0.00"), "4044713"),
        ("4", partner.wanted("TAGIHAN-2", "10.50"), "4004702"),
        ("5", json!({ "partnerReferenceNo": "TAGIHAN-2" }), "4004702"),
        ("", partner.wanted("TAGIHAN-2", "25000.00"), "4004702"),
    ] {
        assert_eq!(partner.call(Service::QrGenerate, &token, number, &wanted).await, refused);
    }
}

#[tokio::test]
async fn what_is_signed_wrongly_or_too_old_is_not_served() {
    let partner = Partner::new().await;
    let token = partner.token().await;
    let body = partner.wanted("TAGIHAN-1", "25000.00").to_string();
    let stale = moment::write(NOW_MS - 6 * MINUTE_MS).expect("a moment");
    let answer = partner.call_as(Service::QrGenerate, (&token, "1", &stale), &body).await;
    assert_eq!(answer["responseCode"], "4014700");
    let now = partner.now();
    let answer = partner.call_as(Service::QrGenerate, ("bukan token", "1", &now), &body).await;
    assert_eq!(answer["responseCode"], "4014701");
    let (status, answer) = partner.token_at(&stale).await;
    assert_eq!((status, &answer["responseCode"]), (StatusCode::UNAUTHORIZED, &json!("4017300")));
    // The signature of one body does not carry another.
    let bearer = format!("Bearer {token}");
    let request = Request {
        method: "POST",
        path: Service::QrGenerate.path(),
        body: body.as_bytes(),
        timestamp: &now,
    };
    let signed = request.symmetric(&token, Spaces::Outside).expect("a short body");
    let signature = Secret::new(&partner.enrolled.secret).sign(&signed);
    let headers = [
        ("authorization", bearer.as_str()),
        ("x-timestamp", now.as_str()),
        ("x-signature", signature.as_str()),
        ("x-partner-id", "kota"),
        ("x-external-id", "9"),
    ];
    let other = body.replace("25000.00", "1.00");
    let (status, _) = partner.send(Service::QrGenerate.path(), &headers, &other).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    // A token lasts a quarter of an hour.
    partner.clock.hold(NOW_MS + 16 * MINUTE_MS);
    let late =
        partner.call(Service::QrGenerate, &token, "10", &partner.wanted("T-9", "5.00")).await;
    assert_eq!(late, "4014701");
}

#[tokio::test]
async fn a_payment_is_given_back_once_and_never_more_than_was_paid() {
    let partner = Arc::new(Partner::new().await);
    let token = partner.token().await;
    let now = partner.now();
    let wanted = partner.wanted("TAGIHAN-1", "25000.00").to_string();
    let given = partner.call_as(Service::QrGenerate, (&token, "1", &now), &wanted).await;
    let reference = given["referenceNo"].as_str().unwrap().to_owned();
    let refund = |number: &str, rupiah: &str| {
        json!({
            "originalReferenceNo": reference,
            "originalPartnerReferenceNo": "TAGIHAN-1",
            "partnerRefundNo": number,
            "merchantId": partner.enrolled.merchant,
            "refundAmount": { "value": rupiah, "currency": "IDR" },
            "reason": "rusak",
        })
    };
    let give = async |number: &str, body: Value| {
        partner.call(Service::QrRefund, &token, number, &body).await
    };
    assert_eq!(give("2", refund("R1", "10000.00")).await, "4047801", "nothing was paid");
    let content = given["qrContent"].as_str().unwrap().to_owned();
    let pay =
        partner.bank.db().write("test.pay", move |tx| bank::pay(tx, &content, bank::Whim::Never));
    pay.await.expect("the code is paid");
    assert_eq!(give("3", refund("R1", "10000.00")).await, "2007800");
    assert_eq!(give("4", refund("R1", "10000.00")).await, "4097801");
    assert_eq!(give("5", refund("R2", "15001.00")).await, "4047813");
    assert_eq!(give("6", refund("R3", "15000.00")).await, "2007800");
    let merchant = partner.enrolled.merchant.clone();
    let held = partner.bank.db().read(move |read| bank::balance(read, &merchant)).await;
    assert_eq!(held.unwrap(), 0);
    assert_eq!(partner.bank.db().read(bank::verify).await.unwrap(), []);
}

#[tokio::test]
async fn a_payer_reads_the_code_and_pays_it_once() {
    let partner = Partner::new().await;
    let token = partner.token().await;
    let now = partner.now();
    let wanted = partner.wanted("TAGIHAN-1", "25000.00").to_string();
    let given = partner.call_as(Service::QrGenerate, (&token, "1", &now), &wanted).await;
    let content = given["qrContent"].as_str().unwrap();
    let form = serde_html_form::to_string([("code", content), ("whim", "never")]).unwrap();
    for (path, words) in [
        ("/".to_owned(), "Pasar Semarang"),
        (format!("/pay?{form}"), "Bayar Rp25.000"),
        ("/pay?code=lain".to_owned(), "Kode atau nomor ini tidak dikenal."),
    ] {
        assert!(page(&partner, HttpRequest::get(path).body(Body::empty())).await.contains(words));
    }
    let pay = || {
        let kind = "application/x-www-form-urlencoded";
        HttpRequest::post("/pay").header("content-type", kind).body(Body::from(form.clone()))
    };
    assert!(page(&partner, pay()).await.contains("Pembayaran berhasil."));
    assert!(page(&partner, pay()).await.contains("Tagihan ini sudah dibayar."));
}

async fn page(partner: &Partner, request: axum::http::Result<HttpRequest<Body>>) -> String {
    let answer = partner.bank.router().oneshot(request.expect("a request")).await;
    let bytes = answer.expect("an answer").into_body().collect().await.expect("a body").to_bytes();
    String::from_utf8(bytes.to_vec()).expect("a page is text")
}

/// The same with another value at one place.
fn with(mut body: Value, name: &str, value: &str) -> Value {
    body[name] = json!(value);
    body
}

#[tokio::test]
async fn a_number_is_given_as_it_was_asked_for_and_taken_back_once() {
    let partner = Partner::new().await;
    let token = partner.token().await;
    let call = async |service, number: &str, body: &Value| {
        partner.call(service, &token, number, body).await
    };
    let wanted = partner.account("17", "25000.00");
    for (number, wrong, refused) in [
        ("1", with(wanted.clone(), "partnerServiceId", "   99999"), "4002701"),
        ("2", with(wanted.clone(), "virtualAccountNo", "   8800118"), "4002701"),
        ("3", with(wanted.clone(), "virtualAccountTrxType", "O"), "4002701"),
        ("4", with(wanted.clone(), "expiredDate", "2020-01-01T00:00:00+07:00"), "4002701"),
        ("5", with(wanted.clone(), "trxId", ""), "4002701"),
        ("6", partner.account("17", "0.00"), "4042713"),
    ] {
        assert_eq!(call(Service::VaCreate, number, &wrong).await, refused);
    }
    assert_eq!(call(Service::VaStatus, "7", &wanted).await, "4042612");
    assert_eq!(call(Service::VaCreate, "8", &wanted).await, "2002700");
    assert_eq!(call(Service::VaCreate, "9", &wanted).await, "4092701");
    assert_eq!(call(Service::VaStatus, "10", &wanted).await, "2002600");
    // Taken back as the standard says, and again because the answer was lost.
    assert_eq!(call(Service::VaDelete, "11", &wanted).await, "2003100");
    assert_eq!(call(Service::VaDelete, "12", &wanted).await, "2003100");
    let pay =
        partner.bank.db().write("test.pay", |tx| bank::pay(tx, "88001 17", bank::Whim::Never));
    assert!(matches!(pay.await, Err(base::Error::Refused("bank-over"))));
    let (status, _) = partner.send_as("DELETE", Service::VaCreate.path(), &[], "{}").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "only what the standard deletes is deleted");
}

#[tokio::test]
async fn a_number_of_another_partner_is_not_known() {
    let partner = Partner::new().await;
    let token = partner.token().await;
    let enroll = partner.bank.db().write("test.enroll", |tx| {
        let key = "-----BEGIN PUBLIC KEY-----";
        bank::enroll(tx, "lain", "Lain", key, "http://127.0.0.1:1")
    });
    let other = enroll.await.expect("another partner is enrolled");
    assert_eq!(other.collector, "88002");
    let mut wanted = partner.account("17", "25000.00");
    (wanted["partnerServiceId"], wanted["virtualAccountNo"]) =
        (json!("   88002"), json!("   8800217"));
    assert_eq!(partner.call(Service::VaCreate, &token, "1", &wanted).await, "4002701");
    assert_eq!(partner.call(Service::VaStatus, &token, "2", &wanted).await, "4042612");
    assert_eq!(partner.call(Service::VaDelete, &token, "3", &wanted).await, "4043112");
}
