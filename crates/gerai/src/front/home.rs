//! The city front: promise, search, services, what is new, where the money goes, an invitation to
//! register. Every figure is counted now.

use std::sync::Arc;

use askama::Template;
use base::{Error, Result, Rupiah};
use catalog::search::{Card, Found, Index, Order, Question};
use particulars::region::{CityRegions, RegionCode};
use procurement::Totals;
use registry::directory::{self, Facet};
use schemars::JsonSchema;
use serde::Serialize;
use web::{Access, Answer, Ctx, Map, Routes, Tile, filters};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/", home, Access::Anyone).people_only()
}

/// Goods on the first shelf: two rows on a desktop, five on a phone.
const SHELF_ROWS: usize = 10;
/// Categories named under the search box.
const CATEGORIES_SHOWN: usize = 6;

/// One thing on the shelf.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Goods {
    id: String,
    name: String,
    category: String,
    unit: String,
    price: Rupiah,
    photo: String,
    maker: String,
    place: String,
}

/// A category with what it holds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Category {
    code: String,
    count: i64,
}

/// The front page.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "home.html")]
struct HomePage {
    city: String,
    shop: String,
    registry: String,
    businesses: i64,
    goods_count: i64,
    categories: Vec<Category>,
    bought: Totals,
    shelf: Vec<Goods>,
    #[serde(skip)]
    map: Map,
    #[serde(skip)]
    signed_in: bool,
}

async fn home(ctx: Ctx) -> Answer {
    let regions = ctx.resource::<CityRegions>();
    let found = newest(ctx.resource::<Index>()).await?;
    let counted = ctx.read(|read| -> Result<_> {
        Ok((directory::counts(read, Facet::District)?, procurement::totals(read)?))
    });
    let (districts, bought) = counted.await?;
    let mut categories: Vec<Category> =
        found.categories.iter().cloned().map(|(code, count)| Category { code, count }).collect();
    categories.sort_by_key(|category| -category.count);
    categories.truncate(CATEGORIES_SHOWN);
    let city = ctx.city();
    ctx.page(HomePage {
        city: city.name.clone(),
        shop: city.shop_name.clone(),
        registry: city.registry_name.clone(),
        businesses: districts.iter().map(|(_, count)| count).sum(),
        goods_count: found.total,
        categories,
        bought,
        shelf: found.goods.iter().map(|card| goods(&regions, card)).collect(),
        map: map(&regions, &districts),
        signed_in: ctx.guest().session.is_some(),
    })
}

/// Searching takes processor time: it runs beside the threads that answer.
async fn newest(index: Arc<Index>) -> Result<Arc<Found>> {
    let question = Question { order: Order::Newest, take: SHELF_ROWS, ..Question::default() };
    if let Some(found) = index.known(&question) {
        return Ok(found);
    }
    let found = tokio::task::spawn_blocking(move || index.ask(&question)).await;
    Ok(found.map_err(Error::broken)??)
}

fn goods(regions: &CityRegions, card: &Card) -> Goods {
    let photo = &card.photo;
    Goods {
        id: card.id.to_string(),
        place: district_name(regions, &card.district),
        photo: if photo.is_empty() { String::new() } else { format!("/files/{photo}/card") },
        name: card.name.clone(),
        category: card.category.clone(),
        unit: card.unit.clone(),
        price: card.price,
        maker: card.maker.clone(),
    }
}

fn district_name(regions: &CityRegions, code: &str) -> String {
    let place = RegionCode::parse(code).ok().and_then(|code| regions.find(&code));
    place.map(|place| place.name.clone()).unwrap_or_default()
}

fn map(regions: &CityRegions, counts: &[(String, i64)]) -> Map {
    let tile = |place: &particulars::region::Place| {
        let code = place.code.as_str();
        let value = counts.iter().find(|(counted, _)| counted == code).map_or(0, |(_, n)| *n);
        Tile { region_code: code.to_owned(), name: place.name.clone(), value }
    };
    Map { tiles: regions.districts().map(tile).collect() }
}
