//! A product: name, unit, price, photos, simple variants. Only a verified business offers one.

use base::photo;
use base::policy::{self, ValueBands};
use base::{
    Date, Error, FromRow, Id, Permission, Problem, Read, Result, Row, Rupiah, Timestamp, Tx, db,
    require,
};
use registry::{Business, BusinessId, business};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::events::{ProductChanged, ProductListed};
use crate::refusal::Refusal;
use crate::stock;

/// May offer goods for the business they act for.
pub const OFFER: Permission = Permission("catalog.offer");

/// The id of a product.
pub type ProductId = Id<Product>;

/// Something that can be ordered.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Product {
    pub id: ProductId,
    pub business: BusinessId,
    pub name: String,
    pub description: String,
    pub category: String,
    /// What one of it is: `kotak`, `kg`, `pcs`.
    pub unit: String,
    /// For one unit, tax and delivery inside the city included.
    pub price: Rupiah,
    pub stock: i64,
    /// Days the maker needs for an order.
    pub lead_days: i64,
    /// Made in Indonesia, as its maker declares.
    pub domestic: bool,
    /// Names to choose from, such as sizes; empty for most goods.
    pub variants: Vec<String>,
    /// Content hashes of its photos.
    pub photos: Vec<String>,
    pub offered: bool,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub version: i64,
}

pub(crate) const SELECT: &str = "SELECT id, business_id, name, description, category, unit, price, stock, \
     lead_days, domestic, variants, photos, offered, created_at, changed_at, version FROM catalog_products";

impl FromRow for Product {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Product {
            id: row.take()?,
            business: row.take()?,
            name: row.take()?,
            description: row.take()?,
            category: row.take()?,
            unit: row.take()?,
            price: row.take()?,
            stock: row.take()?,
            lead_days: row.take()?,
            domestic: row.take()?,
            variants: words(&row.take::<String>()?),
            photos: words(&row.take::<String>()?),
            offered: row.take()?,
            created_at: row.take()?,
            changed_at: row.take()?,
            version: row.take()?,
        })
    }
}

/// Lists of words are kept one to a line: nobody queries inside them.
fn words(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// Photos of one product.
pub const PHOTOS_MAX: usize = 6;

/// The product, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &ProductId) -> Result<Product> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// Products on one page of a business's shelf.
pub const PAGE_ROWS: i64 = 48;

/// What a business offers, the newest first, after a cursor. Its owner also sees what is not
/// offered.
pub fn of_business(
    read: &mut Read<'_>,
    business: &BusinessId,
    all: bool,
    before: Option<&str>,
) -> Result<Vec<Product>> {
    let before = before.unwrap_or("~");
    let sql = format!(
        "{SELECT} WHERE business_id = $1 AND (offered OR CAST($2 AS BOOLEAN)) AND id < $3
         ORDER BY id DESC LIMIT $4"
    );
    Ok(read.all(&sql, &[business, &all, &before, &PAGE_ROWS])?)
}

/// Products after an id, in the order they were listed: for exports and for rebuilding the index.
pub fn after(read: &mut Read<'_>, id: &str, limit: i64) -> Result<Vec<Product>> {
    Ok(read.all(&format!("{SELECT} WHERE id > $1 ORDER BY id LIMIT $2"), &[&id, &limit])?)
}

/// What open shops offer to everybody, sold out or not.
const ON_SALE: &str =
    "offered AND business_id IN (SELECT business FROM catalog_outlets WHERE open)";

/// Products that everybody can buy, or could if there were some left, after an id.
pub(crate) fn on_sale(read: &mut Read<'_>, after: &str, limit: i64) -> Result<Vec<Product>> {
    let sql = format!("{SELECT} WHERE {ON_SALE} AND id > $1 ORDER BY id LIMIT $2");
    Ok(read.all(&sql, &[&after, &limit])?)
}

/// The last of so many of them after an id; nothing where there are not more.
pub(crate) fn nth_on_sale(
    read: &mut Read<'_>,
    after: &str,
    count: i64,
) -> Result<Option<ProductId>> {
    let sql = format!(
        "SELECT id FROM catalog_products WHERE {ON_SALE} AND id > $1 ORDER BY id LIMIT 2 OFFSET $2"
    );
    let rows: Vec<(ProductId,)> = read.all(&sql, &[&after, &(count - 1)])?;
    // With nothing behind it there is no next part.
    Ok((rows.len() > 1).then(|| rows[0].0.clone()))
}

/// More products than one business offers.
const OF_BUSINESS_MAX: i64 = 20_000;

/// The ids of everything a business has ever offered.
pub(crate) fn ids_of_business(
    read: &mut Read<'_>,
    business: &BusinessId,
) -> Result<Vec<ProductId>> {
    let rows: Vec<(ProductId,)> = read.all(
        "SELECT id FROM catalog_products WHERE business_id = $1 ORDER BY id LIMIT $2",
        &[business, &OF_BUSINESS_MAX],
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What the same business offers besides this product, the newest first.
pub(crate) fn besides(read: &mut Read<'_>, product: &Product, limit: i64) -> Result<Vec<Product>> {
    let sql = format!(
        "{SELECT} WHERE business_id = $1 AND offered AND stock > 0 AND id <> $2
         ORDER BY id DESC LIMIT $3"
    );
    Ok(read.all(&sql, &[&product.business, &product.id, &limit])?)
}

/// What a product is described by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    pub name: String,
    pub description: String,
    pub category: String,
    pub unit: String,
    pub price: Rupiah,
    pub lead_days: i64,
    pub domestic: bool,
    pub variants: Vec<String>,
}

/// The business the actor trades for, which must be verified.
pub(crate) fn own_business(tx: &mut Read<'_>) -> Result<Business> {
    require(tx, OFFER)?;
    let organisation = tx.actor().on_behalf_of.clone().ok_or(Error::Forbidden)?;
    business::of_organisation(tx, &organisation)
}

/// Goods that cost more than the city may buy without a selection are a slip of the finger.
fn plausible(tx: &mut Tx<'_>, price: Rupiah) -> Result<()> {
    let today = Date::today(tx);
    let Some(bands) = policy::maybe_at::<ValueBands>(tx, today)? else { return Ok(()) };
    match bands.body.direct.iter().map(|ceiling| ceiling.up_to).max() {
        Some(most) if price > most => {
            let problem = Problem::with("price", "catalog-price-too-high", most.display());
            Err(Error::Invalid(vec![problem]))
        }
        _ => Ok(()),
    }
}

/// Below the smallest coin in use a price is rather a slip of the finger.
const PRICE_FLOOR: i64 = 100;

/// A price far from the one before, or next to nothing, is taken when its owner says it is right.
fn meant(before: Option<Rupiah>, price: Rupiah) -> Result<()> {
    let (new, old) = (price.amount(), before.map(Rupiah::amount));
    let ask = |code, said: Rupiah| {
        Err(Error::Invalid(vec![Problem::with("confirmed", code, said.display())]))
    };
    match before {
        Some(before) if before == price => Ok(()),
        Some(before) if old.is_some_and(|old| new * 2 < old || new > old * 2) => {
            ask("catalog-price-far", before)
        }
        _ if new < PRICE_FLOOR => ask("catalog-price-low", price),
        _ => Ok(()),
    }
}

/// Lists a new product with its first stock. `confirmed` says that a price next to nothing is meant.
pub fn list(
    tx: &mut Tx<'_>,
    what: &Description,
    stock_count: i64,
    photos: &[String],
    confirmed: bool,
) -> Result<ProductId> {
    let business = own_business(tx)?;
    if !business.trades() {
        return Err(Refusal::NotVerified.into());
    }
    if photos.len() > PHOTOS_MAX {
        return Err(Refusal::TooManyPhotos.into());
    }
    plausible(tx, what.price)?;
    if !confirmed {
        meant(None, what.price)?;
    }
    let (id, now): (ProductId, _) = (tx.new_id(), Timestamp::of(tx));
    tx.execute(
        "INSERT INTO catalog_products (id, business_id, name, description, category, unit, price, stock, lead_days,
         domestic, variants, photos, offered, created_at, changed_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, TRUE, $12, $12, 1)",
        &[
            &id, &business.id, &what.name, &what.description, &what.category, &what.unit, &what.price,
            &what.lead_days, &what.domestic, &what.variants.join("\n"), &photos.join("\n"), &now,
        ],
    )?;
    tx.record(&ProductListed {
        product: &id,
        business: business.id.as_str(),
        name: &what.name,
        price: what.price,
    })?;
    if stock_count > 0 {
        stock::put(tx, &id, stock_count, stock::Reason::Counted, "")?;
    }
    Ok(id)
}

/// A new description of a product.
#[derive(Debug, Clone)]
pub struct Change {
    /// The version its owner has seen.
    pub version: i64,
    pub what: Description,
    pub offered: bool,
    /// A price far from the one before is meant.
    pub confirmed: bool,
}

/// Changes what a product is described by, in the version its owner has seen.
pub fn describe(tx: &mut Tx<'_>, id: &ProductId, change: &Change) -> Result<()> {
    let Change { version, what, offered, confirmed } = change;
    let product = own(tx, id)?;
    plausible(tx, what.price)?;
    if product.version != *version {
        return Err(Error::Stale);
    }
    if !confirmed {
        meant(Some(product.price), what.price)?;
    }
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE catalog_products SET name = $1, description = $2, category = $3, unit = $4, price = $5, lead_days = $6,
         domestic = $7, variants = $8, offered = $9, changed_at = $10, version = version + 1
         WHERE id = $11 AND version = $12",
        &[
            &what.name, &what.description, &what.category, &what.unit, &what.price, &what.lead_days,
            &what.domestic, &what.variants.join("\n"), offered, &now, id, version,
        ],
    )?;
    if rows == 0 {
        return Err(Error::Stale);
    }
    tx.record(&ProductChanged {
        product: id,
        price_before: product.price,
        price: what.price,
        offered: *offered,
    })?;
    Ok(())
}

/// Sets the photos of a product. Its description is left alone, and so is the version that
/// somebody who is editing it has seen.
pub fn show_photos(tx: &mut Tx<'_>, id: &ProductId, photos: &[String]) -> Result<()> {
    let product = own(tx, id)?;
    if photos.len() > PHOTOS_MAX {
        return Err(Refusal::TooManyPhotos.into());
    }
    for gone in product.photos.iter().filter(|photo| !photos.contains(photo)) {
        photo::take_away(tx, gone)?;
    }
    let now = Timestamp::of(tx);
    tx.execute(
        "UPDATE catalog_products SET photos = $1, changed_at = $2 WHERE id = $3",
        &[&photos.join("\n"), &now, id],
    )?;
    let (price_before, price, offered) = (product.price, product.price, product.offered);
    tx.record(&ProductChanged { product: id, price_before, price, offered })?;
    Ok(())
}

/// A product of the business the actor trades for; somebody else's is not found.
pub(crate) fn own(tx: &mut Read<'_>, id: &ProductId) -> Result<Product> {
    let (business, product) = (own_business(tx)?, find(tx, id)?);
    if product.business == business.id { Ok(product) } else { Err(Error::NotFound) }
}

/// The photos of all products.
pub(crate) fn photo_hashes(read: &mut Read<'_>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> =
        read.all("SELECT photos FROM catalog_products WHERE photos <> '' ORDER BY id", &[])?;
    Ok(rows.iter().flat_map(|(photos,)| words(photos)).collect())
}
