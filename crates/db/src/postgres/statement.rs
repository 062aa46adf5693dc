//! PostgreSQL: values and errors.

use std::error::Error as _;
use std::io;

use tokio_postgres::error::SqlState;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};

use crate::{Error, Rule, Value};

type BoxError = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(b) => b.to_sql(ty, out),
            Value::Int(n) => n.to_sql(ty, out),
            Value::Text(s) => s.to_sql(ty, out),
            Value::Bytes(b) => b.to_sql(ty, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let fits = match self {
            Value::Null => true,
            Value::Bool(_) => *ty == Type::BOOL,
            Value::Int(_) => *ty == Type::INT8,
            Value::Text(_) => *ty == Type::TEXT,
            Value::Bytes(_) => *ty == Type::BYTEA,
        };
        if fits { self.to_sql(ty, out) } else { Err(format!("{self:?} where {ty} is due").into()) }
    }
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        Ok(match *ty {
            Type::BOOL => Value::Bool(FromSql::from_sql(ty, raw)?),
            Type::INT8 => Value::Int(FromSql::from_sql(ty, raw)?),
            Type::TEXT => Value::Text(FromSql::from_sql(ty, raw)?),
            Type::BYTEA => Value::Bytes(FromSql::from_sql(ty, raw)?),
            _ => return Err(format!("{ty} is outside the portable subset: cast it").into()),
        })
    }
    fn from_sql_null(_: &Type) -> Result<Self, BoxError> {
        Ok(Value::Null)
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

pub(crate) fn column(row: &tokio_postgres::Row, column: usize) -> Result<Value<'_>, Error> {
    Ok(row.try_get(column)?)
}

/// The error with its causes: the driver's own text is only the first half.
pub(crate) fn told(error: &tokio_postgres::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Error {
        let Some(db) = error.as_db_error() else {
            let io = error.source().and_then(|cause| cause.downcast_ref::<io::Error>()).is_some();
            return if io || error.is_closed() {
                Error::Unavailable(told(&error))
            } else {
                Error::Driver(told(&error))
            };
        };
        let rule = match *db.code() {
            SqlState::UNIQUE_VIOLATION => Rule::Unique,
            SqlState::FOREIGN_KEY_VIOLATION => Rule::ForeignKey,
            SqlState::CHECK_VIOLATION => Rule::Check,
            SqlState::NOT_NULL_VIOLATION => Rule::NotNull,
            SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
                return Error::Conflict;
            }
            _ => {
                let text = format!("{} {}", db.code().code(), db.message());
                return if is_away(db.code()) {
                    Error::Unavailable(text)
                } else {
                    Error::Driver(text)
                };
            }
        };
        Error::Constraint { rule, detail: db.constraint().unwrap_or_default().to_owned() }
    }
}

/// No room (disk, memory, connections), shutting down or starting up, lost, or read-only: it
/// was demoted to a standby.
fn is_away(code: &SqlState) -> bool {
    let text = code.code();
    text.starts_with("53")
        || text.starts_with("08")
        || text.starts_with("57P")
        || *code == SqlState::IO_ERROR
        || *code == SqlState::READ_ONLY_SQL_TRANSACTION
}
