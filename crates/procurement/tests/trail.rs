//! The audit trail names what its rows are about, and a role that ends says what waits for it.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use base::Role;
use base::account::{OrganisationKind, membership};
use kit::Town;
use testkit::Actor;

async fn inspector(town: &Town) -> Actor {
    let office = town.city.organisation(OrganisationKind::Inspectorate, "Inspektorat").await;
    town.city.person("Joko Rekaan", Role::Inspector, &office).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_of_the_trail_name_business_order_office_and_rule_and_lead_there() {
    let town = Town::open().await;
    let order = town.ordered().await;
    let number = town.find(&order).await.number.unwrap();
    let inspector = inspector(&town).await;
    let trail = inspector.client.get("/audit?kind=procurement.").await.expect(200);
    let trail = trail.sees(&format!("{number}, 200 nasi kotak untuk pelatihan"));
    assert!(trail.body.contains(&format!("href=\"/procurement/orders/{order}\"")));
    trail.sees("Dapur Bu Ngatmi, UMKM-33.74-");
    let trail = inspector.client.get("/audit?kind=registry.").await.expect(200);
    let trail = trail.sees("Usaha dicek petugas").sees("Dapur Bu Ngatmi, UMKM-33.74-");
    assert!(trail.body.contains(&format!("href=\"/registry/records/{}\"", town.seller.business)));
    assert!(!trail.text().contains("Catatan:"), "an empty note is no news: {}", trail.text());
    let trail = inspector.client.get("/audit?kind=catalog.").await.expect(200);
    trail.sees("Nasi kotak ayam goreng");
    let trail = inspector.client.get("/audit?kind=policy.&by=all").await.expect(200);
    let trail = trail.sees("Kelas ukuran usaha, versi 1");
    assert!(trail.body.contains("href=\"/policies/base.size_classes/versions/1\""));
    let trail = inspector.client.get("/audit?kind=account.&by=all").await.expect(200);
    let trail = trail.sees("Dinas Kesehatan").sees("Hendra Saputra");
    assert!(!trail.body.contains("/people/"), "an inspector does not keep accounts");
    let rows = inspector.client.get(&format!("/api/v1/audit?subject={order}")).await.expect(200);
    let rows = rows.json();
    let about = rows["events"][0]["about"]["words"].as_str().unwrap();
    assert!(about.starts_with(&number), "{about}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_a_role_ends_all_its_waiting_work_is_told_by_kind() {
    let town = Town::open().await;
    town.requested().await;
    town.delivered().await;
    let of = async |who: &Actor| {
        let person = who.person.clone();
        let held = town.city.read(move |read| membership::of_person(read, &person)).await;
        format!("/agency/people/{}/end", held[0].id)
    };
    let page = town.head.client.get(&of(&town.approver).await).await.expect(200);
    page.sees("Pekerjaan yang menunggu peran ini: 1").sees("Kebutuhan yang menunggu disetujui");
    let page = town.head.client.get(&of(&town.receiver).await).await.expect(200);
    let page = page.sees("Kiriman yang menunggu diterima");
    assert!(page.body.contains("href=\"/procurement/desk\""), "the head may look there");
    let page = town.head.client.get(&of(&town.treasurer).await).await.expect(200);
    page.sees("Tidak ada pekerjaan yang menunggu peran ini");
    let city_office = town.city.organisation(OrganisationKind::CityOffice, "Kantor Kota").await;
    let admin = town.city.person("Rini Rekaan", Role::CityAdmin, &city_office).await;
    let registry = town.city.organisation(OrganisationKind::RegistryOffice, "Dinas Koperasi").await;
    let officer = town.city.person("Yuni Rekaan", Role::RegistryOfficer, &registry).await;
    let (owner, business) = town.city.applicant("Warung Rekaan", "Budi", testkit::VILLAGE).await;
    let page = admin.client.get(&on_desk(&town, &officer).await).await.expect(200);
    let page = page.sees("Pekerjaan yang menunggu peran ini: 1. Tidak ada orang lain");
    let page = page.sees("Pendaftaran yang perlu diperiksa");
    assert!(!page.body.contains("/registry/queue"), "an administrator does not work there");
    drop((owner, business));
    let page = admin.client.get(&on_desk(&town, &town.seller.owner).await).await.expect(200);
    page.sees("Tidak ada pekerjaan yang menunggu");
    town.ordered().await;
    let page = admin.client.get(&on_desk(&town, &town.seller.owner).await).await.expect(200);
    page.sees("Pesanan yang menunggu dijawab");
    let (kind, role) = (OrganisationKind::CityOffice, Role::PolicyApprover);
    let law = town.city.organisation(kind, "Bagian Hukum").await;
    let second = town.city.person("Tri Rekaan", role, &law).await;
    let page = admin.client.get(&on_desk(&town, &second).await).await.expect(200);
    page.sees("Tidak ada pekerjaan yang menunggu");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_a_head_goes_what_is_past_its_day_is_told() {
    let town = Town::open().await;
    town.ordered().await;
    town.city.pass_days(14);
    let office = town.city.organisation(OrganisationKind::CityOffice, "Kantor Kota").await;
    let admin = town.city.person("Rini Rekaan", Role::CityAdmin, &office).await;
    let page = admin.client.get(&on_desk(&town, &town.head).await).await.expect(200);
    page.sees("Pekerjaan yang menunggu peran ini: 1").sees("Pesanan yang lewat batas waktu");
}

async fn on_desk(town: &Town, who: &Actor) -> String {
    let person = who.person.clone();
    let held = town.city.read(move |read| membership::of_person(read, &person)).await;
    format!("/people/{}/memberships/{}/end", who.person, held[0].id)
}
