//! The schema, step by step: each migration runs once, in order, and is never edited afterwards.

use crate::whole::Side;
use crate::{Engine, Error, Event, FromRow, Read, Row, Tx};

/// One step of one area. Runs as it is on both engines, unless it comes as a pair.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    pub area: &'static str,
    pub name: &'static str,
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl Migration {
    /// One text for both engines.
    pub const fn new(area: &'static str, name: &'static str, sql: &'static str) -> Migration {
        Migration { area, name, sqlite: sql, postgres: sql }
    }

    fn sql(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// The tables of this module itself. Places in the series are unique by an index of their own kind:
/// a plain one would also hold the events that still wait, and SQLite would look for them there and
/// sort them all for each batch that is numbered.
const OWN: &str = "
CREATE TABLE IF NOT EXISTS schema_migrations (
    area TEXT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (area, name)
);
CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY, seq BIGINT, at BIGINT NOT NULL, actor TEXT NOT NULL,
    on_behalf_of TEXT, kind TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS events_by_seq ON events (seq) WHERE seq IS NOT NULL;
CREATE INDEX IF NOT EXISTS events_unnumbered ON events (id) WHERE seq IS NULL;
CREATE INDEX IF NOT EXISTS events_by_subject ON events (subject, id);
";

#[derive(serde::Serialize)]
struct SchemaChanged {
    area: &'static str,
    name: &'static str,
}

impl Event for SchemaChanged {
    const KIND: &'static str = "db.schema_changed";
    fn subject(&self) -> String {
        self.area.to_owned()
    }
}

pub(crate) fn apply(
    tx: &mut Tx<'_>,
    engine: Engine,
    migrations: &[Migration],
) -> Result<(), Error> {
    tx.batch(OWN)?;
    for migration in missing(&applied(tx)?, migrations)? {
        let Migration { area, name, .. } = *migration;
        tx.batch(migration.sql(engine)).map_err(|error| match error {
            Error::Driver(text) => Error::Driver(format!("migration {area}/{name}: {text}")),
            other => other,
        })?;
        let now_ms = tx.now_ms();
        tx.execute(
            "INSERT INTO schema_migrations (area, name, applied_at, fingerprint)
             VALUES ($1, $2, $3, $4)",
            &[&area, &name, &now_ms, &fingerprint(migration)],
        )?;
        tx.record(&SchemaChanged { area, name })?;
    }
    Ok(())
}

pub(crate) fn is_current(
    read: &mut Read<'_>,
    engine: Engine,
    migrations: &[Migration],
) -> Result<bool, Error> {
    let there = match engine {
        Engine::Sqlite => "SELECT CAST(COUNT(*) AS BIGINT) FROM sqlite_master WHERE name = $1",
        Engine::Postgres => {
            "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_catalog.pg_tables
             WHERE schemaname = current_schema() AND tablename = CAST($1 AS TEXT)"
        }
    };
    let there = read.count(there, &[&"schema_migrations"])? == 1;
    let applied = if there { applied(read)? } else { Vec::new() };
    Ok(missing(&applied, migrations)?.is_empty())
}

/// What was applied, as the database tells it.
#[derive(PartialEq)]
pub(crate) struct Applied {
    area: String,
    name: String,
    fingerprint: String,
}

impl FromRow for Applied {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok(Applied { area: row.take()?, name: row.take()?, fingerprint: row.take()? })
    }
}

const APPLIED: &str = "SELECT area, name, fingerprint FROM schema_migrations ORDER BY area, name";

fn applied(read: &mut Read<'_>) -> Result<Vec<Applied>, Error> {
    read.all(APPLIED, &[])
}

/// The same, for work on the whole database.
pub(crate) fn applied_list(side: &Side) -> Result<Vec<Applied>, Error> {
    side.rows(APPLIED)
}

/// Those of `migrations` that were applied already, in their order.
pub(crate) fn done(applied: &[Applied], migrations: &[Migration]) -> Result<Vec<Migration>, Error> {
    let missing = missing(applied, migrations)?;
    let same = |a: &Migration, b: &Migration| (a.area, a.name) == (b.area, b.name);
    Ok(migrations.iter().filter(|m| !missing.iter().any(|n| same(m, n))).copied().collect())
}

/// Those that were not, unless the database and this program disagree.
fn missing<'m>(
    applied: &[Applied],
    migrations: &'m [Migration],
) -> Result<Vec<&'m Migration>, Error> {
    for Applied { area, name, .. } in applied {
        if !migrations.iter().any(|m| m.area == area && m.name == name) {
            return Err(Error::Driver(format!(
                "the database has migration {area}/{name}, which this program does not know: \
                 start the newer program that made it, or restore a backup"
            )));
        }
    }
    let mut missing = Vec::new();
    for migration in migrations {
        let Migration { area, name, .. } = migration;
        match applied.iter().find(|a| a.area == *area && a.name == *name) {
            Some(Applied { fingerprint: old, .. }) if *old == fingerprint(migration) => {}
            Some(_) => {
                return Err(Error::Driver(format!(
                    "migration {area}/{name} was edited after it ran: put it back and add a new one"
                )));
            }
            None => missing.push(migration),
        }
    }
    Ok(missing)
}

/// FNV-1a over both texts: tells an edit, not an attack.
fn fingerprint(migration: &Migration) -> String {
    let bytes = migration.sqlite.bytes().chain([0]).chain(migration.postgres.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
