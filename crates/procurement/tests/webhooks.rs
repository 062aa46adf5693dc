//! Programs outside hear of an order: its agency's from the first word, its seller's once it is an order.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use base::consumer::{number_events, run_once};
use base::{Db, Error};
use kit::Town;
use serde_json::{Value, json};
use testkit::Client;

/// Lets every consumer of these areas read all there is.
async fn follow(db: &Db) {
    let db = db.clone();
    let all = move || -> Result<(), Error> {
        while number_events(&db)? > 0 {}
        for area in [registry::area(), catalog::area(), procurement::area()] {
            for consumer in area.consumers {
                while run_once(&db, consumer)? > 0 {}
            }
        }
        Ok(())
    };
    tokio::task::spawn_blocking(all).await.unwrap().unwrap();
}

async fn hook(client: &Client, kinds: &[&str]) -> String {
    let wanted = json!({ "url": "https://kasir.example.id/gerai", "kinds": kinds });
    client.post_json("/api/v1/webhooks", &wanted).await.expect(201).location.unwrap()
}

/// What was left for a webhook, oldest first.
async fn heard(client: &Client, at: &str) -> Vec<String> {
    let page = client.get(at).await.expect(200).json();
    let kinds = page["deliveries"].as_array().unwrap().iter().rev();
    kinds.map(|one: &Value| one["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn agency_and_seller_hear_of_their_order() {
    let town = Town::open().await;
    follow(&town.city.db).await;
    let agency = hook(&town.head.client, &[]).await;
    let seller = hook(&town.seller.owner.client, &[]).await;
    let paid_only = hook(&town.seller.owner.client, &["procurement.paid"]).await;
    town.requested().await;
    follow(&town.city.db).await;
    assert_eq!(heard(&town.head.client, &agency).await, ["procurement.requested"]);
    assert!(heard(&town.seller.owner.client, &seller).await.is_empty(), "it is no order yet");
    let id = town.ordered().await;
    town.act(&town.seller.owner, move |tx| procurement::act(tx, &id, procurement::Act::Accept))
        .await
        .unwrap();
    follow(&town.city.db).await;
    let of_agency = heard(&town.head.client, &agency).await;
    let wanted =
        ["requested", "requested", "ordered", "accepted"].map(|it| format!("procurement.{it}"));
    assert_eq!(of_agency, wanted);
    let of_seller = heard(&town.seller.owner.client, &seller).await;
    let of_orders: Vec<_> =
        of_seller.iter().filter(|kind| kind.starts_with("procurement")).collect();
    assert_eq!(of_orders, ["procurement.ordered", "procurement.accepted"]);
    assert!(heard(&town.seller.owner.client, &paid_only).await.is_empty());
    assert_eq!(
        town.seller.owner.client.get(&agency).await.status,
        404,
        "others' webhooks are not there"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_business_hears_of_its_record_and_its_goods() {
    let town = Town::open().await;
    let at = hook(&town.seller.owner.client, &[]).await;
    follow(&town.city.db).await;
    let heard = heard(&town.seller.owner.client, &at).await;
    for kind in ["registry.business_verified", "catalog.product_listed"] {
        assert!(heard.iter().any(|one| one == kind), "{kind}: {heard:?}");
    }
}
