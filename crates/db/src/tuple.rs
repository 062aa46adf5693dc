//! Small results need no struct of their own: a tuple takes its columns left to right. Written out
//! one by one, since the house has no macros of its own; a longer row deserves names.

use crate::{Error, FromRow, FromValue, Row};

impl<A: FromValue> FromRow for (A,) {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok((row.take()?,))
    }
}
impl<A: FromValue, B: FromValue> FromRow for (A, B) {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok((row.take()?, row.take()?))
    }
}
impl<A: FromValue, B: FromValue, C: FromValue> FromRow for (A, B, C) {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok((row.take()?, row.take()?, row.take()?))
    }
}
impl<A: FromValue, B: FromValue, C: FromValue, D: FromValue> FromRow for (A, B, C, D) {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok((row.take()?, row.take()?, row.take()?, row.take()?))
    }
}
impl<A: FromValue, B: FromValue, C: FromValue, D: FromValue, E: FromValue> FromRow
    for (A, B, C, D, E)
{
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok((row.take()?, row.take()?, row.take()?, row.take()?, row.take()?))
    }
}
impl<A: FromValue, B: FromValue, C: FromValue, D: FromValue, E: FromValue, F: FromValue> FromRow
    for (A, B, C, D, E, F)
{
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok((row.take()?, row.take()?, row.take()?, row.take()?, row.take()?, row.take()?))
    }
}
