//! Keeps the index current: reads events behind its cursor, looks the products up, commits once
//! per batch. The cursor lives in the index itself, so the two cannot disagree.

use base::{Db, Error, Id, Read, Result};
use registry::{BusinessId, business};

use super::index::{Index, Listing};
use crate::product::{self, Product};

/// Events of one batch.
const EVENTS_MAX: i64 = 2_000;
/// Products of one batch when the index is made again.
const PRODUCTS_MAX: i64 = 2_000;

/// Takes in what happened since the last time. Returns how many events it has read; call again
/// soon while that is not zero. Blocks: it belongs on a thread of its own.
pub fn feed(db: &Db, index: &Index) -> Result<usize> {
    let reached = index.reached()?;
    let events = db.read(move |read| numbered_after(read, reached)).wait()?;
    let Some((last, _, _)) = events.last() else { return Ok(0) };
    let (last, count) = (*last, events.len());
    let mut touched: Vec<String> = Vec::new();
    for (_, kind, subject) in events {
        if kind.starts_with("catalog.product") || kind == "catalog.stock_moved" {
            touched.push(subject);
        } else if kind.starts_with("registry.business_") {
            touched.extend(db.read(move |read| of_business(read, &subject)).wait()?);
        }
    }
    touched.sort();
    touched.dedup();
    if !touched.is_empty() {
        let listings = db.read(move |read| listings(read, &touched)).wait()?;
        for (id, listing) in listings {
            match listing {
                Some(listing) => index.put(&listing)?,
                None => index.remove(&id),
            }
        }
    }
    index.commit(last)?;
    Ok(count)
}

/// Makes the whole index again from the catalogue. Returns how many products it holds.
pub fn rebuild(db: &Db, index: &Index) -> Result<u64> {
    let newest: Option<(i64,)> = db
        .read::<_, Error>(|read| {
            Ok(read.first("SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM events", &[])?)
        })
        .wait()?;
    index.remove_all()?;
    let mut after = String::new();
    loop {
        let from = after.clone();
        let batch = db.read(move |read| listings_after(read, &from)).wait()?;
        let Some((last, _)) = batch.last() else { break };
        after.clone_from(last);
        for (_, listing) in &batch {
            if let Some(listing) = listing {
                index.put(listing)?;
            }
        }
    }
    index.commit(newest.map_or(0, |(seq,)| seq))?;
    Ok(index.len())
}

type NumberedEvent = (i64, String, String);

fn numbered_after(read: &mut Read<'_>, seq: i64) -> Result<Vec<NumberedEvent>> {
    Ok(read.all(
        "SELECT seq, kind, subject FROM events WHERE seq > $1 ORDER BY seq LIMIT $2",
        &[&seq, &EVENTS_MAX],
    )?)
}

fn of_business(read: &mut Read<'_>, business: &str) -> Result<Vec<String>> {
    let Some(business) = BusinessId::parse(business) else { return Ok(Vec::new()) };
    let products = product::of_business(read, &business, true, None)?;
    Ok(products.into_iter().map(|product| product.id.to_string()).collect())
}

type Looked = Vec<(String, Option<Listing>)>;

fn listings(read: &mut Read<'_>, ids: &[String]) -> Result<Looked> {
    let mut looked = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(parsed) = Id::parse(id) else { continue };
        let listing = match product::find(read, &parsed) {
            Ok(product) => listing(read, &product)?,
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        };
        looked.push((id.clone(), listing));
    }
    Ok(looked)
}

fn listings_after(read: &mut Read<'_>, id: &str) -> Result<Looked> {
    let products = product::after(read, id, PRODUCTS_MAX)?;
    let look = |product: &Product| Ok((product.id.to_string(), listing(read, product)?));
    products.iter().map(look).collect()
}

/// What the public may find: offered by a business that trades.
fn listing(read: &mut Read<'_>, product: &Product) -> Result<Option<Listing>> {
    let business = business::find(read, &product.business)?;
    if !product.offered || !business.trades() {
        return Ok(None);
    }
    Ok(Some(Listing {
        id: product.id.to_string(),
        name: product.name.clone(),
        more: format!(
            "{} {} {} {}",
            product.category,
            product.description,
            business.name,
            product.variants.join(" ")
        ),
        category: product.category.clone(),
        district: business.place.district.unwrap_or_default(),
        price: product.price.amount(),
        listed_ms: product.created_at.as_ms(),
        available: product.stock > 0,
    }))
}
