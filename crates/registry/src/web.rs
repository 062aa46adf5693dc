//! The registry's routes and pages: directory, registration, the officers' desk, lists.

mod changes;
mod directory;
mod doubts;
mod evidence;
mod letter;
mod lists;
mod look;
mod overview;
mod owner;
mod pairs;
mod paper;
mod place;
mod queue;
mod record;
mod registration;
mod removal;
mod report;
mod ruling;
mod section;
mod sheet;
mod trade;
mod visits;

use ::web::{Access, Desk, NavItem, Routes, Shelf};
use base::policy::CATEGORIES;
use base::{Grant, Role};

use crate::intake::IMPORT;
use crate::registration::OFFICE;
use crate::verification::VERIFY;

/// What each role may do in the registry.
pub(crate) const GRANTS: &[Grant] = &[
    Grant { role: Role::RegistryOfficer, permissions: &[VERIFY, IMPORT, OFFICE] },
    Grant { role: Role::Inspector, permissions: &[OFFICE] },
];

/// Where people find the registry.
pub(crate) const NAV: &[NavItem] = &[
    NavItem {
        label: "registry-nav-directory",
        href: "/registry/businesses",
        icon: "store",
        access: Access::Anyone,
        shelf: Shelf::Services,
    },
    NavItem {
        label: "registry-nav-own",
        href: "/registry/own",
        icon: "doc",
        access: Access::Person,
        shelf: Shelf::Services,
    },
    NavItem {
        label: "registry-nav-queue",
        href: "/registry/queue",
        icon: "users",
        access: Access::May(OFFICE),
        shelf: Shelf::Desk,
    },
    NavItem {
        label: "registry-nav-pairs",
        href: "/registry/pairs",
        icon: "copy",
        access: Access::May(OFFICE),
        shelf: Shelf::Desk,
    },
    NavItem {
        label: "registry-nav-lists",
        href: "/registry/lists",
        icon: "upload",
        access: Access::May(IMPORT),
        shelf: Shelf::Desk,
    },
    NavItem {
        label: "registry-nav-overview",
        href: "/registry/overview",
        icon: "chart",
        access: Access::May(OFFICE),
        shelf: Shelf::Desk,
    },
];

/// Where officers and owners begin their day.
pub(crate) const DESKS: &[Desk] = &[
    Desk { role: Role::RegistryOfficer, href: "/registry/queue" },
    Desk { role: Role::Owner, href: "/registry/registrations/{reference}" },
];

pub(crate) fn routes() -> Routes {
    let owners = owner::routes(place::routes(trade::routes(Routes::default())));
    let public = registration::routes(directory::routes(removal::routes(owners)));
    let public = evidence::routes(report::routes(lists::routes(public)));
    let public = visits::routes(paper::routes(changes::routes(public)));
    let desk = look::routes(record::routes(queue::routes(public)));
    let desk = letter::routes(doubts::routes(desk));
    overview::routes(ruling::routes(pairs::routes(desk)))
}

/// The key of a category's name; what a list brought stays as it was written.
fn category_key(category: &str) -> String {
    if CATEGORIES.contains(&category) {
        format!("registry-category-{category}")
    } else {
        category.to_owned()
    }
}
