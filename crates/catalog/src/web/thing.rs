//! The page of one product: what it is, what it costs, who made it, and what to do next.

use ::web::{Access, Answer, Ctx, Path, Routes, filters};
use askama::Template;
use base::{Date, Error, Id, Read, Result, Rupiah};
use particulars::region::CityRegions;
use registry::{Business, business};
use schemars::JsonSchema;
use serde::Serialize;

use super::goods::{Goods, district_name, measured};
use super::linked;
use crate::outlet;
use crate::product::{self, Product, ProductId};
use crate::rating::{self, Rating};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/catalog/products/{id}", show, Access::Anyone).gives::<ProductPage>()
}

/// One product, as everyone sees it.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "product.html")]
pub(super) struct ProductPage {
    id: ProductId,
    pub(super) name: String,
    pub(super) description: String,
    category: String,
    unit: String,
    pub(super) price: Rupiah,
    /// The same by kilogram or litre, where its name tells: `Rp74.000 / kg`.
    per_measure: String,
    stock: i64,
    lead_days: i64,
    domestic: bool,
    variants: Vec<String>,
    pub(super) photos: Vec<String>,
    offered: bool,
    pub(super) business_number: String,
    pub(super) business_name: String,
    business_place: String,
    size_class: Option<String>,
    verified_on: Option<Date>,
    /// Other goods of the same maker.
    others: Vec<Goods>,
    /// Whether the reader may ask for it on behalf of an agency.
    may_request: bool,
    own: bool,
    /// Whether everybody can buy it at the moment.
    pub(super) sold: bool,
    /// What its buyers think of it.
    pub(super) rating: Rating,
    /// Where it is found from outside, for sharing.
    pub(super) address: String,
    /// The seller's number, if they made it public.
    #[serde(skip)]
    phone: String,
    /// The same for machines that read pages.
    #[serde(skip)]
    linked: String,
}

const OTHERS_MAX: i64 = 4;

struct Seen {
    product: Product,
    business: Business,
    others: Vec<Product>,
    own: bool,
    sold: bool,
    rating: Rating,
}

async fn show(ctx: Ctx, Path(id): Path<ProductId>) -> Answer {
    let seen = ctx.read(move |read| look(read, &id)).await?;
    let regions = ctx.resource::<CityRegions>();
    ctx.page(page(&ctx, &regions, seen))
}

/// Somebody else's product is only there while its business trades.
fn look(read: &mut Read<'_>, id: &ProductId) -> Result<Seen> {
    let product = product::find(read, id)?;
    let business = business::find(read, &product.business)?;
    let organisation = business.organisation.as_ref().map(Id::as_str);
    let own = organisation.is_some() && organisation == read.actor().on_behalf_of.as_deref();
    if !own && !business.trades() {
        return Err(Error::NotFound);
    }
    let others = product::besides(read, &product, OTHERS_MAX)?;
    let open = outlet::is_open(read, &product.business)?;
    let sold = open && business.trades() && product.offered && product.stock > 0;
    let rating = rating::of(read, id)?;
    Ok(Seen { product, business, others, own, sold, rating })
}

fn page(ctx: &Ctx, regions: &CityRegions, seen: Seen) -> ProductPage {
    let Seen { product, business, others, own, sold, rating } = seen;
    let place = district_name(regions, business.place.district.as_deref().unwrap_or_default());
    let others = others.into_iter();
    let phone = business.public_phone.as_ref();
    let page = ProductPage {
        others: others.map(|other| Goods::of_product(other, &business.name, &place)).collect(),
        address: format!("{}/catalog/products/{}", ctx.city().base_url, product.id),
        phone: phone.cloned().unwrap_or_default(),
        business_place: place,
        size_class: business.size_class.map(|class| format!("registry-class-{}", class.code())),
        verified_on: business.verified_on(),
        business_number: business.number,
        business_name: business.name,
        may_request: ctx.actor().may("procurement.request"),
        own,
        sold,
        rating,
        per_measure: measured(&product.name, &product.unit, product.price),
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
        linked: String::new(),
    };
    let linked = linked::product(&page, &ctx.city().base_url);
    ProductPage { linked, ..page }
}
