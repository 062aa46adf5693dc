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
    /// Of what is still to come, how many were broken when it was counted last.
    pub(crate) broken: i64,
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
            broken: row.take()?,
        })
    }
}

impl OrderLine {
    /// Described by the buyer in words, at the buyer's price: it stands on no shelf.
    pub(crate) fn is_own(&self) -> bool {
        self.product.is_none()
    }

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
        "SELECT position, product, category, name, unit, price, count, received, broken
         FROM procurement_order_lines WHERE order_id = $1 ORDER BY position",
        &[order],
    )?)
}

pub(crate) fn insert(tx: &mut Tx<'_>, order: &OrderId, line: &OrderLine) -> Result<()> {
    let OrderLine { position, product, category, name, unit, price, count, received, broken } =
        line;
    tx.execute(
        "INSERT INTO procurement_order_lines (order_id, position, product, category, name, unit,
             price, count, received, broken)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[order, position, product, category, name, unit, price, count, received, broken],
    )?;
    Ok(())
}

/// Adds what was counted, and keeps how many were broken; never more than was ordered.
pub(crate) fn receive(tx: &mut Tx<'_>, order: &OrderId, counted: &Counted) -> Result<()> {
    let rows = tx.execute(
        "UPDATE procurement_order_lines SET received = received + $3, broken = $4
         WHERE order_id = $1 AND position = $2 AND received + $3 + $4 <= count",
        &[order, &counted.line.position, &counted.good, &counted.broken],
    )?;
    assert_eq!(rows, 1, "counts were checked against the line that was just read");
    Ok(())
}

/// A line and what was found of it at the door.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub(crate) line: OrderLine,
    /// Taken over.
    pub(crate) good: i64,
    /// There, but not taken over.
    pub(crate) broken: i64,
}

impl Counted {
    /// What is owed for it.
    pub(crate) fn worth(&self) -> Rupiah {
        self.line.worth(self.good)
    }

    /// What is still to come after this.
    pub(crate) fn rest(&self) -> i64 {
        self.line.missing() - self.good
    }
}

/// Goods named in one line of a list; the rest is counted.
const NAMED_MAX: usize = 2;

/// What is ordered, in one line: `200 kotak Nasi kotak; 2 unit Meja; +3`.
pub(crate) fn said(lines: &[OrderLine]) -> String {
    let words = lines.iter().take(NAMED_MAX);
    let mut words: Vec<String> =
        words.map(|line| format!("{} {} {}", line.count, line.unit, line.name)).collect();
    if lines.len() > NAMED_MAX {
        words.push(format!("+{}", lines.len() - NAMED_MAX));
    }
    words.join("; ")
}

/// What is still to come, in words: `2 kursi, 1 meja`.
pub(crate) fn owed(lines: &[OrderLine]) -> String {
    let missing = lines.iter().filter(|line| line.missing() > 0);
    let words = missing.map(|line| format!("{} {} {}", line.missing(), line.unit, line.name));
    words.collect::<Vec<_>>().join("; ")
}

/// A whole number as people type it, with dots between thousands only: `1.500`, never `1.5`.
pub(crate) fn read_count(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('.');
    let first = parts.next().filter(|part| digits(part))?;
    let dotted = text.contains('.');
    if dotted && (first.len() > 3 || !parts.all(|part| part.len() == 3 && digits(part))) {
        return None;
    }
    text.replace('.', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_stand_between_thousands_only() {
        let read = [("0", 0), (" 12 ", 12), ("1.500", 1_500), ("1.000.000", 1_000_000)];
        for (text, count) in read {
            assert_eq!(read_count(text), Some(count), "{text}");
        }
        for wrong in ["", "1.5", "1.50", "1500.000", ".5", "-1", "1,5", "dua", "1..000"] {
            assert_eq!(read_count(wrong), None, "{wrong}");
        }
    }
}
