//! The rooms of the house, each tried on both engines: SQLite always, PostgreSQL when
//! `TEST_POSTGRES_URL` names a server.

#![expect(clippy::unwrap_used, reason = "a test may fall over")]

mod consumer;
mod deadline;
mod document;
mod draft;
mod idempotency;
mod job;
mod kit;
mod message;
mod policy;
mod safe;
mod seal;
mod webhook;
