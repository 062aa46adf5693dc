//! What may be bound to `$n` and read from a column: four kinds of value and NULL.

use std::borrow::Cow;
use std::sync::Arc;

use crate::{Error, postgres, sqlite};

/// A value on its way in or out, borrowed from whoever owns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// May be bound to `$n`.
pub trait ToValue {
    fn to_value(&self) -> Value<'_>;
}

/// The values of one statement: `&[&piece.id, &price]`.
pub type Params<'p> = &'p [&'p dyn ToValue];

impl ToValue for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}
impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}
impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}
impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}
impl<T: ToValue + ?Sized> ToValue for Arc<T> {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}
impl<T: ToValue + ToOwned + ?Sized> ToValue for Cow<'_, T> {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

/// May be read from a column.
pub trait FromValue: Sized {
    const WANTED: &'static str;
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl FromValue for i64 {
    const WANTED: &'static str = "an integer";
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Int(n) = value { Some(n) } else { None }
    }
}
impl FromValue for bool {
    const WANTED: &'static str = "a boolean";
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bool(b) => Some(b),
            Value::Int(n @ (0 | 1)) => Some(n == 1), // SQLite has no booleans of its own
            _ => None,
        }
    }
}
impl FromValue for String {
    const WANTED: &'static str = "text";
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Text(s) = value { Some(s.to_owned()) } else { None }
    }
}
impl FromValue for Vec<u8> {
    const WANTED: &'static str = "bytes";
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Bytes(b) = value { Some(b.to_owned()) } else { None }
    }
}
impl<T: FromValue> FromValue for Option<T> {
    const WANTED: &'static str = T::WANTED;
    fn from_value(value: Value<'_>) -> Option<Self> {
        if value == Value::Null { Some(None) } else { T::from_value(value).map(Some) }
    }
}

/// One row of a result; columns are taken left to right.
pub struct Row<'r> {
    source: Source<'r>,
    next: usize,
}

pub(crate) enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl<'r> Row<'r> {
    pub(crate) fn new(source: Source<'r>) -> Self {
        Row { source, next: 0 }
    }

    /// The next column.
    pub fn take<T: FromValue>(&mut self) -> Result<T, Error> {
        let column = self.next;
        self.next += 1;
        let value = match self.source {
            Source::Sqlite(row) => sqlite::column(row, column)?,
            Source::Postgres(row) => postgres::column(row, column)?,
        };
        T::from_value(value).ok_or(Error::Decode { column, wanted: T::WANTED })
    }
}

/// How a type is read from the row that its own SELECT produces.
pub trait FromRow: Sized {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error>;
}
