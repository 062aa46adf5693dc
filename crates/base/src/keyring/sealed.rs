//! A sealed number in the three columns in which it lies.

use std::borrow::Cow;
use std::fmt;

use db::Row;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// A personal number as it is stored: unreadable, findable by equality, and masked for the screen.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Format, key generation, nonce and sealed text.
    pub ciphertext: Vec<u8>,
    /// Blind index: the same number of the same purpose always gives the same 32 hex digits.
    pub blind: String,
    /// What may be shown to anyone who may see the record, such as `3374•••••••••001`.
    pub mask: String,
}

impl Sealed {
    /// From the three columns of a number that may be there: sealed text, blind index, mask.
    pub fn from_columns(row: &mut Row<'_>) -> Result<Option<Sealed>, db::Error> {
        let (ciphertext, blind) = (row.take::<Option<Vec<u8>>>()?, row.take::<Option<String>>()?);
        let (blind, mask) = (blind.unwrap_or_default(), row.take::<Option<String>>()?);
        let mask = mask.unwrap_or_default();
        Ok(ciphertext.map(|ciphertext| Sealed { ciphertext, blind, mask }))
    }

    /// What goes into these columns.
    pub fn columns(sealed: Option<&Sealed>) -> (Option<&[u8]>, Option<&str>, Option<&str>) {
        match sealed {
            Some(Sealed { ciphertext, blind, mask }) => (Some(ciphertext), Some(blind), Some(mask)),
            None => (None, None, None),
        }
    }
}

/// Told as its mask: what anyone may see who may see the record.
impl Serialize for Sealed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.mask.serialize(serializer)
    }
}

impl JsonSchema for Sealed {
    fn schema_name() -> Cow<'static, str> {
        "MaskedNumber".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({})", self.mask)
    }
}
