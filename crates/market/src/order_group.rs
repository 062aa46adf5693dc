//! What one buyer ordered at once: one payment, and a part for each seller.

use base::safe::{Kept, Safe};
use base::{
    Error, FromRow, FromValue, Id, Read, Result, Row, Rupiah, Timestamp, ToValue, Tx, Value, db,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::buyer::SealedBuyer;

/// The identity of a group of orders.
pub type GroupId = Id<OrderGroup>;

/// How it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// To each seller or courier, when the goods change hands.
    Cash,
    /// All of it at once and ahead, by the code of the national QR standard.
    Qris,
}

impl Payment {
    /// The stable code, also the end of text keys.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Payment::Cash => "cash",
            Payment::Qris => "qris",
        }
    }

    /// The way with this code.
    pub(crate) fn parse(code: &str) -> Option<Payment> {
        [Payment::Cash, Payment::Qris].into_iter().find(|payment| payment.code() == code)
    }
}

impl ToValue for Payment {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for Payment {
    const WANTED: &'static str = "a way to pay";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Payment::parse(&String::from_value(value)?)
    }
}

/// One group of orders; who the buyer is stays sealed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OrderGroup {
    pub(crate) id: GroupId,
    #[serde(skip)]
    pub(crate) buyer: Vec<u8>,
    /// The village of the buyer.
    pub(crate) village: String,
    pub(crate) payment: Payment,
    /// Goods and couriers of all its orders, as they were placed.
    pub(crate) total: Rupiah,
    pub(crate) placed_at: Timestamp,
}

impl FromRow for OrderGroup {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(OrderGroup {
            id: row.take()?,
            buyer: row.take()?,
            village: row.take()?,
            payment: row.take()?,
            total: row.take()?,
            placed_at: row.take()?,
        })
    }
}

/// The group, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &GroupId) -> Result<OrderGroup> {
    let group = read.first(
        "SELECT id, buyer, village, payment, total, placed_at FROM market_groups WHERE id = $1",
        &[id],
    )?;
    group.ok_or(Error::NotFound)
}

/// Stores a new group.
pub(crate) fn insert(tx: &mut Tx<'_>, group: &OrderGroup, buyer: &SealedBuyer) -> Result<()> {
    tx.execute(
        "INSERT INTO market_groups (id, buyer, phone_blind, village, payment, total, placed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            &group.id,
            &group.buyer,
            &buyer.phone_blind,
            &group.village,
            &group.payment,
            &group.total,
            &group.placed_at,
        ],
    )?;
    Ok(())
}

/// Who ordered, of all groups.
pub(crate) const BUYERS: Safe = Safe {
    name: "market.groups.buyer",
    purpose: crate::buyer::PURPOSE,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT id, buyer FROM market_groups WHERE id > $1 ORDER BY id LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE market_groups SET buyer = $1 WHERE id = $2 AND buyer = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};
