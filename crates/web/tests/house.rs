//! Messages, rules, papers and the trail, as people and programs meet them. All people are
//! invented.
#![expect(clippy::unwrap_used, reason = "tests say what cannot fail")]

use base::account::OrganisationKind;
use base::document::{self, DocumentKind};
use base::message::{self, To};
use base::paper::{Amount, Fact, Issuer, Paper, Party};
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
    assert_eq!(door, "/sign-in?next=%2Fmessages&unsent=1", "and so does a session that is over");
    city.visitor().get(&door).await.expect(200).sees("Yang Anda kirim tadi belum diterima");
}
