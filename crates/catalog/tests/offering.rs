//! An owner offers goods: lists, describes, photographs, and finds only their own.

mod kit;

use base::Error;
use catalog::product;
use kit::{Town, png};
use registry::verification::Decision;
use testkit::described;

const GAJAHMUNGKUR: &str = "33.74.09.1006";

fn form<'a>(name: &'a str, price: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", name),
        ("category", "makanan"),
        ("unit", "kotak"),
        ("price", price),
        ("stock", "120"),
        ("lead_days", "2"),
        ("domestic", "1"),
        ("variants", "Pedas\nTidak pedas\n"),
        ("description", "Nasi, ayam bakar, lalapan, sambal."),
    ]
}

/// The id in `/catalog/products/{id}/edit`.
fn id_in(location: &str) -> String {
    location.split('/').nth(3).expect("an address has an id").to_owned()
}

#[tokio::test]
async fn an_owner_offers_a_product_and_everybody_sees_it() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    ngatmi.owner.client.get("/catalog/own").await.expect(200).sees("Belum ada barang");
    ngatmi.owner.client.get("/catalog/own/new").await.expect(200).sees("Tawarkan barang atau jasa");
    let wrong = ngatmi.owner.client.post("/catalog/products", &form("Na", "gratis")).await;
    wrong.expect(422).sees("Isi nama barang").sees("Isi harga dengan angka");
    let listed =
        ngatmi.owner.client.post("/catalog/products", &form("Nasi  kotak ayam", "27.500")).await;
    let edit = listed.expect(303).location.unwrap();
    let page = ngatmi.owner.client.get(&edit).await.expect(200);
    page.sees("120 kotak").sees("Hasil hitung");
    let address = format!("/catalog/products/{}", id_in(&edit));
    let seen = town.city.visitor().get(&address).await.expect(200);
    let seen = seen.sees("Nasi kotak ayam").sees("Rp27.500").sees("Dapur Bu Ngatmi");
    let seen = seen.sees("Tersedia 120 kotak").sees("Pedas, Tidak pedas").sees("2 hari");
    assert!(seen.body.contains("property=\"og:title\" content=\"Nasi kotak ayam, Rp27.500\""));
    assert!(seen.body.contains("wa.me/?text=Nasi%20kotak%20ayam"), "it can be shared");
    assert!(!seen.body.contains("/edit"), "visitors are not led to the owner's page");
    ngatmi
        .owner
        .client
        .get("/catalog/own")
        .await
        .expect(200)
        .sees("Nasi kotak ayam")
        .sees("Ditawarkan");
}

#[tokio::test]
async fn programs_get_the_same_as_people() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Keripik singkong 250 g", 18_500, 40).await;
    town.follow().await;
    let visitor = town.city.visitor();
    let twin = visitor.get(&format!("/api/v1/catalog/products/{id}")).await.expect(200).json();
    assert_eq!(twin["name"], "Keripik singkong 250 g");
    assert_eq!((&twin["price"], &twin["stock"]), (&18_500.into(), &40.into()));
    assert_eq!(twin["per_measure"], "Rp74.000 / kg");
    assert_eq!(twin.get("phone"), None);
    let shelf = visitor.get("/api/v1/catalog/products?q=kripik").await.expect(200).json();
    assert_eq!((&shelf["total"], &shelf["goods"][0]["id"]), (&1.into(), &id.to_string().into()));
    let wrong = serde_json::json!({ "name": "Na" });
    let problem =
        ngatmi.owner.client.post_json("/api/v1/catalog/products", &wrong).await.expect(422);
    assert!(problem.body.contains("catalog-price-wanted"), "{}", problem.body);
    visitor.get("/api/v1/catalog/products/nothing").await.expect(404);
}

#[tokio::test]
async fn a_form_sent_twice_lists_one_product() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let fields = form("Nasi kotak", "27.500");
    let one =
        ngatmi.owner.client.post_with_key("/catalog/products", &fields, "sekali").await.expect(303);
    let two =
        ngatmi.owner.client.post_with_key("/catalog/products", &fields, "sekali").await.expect(303);
    assert_eq!(one.location, two.location);
    let business = ngatmi.business.clone();
    let all = town.city.read(move |read| product::of_business(read, &business, true, None)).await;
    assert_eq!((all.len(), all[0].stock), (1, 120));
}

#[tokio::test]
async fn a_product_is_described_anew_by_whoever_has_seen_the_last_version() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Nasi kotak", 25_000, 10).await;
    let address = format!("/catalog/products/{id}/description");
    let mut fields = form("Nasi kotak ayam bakar", "29.000");
    fields.extend([("version", "1"), ("offered", "1")]);
    ngatmi.owner.client.post(&address, &fields).await.expect(303);
    ngatmi.owner.client.post(&address, &fields).await.expect(412);
    let page = town.city.visitor().get(&format!("/catalog/products/{id}")).await;
    page.expect(200).sees("Nasi kotak ayam bakar").sees("Rp29.000").sees("Tersedia 10 kotak");
    let mut fields = form("Nasi kotak ayam bakar", "29.000");
    fields.push(("version", "2"));
    ngatmi.owner.client.post(&address, &fields).await.expect(303);
    let page = town.city.visitor().get(&format!("/catalog/products/{id}")).await.expect(200);
    page.sees("Tidak ditawarkan");
}

#[tokio::test]
async fn a_program_changes_what_it_has_read_and_nothing_newer() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Nasi kotak", 25_000, 10).await;
    let read = format!("/api/v1/catalog/products/{id}/edit");
    let address = format!("/api/v1/catalog/products/{id}/description");
    let page = ngatmi.owner.client.get(&read).await.expect(200);
    let tag = page.headers["etag"].to_str().unwrap().to_owned();
    assert!(tag.starts_with("\"1-"), "{tag}");
    let known = ngatmi.owner.client.saying("if-none-match", &format!("W/{tag}, \"other\""));
    known.get(&read).await.expect(304);
    let new = serde_json::json!({ "name": "Nasi kotak ayam", "category": "makanan", "unit": "kotak",
        "price": "29.000", "stock": "", "lead_days": "2", "offered": "1" });
    let seen = ngatmi.owner.client.saying("if-match", &tag);
    seen.post_json(&address, &new).await.expect(201);
    let stale = seen.post_json(&address, &new).await.expect(412).json();
    assert_eq!(stale["code"], "stale");
    let hash = tag.split('-').nth(1).unwrap();
    let current = ngatmi.owner.client.saying("if-match", &format!("\"2-{hash}"));
    current.post_json(&address, &new).await.expect(201);
    for weak in [format!("W/{tag}"), "\"abc\"".to_owned(), "3".to_owned()] {
        let unsure = ngatmi.owner.client.saying("if-match", &weak);
        unsure.post_json(&address, &new).await.expect(412);
    }
    let problem = ngatmi.owner.client.post_json(&address, &new).await.expect(412).json();
    assert_eq!(problem["code"], "stale", "neither a tag nor the field says what was read");
    let stock = format!("/api/v1/catalog/products/{id}/stock");
    let problem = seen.post_json(&stock, &serde_json::json!({})).await.expect(422).json();
    assert_eq!(problem["codes"]["If-Match"], "if-match-not-here");
}

#[tokio::test]
async fn goods_may_come_with_their_photo_and_a_refused_form_is_kept() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let owner = &ngatmi.owner.client;
    let (photo, unnamed, named) = (png(9), form("Na", "27.500"), form("Nasi kotak", "27.500"));
    let wrong = owner.upload("/catalog/own", &unnamed, ("photo", "a.png", &photo));
    let wrong = wrong.await.expect(422).sees("Isi nama barang").sees("Nasi, ayam bakar");
    assert!(wrong.body.contains("27.500"));
    let bad = owner.upload("/catalog/own", &named, ("photo", "a", b"x"));
    bad.await.expect(422).sees("bukan foto").sees("Nasi, ayam bakar");
    let good = owner.upload("/catalog/own", &named, ("photo", "a", &photo));
    let id = id_in(&good.await.expect(303).location.unwrap());
    let id = base::Id::parse(&id).unwrap();
    let listed = town.city.read(move |read| product::find(read, &id)).await;
    assert_eq!((listed.photos.len(), listed.stock), (1, 120));
}

#[tokio::test]
async fn names_hold_only_what_everybody_sees_and_prices_what_the_city_may_buy() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let owner = &ngatmi.owner.client;
    let offered = |name: &str, unit: &str, price: &str, stock: &str| {
        let mut form = form("", "");
        form.retain(|(field, _)| !["name", "unit", "price", "stock"].contains(field));
        let form: Vec<(String, String)> = form
            .into_iter()
            .chain([("name", name), ("unit", unit), ("price", price), ("stock", stock)])
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
            .collect();
        async move {
            let form: Vec<(&str, &str)> =
                form.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
            owner.post("/catalog/products", &form).await
        }
    };
    let long = "N".repeat(121);
    for (name, unit, price, stock, said) in [
        ("<img onerror=x>", "kotak", "27.500", "1", "Jangan pakai tanda"),
        (long.as_str(), "kotak", "27.500", "1", "Paling banyak 120 huruf"),
        ("Nasi kotak", "\u{200b}", "27.500", "1", "Isi satuannya"),
        ("Nasi kotak", "kotak besar isi dua puluh", "27.500", "1", "Paling banyak 20 huruf"),
        ("Nasi kotak", "kotak", "999.999.999.999", "1", "Harga paling tinggi Rp"),
        ("Nasi kotak", "kotak", "27.500", "", "Isi persediaan"),
        ("Nasi kotak", "kotak", "27.500", "1.5", "Isi persediaan"),
    ] {
        offered(name, unit, price, stock).await.expect(422).sees(said);
    }
    let listed = offered("\u{202e}Nasi\u{200b} \u{a0}kotak\u{202c}", "ko\u{ad}tak", "27.500", "1");
    let id = id_in(&listed.await.expect(303).location.unwrap());
    let id = base::Id::parse(&id).unwrap();
    let listed = town.city.read(move |read| product::find(read, &id)).await;
    assert_eq!((listed.name.as_str(), listed.unit.as_str()), ("Nasi kotak", "kotak"));
}

#[tokio::test]
async fn somebody_elses_product_is_not_found() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let karto = town.city.seller("Roti Mbah Karto", "Karto", "33.74.11.1007").await;
    let id = town.city.offer(&ngatmi, "Nasi kotak", 25_000, 10).await;
    karto.owner.client.get(&format!("/catalog/products/{id}/edit")).await.expect(404);
    let stock = [("reason", "counted"), ("count", "0")];
    karto.owner.client.post(&format!("/catalog/products/{id}/stock"), &stock).await.expect(404);
    let mut fields = form("Bukan punya saya", "1");
    fields.push(("version", "1"));
    karto
        .owner
        .client
        .post(&format!("/catalog/products/{id}/description"), &fields)
        .await
        .expect(404);
    let photo = ("photo", "a.png", &png(1)[..]);
    karto
        .owner
        .client
        .upload(&format!("/catalog/products/{id}/photos"), &[], photo)
        .await
        .expect(404);
    let visitor = town.city.visitor();
    let turned = visitor.get("/catalog/own").await.expect(303).location.unwrap();
    assert!(turned.starts_with("/sign-in"), "{turned}");
    visitor.post("/api/v1/catalog/products", &form("Nasi", "1")).await.expect(401);
}

#[tokio::test]
async fn only_a_checked_business_offers() {
    let town = Town::open().await;
    let sri = town.city.seller("Jamu Sri", "Sri", GAJAHMUNGKUR).await;
    town.city.decide(&sri.business, Decision::Return).await;
    sri.owner.client.get("/catalog/own").await.expect(200).sees("belum dicek petugas");
    let refused = sri.owner.client.post("/catalog/products", &form("Jamu kunyit", "8.000")).await;
    refused.expect(409).sees("belum dicek petugas");
    let what = described("Jamu kunyit", 8_000);
    let listed = town.city.act(&sri.owner, move |tx| product::list(tx, &what, 1, &[], false)).await;
    assert!(matches!(listed, Err(Error::Refused("catalog-not-verified"))), "{listed:?}");
}

#[tokio::test]
async fn a_price_far_from_the_last_is_saved_when_its_owner_says_it_is_right() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Lumpia rebung", 16_500, 58).await;
    let address = format!("/catalog/products/{id}/description");
    let owner = &ngatmi.owner.client;
    let mut fields = form("Lumpia rebung goreng", "1");
    fields.extend([("version", "1"), ("offered", "1")]);
    for (price, asks) in [("1", "Rp1"), ("8.249", "Rp8.249"), ("33.001", "Rp33.001")] {
        fields[3] = ("price", price);
        let page = owner.post(&address, &fields).await.expect(422);
        let page = page.sees(&format!("Benar, harganya dari Rp16.500 menjadi {asks}"));
        let page = page.sees("jauh dari harga sekarang");
        assert!(page.body.contains("value=\"Lumpia rebung goreng\""), "what was typed is kept");
    }
    town.city.visitor().get(&format!("/catalog/products/{id}")).await.expect(200).sees("Rp16.500");
    let api = serde_json::json!({ "name": "Lumpia rebung", "category": "makanan", "unit": "kotak",
        "price": 1, "version": "1", "offered": "1" });
    let twin = format!("/api/v1{address}");
    let refused = owner.post_json(&twin, &api).await.expect(422).json();
    assert_eq!(refused["codes"]["confirmed"], "catalog-price-far");
    let mut sure = api.clone();
    sure["confirmed"] = serde_json::json!(true);
    owner.post_json(&twin, &sure).await.expect(201);
    fields[3] = ("price", "1");
    fields[9] = ("version", "2");
    owner.post(&address, &fields).await.expect(303);
    fields[3] = ("price", "16.500");
    fields[9] = ("version", "3");
    owner.post(&address, &fields).await.expect(422).sees("Benar, harganya dari Rp1 menjadi");
    fields.push(("confirmed", "1"));
    owner.post(&address, &fields).await.expect(303);
    let page = town.city.visitor().get(&format!("/catalog/products/{id}")).await;
    page.expect(200).sees("Rp16.500");
}

#[tokio::test]
async fn new_goods_for_next_to_nothing_are_asked_about_with_the_form_kept() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let mut fields = form("Kerupuk per biji", "99");
    let page = ngatmi.owner.client.post("/catalog/products", &fields).await.expect(422);
    let page = page.sees("Benar, harganya Rp99").sees("sangat rendah");
    assert!(page.body.contains("value=\"Kerupuk per biji\""), "what was typed is kept");
    let photo = ("photo", "kerupuk.png", png(9).as_slice().to_owned());
    let photo = (photo.0, photo.1, photo.2.as_slice());
    let page = ngatmi.owner.client.upload("/catalog/own", &fields, photo).await.expect(422);
    page.sees("Pilih lagi fotonya");
    fields.push(("confirmed", "1"));
    ngatmi.owner.client.upload("/catalog/own", &fields, photo).await.expect(303);
}
