//! One database for the whole city: SQLite by default, PostgreSQL when one machine is not enough.
//!
//! Everything outside this module sees [`Db`], [`Read`], [`Tx`] and [`Row`], writes one portable
//! SQL text with `$1…$n`, and relies on four promises that hold on both engines:
//!
//! 1. **A write is serializable.** A body reads, decides and writes without a lock clause. SQLite
//!    lets one body run at a time; PostgreSQL fails a conflicting one, which is run again.
//! 2. **A write is answered when it is on disk**, a refusal too: it may rest on what a neighbour
//!    in the same commit wrote.
//! 3. **A failed statement ends its transaction.** PostgreSQL insists, so SQLite does as well.
//!    What may already exist is written with `ON CONFLICT`, not tried and caught.
//! 4. **A change without an event does not commit.**
//!
//! Bodies are synchronous and run on threads that belong to the database, one per connection;
//! callers queue for them ([`Db::read`] and [`Db::write`] return a [`Reply`] to `.await` or
//! `.wait()` for). So a waiting request holds no thread, the length of the queue is a number with
//! a limit, a client that hangs up cannot leave half a transaction, and a PostgreSQL statement is
//! sent and received on the thread that asked for it.

mod actor;
mod chance;
mod clock;
mod db;
mod error;
mod event;
mod hold;
mod meter;
mod migration;
mod options;
mod postgres;
mod queue;
mod sqlite;
mod statements;
mod task;
mod tuple;
mod tx;
mod value;
mod whole;

pub use actor::Actor;
pub use chance::Chance;
pub use clock::Clock;
pub use db::Db;
pub use error::{Error, Rule};
pub use event::{Event, NewId};
pub use hold::{Hold, hold};
pub use migration::Migration;
pub use options::{Engine, Options};
pub use task::Reply;
pub use tx::{Read, Tx};
pub use value::{FromRow, FromValue, Params, Row, ToValue, Value};
pub use whole::{TableDigest, copy, digest, restore};
