//! A city with two shops and somebody who buys. All people and businesses are invented.

use std::sync::Arc;

use catalog::ProductId;
use catalog::search::Index;
use particulars::region::CityRegions;
use testkit::{City, Client, Page, Seller, VILLAGE};

/// A village in the same district as the sellers'.
pub(crate) const NEAR: &str = "33.74.09.1001";

pub(crate) struct Town {
    pub(crate) city: City,
    pub(crate) tempe: Seller,
    pub(crate) kopi: Seller,
    pub(crate) chips: ProductId,
    pub(crate) coffee: ProductId,
}

impl Town {
    /// Two sellers with one product each; both shops are open.
    pub(crate) async fn open() -> Town {
        Town::opened(Town::before_opening().await).await
    }

    /// The same, where one neighbourhood of addresses orders only so often within an hour.
    pub(crate) async fn braked(hourly: i64) -> Town {
        Town::opened(Town::limited(hourly).await).await
    }

    async fn opened(town: Town) -> Town {
        let fetched = [("pickup", "1"), ("pickup_place", "Jl. Menoreh Raya 12"), ("version", "0")];
        town.tempe.owner.client.post("/market/shop", &fetched).await.expect(303);
        let brought = [("courier", "1"), ("version", "0")];
        town.kopi.owner.client.post("/market/shop", &brought).await.expect(303);
        town
    }

    /// The same before the shops open.
    pub(crate) async fn before_opening() -> Town {
        Town::limited(web::Limits::default().guest_orders_per_hour).await
    }

    async fn limited(hourly: i64) -> Town {
        let areas = vec![
            web::house(),
            ledger::area(),
            payments::area(),
            registry::area(),
            catalog::area(),
            market::area(),
        ];
        let city = City::open_with(areas, |mut opening| {
            opening.city.limits.guest_orders_per_hour = hourly;
            let index = Index::in_memory().expect("an index fits in memory");
            let regions = CityRegions::of_code("33.74").expect("the city has its regions");
            opening.with(Arc::new(index)).with(Arc::new(regions))
        });
        let city = city.await;
        let tempe = city.seller("Tempe Bu Rekaan", "Sri Rekaan", VILLAGE).await;
        let kopi = city.seller("Kopi Pak Rekaan", "Budi Rekaan", VILLAGE).await;
        let chips = city.offer(&tempe, "Keripik tempe 250 g", 18_000, 10).await;
        let coffee = city.offer(&kopi, "Kopi bubuk 200 g", 30_000, 5).await;
        Town { city, tempe, kopi, chips, coffee }
    }

    /// A visitor with these things in the basket.
    pub(crate) async fn guest(&self, wants: &[(&ProductId, &str)]) -> Client {
        let mut guest = self.city.visitor();
        for (product, count) in wants {
            let form = [("product", product.as_str()), ("count", count)];
            let page = guest.post("/market/cart/lines", &form).await.expect(303);
            guest = guest.after(&page);
        }
        guest
    }

    /// What a guest sends who wants two bags of chips, fetched, and one of coffee, brought.
    pub(crate) fn order(&self) -> Vec<(&str, &str)> {
        vec![
            ("name", "Rini Rekaan"),
            ("phone", "0812 3456 7890"),
            ("address", "Jl. Rekaan 7, RT 02 RW 03"),
            ("village", NEAR),
            ("payment", "cash"),
            ("total", "74000"),
            ("product", self.chips.as_str()),
            ("variant", ""),
            ("count", "2"),
            ("product", self.coffee.as_str()),
            ("variant", ""),
            ("count", "1"),
            ("seller", self.tempe.business.as_str()),
            ("way", "pickup"),
            ("seller", self.kopi.business.as_str()),
            ("way", "courier"),
        ]
    }

    /// The page of an order that was just placed, and its address.
    pub(crate) async fn placed(&self) -> (Client, String) {
        let guest = self.guest(&[(&self.chips, "2"), (&self.coffee, "1")]).await;
        let page = guest.post("/market/orders", &self.order()).await.expect(303);
        let at = page.location.clone().expect("a guest is led to the order");
        (guest.after(&page), at)
    }

    /// The first order that a seller has.
    pub(crate) async fn sale(&self, seller: &Seller) -> String {
        let page = seller.owner.client.get("/api/v1/market/sales").await;
        page.json()["orders"][0]["id"].as_str().expect("the seller has an order").to_owned()
    }

    pub(crate) async fn stock(&self, product: &ProductId) -> i64 {
        self.city.product(product).await.stock
    }

    /// Lets the clocks run that have run out.
    pub(crate) async fn sweep(&self) {
        let db = self.city.db.clone();
        let outcomes = market::area().outcomes;
        let swept = tokio::task::spawn_blocking(move || base::deadline::sweep_all(&db, outcomes));
        let swept = swept.await.expect("the clocks run");
        assert_eq!(swept.expect("deadlines are carried out").failed, 0);
    }

    /// What `gerai verify` finds: nothing.
    pub(crate) async fn verify(&self) {
        for area in [catalog::area(), market::area()] {
            let verify = area.verify.expect("the area can be verified");
            assert_eq!(self.city.read(verify).await, []);
        }
    }
}

/// Address and code of the part of one seller, as the buyer reads them.
pub(crate) fn part(page: &Page, seller: &str) -> (String, String) {
    let json = page.json();
    let parts = json["parts"].as_array().expect("an order has parts");
    let part = parts.iter().find(|part| part["order"]["seller_name"] == seller);
    let part = part.expect("the seller has a part");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    (text(&part["order"]["id"]), text(&part["code"]))
}
