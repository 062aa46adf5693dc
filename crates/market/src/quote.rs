//! What a cart would cost: its goods by seller at today's prices, and what each way of getting them adds.
//! The page that asks and the command that orders reckon by the same lines.

use base::{Error, Read, Result, Rupiah};
use catalog::{Product, ProductId, product};
use registry::{Business, BusinessId, business};
use schemars::JsonSchema;
use serde::Serialize;

use crate::order::Delivery;
use crate::rules::Buying;
use crate::shop::{self, Shop};

/// The most lines of one cart.
pub(crate) const LINES_MAX: usize = 30;
/// The most of one product in a cart.
pub(crate) const COUNT_MAX: i64 = 9_999;

/// One thing that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    pub product: ProductId,
    pub count: i64,
    /// One of the product's variants; empty where there is no choice.
    pub variant: String,
}

/// Why a line cannot be ordered as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Obstacle {
    /// It is not offered any more, or its shop is closed.
    Gone,
    /// There are fewer than that.
    Few,
    /// A variant must be chosen.
    Variant,
}

impl Obstacle {
    /// The key of what is said at the line.
    pub(crate) fn text_key(self) -> &'static str {
        match self {
            Obstacle::Gone => "market-line-gone",
            Obstacle::Few => "market-line-few",
            Obstacle::Variant => "market-line-variant",
        }
    }
}

/// A line of a cart at today's price.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct QuotedLine {
    pub(crate) product: ProductId,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) unit: String,
    pub(crate) photo: String,
    pub(crate) variant: String,
    pub(crate) price: Rupiah,
    pub(crate) count: i64,
    pub(crate) stock: i64,
    /// Days its maker needs.
    pub(crate) lead_days: i64,
    pub(crate) total: Rupiah,
    pub(crate) obstacle: Option<Obstacle>,
}

/// A way to get the goods of one seller.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Way {
    pub(crate) delivery: Delivery,
    pub(crate) fee: Rupiah,
}

/// The part of one seller.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Part {
    pub(crate) business: BusinessId,
    pub(crate) number: String,
    pub(crate) name: String,
    /// The village it stands in, else its district.
    pub(crate) region: String,
    /// Whether its shop takes orders.
    pub(crate) open: bool,
    pub(crate) pickup_place: String,
    pub(crate) lines: Vec<QuotedLine>,
    pub(crate) goods: Rupiah,
    /// Without a village of the buyer only what costs nothing.
    pub(crate) ways: Vec<Way>,
}

impl Part {
    /// Whether all its lines can be ordered as they stand.
    pub(crate) fn is_orderable(&self) -> bool {
        !self.ways.is_empty() && self.lines.iter().all(|line| line.obstacle.is_none())
    }

    /// What a way costs, if the shop goes it.
    pub(crate) fn fee(&self, delivery: Delivery) -> Option<Rupiah> {
        self.ways.iter().find(|way| way.delivery == delivery).map(|way| way.fee)
    }
}

/// The cart by seller, in the order in which things were put in.
pub(crate) fn quote(
    read: &mut Read<'_>,
    wants: &[Want],
    village: Option<&str>,
    rules: &Buying,
) -> Result<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for want in wants {
        let Some(product) = known(read, &want.product)? else { continue };
        let at = parts.iter().position(|part| part.business == product.business);
        let at = match at {
            Some(at) => at,
            None => {
                let business = business::find(read, &product.business)?;
                let shop = shop::of_business(read, &product.business)?;
                parts.push(part(business, shop.as_ref(), village, rules));
                parts.len() - 1
            }
        };
        let part = &mut parts[at];
        let line = line(want, product, part.open)?;
        part.goods = part.goods.plus(line.total).ok_or_else(too_dear)?;
        part.lines.push(line);
    }
    Ok(parts)
}

/// A product that is gone for ever is not spoken of.
fn known(read: &mut Read<'_>, id: &ProductId) -> Result<Option<Product>> {
    match product::find(read, id) {
        Ok(product) => Ok(Some(product)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn part(business: Business, shop: Option<&Shop>, village: Option<&str>, rules: &Buying) -> Part {
    let shop = shop.filter(|shop| shop.open && business.trades());
    let region = business.place.village.or(business.place.district).unwrap_or_default();
    let mut ways = Vec::new();
    if shop.is_some_and(|shop| shop.pickup) {
        ways.push(Way { delivery: Delivery::Pickup, fee: Rupiah::ZERO });
    }
    if let Some(village) = village
        && shop.is_some_and(|shop| shop.courier)
    {
        ways.push(Way { delivery: Delivery::Courier, fee: rules.courier(&region, village) });
    }
    Part {
        business: business.id,
        number: business.number,
        name: business.name,
        region,
        open: shop.is_some(),
        pickup_place: shop.map(Shop::place).unwrap_or_default(),
        lines: Vec::new(),
        goods: Rupiah::ZERO,
        ways,
    }
}

fn line(want: &Want, product: Product, sold: bool) -> Result<QuotedLine> {
    let chosen = product.variants.is_empty() == want.variant.is_empty()
        && (want.variant.is_empty() || product.variants.contains(&want.variant));
    let obstacle = match () {
        () if !sold || !product.offered || product.stock <= 0 => Some(Obstacle::Gone),
        () if !chosen => Some(Obstacle::Variant),
        () if product.stock < want.count => Some(Obstacle::Few),
        () => None,
    };
    let total = product.price.times(want.count).ok_or_else(too_dear)?;
    Ok(QuotedLine {
        product: product.id,
        name: product.name,
        category: product.category,
        unit: product.unit,
        photo: product.photos.into_iter().next().unwrap_or_default(),
        variant: want.variant.clone(),
        price: product.price,
        count: want.count,
        stock: product.stock,
        lead_days: product.lead_days,
        total,
        obstacle,
    })
}

fn too_dear() -> Error {
    Error::invalid("count", "market-sum-too-large")
}
