//! The promises of the database module, each kept on both engines.
//!
//! SQLite always runs; PostgreSQL joins when `TEST_POSTGRES_URL` names a server.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fall over")]

mod faults;
mod hold;
mod kit;
mod meter;
mod options;
mod promises;
mod schema;
mod whole;
