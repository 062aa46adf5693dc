//! What differs between two bodies of a rule, for the person who has to approve the newer one.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// Where it stands: `sales.2.up_to`, `order_acceptance.working_days`.
    pub path: String,
    /// What stood there; nothing if it is new.
    pub old: Option<String>,
    /// What stands there now; nothing if it was taken out.
    pub new: Option<String>,
}

/// A screen shows no more than this; a rule that differs in more is another rule.
const CHANGES_MAX: usize = 1_000;

/// Every single value that differs, in the order of the newer body.
pub fn difference(old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    compare("", Some(old), Some(new), &mut changes);
    changes
}

fn compare(path: &str, old: Option<&Value>, new: Option<&Value>, changes: &mut Vec<Change>) {
    if old == new || changes.len() >= CHANGES_MAX {
        return;
    }
    let keys = keys_of(new, old);
    if keys.is_empty() {
        let shown = |value: Option<&Value>| value.map(show);
        changes.push(Change { path: path.to_owned(), old: shown(old), new: shown(new) });
        return;
    }
    for key in keys {
        let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        compare(&below, part(old, &key), part(new, &key), changes);
    }
}

/// What can be looked into on either side; nothing if one side is a plain value.
fn keys_of(new: Option<&Value>, old: Option<&Value>) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for side in [new, old].into_iter().flatten() {
        match side {
            Value::Object(map) => keys.extend(map.keys().cloned()),
            Value::Array(list) => keys.extend((1..=list.len()).map(|n| n.to_string())),
            _ => return Vec::new(),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    keys.retain(|key| seen.insert(key.clone()));
    keys
}

fn part<'v>(value: Option<&'v Value>, key: &str) -> Option<&'v Value> {
    match value? {
        Value::Object(map) => map.get(key),
        Value::Array(list) => list.get(key.parse::<usize>().ok()?.checked_sub(1)?),
        _ => None,
    }
}

fn show(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_difference_names_the_place_and_both_values() {
        let old = json!({ "sales": [{ "class": "micro", "up_to": 1 }], "gone": true });
        let new = json!({ "sales": [{ "class": "micro", "up_to": 2 }, { "class": "small" }] });
        let changes = difference(&old, &new);
        let told: Vec<_> =
            changes.iter().map(|c| (c.path.as_str(), c.old.as_deref(), c.new.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("sales.1.up_to", Some("1"), Some("2")),
                ("sales.2.class", None, Some("small")),
                ("gone", Some("true"), None),
            ]
        );
        assert!(difference(&new, &new).is_empty());
    }
}
