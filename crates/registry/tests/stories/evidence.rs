//! Evidence from its owner's phone to an officer's word, and what is left of it.

use testkit::{Actor, City, Page};

use crate::kit::{self, city, office, register};

/// A picture of a stall that nobody has.
const PHOTO: &[u8] = include_bytes!("../../../procurement/tests/kit/boxes.png");
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

async fn hand_in(owner: &Actor, at: &str, what: &str, file: &[u8]) -> Page {
    let form = [("what", what)];
    owner.client.upload(&format!("{at}/evidence"), &form, ("file", "bukti", file)).await
}

/// The address of the newest evidence on a page.
fn newest(page: &Page) -> String {
    let id = page.body.rsplit("/registry/evidence/").next().unwrap();
    let id = id.split(['"', '/']).next().unwrap();
    format!("/registry/evidence/{id}")
}

/// Does what waits in the background.
async fn work(city: &City) {
    city.work(registry::area().jobs).await;
}

async fn kept(city: &City) -> Vec<String> {
    city.db.read(registry::area().files.unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_photo_is_handed_in_returned_with_a_reason_and_replaced() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    let page = owner.client.get(&format!("{at}/evidence")).await.expect(200);
    page.sees("Belum ada bukti").sees("Foto tempat usaha");
    hand_in(&owner, &at, "", PHOTO).await.expect(422).sees("Pilih bukti apa");
    hand_in(&owner, &at, "place", b"bukan foto").await.expect(422).sees("bukan foto atau PDF");
    hand_in(&owner, &at, "place", PHOTO).await.expect(303);
    let page = owner.client.get(&format!("{at}/evidence")).await.expect(200).sees("Menunggu");
    let evidence = newest(&page);
    let shown = owner.client.get(&format!("{evidence}/file")).await.expect(200);
    assert!(shown.bytes.starts_with(b"\xff\xd8"), "a photo is made anew");
    assert!(shown.headers["cache-control"].to_str().unwrap().contains("no-store"));
    let stored = city.files.get(&kept(&city).await[0]).await.unwrap();
    assert!(!stored.starts_with(b"\xff\xd8"), "it lies sealed");

    let officer = office(&city).await;
    officer.client.get(&evidence).await.expect(200).sees("Dapur Bu Siti");
    officer.client.get(&format!("{evidence}/file")).await.expect(200);
    let verdict = format!("{evidence}/verdict");
    officer.client.post(&verdict, &[]).await.expect(422).sees("Pilih terima atau kembalikan");
    let silent = [("verdict", "return"), ("reason", "")];
    officer.client.post(&verdict, &silent).await.expect(422).sees("Tulis alasannya");
    let returned = [("verdict", "return"), ("reason", "Papan nama tidak terlihat.")];
    officer.client.post(&verdict, &returned).await.expect(303);
    officer.client.post(&verdict, &returned).await.expect(409).sees("sudah diperiksa");
    let told = owner.client.get("/messages").await.expect(200);
    told.sees("Foto tempat usaha Dapur Bu Siti dikembalikan: Papan nama tidak terlihat.");
    let page = owner.client.get(&at).await.expect(200);
    page.sees("Ada yang dikembalikan").sees("Foto tempat usaha dikembalikan");

    hand_in(&owner, &at, "place", PHOTO).await.expect(303);
    work(&city).await;
    assert_eq!(kept(&city).await.len(), 1, "the one that was returned is gone");
    let page = owner.client.get(&format!("{at}/evidence")).await.expect(200);
    assert!(!page.text().contains("Dikembalikan"));
    officer.client.post(&format!("{}/verdict", newest(&page)), &[("verdict", "accept")]).await;
    owner.client.get(&at).await.expect(200).sees("Foto tempat usaha diterima");
}

#[tokio::test]
async fn each_look_at_a_personal_paper_has_a_reason_that_its_owner_reads() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    hand_in(&owner, &at, "nib", PDF).await.expect(303);
    let evidence = newest(&owner.client.get(&format!("{at}/evidence")).await.expect(200));
    let officer = office(&city).await;
    officer.client.get(&evidence).await.expect(200).sees("Buka surat pribadi");
    officer.client.get(&format!("{evidence}/file")).await.expect(404);
    let look = format!("{evidence}/look");
    officer.client.post(&look, &[("purpose", "")]).await.expect(422);
    let paper = officer
        .client
        .post(&look, &[("purpose", "verify"), ("purpose_words", "Mencocokkan NIB")])
        .await
        .expect(200);
    assert_eq!(paper.bytes, PDF);
    let why = [("purpose", "verify")];
    for _ in 0..2 {
        assert_eq!(
            officer.client.post_with_key(&look, &why, "sekali").await.expect(200).bytes,
            PDF
        );
    }
    city.pass_ms(10 * 60 * 1000);
    let late = officer.client.post_with_key(&look, &why, "sekali").await.expect(422);
    late.sees("Waktu melihatnya sudah lewat");
    let page = owner.client.get(&at).await.expect(200);
    page.sees("Surat pribadi dilihat").sees("Mencocokkan NIB").sees("Ratna Widyastuti");
    for (who, what) in [(city.citizen("Orang Lain").await, 404), (kit::inspector(&city).await, 404)]
    {
        who.client.get(&format!("{evidence}/file")).await.expect(what);
        who.client.get(&evidence).await.expect(403);
    }
    city.visitor().get(&format!("{evidence}/file")).await.expect(303);
}

#[tokio::test]
async fn a_picture_of_an_identity_card_is_destroyed_once_it_was_compared() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    hand_in(&owner, &at, "identity", PHOTO).await.expect(303);
    let evidence = newest(&owner.client.get(&format!("{at}/evidence")).await.expect(200));
    let file = kept(&city).await.remove(0);
    let officer = office(&city).await;
    let look = [("purpose", "verify"), ("purpose_words", "Mencocokkan KTP")];
    let page = officer.client.post(&format!("{evidence}/look"), &look).await.expect(200);
    assert!(page.body.contains("src=\"data:image/jpeg;base64,"), "the picture stands in the page");
    let accepted = [("verdict", "accept")];
    officer.client.post(&format!("{evidence}/verdict"), &accepted).await.expect(303);
    assert!(kept(&city).await.is_empty());
    assert!(city.files.exists(&file).await.unwrap(), "it goes after the commit");
    work(&city).await;
    assert!(!city.files.exists(&file).await.unwrap());
    officer.client.post(&format!("{evidence}/look"), &look).await.expect(404);
    officer.client.get(&evidence).await.expect(200).sees("Gambar sudah dimusnahkan");
    let page = owner.client.get(&at).await.expect(200);
    page.sees("KTP dicocokkan dan gambarnya dimusnahkan");
    let findings = city.write(|tx| (registry::area().verify.unwrap())(tx)).await.unwrap();
    assert_eq!(findings, []);
}

#[tokio::test]
async fn an_owner_takes_back_what_nobody_has_accepted() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    hand_in(&owner, &at, "letter", PDF).await.expect(303);
    let evidence = newest(&owner.client.get(&format!("{at}/evidence")).await.expect(200));
    let stranger = city.citizen("Orang Lain").await;
    stranger.client.post(&format!("{evidence}/withdrawal"), &[]).await.expect(404);
    hand_in(&stranger, &at, "letter", PDF).await.expect(404);
    owner.client.post(&format!("{evidence}/withdrawal"), &[]).await.expect(303);
    owner.client.post(&format!("{evidence}/withdrawal"), &[]).await.expect(409);
    work(&city).await;
    owner.client.get(&format!("{at}/evidence")).await.expect(200).sees("Belum ada bukti");
    owner.client.get(&at).await.expect(200).sees("Surat RT/RW ditarik");
}

#[tokio::test]
async fn evidence_that_waits_stands_in_the_queue_and_nobody_checks_their_own() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", kit::NIK).await;
    hand_in(&owner, &at, "permit", PDF).await.expect(303);
    let officer = office(&city).await;
    let queue = officer.client.get("/registry/queue?asks=evidence").await.expect(200);
    queue.sees("Dapur Bu Siti").sees("Bukti menunggu").sees("Sejak 12 Maret 2026");
    let record = officer.client.get(&at.replace("registrations", "records")).await.expect(200);
    let evidence = newest(&record.sees("Izin lain"));
    let own = register(&officer.client, "Warung Petugas").await;
    hand_in(&officer, &own, "place", PHOTO).await.expect(303);
    let mine = newest(&officer.client.get(&format!("{own}/evidence")).await.expect(200));
    let accept = [("verdict", "accept")];
    officer.client.post(&format!("{mine}/verdict"), &accept).await.expect(409).sees("petugas lain");
    let verdict = format!("{evidence}/verdict");
    officer.client.post(&verdict, &accept).await.expect(422).sees("Buka dulu surat ini");
    let look = [("purpose", "verify")];
    officer.client.post(&format!("{evidence}/look"), &look).await.expect(200);
    officer.client.post(&verdict, &accept).await.expect(303);
    let queue = officer.client.get("/registry/queue?asks=evidence").await.expect(200);
    assert!(!queue.text().contains("Dapur Bu Siti"));
}

#[tokio::test]
async fn a_personal_paper_is_accepted_only_by_whoever_opened_it_and_returned_by_anybody() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    hand_in(&owner, &at, "letter", PDF).await.expect(303);
    let evidence = newest(&owner.client.get(&format!("{at}/evidence")).await.expect(200));
    let (verdict, accept) = (format!("{evidence}/verdict"), [("verdict", "accept")]);
    let officer = office(&city).await;
    let dinas = kit::dinas(&city).await;
    let other = city.person("Dewi Rekaan", base::Role::RegistryOfficer, &dinas).await;
    let look = [("purpose", "verify")];
    other.client.post(&format!("{evidence}/look"), &look).await.expect(200);
    let refused = officer.client.post(&verdict, &accept).await.expect(422);
    refused.sees("Buka dulu surat ini").sees("Yang belum Anda lihat");
    let returned = [("verdict", "return"), ("reason", "Stempelnya tidak ada.")];
    officer.client.post(&verdict, &returned).await.expect(303);
    hand_in(&owner, &at, "letter", PDF).await.expect(303);
    let again = newest(&owner.client.get(&format!("{at}/evidence")).await.expect(200));
    let verdict = format!("{again}/verdict");
    other.client.post(&verdict, &accept).await.expect(422).sees("Buka dulu surat ini");
    other.client.post(&format!("{again}/look"), &look).await.expect(200);
    other.client.post(&verdict, &accept).await.expect(303);
}

#[tokio::test]
async fn a_business_whose_evidence_waits_is_not_verified_before_it_was_checked() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    kit::answers(&owner.client, &at).await;
    hand_in(&owner, &at, "place", PHOTO).await.expect(303);
    owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    let officer = office(&city).await;
    let record = at.replace("registrations", "records");
    let refused = kit::decide(&officer.client, &record, "verify", "").await.expect(422);
    let evidence = newest(&refused.sees("Periksa dulu bukti yang menunggu"));
    officer.client.post(&format!("{evidence}/verdict"), &[("verdict", "accept")]).await.expect(303);
    kit::decide(&officer.client, &record, "verify", "").await.expect(303);
}

#[tokio::test]
async fn a_row_with_evidence_that_waits_is_not_offered_for_verifying_many() {
    let city = city().await;
    let list = "Nama Usaha;Nama Pemilik;Alamat;Kelurahan;Kecamatan\n\
        Soto Rekaan;Budi Rekaan;Jl. Menoreh 9;Sampangan;Gajahmungkur\n";
    crate::desk::bring(&city, list.to_owned()).await;
    let id = crate::desk::number(&city, 1).await;
    let officer = office(&city).await;
    let ticked = format!("{id}~1");
    let queue = officer.client.get("/registry/queue").await.expect(200);
    assert!(queue.body.contains(&ticked));
    let at = format!("/registry/registrations/{id}");
    hand_in(&officer, &at, "place", PHOTO).await.expect(303);
    let queue = officer.client.get("/registry/queue").await.expect(200).sees("Bukti menunggu");
    assert!(!queue.body.contains(&ticked), "it is looked at by itself");
    let all = [("business", ticked.as_str())];
    officer.client.post("/registry/queue/verification", &all).await.expect(303);
    officer.client.get("/registry/queue").await.expect(200).sees("Soto Rekaan");
}
