//! The shelf: search with facets, and a page per product.

use askama::Template;
use base::{Date, Rupiah};
use registry::business;
use registry::region::{CityRegions, RegionCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ::web::{Access, Answer, Ctx, Path, Query, Routes, filters};

use crate::product::{self, Product, ProductId};
use crate::search::{Found, Index, Order, Question};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/catalog/products", list, Access::Anyone)
        .gives::<ShelfPage>()
        .asks(&["q", "category", "district", "price_min", "price_max", "order", "page"])
        .get("/catalog/products/{id}", show, Access::Anyone)
        .gives::<ProductPage>()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    district: String,
    #[serde(default)]
    business: String,
    #[serde(default)]
    price_min: String,
    #[serde(default)]
    price_max: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    page: usize,
}

/// Goods on one page.
const PAGE_ROWS: usize = 24;
const TEXT_CHARS_MAX: usize = 120;

/// One thing on the shelf.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Goods {
    pub(super) id: ProductId,
    pub(super) name: String,
    pub(super) category: String,
    pub(super) unit: String,
    pub(super) price: Rupiah,
    pub(super) stock: i64,
    pub(super) photo: String,
    pub(super) maker: String,
    pub(super) place: String,
}

/// A filter with the number of goods behind it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Choice {
    code: String,
    name: String,
    count: i64,
    chosen: bool,
}

/// What was found.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "shelf.html")]
struct ShelfPage {
    q: String,
    category: String,
    district: String,
    order: String,
    price_min: String,
    price_max: String,
    /// The business whose goods these are, when only its own were asked for.
    of_business: Option<String>,
    goods: Vec<Goods>,
    total: i64,
    /// Nothing matched as typed, and typing errors were forgiven.
    forgiven: bool,
    categories: Vec<Choice>,
    districts: Vec<Choice>,
    back: String,
    next: String,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let index = ctx.resource::<Index>();
    let page = asked.page.min(crate::search::SKIP_MAX / PAGE_ROWS);
    let of_business = asked.business.clone();
    let question = question(&asked, page);
    let found = if of_business.is_empty() {
        tokio::task::spawn_blocking(move || index.ask(&question)).await.map_err(base::Error::broken)?
    } else {
        Ok(Found::default())
    };
    let found = found.map_err(base::Error::from)?;
    let ids = found.ids.clone();
    let (products, name) = ctx
        .read(move |read| {
            if of_business.is_empty() {
                return Ok((with_makers(read, product::several(read, &ids)?)?, None));
            }
            let business = business::by_number(read, &of_business)?;
            let products = product::of_business(read, &business.id, false, None)?;
            Ok((with_makers(read, products)?, Some(business.name)))
        })
        .await?;
    let regions = ctx.resource::<CityRegions>();
    let goods: Vec<Goods> = products.into_iter().map(|(p, b)| goods(&regions, p, &b)).collect();
    let total = if name.is_some() { i64::try_from(goods.len()).unwrap_or(0) } else { found.total };
    let shown = i64::try_from((page + 1) * PAGE_ROWS).unwrap_or(i64::MAX);
    let more = name.is_none() && total > shown;
    ctx.page(ShelfPage {
        back: if page > 0 { address(&asked, page - 1) } else { String::new() },
        next: if more { address(&asked, page + 1) } else { String::new() },
        categories: choices(found.categories, &asked.category, |code| format!("catalog-kind-{code}")),
        districts: choices(found.districts, &asked.district, |code| district_name(&regions, code)),
        of_business: name,
        goods,
        total,
        forgiven: found.forgiven && total > 0,
        q: asked.q,
        category: asked.category,
        district: asked.district,
        order: asked.order,
        price_min: asked.price_min,
        price_max: asked.price_max,
    })
}

fn question(asked: &Asked, page: usize) -> Question {
    let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    Question {
        text: asked.q.chars().take(TEXT_CHARS_MAX).collect(),
        category: given(&asked.category),
        district: given(&asked.district),
        price_min: Rupiah::read(&asked.price_min),
        price_max: Rupiah::read(&asked.price_max),
        order: match asked.order.as_str() {
            "newest" => Order::Newest,
            "cheapest" => Order::Cheapest,
            "dearest" => Order::Dearest,
            _ => Order::Best,
        },
        skip: page * PAGE_ROWS,
        take: PAGE_ROWS,
    }
}

fn address(asked: &Asked, page: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let pairs = [
        ("q", &asked.q),
        ("category", &asked.category),
        ("district", &asked.district),
        ("price_min", &asked.price_min),
        ("price_max", &asked.price_max),
        ("order", &asked.order),
    ];
    query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
    format!("/catalog/products?{}", query.append_pair("page", &page.to_string()).finish())
}

fn choices(
    counts: Vec<(String, i64)>,
    chosen: &str,
    name: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let known = counts.into_iter().filter(|(code, _)| code != "-");
    let choice = |(code, count): (String, i64)| Choice {
        name: name(&code),
        chosen: code == chosen,
        code,
        count,
    };
    known.map(choice).collect()
}

pub(super) fn with_makers(
    read: &mut base::Read<'_>,
    products: Vec<Product>,
) -> base::Result<Vec<(Product, registry::Business)>> {
    let pair = |product: Product| Ok((business::find(read, &product.business)?, product));
    let paired: base::Result<Vec<_>> = products.into_iter().map(pair).collect();
    Ok(paired?.into_iter().map(|(business, product)| (product, business)).collect())
}

pub(super) fn goods(regions: &CityRegions, product: Product, maker: &registry::Business) -> Goods {
    Goods {
        place: district_name(regions, maker.place.district.as_deref().unwrap_or_default()),
        photo: product.photos.first().map(|hash| format!("/files/{hash}/card")).unwrap_or_default(),
        id: product.id,
        name: product.name,
        category: product.category,
        unit: product.unit,
        price: product.price,
        stock: product.stock,
        maker: maker.name.clone(),
    }
}

fn district_name(regions: &CityRegions, code: &str) -> String {
    let code = RegionCode::parse(code).ok();
    code.and_then(|code| regions.find(&code)).map(|place| place.name.clone()).unwrap_or_default()
}

/// One product, as everyone sees it.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "product.html")]
struct ProductPage {
    id: ProductId,
    name: String,
    description: String,
    category: String,
    unit: String,
    price: Rupiah,
    stock: i64,
    lead_days: i64,
    domestic: bool,
    variants: Vec<String>,
    photos: Vec<String>,
    offered: bool,
    business_number: String,
    business_name: String,
    business_place: String,
    size_class: Option<String>,
    verified_on: Option<Date>,
    /// Other goods of the same maker.
    others: Vec<Goods>,
    /// Whether the reader may ask for it on behalf of an agency.
    may_request: bool,
    own: bool,
}

const OTHERS_MAX: usize = 4;

async fn show(ctx: Ctx, Path(id): Path<ProductId>) -> Answer {
    let (product, business, others, own) = ctx
        .read(move |read| {
            let product = product::find(read, &id)?;
            let business = business::find(read, &product.business)?;
            let organisation = business.organisation.as_ref().map(base::Id::as_str);
            let own = organisation.is_some() && organisation == read.actor().on_behalf_of.as_deref();
            if !own && !business.trades() {
                return Err(base::Error::NotFound);
            }
            let others = product::of_business(read, &business.id, false, None)?;
            Ok((product, business, others, own))
        })
        .await?;
    let regions = ctx.resource::<CityRegions>();
    let others = others.into_iter().filter(|other| other.id != product.id).take(OTHERS_MAX);
    let others = others.map(|other| goods(&regions, other, &business)).collect();
    ctx.page(ProductPage {
        business_place: district_name(&regions, business.place.district.as_deref().unwrap_or("")),
        size_class: business.size_class.map(|class| format!("registry-class-{}", class.code())),
        verified_on: business.verified_on(),
        business_number: business.number,
        business_name: business.name,
        others,
        may_request: ctx.actor().may("procurement.request"),
        own,
        id: product.id,
        name: product.name,
        description: product.description,
        category: product.category,
        unit: product.unit,
        price: product.price,
        stock: product.stock,
        lead_days: product.lead_days,
        domestic: product.domestic,
        variants: product.variants,
        photos: product.photos,
        offered: product.offered,
    })
}
