//! The schema, step by step: each migration runs once, in order, and is never edited afterwards.

use crate::{Engine, Error, Event, Tx};

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

/// The tables of this module itself.
const OWN: &str = "
CREATE TABLE IF NOT EXISTS schema_migrations (
    area TEXT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (area, name)
);
CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY, seq BIGINT UNIQUE, at BIGINT NOT NULL, actor TEXT NOT NULL,
    on_behalf_of TEXT, kind TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL
);
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
    let applied: Vec<(String, String, String)> =
        tx.all("SELECT area, name, fingerprint FROM schema_migrations ORDER BY area, name", &[])?;
    for (area, name, _) in &applied {
        if !migrations.iter().any(|m| m.area == area && m.name == name) {
            return Err(Error::Driver(format!(
                "the database has migration {area}/{name}, which this program does not know: \
                 start the newer program that made it, or restore a backup"
            )));
        }
    }
    for migration in migrations {
        let Migration { area, name, .. } = *migration;
        let fingerprint = fingerprint(migration);
        match applied.iter().find(|(a, n, _)| a == area && n == name) {
            Some((_, _, old)) if *old == fingerprint => {}
            Some(_) => {
                return Err(Error::Driver(format!(
                    "migration {area}/{name} was edited after it ran: put it back and add a new one"
                )));
            }
            None => {
                tx.batch(migration.sql(engine))?;
                let now_ms = tx.now_ms();
                tx.execute(
                    "INSERT INTO schema_migrations (area, name, applied_at, fingerprint)
                     VALUES ($1, $2, $3, $4)",
                    &[&area, &name, &now_ms, &fingerprint],
                )?;
                tx.record(&SchemaChanged { area, name })?;
            }
        }
    }
    Ok(())
}

/// FNV-1a over both texts: tells an edit, not an attack.
fn fingerprint(migration: &Migration) -> String {
    let bytes = migration.sqlite.bytes().chain([0]).chain(migration.postgres.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
