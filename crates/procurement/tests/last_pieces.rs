//! The last hundred pieces and sixty-four buyers, through the doors of the government shop: exactly
//! a hundred are sold, whoever comes first.
#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod kit;

use std::sync::Arc;
use std::time::Duration;

use base::Role;
use kit::{Town, rupiah};
use testkit::{Actor, Client, Page};

const PIECES: i64 = 100;
const BUYERS: usize = 64;
/// Officers who state needs; several buyers share one.
const REQUESTERS: usize = 8;
const PRICE: i64 = 24_000;
/// So often a buyer asks again when the city is busy.
const TRIES_MAX: usize = 1_000;

/// One of many who want the same goods.
struct Buyer {
    requester: Client,
    approver: Client,
    /// The form, without how many.
    form: Arc<Vec<(String, String)>>,
}

impl Buyer {
    /// Buys up to three at a time until not even one is left. Gives how many it got.
    async fn buys(&self, first: i64) -> i64 {
        let (mut got, mut wanted) = (0, first);
        while wanted > 0 {
            match self.orders(wanted).await {
                true => got += wanted,
                false => wanted -= 1,
            }
        }
        got
    }

    /// A need, stated and approved. `false`: there are not so many left.
    async fn orders(&self, count: i64) -> bool {
        let count = count.to_string();
        let mut form: Vec<(&str, &str)> =
            self.form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        form.push(("count", &count));
        let need = patiently(&self.requester, "/procurement/requests", &form).await;
        if need.status == 422 {
            need.sees("Stok penjual tinggal");
            return false;
        }
        let order = need.expect(303).location.unwrap();
        let answer = patiently(&self.approver, &format!("{order}/approval"), &[]).await;
        let told = answer.expect(303).location.unwrap();
        if !told.contains("refused=") {
            return true;
        }
        let reason = [("reason", "Stok penjual sudah habis.")];
        patiently(&self.approver, &format!("{order}/rejection"), &reason).await.expect(303);
        false
    }
}

/// Who is told that the city is busy asks again.
async fn patiently(client: &Client, path: &str, form: &[(&str, &str)]) -> Page {
    for _ in 0..TRIES_MAX {
        let page = client.post(path, form).await;
        if page.status != 503 {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{path}: the city was busy {TRIES_MAX} times")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_buyers_get_exactly_the_last_hundred_pieces() {
    let town = Town::open().await;
    let product = town.city.offer(&town.seller, "Parsel Lebaran", PRICE, PIECES).await;
    let mut requesters: Vec<Actor> = Vec::new();
    for number in 0..REQUESTERS {
        let name = format!("Pembeli Rekaan {number}");
        requesters.push(town.city.person(&name, Role::Requester, &town.agency).await);
    }
    let form = Arc::new(town.form(&product));
    let buyers = (0..BUYERS).map(|number| {
        let buyer = Buyer {
            requester: requesters[number % REQUESTERS].client.clone(),
            approver: town.approver.client.clone(),
            form: Arc::clone(&form),
        };
        let first = i64::try_from(number % 3 + 1).unwrap();
        tokio::spawn(async move { buyer.buys(first).await })
    });
    let mut got = Vec::new();
    for buyer in buyers.collect::<Vec<_>>() {
        got.push(buyer.await.unwrap());
    }
    assert_eq!(got.iter().sum::<i64>(), PIECES, "{got:?}");
    assert_eq!(town.stock(&product).await, 0);
    let budget = town.budget().await;
    assert_eq!((budget.committed, budget.reserved), (rupiah(PIECES * PRICE), rupiah(0)));
    town.verify().await;
    assert_eq!(town.city.read(catalog::area().verify.unwrap()).await, []);
}
