//! What every area of the city stands on, and nothing of any of them: ids, money, time, errors,
//! events, and one module for each room of the house.

pub mod account;
mod among;
pub mod audit;
pub mod calendar;
pub mod consumer;
pub mod deadline;
pub mod digits;
pub mod document;
mod error;
mod event;
pub mod files;
mod finding;
mod id;
pub mod idempotency;
pub mod job;
pub mod keyring;
mod language;
pub mod message;
mod money;
pub mod number;
pub mod paper;
mod permission;
pub mod photo;
pub mod picture;
pub mod policy;
pub mod qr;
pub mod safe;
pub mod seal;
mod time;
pub mod webhook;
pub mod words;

pub use among::among;
pub use db::{
    self, Actor, Db, Event, FromRow, FromValue, Migration, Read, Row, ToValue, Tx, Value,
};
pub use error::{Error, Problem, Result};
pub use event::{StoredEvent, of_kind, of_subject};
pub use finding::Finding;
pub use id::Id;
pub use language::{Language, Say};
pub use money::{Delta, Rate, Rupiah};
pub use permission::{Grant, Permission, Role, require};
pub use time::{Date, Timestamp};

/// The tables of `base` itself, in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new("base", "0001_house", include_str!("../migrations/0001_house.sql")),
    Migration::new("base", "0002_accounts", include_str!("../migrations/0002_accounts.sql")),
    Migration::new("base", "0003_webhooks", include_str!("../migrations/0003_webhooks.sql")),
    Migration::new("base", "0004_desk_links", include_str!("../migrations/0004_desk_links.sql")),
];

/// What people read about the rooms: language and Fluent source.
pub const TEXTS: &[(&str, &str)] =
    &[("id", include_str!("../texts/id.ftl")), ("en", include_str!("../texts/en.ftl"))];

/// What each role may do in the rooms.
pub const GRANTS: &[Grant] = &[
    Grant {
        role: Role::CityAdmin,
        permissions: &[account::MANAGE, job::OPERATE, audit::INSPECT, webhook::MANAGE],
    },
    Grant { role: Role::AgencyHead, permissions: &[account::AGENCY_PEOPLE, webhook::MANAGE] },
    Grant { role: Role::Owner, permissions: &[webhook::MANAGE] },
    Grant { role: Role::Inspector, permissions: &[audit::INSPECT] },
    Grant { role: Role::PolicyEditor, permissions: &[policy::DRAFT, policy::WORK] },
    Grant { role: Role::PolicyApprover, permissions: &[policy::APPROVE, policy::WORK] },
];
