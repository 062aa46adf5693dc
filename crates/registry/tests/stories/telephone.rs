//! Telephone numbers: sealed where they lie, masked on screens, found whole, opened with a reason.

use registry::{Business, business};
use testkit::City;

use crate::desk::bring;
use crate::kit::{self, NIK, answers_with, city, office, register, version};

const HEAD: &str = "Nama Usaha;Nama Pemilik;HP;Alamat;Kelurahan;Kecamatan\n";

fn row(name: &str, phone: &str) -> String {
    format!("{name};Siti Rekaan;{phone};Jl. Menoreh 4;Sampangan;Gajahmungkur\n")
}

async fn numbered(city: &City, serial: u32) -> Business {
    let number = format!("UMKM-33.74-{serial:06}");
    city.write(move |tx| business::by_number(tx, &number)).await.unwrap()
}

/// Everything the tables of the registry say in clear, in one text.
async fn in_clear(city: &City) -> String {
    city.read(|read| {
        let businesses: Vec<(String, Option<String>, Option<String>)> = read.all(
            "SELECT phone_blind, phone_mask, public_phone FROM registry_businesses
             WHERE phone_blind IS NOT NULL ORDER BY id",
            &[],
        )?;
        let owners: Vec<(Option<String>, Option<String>)> =
            read.all("SELECT phone_blind, phone_mask FROM registry_owners ORDER BY id", &[])?;
        let doubts: Vec<(String, String)> =
            read.all("SELECT read, hint FROM registry_doubts ORDER BY id", &[])?;
        let events: Vec<(String,)> = read.all("SELECT data FROM events ORDER BY id", &[])?;
        Ok(format!("{businesses:?}{owners:?}{doubts:?}{events:?}"))
    })
    .await
}

#[tokio::test]
async fn an_officer_sees_a_mask_and_opens_the_number_with_a_reason_that_its_owner_reads() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let officer = office(&city).await;
    let record = at.replace("registrations", "records");
    let page = officer.client.get(&record).await.expect(200).sees("0812-••••-••90");
    assert!(!page.body.contains("34567"), "the number itself is on no page");
    let form = officer.client.get(&format!("{at}/owner")).await.expect(200).sees("0812-••••-••90");
    assert!(!form.body.contains("3456-7890"), "nor in a form that an officer mends");
    let look = format!("{record}/look");
    officer.client.post(&look, &[("what", "ktp"), ("purpose", "contact")]).await.expect(422);
    let why = [("what", "phone"), ("purpose", "contact"), ("purpose_words", "Soal alamat.")];
    officer.client.post(&look, &why).await.expect(303);
    let seen = officer.client.get(&record).await.expect(200).sees("0812-3456-7890");
    assert!(seen.body.contains("tel:+6281234567890"));
    assert!(seen.body.contains("https://wa.me/6281234567890?text="));
    let owner = city.comes_back(&owner).await;
    let looks = owner.get("/account/looks").await.expect(200).sees("Nomor ponsel");
    looks.sees("Menghubungi pemilik: Soal alamat.");
    let own = owner.get(&format!("{at}/owner")).await.expect(200);
    assert!(own.body.contains("value=\"0812-3456-7890\""), "one's own number is no look");
    assert!(!in_clear(&city).await.contains("34567"));
}

#[tokio::test]
async fn a_number_wants_a_purpose_and_is_gone_when_the_minutes_of_the_look_are_over() {
    let city = city().await;
    let (officer, other) = (office(&city).await, office(&city).await);
    assert_eq!(bring(&city, format!("{HEAD}{}", row("Soto Rekaan", "(024) 8311234"))).await, 1);
    let record = format!("/registry/records/{}", numbered(&city, 1).await.id);
    let look = format!("{record}/look");
    for (purpose, words, said) in [
        ("", "Menelepon soal alamat", "Pilih keperluannya."),
        ("aaaaa", "", "Pilih keperluannya."),
        ("other", "", "Jelaskan keperluan lain itu"),
        ("other", "aaaaa aaaaa", "Jelaskan keperluan lain itu"),
    ] {
        let form = [("what", "phone"), ("purpose", purpose), ("purpose_words", words)];
        let page = officer.client.post(&look, &form).await.expect(422).sees(said);
        assert!(page.body.contains("<details id=\"what\" open>"), "the drawer stays open");
        assert!(page.body.contains(&format!("value=\"{words}\"")), "what was typed stays");
        assert!(!page.text().contains("0248-3112-34"));
    }
    let form = [("what", "phone"), ("purpose", "other"), ("purpose_words", "Undangan pelatihan")];
    officer.client.post(&look, &form).await.expect(303);
    for _ in 0..2 {
        let page = officer.client.get(&record).await.expect(200).sees("0248-3112-34");
        let page = page.sees("Terlihat bagi Anda sampai 12 Maret 2026, 09.10 WIB");
        assert!(!page.body.contains("wa.me/"), "WhatsApp reaches no landline");
    }
    let page = other.client.get(&record).await.expect(200);
    assert!(!page.text().contains("0248-3112-34"), "it is seen by whoever looked");
    page.sees("Keperluan lain").sees("Undangan pelatihan");
    city.pass_ms(10 * 60 * 1000);
    let page = officer.client.get(&record).await.expect(200).sees("0248-••••-34");
    assert!(!page.text().contains("0248-3112-34"), "a reload later wants another look");
}

#[tokio::test]
async fn an_owner_without_an_account_is_written_to_after_a_look() {
    let city = city().await;
    let officer = office(&city).await;
    assert_eq!(bring(&city, format!("{HEAD}{}", row("Soto Rekaan", "081200000021"))).await, 1);
    let record = format!("/registry/records/{}", numbered(&city, 1).await.id);
    kit::decide(&officer.client, &record, "return", "Alamat kurang jelas.").await.expect(303);
    let page = officer.client.get(&record).await.expect(200).sees("belum punya akun");
    assert!(!page.body.contains("081200000021") && !page.body.contains("wa.me/"));
    let why = [("what", "phone"), ("purpose", "contact")];
    officer.client.post(&format!("{record}/look"), &why).await.expect(303);
    let seen = officer.client.get(&record).await.expect(200);
    assert!(seen.body.contains("https://wa.me/6281200000021?text="));
    assert!(seen.body.contains("Alamat%20kurang%20jelas"));
}

#[tokio::test]
async fn the_desk_finds_a_business_by_its_whole_number_however_it_is_typed() {
    let city = city().await;
    let officer = office(&city).await;
    let list = [row("Soto Rekaan", "081200000021"), row("Jamu Rekaan", "081200000022")];
    assert_eq!(bring(&city, format!("{HEAD}{}", list.concat())).await, 2);
    for typed in ["081200000021", "%2B62+812-0000-0021", "81200000021"] {
        let page = officer.client.get(&format!("/registry/queue?q={typed}")).await.expect(200);
        assert!(!page.sees("Soto Rekaan").text().contains("Jamu Rekaan"), "{typed}");
    }
    let part = officer.client.get("/registry/queue?q=8120000").await.expect(200);
    assert!(!part.text().contains("Soto Rekaan"), "a part of a number finds nobody");
}

#[tokio::test]
async fn a_number_is_public_only_while_its_owner_agrees() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = kit::verified(&city, &owner, "Dapur Bu Siti", NIK).await;
    let shop = "/registry/businesses/UMKM-33.74-000001";
    let shows = async || city.visitor().get(shop).await.expect(200).body.contains("6281234567890");
    assert!(!shows().await);
    let agree = async |public: &str, phone: &str| {
        let version = version(&owner.client, &format!("{at}/owner")).await;
        let form = [("name", "Siti Rahayu"), ("phone", phone), ("phone_is_public", public)];
        let form = [&form[..], &[("version", version.as_str())]].concat();
        owner.client.post(&format!("{at}/owner"), &form).await
    };
    agree("1", "").await.expect(422).sees("Ketik nomor yang boleh tampil");
    agree("1", "081234567890").await.expect(303);
    assert!(shows().await);
    agree("1", "").await.expect(303);
    assert!(shows().await, "an empty field keeps what is there");
    agree("", "").await.expect(303);
    assert!(!shows().await);
    assert!(!in_clear(&city).await.contains("81234567890"));
}

#[tokio::test]
async fn the_same_name_and_number_are_twins_though_neither_number_is_opened() {
    let city = city().await;
    assert_eq!(bring(&city, format!("{HEAD}{}", row("Soto Rekaan", "081234567890"))).await, 1);
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Soto Rekaan").await;
    answers_with(&owner.client, &at, NIK, "33.74.11.1003").await;
    owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    let officer = office(&city).await;
    officer.client.get("/registry/pairs").await.expect(200).sees("Soto Rekaan");
}

#[tokio::test]
async fn a_later_list_meets_its_businesses_by_number_and_its_rows_by_themselves() {
    let city = city().await;
    let first = format!("{HEAD}{}", row("Soto Rekaan", "081200000021"));
    assert_eq!(bring(&city, first.clone()).await, 1);
    assert_eq!(bring(&city, first).await, 0, "the same row adds nothing");
    let moved = "Soto Rekaan;Budi Rekaan;0812-0000-0021;Jl. Lain 9;Bendungan;Gajahmungkur\n";
    assert_eq!(bring(&city, format!("{HEAD}{moved}")).await, 1);
    let twin = numbered(&city, 2).await;
    assert_eq!(twin.state, registry::State::Held, "the same name and number");
    let odd = row("Jamu Rekaan", "0812 0000 0031 2233");
    assert_eq!(bring(&city, format!("{HEAD}{odd}")).await, 1);
    let clear = in_clear(&city).await;
    assert!(!clear.contains("0000 00") && !clear.contains("00000021"), "not even a wrong one");
}
