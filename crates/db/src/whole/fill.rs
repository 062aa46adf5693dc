//! The destination of a copy: emptied, filled row by row, compared with the source, committed.
//!
//! References between tables are checked once at the end: SQLite looks at all of them, and
//! PostgreSQL's are taken off and put back, which checks every row. So the order of the tables
//! does not matter, not even for a table that refers to itself.

use rusqlite::Connection;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

use super::TableDigest;
use super::digest::{self, Tally};
use super::side::{Kind, Side, Table, quoted};
use crate::postgres::Session;
use crate::{Error, Value, sqlite};

pub(crate) fn fill(from: &Side, to: &Side, tables: &[Table]) -> Result<Vec<TableDigest>, Error> {
    let references = take_off_references(to)?;
    for table in tables {
        to.batch(&format!("DELETE FROM {}", quoted(&table.name)))?;
    }
    let mut copied = Vec::new();
    for table in tables {
        let sent = pour(from, to, table)?;
        if digest::of(to, table)? != sent {
            return Err(Error::Driver(format!(
                "table {} did not arrive as it was sent; nothing was kept",
                table.name
            )));
        }
        copied.push(sent);
    }
    put_back_references(to, &references)?;
    to.batch("COMMIT")?;
    for table in tables {
        to.batch(&format!("ANALYZE {}", quoted(&table.name)))?;
    }
    Ok(copied)
}

fn pour(from: &Side, to: &Side, table: &Table) -> Result<TableDigest, Error> {
    let mut tally = Tally::default();
    match to {
        Side::Sqlite(conn) => insert(from, conn, table, &mut tally)?,
        Side::Postgres(session) => copy_in(from, session, table, &mut tally)?,
    }
    Ok(tally.finish(table))
}

fn insert(from: &Side, conn: &Connection, table: &Table, tally: &mut Tally) -> Result<(), Error> {
    let marks: Vec<String> = (1..=table.columns.len()).map(|n| format!("${n}")).collect();
    let (name, columns, marks) = (quoted(&table.name), table.columns(), marks.join(", "));
    let mut statement =
        sqlite::prepared(conn, &format!("INSERT INTO {name} ({columns}) VALUES ({marks})"))?;
    from.scan(table, |values| {
        tally.add(values);
        for (n, value) in values.iter().enumerate() {
            statement.raw_bind_parameter(n + 1, value)?;
        }
        statement.raw_execute()?;
        Ok(())
    })
}

fn copy_in(from: &Side, session: &Session, table: &Table, tally: &mut Tally) -> Result<(), Error> {
    let types: Vec<Type> = table.columns.iter().map(|(_, kind)| postgres_type(*kind)).collect();
    let (name, columns) = (quoted(&table.name), table.columns());
    let sql = format!("COPY {name} ({columns}) FROM STDIN BINARY");
    let sink = session.ask(session.client().copy_in(sql.as_str()))?;
    let mut writer = Box::pin(BinaryCopyInWriter::new(sink, &types));
    from.scan(table, |values: &[Value<'_>]| {
        tally.add(values);
        session.ask(writer.as_mut().write_raw(values))
    })?;
    session.ask(writer.as_mut().finish())?;
    Ok(())
}

fn postgres_type(kind: Kind) -> Type {
    match kind {
        Kind::Text => Type::TEXT,
        Kind::BigInt => Type::INT8,
        Kind::Boolean => Type::BOOL,
        Kind::Bytea => Type::BYTEA,
    }
}

/// Table, name and definition of a reference, ready for a statement.
type Reference = (String, String, String);

fn take_off_references(to: &Side) -> Result<Vec<Reference>, Error> {
    if let Side::Sqlite(_) = to {
        return Ok(Vec::new()); // switched off on this connection
    }
    let references: Vec<Reference> = to.rows(
        "SELECT conrelid::regclass::text, quote_ident(conname::text), pg_get_constraintdef(oid)
         FROM pg_constraint
         WHERE contype = 'f' AND connamespace = current_schema()::regnamespace",
    )?;
    for (table, name, _) in &references {
        to.batch(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}"))?;
    }
    Ok(references)
}

fn put_back_references(to: &Side, references: &[Reference]) -> Result<(), Error> {
    for (table, name, definition) in references {
        to.batch(&format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))?;
    }
    if let Side::Sqlite(_) = to {
        let broken: Vec<(String, String)> =
            to.rows("SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check")?;
        if let Some((table, parent)) = broken.first() {
            return Err(Error::Driver(format!(
                "a row of {table} refers to one of {parent} that is not there; nothing was kept"
            )));
        }
    }
    Ok(())
}
