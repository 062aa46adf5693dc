//! What is published keeps to OCDS 1.1.5. The schema itself is not part of the repository: where it
//! lies beside it the test uses it, elsewhere it says so and checks what it can.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use std::path::PathBuf;

use kit::{Town, rupiah};
use procurement::{Count, Invoice, Payment, Rest};
use serde_json::Value;

/// One order to its end, one lapsed, one declined, one cancelled after it was accepted.
async fn year_of_orders(town: &Town) {
    let id = town.delivered().await;
    let take = Count {
        order: id.clone(),
        counts: vec![198, 11],
        broken: Vec::new(),
        rest: Some(Rest::Closed),
        reason: "Dua tumpah.".to_owned(),
        photos: Vec::new(),
    };
    town.act(&town.receiver, move |tx| procurement::hand_over(tx, &take)).await.unwrap();
    let bill = Invoice {
        order: id.clone(),
        number: "1".to_owned(),
        amount: rupiah(6_930_000),
        gives_up_rest: false,
    };
    town.act(&town.seller.owner, move |tx| procurement::invoice(tx, &bill)).await.unwrap();
    let pay = Payment {
        order: id,
        method: "up".to_owned(),
        reference: "KW-1".to_owned(),
        paid_on: kit::day("2026-03-12"),
    };
    town.act(&town.treasurer, move |tx| procurement::pay(tx, &pay)).await.unwrap();
    let id = town.ordered().await;
    town.act(&town.seller.owner, move |tx| {
        procurement::act(tx, &id, procurement::Act::Decline("Sedang penuh."))
    })
    .await
    .unwrap();
    let id = town.ordered().await;
    let accepted = id.clone();
    town.act(&town.seller.owner, move |tx| {
        procurement::act(tx, &accepted, procurement::Act::Accept)
    })
    .await
    .unwrap();
    let cancel = town.act(&town.approver, move |tx| {
        procurement::act(tx, &id, procurement::Act::Cancel("Acara batal."))
    });
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
    assert_eq!(releases.len(), 6);
    let mut ids: Vec<&str> = releases.iter().map(|r| r["id"].as_str().unwrap()).collect();
    ids.dedup();
    assert_eq!(ids.len(), releases.len(), "a release id is unique");
    releases.iter().for_each(consistent);
    let ocid = releases[0]["ocid"].as_str().unwrap();
    let one = visitor.get(&format!("/open-data/ocds/releases/{ocid}")).await.expect(200).json();
    assert_eq!(one["releases"].as_array().unwrap().len(), 4);
    let first = serde_json::json!(["planning", "tender", "award", "contract"]);
    assert_eq!(releases[0]["tag"], first, "nothing is published before the seller agreed");
    visitor.get("/open-data/ocds/releases/ocds-xxxxxx-none").await.expect(404);
    match schema("release") {
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
    let (db, head) = (town.city.db.clone(), head());
    let exported = tokio::task::spawn_blocking(move || {
        let mut file = Vec::new();
        let count = procurement::export_ocds(&db, &head, &mut file).unwrap();
        (count, file)
    });
    let (count, file) = exported.await.unwrap();
    let package: Value = serde_json::from_slice(&file).unwrap();
    assert_eq!((count, package["releases"].as_array().unwrap().len()), (6, 6));
    let pages = town.city.visitor().get("/open-data/ocds/releases").await.json();
    assert_eq!(package["releases"], pages["releases"]);
    if let Some(schema) = schema("release") {
        valid(&schema, &package);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_links_the_releases_of_a_purchase_and_says_what_they_come_to() {
    let town = Town::open().await;
    year_of_orders(&town).await;
    let visitor = town.city.visitor();
    let package = visitor.get("/open-data/ocds/records").await.expect(200).json();
    let records = package["records"].as_array().unwrap();
    assert_eq!(records.len(), 2, "one record for each purchase that was agreed");
    let ocid = records[0]["ocid"].as_str().unwrap();
    let releases = visitor.get(&format!("/open-data/ocds/releases/{ocid}")).await.json();
    let last = releases["releases"].as_array().unwrap().last().unwrap().clone();
    let (linked, whole) = (&records[0]["releases"], &records[0]["compiledRelease"]);
    assert_eq!(linked.as_array().unwrap().len(), 4);
    assert_eq!(linked[3]["date"], last["date"]);
    assert_eq!(whole["tag"], serde_json::json!(["compiled"]));
    assert_eq!(whole["contracts"], last["contracts"], "the last word on the contract holds");
    let one = visitor.get(&format!("/open-data/ocds/records/{ocid}")).await.expect(200).json();
    assert_eq!(one["records"][0], records[0]);
    let rest = visitor.get(&format!("/open-data/ocds/records?after={ocid}")).await.expect(200);
    assert_eq!(rest.json()["records"].as_array().unwrap().len(), 1);
    records.iter().for_each(|record| consistent(&record["compiledRelease"]));
    match schema("record") {
        Some(schema) => [package, one].iter().for_each(|package| valid(&schema, package)),
        None => eprintln!("skipped: the OCDS schema is not at ../shared/vectors/ocds-1.1.5"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_package_without_a_release_does_not_exist() {
    let town = Town::open().await;
    let visitor = town.city.visitor().saying("accept", "*/*");
    for path in ["releases", "releases?after=ocds-x", "releases/o", "records", "records/o"] {
        let page = visitor.get(&format!("/open-data/ocds/{path}")).await.expect(404);
        assert_eq!(page.headers["content-type"], "application/problem+json", "{path}");
        assert_eq!(page.json()["code"], "not-found");
    }
    town.city.visitor().get("/open-data/ocds/releases").await.expect(404).sees("tidak ada");
    let (db, head) = (town.city.db.clone(), head());
    let export = move || {
        let mut file = Vec::new();
        (procurement::export_ocds(&db, &head, &mut file).unwrap(), file)
    };
    let exported = tokio::task::spawn_blocking(export).await.unwrap();
    assert_eq!(exported, (0, Vec::new()));
}

fn head() -> procurement::PackageHead {
    procurement::PackageHead {
        uri: "https://gerai.example.id/open-data/ocds/releases".to_owned(),
        publisher: "Pemerintah Kota Semarang".to_owned(),
        publisher_code: "33.74".to_owned(),
        policy: "https://gerai.example.id/procurement/spending".to_owned(),
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

/// The schema of a package with the release schema put in its place, so that nothing is fetched.
fn schema(kind: &str) -> Option<Value> {
    let folder =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/ocds-1.1.5"));
    let read = |name: &str| -> Option<Value> {
        serde_json::from_slice(&std::fs::read(folder.join(name)).ok()?).ok()
    };
    let mut package = read(&format!("{kind}-package-schema.json"))?;
    let mut release = read("dereferenced-release-schema.json")?;
    package.as_object_mut()?.remove("id");
    release.as_object_mut()?.remove("id");
    if kind == "release" {
        package["properties"]["releases"]["items"] = release;
    } else {
        let record = &mut package["definitions"]["record"]["properties"];
        record["releases"]["oneOf"][1]["items"] = release.clone();
        record["compiledRelease"] = release;
        record.as_object_mut()?.remove("versionedRelease");
    }
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
