//! What is published keeps to OCDS 1.1.5. The schema itself is not part of the repository: where it
//! lies beside it the test uses it, elsewhere it says so and checks what it can.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use std::path::PathBuf;

use kit::{Town, rupiah};
use procurement::{Count, Invoice, Payment};
use serde_json::Value;

/// One order to its end, one lapsed, one declined, one cancelled after it was accepted.
async fn year_of_orders(town: &Town) {
    let id = town.delivered().await;
    let take = Count {
        order: id.clone(),
        counts: vec![198, 11],
        rest_comes: false,
        reason: "Dua tumpah.".to_owned(),
        photos: Vec::new(),
    };
    town.act(&town.receiver, move |tx| procurement::hand_over(tx, &take)).await.unwrap();
    let bill = Invoice { order: id.clone(), number: "1".to_owned(), amount: rupiah(6_930_000) };
    town.act(&town.owner, move |tx| procurement::invoice(tx, &bill)).await.unwrap();
    let pay = Payment {
        order: id,
        method: "up".to_owned(),
        reference: "KW-1".to_owned(),
        paid_on: kit::day("2026-03-12"),
    };
    town.act(&town.treasurer, move |tx| procurement::pay(tx, &pay)).await.unwrap();
    let id = town.ordered().await;
    town.act(&town.owner, move |tx| procurement::decline(tx, &id, "Sedang penuh.")).await.unwrap();
    let id = town.ordered().await;
    let accepted = id.clone();
    town.act(&town.owner, move |tx| procurement::accept(tx, &accepted)).await.unwrap();
    let cancel = town.act(&town.approver, move |tx| procurement::cancel(tx, &id, "Acara batal."));
    cancel.await.unwrap();
    town.requested().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_is_a_release_that_the_standard_accepts() {
    let town = Town::open().await;
    year_of_orders(&town).await;
    let totals = town.city.db.read(procurement::totals).await.unwrap();
    assert_eq!((totals.orders, totals.paid, totals.median_days), (1, rupiah(6_930_000), Some(0)));
    let visitor = town.city.visitor();
    let package = visitor.get("/open-data/ocds/releases").await.expect(200).json();
    let releases = package["releases"].as_array().unwrap();
    assert_eq!(releases.len(), 14);
    let mut ids: Vec<&str> = releases.iter().map(|r| r["id"].as_str().unwrap()).collect();
    ids.dedup();
    assert_eq!(ids.len(), releases.len(), "a release id is unique");
    releases.iter().for_each(consistent);
    let ocid = releases[0]["ocid"].as_str().unwrap();
    let one = visitor.get(&format!("/open-data/ocds/releases/{ocid}")).await.expect(200).json();
    assert_eq!(one["releases"].as_array().unwrap().len(), 6);
    visitor.get("/open-data/ocds/releases/ocds-xxxxxx-none").await.expect(404);
    match schema() {
        Some(schema) => {
            valid(&schema, &package);
            valid(&schema, &one);
        }
        None => eprintln!("skipped: the OCDS schema is not at ../shared/vectors/ocds-1.1.5"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_exported_file_is_the_same_as_the_pages() {
    let town = Town::open().await;
    year_of_orders(&town).await;
    let head = procurement::PackageHead {
        uri: "https://gerai.example.id/open-data/ocds/releases".to_owned(),
        publisher: "Pemerintah Kota Semarang".to_owned(),
        publisher_code: "33.74".to_owned(),
        policy: "https://gerai.example.id/procurement/spending".to_owned(),
    };
    let db = town.city.db.clone();
    let exported = tokio::task::spawn_blocking(move || {
        let mut file = Vec::new();
        let count = procurement::export_ocds(&db, &head, &mut file).unwrap();
        (count, file)
    });
    let (count, file) = exported.await.unwrap();
    let package: Value = serde_json::from_slice(&file).unwrap();
    assert_eq!((count, package["releases"].as_array().unwrap().len()), (14, 14));
    let pages = town.city.visitor().get("/open-data/ocds/releases").await.json();
    assert_eq!(package["releases"], pages["releases"]);
    if let Some(schema) = schema() {
        valid(&schema, &package);
    }
}

/// What the schema does not see: references that lead somewhere, words that are not empty, no
/// personal number.
fn consistent(release: &Value) {
    let parties: Vec<&str> =
        release["parties"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    let known = |value: &Value| parties.contains(&value["id"].as_str().unwrap());
    assert!(known(&release["buyer"]) && known(&release["tender"]["procuringEntity"]));
    for award in release["awards"].as_array().into_iter().flatten() {
        assert!(award["suppliers"].as_array().unwrap().iter().all(known));
        assert!(!award["title"].as_str().unwrap().is_empty());
    }
    for contract in release["contracts"].as_array().into_iter().flatten() {
        let awards = release["awards"].as_array().unwrap();
        assert!(awards.iter().any(|award| award["id"] == contract["awardID"]));
        for paid in contract["implementation"]["transactions"].as_array().into_iter().flatten() {
            assert!(known(&paid["payer"]) && known(&paid["payee"]));
        }
    }
    let text = release.to_string();
    for person in ["Hendra", "Dewi", "Agus", "Siti", "Ngatmi Lestari", "33740155"] {
        assert!(!text.contains(person), "{person} is published: {text}");
    }
}

/// The package schema with the release schema put in its place, so that nothing is fetched.
fn schema() -> Option<Value> {
    let folder =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/ocds-1.1.5"));
    let read = |name: &str| -> Option<Value> {
        serde_json::from_slice(&std::fs::read(folder.join(name)).ok()?).ok()
    };
    let mut package = read("release-package-schema.json")?;
    let mut release = read("dereferenced-release-schema.json")?;
    package.as_object_mut()?.remove("id");
    release.as_object_mut()?.remove("id");
    package["properties"]["releases"]["items"] = release;
    Some(package)
}

fn valid(schema: &Value, package: &Value) {
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft4)
        .should_validate_formats(true)
        .build(schema)
        .unwrap();
    let errors: Vec<String> = validator
        .iter_errors(package)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}
