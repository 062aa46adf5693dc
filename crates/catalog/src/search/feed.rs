//! Keeps the index current: reads events behind its cursor, looks the products up, commits once
//! per batch. The cursor lives in the index itself, so the two cannot disagree.

use std::collections::HashMap;

use base::{Db, Error, Id, Read, Result, consumer};
use registry::{Business, BusinessId, business};

use super::index::{Card, Index, Listing};
use crate::product::{self, Product};

/// Events of one batch.
const EVENTS_MAX: i64 = 2_000;
/// Products of one batch when the index is made again.
const PRODUCTS_MAX: i64 = 2_000;

/// Takes in what happened since the last time. Returns how many events it has read; call again
/// soon while that is not zero. Blocks: it belongs on a thread of its own.
pub fn feed(db: &Db, index: &Index) -> Result<usize> {
    let reached = index.reached()?;
    let events = db.read(move |read| consumer::after(read, reached, EVENTS_MAX)).wait()?;
    let Some(last) = events.last().and_then(|event| event.seq) else { return Ok(0) };
    let count = events.len();
    let (mut touched, mut businesses) = (Vec::new(), Vec::new());
    for event in events {
        let (kind, subject) = (event.kind, event.subject);
        if kind.starts_with("catalog.product") || kind == "catalog.stock_moved" {
            touched.push(subject);
        } else if kind.starts_with("registry.business_") {
            businesses.push(subject);
        }
    }
    businesses.sort_unstable();
    businesses.dedup();
    if !businesses.is_empty() {
        touched.extend(db.read(move |read| of_businesses(read, &businesses)).wait()?);
    }
    touched.sort_unstable();
    touched.dedup();
    if !touched.is_empty() {
        put(index, db.read(move |read| listings(read, &touched)).wait()?)?;
    }
    index.commit(last)?;
    Ok(count)
}

/// Makes the whole index again from the catalogue. Returns how many products it holds.
pub fn rebuild(db: &Db, index: &Index) -> Result<u64> {
    // What happens while we read is read again by the feed.
    let newest = db.read(consumer::last_seq).wait()?;
    index.remove_all()?;
    let mut after = String::new();
    loop {
        let from = after.clone();
        let batch = db.read(move |read| listings_after(read, &from)).wait()?;
        let Some((last, _)) = batch.last() else { break };
        after.clone_from(last);
        put(index, batch)?;
    }
    index.commit(newest)?;
    Ok(index.len())
}

/// A product and what may be found of it; nothing when the public may not find it.
type Looked = Vec<(String, Option<Listing>)>;

fn put(index: &Index, looked: Looked) -> Result<()> {
    for (id, listing) in looked {
        match listing {
            Some(listing) => index.put(&listing)?,
            None => index.remove(&id),
        }
    }
    Ok(())
}

/// Every product of these businesses: when one is suspended, all its goods vanish.
fn of_businesses(read: &mut Read<'_>, businesses: &[String]) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    for business in businesses.iter().filter_map(|id| BusinessId::parse(id)) {
        let products = product::ids_of_business(read, &business)?;
        ids.extend(products.iter().map(ToString::to_string));
    }
    Ok(ids)
}

fn listings(read: &mut Read<'_>, ids: &[String]) -> Result<Looked> {
    let mut makers = Makers::default();
    let mut looked = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(parsed) = Id::parse(id) else { continue };
        let listing = match product::find(read, &parsed) {
            Ok(product) => listing(makers.of(read, &product)?, product),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        };
        looked.push((id.clone(), listing));
    }
    Ok(looked)
}

fn listings_after(read: &mut Read<'_>, id: &str) -> Result<Looked> {
    let mut makers = Makers::default();
    let mut looked = Vec::new();
    for product in product::after(read, id, PRODUCTS_MAX)? {
        let id = product.id.to_string();
        looked.push((id, listing(makers.of(read, &product)?, product)));
    }
    Ok(looked)
}

/// The businesses of one batch, each read once.
#[derive(Default)]
struct Makers(HashMap<String, Business>);

impl Makers {
    fn of(&mut self, read: &mut Read<'_>, product: &Product) -> Result<&Business> {
        let id = product.business.as_str();
        if !self.0.contains_key(id) {
            self.0.insert(id.to_owned(), business::find(read, &product.business)?);
        }
        Ok(&self.0[id])
    }
}

/// What the public may find: offered by a business that trades, and not sold out.
fn listing(business: &Business, product: Product) -> Option<Listing> {
    if !product.offered || product.stock <= 0 || !business.trades() {
        return None;
    }
    Some(Listing {
        more: format!("{} {}", product.description, product.variants.join(" ")),
        listed_ms: product.created_at.as_ms(),
        card: Card {
            photo: product.photos.into_iter().next().unwrap_or_default(),
            id: product.id,
            name: product.name,
            category: product.category,
            unit: product.unit,
            price: product.price,
            stock: product.stock,
            maker: business.name.clone(),
            maker_number: business.number.clone(),
            district: business.place.district.clone().unwrap_or_default(),
        },
    })
}
