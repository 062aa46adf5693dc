//! Where people land after the door, and what those see who watch over all agencies.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use base::Role;
use base::account::totp::{Secret, step_at};
use base::account::{OrganisationKind, membership, second_factor};
use base::policy;
use kit::Town;
use testkit::{Actor, PASSWORD};

async fn lands(who: &Actor) -> String {
    who.client.get("/desk").await.expect(303).location.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_role_has_a_desk_where_its_work_waits() {
    let town = Town::open().await;
    for who in [&town.requester, &town.approver, &town.receiver, &town.treasurer, &town.head] {
        assert_eq!(lands(who).await, "/procurement/desk");
        who.client.get("/procurement/desk").await.expect(200);
    }
    let (registry, audit) = (OrganisationKind::RegistryOffice, OrganisationKind::Inspectorate);
    for (kind, role, desk) in [
        (registry, Role::RegistryOfficer, "/registry/queue"),
        (audit, Role::Inspector, "/procurement/agencies"),
    ] {
        let office = town.city.organisation(kind, "Kantor Rekaan").await;
        let who = town.city.person("Bu Rekaan", role, &office).await;
        assert_eq!(lands(&who).await, desk);
    }
    let citizen = town.city.citizen("Warga Rekaan").await;
    let home = citizen.client.get("/desk").await.expect(303);
    assert_eq!(home.location.as_deref(), Some("/"), "who has no seat has no desk");
    let away = town.city.visitor().get("/desk").await.expect(303);
    assert_eq!(away.location.as_deref(), Some("/sign-in?next=%2Fdesk"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_door_leads_to_the_desk_unless_one_was_on_the_way_to_a_page() {
    let town = Town::open().await;
    let secret = Secret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
    let sealed = second_factor::seal(&town.city.keyring, &secret).unwrap();
    let id = town.requester.person.clone();
    let phone = town.requester.phone.clone();
    town.city.write(move |tx| second_factor::install(tx, &id, &sealed)).await.unwrap();
    let way = [("", "/procurement/desk"), ("/", "/procurement/desk"), ("/account", "/account")];
    for (next, lands) in way {
        town.city.pass_ms(60_000);
        let form = [("identifier", phone.as_str()), ("password", PASSWORD), ("next", next)];
        let browser = town.city.visitor();
        let page = browser.post("/sign-in", &form).await.expect(303);
        assert!(page.location.as_deref().unwrap().starts_with("/sign-in/code"));
        let code = secret.code(step_at(town.city.db.clock().now_ms()));
        let form = [("code", code.as_str()), ("next", next)];
        let page = browser.after(&page).post("/sign-in/code", &form).await.expect(303);
        assert_eq!(page.location.as_deref(), Some(lands));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_seat_is_another_desk() {
    let town = Town::open().await;
    let own = format!("/registry/registrations/{}", town.seller.business);
    assert_eq!(lands(&town.seller.owner).await, own);
    let (person, organisation) =
        (town.requester.person.clone(), town.seller.organisation.id.clone());
    let begin = membership::Add { person, organisation, role: Role::Owner, until: None };
    town.city.write(move |tx| membership::begin(tx, &begin)).await.unwrap();
    let seat = [("seat", town.seller.organisation.id.as_str())];
    let page = town.requester.client.post("/account/seat", &seat).await.expect(303);
    assert_eq!(page.location.as_deref(), Some(own.as_str()));
    let client = town.requester.client.after(&page);
    let back = [("seat", town.agency.id.as_str()), ("back", "/procurement/orders")];
    let page = client.post("/account/seat", &back).await.expect(303);
    assert_eq!(
        page.location.as_deref(),
        Some("/procurement/orders"),
        "a page that asked to return"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_agencies_are_seen_side_by_side_by_those_who_watch_over_them() {
    let town = Town::open().await;
    let id = town.ordered().await;
    let other = town.city.organisation(OrganisationKind::Agency, "Dinas Perikanan").await;
    let fisher = town.city.person("Pak Nelayan", Role::Requester, &other).await;
    for (who, vendor) in [(&town.requester, "PT Kantor Jauh"), (&fisher, "PT Jaring Jauh")] {
        let form = [
            ("what", "Alat tulis"),
            ("vendor", vendor),
            ("amount", "2.500.000"),
            ("bought_on", "2026-03-02"),
            ("reason", "other"),
            ("category", "other"),
            ("explanation", "Toko kota belum menjualnya."),
        ];
        who.client.post("/procurement/outside-purchases", &form).await.expect(303);
    }
    let office = town.city.organisation(OrganisationKind::Inspectorate, "Inspektorat").await;
    let inspector = town.city.person("Bu Periksa", Role::Inspector, &office).await.client;

    let page = inspector.get("/procurement/agencies").await.expect(200);
    let page = page.sees("Dinas Kesehatan").sees("Dinas Perikanan").sees("Rp48.250.000");
    assert!(!page.text().contains("procurement-"), "a text is missing: {}", page.text());
    let data = inspector.get("/api/v1/procurement/agencies").await.expect(200).json();
    assert_eq!(data["rows"][0]["agency"]["name"], "Dinas Kesehatan");
    assert_eq!(data["rows"][0]["orders"]["held"], 6_995_000);
    assert_eq!(data["rows"][0]["orders"]["running"], 1);
    assert_eq!(data["rows"][1]["budget"]["lines"], 0);
    assert_eq!(data["rows"][1]["outside"], 2_500_000);
    let found = inspector.get("/procurement/agencies?q=perikanan").await.expect(200);
    assert!(!found.text().contains("Dinas Kesehatan"));

    let elsewhere = inspector.get("/procurement/outside-purchases").await.expect(200);
    elsewhere.sees("PT Kantor Jauh").sees("PT Jaring Jauh").sees("Dinas Perikanan");
    let one = format!("/procurement/outside-purchases?agency={}", other.id);
    let one = inspector.get(&one).await.expect(200).sees("PT Jaring Jauh");
    assert!(!one.text().contains("PT Kantor Jauh"));
    let own = fisher.client.get("/procurement/outside-purchases").await.expect(200);
    assert!(!own.text().contains("PT Kantor Jauh"), "others see their own agency's alone");

    let orders = format!("/procurement/orders?agency={}", town.agency.id);
    inspector.get(&orders).await.expect(200).sees("200 nasi kotak");
    let none = format!("/procurement/orders?agency={}", other.id);
    inspector.get(&none).await.expect(200).sees("Belum ada pesanan di sini");
    let late = "/procurement/orders?over=late";
    inspector.get(late).await.expect(200).sees("Tidak ada pesanan yang lewat batas waktu");
    fisher.client.get("/procurement/agencies").await.expect(403);
    town.city.pass_days(20);
    let later = town.city.person("Bu Periksa Lagi", Role::Inspector, &office).await.client;
    later.get(late).await.expect(200).sees("200 nasi kotak");
    let order = format!("/procurement/orders/{id}");
    later.get(&order).await.expect(200);
    later.get("/procurement/budget/imports/new").await.expect(403);
    later.post("/procurement/outside-purchases", &[]).await.expect(403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_citys_administrator_brings_in_an_agencys_budget() {
    let town = Town::open().await;
    let other = town.city.organisation(OrganisationKind::Agency, "Dinas Perikanan").await;
    let office = town.city.organisation(OrganisationKind::CityOffice, "Kantor Kota").await;
    let admin = town.city.person("Pak Sistem", Role::CityAdmin, &office).await.client;
    let page = admin.get("/procurement/agencies").await.expect(200);
    assert!(page.body.contains(&format!("imports/new?agency={}", other.id)), "{}", page.text());
    let form = format!("/procurement/budget/imports/new?agency={}&year=2027", other.id);
    let page = admin.get(&form).await.expect(200).sees("Dinas Perikanan");
    assert!(page.body.contains("value=\"2027\""));
    let csv =
        b"sub_kegiatan,rekening,uraian,pagu\n3.25.03.2.01.0001,5.1.02.01.01.0052,Rapat,7500000\n";
    let file = ("file", "dpa.csv", csv.as_slice());
    let nameless = [("year", "2027"), ("dpa", "DPA 2027"), ("agency", "")];
    let wrong = admin.upload("/procurement/budget/imports", &nameless, file).await;
    wrong.expect(422).sees("Pilih dinas");
    let form = [("year", "2027"), ("dpa", "DPA 2027"), ("agency", other.id.as_str())];
    let kept = admin.upload("/procurement/budget/imports", &form, file).await.expect(303);
    let budget = format!("/procurement/budget?year=2027&agency={}", other.id);
    admin.get(&budget).await.expect(200).sees("DPA 2027").sees("Belum berlaku");
    let at = kept.location.unwrap();
    admin.post(&format!("{at}/application"), &[]).await.expect(303);
    admin.get(&budget).await.expect(200).sees("Rp7.500.000").sees("diberlakukan");
    let head = town.city.person("Bu Kepala", Role::AgencyHead, &other).await.client;
    head.get("/procurement/budget?year=2027").await.expect(200).sees("Rp7.500.000");
    let theirs = format!("/procurement/budget?agency={}", town.agency.id);
    let own = head.get(&theirs).await.expect(200);
    assert!(!own.text().contains("Dinas Kesehatan"), "a head sees the own agency alone");
    town.verify().await;
}

/// From today the rule obliges, for food and drink; until yesterday it asked for priority.
async fn oblige(town: &Town) {
    let strict = |tx: &mut base::Tx<'_>| {
        let day = base::Date::today(tx);
        let rule = policy::at::<policy::LocalPurchaseObligation>(tx, day)?;
        let mut body = rule.body;
        body.wording = policy::Wording::Must;
        let draft = policy::Draft {
            kind: "base.local_purchase_obligation".to_owned(),
            body: serde_json::to_value(&body).unwrap(),
            valid_from: day,
            valid_to: None,
            basis: rule.basis,
            mark: rule.mark,
            origin: None,
            based_on: None,
        };
        policy::install(tx, policy::KINDS, &draft)
    };
    town.city.write(strict).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_rule_obliges_a_purchase_elsewhere_names_a_reason_of_the_rule() {
    let town = Town::open().await;
    let outside = "/procurement/outside-purchases";
    let form = |day, category, reason| {
        [
            ("what", "Nasi kotak rapat"),
            ("vendor", "PT Katering Jauh"),
            ("amount", "900.000"),
            ("bought_on", day),
            ("category", category),
            ("reason", reason),
            ("explanation", "Tutup tanpa pemberitahuan."),
        ]
    };
    let client = &town.requester.client;
    let asks = client.get("/procurement/outside-purchases/new").await.expect(200);
    asks.sees("Kota meminta dinas mendahulukan toko kota").sees("Makanan, Minuman.");
    oblige(&town).await;
    let asks = client.get("/procurement/outside-purchases/new").await.expect(200);
    asks.sees("Dinas wajib membeli lewat toko kota");

    let refused = client.post(outside, &form("2026-03-12", "makanan", "other")).await.expect(422);
    let refused = refused.sees("Belanja ini wajib lewat toko kota");
    assert!(refused.body.contains("value=\"Nasi kotak rapat\""), "what was typed is lost");
    client.post(outside, &form("2026-03-12", "batu", "not_offered")).await.expect(422);
    client.post(outside, &form("2026-03-11", "makanan", "other")).await.expect(303);
    client.post(outside, &form("2026-03-12", "busana", "other")).await.expect(303);
    client.post(outside, &form("2026-03-12", "makanan", "not_offered")).await.expect(303);

    let rows = client.get("/api/v1/procurement/outside-purchases").await.expect(200).json();
    let of = |reason: &str| -> Vec<(String, bool)> {
        let rows = rows["rows"].as_array().unwrap().iter();
        let rows = rows.filter(|row| row["reason"] == reason);
        rows.map(|row| (row["category"].as_str().unwrap().into(), row["bound"] == true)).collect()
    };
    assert_eq!(of("not_offered"), [("makanan".to_owned(), true)]);
    assert_eq!(of("other"), [("busana".to_owned(), false), ("makanan".to_owned(), true)]);
    client.get(outside).await.expect(200).sees("Terkena kewajiban");
}
