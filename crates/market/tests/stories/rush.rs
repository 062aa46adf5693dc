//! Sixty-four buyers want the last hundred pieces at the same moment, over the wire.

use base::webhook::{Courier, HookUrl, Parcel};
use serde_json::{Value, json};

use crate::kit::{NEAR, Town};

const BUYERS: usize = 64;
const PIECES: i64 = 100;
const WANTED: i64 = 2;
/// A city that is asked too much at once says so, and is asked again.
const TRIES: usize = 40;

/// One buyer, who asks until they know; how it ended.
fn buy(url: &str, key: &str, order: &Value) -> u16 {
    let url = HookUrl::parse("url", url, true).expect("an address");
    let body = order.to_string();
    let headers = [("idempotency-key", key)];
    let parcel = Parcel { method: "POST", url: &url, headers: &headers, body: &body };
    let mut asks = (0..TRIES).map(|_| Courier::new().here_too().ask(&parcel));
    let said = asks.find_map(|said| said.ok().filter(|said| said.status != 503));
    said.expect("the city answers in the end").status
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_hundred_pieces_are_sold_once_to_sixty_four_buyers() {
    let town = Town::open().await;
    let wingko = town.city.offer(&town.tempe, "Wingko babat", 15_000, PIECES).await;
    let url = format!("{}/api/v1/market/orders", town.city.serve().await);
    let buyers = (0..BUYERS).map(|n| {
        let order = json!({
            "name": "Tamu Rekaan", "phone": format!("0812345678{n:02}"), "village": NEAR,
            "payment": "cash", "total": 30_000, "product": [wingko.to_string()], "variant": [""],
            "count": [WANTED], "seller": [town.tempe.business.to_string()], "way": ["pickup"],
        });
        let (url, key) = (url.clone(), format!("pembeli-{n}"));
        tokio::task::spawn_blocking(move || buy(&url, &key, &order))
    });
    let mut statuses = Vec::new();
    for buyer in buyers.collect::<Vec<_>>() {
        statuses.push(buyer.await.expect("a buyer comes back"));
    }
    let sold = statuses.iter().filter(|status| **status == 201).count();
    let refused = statuses.iter().filter(|status| **status == 409).count();
    assert_eq!((sold, refused), (50, 14), "{statuses:?}");
    assert_eq!(town.stock(&wingko).await, 0);
    town.verify().await;
}
