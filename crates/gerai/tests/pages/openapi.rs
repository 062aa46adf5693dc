//! What the description of the API must keep: answers for every act, parameters for every part of a
//! path, references that lead somewhere, names of acts that are unique.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::wire;

/// Everything that is wrong with the description.
pub(crate) fn complaints(api: &Value) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    let mut names = BTreeSet::new();
    let paths = api["paths"].as_object().unwrap();
    assert!(paths.len() > 10, "the description is nearly empty");
    for (path, acts) in paths {
        for (method, act) in acts.as_object().unwrap() {
            let here = format!("{method} {path}");
            if !names.insert(act["operationId"].as_str().unwrap_or_default()) {
                wrong.insert(format!("{here}: its name is taken"));
            }
            if act["responses"].as_object().is_none_or(serde_json::Map::is_empty) {
                wrong.insert(format!("{here}: no answer is described"));
            }
            wrong.extend(parameters(path, act).map(|what| format!("{here}: {what}")));
        }
    }
    references(api, api, &mut wrong);
    wrong
}

fn parameters<'a>(path: &'a str, act: &'a Value) -> impl Iterator<Item = String> + 'a {
    let parts = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    parts.filter_map(move |part| {
        let mut given = act["parameters"].as_array().into_iter().flatten();
        let named =
            given.any(|one| one["in"] == "path" && one["name"] == part && one["required"] == true);
        (!named).then(|| format!("{part} is not described"))
    })
}

fn references(api: &Value, value: &Value, wrong: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                let found = reference.strip_prefix('#').and_then(|at| api.pointer(at));
                if found.is_none() {
                    wrong.insert(format!("{reference} leads nowhere"));
                }
            }
            map.values().for_each(|below| references(api, below, wrong));
        }
        Value::Array(list) => list.iter().for_each(|below| references(api, below, wrong)),
        _ => {}
    }
}

/// Whatever needs no token and names no single thing is asked for once: it answers with JSON that has
/// what its description requires.
pub(crate) fn visits(api: &Value, host: &str) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    for (path, acts) in api["paths"].as_object().unwrap() {
        let act = &acts["get"];
        let open = act["security"].as_array().is_some_and(Vec::is_empty);
        if !open || path.contains('{') {
            continue;
        }
        let answer = wire::ask(host, path, "", None);
        let Ok(given) = serde_json::from_str::<Value>(&answer.body) else {
            wrong.insert(format!("{path}: {} and no JSON", answer.status));
            continue;
        };
        let schema = &act["responses"]["200"]["content"]["application/json"]["schema"];
        let at = schema["$ref"].as_str().and_then(|at| api.pointer(at.trim_start_matches('#')));
        let required = at.unwrap_or(schema)["required"].as_array().into_iter().flatten();
        let missing = required.filter_map(Value::as_str).filter(|name| given.get(name).is_none());
        wrong.extend(missing.map(|name| format!("{path}: {name} is missing ({})", answer.status)));
    }
    wrong
}
