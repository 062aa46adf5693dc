//! A guest orders: goods of several sellers in one go, each set aside on the one shelf that all fronts of
//! the city share, so that the last piece is sold once.

use base::account::attempt::{self, Limit, Scope};
use base::{Date, Error, Result, Rupiah, Timestamp, Tx, number};
use catalog::stock;
use registry::BusinessId;
use serde::{Deserialize, Serialize};

use crate::buyer::SealedBuyer;
use crate::events::OrderPlaced;
use crate::order::{self, Delivery, Order, OrderId, OrderLine};
use crate::order_group::{self, GroupId, OrderGroup, Payment};
use crate::paying;
use crate::quote::{self, Obstacle, Part, Want};
use crate::refusal::Refusal;
use crate::rules::{self, Buying};
use crate::shop;
use crate::state::State;
use crate::tell;
use crate::waiting::{self, Waiting};

/// Orders of one telephone number within an hour.
const HOURLY_MAX: i64 = 10;

/// What a guest wants, from whom, and how it reaches them.
#[derive(Clone)]
pub struct Place {
    pub buyer: SealedBuyer,
    /// The village of the buyer.
    pub village: String,
    pub wants: Vec<Want>,
    /// How the goods of each seller reach the buyer.
    pub deliveries: Vec<(BusinessId, Delivery)>,
    pub payment: Payment,
    /// The sum that the buyer has seen; another one is not taken.
    pub total: Rupiah,
    /// Where it comes from, so that one machine does not set the whole shelf aside; nothing where that does
    /// not matter.
    pub brake: Option<Scope>,
}

impl Place {
    /// The brake of one neighbourhood of addresses, which takes so many orders in an hour. There is none
    /// for the whole city: it would let one machine close the market.
    pub(crate) fn brake_of(network: &str, hourly: i64) -> Scope {
        Scope::of("market.order_from", network, Limit::hourly(hourly))
    }
}

/// What was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub group: GroupId,
    pub orders: Vec<OrderId>,
}

/// Orders, or nothing at all: one thing that cannot be had, or another sum than the buyer has seen,
/// undoes the whole.
pub fn place(tx: &mut Tx<'_>, cmd: &Place) -> Result<Placed> {
    let rules = rules::today(tx)?;
    if cmd.wants.is_empty() || cmd.wants.len() > quote::LINES_MAX {
        return Err(Refusal::NothingWanted.into());
    }
    let brake = Scope::of("market.order", &cmd.buyer.phone_blind, Limit::hourly(HOURLY_MAX));
    if attempt::count(tx, &[brake])?.is_some() {
        return Err(Refusal::TooOften.into());
    }
    if attempt::count(tx, cmd.brake.as_slice())?.is_some() {
        return Err(Refusal::TooManyFromHere.into());
    }
    let parts = quote::quote(tx, &cmd.wants, Some(&cmd.village), &rules)?;
    let chosen = parts.iter().map(|part| chosen(cmd, part)).collect::<Result<Vec<_>>>()?;
    check_sum(cmd, &parts, &chosen, &rules)?;
    let group = OrderGroup {
        id: tx.new_id(),
        buyer: cmd.buyer.sealed.clone(),
        village: cmd.village.clone(),
        payment: cmd.payment,
        total: cmd.total,
        placed_at: Timestamp::of(tx),
    };
    order_group::insert(tx, &group, &cmd.buyer)?;
    let mut orders = Vec::with_capacity(parts.len());
    for (part, way) in parts.into_iter().zip(chosen) {
        orders.push(begin(tx, cmd, &group, part, way)?);
    }
    if group.payment == Payment::Qris {
        paying::begin(tx, &group)?;
    }
    Ok(Placed { group: group.id, orders })
}

/// The way that was chosen for a part, and what it costs.
fn chosen(cmd: &Place, part: &Part) -> Result<(Delivery, Rupiah)> {
    for line in &part.lines {
        match line.obstacle {
            None => {}
            Some(Obstacle::Variant) => return Err(Refusal::NoSuchVariant.into()),
            Some(Obstacle::Few) => return Err(catalog::Refusal::OutOfStock.into()),
            Some(Obstacle::Gone) if part.open => return Err(catalog::Refusal::NotOffered.into()),
            Some(Obstacle::Gone) => return Err(Refusal::ShopClosed.into()),
        }
    }
    let delivery = cmd.deliveries.iter().find(|(business, _)| *business == part.business);
    let way = delivery.and_then(|(_, way)| Some((*way, part.fee(*way)?)));
    way.ok_or_else(|| Refusal::NotDeliveredSo.into())
}

fn check_sum(
    cmd: &Place,
    parts: &[Part],
    chosen: &[(Delivery, Rupiah)],
    rules: &Buying,
) -> Result<()> {
    let mut sum = Rupiah::ZERO;
    for (part, (_, fee)) in parts.iter().zip(chosen) {
        let order = part.goods.plus(*fee).ok_or_else(too_large)?;
        if cmd.payment == Payment::Cash && order > rules.cash_max {
            return Err(Refusal::TooMuchForCash.into());
        }
        sum = sum.plus(order).ok_or_else(too_large)?;
    }
    if parts.is_empty() {
        return Err(Refusal::NothingWanted.into());
    }
    if sum == cmd.total { Ok(()) } else { Err(Refusal::SumChanged.into()) }
}

fn too_large() -> Error {
    Error::invalid("count", "market-sum-too-large")
}

/// One seller's part: a number, goods set aside, and their clock.
fn begin(
    tx: &mut Tx<'_>,
    cmd: &Place,
    group: &OrderGroup,
    part: Part,
    (delivery, fee): (Delivery, Rupiah),
) -> Result<OrderId> {
    let (shop, business) = shop::taking_orders(tx, &part.business)?;
    let year = Date::today(tx).year();
    let series = format!("market.order.{year}");
    let number = format!("DP-{year}-{:06}", number::next(tx, &series)?);
    let mut order = Order {
        id: tx.new_id(),
        number,
        group: group.id.clone(),
        business: part.business,
        organisation: shop.organisation,
        seller_name: business.name,
        seller_number: business.number,
        buyer_name: cmd.buyer.first_name.clone(),
        village: group.village.clone(),
        payment: group.payment,
        state: if group.payment == Payment::Qris {
            State::AwaitingPayment
        } else {
            State::Processing
        },
        delivery,
        place: if delivery == Delivery::Pickup { part.pickup_place } else { String::new() },
        goods: part.goods,
        fee,
        placed_at: group.placed_at,
        ready_at: None,
        handed_over_at: None,
        completed_at: None,
        ended_at: None,
        waits_until: None,
        reason: String::new(),
        paid_at: None,
        // Whoever makes things to order is not late while making them.
        lead_days: part.lines.iter().map(|line| line.lead_days).max().unwrap_or(0),
    };
    let lines: Vec<OrderLine> = part.lines.into_iter().map(frozen).collect();
    for line in &lines {
        stock::take(tx, &line.product, line.count, order.id.as_str())?;
    }
    if order.state == State::Processing {
        let lead_days = order.lead_days;
        waiting::begin_later(tx, &mut order, Waiting::Packing, lead_days)?;
    }
    order::insert(tx, &order, &lines)?;
    tx.record(&OrderPlaced {
        order: &order.id,
        group: &order.group,
        number: &order.number,
        business: &order.business,
        goods: order.goods,
        fee: order.fee,
        delivery: delivery.code(),
        payment: order.payment.code(),
        prepare_until: order.waits_until,
    })?;
    if order.state == State::Processing {
        tell::seller(tx, &order, "market-tell-placed")?;
    }
    Ok(order.id)
}

fn frozen(line: quote::QuotedLine) -> OrderLine {
    OrderLine {
        product: line.product,
        name: line.name,
        unit: line.unit,
        variant: line.variant,
        category: line.category,
        price: line.price,
        count: line.count,
    }
}
