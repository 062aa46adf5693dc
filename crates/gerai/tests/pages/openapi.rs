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
            wrong.extend(form(act).map(|what| format!("{here}: {what}")));
        }
    }
    references(api, api, &mut wrong);
    wrong
}

/// A form says what it needs, and an amount may come as a number.
fn form(act: &Value) -> impl Iterator<Item = String> + '_ {
    const FIGURES: [&str; 6] = ["amount", "count", "price", "stock", "workers", "lead_days"];
    let schema = &act["requestBody"]["content"]["application/json"]["schema"];
    let fields = schema["properties"].as_object().into_iter().flatten();
    fields.filter(|(name, _)| FIGURES.contains(&name.as_str())).filter_map(|(name, about)| {
        let one = if about["type"] == "array" { &about["items"] } else { about };
        let figures = one["type"].as_array().is_some_and(|kinds| kinds.contains(&"integer".into()));
        (!figures).then(|| format!("{name} is described as a text alone"))
    })
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

/// What is no cursor and no year is told by its name, to programs and to people.
fn cursors(act: &Value, host: &str, path: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let asked = act["parameters"].as_array().into_iter().flatten();
    let names = asked.filter(|one| one["in"] == "query").filter_map(|one| one["name"].as_str());
    for name in names.filter(|name| ["after", "before", "year"].contains(name)) {
        let asked = format!("{path}?{name}=abc");
        let headers = [("Accept", "application/json")];
        let answer = wire::send(host, &format!("GET {asked}"), &headers, b"").unwrap();
        let problem: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        if answer.status != 422 || !problem["fields"][name].is_string() {
            wrong.push(format!("{asked}: {} {}", answer.status, problem["fields"]));
        }
        let page = wire::ask(host, asked.trim_start_matches("/api/v1"), "language=id", None);
        if page.status != 422 || !page.is_page() {
            wrong.push(format!("{asked}: {} and no page for people", page.status));
        }
    }
    wrong
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
        wrong.extend(cursors(act, host, path));
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
