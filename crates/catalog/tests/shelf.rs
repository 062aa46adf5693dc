//! The shelf follows what sellers and officers do.

mod kit;

use std::sync::Arc;

use catalog::product;
use catalog::search::{self, Index, Question};
use catalog::stock;
use kit::Town;
use registry::verification::Decision;
use testkit::described;

const GAJAHMUNGKUR: &str = "33.74.09.1006";
const PEDURUNGAN: &str = "33.74.11.1007";

#[tokio::test]
async fn the_shelf_is_searched_filtered_and_ordered() {
    let town = Town::open().await;
    let visitor = town.city.visitor();
    visitor.get("/catalog/products").await.expect(200).sees("Belum ada barang yang ditawarkan");
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let karto = town.city.seller("Roti Mbah Karto", "Karto", PEDURUNGAN).await;
    town.city.offer(&ngatmi, "Nasi kotak ayam bakar", 27_500, 200).await;
    town.city.offer(&ngatmi, "Nasi kuning", 15_000, 4).await;
    town.city.offer(&karto, "Roti sobek", 12_000, 30).await;
    town.follow().await;
    let shelf = visitor.get("/catalog/products").await.expect(200).sees("3 barang");
    shelf.sees("Dapur Bu Ngatmi").sees("Sisa 4");
    let found = visitor.get("/catalog/products?q=nasi+kotk").await.expect(200);
    found.sees("Nasi kotak ayam bakar").sees("Tidak ada yang persis \"nasi kotk\"");
    let cheap = visitor.get("/api/v1/catalog/products?q=nasi&order=cheapest").await.json();
    assert_eq!(cheap["goods"][0]["name"], "Nasi kuning");
    let narrow = visitor.get("/api/v1/catalog/products?price_min=13.000&price_max=20.000").await;
    assert_eq!(narrow.json()["total"], 1);
    let there = visitor.get("/catalog/products?q=nasi&district=33.74.11").await.expect(200);
    let search =
        there.body.split("role=\"search\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(search.contains("name=\"district\" value=\"33.74.11\""), "searching again keeps it");
    there.sees("Tidak ada \"nasi\" di").sees("Tanpa saringan ada 2 barang");
    let nothing = visitor.get("/catalog/products?q=helikopter").await.expect(200);
    nothing.sees("Tidak ada hasil untuk \"helikopter\"");
    let number = town.city.business(&karto.business).await.number;
    let theirs = visitor.get(&format!("/catalog/products?business={number}")).await.expect(200);
    theirs.sees("Barang Roti Mbah Karto").sees("Roti sobek").sees("1 barang");
    visitor.get("/catalog/products?business=UMKM-0").await.expect(404);
    let english = visitor.get("/catalog/products?q=roti&page=99&category=zzz").await.expect(200);
    english.sees("Tidak ada yang cocok");
}

#[tokio::test]
async fn sold_out_renamed_and_withdrawn_goods_are_followed() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Nasi kotak", 25_000, 2).await;
    town.follow().await;
    assert_eq!(total(&town.index, "nasi"), 1);
    let of = id.clone();
    town.city.write(move |tx| stock::take(tx, &of, 2, "order-1")).await.unwrap();
    town.follow().await;
    assert_eq!(total(&town.index, "nasi"), 0, "sold out");
    let page = town.city.visitor().get(&format!("/catalog/products/{id}")).await;
    page.expect(200).sees("Habis");
    let of = id.clone();
    town.city.write(move |tx| stock::put_back(tx, &of, 2, "order-1")).await.unwrap();
    let renamed = |version, offered| {
        let what = described("Bakmi jawa", 22_000);
        let change = product::Change { version, what, offered, confirmed: false };
        let of = id.clone();
        town.city.act(&ngatmi.owner, move |tx| product::describe(tx, &of, &change))
    };
    renamed(1, true).await.unwrap();
    town.follow().await;
    assert_eq!((total(&town.index, "nasi"), total(&town.index, "bakmie")), (0, 1));
    renamed(2, false).await.unwrap();
    town.follow().await;
    assert_eq!(total(&town.index, ""), 0, "withdrawn");
}

#[tokio::test]
async fn the_goods_of_a_suspended_business_vanish_and_come_back() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let business = ngatmi.business.clone();
    let many = town.city.act(&ngatmi.owner, |tx| {
        let list =
            |n: i64| product::list(tx, &described(&format!("Kue {n}"), 5_000), 1, &[], false);
        (0..60).map(list).collect::<base::Result<Vec<_>>>()
    });
    let first = many.await.unwrap().remove(0);
    town.follow().await;
    assert_eq!(total(&town.index, "kue"), 60);
    town.city.decide(&business, Decision::Suspend).await;
    town.follow().await;
    assert_eq!(total(&town.index, ""), 0);
    town.city.visitor().get(&format!("/catalog/products/{first}")).await.expect(404);
    town.city.decide(&business, Decision::Verify).await;
    town.follow().await;
    assert_eq!(total(&town.index, "kue"), 60);
}

#[tokio::test]
async fn an_index_made_again_equals_the_one_that_followed() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let karto = town.city.seller("Roti Mbah Karto", "Karto", PEDURUNGAN).await;
    for n in 0..20 {
        town.city.offer(&ngatmi, &format!("Nasi kotak {n}"), 20_000 + n, 5 * (n % 3)).await;
        town.city.offer(&karto, &format!("Roti {n}"), 10_000 + n, 1).await;
        if n % 7 == 0 {
            town.follow().await;
        }
    }
    town.city.decide(&karto.business.clone(), Decision::Suspend).await;
    town.follow().await;
    let (db, again) = (town.city.db.clone(), Index::in_memory().unwrap());
    let again = tokio::task::spawn_blocking(move || {
        let count = search::rebuild(&db, &again).unwrap();
        assert_eq!(search::feed(&db, &again).unwrap(), 0, "it has reached the same event");
        (count, again)
    });
    let (count, again) = again.await.unwrap();
    assert_eq!(count, town.index.len());
    for text in ["", "nasi", "roti", "kotk"] {
        let question = Question { text: text.to_owned(), take: 100, ..Question::default() };
        let (one, other) = (town.index.ask(&question).unwrap(), again.ask(&question).unwrap());
        let sorted = |found: Arc<search::Found>| {
            let mut goods = found.goods.clone();
            goods.sort_by(|a, b| a.id.cmp(&b.id));
            (goods, found.total, found.categories.clone(), found.districts.clone())
        };
        assert_eq!(sorted(one), sorted(other), "{text}");
    }
}

fn total(index: &Index, text: &str) -> i64 {
    let question = Question { text: text.to_owned(), take: 1, ..Question::default() };
    index.ask(&question).expect("the index answers").total
}
