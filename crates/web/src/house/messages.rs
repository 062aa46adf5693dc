//! What the city tells people: their inbox, and for the city's administrator the letters by e-mail.

mod inbox;
mod outbox;

use base::job::OPERATE;

use crate::area::{NavItem, Shelf};
use crate::routes::{Access, Routes};

/// Where the administrator finds letters that were not sent.
pub(crate) const NAV: NavItem = NavItem {
    label: "messages-nav-outbox",
    href: "/messages/outbox",
    icon: "mail",
    access: Access::May(OPERATE),
    shelf: Shelf::Desk,
};

/// Adds the routes of messages.
pub(crate) fn routes(routes: Routes) -> Routes {
    let operate = Access::May(OPERATE);
    routes
        .get("/messages", inbox::show, Access::Person)
        .asks(&["before"])
        .people_only()
        .post("/messages/reading", inbox::read_all, Access::Person)
        .people_only()
        .post("/messages/{id}/reading", inbox::read_one, Access::Person)
        .people_only()
        .get("/messages/outbox", outbox::list, operate)
        .asks(&["state", "before"])
        .people_only()
        .post("/messages/outbox/{id}/sending", outbox::send_again, operate)
        .people_only()
}
