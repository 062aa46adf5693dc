//! What the market tells the city. No event says who a buyer is.

use base::{Date, Event, Rupiah};
use catalog::ProductId;
use registry::BusinessId;
use serde::Serialize;

use crate::complaint::ComplaintId;
use crate::order::OrderId;
use crate::order_group::GroupId;
use crate::review::ReviewId;

/// A shop takes orders, on these terms.
#[derive(Serialize)]
pub(crate) struct ShopOpened<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) pickup: bool,
    pub(crate) courier: bool,
}

impl Event for ShopOpened<'_> {
    const KIND: &'static str = "market.shop_opened";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// A shop takes no more orders.
#[derive(Serialize)]
pub(crate) struct ShopClosed<'a> {
    pub(crate) business: &'a BusinessId,
}

impl Event for ShopClosed<'_> {
    const KIND: &'static str = "market.shop_closed";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// A buyer ordered of a seller.
#[derive(Serialize)]
pub(crate) struct OrderPlaced<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) group: &'a GroupId,
    pub(crate) number: &'a str,
    pub(crate) business: &'a BusinessId,
    pub(crate) goods: Rupiah,
    pub(crate) fee: Rupiah,
    pub(crate) delivery: &'a str,
    pub(crate) payment: &'a str,
    pub(crate) prepare_until: Option<Date>,
}

impl Event for OrderPlaced<'_> {
    const KIND: &'static str = "market.order_placed";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// What was ordered is paid ahead: the seller begins.
#[derive(Serialize)]
pub(crate) struct OrderPaid<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) amount: Rupiah,
    pub(crate) prepare_until: Option<Date>,
}

impl Event for OrderPaid<'_> {
    const KIND: &'static str = "market.order_paid";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The goods are packed: they wait to be fetched, or the courier has them.
#[derive(Serialize)]
pub(crate) struct OrderPacked<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) delivery: &'a str,
    pub(crate) until: Option<Date>,
}

impl Event for OrderPacked<'_> {
    const KIND: &'static str = "market.order_packed";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The goods changed hands; by code, or because nobody said otherwise in time.
#[derive(Serialize)]
pub(crate) struct OrderHandedOver<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) by_code: bool,
    pub(crate) until: Option<Date>,
}

impl Event for OrderHandedOver<'_> {
    const KIND: &'static str = "market.order_handed_over";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// All is well: the buyer said so, or let the time for it pass.
#[derive(Serialize)]
pub(crate) struct OrderCompleted<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) goods: Rupiah,
    pub(crate) by_clock: bool,
}

impl Event for OrderCompleted<'_> {
    const KIND: &'static str = "market.order_completed";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// It ended early, and its goods are back on the shelf.
#[derive(Serialize)]
pub(crate) struct OrderCancelled<'a> {
    pub(crate) order: &'a OrderId,
    /// `buyer`, `seller` or `clock`.
    pub(crate) by: &'static str,
    pub(crate) reason: &'a str,
}

impl Event for OrderCancelled<'_> {
    const KIND: &'static str = "market.order_cancelled";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// Somebody read who the buyer of an order is.
#[derive(Serialize)]
pub(crate) struct BuyerSeen<'a> {
    pub(crate) order: &'a OrderId,
}

impl Event for BuyerSeen<'_> {
    const KIND: &'static str = "market.buyer_seen";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The buyer says that something is wrong: the money of the order is frozen.
#[derive(Serialize)]
pub(crate) struct ComplaintRaised<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) complaint: &'a ComplaintId,
    pub(crate) what: &'static str,
    pub(crate) claimed: Rupiah,
    pub(crate) answer_until: Option<Date>,
}

impl Event for ComplaintRaised<'_> {
    const KIND: &'static str = "market.complaint_raised";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller offers to give back so much, or nothing.
#[derive(Serialize)]
pub(crate) struct ComplaintAnswered<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) complaint: &'a ComplaintId,
    pub(crate) offered: Rupiah,
    pub(crate) reply_until: Option<Date>,
}

impl Event for ComplaintAnswered<'_> {
    const KIND: &'static str = "market.complaint_answered";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The buyer does not take the seller's answer: a clerk decides.
#[derive(Serialize)]
pub(crate) struct ComplaintContested<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) complaint: &'a ComplaintId,
    pub(crate) decide_until: Option<Date>,
}

impl Event for ComplaintContested<'_> {
    const KIND: &'static str = "market.complaint_contested";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// It is clear what is given back. What was paid out already waits until the seller has earned it.
#[derive(Serialize)]
pub(crate) struct ComplaintSettled<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) complaint: &'a ComplaintId,
    pub(crate) refunded: Rupiah,
    /// `seller`, `buyer`, `clerk` or `clock`.
    pub(crate) by: &'static str,
    pub(crate) covered: bool,
}

impl Event for ComplaintSettled<'_> {
    const KIND: &'static str = "market.complaint_settled";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller has earned what is given back: it goes.
#[derive(Serialize)]
pub(crate) struct ComplaintCovered<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) complaint: &'a ComplaintId,
    pub(crate) refunded: Rupiah,
}

impl Event for ComplaintCovered<'_> {
    const KIND: &'static str = "market.complaint_covered";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// A buyer said what they think of a product, or changed it.
#[derive(Serialize)]
pub(crate) struct ReviewWritten<'a> {
    pub(crate) review: &'a ReviewId,
    pub(crate) product: &'a ProductId,
    pub(crate) order: &'a OrderId,
    pub(crate) stars: i64,
}

impl Event for ReviewWritten<'_> {
    const KIND: &'static str = "market.review_written";
    fn subject(&self) -> String {
        self.product.to_string()
    }
}

/// The seller answered a review.
#[derive(Serialize)]
pub(crate) struct ReviewAnswered<'a> {
    pub(crate) review: &'a ReviewId,
    pub(crate) product: &'a ProductId,
}

impl Event for ReviewAnswered<'_> {
    const KIND: &'static str = "market.review_answered";
    fn subject(&self) -> String {
        self.product.to_string()
    }
}

/// Somebody says that a review hurts.
#[derive(Serialize)]
pub(crate) struct ReviewReported<'a> {
    pub(crate) review: &'a ReviewId,
    pub(crate) product: &'a ProductId,
}

impl Event for ReviewReported<'_> {
    const KIND: &'static str = "market.review_reported";
    fn subject(&self) -> String {
        self.product.to_string()
    }
}

/// A clerk hid a reported review, or left it.
#[derive(Serialize)]
pub(crate) struct ReviewJudged<'a> {
    pub(crate) review: &'a ReviewId,
    pub(crate) product: &'a ProductId,
    pub(crate) hidden: bool,
    pub(crate) reason: &'a str,
}

impl Event for ReviewJudged<'_> {
    const KIND: &'static str = "market.review_judged";
    fn subject(&self) -> String {
        self.product.to_string()
    }
}
