//! The identity of one `T`. An id of one kind never stands for another.

use std::fmt::{self, Debug, Display, Formatter};
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use db::{FromValue, NewId, ToValue, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// 26 characters in the order of time. Only a transaction makes new ones: `tx.new_id()`.
pub struct Id<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

const LENGTH: usize = 26;

impl<T> Id<T> {
    /// An id as it stands in an address or a form.
    pub fn parse(text: &str) -> Option<Id<T>> {
        let plain = text.len() == LENGTH
            && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
        plain.then(|| Id { text: text.to_owned(), of: PhantomData })
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T> From<NewId> for Id<T> {
    fn from(id: NewId) -> Self {
        Id { text: id.into(), of: PhantomData }
    }
}
impl<T> FromStr for Id<T> {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Id::parse(text).ok_or("not an id")
    }
}
impl<T> Display for Id<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl<T> Debug for Id<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Id { text: self.text.clone(), of: PhantomData }
    }
}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Id::parse(&text).ok_or_else(|| serde::de::Error::custom("not an id"))
    }
}
impl<T> schemars::JsonSchema for Id<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-z]{26}$" })
    }
}
impl<T> ToValue for Id<T> {
    fn to_value(&self) -> Value<'_> {
        Value::Text(&self.text)
    }
}
impl<T> FromValue for Id<T> {
    const WANTED: &'static str = "an id";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Some(Id { text: String::from_value(value)?, of: PhantomData })
    }
}
