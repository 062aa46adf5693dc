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
mod migration;
mod postgres;
mod sqlite;
mod task;
mod tx;
mod value;

pub use actor::Actor;
pub use chance::Chance;
pub use clock::Clock;
pub use db::{Db, Engine, Options};
pub use migration::Migration;
pub use task::Reply;
pub use tx::{Event, NewId, Read, Tx};
pub use value::{FromRow, FromValue, Params, Row, ToValue, Value};

/// Every way the database can say no, the same on both engines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The schema refused a row. The detail is for the log: engines word it differently.
    Constraint { rule: Rule, detail: String },
    /// Other transactions won every time. Nothing was changed; asking again later may help.
    Conflict,
    /// Too many are waiting. The body was not run.
    Busy,
    /// A column does not hold what the code expects.
    Decode { column: usize, wanted: &'static str },
    /// Anything else. After a lost connection it is unknown whether the write was kept.
    Driver(String),
}

/// Which kind of rule of the schema was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Unique,
    ForeignKey,
    Check,
    NotNull,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Constraint { rule, detail } => write!(f, "{rule:?} constraint: {detail}"),
            Error::Conflict => f.write_str("other transactions kept winning"),
            Error::Busy => f.write_str("too many transactions are waiting"),
            Error::Decode { column, wanted } => write!(f, "column {column} is not {wanted}"),
            Error::Driver(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}
