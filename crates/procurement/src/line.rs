//! A line of an order: what, how many, at which frozen price, and how many were counted.

use base::{FromRow, Read, Result, Row, Rupiah, Tx, db};
use catalog::ProductId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::order::OrderId;

/// More lines than an order letter has room for.
pub(crate) const LINES_MAX: usize = 50;
/// Of one thing.
pub(crate) const COUNT_MAX: i64 = 1_000_000;

/// One thing that is ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct OrderLine {
    /// 1, 2, 3 …
    pub(crate) position: i64,
    /// The product in the catalogue, unless it was described in words.
    pub(crate) product: Option<ProductId>,
    pub(crate) category: String,
    pub(crate) name: String,
    pub(crate) unit: String,
    /// For one unit, with tax and delivery.
    pub(crate) price: Rupiah,
    pub(crate) count: i64,
    /// Counted at the door so far.
    pub(crate) received: i64,
}

impl FromRow for OrderLine {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(OrderLine {
            position: row.take()?,
            product: row.take()?,
            category: row.take()?,
            name: row.take()?,
            unit: row.take()?,
            price: row.take()?,
            count: row.take()?,
            received: row.take()?,
        })
    }
}

impl OrderLine {
    /// Price times count.
    pub(crate) fn total(&self) -> Rupiah {
        self.worth(self.count)
    }

    /// What is still to come.
    pub(crate) fn missing(&self) -> i64 {
        self.count - self.received
    }

    /// Price times some of them.
    pub(crate) fn worth(&self, count: i64) -> Rupiah {
        self.price.times(count).expect("the total of a line was checked when it was ordered")
    }
}

/// The lines of an order.
pub(crate) fn of(read: &mut Read<'_>, order: &OrderId) -> Result<Vec<OrderLine>> {
    Ok(read.all(
        "SELECT position, product, category, name, unit, price, count, received
         FROM procurement_order_lines WHERE order_id = $1 ORDER BY position",
        &[order],
    )?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, order: &OrderId, line: &OrderLine) -> Result<()> {
    let OrderLine { position, product, category, name, unit, price, count, received } = line;
    tx.execute(
        "INSERT INTO procurement_order_lines (order_id, position, product, category, name, unit,
             price, count, received)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[order, position, product, category, name, unit, price, count, received],
    )?;
    Ok(())
}

/// Adds what was counted; never more than was ordered.
pub(crate) fn receive(tx: &mut Tx<'_>, order: &OrderId, position: i64, counted: i64) -> Result<()> {
    let rows = tx.execute(
        "UPDATE procurement_order_lines SET received = received + $3
         WHERE order_id = $1 AND position = $2 AND received + $3 <= count",
        &[order, &position, &counted],
    )?;
    assert_eq!(rows, 1, "counts were checked against the line that was just read");
    Ok(())
}
