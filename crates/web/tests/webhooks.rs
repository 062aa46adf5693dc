//! Webhooks through the pages and the API.

use base::Role;
use base::account::OrganisationKind;
use serde_json::json;
use testkit::City;
use web::{Area, Routes};

async fn city() -> City {
    let topics = &["registry.business_verified", "procurement.ordered"];
    City::open(vec![web::house(), Area { topics, ..Area::new("test", Routes::default()) }]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_registers_looks_after_and_deletes_a_webhook() {
    let city = city().await;
    let kitchen = city.organisation(OrganisationKind::Business, "Dapur Bu Ngatmi").await;
    let other = city.organisation(OrganisationKind::Business, "Warung Sebelah").await;
    let ngatmi = city.person("Ngatmi Lestari", Role::Owner, &kitchen).await.client;
    let stranger = city.person("Sutarno", Role::Owner, &other).await.client;
    ngatmi.get("/webhooks").await.expect(200).sees("Belum ada webhook").sees("Usaha dicek petugas");
    for (url, words) in [
        ("kasir", "Tulis alamat lengkap"),
        ("http://kasir.example.id/", "harus diawali https"),
        ("https://192.168.1.4/", "jaringan dalam"),
    ] {
        ngatmi.post("/webhooks", &[("url", url)]).await.expect(422).sees(words);
    }
    let form = [("url", "https://kasir.example.id/gerai?k=1"), ("kinds", "procurement.ordered")];
    let made = ngatmi.post_with_key("/webhooks", &form, "sekali").await.expect(200);
    let again = ngatmi.post_with_key("/webhooks", &form, "sekali").await.expect(200);
    assert!(made.body.contains("whsec_"), "the secret is shown");
    assert_eq!(made.text(), again.text(), "an answer that was lost is given again");
    let start = made.body.find("href=\"/webhooks/").unwrap() + "href=\"".len();
    let at = made.body[start..].split('"').next().unwrap().to_owned();
    let page = ngatmi.get(&at).await.expect(200).sees("kasir.example.id").sees("Aktif");
    assert!(!page.body.contains("whsec_"), "and never again");
    ngatmi.get("/webhooks").await.expect(200).sees("kasir.example.id");
    stranger.get(&at).await.expect(404);
    stranger.post(&format!("{at}/closure"), &[]).await.expect(404);
    ngatmi.post(&format!("{at}/pause"), &[]).await.expect(303);
    ngatmi.get(&at).await.expect(200).sees("Dijeda").sees("Lanjutkan");
    ngatmi.post(&format!("{at}/pause"), &[]).await.expect(409).sees("tidak aktif");
    ngatmi.post(&format!("{at}/resumption"), &[]).await.expect(303);
    let nobodys = format!("{at}/deliveries/01m841bca2hjf1nzeccvmv1xvw/replay");
    ngatmi.post(&nobodys, &[]).await.expect(404);
    ngatmi.post(&format!("{at}/closure"), &[]).await.expect(303);
    ngatmi.get(&at).await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_registers_a_webhook_and_gets_its_secret_once() {
    let city = city().await;
    let kitchen = city.organisation(OrganisationKind::Business, "Dapur Bu Ngatmi").await;
    let ngatmi = city.person("Ngatmi Lestari", Role::Owner, &kitchen).await.client;
    let list = ngatmi.get("/api/v1/webhooks").await.expect(200).json();
    assert_eq!(list["topics"][1]["kind"], "procurement.ordered");
    let wrong = json!({ "url": "https://kasir.example.id/", "kinds": ["lain"] });
    let problem = ngatmi.post_json("/api/v1/webhooks", &wrong).await.expect(422).json();
    assert_eq!(problem["codes"]["kinds"], "webhook-kinds-unknown");
    let wanted = json!({ "url": "https://kasir.example.id/", "kinds": [] });
    let made = ngatmi.post_json("/api/v1/webhooks", &wanted).await.expect(201);
    let at = made.location.clone().unwrap();
    assert!(made.json()["secret"].as_str().unwrap().starts_with("whsec_"));
    let hook = ngatmi.get(&at).await.expect(200).json();
    assert_eq!((&hook["hook"]["state"], &hook["deliveries"]), (&json!("active"), &json!([])));
    for _ in 0..9 {
        ngatmi.post_json("/api/v1/webhooks", &wanted).await.expect(201);
    }
    let problem = ngatmi.post_json("/api/v1/webhooks", &wanted).await.expect(409).json();
    assert_eq!(problem["code"], "webhook-too-many");
    city.visitor().get("/api/v1/webhooks").await.expect(401);
}
