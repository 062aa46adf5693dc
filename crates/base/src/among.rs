//! Rows by a handful of ids with one statement. No list can be bound on both engines, so the statement
//! has a fixed number of places, and those left over hold nothing.

use db::{FromRow, Read, ToValue};

use crate::Result;

/// Ids that one statement looks for: more than a page speaks of.
const PLACES: usize = 200;

/// The rows whose column has one of these values. The statement ends with the column:
/// `SELECT id, name FROM base_people WHERE id`.
pub fn among<T: FromRow>(read: &mut Read<'_>, statement: &str, ids: &[&str]) -> Result<Vec<T>> {
    let places: Vec<String> = (1..=PLACES).map(|place| format!("${place}")).collect();
    let sql = format!("{statement} IN ({})", places.join(", "));
    let mut rows = Vec::new();
    for some in ids.chunks(PLACES) {
        let values: Vec<&str> =
            some.iter().copied().chain(std::iter::repeat("")).take(PLACES).collect();
        let params: Vec<&dyn ToValue> = values.iter().map(|value| value as &dyn ToValue).collect();
        rows.extend(read.all::<T>(&sql, &params)?);
    }
    Ok(rows)
}
