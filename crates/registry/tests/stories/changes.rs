//! What an owner of a checked business wants changed waits beside what was checked.

use base::account::organisation;
use registry::business;
use testkit::{Actor, City, Page};

use crate::kit::{self, NIK, city, office};

/// Asks for a name, as the owner types it.
async fn ask(owner: &Actor, at: &str, name: &str) -> Page {
    let version = kit::version(&owner.client, &format!("{at}/trade")).await;
    let form = [
        ("name", name),
        ("category", "makanan"),
        ("activity", "nasi kotak"),
        ("version", version.as_str()),
    ];
    owner.client.post(&format!("{at}/trade"), &form).await
}

async fn answer(officer: &Actor, record: &str, answer: &str, reason: &str) -> Page {
    let page = officer.client.get(record).await.expect(200);
    let change = page.body.split("/registry/changes/").nth(1).unwrap().split('/').next().unwrap();
    let version = kit::version(&officer.client, record).await;
    let form = [("answer", answer), ("change_reason", reason), ("version", version.as_str())];
    officer.client.post(&format!("/registry/changes/{change}/decision"), &form).await
}

/// What the business acts under.
async fn organisation_name(city: &City, at: &str) -> String {
    let id = at.rsplit('/').next().and_then(registry::BusinessId::parse).unwrap();
    let found = city.write(move |tx| {
        let organisation = business::find(tx, &id)?.organisation.unwrap();
        Ok(organisation::find(tx, &organisation)?.name)
    });
    found.await.unwrap()
}

#[tokio::test]
async fn a_renamed_business_keeps_its_old_name_until_an_officer_accepts_the_new_one() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let record = at.replace("registrations", "records");
    ask(&owner, &at, "Dapur Siti Raya").await.expect(303);
    let page = owner.client.get(&at).await.expect(200).sees("Terverifikasi");
    page.sees("Perubahan menunggu petugas").sees("Dapur Siti Raya");
    let shown = city.visitor().get("/registry/businesses").await.expect(200);
    let shown = shown.sees("Dapur Bu Siti").sees("nasi kotak");
    assert!(!shown.text().contains("Dapur Siti Raya"));
    let version = kit::version(&owner.client, &format!("{at}/kbli")).await;
    let kbli = [("kbli", "56101"), ("version", version.as_str())];
    owner.client.post(&format!("{at}/kbli"), &kbli).await.expect(303);
    owner.client.get(&at).await.expect(200).sees("56101").sees("Dapur Siti Raya");
    let form = owner.client.get(&format!("{at}/trade")).await.expect(200);
    assert!(form.body.contains("value=\"Dapur Siti Raya\""), "one goes on from what one asked");

    let officer = office(&city).await;
    let queue = officer.client.get("/registry/queue?asks=change").await.expect(200);
    queue.sees("Dapur Bu Siti").sees("Batas 26 Maret 2026");
    let page = officer.client.get(&record).await.expect(200);
    page.sees("Nama usaha Dapur Bu Siti Dapur Siti Raya");
    answer(&officer, &record, "", "").await.expect(422).sees("Pilih terima atau tolak");
    answer(&officer, &record, "accept", "").await.expect(303);
    let shown = city.visitor().get("/registry/businesses").await.expect(200);
    shown.sees("Dapur Siti Raya");
    assert_eq!(organisation_name(&city, &at).await, "Dapur Siti Raya");
    owner.client.get("/account").await.expect(200).sees("Dapur Siti Raya");
    owner.client.get("/messages").await.expect(200).sees("diterima dan sudah berlaku");
    let page = officer.client.get(&record).await.expect(200);
    page.sees("1 perubahan terdahulu").sees("Perubahan diterima");
    let queue = officer.client.get("/registry/queue?asks=change").await.expect(200);
    assert!(!queue.text().contains("Dapur"));
}

#[tokio::test]
async fn a_refused_change_leaves_the_record_and_tells_the_owner_why() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let record = at.replace("registrations", "records");
    ask(&owner, &at, "Hotel Siti").await.expect(303);
    let officer = office(&city).await;
    answer(&officer, &record, "refuse", "").await.expect(422).sees("Tulis alasannya");
    let why = "Nama ini dipakai usaha lain di jalan yang sama.";
    answer(&officer, &record, "refuse", why).await.expect(303);
    owner.client.get("/messages").await.expect(200).sees(why);
    let page = owner.client.get(&at).await.expect(200).sees("Terverifikasi");
    assert!(!page.text().contains("Perubahan menunggu petugas"));
    assert_eq!(organisation_name(&city, &at).await, "Dapur Bu Siti");
}

#[tokio::test]
async fn a_change_is_taken_back_by_asking_for_what_stands_or_by_saying_so() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    ask(&owner, &at, "Dapur Siti Raya").await.expect(303);
    ask(&owner, &at, "Dapur Bu Siti").await.expect(303);
    let page = owner.client.get(&at).await.expect(200).sees("Perubahan ditarik");
    assert!(!page.text().contains("Perubahan menunggu petugas"));
    ask(&owner, &at, "Dapur Siti Jaya").await.expect(303);
    let page = owner.client.get(&at).await.expect(200);
    let change = page.body.split("/registry/changes/").nth(1).unwrap().split('/').next().unwrap();
    let withdrawal = format!("/registry/changes/{change}/withdrawal");
    city.citizen("Orang Lain").await.client.post(&withdrawal, &[]).await.expect(404);
    owner.client.post(&withdrawal, &[]).await.expect(303);
    owner.client.post(&withdrawal, &[]).await.expect(409).sees("sudah dijawab");
    let open = base::deadline::open_of;
    let id = at.rsplit('/').next().unwrap().to_owned();
    let clocks = city.write(move |tx| open(tx, &id)).await.unwrap();
    assert!(clocks.iter().all(|clock| clock.kind != "registry.verification"));
}

#[tokio::test]
async fn what_an_officer_changes_stands_beside_what_it_was_and_renames_the_seat() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let officer = office(&city).await;
    ask(&officer, &at, "Dapur Ibu Siti").await.expect(303);
    assert_eq!(organisation_name(&city, &at).await, "Dapur Ibu Siti");
    let page = officer.client.get(&at.replace("registrations", "records")).await.expect(200);
    page.sees("1 perubahan terdahulu").sees("Diubah petugas").sees("Dapur Ibu Siti");
}

#[tokio::test]
async fn nothing_is_asked_any_more_of_a_business_that_was_set_aside() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let record = at.replace("registrations", "records");
    ask(&owner, &at, "Dapur Siti Raya").await.expect(303);
    let officer = office(&city).await;
    kit::decide(&officer.client, &record, "suspend", "Tempatnya kosong.").await.expect(303);
    let page = officer.client.get(&record).await.expect(200).sees("Ditangguhkan");
    assert!(!page.body.contains("id=\"change\""));
    kit::decide(&officer.client, &record, "verify", "").await.expect(303);
    city.visitor().get("/registry/businesses").await.expect(200).sees("Dapur Bu Siti");
}

#[tokio::test]
async fn a_reminder_says_its_day_as_people_write_it() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    ask(&owner, &at, "Dapur Siti Raya").await.expect(303);
    city.pass_days(13);
    let swept = city.write(|tx| base::deadline::sweep(tx, registry::area().outcomes, 50)).await;
    assert_eq!(swept.unwrap().passed, 0);
    let officer = office(&city).await;
    let page = officer.client.get("/messages").await.expect(200);
    page.sees("Data usaha menunggu diperiksa paling lambat 26 Maret 2026.");
}

#[tokio::test]
async fn searching_again_keeps_the_filters_and_so_does_the_next_page() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let at = "/registry/businesses?q=dapur&district=33.74.09&category=makanan";
    let page = city.visitor().get(at).await.expect(200).sees("Dapur Bu Siti");
    let search = page.body.split("role=\"search\"").nth(1).unwrap();
    let search = search.split("</form>").next().unwrap();
    assert!(search.contains("name=\"district\" value=\"33.74.09\""), "{search}");
    assert!(search.contains("name=\"category\" value=\"makanan\""), "{search}");
    let without = "/registry/businesses?q=dapur&#38;category=makanan";
    assert!(page.body.contains(without), "a chip takes one filter off");
    let page = city.visitor().get("/registry/businesses?category=kriya").await.expect(200);
    assert!(page.body.contains("class=\"chip on\""), "also one that finds nothing");
}

#[tokio::test]
async fn an_officer_reads_the_name_of_the_registry_over_their_work() {
    let city = city().await;
    let officer = office(&city).await;
    let page = officer.client.get("/registry/queue").await.expect(200).sees("Gerai Kopimi");
    assert!(!page.text().contains("Gulo Asem"));
}

#[tokio::test]
async fn an_officer_only_asks_for_a_change_of_a_business_of_their_own_and_does_not_visit_it() {
    let city = city().await;
    let owner = office(&city).await;
    let at = kit::verified(&city, &owner, "Warung Petugas", NIK).await;
    let record = at.replace("registrations", "records");
    ask(&owner, &at, "Warung Lain").await.expect(303);
    let shown = city.visitor().get("/registry/businesses").await.expect(200).sees("Warung Petugas");
    assert!(!shown.text().contains("Warung Lain"), "another officer has not looked yet");
    let visit = [
        ("on", "2026-03-10"),
        ("place", "Jl. Menoreh Raya 41"),
        ("finding", "as-recorded"),
        ("note", ""),
    ];
    let photo =
        ("photo", "p", include_bytes!("../../../procurement/tests/kit/boxes.png").as_slice());
    let refused = owner.client.upload(&format!("{record}/visits"), &visit, photo).await;
    refused.expect(409).sees("petugas lain yang memeriksanya");
    let other = office(&city).await;
    let version = kit::version(&other.client, &record).await;
    for decision in ["return", "suspend", "close"] {
        let form = [("decision", decision), ("reason", "Saya simpan dulu."), ("version", &version)];
        let refused = owner.client.post(&format!("{record}/decision"), &form).await;
        refused.expect(422).sees("petugas lain yang memeriksanya");
    }
    answer(&other, &record, "accept", "").await.expect(303);
}
