//! A city for tests: a clock one moves, people who are signed in, sellers with goods, a client that
//! asks like a browser or a program, on SQLite, and on PostgreSQL when `TEST_POSTGRES_URL` names a server.

mod city;
mod client;
mod people;
mod seller;

pub use city::{City, START_MS, postgres, setting};
pub use client::{Client, Page};
pub use people::{Actor, PASSWORD};
pub use seller::{Seller, VILLAGE, described};
