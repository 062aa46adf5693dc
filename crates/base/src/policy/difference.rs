//! What differs between two bodies of a rule, for the person who has to approve the newer one. Rows
//! are matched by what names them, so one put in between is one change.

use serde_json::{Map, Value};

use super::shape::{Field, Holds, Rows, Shape};

/// One value or row that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where it stands, from the outside in.
    pub place: Vec<Step>,
    /// What stood there; nothing if it is new.
    pub old: Option<Value>,
    /// What stands there now; nothing if it was taken out.
    pub new: Option<Value>,
}

/// A step towards a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Into a part of this name.
    Part(&'static Field),
    /// Into the row of this name.
    Name(String, &'static [Field]),
    /// Into the row that these values name.
    Row(Rows, Value),
}

/// A screen shows no more than this; a rule that differs in more is another rule.
const CHANGES_MAX: usize = 1_000;

/// Every single value that differs, in the order of the shape.
pub fn difference(shape: Shape, old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    let nothing = Map::new();
    let (old, new) = (old.as_object().unwrap_or(&nothing), new.as_object().unwrap_or(&nothing));
    match shape {
        Shape::Parts(fields) => parts(&[], fields, old, new, &mut changes),
        Shape::Named { fields, .. } => {
            let gone = old.keys().filter(|name| !new.contains_key(*name));
            for name in new.keys().chain(gone) {
                let place = [Step::Name(name.clone(), fields)];
                row(&place, fields, old.get(name), new.get(name), &mut changes);
            }
        }
    }
    changes.truncate(CHANGES_MAX);
    changes
}

type Object = Map<String, Value>;

fn parts(
    at: &[Step],
    fields: &'static [Field],
    old: &Object,
    new: &Object,
    changes: &mut Vec<Change>,
) {
    for field in fields {
        let place = [at, &[Step::Part(field)]].concat();
        let (old, new) = (old.get(field.name), new.get(field.name));
        match field.holds {
            Holds::Rows(rows) => list(&place, rows, old, new, changes),
            // What is left out of a body is no limit, or no.
            _ => {
                let plain = |value: Option<&Value>| match value {
                    None | Some(Value::Bool(false)) => Value::Null,
                    Some(other) => other.clone(),
                };
                let (old, new) = (plain(old), plain(new));
                if old != new {
                    changes.push(Change { place, old: Some(old), new: Some(new) });
                }
            }
        }
    }
}

fn row(
    at: &[Step],
    fields: &'static [Field],
    old: Option<&Value>,
    new: Option<&Value>,
    changes: &mut Vec<Change>,
) {
    match (old.and_then(Value::as_object), new.and_then(Value::as_object)) {
        (Some(old), Some(new)) => parts(at, fields, old, new, changes),
        _ if old == new => {}
        _ => changes.push(Change { place: at.to_vec(), old: old.cloned(), new: new.cloned() }),
    }
}

fn list(
    at: &[Step],
    rows: Rows,
    old: Option<&Value>,
    new: Option<&Value>,
    changes: &mut Vec<Change>,
) {
    let (old, new) = (keyed(rows, old), keyed(rows, new));
    let of = |list: &[(Value, Value)], key: &Value| {
        list.iter().find(|(other, _)| other == key).map(|(_, row)| row.clone())
    };
    let gone = old.iter().filter(|(key, _)| of(&new, key).is_none());
    for (key, now) in &new {
        let place = [at, &[Step::Row(rows, now.clone())]].concat();
        row(&place, rows.fields, of(&old, key).as_ref(), Some(now), changes);
    }
    for (_, was) in gone {
        let place = [at, &[Step::Row(rows, was.clone())]].concat();
        row(&place, rows.fields, Some(was), None, changes);
    }
}

/// The rows with what names each; of several with one name the second is another.
fn keyed(rows: Rows, list: Option<&Value>) -> Vec<(Value, Value)> {
    let mut keyed: Vec<(Value, Value)> = Vec::new();
    for row in list.and_then(Value::as_array).into_iter().flatten() {
        let mut key: Vec<Value> =
            rows.key.iter().map(|part| row.get(part).cloned().unwrap_or_default()).collect();
        let earlier = keyed.iter().filter(|(other, _)| {
            other.as_array().is_some_and(|other| other[..other.len() - 1] == key[..])
        });
        key.push(Value::from(earlier.count()));
        keyed.push((Value::from(key), row.clone()));
    }
    keyed
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BOUND: &[Field] = &[
        Field::new("class", Holds::OneOf(&["micro", "small", "medium"])),
        Field::new("up_to", Holds::Amount { open: true }),
    ];
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("firm", Holds::Flag),
        Field::new("sales", Holds::Rows(Rows { fields: BOUND, key: &["class"], min: 1, max: 9 })),
    ]);

    #[test]
    fn a_row_put_in_between_is_one_change_and_a_value_is_named_by_its_row() {
        let old = json!({ "sales": [{ "class": "micro", "up_to": 1 },
                                    { "class": "medium", "up_to": 9 }] });
        let new = json!({ "firm": false, "sales": [{ "class": "micro", "up_to": 2 },
                                    { "class": "small", "up_to": 5 },
                                    { "class": "medium", "up_to": 9 }] });
        let changes = difference(SHAPE, &old, &new);
        assert_eq!(changes.len(), 2, "{changes:?}");
        let [Step::Part(sales), Step::Row(_, row), Step::Part(up_to)] = &changes[0].place[..]
        else {
            panic!("{changes:?}");
        };
        assert_eq!((sales.name, &row["class"], up_to.name), ("sales", &json!("micro"), "up_to"));
        assert_eq!((&changes[0].old, &changes[0].new), (&Some(json!(1)), &Some(json!(2))));
        assert_eq!(changes[1].old, None);
        let back = difference(SHAPE, &new, &old);
        assert_eq!(back[1].new, None, "what is gone is told");
        assert!(difference(SHAPE, &new, &new).is_empty());
    }
}
