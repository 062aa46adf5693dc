//! Procurement's routes: the agency's desk, requests and orders, the seller's side, the budget, and
//! what the public sees.

mod agencies;
mod budget;
mod case;
mod desk;
mod handover;
mod money;
mod open_data;
mod outside;
mod public;
mod request;
mod wait;
mod years;

use ::web::{Access, Desk, NavItem, Routes, Shelf};
use base::Role;

use crate::{OVERSEE, SELL, WATCH, WORK};

/// Where people find procurement.
pub(crate) const NAV: &[NavItem] = &[
    nav("procurement-nav-desk", DESK, "home", Access::May(WORK), Shelf::Desk),
    nav(
        "procurement-nav-agencies",
        "/procurement/agencies",
        "building",
        Access::May(OVERSEE),
        Shelf::Desk,
    ),
    nav("procurement-nav-orders", "/procurement/orders", "doc", Access::May(WATCH), Shelf::Desk),
    nav("procurement-nav-budget", "/procurement/budget", "wallet", Access::May(WORK), Shelf::Desk),
    nav(
        "procurement-nav-outside",
        "/procurement/outside-purchases",
        "out",
        Access::May(WATCH),
        Shelf::Desk,
    ),
    nav("procurement-nav-sales", "/procurement/sales", "receipt", Access::May(SELL), Shelf::Desk),
    nav(
        "procurement-nav-spending",
        "/procurement/spending",
        "chart",
        Access::Anyone,
        Shelf::Services,
    ),
];

/// Where each step's people begin their day.
pub(crate) const DESKS: &[Desk] = &[
    begins(Role::Requester, DESK),
    begins(Role::Approver, DESK),
    begins(Role::Receiver, DESK),
    begins(Role::Treasurer, DESK),
    begins(Role::AgencyHead, DESK),
    begins(Role::Inspector, "/procurement/agencies"),
];

const DESK: &str = "/procurement/desk";

const fn begins(role: Role, href: &'static str) -> Desk {
    Desk { role, href }
}

const fn nav(
    label: &'static str,
    href: &'static str,
    icon: &'static str,
    access: Access,
    shelf: Shelf,
) -> NavItem {
    NavItem { label, href, icon, access, shelf }
}

pub(crate) fn routes() -> Routes {
    let routes = desk::routes(agencies::routes(Routes::default()));
    let routes = request::routes(routes);
    let routes = case::routes(routes);
    let routes = handover::routes(routes);
    let routes = money::routes(routes);
    let routes = budget::routes(routes);
    let routes = outside::routes(routes);
    let routes = public::routes(routes);
    open_data::routes(routes)
}

/// An address with its question; what is empty is left out.
fn asking(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()));
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A cursor that was sent, unless it is empty.
fn cursor(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
