//! The catalogue's routes and pages: the shelf everyone searches, a page per product, and the
//! owner's own goods.

mod abroad;
mod edit;
mod form;
mod goods;
mod hints;
mod linked;
mod own;
mod shelf;
mod thing;

use ::web::{Access, NavItem, Routes, Shelf};
use base::{Grant, Role};

use crate::product::OFFER;

pub(crate) const GRANTS: &[Grant] = &[Grant { role: Role::Owner, permissions: &[OFFER] }];

pub(crate) const NAV: &[NavItem] = &[
    NavItem {
        label: "catalog-nav-shelf",
        href: "/catalog/products",
        icon: "box",
        access: Access::Anyone,
        shelf: Shelf::Services,
    },
    NavItem {
        label: "catalog-nav-own",
        href: "/catalog/own",
        icon: "tag",
        access: Access::May(OFFER),
        shelf: Shelf::Desk,
    },
];

/// Goods are sorted as the businesses that make them; each kind has a text here (`catalog-kind-…`).
pub(crate) use base::policy::CATEGORIES;

pub(crate) fn routes() -> Routes {
    abroad::routes(edit::routes(own::routes(thing::routes(shelf::routes(Routes::default())))))
}
