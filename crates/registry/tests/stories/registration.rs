//! An owner registers on a phone and an officer verifies.

use registry::{State, business};

use crate::kit::{self, NIK, answers, city, office, register};

#[tokio::test]
async fn an_owner_registers_page_by_page_and_is_told_what_happens_next() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let begun = owner
        .client
        .post(
            "/registry/registrations",
            &[
                ("name", "Dapur Bu Siti"),
                ("category", "makanan"),
                ("activity", "nasi kotak dan soto"),
            ],
        )
        .await
        .expect(303);
    let kbli = begun.location.unwrap();
    owner.client.get(&kbli).await.expect(200).sees("Rumah/Warung Makan").sees("Jasa Boga");
    let at = kbli.trim_end_matches("/kbli").to_owned();
    let next = answers(&owner.client, &at).await;
    assert_eq!(next, format!("{at}/check"));
    let check = owner.client.get(&next).await.expect(200);
    check.sees("337401••••••0001").sees("Sampangan, Gajahmungkur").sees("RT 006");
    owner.client.post(&format!("{at}/submission"), &[]).await.expect(422).sees("Centang");
    let sent = owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    assert_eq!(sent.location.as_deref(), Some(at.as_str()));
    let page = owner.client.get(&at).await.expect(200);
    page.sees("Terkirim. Nomor UMKM-33.74-000001.").sees("Kamis, 26 Maret 2026");
    owner.client.get("/registry/own").await.expect(200).sees("Dapur Bu Siti").sees("Dikirim");
}

#[tokio::test]
async fn a_form_sent_twice_counts_once_and_a_corrected_one_means_the_correction() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let send = async |name: &str| {
        let form = [("name", name), ("category", "makanan"), ("activity", "nasi kotak")];
        let sent = owner.client.post_with_key("/registry/registrations", &form, "one-form").await;
        sent.expect(303).location.unwrap()
    };
    let first = send("Salah Nama").await;
    assert_eq!(send("Salah Nama").await, first, "two taps on one button");
    let corrected = send("Betul Nama").await;
    owner.client.get(&corrected).await.expect(200).sees("Betul Nama");
}

#[tokio::test]
async fn nobody_begins_more_than_they_send_and_what_is_typed_stays() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let first = register(&owner.client, "Usaha 1").await;
    for number in 2..=5 {
        register(&owner.client, &format!("Usaha {number}")).await;
    }
    let form = [("name", "Usaha 6"), ("category", "makanan"), ("activity", "nasi kotak")];
    let full = owner.client.post("/registry/registrations", &form).await.expect(422);
    let full = full.sees("5 pendaftaran yang belum dikirim").sees("Buka Usaha saya");
    assert!(full.body.contains("value=\"Usaha 6\""), "{}", full.body);
    answers(&owner.client, &first).await;
    let sent = owner.client.post(&format!("{first}/submission"), &[("agree", "1")]).await;
    sent.expect(303);
    owner.client.post("/registry/registrations", &form).await.expect(303);
    let other = city.citizen("Budi Rekaan").await;
    register(&other.client, "Usaha orang lain").await;
}

#[tokio::test]
async fn what_is_typed_wrong_is_explained_beside_the_field() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let empty = owner.client.post("/registry/registrations", &[]).await.expect(422);
    empty.sees("Isi nama usaha").sees("Pilih jenis usaha");
    let at = register(&owner.client, "Dapur Bu Siti").await;
    let wrong = [("name", "Siti"), ("nik", "33740112"), ("phone", "0812"), ("version", "2")];
    let page = owner.client.post(&format!("{at}/owner"), &wrong).await.expect(422);
    let page = page.sees("NIK berisi 16 angka").sees("terlalu pendek");
    assert!(!page.body.contains("33740112"), "a number never comes back in a page");
    let outside =
        [("village", "33.74.09.1004"), ("street", "Jl. A"), ("latitude", "1"), ("longitude", "1")];
    let page = owner.client.post(&format!("{at}/place"), &outside).await.expect(422);
    page.sees("di luar kota");
    let stranger = city.citizen("Orang Lain").await;
    stranger.client.get(&at).await.expect(404);
    stranger.client.get(&format!("{at}/owner")).await.expect(404);
    city.visitor().get(&at).await.expect(303);
    city.visitor().get("/registry/registration").await.expect(200).sees("Buat akun");
}

#[tokio::test]
async fn a_verified_owner_may_act_for_the_business() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    answers(&owner.client, &at).await;
    owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    let officer = office(&city).await;
    let record = at.replace("registrations", "records");
    let version = kit::version(&officer.client, &record).await;
    let decide = [("decision", "verify"), ("version", version.as_str())];
    officer.client.post(&format!("{record}/decision"), &decide).await.expect(303);
    let page = owner.client.get(&at).await.expect(200).sees("Terverifikasi");
    page.sees("Tawarkan barang").sees("Datanya perlu dibenarkan lagi oleh pemilik paling lambat");
    city.visitor().get("/registry/businesses").await.expect(200).sees("Dapur Bu Siti");
    let last = format!("/registry/businesses?after=zzz~{}", at.rsplit('/').next().unwrap());
    let past = city.visitor().get(&last).await.expect(200);
    assert!(past.body.contains("href=\"/registry/businesses\""), "it leads to the first page");
    past.sees("Halaman ini sesudah yang terakhir");
    let none = city.visitor().get("/registry/businesses?q=hotel").await.expect(200);
    none.sees("Tidak ada usaha yang cocok");
}

#[tokio::test]
async fn a_record_that_nobody_confirms_for_a_year_stops_trading_until_its_owner_does() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let id = at.rsplit('/').next().and_then(registry::BusinessId::parse).unwrap();
    city.pass_days(370);
    let swept = city.write(|tx| base::deadline::sweep(tx, registry::area().outcomes, 50)).await;
    assert_eq!(swept.unwrap().passed, 1);
    let found = id.clone();
    let lapsed = city.write(move |tx| business::find(tx, &found)).await.unwrap();
    assert_eq!(lapsed.state, State::Stale);
    let client = city.comes_back(&owner).await;
    client.get(&at).await.expect(200).sees("Sudah setahun");
    client.post(&format!("{at}/confirmation"), &[]).await.expect(303);
    let confirmed = city.write(move |tx| business::find(tx, &id)).await.unwrap();
    assert_eq!(confirmed.state, State::Verified);
}

#[tokio::test]
async fn an_inspector_sees_and_changes_nothing() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    let inspector = kit::inspector(&city).await;
    let record = at.replace("registrations", "records");
    inspector.client.get(&record).await.expect(200).sees("Dapur Bu Siti");
    inspector.client.get(&format!("{at}/trade")).await.expect(404);
    let form = [("decision", "close"), ("version", "1"), ("reason", "tutup")];
    inspector.client.post(&format!("{record}/decision"), &form).await.expect(403);
}

#[tokio::test]
async fn only_what_is_complete_can_be_sent_and_each_gap_leads_to_its_page() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    owner.client.get("/registry/registration/trade").await.expect(200).sees("Langkah 1 dari 6");
    owner.client.get(&format!("{at}/photo")).await.expect(200).sees("Langkah 4 dari 6");
    let page = owner.client.get(&format!("{at}/check")).await.expect(200).sees("Lengkapi dulu");
    assert!(!page.body.contains(&format!("{at}/submission")), "nothing to send yet");
    assert!(page.body.contains(&format!("{at}/place?then=check")), "a gap leads to its page");
    let sent = owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(422);
    sent.sees("Isi 16 angka NIK");
    answers(&owner.client, &at).await;
    let page = owner.client.get(&format!("{at}/check")).await.expect(200);
    assert!(page.body.contains(&format!("{at}/submission")));
}

#[tokio::test]
async fn a_draft_is_deleted_by_its_owner_alone_and_its_number_stays_used() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Salah Ketik").await;
    let removal = format!("{at}/removal");
    let paper: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let evidence = format!("{at}/evidence");
    let what = [("what", "nib")];
    owner.client.upload(&evidence, &what, ("file", "nib.pdf", paper)).await.expect(303);
    city.citizen("Orang Lain").await.client.post(&removal, &[]).await.expect(404);
    owner.client.get(&removal).await.expect(200).sees("Hapus draf ini?").sees("Salah Ketik");
    owner.client.post(&removal, &[]).await.expect(303);
    owner.client.get(&at).await.expect(404);
    let own = owner.client.get("/registry/own").await.expect(200);
    assert!(!own.text().contains("Salah Ketik"));
    let sent = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    owner.client.get(&sent).await.expect(200).sees("UMKM-33.74-000002");
    owner.client.post(&format!("{sent}/removal"), &[]).await.expect(409);
    let findings = city.write(|tx| (registry::area().verify.unwrap())(tx)).await.unwrap();
    assert_eq!(findings, []);
}

#[tokio::test]
async fn a_nib_of_another_owner_is_told_on_its_own_page() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let size = async |at: &str, client: &testkit::Client| {
        let version = kit::version(client, &format!("{at}/size")).await;
        let form = [("nib", "9120001234567"), ("version", version.as_str())];
        client.post(&format!("{at}/size"), &form).await
    };
    let officer = office(&city).await;
    size(&at, &officer.client).await.expect(303);
    let other = city.citizen("Orang Lain").await;
    let theirs = register(&other.client, "Warung Lain").await;
    let page = size(&theirs, &other.client).await.expect(422).sees("sudah dipakai usaha lain");
    assert!(page.body.contains("value=\"9120001234567\""), "the form is kept");
}

#[tokio::test]
async fn a_photo_is_taken_away_again_and_a_business_has_several_trades() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    let photo: &[u8] = include_bytes!("../../../procurement/tests/kit/boxes.png");
    let version = kit::version(&owner.client, &format!("{at}/photo")).await;
    let form = [("version", version.as_str())];
    let sent = owner.client.upload(&format!("{at}/photo"), &form, ("photo", "p.png", photo)).await;
    sent.expect(303);
    owner.client.get(&format!("{at}/photo")).await.expect(200).sees("Ganti foto");
    let version = kit::version(&owner.client, &format!("{at}/photo")).await;
    let form = [("version", version.as_str())];
    owner.client.post(&format!("{at}/photo/removal"), &form).await.expect(303);
    let page = owner.client.get(&format!("{at}/photo")).await.expect(200);
    assert!(!page.text().contains("Ganti foto"));
    let version = kit::version(&owner.client, &format!("{at}/kbli")).await;
    let form =
        [("kbli", "56210"), ("more", "56102"), ("more", "56210"), ("version", version.as_str())];
    owner.client.post(&format!("{at}/kbli"), &form).await.expect(303);
    let check = owner.client.get(&format!("{at}/check")).await.expect(200);
    check.sees("KBLI lain 56102 Rumah/Warung Makan");
}

#[tokio::test]
async fn figures_above_those_of_an_umkm_are_said_at_once() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Pabrik Rekaan").await;
    let version = crate::kit::version(&owner.client, &format!("{at}/size")).await;
    let size = [("annual_sales", "999.000.000.000"), ("version", &version)];
    let saved = owner.client.post(&format!("{at}/size"), &size).await.expect(303);
    let said = saved.headers["set-cookie"].to_str().unwrap();
    assert!(said.contains("registry-saved-large"), "{said}");
    let check = owner.client.get(&format!("{at}/check")).await.expect(200);
    check.sees("Usaha sebesar ini bukan UMKM").sees("petugas dapat menolak");
}
