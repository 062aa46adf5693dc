//! Accounts through the pages, as browsers see them: the door, one's own account, the demo.

mod kit;

use base::Role;
use base::account::totp::{Secret, step_at};
use base::account::{MANAGE, OrganisationKind, second_factor};
use kit::{admin, between, city, join, sign_in};
use testkit::{City, PASSWORD, Page};

#[tokio::test]
async fn a_visitor_joins_and_is_signed_in() {
    let city = city().await;
    let siti = join(&city, "Siti Rekaan", "0812-3456-7890").await;
    siti.get("/account").await.expect(200).sees("Siti Rekaan").sees("0812-3456-7890");
    for page in ["details", "password", "second-factor", "sessions", "looks", "tokens"] {
        siti.get(&format!("/account/{page}")).await.expect(200);
    }
    let out = siti.post("/sign-out", &[]).await.expect(303);
    let away = siti.after(&out).get("/account").await.expect(303);
    assert_eq!(away.location.as_deref(), Some("/sign-in?next=%2Faccount"));
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_said_at_its_field() {
    let city = city().await;
    join(&city, "Siti Rekaan", "081234567890").await;
    let form = [("name", "S"), ("phone", "08123"), ("email", "siti"), ("password", "semarang2026")];
    let page = city.visitor().post("/join", &form).await.expect(422);
    let page = page.sees("Tulis nama 2 sampai 120 huruf").sees("Nomor ini 5 angka");
    let page = page.sees("Tulis surel lengkap").sees("dipakai banyak orang");
    assert!(!page.body.contains("semarang2026"), "a password is never shown again");
    let form = [("name", "Budi"), ("phone", "+6281234567890"), ("password", "kopi tubruk pagi")];
    city.visitor().post("/join", &form).await.expect(422).sees("sudah punya akun");
    let form = [("name", "Budi"), ("password", "kopi tubruk pagi")];
    city.visitor().post("/join", &form).await.expect(422).sees("Isi nomor ponsel atau surel");
}

#[tokio::test]
async fn the_door_says_the_same_whether_or_not_somebody_lives_there() {
    let city = city().await;
    join(&city, "Siti Rekaan", "081234567890").await;
    let wrong = sign_in(&city.visitor(), "081234567890", "sambal terasi").await.expect(422);
    let nobody = sign_in(&city.visitor(), "081299999999", "sambal terasi").await.expect(422);
    let said = |page: &Page| page.text().replace("081234567890", "").replace("081299999999", "");
    assert_eq!(said(&wrong), said(&nobody));
    let right = sign_in(&city.visitor(), "0812-3456-7890", "kopi tubruk pagi").await.expect(303);
    assert_eq!(right.location.as_deref(), Some("/account"));
    let cookie = right.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Max-Age"), "a borrowed browser forgets: {cookie}");
}

#[tokio::test]
async fn after_ten_wrong_passwords_the_door_waits_but_not_for_the_own_phone() {
    let city = city().await;
    let siti = join(&city, "Siti Rekaan", "081234567890").await;
    for _ in 0..10 {
        sign_in(&city.visitor(), "081234567890", "sambal terasi").await.expect(422);
    }
    let shut = sign_in(&city.visitor(), "081234567890", "kopi tubruk pagi").await;
    shut.expect(422).sees("Terlalu banyak percobaan. Tunggu 3 menit");
    sign_in(&siti, "081234567890", "kopi tubruk pagi").await.expect(303);
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let city = city().await;
    let siti = "081234567890";
    join(&city, "Siti Rekaan", siti).await;
    for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let form = [("identifier", siti), ("password", "kopi tubruk pagi"), ("next", next)];
        let page = city.visitor().post("/sign-in", &form).await.expect(303);
        assert_eq!(page.location.as_deref(), Some("/"));
    }
}

#[tokio::test]
async fn an_officer_sets_up_the_second_factor_and_signs_in_with_it() {
    let city = city().await;
    let browser = join(&city, "Rini Rekaan", "081234567890").await;
    let office = city.organisation(OrganisationKind::RegistryOffice, "Dinas Koperasi").await;
    let admin = admin(&city).await;
    let people = admin.get("/people?q=rini").await.expect(200).sees("Rini Rekaan");
    let id = between(&people, "href=\"/people/0", "\"").to_owned();
    let id = format!("0{id}");
    let role = [("organisation", office.id.as_str()), ("role", "registry_officer")];
    admin.post(&format!("/people/{id}/memberships"), &role).await.expect(303);
    let again = admin.post(&format!("/people/{id}/memberships"), &role).await.expect(422);
    again.sees("sudah memegang peran itu");

    let seat = [("seat", office.id.as_str()), ("back", "/account")];
    let page = browser.post("/account/seat", &seat).await.expect(303);
    let browser = browser.after(&page);
    let page = browser.get("/account").await.expect(200);
    page.sees("Petugas wajib memasang kode kedua");
    let away = browser.get("/people").await.expect(303);
    assert_eq!(away.location.as_deref(), Some("/account/second-factor"));
    browser.post("/account/second-factor", &[]).await.expect(303);
    let page =
        browser.get("/account/second-factor").await.expect(200).sees("Pindai dengan aplikasi");
    let secret = Secret::parse(between(&page, "<code>", "</code>")).unwrap();
    let confirmation = "/account/second-factor/confirmation";
    let wrong = browser.post(confirmation, &[("code", "12345")]).await.expect(422);
    wrong.sees("Kode tidak cocok");
    let now = || step_at(city.db.clock().now_ms());
    let code = secret.code(now());
    let codes = browser.post(confirmation, &[("code", &code)]).await.expect(200);
    assert_eq!(codes.body.matches("class=\"big num\"").count(), 8);
    let paper = between(&codes, "class=\"big num\">", "<").to_owned();
    browser.after(&codes).get("/account").await.expect(200).sees("Sisa 8 kode cadangan");

    let waiting = city.visitor();
    let page = sign_in(&waiting, "081234567890", "kopi tubruk pagi").await.expect(303);
    assert!(page.location.as_deref().unwrap().starts_with("/sign-in/code"));
    let waiting = waiting.after(&page);
    waiting.get("/account").await.expect(303);
    waiting.get("/sign-in/code").await.expect(200).sees("Kode dari ponsel Anda");
    waiting.post("/sign-in/code", &[("code", &code)]).await.expect(422).sees("sisa 4 percobaan");
    city.pass_ms(30_000);
    let code = secret.code(now());
    let page = waiting.post("/sign-in/code", &[("code", &code)]).await.expect(303);
    waiting.after(&page).get("/account").await.expect(200).sees("Rini Rekaan");

    let paperly = city.visitor();
    let page = sign_in(&paperly, "081234567890", "kopi tubruk pagi").await.expect(303);
    let paperly = paperly.after(&page);
    paperly.post("/sign-in/code", &[("code", &paper)]).await.expect(303);
    admin.post(&format!("/people/{id}/second-factor/removal"), &[]).await.expect(303);
    waiting.after(&page).get("/account").await.expect(303);
}

#[tokio::test]
async fn an_owner_switches_makes_a_key_and_signs_out_elsewhere() {
    let city = city().await;
    let kitchen = city.organisation(OrganisationKind::Business, "Dapur Rekaan").await;
    let owner = city.person("Siti Rekaan", Role::Owner, &kitchen).await;
    let siti = owner.client;
    let seat = [("seat", kitchen.id.as_str()), ("back", "/account")];
    let page = siti.post("/account/seat", &seat).await.expect(303);
    siti.get("/account").await.expect(303);
    let siti = siti.after(&page);
    siti.get("/account").await.expect(200).sees("Dapur Rekaan").sees("Pemilik usaha");
    siti.post("/account/seat", &[("seat", "nowhere")]).await.expect(404);
    siti.get("/account/tokens").await.expect(200).sees("Mengatur webhook");
    siti.post("/account/sessions/others/end", &[]).await.expect(303);
    siti.get("/account/sessions").await.expect(200).sees("hanya masuk di perangkat ini");
}

#[tokio::test]
async fn a_key_is_shown_once_and_revoked() {
    let city = city().await;
    let admin = admin(&city).await;
    let none = [("name", "Kasir"), ("days", "30")];
    admin.post("/account/tokens", &none).await.expect(422).sees("Pilih paling sedikit satu izin");
    let form = [("name", "Kasir"), ("days", "30"), ("permission", MANAGE.0)];
    let page = admin.post("/account/tokens", &form).await.expect(200);
    let token = between(&page, "class=\"wrap-any\">", "<");
    assert!(token.starts_with("gerai_"));
    let page = admin
        .get("/account/tokens")
        .await
        .expect(200)
        .sees("Kasir account.manage")
        .sees("Mengelola akun dan peran");
    assert!(!page.body.contains(token));
    let revoke = between(&page, "action=\"/account/tokens/", "\"").to_owned();
    admin.post(&format!("/account/tokens/{revoke}"), &[]).await.expect(303);
    assert!(!admin.get("/account/tokens").await.text().contains("Kasir account.manage"));
}

#[tokio::test]
async fn a_person_changes_details_and_password_with_the_password() {
    let city = city().await;
    let siti = join(&city, "Siti Rekaan", "081234567890").await;
    let form = [("name", "Siti Rekaan"), ("phone", "081234567891"), ("password", "salah sekali")];
    siti.post("/account/details", &form).await.expect(422).sees("tidak cocok");
    let form = [("name", "Siti R."), ("phone", "081234567891"), ("password", "kopi tubruk pagi")];
    siti.post("/account/details", &form).await.expect(303);
    siti.get("/account").await.expect(200).sees("Siti R.").sees("0812-3456-7891");
    let form = [("old", "kopi tubruk pagi"), ("password", "081234567891")];
    siti.post("/account/password", &form).await.expect(422).sees("Angka saja mudah ditebak");
    let form = [("old", "kopi tubruk pagi"), ("password", "kopi tubruk pagi")];
    siti.post("/account/password", &form).await.expect(422).sees("sama dengan yang lama");
    let form = [("old", "kopi tubruk pagi"), ("password", "sambal terasi mentah")];
    siti.post("/account/password", &form).await.expect(303);
    siti.get("/account").await.expect(200);
    sign_in(&city.visitor(), "081234567891", "sambal terasi mentah").await.expect(303);
}

#[tokio::test]
async fn a_letter_is_promised_to_everybody_and_sent_to_who_exists() {
    let city = city().await;
    let form = [("name", "Siti"), ("email", "siti@contoh.id"), ("password", "kopi tubruk pagi")];
    city.visitor().post("/join", &form).await.expect(303);
    let visitor = city.visitor();
    visitor.get("/sign-in/help").await.expect(200);
    let known = visitor.post("/sign-in/help", &[("identifier", "siti@contoh.id")]).await;
    let known = known.expect(200).sees("Surat dikirim bila akunnya ada");
    let nobody = visitor.post("/sign-in/help", &[("identifier", "budi@contoh.id")]).await;
    assert_eq!(known.text(), nobody.expect(200).text());
    let queued = base::message::MailState::Queued;
    let mails = city.write(move |tx| base::message::mails(tx, queued, None, 10)).await.unwrap();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].recipient, "siti@contoh.id");
    let link = mails[0].body.split_once("http://127.0.0.1").unwrap().1;
    let link = link.split_whitespace().next().unwrap();
    let form = [("password", "sambal terasi mentah")];
    visitor.post(link, &form).await.expect(303);
    sign_in(&visitor, "siti@contoh.id", "sambal terasi mentah").await.expect(303);
}

#[tokio::test]
async fn language_and_colours_follow_the_person() {
    let city = city().await;
    let visitor = city.visitor();
    let page = visitor.post("/preferences", &[("language", "en"), ("back", "/sign-in")]).await;
    let visitor = visitor.after(&page.expect(303));
    visitor.get("/sign-in").await.expect(200).sees("Forgot password");
    let siti = join(&city, "Siti Rekaan", "081234567890").await;
    let page = siti.post("/preferences", &[("language", "en"), ("back", "/account")]).await;
    assert_eq!(page.location.as_deref(), Some("/account"));
    siti.get("/account").await.expect(200).sees("Devices signed in");
    siti.post("/preferences", &[("theme", "dark"), ("back", "//evil.example")]).await.expect(303);
    siti.get("/account").await.expect(200).sees("Devices signed in");
}

#[tokio::test]
async fn a_key_is_answered_once_for_a_month_and_then_given_up() {
    const ENGLISH: &str = "Devices signed in";
    let city = city().await;
    let siti = join(&city, "Siti Rekaan", "081234567890").await;
    let speaks = async |language: &str, key: &str| {
        let form = [("language", language), ("back", "/account")];
        siti.post_with_key("/preferences", &form, key).await.expect(303);
        siti.get("/account").await.expect(200).text().contains(ENGLISH)
    };
    assert!(speaks("en", "first").await);
    assert!(!speaks("id", "second").await);
    assert!(!speaks("en", "first").await, "it was done already");
    for (days, again) in [(16, false), (16, true)] {
        city.pass_days(days);
        city.write(base::idempotency::prune).await.unwrap();
        assert_eq!(speaks("en", "first").await, again, "after {days} more days");
    }
}

#[tokio::test]
async fn the_demo_shows_who_one_may_be_and_the_code_of_their_phone() {
    let secret = Secret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
    let login = web::DemoLogin {
        role: Role::CityAdmin,
        name: "Admin Rekaan".to_owned(),
        place: "Kantor Kota".to_owned(),
        identifier: "081234500001".to_owned(),
        password: PASSWORD.to_owned(),
        totp_secret: Some(secret.text().to_string()),
    };
    let with = |mut opening: web::Opening| {
        opening.demo_logins = vec![login];
        opening
    };
    let city = City::open_with(vec![web::house()], with).await;
    let office = city.organisation(OrganisationKind::CityOffice, "Kantor Kota").await;
    let admin = city.person("Admin Rekaan", Role::CityAdmin, &office).await;
    let (sealed, id) = (second_factor::seal(&city.keyring, &secret).unwrap(), admin.person.clone());
    city.write(move |tx| second_factor::install(tx, &id, &sealed)).await.unwrap();
    let browser = city.visitor();
    let page = browser.get("/sign-in").await.expect(200).sees("Admin Rekaan, Kantor Kota");
    let password = between(&page, "name=\"password\" value=\"", "\"").to_owned();
    let phone = admin.phone.clone();
    assert_eq!(phone, "081234500001", "the login above is this person's");
    let page = sign_in(&browser, &phone, &password).await.expect(303);
    let browser = browser.after(&page);
    let page = browser.get("/sign-in/code").await.expect(200);
    let code = between(&page, "Kode tokoh ini: ", "<").to_owned();
    browser.post("/sign-in/code", &[("code", &code)]).await.expect(303);
    // Several people are the same person at once, and none of them has a phone to wait for.
    let other = city.visitor();
    let page = sign_in(&other, &phone, &password).await.expect(303);
    let other = other.after(&page);
    other.post("/sign-in/code", &[("code", &code)]).await.expect(303);
    for _ in 0..3 {
        let browser = city.visitor();
        let chosen = [("identifier", phone.as_str()), ("password", &password), ("demo", "1")];
        let page = browser.post("/sign-in", &chosen).await.expect(303);
        let landed = page.location.as_deref().unwrap();
        assert!(!landed.starts_with("/sign-in"), "one press is enough: {landed}");
        browser.after(&page).get("/account").await.expect(200).sees("Admin Rekaan");
    }
}

#[tokio::test]
async fn in_a_city_a_code_serves_once_and_nobody_reads_it_for_them() {
    let secret = Secret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
    let city = city().await;
    let office = city.organisation(OrganisationKind::CityOffice, "Kantor Kota").await;
    let admin = city.person("Admin Rekaan", Role::CityAdmin, &office).await;
    let (sealed, id) = (second_factor::seal(&city.keyring, &secret).unwrap(), admin.person.clone());
    city.write(move |tx| second_factor::install(tx, &id, &sealed)).await.unwrap();
    let phone = admin.phone.clone();
    city.pass_ms(30_000); // the code of the moment let them in just now
    let code = secret.code(step_at(city.db.clock().now_ms()));
    for status in [303, 422] {
        let browser = city.visitor();
        let chosen = [("identifier", phone.as_str()), ("password", PASSWORD), ("demo", "1")];
        let page = browser.post("/sign-in", &chosen).await.expect(303);
        assert!(page.location.as_deref().unwrap().starts_with("/sign-in/code"));
        let browser = browser.after(&page);
        browser.post("/sign-in/code", &[("code", &code)]).await.expect(status);
    }
}
