//! The registry's routes and pages: directory, registration, the officers' desk, lists.

mod directory;

use ::web::{Access, NavItem, Routes, Shelf};
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
pub(crate) const NAV: &[NavItem] = &[NavItem {
    label: "registry-nav-directory",
    href: "/registry/businesses",
    icon: "store",
    access: Access::Anyone,
    shelf: Shelf::Services,
}];

pub(crate) fn routes() -> Routes {
    directory::routes(Routes::default())
}
