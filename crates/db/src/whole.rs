//! The whole city at once: from one engine to the other, into one file and back, and proof that
//! two databases hold the same.
//!
//! These work on connections of their own, beside the queue, and on one moment of the source, so
//! a city can be copied or backed up while it is being served. What is written goes into one
//! transaction: all of it arrives, or nothing. They block the calling thread for as long as it
//! takes; in async code call them through `spawn_blocking`.

mod backup;
mod digest;
mod fill;
mod side;

use std::panic::resume_unwind;
use std::thread;

use crate::{Db, Error, FromRow, migration};

pub use backup::restore;
pub use digest::TableDigest;
pub(crate) use side::Side;
use side::Table;

/// Copies every table from one database to another, whichever engines they run on, and compares
/// the two before it commits. `to` must have the same migrations and nothing but them; what they
/// filled in is replaced. Gives what was copied, by table.
pub fn copy(from: &Db, to: &Db) -> Result<Vec<TableDigest>, Error> {
    apart(|| transfer(&Side::snapshot(from.url())?, &Side::taker(to.url())?))
}

/// Counts and fingerprints every table at one moment. Equal lists mean equal databases, on
/// whichever engines.
pub fn digest(db: &Db) -> Result<Vec<TableDigest>, Error> {
    apart(|| {
        let side = Side::snapshot(db.url())?;
        side.tables()?.iter().map(|table| digest::of(&side, table)).collect()
    })
}

/// On a thread of its own: PostgreSQL's driver must not run inside somebody's async code.
fn apart<T: Send>(work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    thread::scope(|scope| scope.spawn(work).join().unwrap_or_else(|panic| resume_unwind(panic)))
}

fn transfer(from: &Side, to: &Side) -> Result<Vec<TableDigest>, Error> {
    let tables = from.tables()?;
    check_same_schema(&tables, &to.tables()?)?;
    if migration::applied_list(from)? != migration::applied_list(to)? {
        return Err(Error::Driver(
            "the two databases were brought up by different versions of this program: \
             start the newer program once on both"
                .to_owned(),
        ));
    }
    let (changed,) = to.one::<(i64,)>(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE kind <> 'db.schema_changed'",
    )?;
    if changed > 0 {
        return Err(Error::Driver(format!(
            "the destination is in use already ({changed} events): give an empty database"
        )));
    }
    fill::fill(from, to, &tables)
}

fn check_same_schema(from: &[Table], to: &[Table]) -> Result<(), Error> {
    for (here, there, other) in [(from, to, "destination"), (to, from, "source")] {
        if let Some(table) = here.iter().find(|table| !there.contains(table)) {
            return Err(Error::Driver(format!(
                "table {} is not the same in the {other}: start this program once on both",
                table.name
            )));
        }
    }
    Ok(())
}

impl Side {
    fn one<T: FromRow>(&self, sql: &str) -> Result<T, Error> {
        let row = self.rows(sql)?.pop();
        row.ok_or_else(|| Error::Driver(format!("no row where one is due: {sql}")))
    }
}
