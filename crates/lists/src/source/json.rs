//! JSON and GeoJSON: every list of objects is a sheet. An object that names a key twice is
//! refused, because readers differ in which one they believe.

use std::fmt;

use particulars::point::micro_degrees;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{Held, Sheet, text_cell};
use crate::cell::{Cell, RawRow};
use crate::limits::{COLUMNS_MAX, JSON_DEPTH_MAX, SHEETS_MAX};
use crate::understanding::Unreadable;

/// How deep a list of objects may lie.
const LIST_DEPTH_MAX: usize = 2;
/// Marks the error of a repeated key among those of the parser.
const REPEATED: &str = "the same key twice";

/// All lists of objects in the text.
pub(super) fn read(text: &str) -> Result<Held, Unreadable> {
    let Strict(value) = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        if message.contains(REPEATED) {
            Unreadable::RepeatedKeys
        } else {
            Unreadable::Damaged(message)
        }
    })?;
    if let Some(geometry) = value.get("coordinates") {
        check_geometry(geometry)?;
        return Ok(Held::new());
    }
    let mut held = Held::new();
    collect(&value, None, 0, &mut held);
    if held.is_empty()
        && let Value::Object(one) = &value
        && one.values().any(|value| !value.is_object() && !value.is_array())
    {
        held.push(sheet(None, &[one]));
    }
    Ok(held)
}

fn collect(value: &Value, name: Option<&str>, depth: usize, held: &mut Held) {
    if held.len() >= SHEETS_MAX {
        return;
    }
    match value {
        Value::Array(items) => {
            let objects: Vec<&Map<String, Value>> =
                items.iter().filter_map(Value::as_object).collect();
            if !objects.is_empty() && objects.len() * 2 > items.len() {
                held.push(sheet(name, &objects));
            }
        }
        Value::Object(parts) if depth < LIST_DEPTH_MAX => {
            for (key, part) in parts {
                collect(part, Some(key), depth + 1, held);
            }
        }
        _ => {}
    }
}

/// Objects as rows under the names of their keys; the line is the place in the list.
fn sheet(name: Option<&str>, objects: &[&Map<String, Value>]) -> (Sheet, Vec<RawRow>) {
    let mut titles: Vec<String> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let mut rows = Vec::with_capacity(objects.len() + 1);
    for (line, object) in (1..).zip(objects) {
        let mut row = RawRow { line, ..RawRow::default() };
        for (title, cell) in flat(object) {
            let place = *places.entry(title).or_insert_with_key(|title| {
                titles.push(title.clone());
                titles.len() - 1
            });
            if place < COLUMNS_MAX {
                row.cells.resize(row.cells.len().max(place + 1), Cell::Empty);
                row.cells[place] = cell;
            }
        }
        rows.push(row);
    }
    let cells = titles.into_iter().take(COLUMNS_MAX).map(|title| text_cell(&title)).collect();
    rows.insert(0, RawRow { line: 0, cells, spans: Vec::new() });
    (Sheet { name: name.map(str::to_owned), has_header: true, ..Sheet::default() }, rows)
}

/// The leaves of an object with the path to each. A GeoJSON feature gives its properties and
/// its point.
fn flat(object: &Map<String, Value>) -> Vec<(String, Cell)> {
    let mut leaves = Vec::new();
    if object.get("type").and_then(Value::as_str) == Some("Feature") {
        if let Some(Value::Object(properties)) = object.get("properties") {
            flatten("", properties, 0, &mut leaves);
        }
        if let Some(point) = object.get("geometry").and_then(point_text) {
            leaves.push(("geometry".to_owned(), Cell::Text(point)));
        }
    } else {
        flatten("", object, 0, &mut leaves);
    }
    leaves
}

fn flatten(
    path: &str,
    object: &Map<String, Value>,
    depth: usize,
    leaves: &mut Vec<(String, Cell)>,
) {
    for (key, value) in object {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match value {
            Value::Object(inner) if depth < JSON_DEPTH_MAX => {
                flatten(&path, inner, depth + 1, leaves);
            }
            Value::Array(items) => {
                let words: Vec<String> = items.iter().filter_map(scalar).collect();
                leaves.push((path, text_cell(&words.join(", "))));
            }
            Value::Bool(yes) => leaves.push((path, Cell::Bool(*yes))),
            value => leaves.push((path, text_cell(&scalar(value).unwrap_or_default()))),
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(plain_number(number)),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// Whole numbers lose the `.0` that some writers add.
fn plain_number(number: &serde_json::Number) -> String {
    let digits = number.to_string();
    digits.strip_suffix(".0").map_or_else(|| digits.clone(), str::to_owned)
}

/// `latitude, longitude` of a point geometry, which GeoJSON writes the other way round.
fn point_text(geometry: &Value) -> Option<String> {
    let [longitude, latitude, ..] = geometry.get("coordinates")?.as_array()?.as_slice() else {
        return None;
    };
    Some(format!("{}, {}", latitude.as_number()?, longitude.as_number()?))
}

/// The first pair of a bare geometry must be longitude, latitude.
fn check_geometry(coordinates: &Value) -> Result<(), Unreadable> {
    let mut pair = coordinates;
    while let Some(inner) = pair.get(0).filter(|inner| inner.is_array()) {
        pair = inner;
    }
    let degrees = |place: usize| {
        pair.get(place).and_then(Value::as_number).and_then(|n| micro_degrees(&n.to_string()))
    };
    match (degrees(0), degrees(1)) {
        (Some(longitude), Some(latitude))
            if longitude.abs() <= 180_000_000 && latitude.abs() <= 90_000_000 =>
        {
            Ok(())
        }
        _ => Err(Unreadable::WrongGeometry),
    }
}

/// A JSON value in which no object repeats a key.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Strict, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Bool(yes))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, Strict(value))) = entries.next_entry::<String, Strict>()? {
            if map.insert(key, value).is_some() {
                return Err(de::Error::custom(REPEATED));
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_objects_become_rows() {
        let held = read(r#"{"umkm":[{"nama":"A","sosial":{"wa":"0812"}},{"nama":"B","x":1.0}]}"#);
        let (sheet, rows) = &held.unwrap()[0];
        assert_eq!(sheet.name.as_deref(), Some("umkm"));
        let titles: Vec<String> = rows[0].cells.iter().map(Cell::text).collect();
        assert_eq!(titles, ["nama", "sosial.wa", "x"]);
        assert_eq!((rows[2].line, rows[2].cells[2].text()), (2, "1".to_owned()));
    }

    #[test]
    fn what_nobody_can_agree_on_is_refused() {
        assert_eq!(read(r#"{"nama":"A","nama":"B"}"#).err(), Some(Unreadable::RepeatedKeys));
        assert_eq!(
            read(r#"{"type":"Point","coordinates":[-6.99,110.42]}"#).err(),
            Some(Unreadable::WrongGeometry)
        );
        assert!(matches!(
            read(r#"{"type":"Point","coordinates":[NaN,-6.9]}"#),
            Err(Unreadable::Damaged(_))
        ));
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
