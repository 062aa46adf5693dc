//! A checked business opens its shop: nobody checks its identity twice.

use crate::kit::Town;

#[tokio::test]
async fn a_shop_opens_with_goods_and_a_way_to_get_them() {
    let town = Town::before_opening().await;
    let tempe = &town.tempe.owner.client;
    tempe
        .get("/market/shop")
        .await
        .expect(200)
        .sees("Ada barang yang ditawarkan")
        .sees("Buka toko");
    let neither = [("pickup_place", "Jl. Menoreh Raya 12"), ("version", "0")];
    let page = tempe.post("/market/shop", &neither).await.expect(422);
    page.sees("Pilih sedikitnya satu cara.");
    let nowhere = [("pickup", "1"), ("pickup_place", " "), ("version", "0")];
    tempe.post("/market/shop", &nowhere).await.expect(422).sees("Tulis tempat mengambil barang.");
    let product = format!("/catalog/products/{}", town.chips);
    let before = town.city.visitor().get(&product).await;
    assert!(!before.text().contains("Masukkan keranjang"));
    let good = [("pickup", "1"), ("pickup_place", "Jl. Menoreh Raya 12"), ("version", "0")];
    tempe.post("/market/shop", &good).await.expect(303);
    town.city.visitor().get(&product).await.sees("Masukkan keranjang");
    // A second tab that still shows the closed shop changes nothing.
    tempe.post("/market/shop", &good).await.expect(412);
}

#[tokio::test]
async fn a_shop_without_goods_does_not_open() {
    let town = Town::before_opening().await;
    let bare = town.city.seller("Toko Kosong Rekaan", "Wati Rekaan", testkit::VILLAGE).await;
    let form = [("courier", "1"), ("version", "0")];
    let page = bare.owner.client.post("/market/shop", &form).await.expect(409);
    page.sees("Belum ada barang yang ditawarkan.");
}

#[tokio::test]
async fn a_closed_shop_takes_no_orders_and_finishes_those_it_has() {
    let town = Town::open().await;
    let (guest, at) = town.placed().await;
    let kopi = &town.kopi.owner.client;
    kopi.post("/market/shop/closure", &[("version", "1")]).await.expect(303);
    let late = town.guest(&[(&town.coffee, "1")]).await;
    late.get("/market/cart").await.sees("Toko ini sedang tidak menerima pesanan.");
    let page = late.post("/market/orders", &town.order()).await.expect(422);
    page.sees("Toko ini sedang tidak menerima pesanan.");
    let sale = town.sale(&town.kopi).await;
    kopi.post(&format!("/market/sales/{sale}/packing"), &[]).await.expect(303);
    guest.get(&at).await.sees("Dikirim");
}
