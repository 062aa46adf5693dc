//! The public market: shops of the city's checked businesses, and what the public orders from them, on
//! the same catalogue and the same stock as the government's shop.

mod buyer;
mod cancellation;
mod cart;
mod complaining;
mod complaint;
mod confirmation;
mod events;
mod handover;
mod link;
mod named;
mod order;
mod order_group;
mod packing;
mod paid_out;
mod paying;
mod place;
mod quote;
mod refusal;
mod review;
mod rules;
mod settlement;
mod shop;
mod state;
mod tell;
mod verify;
mod waiting;
mod web;

use ::web::Area;
use base::{Grant, Permission, Role};

pub use buyer::{Buyer, SealedBuyer};
pub use complaining::{Answer, Complain, Wanted, answer, complain};
pub use complaint::Kind as ComplaintKind;
pub use confirmation::confirm;
pub use handover::{Handing, hand_over};
pub use link::code as handover_code;
pub use order::{Delivery, Order, OrderId};
pub use order_group::{GroupId, OrderGroup, Payment};
pub use packing::pack;
pub use place::{Place, Placed, place};
pub use quote::Want;
pub use refusal::Refusal;
pub use review::{Opinion, Review, ReviewId, answer_review, write as write_review};
pub use shop::{Shop, Terms, open as open_shop};
pub use state::State;

/// Keeps the own shop and serves its orders.
pub(crate) const SELL: Permission = Permission("market.sell");

const GRANTS: &[Grant] = &[Grant { role: Role::Owner, permissions: &[SELL] }];

/// Everything the city needs to know about this area.
pub fn area() -> Area {
    Area {
        migrations: &[
            ("0001_shops_and_orders", include_str!("../migrations/0001_shops_and_orders.sql")),
            ("0002_paid_ahead", include_str!("../migrations/0002_paid_ahead.sql")),
            ("0003_complaints", include_str!("../migrations/0003_complaints.sql")),
            ("0004_reviews", include_str!("../migrations/0004_reviews.sql")),
        ],
        texts: &[("id", include_str!("../texts/id.ftl")), ("en", include_str!("../texts/en.ftl"))],
        grants: GRANTS,
        consumers: &[paying::PAYMENTS, paid_out::PAYOUTS],
        outcomes: waiting::OUTCOMES,
        policies: rules::KINDS,
        ships: &[rules::shipped, rules::shipped_complaining],
        files: Some(complaint::photo_hashes),
        verify: Some(verify::verify),
        safes: &[order_group::BUYERS],
        named: Some(named::named),
        waits: Some(named::waits),
        nav: web::NAV,
        ..Area::new("market", web::routes())
    }
}
