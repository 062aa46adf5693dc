//! Stories of the registry through its pages: owners, officers, duplicates.
#![expect(clippy::unwrap_used, reason = "a test falls over where something is missing")]

mod changes;
mod desk;
mod evidence;
mod kit;
mod lists;
mod own;
mod pages;
mod pairs;
mod registration;
mod sealed;
mod telephone;
mod visits;
