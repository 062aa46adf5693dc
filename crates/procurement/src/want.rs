//! What is needed: goods of the catalogue at the price they have today, or something in words at a
//! price agreed with the seller.

use base::{Date, Error, Problem, Read, Result, Rupiah};
use catalog::{ProductId, product};
use registry::BusinessId;

use crate::line::{COUNT_MAX, LINES_MAX, OrderLine};
use crate::refusal::Refusal;

const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=200;
const UNIT_CHARS: std::ops::RangeInclusive<usize> = 1..=30;

/// One thing that is needed.
#[derive(Debug, Clone)]
pub enum Want {
    /// From the catalogue, at the price it has there today.
    Product { product: ProductId, count: i64 },
    /// Described in words, at a price agreed with the seller.
    Words { name: String, unit: String, price: Rupiah, count: i64 },
}

/// The lines that are right, and what is wrong with the others.
pub(crate) fn sorted_lines(
    read: &mut Read<'_>,
    business: &BusinessId,
    wants: &[Want],
) -> Result<(Vec<OrderLine>, Vec<Problem>)> {
    let (mut lines, mut problems) = (Vec::with_capacity(wants.len()), Vec::new());
    for (position, want) in (1..).zip(wants.iter().take(LINES_MAX)) {
        match line_of(read, business, position, want) {
            Ok(line) => lines.push(line),
            Err(Error::Invalid(wrong)) => problems.extend(wrong),
            Err(error) => return Err(error),
        }
    }
    Ok((lines, problems))
}

/// Goods whose seller needs longer than there is until the wanted day: name and days.
pub(crate) fn too_soon(
    read: &mut Read<'_>,
    lines: &[OrderLine],
    from: Date,
    wanted_on: Date,
) -> Result<Vec<(String, i64)>> {
    let mut slow = Vec::new();
    for line in lines {
        let Some(id) = &line.product else { continue };
        let days = product::find(read, id)?.lead_days;
        if from.plus_days(days) > wanted_on {
            slow.push((line.name.clone(), days));
        }
    }
    Ok(slow)
}

fn line_of(
    read: &mut Read<'_>,
    business: &BusinessId,
    position: i64,
    want: &Want,
) -> Result<OrderLine> {
    let field = |name: &str| format!("{name}_{position}");
    let (product, category, name, unit, price, count) = match want {
        Want::Product { product, count } => {
            let product = product::find(read, product)?;
            if product.business != *business {
                return Err(Refusal::OtherSeller.into());
            }
            if !product.offered {
                return Err(Refusal::NotOffered.into());
            }
            if product.stock < *count {
                let stock = product.stock;
                let problem = Problem::with(field("count"), "procurement-stock-is", stock);
                return Err(Error::Invalid(vec![problem]));
            }
            let catalog::Product { id, category, name, unit, price, .. } = product;
            (Some(id), category, name, unit, price, *count)
        }
        Want::Words { name, unit, price, count } => {
            let (name, unit) = (name.trim().to_owned(), unit.trim().to_owned());
            if !NAME_CHARS.contains(&name.chars().count()) {
                return Err(Error::invalid(field("name"), "procurement-line-name-wanted"));
            }
            if !UNIT_CHARS.contains(&unit.chars().count()) {
                return Err(Error::invalid(field("unit"), "procurement-line-unit-wanted"));
            }
            (None, String::new(), name, unit, *price, *count)
        }
    };
    let (received, broken) = (0, 0);
    let line =
        OrderLine { position, product, category, name, unit, price, count, received, broken };
    if !(1..=COUNT_MAX).contains(&line.count) {
        return Err(Error::invalid(field("count"), "procurement-count-wanted"));
    }
    if line.price == Rupiah::ZERO || line.price.times(line.count).is_none() {
        return Err(Error::invalid(field("price"), "procurement-price-wanted"));
    }
    Ok(line)
}
