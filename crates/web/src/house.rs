//! The pages that belong to no single area: the door, accounts, messages, rules, papers.

mod account;
mod audit;
mod documents;
mod messages;
mod operations;
mod policies;
mod reading;
mod webhooks;

pub use account::Network;

use base::Role;

use crate::area::{Area, Desk, NavItem};
use crate::routes::{Access, Routes};
use crate::{photo, style};

const TEXTS: &[(&str, &str)] = &[
    ("id", include_str!("../texts/id.ftl")),
    ("en", include_str!("../texts/en.ftl")),
    ("id", include_str!("../texts/errors.id.ftl")),
    ("en", include_str!("../texts/errors.en.ftl")),
    ("id", include_str!("../texts/account.id.ftl")),
    ("en", include_str!("../texts/account.en.ftl")),
    ("id", include_str!("../texts/house.id.ftl")),
    ("en", include_str!("../texts/house.en.ftl")),
    ("id", include_str!("../texts/operations.id.ftl")),
    ("en", include_str!("../texts/operations.en.ftl")),
    ("id", include_str!("../texts/webhook.id.ftl")),
    ("en", include_str!("../texts/webhook.en.ftl")),
    base::TEXTS[0],
    base::TEXTS[1],
];

/// The house itself, as an area like the others.
pub fn area() -> Area {
    Area {
        texts: TEXTS,
        grants: base::GRANTS,
        jobs: &[base::message::MAIL, base::webhook::DELIVER, base::photo::CLEAR],
        nav: NAV,
        safes: base::safe::SAFES,
        desks: DESKS,
        waits: Some(policies::waits),
        ..Area::new("house", routes())
    }
}

/// What the house puts on the desk of those who may.
const NAV: &[NavItem] = &[
    operations::NAV,
    account::NAV[0],
    account::NAV[1],
    account::NAV[2],
    policies::NAV[0],
    policies::NAV[1],
    audit::NAV,
    messages::NAV,
];

/// Where the administrator and those who work on rules begin their day.
const DESKS: &[Desk] = &[
    Desk { role: Role::CityAdmin, href: operations::HOME },
    Desk { role: Role::PolicyEditor, href: policies::HOME },
    Desk { role: Role::PolicyApprover, href: policies::HOME },
];

fn routes() -> Routes {
    let rooms = [
        account::routes,
        messages::routes,
        policies::routes,
        documents::routes,
        audit::routes,
        operations::routes,
        webhooks::routes,
    ];
    rooms
        .into_iter()
        .fold(Routes::default(), |routes, room| room(routes))
        .get("/style", style::show, Access::Anyone)
        .people_only()
        .get("/files/{photo}/{size}", photo::show, Access::Anyone)
        .raw()
}
