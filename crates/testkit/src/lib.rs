//! A city for tests: a clock one moves, people who are signed in, a client that asks like a browser
//! or a program, on SQLite, and on PostgreSQL when `TEST_POSTGRES_URL` names a server.

mod city;
mod client;
mod people;

pub use city::{City, START_MS, postgres};
pub use client::{Client, Page};
pub use people::{Actor, PASSWORD};
