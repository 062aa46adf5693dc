//! An officer who owns a business has no say about it: not about its doubts, nor about a pair of
//! which it is one half; and the pages say so instead of offering what would be refused.

use registry::{BusinessId, State, business};
use testkit::{Actor, City, Client};

use crate::desk::{bring, number};
use crate::kit::{self, NIK, answers_with, city, decide, office, register};

const ELSEWHERE: &str = "petugas lain yang memutuskan";

/// An officer registers a business, and a list brings it once more; gives the record that the list
/// made and the pair.
async fn twin_of_own(city: &City, owner: &Actor) -> (BusinessId, String) {
    let at = register(&owner.client, "Soto Rekaan").await;
    answers_with(&owner.client, &at, NIK, "33.74.09.1004").await;
    owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    let head = "Nama Usaha;Nama Pemilik;HP;Alamat;Kelurahan;Kecamatan\n";
    let row = "Soto Rekaan;Budi Rekaan;081234567890;Jl. Lain 9;Bendungan;Gajahmungkur\n";
    assert_eq!(bring(city, format!("{head}{row}")).await, 1);
    let list = owner.client.get("/registry/pairs").await.expect(200);
    let id = list.body.split("href=\"/registry/pairs/").nth(1).unwrap().split('"').next().unwrap();
    (number(city, 2).await, format!("/registry/pairs/{id}"))
}

async fn state(city: &City, id: &BusinessId) -> State {
    let id = id.clone();
    city.write(move |tx| business::find(tx, &id)).await.unwrap().state
}

/// Posts and reads where it leads.
async fn refused(client: &Client, at: &str, form: &[(&str, &str)], pair: &str) {
    let led = client.post(at, form).await.expect(303).location.unwrap();
    assert_eq!(led, pair);
    client.get(&led).await.expect(200).sees(ELSEWHERE);
}

#[tokio::test]
async fn whoever_owns_one_half_of_a_pair_neither_decides_about_it_nor_takes_a_decision_back() {
    let city = city().await;
    let (owner, other) = (office(&city).await, office(&city).await);
    let (newer, pair) = twin_of_own(&city, &owner).await;
    let (decision, undo) = (format!("{pair}/decision"), format!("{pair}/reopening"));

    let page = owner.client.get(&pair).await.expect(200).sees(ELSEWHERE);
    assert!(!page.body.contains(&decision), "nothing is offered that would be refused");
    let led = owner.client.get(&format!("{decision}?same=1")).await.expect(303).location.unwrap();
    assert_eq!(led, pair);
    for same in ["1", "0"] {
        let form = [("same", same), ("why", "same-person")];
        refused(&owner.client, &decision, &form, &pair).await;
    }
    assert_eq!(state(&city, &newer).await, State::Held, "nothing was decided");

    let page = other.client.get(&pair).await.expect(200);
    assert!(page.body.contains(&decision) && !page.text().contains(ELSEWHERE));
    let form = [("same", "0"), ("note", "Beda pemilik dan tempat.")];
    other.client.post(&decision, &form).await.expect(303);
    assert_eq!(state(&city, &newer).await, State::Submitted);

    let page = owner.client.get(&pair).await.expect(200).sees(ELSEWHERE);
    assert!(!page.body.contains(&undo));
    let page = owner.client.get(&undo).await.expect(200).sees(ELSEWHERE);
    assert!(!page.body.contains("name=\"note\""), "there is nothing to fill in");
    let note = [("note", "Saya tarik.")];
    owner.client.post(&undo, &note).await.expect(409).sees(ELSEWHERE);
    other.client.get("/registry/pairs").await.expect(200).sees("0 pasang menunggu");
    other.client.post(&undo, &note).await.expect(303);
    other.client.get("/registry/pairs").await.expect(200).sees("1 pasang menunggu");
}

#[tokio::test]
async fn whoever_owns_a_business_does_not_settle_its_doubts() {
    let city = city().await;
    let (owner, other) = (office(&city).await, office(&city).await);
    let head = "Nama Usaha;Nama Pemilik;NIK;Alamat;Kelurahan;Kecamatan;NIB\n";
    let row = format!(
        "Katering Rekaan;Siti Rahayu;{NIK};Jl. Menoreh 4;Sampangan;Gajahmungkur;912000123456\n"
    );
    assert_eq!(bring(&city, format!("{head}{row}")).await, 1);
    let listed = format!("/registry/records/{}", number(&city, 1).await);
    let record = other.client.get(&listed).await.expect(200);
    let doubt = record.body.split("/registry/doubts/").nth(1).unwrap().split('"').next().unwrap();
    let doubt = format!("/registry/doubts/{doubt}");

    let at = register(&owner.client, "Warung Petugas").await;
    answers_with(&owner.client, &at, NIK, "33.74.11.1003").await;
    owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    let own = at.replace("registrations", "records");
    decide(&other.client, &own, "verify", "").await.expect(303);

    let record = owner.client.get(&listed).await.expect(200).sees("Ini usaha Anda sendiri");
    assert!(!record.body.contains(&doubt), "the record does not lead there");
    let page = owner.client.get(&doubt).await.expect(200).sees("petugas lain yang memeriksanya");
    assert!(!page.body.contains("/settlement"), "nothing is offered that would be refused");
    let settlement = format!("{doubt}/settlement");
    for form in [
        [("answer", "no-nib"), ("note", "Belum mengurus.")],
        [("answer", "nib"), ("nib", "9120001234567")],
    ] {
        let page = owner.client.post(&settlement, &form).await.expect(422);
        page.sees("petugas lain yang memeriksanya");
    }
    other.client.get(&listed).await.expect(200).sees("912000123456");
    let form = [("answer", "no-nib"), ("note", "Belum mengurus.")];
    other.client.post(&settlement, &form).await.expect(303);
}

#[tokio::test]
async fn the_pages_of_a_business_of_ones_own_say_who_checks_it_and_offer_nothing_else() {
    let city = city().await;
    let (owner, other) = (office(&city).await, office(&city).await);
    let at = kit::verified(&city, &owner, "Warung Petugas", NIK).await;
    let record = at.replace("registrations", "records");
    let photo = include_bytes!("../../../procurement/tests/kit/boxes.png").as_slice();
    let form = [("what", "place")];
    let file = ("file", "p.png", photo);
    owner.client.upload(&format!("{at}/evidence"), &form, file).await.expect(303);
    let version = kit::version(&owner.client, &format!("{at}/trade")).await;
    let form = [("name", "Warung Lain"), ("category", "makanan"), ("activity", "nasi kotak")];
    let form = [&form[..], &[("version", version.as_str())]].concat();
    owner.client.post(&format!("{at}/trade"), &form).await.expect(303);

    let page = owner.client.get(&record).await.expect(200).sees("Ini usaha Anda sendiri");
    for offered in ["/decision\"", "/visits/new", "/registry/evidence/", "/look"] {
        assert!(!page.body.contains(offered), "{offered}");
    }
    let page = other.client.get(&record).await.expect(200);
    let paper = page.body.split("/registry/evidence/").nth(1).unwrap().split('"').next().unwrap();
    let paper = format!("/registry/evidence/{paper}");
    let change = page.body.split("/registry/changes/").nth(1).unwrap().split('/').next().unwrap();
    let pages = [(paper.as_str(), "/verdict"), (&format!("{record}/visits/new"), "name=\"photo\"")];
    for (at, offered) in pages {
        let page = owner.client.get(at).await.expect(200).sees("petugas lain yang memeriksanya");
        assert!(!page.body.contains(offered), "{offered}");
        assert!(other.client.get(at).await.expect(200).body.contains(offered), "{offered}");
    }
    let verdict = [("verdict", "accept"), ("reason", "")];
    let refused = owner.client.post(&format!("{paper}/verdict"), &verdict).await;
    refused.sees("petugas lain yang memeriksanya");
    let version = kit::version(&other.client, &record).await;
    let form = [("answer", "accept"), ("change_reason", ""), ("version", version.as_str())];
    let refused = owner.client.post(&format!("/registry/changes/{change}/decision"), &form).await;
    refused.sees("petugas lain yang memeriksanya");
}
