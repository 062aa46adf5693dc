//! The market's routes and pages: a guest's cart, order and link; a seller's shop and sales.

mod answering;
mod cart;
mod checkout;
mod complain;
mod complaints;
mod moderation;
mod money;
mod pay;
mod payouts;
mod review;
mod sales;
mod shop;
mod statement;
mod told;
mod track;

use ::web::{Access, Answer, Ctx, NavItem, Routes, Shelf};
use base::{Error, Result};
use particulars::region::{CityRegions, RegionCode};

use crate::SELL;
use crate::order::Order;
use crate::refusal::Refusal;

/// Where people find the market.
pub(crate) const NAV: &[NavItem] = &[
    NavItem {
        label: "market-nav-cart",
        href: "/market/cart",
        icon: "cart",
        access: Access::Anyone,
        shelf: Shelf::Services,
    },
    NavItem {
        label: "market-nav-sales",
        href: "/market/sales",
        icon: "box",
        access: Access::May(SELL),
        shelf: Shelf::Desk,
    },
    NavItem {
        label: "market-nav-complaints",
        href: "/market/complaints",
        icon: "alert",
        access: Access::May(payments::SETTLE),
        shelf: Shelf::Desk,
    },
    NavItem {
        label: "market-moderation",
        href: "/market/moderation",
        icon: "eye",
        access: Access::May(payments::SETTLE),
        shelf: Shelf::Desk,
    },
    NavItem {
        label: "market-nav-payouts",
        href: "/market/payouts",
        icon: "cash",
        access: Access::May(payments::SETTLE),
        shelf: Shelf::Desk,
    },
    NavItem {
        label: "market-nav-shop",
        href: "/market/shop",
        icon: "store",
        access: Access::May(SELL),
        shelf: Shelf::Desk,
    },
];

pub(crate) fn routes() -> Routes {
    let routes = checkout::routes(cart::routes(Routes::default()));
    let routes = sales::routes(shop::routes(track::routes(pay::routes(routes))));
    let routes = complaints::routes(answering::routes(complain::routes(routes)));
    let routes = statement::routes(routes);
    let routes = moderation::routes(review::routes(routes));
    payouts::routes(money::routes(routes))
}

/// The name of a village or district, or nothing when the code is unknown here.
fn region_name(regions: &CityRegions, code: &str) -> String {
    let code = RegionCode::parse(code).ok();
    code.and_then(|code| regions.find(&code)).map(|place| place.name.clone()).unwrap_or_default()
}

/// After a step people look at the order again: it says what is true now, or why the step was not taken,
/// so that a reload sends nothing twice. Programs get the order or the refusal.
fn step_taken(ctx: &Ctx, at: String, said: &'static str, done: Result<Order>) -> Answer {
    match done {
        Ok(order) => Ok(ctx.done_saying(at, said, order)),
        Err(Error::Refused(code)) if ctx.wants_page() => match Refusal::known(code) {
            Some(code) => Ok(ctx.done(format!("{at}?refused={code}"), ())),
            None => Err(Error::Refused(code).into()),
        },
        Err(error) => Err(error.into()),
    }
}
