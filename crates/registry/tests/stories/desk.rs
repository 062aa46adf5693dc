//! Officers decide: with reasons, on doubts and duplicates, on many at once, and on claims.

use std::sync::Arc;

use base::Date;
use lists::{Form, Paper};
use particulars::region::CityRegions;
use registry::list::{self, Bringing, Columns};
use registry::{BusinessId, business};
use testkit::City;

use crate::kit::{self, NIK, answers, city, decide, office, register};

fn record(at: &str) -> String {
    at.replace("registrations", "records")
}

/// Brings a list of names, NIK and NIB, and gives the records, the first line first.
async fn import(city: &City, rows: &[(&str, &str, &str)]) -> Vec<BusinessId> {
    import_at(city, "Jl. Menoreh 4;Sampangan;Gajahmungkur", rows).await
}

/// Brings a list in as the command line does; gives how many businesses are new.
pub(crate) async fn bring(city: &City, text: String) -> i64 {
    let (db, keyring) = (city.db.clone(), Arc::clone(&city.keyring));
    let bring = move || {
        let bringing = Bringing {
            db: &db,
            keyring: &keyring,
            city: &CityRegions::of_code("33.74").unwrap(),
            as_of: Date::parse("2026-03-12").unwrap(),
            columns: Columns::Remembered,
            import: None,
            dry_run: false,
            watch: None,
        };
        let mut nowhere = std::io::sink();
        let paper = Paper::new(Form::Nothing, &mut nowhere);
        list::bring(&bringing, "daftar.csv", text.into_bytes(), paper).unwrap()
    };
    tokio::task::spawn_blocking(bring).await.unwrap().added
}

async fn import_at(city: &City, place: &str, rows: &[(&str, &str, &str)]) -> Vec<BusinessId> {
    let mut text = "Nama Usaha;Nama Pemilik;NIK;Alamat;Kelurahan;Kecamatan;NIB\n".to_owned();
    for (name, nik, nib) in rows {
        text.push_str(&format!("{name};Siti Rahayu;{nik};{place};{nib}\n"));
    }
    let count = rows.len();
    assert_eq!(bring(city, text).await, count as i64);
    let mut ids = Vec::new();
    for serial in 1..=count {
        ids.push(number(city, serial).await);
    }
    ids
}

/// The record with this number.
pub(crate) async fn number(city: &City, serial: usize) -> BusinessId {
    let number = format!("UMKM-33.74-{serial:06}");
    city.write(move |tx| business::by_number(tx, &number)).await.unwrap().id
}

#[tokio::test]
async fn a_registration_goes_back_with_its_reason_and_comes_again() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    answers(&owner.client, &at).await;
    owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    let officer = office(&city).await;
    let queue = officer.client.get("/registry/queue").await.expect(200);
    queue.sees("Dapur Bu Siti").sees("Batas 26 Maret 2026");
    let page = officer.client.get(&record(&at)).await.expect(200);
    let page = page.sees("Keputusan").sees("337401••••••0001");
    assert!(!page.body.contains(NIK));
    decide(&officer.client, &record(&at), "return", "").await.expect(422).sees("Tulis alasannya");
    decide(&officer.client, &record(&at), "return", "Foto papan nama belum ada.").await.expect(303);
    let page = owner.client.get(&at).await.expect(200);
    page.sees("Perlu perbaikan").sees("Foto papan nama belum ada.");
    let again = [("agree", "1")];
    owner.client.post(&format!("{at}/submission"), &again).await.expect(303);
    decide(&officer.client, &record(&at), "verify", "").await.expect(303);
    let page = officer.client.get(&record(&at)).await.expect(200);
    page.sees("Diminta perbaikan").sees("Terverifikasi").sees("Ratna Widyastuti");
}

#[tokio::test]
async fn each_look_at_a_nik_has_a_reason_that_its_owner_reads() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    answers(&owner.client, &at).await;
    let officer = office(&city).await;
    let look = format!("{}/look", record(&at));
    let refused =
        officer.client.post(&look, &[("what", "nik"), ("purpose", "other")]).await.expect(422);
    assert!(
        refused.body.contains("<details id=\"what\" open>"),
        "the drawer with the error stays open"
    );
    let why = [("what", "nik"), ("purpose", "verify"), ("purpose_words", "Mencocokkan KTP")];
    officer.client.post(&look, &why).await.expect(303);
    let shown = officer.client.get(&record(&at)).await.expect(200);
    shown.sees(NIK).sees("Memverifikasi pendaftaran").sees("Mencocokkan KTP");
    let page = owner.client.get(&at).await.expect(200);
    page.sees("NIK pemilik dilihat").sees("Mencocokkan KTP").sees("Ratna Widyastuti");
    let stored: Vec<(String,)> =
        city.write(|tx| Ok(tx.all("SELECT data FROM events ORDER BY id", &[])?)).await.unwrap();
    assert!(stored.iter().all(|(data,)| !data.contains(NIK)), "no event carries the number");
}

#[tokio::test]
async fn a_row_that_came_in_with_another_list_is_not_new() {
    let city = city().await;
    let head = "Nama Usaha;Nama Pemilik;Alamat;Kelurahan;Kecamatan\n";
    let row = "Soto Pak Man;Siti Rahayu;Jl. Menoreh 4;Sampangan;Gajahmungkur\n";
    let other = "Keripik Barokah;Budi Rekaan;Jl. Menoreh 9;Sampangan;Gajahmungkur\n";
    assert_eq!(bring(&city, format!("{head}{row}")).await, 1);
    assert_eq!(bring(&city, format!("{head}{row}{other}")).await, 1, "one of the two is known");
}

#[tokio::test]
async fn a_business_that_nobody_can_find_is_not_verified() {
    let city = city().await;
    let ids = import_at(&city, ";;", &[("Toko Maju Jaya", "", "")]).await;
    let officer = office(&city).await;
    let queue = officer.client.get("/registry/queue").await.expect(200);
    queue.sees("Toko Maju Jaya").sees("Tempat belum diisi");
    let ticked = format!("{}~1", ids[0]);
    let all = [("business", ticked.as_str())];
    officer.client.post("/registry/queue/verification", &all).await.expect(303);
    let at = format!("/registry/records/{}", ids[0]);
    decide(&officer.client, &at, "verify", "").await.sees("Tempat usaha belum diisi");
    let directory = city.visitor().get("/registry/businesses").await.expect(200);
    assert!(!directory.text().contains("Toko Maju Jaya"));
    decide(&officer.client, &at, "return", "Tempatnya belum ada.").await.expect(303);
    officer.client.get(&at).await.expect(200).sees("Pemilik belum punya akun");
}

#[tokio::test]
async fn a_doubt_stands_between_a_row_and_its_verification() {
    let city = city().await;
    let rows = [
        ("Keripik Barokah", "", "912000123456"),
        ("Soto Pak Man", "", ""),
        ("Penjahit Rapi", "", ""),
    ];
    let ids = import(&city, &rows).await;
    let officer = office(&city).await;
    let at = format!("/registry/records/{}", ids[0]);
    let page = officer.client.get(&at).await.expect(200).sees("912000123456");
    decide(&officer.client, &at, "verify", "").await.expect(422).sees("Masih ada keraguan");
    let ticked: Vec<(&str, String)> =
        ids.iter().map(|id| ("business", format!("{id}~1"))).collect();
    let ticked: Vec<(&str, &str)> = ticked.iter().map(|(name, v)| (*name, v.as_str())).collect();
    let empty = officer.client.get("/registry/queue?q=tidak+ada+yang+bernama+ini").await;
    empty.expect(200).sees("Tidak ada yang cocok dengan saringan ini").sees("Hapus semua saringan");
    let none = officer.client.post("/registry/queue/verification", &[]).await.expect(303);
    assert!(none.headers["set-cookie"].to_str().unwrap().contains("registry-rows-wanted"));
    officer.client.post("/registry/queue/verification", &ticked).await.expect(303);
    let left = officer.client.get("/registry/queue").await.expect(200).sees("Keripik Barokah");
    assert!(!left.text().contains("Soto Pak Man"));
    let doubt = page.body.split("/registry/doubts/").nth(1).unwrap().split('"').next().unwrap();
    let settlement = format!("/registry/doubts/{doubt}/settlement");
    let right = [("answer", "right"), ("why", "asked-owner")];
    let again = officer.client.post(&settlement, &right).await.expect(422);
    again.sees("selesai hanya dengan NIB yang benar");
    officer.client.post(&settlement, &[("answer", "nib"), ("nib", "12")]).await.expect(422);
    let none = [("answer", "no-nib"), ("note", "Baru mengurus di OSS.")];
    officer.client.post(&settlement, &none).await.expect(303);
    let page = officer.client.get(&at).await.expect(200);
    page.sees("Keraguan diselesaikan")
        .sees("Pemilik belum punya NIB")
        .sees("Baru mengurus di OSS.");
    decide(&officer.client, &at, "verify", "").await.expect(303);
    let numbers = officer.client.get("/registry/overview").await.expect(200);
    numbers.sees("3 usaha tercatat").sees("Gajahmungkur");
}

#[tokio::test]
async fn typing_a_nik_opens_nothing_until_an_officer_has_verified_its_owner() {
    let city = city().await;
    let listed = import(&city, &[("Dapur Bu Siti", NIK, ""), ("Katering Rahayu", NIK, "")]).await;
    let officer = office(&city).await;
    decide(&officer.client, &format!("/registry/records/{}", listed[1]), "verify", "")
        .await
        .expect(303);
    let owner = city.citizen("Siti Rahayu").await;
    let at = register(&owner.client, "Dapur Bu Siti").await;
    answers(&owner.client, &at).await;
    let own = owner.client.get("/registry/own").await.expect(200);
    assert!(!own.text().contains("Katering Rahayu"), "a claim opens nothing");
    owner.client.get(&format!("/registry/registrations/{}", listed[0])).await.expect(404);
    owner.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    let page = officer.client.get(&record(&at)).await.expect(200);
    page.sees("2 usaha dari daftar memakai NIK yang sama");
    decide(&officer.client, &record(&at), "verify", "").await.expect(422).sees("mirip data lain");
    settle_pairs(&officer.client, "Dapur Bu Siti").await;
    let kept = format!("/registry/records/{}", listed[0]);
    decide(&officer.client, &kept, "verify", "").await.expect(303);
    let own = owner.client.get("/registry/own").await.expect(200);
    own.sees("Katering Rahayu").sees("UMKM-33.74-000001").sees("Ditutup");
    let seats = owner.client.get("/account").await.expect(200);
    seats.sees("Katering Rahayu").sees("Dapur Bu Siti");
    let second = city.citizen("Orang Lain").await;
    let theirs = register(&second.client, "Warung Lain").await;
    let form = [("name", "Orang Lain"), ("nik", NIK), ("phone", "081255556666"), ("version", "1")];
    second
        .client
        .post(&format!("{theirs}/owner"), &form)
        .await
        .expect(409)
        .sees("sudah dipakai akun lain");
}

/// Decides every open pair: the same business where the older has this name.
async fn settle_pairs(officer: &testkit::Client, same: &str) {
    loop {
        let list = officer.get("/registry/pairs").await.expect(200);
        let Some(rest) = list.body.split("/registry/pairs/").nth(1) else { return };
        let pair = rest.split('"').next().unwrap();
        let page = officer.get(&format!("/registry/pairs/{pair}")).await.expect(200);
        let sides = page.body.matches(&format!("<strong>{same}</strong>")).count();
        let form = [("same", if sides == 2 { "1" } else { "0" }), ("why", "same-person")];
        officer.post(&format!("/registry/pairs/{pair}/decision"), &form).await.expect(303);
    }
}

#[tokio::test]
async fn nobody_verifies_a_business_of_their_own_and_nothing_is_found_wrong_afterwards() {
    let city = city().await;
    let officer = office(&city).await;
    let at = register(&officer.client, "Warung Petugas").await;
    answers(&officer.client, &at).await;
    officer.client.post(&format!("{at}/submission"), &[("agree", "1")]).await.expect(303);
    let page = officer.client.get(&record(&at)).await.expect(200).sees("Ini usaha Anda sendiri");
    assert!(!page.body.contains(&format!("{}/decision", record(&at))), "nothing is offered");
    let version = number(&city, 1).await;
    let version = city.write(move |tx| business::find(tx, &version)).await.unwrap().version;
    let form = [("decision", "verify"), ("version", &*version.to_string())];
    let decision = format!("{}/decision", record(&at));
    officer.client.post(&decision, &form).await.expect(422).sees("petugas lain");
    let findings = city.write(|tx| (registry::area().verify.unwrap())(tx)).await.unwrap();
    assert_eq!(findings, []);
}

#[tokio::test]
async fn only_officers_see_the_desk() {
    let city = city().await;
    let owner = city.citizen("Siti Rahayu").await;
    for page in ["/registry/queue", "/registry/pairs", "/registry/overview"] {
        owner.client.get(page).await.expect(403);
        city.visitor().get(page).await.expect(303);
    }
    let unknown = &owner.person;
    let officer = office(&city).await;
    officer.client.get(&format!("/registry/records/{unknown}")).await.expect(404);
    officer
        .client
        .get("/registry/queue?q=UMKM-33.74-000009")
        .await
        .expect(200)
        .sees("Tidak ada yang cocok");
    assert_eq!(kit::dinas(&city).await.name, "Dinas Koperasi dan Usaha Mikro");
}
