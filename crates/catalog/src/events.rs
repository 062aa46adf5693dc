//! What the catalogue tells the city. The search index follows these.

use base::{Event, Rupiah};
use registry::BusinessId;
use serde::Serialize;

use crate::product::ProductId;

/// A product was listed.
#[derive(Serialize)]
pub(crate) struct ProductListed<'a> {
    pub(crate) product: &'a ProductId,
    pub(crate) business: &'a str,
    pub(crate) name: &'a str,
    pub(crate) price: Rupiah,
}

impl Event for ProductListed<'_> {
    const KIND: &'static str = "catalog.product_listed";
    fn subject(&self) -> String {
        self.product.to_string()
    }
}

/// Its description, price or offer changed.
#[derive(Serialize)]
pub(crate) struct ProductChanged<'a> {
    pub(crate) product: &'a ProductId,
    pub(crate) price_before: Rupiah,
    pub(crate) price: Rupiah,
    pub(crate) offered: bool,
}

impl Event for ProductChanged<'_> {
    const KIND: &'static str = "catalog.product_changed";
    fn subject(&self) -> String {
        self.product.to_string()
    }
}

/// Stock came or went, and why.
#[derive(Serialize)]
pub(crate) struct StockMoved<'a> {
    pub(crate) product: &'a ProductId,
    pub(crate) count: i64,
    pub(crate) reason: &'a str,
    /// What it was for: an order, a count.
    pub(crate) cause: &'a str,
}

impl Event for StockMoved<'_> {
    const KIND: &'static str = "catalog.stock_moved";
    fn subject(&self) -> String {
        self.product.to_string()
    }
}

/// The goods of a business can be bought by everybody.
#[derive(Serialize)]
pub(crate) struct OutletOpened<'a> {
    pub(crate) business: &'a BusinessId,
}

impl Event for OutletOpened<'_> {
    const KIND: &'static str = "catalog.outlet_opened";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// They cannot any more.
#[derive(Serialize)]
pub(crate) struct OutletClosed<'a> {
    pub(crate) business: &'a BusinessId,
}

impl Event for OutletClosed<'_> {
    const KIND: &'static str = "catalog.outlet_closed";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// Its reviews are so many, with so many stars together.
#[derive(Serialize)]
pub(crate) struct ProductRated<'a> {
    pub(crate) product: &'a ProductId,
    pub(crate) reviews: i64,
    pub(crate) stars: i64,
}

impl Event for ProductRated<'_> {
    const KIND: &'static str = "catalog.product_rated";
    fn subject(&self) -> String {
        self.product.to_string()
    }
}
