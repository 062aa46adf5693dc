//! What everybody can buy, for machines elsewhere: a map of the pages for search engines (sitemaps.org 0.9), and
//! a table for partner shops with the columns that price comparisons read.

use ::web::{Access, Answer, Ctx, Query, Routes};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use base::{Read, Result, Timestamp};
use registry::business;
use serde::Deserialize;

use super::linked::photo;
use crate::product::{self, Product, ProductId};

/// Pages in one map; the protocol allows 50,000.
const MAP_ROWS: i64 = 5_000;
/// Maps that are named; a city has fewer goods.
const MAPS_MAX: usize = 1_000;
/// Goods in one part of the table.
const TABLE_ROWS: i64 = 1_000;
const COLUMNS: [&str; 10] = [
    "id",
    "title",
    "description",
    "link",
    "image_link",
    "availability",
    "price",
    "condition",
    "brand",
    "updated",
];
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/catalog/sitemap.xml", maps, Access::Anyone)
        .raw()
        .get("/catalog/sitemap-products.xml", map, Access::Anyone)
        .raw()
        .asks(&["after"])
        .get("/catalog/feed.tsv", table, Access::Anyone)
        .raw()
        .asks(&["after"])
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// The last product of the part before.
    #[serde(default)]
    after: Option<ProductId>,
}

impl Asked {
    fn after(&self) -> String {
        self.after.as_ref().map(ToString::to_string).unwrap_or_default()
    }
}

/// Where each map begins.
async fn maps(ctx: Ctx) -> Answer {
    let starts = ctx.read(starts).await?;
    let base_url = &ctx.city().base_url;
    let named = starts.iter().map(|after| {
        let query = if after.is_empty() { String::new() } else { format!("?after={after}") };
        format!("<sitemap><loc>{base_url}/catalog/sitemap-products.xml{query}</loc></sitemap>\n")
    });
    Ok(xml("sitemapindex", &named.collect::<String>()).into_response())
}

fn starts(read: &mut Read<'_>) -> Result<Vec<String>> {
    let mut starts = vec![String::new()];
    while starts.len() < MAPS_MAX {
        let after = starts.last().map(String::as_str).unwrap_or_default();
        match product::nth_on_sale(read, after, MAP_ROWS)? {
            Some(last) => starts.push(last.to_string()),
            None => break,
        }
    }
    Ok(starts)
}

/// The pages of goods.
async fn map(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let after = asked.after();
    let goods = ctx.read(move |read| product::on_sale(read, &after, MAP_ROWS)).await?;
    let base_url = &ctx.city().base_url;
    let page = |product: &Product| {
        let (at, changed) = (&product.id, day(product.changed_at));
        format!(
            "<url><loc>{base_url}/catalog/products/{at}</loc><lastmod>{changed}</lastmod></url>\n"
        )
    };
    Ok(xml("urlset", &goods.iter().map(page).collect::<String>()).into_response())
}

fn xml(name: &str, inside: &str) -> impl IntoResponse {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{name} xmlns=\"{NAMESPACE}\">\n{inside}</{name}>\n"
    );
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], text)
}

/// The goods themselves, tab by tab; the next part is named in the header `Link`.
async fn table(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let (after, base_url) = (asked.after(), ctx.city().base_url.clone());
    let goods = ctx.read(move |read| {
        let goods = product::on_sale(read, &after, TABLE_ROWS)?;
        let row = |product: Product| {
            let business = business::find(read, &product.business)?;
            Ok((business.trades().then_some(business.name), product))
        };
        goods.into_iter().map(row).collect::<Result<Vec<_>>>()
    });
    let goods = goods.await?;
    let full = i64::try_from(goods.len()).is_ok_and(|count| count == TABLE_ROWS);
    let next = goods.last().filter(|_| full).map(|(_, last)| last.id.clone());
    let mut text = COLUMNS.join("\t") + "\n";
    for (maker, product) in &goods {
        if let Some(maker) = maker {
            text.push_str(&row(product, maker, &base_url));
        }
    }
    let kind = (header::CONTENT_TYPE, "text/tab-separated-values; charset=utf-8");
    let mut answer = ([kind], text).into_response();
    if let Some(next) = next {
        let link = format!("<{base_url}/catalog/feed.tsv?after={next}>; rel=\"next\"");
        if let Ok(link) = HeaderValue::from_str(&link) {
            answer.headers_mut().insert(header::LINK, link);
        }
    }
    Ok(answer)
}

fn row(product: &Product, maker: &str, base_url: &str) -> String {
    let image = product.photos.first().map(|hash| photo(base_url, hash)).unwrap_or_default();
    let availability = if product.stock > 0 { "in_stock" } else { "out_of_stock" };
    let cells = [
        product.id.to_string(),
        product.name.clone(),
        product.description.clone(),
        format!("{base_url}/catalog/products/{}", product.id),
        image,
        availability.to_owned(),
        format!("{} IDR", product.price.amount()),
        "new".to_owned(),
        maker.to_owned(),
        day(product.changed_at),
    ];
    // A tab or a line's end in a text would begin another cell.
    let plain = |cell: String| cell.replace(['\t', '\n', '\r'], " ");
    cells.map(plain).join("\t") + "\n"
}

/// The day in the city, as both formats write it.
fn day(at: Timestamp) -> String {
    at.date().iso()
}
