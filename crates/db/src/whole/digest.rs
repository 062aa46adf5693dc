//! What a table holds, in one line: how many rows, and a fingerprint that does not depend on
//! their order, so neither engine has to sort.

use sha2::{Digest, Sha256};

use super::side::{Side, Table};
use crate::{Error, Value};

/// One table at one moment.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TableDigest {
    pub table: String,
    pub rows: u64,
    /// The sum of a hash of each row, in 32 hexadecimal digits.
    pub hash: String,
}

/// Adds up rows as they pass.
#[derive(Default)]
pub(crate) struct Tally {
    rows: u64,
    sum: u128,
}

impl Tally {
    pub(crate) fn add(&mut self, values: &[Value<'_>]) {
        let mut hash = Sha256::new();
        for value in values {
            let (kind, bytes): (u8, &[u8]) = match value {
                Value::Null => (0, &[]),
                Value::Bool(b) => (1, if *b { &[1] } else { &[0] }),
                Value::Int(n) => (2, &n.to_le_bytes()),
                Value::Text(text) => (3, text.as_bytes()),
                Value::Bytes(bytes) => (4, bytes),
            };
            hash.update([kind]);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        let first = hash.finalize().first_chunk::<16>().copied();
        let first = first.expect("SHA-256 gives 32 bytes");
        self.rows += 1;
        self.sum = self.sum.wrapping_add(u128::from_le_bytes(first));
    }

    pub(crate) fn finish(self, table: &Table) -> TableDigest {
        let hash = format!("{:032x}", self.sum);
        TableDigest { table: table.name.clone(), rows: self.rows, hash }
    }
}

pub(crate) fn of(side: &Side, table: &Table) -> Result<TableDigest, Error> {
    let mut tally = Tally::default();
    side.scan(table, |values| {
        tally.add(values);
        Ok(())
    })?;
    Ok(tally.finish(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(rows: &[&[Value<'_>]]) -> u128 {
        let mut tally = Tally::default();
        rows.iter().for_each(|row| tally.add(row));
        tally.sum
    }

    #[test]
    fn order_of_rows_does_not_matter_but_everything_else_does() {
        let (a, b): (&[_], &[_]) =
            (&[Value::Int(1), Value::Text("x")], &[Value::Int(2), Value::Null]);
        assert_eq!(sum(&[a, b]), sum(&[b, a]));
        assert_ne!(sum(&[a, a]), sum(&[a]));
        for (one, other) in [
            (Value::Int(1), Value::Bool(true)),
            (Value::Null, Value::Text("")),
            (Value::Text("a"), Value::Bytes(b"a")),
        ] {
            assert_ne!(sum(&[&[one]]), sum(&[&[other]]), "{one:?} {other:?}");
        }
        let split = |x, y| sum(&[&[Value::Text(x), Value::Text(y)]]);
        assert_ne!(split("ab", "c"), split("a", "bc"));
    }
}
