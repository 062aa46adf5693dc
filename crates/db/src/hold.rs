//! Whoever serves a database holds it, so that nobody copies it away or fills it meanwhile.

use std::fs::File;

use crate::{Engine, Error, postgres, sqlite};

/// Held until it is dropped, or its program ends in whatever way.
pub struct Hold {
    _by: By,
}

#[expect(dead_code, reason = "what is held is let go when it is dropped")]
enum By {
    File(File),
    Session(postgres::Keeper),
}

/// Holds the database at `url`; `None` when somebody else does. SQLite: a lock on a file beside the
/// database. PostgreSQL: an advisory lock of a session of its own, taken again after the server was
/// away.
pub fn hold(url: &str) -> Result<Option<Hold>, Error> {
    let by = match Engine::of(url)? {
        Engine::Sqlite => sqlite::hold(url.trim_start_matches("sqlite:"))?.map(By::File),
        Engine::Postgres => postgres::hold(url)?.map(By::Session),
    };
    Ok(by.map(|by| Hold { _by: by }))
}
