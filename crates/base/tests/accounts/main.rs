//! Accounts from the outside, on both engines: SQLite always runs; PostgreSQL joins when
//! `TEST_POSTGRES_URL` names a server.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fall over")]

mod doors;
mod factors;
mod kit;
mod people;
mod posts;
mod tokens;
