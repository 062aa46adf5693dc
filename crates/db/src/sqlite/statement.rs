//! SQLite: statements, values and errors.

use rusqlite::ffi;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection};

use crate::value::Source;
use crate::{Error, FromRow, Params, Row, Rule, Value};

/// Runs a statement without parameters or rows.
pub(crate) fn step(conn: &Connection, sql: &str) -> Result<(), Error> {
    prepared(conn, sql)?.raw_execute()?;
    Ok(())
}

pub(crate) fn batch(conn: &Connection, sql: &str) -> Result<(), Error> {
    Ok(conn.execute_batch(sql)?)
}

pub(crate) fn execute(conn: &Connection, sql: &str, params: Params<'_>) -> Result<u64, Error> {
    Ok(bound(conn, sql, params)?.raw_execute()? as u64)
}

/// The first rows, `most` of them.
pub(crate) fn rows<T: FromRow>(
    conn: &Connection,
    sql: &str,
    params: Params<'_>,
    most: usize,
) -> Result<Vec<T>, Error> {
    let mut statement = bound(conn, sql, params)?;
    let mut found = statement.raw_query();
    let mut rows = Vec::new();
    while rows.len() < most
        && let Some(row) = found.next()?
    {
        rows.push(T::from_row(&mut Row::new(Source::Sqlite(row)))?);
    }
    Ok(rows)
}

pub(crate) fn prepared<'c>(conn: &'c Connection, sql: &str) -> Result<CachedStatement<'c>, Error> {
    Ok(conn.prepare_cached(sql)?)
}

/// SQLite numbers `$2, $1` by appearance, so each is bound by the number in its name.
fn bound<'c>(
    conn: &'c Connection,
    sql: &str,
    params: Params<'_>,
) -> Result<CachedStatement<'c>, Error> {
    let mut statement = prepared(conn, sql)?;
    let count = statement.parameter_count();
    if count != params.len() {
        return Err(Error::Driver(format!("{count} parameters, {} values: {sql}", params.len())));
    }
    for index in 1..=count {
        let number = statement.parameter_name(index).and_then(|n| n[1..].parse::<usize>().ok());
        let param = number.and_then(|n| params.get(n.checked_sub(1)?));
        let param = param.ok_or_else(|| Error::Driver(format!("parameters are $1…$n: {sql}")))?;
        statement.raw_bind_parameter(index, param.to_value())?;
    }
    Ok(statement)
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Bool(b) => ValueRef::Integer(i64::from(b)),
            Value::Int(n) => ValueRef::Integer(n),
            Value::Text(s) => ValueRef::Text(s.as_bytes()),
            Value::Bytes(b) => ValueRef::Blob(b),
        }))
    }
}

pub(crate) fn column<'r>(row: &'r rusqlite::Row<'_>, column: usize) -> Result<Value<'r>, Error> {
    let no = |wanted| Error::Decode { column, wanted };
    Ok(match row.get_ref(column).map_err(|_| no("in the result"))? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Text(s) => Value::Text(std::str::from_utf8(s).map_err(|_| no("UTF-8"))?),
        ValueRef::Blob(b) => Value::Bytes(b),
        ValueRef::Real(_) => return Err(no("a whole number: no column holds fractions")),
    })
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        let detail = error.to_string();
        let Some(code) = error.sqlite_error().map(|e| e.extended_code) else {
            return Error::Driver(detail);
        };
        let rule = match code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => Rule::Unique,
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Rule::ForeignKey,
            ffi::SQLITE_CONSTRAINT_CHECK => Rule::Check,
            ffi::SQLITE_CONSTRAINT_NOTNULL => Rule::NotNull,
            _ => return without_rule(code & 0xff, detail),
        };
        Error::Constraint { rule, detail }
    }
}

fn without_rule(code: i32, detail: String) -> Error {
    match code {
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Error::Conflict,
        ffi::SQLITE_FULL => Error::Unavailable(format!("the disk is full ({detail})")),
        ffi::SQLITE_READONLY => Error::Unavailable(format!("it is read-only ({detail})")),
        ffi::SQLITE_IOERR | ffi::SQLITE_CANTOPEN => Error::Unavailable(detail),
        _ => Error::Driver(detail),
    }
}
