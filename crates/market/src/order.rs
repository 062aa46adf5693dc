//! A seller's part of what a buyer ordered: one case from the order to the buyer's word that all is
//! well. Names and prices are frozen in it.

use base::account::Organisation;
use base::{
    Date, Error, FromRow, FromValue, Id, Read, Result, Row, Rupiah, Timestamp, ToValue, Tx, Value,
    db,
};
use catalog::ProductId;
use registry::BusinessId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::order_group::{GroupId, Payment};
use crate::state::State;

/// The identity of an order.
pub type OrderId = Id<Order>;

/// How the goods reach the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// The buyer fetches them.
    Pickup,
    /// The neighbourhood courier brings them.
    Courier,
}

impl Delivery {
    /// The stable code, also the end of text keys.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Delivery::Pickup => "pickup",
            Delivery::Courier => "courier",
        }
    }

    /// The way with this code.
    pub(crate) fn parse(code: &str) -> Option<Delivery> {
        [Delivery::Pickup, Delivery::Courier].into_iter().find(|way| way.code() == code)
    }
}

impl ToValue for Delivery {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for Delivery {
    const WANTED: &'static str = "a way to get goods";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Delivery::parse(&String::from_value(value)?)
    }
}

/// One order at one seller.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    pub(crate) id: OrderId,
    /// `DP-2026-000123`.
    pub(crate) number: String,
    pub(crate) group: GroupId,
    pub(crate) business: BusinessId,
    /// The organisation that answers for the seller.
    pub(crate) organisation: Id<Organisation>,
    pub(crate) seller_name: String,
    pub(crate) seller_number: String,
    /// The first name of the buyer.
    pub(crate) buyer_name: String,
    /// The village of the buyer.
    pub(crate) village: String,
    pub(crate) payment: Payment,
    pub(crate) state: State,
    pub(crate) delivery: Delivery,
    /// Where and when the goods are fetched, as the shop said when it was ordered.
    pub(crate) place: String,
    /// The goods.
    pub(crate) goods: Rupiah,
    /// The courier.
    pub(crate) fee: Rupiah,
    pub(crate) placed_at: Timestamp,
    pub(crate) ready_at: Option<Timestamp>,
    pub(crate) handed_over_at: Option<Timestamp>,
    pub(crate) completed_at: Option<Timestamp>,
    pub(crate) ended_at: Option<Timestamp>,
    /// The last day of whoever's turn it is.
    pub(crate) waits_until: Option<Date>,
    /// Why it ended early.
    pub(crate) reason: String,
    /// When the money came, of an order that is paid ahead.
    pub(crate) paid_at: Option<Timestamp>,
    /// Working days that its goods take to make, at most.
    #[serde(skip)]
    pub(crate) lead_days: i64,
}

impl Order {
    /// Goods and courier.
    pub(crate) fn total(&self) -> Rupiah {
        self.goods.plus(self.fee).expect("the sum was checked when it was placed")
    }

    /// Whether its seller knows of it: what is paid ahead comes to them once it is paid.
    fn is_for_its_seller(&self) -> bool {
        self.payment == Payment::Cash || self.paid_at.is_some()
    }

    /// Its address for the seller.
    pub(crate) fn href(&self) -> String {
        format!("/market/sales/{}", self.id)
    }
}

const SELECT: &str = "SELECT id, number, group_id, business, organisation, seller_name, seller_number, \
     buyer_name, village, payment, state, delivery, place, goods, fee, placed_at, ready_at, \
     handed_over_at, completed_at, ended_at, waits_until, reason, paid_at, \
     lead_days FROM market_orders";

impl FromRow for Order {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Order {
            id: row.take()?,
            number: row.take()?,
            group: row.take()?,
            business: row.take()?,
            organisation: row.take()?,
            seller_name: row.take()?,
            seller_number: row.take()?,
            buyer_name: row.take()?,
            village: row.take()?,
            payment: row.take()?,
            state: row.take()?,
            delivery: row.take()?,
            place: row.take()?,
            goods: row.take()?,
            fee: row.take()?,
            placed_at: row.take()?,
            ready_at: row.take()?,
            handed_over_at: row.take()?,
            completed_at: row.take()?,
            ended_at: row.take()?,
            waits_until: row.take()?,
            reason: row.take()?,
            paid_at: row.take()?,
            lead_days: row.take()?,
        })
    }
}

/// A line of an order, as it was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct OrderLine {
    pub(crate) product: ProductId,
    pub(crate) name: String,
    pub(crate) unit: String,
    /// What was chosen of it, if there was a choice.
    pub(crate) variant: String,
    pub(crate) category: String,
    /// Of one unit.
    pub(crate) price: Rupiah,
    pub(crate) count: i64,
}

impl OrderLine {
    /// Price times count.
    pub(crate) fn total(&self) -> Rupiah {
        self.price.times(self.count).expect("the sum was checked when it was placed")
    }
}

impl FromRow for OrderLine {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(OrderLine {
            product: row.take()?,
            name: row.take()?,
            unit: row.take()?,
            variant: row.take()?,
            category: row.take()?,
            price: row.take()?,
            count: row.take()?,
        })
    }
}

/// The order, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &OrderId) -> Result<Order> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// An order of the business the actor sells for; somebody else's is not found.
pub(crate) fn own(read: &mut Read<'_>, id: &OrderId) -> Result<Order> {
    let business = crate::shop::own_business(read)?;
    let order = find(read, id)?;
    let theirs = order.business == business.id && order.is_for_its_seller();
    if theirs { Ok(order) } else { Err(Error::NotFound) }
}

/// The order of a group whose link somebody holds.
pub(crate) fn of_group_one(read: &mut Read<'_>, group: &GroupId, id: &OrderId) -> Result<Order> {
    let order = find(read, id)?;
    if order.group == *group { Ok(order) } else { Err(Error::NotFound) }
}

/// Sellers of one group: a cart has no more.
const OF_GROUP_MAX: i64 = 30;

/// The orders of a group, in the order they were placed.
pub(crate) fn of_group(read: &mut Read<'_>, group: &GroupId) -> Result<Vec<Order>> {
    let sql = format!("{SELECT} WHERE group_id = $1 ORDER BY id LIMIT $2");
    Ok(read.all(&sql, &[group, &OF_GROUP_MAX])?)
}

/// Orders on one page of a seller's list.
pub(crate) const PAGE_ROWS: i64 = 30;

/// A seller's orders, the newest first, before a cursor; all of them or those in one state.
pub(crate) fn of_organisation(
    read: &mut Read<'_>,
    organisation: &str,
    state: Option<State>,
    before: Option<&str>,
) -> Result<Vec<Order>> {
    let before = before.unwrap_or("~");
    match state {
        Some(state) => Ok(read.all(
            &format!(
                "{SELECT} WHERE organisation = $1 AND state = $2 AND id < $3
                 AND (payment = 'cash' OR paid_at IS NOT NULL) ORDER BY id DESC LIMIT $4"
            ),
            &[&organisation, &state, &before, &PAGE_ROWS],
        )?),
        None => Ok(read.all(
            &format!(
                "{SELECT} WHERE organisation = $1 AND id < $2
                 AND (payment = 'cash' OR paid_at IS NOT NULL) ORDER BY id DESC LIMIT $3"
            ),
            &[&organisation, &before, &PAGE_ROWS],
        )?),
    }
}

/// How many orders of a seller stand where.
pub(crate) fn counts(read: &mut Read<'_>, organisation: &str) -> Result<Vec<(State, i64)>> {
    Ok(read.all(
        "SELECT state, CAST(COUNT(*) AS BIGINT) FROM market_orders WHERE organisation = $1
             AND (payment = 'cash' OR paid_at IS NOT NULL) GROUP BY state ORDER BY state",
        &[&organisation],
    )?)
}

/// What buyers paid ahead for orders of a seller that are not completed yet.
pub(crate) fn held_for(read: &mut Read<'_>, business: &BusinessId) -> Result<Rupiah> {
    let row: Option<(Rupiah,)> = read.first(
        "SELECT CAST(COALESCE(SUM(goods + fee), 0) AS BIGINT) FROM market_orders
         WHERE business = $1 AND paid_at IS NOT NULL AND ended_at IS NULL",
        &[business],
    )?;
    Ok(row.map_or(Rupiah::ZERO, |(sum,)| sum))
}

/// The lines of an order.
pub(crate) fn lines(read: &mut Read<'_>, id: &OrderId) -> Result<Vec<OrderLine>> {
    Ok(read.all(
        "SELECT product, name, unit, variant, category, price, count FROM market_order_lines
         WHERE order_id = $1 ORDER BY position LIMIT 100",
        &[id],
    )?)
}

/// Stores a new order with its lines.
pub(crate) fn insert(tx: &mut Tx<'_>, order: &Order, lines: &[OrderLine]) -> Result<()> {
    tx.execute(
        "INSERT INTO market_orders (id, number, group_id, business, organisation, seller_name,
             seller_number, buyer_name, village, payment, state, delivery, place, goods, fee,
             placed_at, waits_until, reason, changed_at, lead_days)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', $16,
             $18)",
        &[
            &order.id,
            &order.number,
            &order.group,
            &order.business,
            &order.organisation,
            &order.seller_name,
            &order.seller_number,
            &order.buyer_name,
            &order.village,
            &order.payment,
            &order.state,
            &order.delivery,
            &order.place,
            &order.goods,
            &order.fee,
            &order.placed_at,
            &order.waits_until.map(Date::iso),
            &order.lead_days,
        ],
    )?;
    for (position, line) in (0_i64..).zip(lines) {
        let OrderLine { product, name, unit, variant, category, price, count } = line;
        tx.execute(
            "INSERT INTO market_order_lines (order_id, position, product, name, unit, variant,
                 category, price, count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            &[&order.id, &position, product, name, unit, variant, category, price, count],
        )?;
    }
    Ok(())
}

/// Stores an order as it stands now. The row exists once, so it is hit once.
pub(crate) fn save(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE market_orders SET state = $2, ready_at = $3, handed_over_at = $4, completed_at = $5,
             ended_at = $6, waits_until = $7, reason = $8, changed_at = $9, paid_at = $10 WHERE id = $1",
        &[
            &order.id,
            &order.state,
            &order.ready_at,
            &order.handed_over_at,
            &order.completed_at,
            &order.ended_at,
            &order.waits_until.map(Date::iso),
            &order.reason,
            &now,
            &order.paid_at,
        ],
    )?;
    assert_eq!(rows, 1, "an order that was just read is still there");
    Ok(())
}
