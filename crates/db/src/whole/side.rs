//! One end of a copy: a connection of its own, its tables, and every row of them.

use std::pin::pin;
use std::sync::Arc;

use futures_util::TryStreamExt;
use rusqlite::Connection;

use crate::postgres::{self, Session, Target};
use crate::sqlite::{self, Use};
use crate::{Engine, Error, FromRow, Value};

pub(crate) enum Side {
    Sqlite(Connection),
    Postgres(Box<Session>),
}

/// The four types of the portable subset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    BigInt,
    Boolean,
    Bytea,
}

/// A table as both engines describe it: columns by name, since the order may differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<(String, Kind)>,
}

impl Table {
    /// The columns, ready for a statement.
    pub(crate) fn columns(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|(name, _)| quoted(name)).collect();
        names.join(", ")
    }
}

pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

const SQLITE_COLUMNS: &str = "SELECT m.name, c.name, upper(c.type)
    FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    ORDER BY m.name, c.name";
const POSTGRES_COLUMNS: &str = "SELECT t.relname::text, c.attname::text,
           upper(format_type(c.atttypid, c.atttypmod))
    FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid
    WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace
      AND c.attnum > 0 AND NOT c.attisdropped
    ORDER BY t.relname::text, c.attname::text";

impl Side {
    /// To read from: one moment, however long it takes.
    pub(crate) fn snapshot(url: &str) -> Result<Side, Error> {
        let side = Side::open(url, Use::Read)?;
        side.batch(match side {
            Side::Sqlite(_) => "BEGIN",
            Side::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        })?;
        Ok(side)
    }

    /// To write into: one transaction, rolled back unless it is committed.
    pub(crate) fn taker(url: &str) -> Result<Side, Error> {
        let side = Side::open(url, Use::Write)?;
        side.batch(match side {
            Side::Sqlite(_) => "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE",
            Side::Postgres(_) => "BEGIN",
        })?;
        Ok(side)
    }

    fn open(url: &str, purpose: Use) -> Result<Side, Error> {
        match (Engine::of(url)?, url.strip_prefix("sqlite:")) {
            (Engine::Sqlite, Some(path)) => Ok(Side::Sqlite(sqlite::open(path, purpose)?)),
            _ => {
                let mut session = Session::idle(Arc::new(Target::parse(url)?))?;
                session.connect()?;
                session.be_patient()?;
                Ok(Side::Postgres(Box::new(session)))
            }
        }
    }

    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        match self {
            Side::Sqlite(conn) => sqlite::batch(conn, sql),
            Side::Postgres(session) => session.batch(sql),
        }
    }

    pub(crate) fn rows<T: FromRow>(&self, sql: &str) -> Result<Vec<T>, Error> {
        match self {
            Side::Sqlite(conn) => sqlite::rows(conn, sql, &[], usize::MAX),
            Side::Postgres(session) => session.rows(sql, &[], usize::MAX),
        }
    }

    /// Every table, by name.
    pub(crate) fn tables(&self) -> Result<Vec<Table>, Error> {
        let columns: Vec<(String, String, String)> = self.rows(match self {
            Side::Sqlite(_) => SQLITE_COLUMNS,
            Side::Postgres(_) => POSTGRES_COLUMNS,
        })?;
        let mut tables: Vec<Table> = Vec::new();
        for (name, column, kind) in columns {
            let kind = match kind.as_str() {
                "TEXT" => Kind::Text,
                "BIGINT" => Kind::BigInt,
                "BOOLEAN" => Kind::Boolean,
                "BYTEA" => Kind::Bytea,
                other => {
                    return Err(Error::Driver(format!(
                        "{name}.{column} is {other}: only TEXT, BIGINT, BOOLEAN and BYTEA are \
                         the same on both engines"
                    )));
                }
            };
            match tables.last_mut() {
                Some(table) if table.name == name => table.columns.push((column, kind)),
                _ => tables.push(Table { name, columns: vec![(column, kind)] }),
            }
        }
        Ok(tables)
    }

    /// Shows every row of a table, one at a time, columns in the order of `table`.
    pub(crate) fn scan(
        &self,
        table: &Table,
        mut visit: impl FnMut(&[Value<'_>]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let sql = format!("SELECT {} FROM {}", table.columns(), quoted(&table.name));
        match self {
            Side::Sqlite(conn) => {
                let mut statement = sqlite::prepared(conn, &sql)?;
                let mut rows = statement.raw_query();
                while let Some(row) = rows.next()? {
                    visit(&values(table, |n| sqlite::column(row, n))?)?;
                }
            }
            Side::Postgres(session) => {
                let statement = session.prepared(&sql)?;
                let none: [Value<'_>; 0] = [];
                let rows = session.ask(session.client().query_raw(&statement, none))?;
                let mut rows = pin!(rows);
                while let Some(row) = session.ask(rows.try_next())? {
                    visit(&values(table, |n| postgres::column(&row, n))?)?;
                }
            }
        }
        Ok(())
    }
}

/// One row, each value of the type its column was declared with: SQLite itself does not insist.
fn values<'r>(
    table: &Table,
    column: impl Fn(usize) -> Result<Value<'r>, Error>,
) -> Result<Vec<Value<'r>>, Error> {
    let columns = table.columns.iter().enumerate();
    let values = columns.map(|(n, (name, kind))| {
        let value = column(n).map_err(|error| {
            Error::Driver(format!("{}.{name} cannot be copied: {error}", table.name))
        })?;
        match (kind, value) {
            (_, Value::Null)
            | (Kind::Text, Value::Text(_))
            | (Kind::BigInt, Value::Int(_))
            | (Kind::Boolean, Value::Bool(_))
            | (Kind::Bytea, Value::Bytes(_)) => Ok(value),
            (Kind::Boolean, Value::Int(n @ (0 | 1))) => Ok(Value::Bool(n == 1)),
            _ => Err(Error::Driver(format!(
                "{}.{name} holds something that is not its type: the program that wrote it \
                 has a mistake",
                table.name
            ))),
        }
    });
    values.collect()
}
