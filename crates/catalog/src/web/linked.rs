//! A product in the words of schema.org (Product, Offer, AggregateRating), for machines that read pages.

use serde_json::{Value, json};

use super::thing::ProductPage;

/// A block of JSON-LD that may stand in a page as it is.
pub(super) fn product(page: &ProductPage, base_url: &str) -> String {
    let availability = if page.sold { "InStock" } else { "OutOfStock" };
    let mut product = json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page.name,
        "description": page.description,
        "url": page.address,
        "image": page.photos.iter().map(|hash| photo(base_url, hash)).collect::<Vec<_>>(),
        "brand": { "@type": "Brand", "name": page.business_name },
        "offers": {
            "@type": "Offer",
            "price": page.price.amount().to_string(),
            "priceCurrency": "IDR",
            "availability": format!("https://schema.org/{availability}"),
            "url": page.address,
            "seller": {
                "@type": "LocalBusiness",
                "name": page.business_name,
                "url": format!("{base_url}/registry/businesses/{}", page.business_number),
            },
        },
    });
    if let Some(tenths) = page.rating.tenths() {
        product["aggregateRating"] = rating(tenths, page.rating.reviews);
    }
    // Nothing of it may end the block.
    product.to_string().replace('<', "\\u003c")
}

fn rating(tenths: i64, reviews: i64) -> Value {
    json!({
        "@type": "AggregateRating",
        "ratingValue": format!("{}.{}", tenths / 10, tenths % 10),
        "reviewCount": reviews,
    })
}

/// Where a photo is found from outside.
pub(super) fn photo(base_url: &str, hash: &str) -> String {
    format!("{base_url}/files/{hash}/full")
}
