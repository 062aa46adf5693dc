//! What goods are called in the audit trail.

use ::web::{Access, Thing};
use base::{Read, Result, among};

/// Goods by name. The page of those that are no longer offered is gone.
pub(crate) fn named(read: &mut Read<'_>, ids: &[&str]) -> Result<Vec<Thing>> {
    let goods: Vec<(String, String, bool)> =
        among(read, "SELECT id, name, offered FROM catalog_products WHERE id", ids)?;
    let thing = |(id, words, offered): (String, String, bool)| {
        let href = if offered { format!("/catalog/products/{id}") } else { String::new() };
        Thing { id, words, href, access: Access::Anyone }
    };
    Ok(goods.into_iter().map(thing).collect())
}
