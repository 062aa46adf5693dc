//! The city front: promise, search, what is new, where the money goes, invitation to register.

use askama::Template;
use base::Rupiah;
use catalog::{product, search::Index};
use registry::directory::{self, Facet};
use registry::region::CityRegions;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Access, Answer, Ctx, Map, Routes, Tile, filters};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/", home, Access::Anyone)
        .people_only()
        .get("/open-data", open_data, Access::Anyone)
        .people_only()
}

/// Goods on the first shelf: two rows on a desktop, four on a phone.
const SHELF_ROWS: i64 = 8;

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

/// The front page.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "home.html")]
struct HomePage {
    city: String,
    shop: String,
    registry: String,
    businesses: i64,
    goods_count: u64,
    bought: Rupiah,
    orders: i64,
    median_days: Option<i64>,
    shelf: Vec<Goods>,
    signed_in: bool,
    #[serde(skip)]
    map: Map,
}

async fn home(ctx: Ctx) -> Answer {
    let regions = ctx.resource::<CityRegions>();
    let index = ctx.resource::<Index>();
    let (districts, shelf, bought) = ctx
        .read(|read| {
            let districts = directory::counts(read, Facet::District)?;
            let products = product::newest(read, SHELF_ROWS)?;
            let mut shelf = Vec::with_capacity(products.len());
            for product in products {
                let business = registry::business::find(read, &product.business)?;
                shelf.push((product, business));
            }
            Ok((districts, shelf, procurement::totals(read)?))
        })
        .await?;
    let shelf = shelf.into_iter().map(|(product, business)| Goods {
        id: product.id.to_string(),
        place: district_name(&regions, business.place.district.as_deref()),
        photo: product.photos.first().map(|hash| format!("/files/{hash}/card")).unwrap_or_default(),
        name: product.name,
        category: product.category,
        unit: product.unit,
        price: product.price,
        maker: business.name,
    });
    let city = ctx.city();
    ctx.page(HomePage {
        city: city.name.clone(),
        shop: city.shop_name.clone(),
        registry: city.registry_name.clone(),
        businesses: districts.iter().map(|(_, n)| n).sum(),
        goods_count: index.len(),
        bought: bought.paid,
        orders: bought.orders,
        median_days: bought.median_days,
        shelf: shelf.collect(),
        signed_in: ctx.guest().session.is_some(),
        map: map(&regions, &districts),
    })
}

fn district_name(regions: &CityRegions, code: Option<&str>) -> String {
    let code = code.and_then(|code| registry::region::RegionCode::parse(code).ok());
    code.and_then(|code| regions.find(&code)).map(|place| place.name.clone()).unwrap_or_default()
}

fn map(regions: &CityRegions, counts: &[(String, i64)]) -> Map {
    let tile = |place: &registry::region::Place| {
        let code = place.code.as_str();
        let value = counts.iter().find(|(counted, _)| counted == code).map_or(0, |(_, n)| *n);
        Tile { region_code: code.to_owned(), name: place.name.clone(), value }
    };
    Map { tiles: regions.districts().map(tile).collect() }
}

/// What programs and the press may take away.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "open_data.html")]
struct OpenDataPage {
    city: String,
    base_url: String,
}

async fn open_data(ctx: Ctx) -> Answer {
    let city = ctx.city();
    ctx.page(OpenDataPage { city: city.name.clone(), base_url: city.base_url.clone() })
}
