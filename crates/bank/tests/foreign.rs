//! A client that others wrote, made for a payment company, speaks to the bank as a partner: what the standard
//! says is what both sides understood. Left out, with a word about it, where the client is not there.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use bank::{Bank, Enrolled, Pair, Whim};
use base::{Db, Timestamp};
use db::Options;
use serde_json::{Value, json};
use snap::moment;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign/partner.cjs");
const MINUTE_MS: i64 = 60 * 1000;

/// The client, in a program of its own.
struct Partner {
    program: Child,
    says: BufReader<ChildStdout>,
    hears: ChildStdin,
}

impl Partner {
    /// Nothing where it is not there.
    fn start() -> Option<Partner> {
        let Some(modules) = testkit::setting("FOREIGN_CLIENT") else {
            eprintln!("skipped: no foreign client is there (FOREIGN_CLIENT)");
            return None;
        };
        let mut program = Command::new("node")
            .arg(SCRIPT)
            .env("NODE_PATH", modules)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let says = BufReader::new(program.stdout.take().expect("it has an output"));
        let hears = program.stdin.take().expect("it has an input");
        Some(Partner { program, says, hears })
    }

    /// Tells it what to do, and gives what it answers.
    fn asked(&mut self, what: &Value) -> Value {
        writeln!(self.hears, "{what}").expect("the client listens");
        let mut line = String::new();
        self.says.read_line(&mut line).expect("the client answers");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("{what} was answered {line:?}"))
    }

    fn code(&mut self, what: &Value) -> String {
        let answer = self.asked(what);
        let code = answer["responseCode"].as_str();
        code.unwrap_or_else(|| panic!("{what} was answered {answer}")).to_owned()
    }
}

impl Drop for Partner {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

/// A bank that listens, and the client as its partner.
struct Line {
    bank: Bank,
    enrolled: Enrolled,
    partner: Partner,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Line {
    fn open() -> Option<Line> {
        let mut partner = Partner::start()?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("bank.db").display());
        // The client looks at the clock of this machine, and so does the bank.
        let db = Db::open(&url, Options::default()).expect("an empty database opens");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
        let listener = listener.expect("a free port");
        let address = listener.local_addr().expect("a listener has its address");
        let bank = Bank::open(db, &format!("http://{address}")).expect("a bank opens");
        let router = bank.router();
        runtime.spawn(async move { axum::serve(listener, router).await });

        let port = &partner.asked(&json!({ "do": "listen" }))["port"];
        let pair = Pair::new().expect("a pair is made");
        let (public, own) = (pair.public, format!("http://127.0.0.1:{port}"));
        let enroll = move |tx: &mut base::Tx<'_>| bank::enroll(tx, "toko", "Rekaan", &public, &own);
        let enrolled = bank.db().write("test.enroll", enroll).wait().expect("it is enrolled");
        partner.asked(&json!({
            "do": "configure", "url": bank.service_url(), "clientKey": enrolled.client_key,
            "privateKey": pair.private, "secret": enrolled.secret, "partner": enrolled.partner,
            "bankKey": enrolled.public_key,
        }));
        Some(Line { bank, enrolled, partner, runtime, _folder: folder })
    }

    fn now_ms(&self) -> i64 {
        let now = self.bank.db().read(|read| Ok::<_, base::Error>(Timestamp::of(read))).wait();
        now.expect("a bank knows the time").as_ms()
    }

    fn in_minutes(&self, minutes: i64) -> String {
        moment::write(self.now_ms() + minutes * MINUTE_MS).expect("a moment")
    }

    /// A number for one bill, as the client's guide shows it.
    fn wanted(&self, customer: &str) -> Value {
        let collector = format!("{:>8}", self.enrolled.collector);
        json!({
            "partnerServiceId": collector, "customerNo": customer,
            "virtualAccountNo": format!("{collector}{customer}"),
            "virtualAccountName": "Pembeli Rekaan", "trxId": format!("TAGIHAN-{customer}"),
            "totalAmount": { "value": "25000.00", "currency": "IDR" },
            "virtualAccountTrxType": "C", "expiredDate": self.in_minutes(30),
            "additionalInfo": { "merchantId": "toko", "bank": "simulasi" },
        })
    }

    fn named(&self, customer: &str) -> Value {
        let mut wanted = self.wanted(customer);
        wanted["inquiryRequestId"] = json!(format!("TANYA-{customer}"));
        wanted
    }

    fn pay(&self, said: &str, whim: Whim) {
        let said = said.to_owned();
        let pay = move |tx: &mut base::Tx<'_>| bank::pay(tx, &said, whim);
        self.bank.db().write("test.pay", pay).wait().expect("it is paid");
    }
}

#[test]
fn a_foreign_client_has_a_number_paid_into() {
    let Some(mut line) = Line::open() else { return };
    let create = json!({ "do": "create", "way": "va", "number": "1", "body": line.wanted("17") });
    let given = line.partner.asked(&create);
    assert_eq!(given["responseCode"], "2002700", "{given}");
    let number = given["virtualAccountData"]["virtualAccountNo"].as_str().expect("a number");
    let number = number.trim().to_owned();
    assert_eq!(number, "8800117");

    let status = |number: &str, line: &Line| json!({ "do": "status", "way": "va", "number": number, "body": line.named("17") });
    let asked = status("2", &line);
    let open = line.partner.asked(&asked);
    assert_eq!(open["responseCode"], "2002600", "{open}");
    assert_eq!(open["virtualAccountData"]["paymentFlagStatus"], "01");
    line.pay(&number, Whim::Never);
    let asked = status("3", &line);
    let paid = line.partner.asked(&asked);
    assert_eq!(paid["virtualAccountData"]["paymentFlagStatus"], "00", "{paid}");
    assert_eq!(paid["virtualAccountData"]["paidAmount"]["value"], "25000.00");

    // One that nobody paid is taken back, and cannot be paid then.
    let create = json!({ "do": "create", "way": "va", "number": "4", "body": line.wanted("18") });
    assert_eq!(line.partner.code(&create), "2002700");
    let cancel = json!({ "do": "cancel", "way": "va", "number": "5", "body": line.named("18") });
    assert_eq!(line.partner.code(&cancel), "2003100");
    let cancel = json!({ "do": "cancel", "way": "va", "number": "6", "body": line.named("17") });
    assert_eq!(line.partner.code(&cancel), "4043114", "it was paid");
    assert_eq!(line.bank.db().read(bank::verify).wait().expect("there are books"), []);
}

#[test]
fn a_foreign_client_that_repeats_itself_comes_late_or_signs_wrongly_is_refused() {
    let Some(mut line) = Line::open() else { return };
    let body = line.wanted("17");
    let create = json!({ "do": "create", "way": "va", "number": "1", "body": body });
    assert_eq!(line.partner.code(&create), "2002700");
    assert_eq!(line.partner.code(&create), "4092700", "the number of the request was used today");
    let again = json!({ "do": "create", "way": "va", "number": "2", "body": body });
    assert_eq!(line.partner.code(&again), "4092701", "the number of the bill was used");

    let token = line.partner.asked(&json!({ "do": "token" }));
    assert_eq!((&token["responseCode"], &token["expiresIn"]), (&json!("2007300"), &json!("900")));
    let stale = line.in_minutes(-10);
    let late = json!({ "do": "create", "way": "va", "number": "3", "body": line.wanted("18"),
        "timestamp": stale, "token": token["accessToken"] });
    assert_eq!(line.partner.code(&late), "4012700");
    // A token is not given for an old moment, either.
    let late = json!({ "do": "create", "way": "va", "number": "4", "body": line.wanted("18"),
        "timestamp": stale });
    assert_eq!(line.partner.code(&late), "4017300");
    let strange = json!({ "do": "create", "way": "va", "number": "5", "body": line.wanted("18"),
        "token": "bukan token" });
    assert_eq!(line.partner.code(&strange), "4012701");

    let pair = Pair::new().expect("another pair is made");
    line.partner.asked(&json!({
        "do": "configure", "url": line.bank.service_url(), "clientKey": line.enrolled.client_key,
        "privateKey": pair.private, "secret": "rahasia lain", "partner": line.enrolled.partner,
        "bankKey": line.enrolled.public_key,
    }));
    let forged = json!({ "do": "create", "way": "va", "number": "6", "body": line.wanted("18"),
        "token": token["accessToken"] });
    assert_eq!(line.partner.code(&forged), "4012700", "the secret is another");
    let forged = json!({ "do": "create", "way": "va", "number": "7", "body": line.wanted("18") });
    assert_eq!(line.partner.code(&forged), "4017300", "the key is another");
}

#[test]
fn a_foreign_client_believes_the_banks_notice_of_a_code() {
    let Some(mut line) = Line::open() else { return };
    let until = line.in_minutes(30);
    let amount = json!({ "value": "25000.00", "currency": "IDR" });
    let merchant = line.enrolled.merchant.clone();
    let create = json!({ "do": "create", "way": "qris", "number": "1", "body": {
        "partnerReferenceNo": "TAGIHAN-1", "amount": amount, "merchantId": merchant,
        "terminalId": "A01", "validityPeriod": until,
    }});
    let given = line.partner.asked(&create);
    assert_eq!(given["responseCode"], "2004700", "{given}");
    line.pay(given["qrContent"].as_str().expect("a code"), Whim::Prompt);
    assert!(line.bank.work().expect("a notice is due"));
    let heard = line.partner.asked(&json!({ "do": "hear" }));
    assert_eq!(
        (&heard["verified"], &heard["path"]),
        (&json!(true), &json!("/v1.0/qr/qr-mpm-notify"))
    );
    assert_eq!(heard["payload"]["originalPartnerReferenceNo"], "TAGIHAN-1");

    let reference = &given["referenceNo"];
    let standing = json!({ "do": "status", "way": "qris", "number": "2", "body": {
        "originalReferenceNo": reference, "originalPartnerReferenceNo": "TAGIHAN-1",
        "serviceCode": "47", "merchantId": merchant,
    }});
    assert_eq!(line.partner.asked(&standing)["latestTransactionStatus"], "00");
    let refund = json!({ "do": "refund", "way": "qris", "number": "3", "body": {
        "originalReferenceNo": reference, "originalPartnerReferenceNo": "TAGIHAN-1",
        "partnerRefundNo": "KEMBALI-1", "merchantId": merchant, "refundAmount": amount,
        "reason": "rusak",
    }});
    assert_eq!(line.partner.code(&refund), "2007800");
    line.runtime.shutdown_background();
}
