//! Stock explains itself, whoever takes from it, and however many at once.

mod kit;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base::{Error, consumer};
use catalog::{product, stock};
use kit::Town;

const GAJAHMUNGKUR: &str = "33.74.09.1006";

#[tokio::test]
async fn an_owner_tells_what_was_made_lost_and_counted() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Sambal botol", 20_000, 100).await;
    let address = format!("/catalog/products/{id}/stock");
    for (reason, count, status) in [
        ("made", "1.000", 303),
        ("lost", "50", 303),
        ("counted", "900", 303),
        ("counted", "900", 303),
        ("lost", "901", 422),
        ("lost", "451", 422),
        ("counted", "449", 422),
        ("counted", "0", 422),
        ("made", "1000000", 422),
        ("made", "banyak", 422),
        ("made", "1.5", 422),
        ("made", "", 422),
    ] {
        let sent =
            ngatmi.owner.client.post(&address, &[("reason", reason), ("count", count)]).await;
        sent.expect(status);
    }
    let lost = [("reason", "lost"), ("count", "901")];
    let again = ngatmi.owner.client.post(&address, &lost).await.expect(422);
    let again = again.sees("Persediaan tidak sebanyak itu").sees("900 kotak");
    assert!(again.body.contains("value=\"901\"") && again.body.contains("value=\"lost\" checked"));
    let api = format!("/api/v1{address}");
    let json = serde_json::json!({ "reason": "lost", "count": "901" });
    let refused = ngatmi.owner.client.post_json(&api, &json).await.expect(409).json();
    assert_eq!(refused["code"], "catalog-out-of-stock");
    let seen = id.clone();
    let (product, moves) = town
        .city
        .read(move |read| Ok((product::find(read, &seen)?, stock::moves(read, &seen, None)?)))
        .await;
    let told: Vec<(&str, i64)> = moves.iter().map(|m| (m.reason.as_str(), m.count)).collect();
    assert_eq!(told, [("counted", -150), ("lost", -50), ("made", 1_000), ("counted", 100)]);
    assert_eq!(product.stock, 900);
    assert_eq!(town.findings().await, []);
    let page = ngatmi.owner.client.get(&format!("/catalog/products/{id}/edit")).await.expect(200);
    page.sees("900 kotak").sees("Rusak atau hilang").sees("+1.000");
}

#[tokio::test]
async fn an_order_takes_what_is_there_and_gives_it_back() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Sambal botol", 20_000, 10).await;
    let of = id.clone();
    town.city.write(move |tx| stock::take(tx, &of, 10, "order-1")).await.unwrap();
    let of = id.clone();
    let refused = town.city.write(move |tx| stock::take(tx, &of, 1, "order-2")).await;
    assert!(matches!(refused, Err(Error::Refused("catalog-out-of-stock"))), "{refused:?}");
    let of = id.clone();
    let none = town.city.write(move |tx| stock::take(tx, &of, 0, "order-3")).await;
    assert!(matches!(none, Err(Error::Invalid(_))), "{none:?}");
    let of = id.clone();
    town.city.write(move |tx| stock::put_back(tx, &of, 4, "order-1")).await.unwrap();
    let seen = id.clone();
    let stock = town.city.read(move |read| product::find(read, &seen)).await.stock;
    assert_eq!((stock, town.findings().await), (4, vec![]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_hundred_pieces_are_sold_once_among_sixty_four_buyers() {
    const BUYERS: usize = 64;
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Parsel Lebaran", 240_000, 100).await;
    let taken = Arc::new(AtomicI64::new(0));
    let buyers = (0..BUYERS).map(|buyer| {
        let (db, id, taken) = (town.city.db.clone(), id.clone(), Arc::clone(&taken));
        std::thread::spawn(move || {
            let cause = format!("order-{buyer}");
            for _ in 0..3 {
                let (id, cause) = (id.clone(), cause.clone());
                let mut answer = Err(Error::Busy);
                while matches!(answer, Err(Error::Busy)) {
                    let (id, cause) = (id.clone(), cause.clone());
                    let body = move |tx: &mut base::Tx<'_>| stock::take(tx, &id, 1, &cause);
                    answer = db.write("catalog.take", body).wait();
                }
                match answer {
                    Ok(()) => taken.fetch_add(1, Ordering::SeqCst),
                    Err(Error::Refused("catalog-out-of-stock")) => return,
                    Err(error) => panic!("{error:?}"),
                };
            }
        })
    });
    let buyers: Vec<_> = buyers.collect();
    let joined = tokio::task::spawn_blocking(move || buyers.into_iter().all(|b| b.join().is_ok()));
    assert!(joined.await.unwrap());
    let seen = id.clone();
    let (left, moves) = town
        .city
        .read(move |read| {
            let moved: Option<(i64,)> = read.first(
                "SELECT CAST(SUM(count) AS BIGINT) FROM catalog_stock_moves
                 WHERE product_id = $1 AND reason = 'ordered'",
                &[&seen],
            )?;
            Ok((product::find(read, &seen)?.stock, moved.map(|row| row.0)))
        })
        .await;
    assert_eq!((left, taken.load(Ordering::SeqCst), moves), (0, 100, Some(-100)));
    assert_eq!(town.findings().await, []);
}

#[tokio::test]
async fn verify_finds_stock_that_nobody_moved() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Sambal botol", 20_000, 10).await;
    assert_eq!(town.findings().await, []);
    let of = id.clone();
    let tampered = town.city.write(move |tx| {
        consumer::derive(
            tx,
            "UPDATE catalog_products SET stock = 99 WHERE id = $1 RETURNING id",
            &[&of],
        )
    });
    tampered.await.unwrap();
    let findings = town.findings().await;
    assert_eq!(findings.len(), 1);
    assert!(format!("{findings:?}").contains(id.as_str()), "{findings:?}");
}

#[tokio::test]
async fn what_an_order_set_aside_fits_back_onto_a_shelf_that_was_filled_meanwhile() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Sambal botol", 20_000, 10).await;
    let of = id.clone();
    town.city.write(move |tx| stock::take(tx, &of, 10, "order-1")).await.unwrap();
    let (of, most) = (id.clone(), stock::STOCK_MAX);
    let made = town
        .city
        .act(&ngatmi.owner, move |tx| stock::tell(tx, &of, most, stock::Reason::Made, false));
    made.await.unwrap();
    let of = id.clone();
    town.city.write(move |tx| stock::put_back(tx, &of, 10, "order-1")).await.unwrap();
    assert_eq!(town.city.product(&id).await.stock, stock::STOCK_MAX + 10);
    assert_eq!(town.findings().await, []);
}

#[tokio::test]
async fn a_shelf_that_is_suddenly_empty_is_asked_about_once() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Lumpia rebung", 16_500, 58).await;
    let address = format!("/catalog/products/{id}/stock");
    let owner = &ngatmi.owner.client;
    let page = owner.post(&address, &[("reason", "counted"), ("count", "0")]).await.expect(422);
    let page = page.sees("Benar, persediaannya dari 58 menjadi 0").sees("Persediaan sekarang 58");
    assert!(page.body.contains("value=\"counted\" checked"), "nothing typed is lost");
    assert_eq!(page.body.matches("name=\"confirmed\"").count(), 1, "asked in one form");
    let page = owner.post(&address, &[("reason", "lost"), ("count", "30")]).await.expect(422);
    page.sees("dari 58 menjadi 28");
    let json = serde_json::json!({ "reason": "lost", "count": 30 });
    let refused = owner.post_json(&format!("/api/v1{address}"), &json).await.expect(422).json();
    assert_eq!(refused["codes"]["confirmed"], "catalog-stock-far");
    assert_eq!(town.city.product(&id).await.stock, 58);
    let sure = [("reason", "counted"), ("count", "0"), ("confirmed", "1")];
    owner.post(&address, &sure).await.expect(303);
    assert_eq!(town.city.product(&id).await.stock, 0);
}
