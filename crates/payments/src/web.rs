//! Where a bank tells of payments, and where a person looks after those that do not fit.

mod cases;
mod told;

use ::web::{Access, Desk, NavItem, Routes, Shelf};
use base::Role;

use crate::SETTLE;

pub use told::SERVICES_PATH;

/// Where people find it.
pub(crate) const NAV: &[NavItem] = &[NavItem {
    label: "payments-cases",
    href: "/payments/cases",
    icon: "alert",
    access: Access::May(SETTLE),
    shelf: Shelf::Desk,
}];

/// Where the work of market clerks waits.
pub(crate) const DESKS: &[Desk] = &[Desk { role: Role::MarketClerk, href: "/payments/cases" }];

pub(crate) fn routes() -> Routes {
    cases::routes(told::routes(Routes::default()))
}
