//! Stock that explains itself: every change is a move with its reason and cause, and an event.

use base::{Error, Finding, FromRow, Id, Problem, Read, Result, Row, Timestamp, Tx, db};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::events::StockMoved;
use crate::product::{self, ProductId};
use crate::refusal::Refusal;

/// Why stock came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The owner made or bought more.
    Made,
    /// The owner counted the shelf.
    Counted,
    /// Broken, spoiled or given away.
    Lost,
    /// Set aside for an order.
    Ordered,
    /// An order did not happen.
    OrderUndone,
}

impl Reason {
    /// The stable code, also the end of the text key.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Made => "made",
            Reason::Counted => "counted",
            Reason::Lost => "lost",
            Reason::Ordered => "ordered",
            Reason::OrderUndone => "order_undone",
        }
    }

    /// The reason with this code, of those an owner may give.
    pub fn of_owner(code: &str) -> Option<Reason> {
        [Reason::Made, Reason::Lost].into_iter().find(|reason| reason.code() == code)
    }
}

/// The most of one product that its owner can put on the shelf.
pub const STOCK_MAX: i64 = 1_000_000;

/// Puts `count` more on the shelf.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    id: &ProductId,
    count: i64,
    reason: Reason,
    cause: &str,
) -> Result<()> {
    // What an order had set aside always fits back, however much was made meanwhile.
    let most = if reason == Reason::OrderUndone { i64::MAX } else { STOCK_MAX };
    let rows = tx.execute(
        "UPDATE catalog_products SET stock = stock + $1 WHERE id = $2 AND stock + $1 BETWEEN 0 AND $3",
        &[&count, id, &most],
    )?;
    if rows == 0 {
        let refusal = if count < 0 { Refusal::OutOfStock } else { Refusal::TooMany };
        return Err(refusal.into());
    }
    let (move_id, now): (Id<Move>, _) = (tx.new_id(), Timestamp::of(tx));
    let actor = tx.actor().id.clone();
    tx.execute(
        "INSERT INTO catalog_stock_moves (id, product_id, count, reason, subject, at, actor)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&move_id, id, &count, &reason.code(), &cause, &now, &actor],
    )?;
    tx.record(&StockMoved { product: id, count, reason: reason.code(), cause })?;
    Ok(())
}

/// Sets `count` aside for an order; refused when there are not so many or it is not offered.
pub fn take(tx: &mut Tx<'_>, id: &ProductId, count: i64, cause: &str) -> Result<()> {
    if count <= 0 {
        return Err(Error::invalid("count", "catalog-count-wanted"));
    }
    if !product::find(tx, id)?.offered {
        return Err(Refusal::NotOffered.into());
    }
    put(tx, id, -count, Reason::Ordered, cause)
}

/// Gives back what an order had set aside.
pub fn put_back(tx: &mut Tx<'_>, id: &ProductId, count: i64, cause: &str) -> Result<()> {
    if count <= 0 { Ok(()) } else { put(tx, id, count, Reason::OrderUndone, cause) }
}

/// What an order had set aside came back broken: the order is undone and the goods are lost, so that
/// they are for sale again only if the owner puts them back.
pub fn write_off(tx: &mut Tx<'_>, id: &ProductId, count: i64, cause: &str) -> Result<()> {
    if count <= 0 {
        return Ok(());
    }
    put(tx, id, count, Reason::OrderUndone, cause)?;
    put(tx, id, -count, Reason::Lost, cause)
}

/// More than half gone at once, or all of it, is taken when its owner says it is right.
fn meant(before: i64, left: i64, confirmed: bool) -> Result<()> {
    if confirmed || left < 0 || left * 2 >= before {
        return Ok(());
    }
    Err(Error::Invalid(vec![Problem::with("confirmed", "catalog-stock-far", before)]))
}

/// The owner tells of goods made or lost. `confirmed` says that losing more than half is meant.
pub fn tell(
    tx: &mut Tx<'_>,
    id: &ProductId,
    count: i64,
    reason: Reason,
    confirmed: bool,
) -> Result<()> {
    let product = product::own(tx, id)?;
    let signed = if reason == Reason::Lost { -count } else { count };
    meant(product.stock, product.stock + signed, confirmed)?;
    put(tx, id, signed, reason, "")
}

/// The owner has counted the shelf; the difference becomes a move. `confirmed` says that more than
/// half is gone.
pub fn count(tx: &mut Tx<'_>, id: &ProductId, counted: i64, confirmed: bool) -> Result<()> {
    let product = product::own(tx, id)?;
    meant(product.stock, counted, confirmed)?;
    match counted - product.stock {
        0 => Ok(()),
        difference => put(tx, id, difference, Reason::Counted, ""),
    }
}

/// One change of stock.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Move {
    pub id: Id<Move>,
    pub count: i64,
    pub reason: String,
    pub cause: String,
    pub at: Timestamp,
}

impl FromRow for Move {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Move {
            id: row.take()?,
            count: row.take()?,
            reason: row.take()?,
            cause: row.take()?,
            at: row.take()?,
        })
    }
}

impl Move {
    /// The plus that a count without a minus needs.
    pub fn plus(&self) -> &'static str {
        if self.count > 0 { "+" } else { "" }
    }

    /// The key of the text of its reason.
    pub fn text_key(&self) -> String {
        format!("catalog-moved-{}", self.reason.replace('_', "-"))
    }
}

/// Moves on one page.
pub const PAGE_ROWS: i64 = 50;

/// The moves of a product, the newest first, before a cursor.
pub fn moves(read: &mut Read<'_>, id: &ProductId, before: Option<&str>) -> Result<Vec<Move>> {
    let before = before.unwrap_or("~");
    Ok(read.all(
        "SELECT id, count, reason, subject, at FROM catalog_stock_moves
         WHERE product_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        &[id, &before, &PAGE_ROWS],
    )?)
}

/// Findings beyond this many tell nothing new.
const FINDINGS_MAX: i64 = 100;

/// Every stock is the sum of its moves.
pub(crate) fn verify(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let wrong: Vec<(String, i64, i64)> = read.all(
        "SELECT p.id, p.stock, CAST(COALESCE(SUM(m.count), 0) AS BIGINT) FROM catalog_products p
         LEFT JOIN catalog_stock_moves m ON m.product_id = p.id
         GROUP BY p.id, p.stock HAVING p.stock <> COALESCE(SUM(m.count), 0) ORDER BY p.id LIMIT $1",
        &[&FINDINGS_MAX],
    )?;
    let tell = |(id, stock, moved): (String, i64, i64)| {
        Finding::new("catalog", format!("stock is {stock} but its moves add up to {moved}"), id)
    };
    Ok(wrong.into_iter().map(tell).collect())
}
