//! The catalogue's routes and pages: the shelf everyone searches, a page per product, and the
//! owner's own goods.

mod form;
mod own;
mod shelf;

use base::{Grant, Role};
use ::web::{Access, NavItem, Routes, Shelf};

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

/// The kinds of goods the city's shops are sorted by; also the dye baths of the cloth.
pub(crate) const CATEGORIES: [&str; 8] =
    ["makanan", "minuman", "busana", "kriya", "jasa", "pertanian", "rumah", "galeri"];

pub(crate) fn routes() -> Routes {
    own::routes(shelf::routes(Routes::default()))
}
