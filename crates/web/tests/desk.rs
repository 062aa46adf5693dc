//! The desk that opens accounts, gives roles and ends them, and the brakes in front of it.

mod kit;

use base::Role;
use base::account::OrganisationKind;
use kit::{admin, between, city, join, sign_in};
use testkit::City;

#[tokio::test]
async fn the_desk_opens_an_account_and_hands_over_a_link() {
    let city = city().await;
    let admin = admin(&city).await;
    admin.get("/people/new").await.expect(200);
    admin.post("/people", &[("name", "Budi Rekaan")]).await.expect(422).sees("Isi nomor ponsel");
    let form = [("name", "Budi Rekaan"), ("phone", "081234567800")];
    let made = admin.post("/people", &form).await.expect(303);
    let person = made.location.unwrap();
    admin.get(&person).await.expect(200).sees("0812-••••-••00").sees("Belum punya peran");
    let page = admin.post(&format!("{person}/password-link"), &[]).await.expect(303);
    let at = page.location.clone().unwrap();
    let carrying = admin.after(&page);
    let page = carrying.get(&at).await.expect(200).sees("Budi Rekaan").sees("tidak tampil lagi");
    let link = between(&page, "class=\"wrap-any\">http://127.0.0.1", "<").to_owned();
    let again = carrying.after(&page).get(&at).await.expect(200).sees("hanya tampil sekali");
    assert!(!again.body.contains("/sign-in/password/"), "a reload neither makes nor shows a link");
    assert_eq!(page.headers["cache-control"], "no-store");
    let budi = city.visitor();
    budi.get(&link).await.expect(200).sees("Budi Rekaan");
    budi.post(&link, &[("password", "budirekaan1")])
        .await
        .expect(422)
        .sees("nama, nomor, atau surel");
    budi.post(&link, &[("password", "sambal terasi mentah")]).await.expect(303);
    budi.get(&link).await.expect(422).sees("sudah dipakai atau kedaluwarsa").sees("Kirim surat");
    sign_in(&budi, "081234567800", "sambal terasi mentah").await.expect(303);
    city.visitor().get("/people").await.expect(303);
    join(&city, "Siti Rekaan", "081234567890").await.get("/people").await.expect(403);
}

#[tokio::test]
async fn the_desk_keeps_agencies_and_their_heads_keep_people() {
    let city = city().await;
    let admin = admin(&city).await;
    let form = [("kind", "agency"), ("name", "Dinas Kesehatan"), ("code", "1.02.01")];
    admin.post("/organisations", &form).await.expect(303);
    admin.post("/organisations", &form).await.expect(422).sees("sudah dipakai instansi lain");
    let namesake = [("kind", "agency"), ("name", "DINAS kesehatan"), ("code", "1.02.02")];
    admin.post("/organisations", &namesake).await.expect(422).sees("dengan nama ini sudah ada");
    admin.get("/organisations?q=kesehatan").await.expect(200).sees("1.02.01");
    admin.get("/organisations?q=tidak%20ada").await.expect(200).sees("Tidak ada dinas");

    let agency = city.organisation(OrganisationKind::Agency, "Dinas Pangan").await;
    let head = city.person("Kepala Rekaan", Role::AgencyHead, &agency).await.client;
    join(&city, "Siti Rekaan", "081234567890").await;
    head.get("/agency/people").await.expect(200).sees("Kepala Rekaan").sees("Anda");
    let form = [("identifier", "081234567899"), ("role", "receiver")];
    head.post("/agency/people", &form).await.expect(422).sees("Belum ada akun");
    let form = [("identifier", "081234567890"), ("role", "receiver")];
    head.post("/agency/people", &form).await.expect(303);
    let page = head.get("/agency/people").await.expect(200).sees("Siti Rekaan");
    let end = between(&page, "href=\"/agency/people/", "\"").to_owned();
    let end = format!("/agency/people/{end}");
    let asked = head.get(&end).await.expect(200).sees("Penerima barang").sees("Dinas Pangan");
    asked.sees("Tidak ada pekerjaan yang menunggu");
    head.get("/agency/people").await.expect(200).sees("Siti Rekaan");
    head.post(&end, &[("reason", "Pindah tugas")]).await.expect(303);
    assert!(!head.get("/agency/people").await.text().contains("Siti Rekaan"));
    head.get("/people").await.expect(403);
}

#[tokio::test]
async fn the_desk_offers_only_the_roles_of_an_office_and_the_refusal_names_the_other_role() {
    let city = city().await;
    let admin = admin(&city).await;
    let agency = city.organisation(OrganisationKind::Agency, "Dinas Pangan").await;
    let audit = city.organisation(OrganisationKind::Inspectorate, "Inspektorat Rekaan").await;
    let hendra = city.person("Hendra Rekaan", Role::Requester, &agency).await;
    let person = format!("/people/{}", hendra.person);
    let page = admin.get(&person).await.expect(200).sees("Inspektorat Rekaan");
    assert!(!page.body.contains("<select id=\"role\""), "first the office, then its roles");
    let page = admin.get(&format!("{person}?organisation={}", audit.id)).await.expect(200);
    assert!(
        page.body.contains("value=\"inspector\"") && !page.body.contains("value=\"treasurer\"")
    );
    let give = async |organisation: &str, role: &str| {
        let form = [("organisation", organisation), ("role", role)];
        admin.post(&format!("{person}/memberships"), &form).await.expect(422)
    };
    let conflict = give(audit.id.as_str(), "inspector").await;
    conflict.sees("Orang ini PPTK di Dinas Pangan").sees("mengawasi");
    give(audit.id.as_str(), "treasurer").await.sees("hanya ada di dinas. Pilih dinasnya");
    give(agency.id.as_str(), "city_admin").await.sees("kantor pengelola Gerai");
    give(agency.id.as_str(), "owner").await.sees("memverifikasi usahanya");
    give("", "treasurer").await.sees("Pilih instansi");
}

#[tokio::test]
async fn a_role_ends_after_a_question_and_never_ones_own() {
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Kantor Kota").await;
    let rini = city.person("Rini Rekaan", Role::CityAdmin, &office).await;
    let teguh = city.person("Teguh Rekaan", Role::CityAdmin, &office).await;
    let own = format!("/people/{}", rini.person);
    let mine = rini.client.get(&own).await.expect(200).sees("Tidak untuk diri sendiri");
    assert!(!mine.body.contains("/end\"") && !mine.body.contains("password-link"));
    assert!(!mine.text().contains("Bantuan di meja"), "nobody helps themselves at the desk");
    let end_of = async |who: &testkit::Actor| {
        let person = who.person.clone();
        let held = city.read(move |read| base::account::membership::of_person(read, &person)).await;
        format!("/people/{}/memberships/{}/end", who.person, held[0].id)
    };
    let (of_rini, of_teguh) = (end_of(&rini).await, end_of(&teguh).await);
    rini.client.get(&of_rini).await.expect(409);
    rini.client.post(&of_rini, &[]).await.expect(409);
    let asked = rini.client.get(&of_teguh).await.expect(200).sees("Teguh Rekaan");
    asked.sees("Pengelola akun kota").sees("Akhiri peran sekarang");
    let long = "a".repeat(201);
    let form = [("reason", long.as_str())];
    rini.client.post(&of_teguh, &form).await.expect(422).sees("paling panjang 200 huruf");
    rini.client.post(&of_teguh, &[("reason", "")]).await.expect(303);
    rini.client.get(&of_teguh).await.expect(409).sees("sudah berakhir");
    teguh.client.get(&own).await.expect(403);
}

#[tokio::test]
async fn people_are_found_by_number_and_office_and_a_taken_number_leads_to_its_holder() {
    let city = city().await;
    let admin = admin(&city).await;
    join(&city, "Budi Anggraini", "081234567890").await;
    join(&city, "Budi Anggraini", "081234567891").await;
    let agency = city.organisation(OrganisationKind::Agency, "Dinas Pangan").await;
    city.person("Hendra Rekaan", Role::Requester, &agency).await;
    admin.get("/people?q=budi").await.expect(200).sees("••90").sees("••91").sees("Tanpa peran");
    let one = admin.get("/people?q=0812+3456+7891").await.expect(200).sees("••91");
    assert!(!one.text().contains("••90"));
    admin.get("/people?q=0812345678").await.expect(200).sees("Tidak ada orang");
    let there = admin.get(&format!("/people?office={}", agency.id)).await.expect(200);
    let there = there.sees("Hendra Rekaan").sees("PPTK, Dinas Pangan");
    assert!(!there.text().contains("Budi"));
    let form = [("name", "Budi"), ("phone", "+62 812 3456 7890"), ("email", "")];
    let taken = admin.post("/people", &form).await.expect(422);
    let taken = taken.sees("Nomor ini dipakai akun Budi Anggraini").sees("Buka akunnya");
    let holder = between(&taken, "href=\"/people/0", "\"").to_owned();
    admin.get(&format!("/people/0{holder}")).await.expect(200).sees("••90");
    // Who is not at the desk learns no name.
    let form = [("name", "Budi"), ("phone", "081234567890"), ("password", "kopi tubruk pagi")];
    let page = city.visitor().post("/join", &form).await.expect(422).sees("sudah punya akun");
    assert!(!page.text().contains("Anggraini"));
}

#[tokio::test]
async fn a_machine_opens_few_accounts_and_a_hall_may_open_more() {
    let few = |mut opening: web::Opening| {
        opening.city.limits.accounts_per_hour = 3;
        opening
    };
    let city = City::open_with(vec![web::house()], few).await;
    let join = async |serial: usize, from: &str| {
        let phone = format!("08123456{serial:04}");
        let form = [("name", "Rekaan"), ("phone", &phone), ("password", "kopi tubruk pagi")];
        city.visitor().saying("x-forwarded-for", from).post("/join", &form).await
    };
    for serial in 0..3 {
        join(serial, "36.72.10.5").await.expect(303);
    }
    let shut = join(3, "36.72.10.200").await.expect(422);
    shut.sees("sudah banyak akun dibuat").sees("20 menit lagi").sees("petugas di kantor kota");
    join(4, "36.72.11.5").await.expect(303);
    city.pass_ms(20 * 60_000);
    join(5, "36.72.10.5").await.expect(303);
}

#[tokio::test]
async fn the_form_for_an_account_presumes_no_own_phone_and_says_what_is_wrong() {
    let city = city().await;
    for door in ["/join", "/sign-in"] {
        let page = city.visitor().get(door).await.expect(200).sees("Tampilkan kata sandi");
        assert!(!page.body.contains("checked"), "{door}: nobody stays signed in unasked");
    }
    let form = [("name", "1234"), ("phone", "081234567890"), ("password", "          ")];
    let page = city.visitor().post("/join", &form).await.expect(422);
    page.sees("Nama ditulis dengan huruf").sees("hanya berisi spasi");
}

#[tokio::test]
async fn an_office_gets_a_new_name_and_never_that_of_another() {
    let city = city().await;
    let desk = admin(&city).await;
    let health = city.organisation(OrganisationKind::Agency, "Dinas Kesehatan").await;
    city.organisation(OrganisationKind::Agency, "Dinas Sosial").await;
    let at = format!("/organisations/{}", health.id);
    let list = desk.get("/organisations").await.expect(200);
    assert!(list.body.contains(&format!("href=\"{at}\"")));
    desk.get(&at).await.expect(200).sees("Ganti nama").sees("Dinas Kesehatan");
    let to = format!("{at}/name");
    let taken = desk.post(&to, &[("name", "dinas  sosial")]).await.expect(422);
    taken.sees("dengan nama ini sudah ada");
    desk.post(&to, &[("name", "")]).await.expect(422);
    desk.post(&to, &[("name", "Dinas Kesehatan Kota")]).await.expect(303);
    desk.get("/organisations").await.expect(200).sees("Dinas Kesehatan Kota");
    let trail = desk.get("/audit?kind=account.organisation_renamed").await.expect(200);
    trail.sees("Dinas Kesehatan Kota").sees("Dinas Kesehatan");
    let business = city.organisation(OrganisationKind::Business, "Warung Rekaan").await;
    desk.get(&format!("/organisations/{}", business.id)).await.expect(404);
    let to = format!("/organisations/{}/name", business.id);
    desk.post(&to, &[("name", "Warung Lain")]).await.expect(404);
    let citizen = city.citizen("Sri Rekaan").await.client;
    citizen.post(&format!("{at}/name"), &[("name", "Dinas Lain")]).await.expect(403);
}
