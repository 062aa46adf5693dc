//! Machines elsewhere: search engines find what everybody can buy, partner shops take it along.

mod kit;

use base::Error;
use catalog::outlet;
use kit::Town;
use serde_json::Value;

const GAJAHMUNGKUR: &str = "33.74.09.1006";

/// The block of JSON-LD of a page.
fn linked(body: &str) -> Value {
    let after = body.split("<script type=\"application/ld+json\">").nth(1).expect("a block");
    let block = after.split("</script>").next().expect("its end");
    serde_json::from_str(block).expect("JSON")
}

#[tokio::test]
async fn what_everybody_can_buy_stands_on_the_map_and_in_the_table() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let first = town.city.offer(&ngatmi, "Keripik tempe 250 g", 18_500, 40).await;
    let second = town.city.offer(&ngatmi, "Keripik pisang 250 g", 17_000, 0).await;
    let visitor = town.city.visitor();
    // As long as the shop is closed, nothing of it is told.
    let map = visitor.get("/catalog/sitemap-products.xml").await.expect(200);
    assert!(!map.body.contains("<loc>"), "{}", map.body);
    let business = ngatmi.business.clone();
    let open = town.city.write(move |tx| {
        outlet::set(tx, &business, true)?;
        Ok::<_, Error>(())
    });
    open.await.expect("the shop is open");

    let index = visitor.get("/catalog/sitemap.xml").await.expect(200);
    assert_eq!(index.body.matches("<sitemap><loc>http").count(), 1);
    assert!(index.body.contains("/catalog/sitemap-products.xml</loc>"));
    let map = visitor.get("/catalog/sitemap-products.xml").await.expect(200);
    for id in [&first, &second] {
        assert!(
            map.body.contains(&format!("/catalog/products/{id}</loc><lastmod>")),
            "{}",
            map.body
        );
    }
    let rest =
        visitor.get(&format!("/catalog/sitemap-products.xml?after={first}")).await.expect(200);
    assert!(!rest.body.contains(&first.to_string()) && rest.body.contains(&second.to_string()));

    let table = visitor.get("/catalog/feed.tsv").await.expect(200);
    let lines: Vec<Vec<&str>> = table.body.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 3);
    let cell = |line: usize, name: &str| {
        let at = lines[0].iter().position(|column| *column == name).expect("a column");
        lines[line][at]
    };
    assert_eq!(cell(1, "title"), "Keripik tempe 250 g");
    assert_eq!((cell(1, "price"), cell(1, "availability")), ("18500 IDR", "in_stock"));
    assert_eq!((cell(1, "brand"), cell(2, "availability")), ("Dapur Bu Ngatmi", "out_of_stock"));
    visitor.get("/catalog/feed.tsv?after=bukan").await.expect(422);
}

#[tokio::test]
async fn a_page_tells_machines_what_it_shows_and_nothing_ends_the_block() {
    let town = Town::open().await;
    let ngatmi = town.city.seller("Dapur Bu Ngatmi", "Ngatmi", GAJAHMUNGKUR).await;
    let id = town.city.offer(&ngatmi, "Keripik tempe 250 g", 18_500, 40).await;
    let business = ngatmi.business.clone();
    let product = id.clone();
    let open = town.city.write(move |tx| {
        outlet::set(tx, &business, true)?;
        let rating = catalog::rating::Rating { reviews: 2, stars: 9 };
        catalog::rating::set(tx, &product, rating)
    });
    open.await.expect("the shop is open, and buyers are content");
    let page = town.city.visitor().get(&format!("/catalog/products/{id}")).await.expect(200);
    let product = linked(&page.body);
    assert_eq!(
        (&product["@type"], &product["name"]),
        (&"Product".into(), &"Keripik tempe 250 g".into())
    );
    let offer = &product["offers"];
    assert_eq!((&offer["price"], &offer["priceCurrency"]), (&"18500".into(), &"IDR".into()));
    assert_eq!(offer["availability"], "https://schema.org/InStock");
    assert_eq!(offer["seller"]["name"], "Dapur Bu Ngatmi");
    assert_eq!(product["aggregateRating"]["ratingValue"], "4.5");
    assert_eq!(product["aggregateRating"]["reviewCount"], 2);

    let description = "Renyah </script><script>alert(1)</script>";
    let fields = [
        ("name", "Keripik tempe pedas"),
        ("category", "makanan"),
        ("unit", "bungkus"),
        ("price", "18500"),
        ("stock", "5"),
        ("description", description),
        ("offered", "1"),
    ];
    let listed = ngatmi.owner.client.post("/catalog/products", &fields).await.expect(303);
    let edit = listed.location.expect("the owner is led to the product");
    let id = edit.split('/').nth(3).expect("an address has an id");
    let page = town.city.visitor().get(&format!("/catalog/products/{id}")).await.expect(200);
    assert_eq!(linked(&page.body)["description"], description);
    assert!(!page.body.contains("<script>alert"));
}
