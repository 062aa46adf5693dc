//! A backup is one SQLite file, whichever engine the city runs on; it can also be served from.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::side::{Side, Table};
use super::{TableDigest, apart, digest, transfer};
use crate::migration;
use crate::sqlite;
use crate::{Db, Engine, Error, Migration, Options};

impl Db {
    /// Writes the whole city, as it is at one moment, into a new SQLite file, while it is being
    /// served. `migrations` are all that this program knows. Gives what the file holds, by
    /// table: put it beside the file, so that a restored city can be compared with it. The file
    /// appears under its name only when it is complete, checked and on disk.
    pub fn backup_to(
        &self,
        path: &Path,
        migrations: &[Migration],
    ) -> Result<Vec<TableDigest>, Error> {
        if path.exists() {
            return Err(Error::Driver(format!(
                "{} is there already: give a name that is not taken",
                path.display()
            )));
        }
        let part = beside(path, ".part");
        for end in ["", "-wal", "-shm", "-journal"] {
            fs::remove_file(beside(&part, end)).ok();
        }
        apart(|| {
            match self.engine() {
                Engine::Sqlite => self.vacuum_into(&part)?,
                Engine::Postgres => self.pour_into(&part, migrations)?,
            }
            let tables = seal(&part)?;
            publish(&part, path).map_err(|error| {
                Error::Unavailable(format!("{} cannot be written: {error}", path.display()))
            })?;
            Ok(tables)
        })
    }

    fn vacuum_into(&self, part: &Path) -> Result<(), Error> {
        let path = self.url().trim_start_matches("sqlite:");
        let conn = sqlite::open(path, sqlite::Use::Write)?;
        conn.execute("VACUUM INTO $1", [text(part)?])?;
        Ok(())
    }

    fn pour_into(&self, part: &Path, migrations: &[Migration]) -> Result<(), Error> {
        let from = Side::snapshot(self.url())?;
        let known = migration::done(&migration::applied_list(&from)?, migrations)?;
        let url = format!("sqlite:{}", text(part)?);
        let to = Db::open(&url, Options { connections: 1, ..Options::default() })?;
        to.migrate(known).wait()?;
        transfer(&from, &Side::taker(&url)?)?;
        Ok(())
    }
}

/// Fills an empty database from a backup, and brings it up to `migrations`, all that this
/// program knows: a backup may be older than the program. Gives what was restored, by table.
pub fn restore(
    path: &Path,
    url: &str,
    migrations: &[Migration],
) -> Result<Vec<TableDigest>, Error> {
    apart(|| {
        let (from, _) = opened(path)?;
        let known = migration::done(&migration::applied_list(&from)?, migrations)?;
        let to = Db::open(url, Options { connections: 1, ..Options::default() })?;
        to.schema_is_current(&known).wait().map_err(|_| {
            Error::Driver("the destination is newer than the backup: give an empty one".to_owned())
        })?;
        to.migrate(known).wait()?;
        let tables = transfer(&from, &Side::taker(url)?)?;
        to.migrate(migrations.to_vec()).wait()?;
        Ok(tables)
    })
}

/// One file that needs no other beside it, sound, and what it holds.
fn seal(part: &Path) -> Result<Vec<TableDigest>, Error> {
    let conn = Connection::open(part)?;
    conn.pragma_update(None, "journal_mode", "DELETE")?;
    drop(conn);
    let (side, tables) = opened(part)?;
    tables.iter().map(|table| digest::of(&side, table)).collect()
}

/// A backup to read from, after a look at its soundness.
fn opened(path: &Path) -> Result<(Side, Vec<Table>), Error> {
    let wrong = |what: &str| Error::Driver(format!("{} is no backup: {what}", path.display()));
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| wrong(&error.to_string()))?;
    let side = Side::Sqlite(conn);
    let sound: Vec<(String,)> = side
        .rows("SELECT quick_check FROM pragma_quick_check")
        .map_err(|error| wrong(&error.to_string()))?;
    if sound != [("ok".to_owned(),)] {
        return Err(wrong("the file is damaged"));
    }
    let tables = side.tables()?;
    if !tables.iter().any(|table| table.name == "schema_migrations") {
        return Err(wrong("it is an SQLite file of something else"));
    }
    side.batch("BEGIN")?;
    Ok((side, tables))
}

/// Gives the finished file its name, so that a power cut leaves all of it or none.
fn publish(part: &Path, path: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn text(path: &Path) -> Result<&str, Error> {
    path.to_str().ok_or_else(|| Error::Driver(format!("{} is not UTF-8", path.display())))
}
