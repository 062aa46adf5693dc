//! Messages, rules, papers and the trail, as people and programs meet them. All people are
//! invented.
#![expect(clippy::unwrap_used, reason = "tests say what cannot fail")]

use base::account::OrganisationKind;
use base::document::{self, DocumentKind};
use base::message::{self, To};
use base::paper::{Amount, Fact, Issuer, Paper, Party};
use base::policy;
use base::{Date, Role, Rupiah};
use serde_json::json;
use testkit::City;

const SP: DocumentKind = DocumentKind { code: "SP", classification: "027" };

async fn city() -> City {
    City::open(vec![web::house()]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn unread_messages_come_first_and_are_read_once() {
    let city = city().await;
    let sri = city.citizen("Sri Wahyuni").await;
    let stranger = city.citizen("Bambang Setiawan").await;
    sri.client.get("/messages").await.expect(200).sees("Belum ada kabar");
    let to = To::Person(sri.person.to_string());
    let told = city.write(move |tx| {
        message::tell(
            tx,
            &to,
            "policies-version-of",
            &json!({ "a": "Tenggat", "b": 2 }),
            Some("/policies"),
        )
    });
    let id = told.await.unwrap();
    let page = sri.client.get("/messages").await.expect(200).sees("Tenggat, versi 2");
    page.sees("Belum dibaca");
    let at = format!("/messages/{id}/reading");
    stranger.client.post(&at, &[]).await.expect(404);
    let read = sri.client.post(&at, &[]).await.expect(303);
    assert_eq!(read.location.as_deref(), Some("/policies"));
    let after = sri.client.get("/messages").await.expect(200).sees("Sudah dibaca");
    assert!(!after.text().contains("Belum dibaca"));
    city.visitor().get("/messages").await.expect(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_sends_letters_again_that_were_given_up() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Diskominfo").await;
    let admin = city.person("Rini Astuti", Role::CityAdmin, &office).await;
    let audit = city.organisation(OrganisationKind::Inspectorate, "Inspektorat").await;
    let inspector = city.person("Joko Susanto", Role::Inspector, &audit).await;
    admin.client.get("/messages/outbox").await.expect(200).sees("Tidak ada surel di sini");
    inspector.client.get("/messages/outbox").await.expect(403);
    city.write(|tx| message::mail_later(tx, "sri@contoh.id", "Kode Anda", "rahasia"))
        .await
        .unwrap();
    let waiting = admin.client.get("/messages/outbox?state=queued").await.expect(200);
    let waiting = waiting.sees("Kode Anda").sees("sr…@contoh.id");
    assert!(!waiting.body.contains("rahasia"), "letters are for their readers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_written_by_one_and_approved_by_another() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Bagian Hukum").await;
    let editor = city.person("Nur Hidayati", Role::PolicyEditor, &office).await;
    let approver = city.person("Teguh Santoso", Role::PolicyApprover, &office).await;
    city.visitor().get("/policies").await.expect(200).sees("Kelas ukuran usaha");
    let rule = city.visitor().get("/policies/base.size_classes").await.expect(200);
    rule.sees("Penjualan setahun").sees("Rp2.000.000.000").sees("Teks peraturan sudah dibaca");
    city.visitor().get("/policies/base.size_classes/draft").await.expect(303);
    let blank = editor.client.get("/policies/base.size_classes/draft").await.expect(200);
    blank.sees("Versi baru: Kelas ukuran usaha");
    let bounds = |micro: i64| {
        json!([{ "class": "micro", "up_to": micro }, { "class": "small", "up_to": 15_000_000_000_i64 },
               { "class": "medium", "up_to": 50_000_000_000_i64 }])
    };
    let form = |micro: i64| {
        json!({ "capital": bounds(1_000_000_000), "sales": bounds(micro) }).to_string()
    };
    let send = async |body: &str| {
        let fields = [
            ("body", body),
            ("valid_from", "2026-04-01"),
            ("instrument", "Peraturan Wali Kota"),
            ("number", "Nomor 5 Tahun 2026"),
            ("mark", "law_read"),
        ];
        editor.client.post("/policies/base.size_classes/draft", &fields).await
    };
    send("{").await.expect(422).sees("bukan JSON");
    send(&form(90_000_000_000)).await.expect(422).sees("sales").sees("Isi batas mikro");
    let sent = send(&form(3_000_000_000)).await.expect(303);
    let at = sent.location.unwrap();
    assert_eq!(at, "/policies/base.size_classes/versions/2");
    city.visitor().get(&at).await.expect(404);
    let draft = editor.client.get(&at).await.expect(200).sees("Menunggu orang kedua");
    draft.sees("Beda dari versi 1").sees("Rp3.000.000.000");
    let approval = format!("{at}/approval");
    editor.client.post(&approval, &[]).await.expect(403);
    approver.client.get("/policies").await.expect(200).sees("Menunggu pengesahan");
    let queue = editor.client.get("/policies/desk").await.expect(200).sees("Draf Anda");
    queue.sees("Kelas ukuran usaha, versi 2").sees("3 beda");
    let queue = approver.client.get("/policies/desk").await.expect(200);
    queue.sees("Menunggu Anda sahkan").sees("Ditulis Nur Hidayati");
    approver.client.get("/messages").await.expect(200).sees("menunggu pengesahan Anda");
    let data = approver.client.get("/api/v1/policies/desk").await.expect(200).json();
    assert_eq!((&data["to_approve"][0]["version"], &data["may_draft"]), (&json!(2), &json!(false)));
    city.visitor().get("/policies/desk").await.expect(303);
    for desk in [&editor, &approver] {
        let home = desk.client.get("/desk").await.expect(303);
        assert_eq!(home.location.as_deref(), Some("/policies/desk"));
    }
    approver.client.post(&approval, &[]).await.expect(303);
    city.visitor().get(&at).await.expect(200).sees("Tidak berlaku hari ini");
    city.visitor().get("/policies").await.expect(200).sees("Akan berlaku");
    let withdrawal = format!("{at}/withdrawal");
    approver.client.post(&withdrawal, &[("reason", "")]).await.expect(422).sees("Tulis alasannya");
    approver.client.post(&withdrawal, &[("reason", "Salah angka")]).await.expect(303);
    city.visitor().get(&at).await.expect(200).sees("Salah angka");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_program_proposes_stands_on_the_desks_of_both() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Bagian Hukum").await;
    let editor = city.person("Nur Hidayati", Role::PolicyEditor, &office).await.client;
    let approver = city.person("Teguh Santoso", Role::PolicyApprover, &office).await.client;
    let proposed = city.write(|tx| {
        let old = policy::history(tx, "base.local_purchase_obligation")?.remove(0);
        let mut body = old.body;
        body["up_to"] = json!(50_000_000);
        let policy::Version { kind, valid_from, basis, mark, .. } = old;
        let rule =
            policy::Draft { kind, body, valid_from, valid_to: None, basis, mark, origin: None };
        policy::ship(tx, policy::KINDS, &rule)
    });
    assert_eq!(proposed.await.unwrap(), policy::Shipped::Proposed);
    for desk in [&editor, &approver] {
        desk.get("/policies/desk").await.expect(200).sees("Usulan versi program yang baru");
    }
    let at = "/policies/base.local_purchase_obligation/versions/2";
    approver.get(at).await.expect(200).sees("tidak berlaku sebelum disahkan").sees("Rp50.000.000");
    let form = "/policies/base.local_purchase_obligation/draft?from=2";
    assert!(editor.get(form).await.expect(200).body.contains("50000000"));
    city.visitor().get(at).await.expect(404);
    approver.post(&format!("{at}/approval"), &[]).await.expect(303);
    city.visitor().get(at).await.expect(200);
}

fn paper(agency: &str, code: &str) -> Paper {
    let text = str::to_owned;
    let issuer = Issuer { city: text(""), agency: text(agency), address: vec![], slug: text("") };
    let mut paper = Paper::new(issuer, "Surat Pesanan", "", Date::of(2026, 3, 12).unwrap());
    let facts = vec![Fact::new("Nomor usaha", code)];
    paper.parties = vec![Party { role: text("Penjual"), name: text("Dapur Bu Ngatmi"), facts }];
    let sum = Rupiah::parse(1_250_000).unwrap();
    paper.amount = Some(Amount { label: text("Jumlah pesanan"), sum });
    paper
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_checked_by_anybody_and_opened_by_its_parties() {
    let city = city().await;
    let agency = city.organisation(OrganisationKind::Agency, "Dinas Kesehatan").await;
    let seller = city.organisation(OrganisationKind::Business, "Dapur Bu Ngatmi").await;
    let other = city.organisation(OrganisationKind::Business, "Warung Sebelah").await;
    let ngatmi = city.person("Ngatmi", Role::Owner, &seller).await;
    let stranger = city.person("Sutarno", Role::Owner, &other).await;
    let buyer = city.person("Hendra Saputra", Role::Requester, &agency).await;
    let (office, code) = (agency.code.clone(), seller.code.clone());
    let issued = city.write(move |tx| {
        document::issue(tx, SP, &office, "order", &paper("Dinas Kesehatan", &code))
    });
    let document = issued.await.unwrap();
    let visitor = city.visitor();
    let typed = format!("/documents/check?code={}", document.check_code.to_uppercase());
    let found = visitor.get(&typed).await.expect(303);
    let check = found.location.unwrap();
    let page = visitor.get(&check).await.expect(200).sees("masih berlaku").sees("Rp1.250.000");
    assert!(!page.body.contains(&seller.code), "numbers of parties stay on the paper");
    visitor.get("/documents/check?code=k3f9-2b7a-4mzq").await.expect(422).sees("Tidak ada surat");
    visitor.get("/documents/check").await.expect(200);
    let pdf = format!("/documents/{}.pdf", document.id);
    visitor.get(&pdf).await.expect(303);
    stranger.client.get(&pdf).await.expect(404);
    for party in [&ngatmi, &buyer] {
        let page = party.client.get(&pdf).await.expect(200);
        assert!(page.bytes.starts_with(b"%PDF"), "a paper is a PDF");
        assert!(page.headers.contains_key("etag"));
    }
    visitor.get(&format!("{pdf}?code={}", document.check_code)).await.expect(200);
    let id = document.id.clone();
    city.write(move |tx| document::revoke(tx, &id, "Salah jumlah")).await.unwrap();
    visitor.get(&check).await.expect(200).sees("tidak berlaku").sees("Salah jumlah");
}

#[tokio::test(flavor = "multi_thread")]
async fn inspectors_read_the_trail_and_its_seals() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::Inspectorate, "Inspektorat").await;
    let inspector = city.person("Joko Susanto", Role::Inspector, &office).await;
    let sri = city.citizen("Sri Wahyuni").await;
    sri.client.get("/audit").await.expect(403);
    let form =
        [("name", "Budi Rekaan"), ("phone", "081234567890"), ("password", "kopi tubruk pagi")];
    city.visitor().post("/join", &form).await.expect(303);
    let trail = inspector.client.get("/audit").await.expect(200);
    let text = trail.sees("Akun dibuat").sees("Budi Rekaan").text();
    assert!(!text.contains("Aturan bawaan dipasang"), "people's deeds come first: {text}");
    let machine = inspector.client.get("/audit?by=program").await.expect(200);
    machine.sees("Aturan bawaan dipasang");
    let all = inspector.client.get("/audit?by=all").await.expect(200);
    all.sees("Akun dibuat").sees("Aturan bawaan dipasang");
    let rules = inspector.client.get("/audit?kind=policy.").await.expect(200);
    assert!(!rules.text().contains("Akun dibuat"));
    let of_sri = inspector.client.get(&format!("/audit?subject={}", sri.person)).await.expect(200);
    let of_sri = of_sri.sees("Akun dibuat");
    let start = of_sri.body.find("/audit/events/").unwrap();
    let link = &of_sri.body[start..start + of_sri.body[start..].find('"').unwrap()];
    inspector.client.get(link).await.expect(200).sees("Perkara");
    inspector.client.get("/audit/seals").await.expect(200).sees("Belum ada segel");
    let (db, keyring) = (city.db.clone(), std::sync::Arc::clone(&city.keyring));
    city.pass_ms(base::seal::STRETCH_MS);
    let seal = move || {
        base::consumer::number_events(&db).unwrap();
        base::seal::seal_next(&db, move |message| keyring.sign(message)).unwrap().unwrap();
    };
    tokio::task::spawn_blocking(seal).await.unwrap();
    inspector.client.get("/audit/seals?verify=1").await.expect(200).sees("Semua 1 segel cocok");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_style_page_is_drawn() {
    city().await.visitor().get("/style").await.expect(200).sees("Gaya");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_a_form_that_is_only_sent_shows_the_page_above_it() {
    let city = city().await;
    let sri = city.citizen("Sri Wahyuni").await;
    let kept_tab = sri.client.get("/messages/01kkfwbb80000prz2v3hgbh47z/reading").await.expect(303);
    assert_eq!(kept_tab.location.as_deref(), Some("/messages"));
    let over = city.visitor().post("/messages/01kkfwbb80000prz2v3hgbh47z/reading", &[]).await;
    let door = over.expect(303).location.unwrap();
    assert_eq!(door, "/sign-in?next=%2Fmessages", "and so does a session that is over");
}
