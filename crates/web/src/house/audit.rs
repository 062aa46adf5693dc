//! The audit trail on the screen: every event with who, what and when, and the seals that prove it.

mod known;
mod seals;
mod trail;

use base::audit::INSPECT;

use crate::area::{NavItem, Shelf};
use crate::routes::{Access, Routes};

/// Where inspectors and the administrator find it.
pub(crate) const NAV: NavItem = NavItem {
    label: "audit-nav",
    href: "/audit",
    icon: "eye",
    access: Access::May(INSPECT),
    shelf: Shelf::Desk,
};

/// Adds the routes of the trail.
pub(crate) fn routes(routes: Routes) -> Routes {
    let inspect = Access::May(INSPECT);
    routes
        .get("/audit", trail::list, inspect)
        .asks(&["kind", "subject", "actor", "by", "before"])
        .gives::<trail::TrailPage>()
        .get("/audit/events/{id}", trail::show, inspect)
        .gives::<trail::EventPage>()
        .get("/audit/seals", seals::list, inspect)
        .asks(&["after", "verify"])
        .gives::<seals::SealsPage>()
}
