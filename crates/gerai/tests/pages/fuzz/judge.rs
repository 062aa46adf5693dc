//! Whether an answer keeps to the description.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::Act;
use crate::wire::Answer;

/// The described answers, ready to be compared with.
pub(crate) struct Judge {
    done: BTreeMap<String, Validator>,
    problem: Validator,
}

impl Judge {
    pub(crate) fn new(api: &Value, acts: &[Act]) -> Judge {
        let validator = |schema: &Value| {
            let root = json!({ "allOf": [schema], "components": api["components"] });
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
            options.build(&root).unwrap_or_else(|why| panic!("{schema}: {why}"))
        };
        let of = |act: &Act| {
            let status = if act.reads() { "200" } else { "201" };
            let schema = &act.about["responses"][status]["content"]["application/json"]["schema"];
            (!schema.is_null()).then(|| (act.name(), validator(schema)))
        };
        Judge {
            done: acts.iter().filter_map(of).collect(),
            problem: validator(&json!({ "$ref": "#/components/schemas/Problem" })),
        }
    }

    /// What is wrong with this answer.
    pub(crate) fn complaints(&self, act: &Act, answer: &Answer) -> Vec<String> {
        let status = answer.status;
        let mut wrong = Vec::new();
        if status >= 500 {
            wrong.push(format!("falls over with {status}"));
        } else if act.about["responses"].get(status.to_string()).is_none() {
            wrong.push(format!("answers {status}, which is not described"));
        }
        let kind = answer.headers("content-type").first().copied().unwrap_or_default().to_owned();
        let value: Option<Value> = serde_json::from_str(&answer.body).ok();
        match (status, value) {
            (200..300, Some(value)) => {
                if kind != "application/json" {
                    wrong.push(format!("is {kind}"));
                }
                match self.done.get(&act.name()) {
                    Some(schema) => wrong.extend(differences(schema, &value)),
                    None if value != Value::Null => {
                        wrong.push("gives what is not described".to_owned());
                    }
                    None => {}
                }
                if act.reads() && answer.headers("etag").is_empty() && act.path.starts_with("/api")
                {
                    wrong.push("has no ETag".to_owned());
                }
            }
            (400.., Some(value)) if kind == "application/problem+json" => {
                wrong.extend(differences(&self.problem, &value));
                wrong.extend(untold(&value, status));
            }
            (400.., _) => wrong.push(format!("{status} is no problem details but {kind}")),
            (304, _) => {}
            (status, _) => wrong.push(format!("{status} is no JSON but {kind}")),
        }
        wrong
    }
}

/// The first few places where a value is not what was described, without the value itself.
fn differences(schema: &Validator, value: &Value) -> Vec<String> {
    let place = |place: String| {
        let parts: Vec<&str> = place
            .split('/')
            .map(|part| if part.bytes().all(|b| b.is_ascii_digit()) { "" } else { part })
            .collect();
        parts.join("/")
    };
    let told = |error: jsonschema::ValidationError<'_>| {
        let what: String = error.to_string().chars().take(120).collect();
        format!("not as described at {}: {what}", place(error.instance_path().to_string()))
    };
    schema.iter_errors(value).map(told).take(3).collect()
}

/// Codes without words, and a status that is not the answer's own.
fn untold(problem: &Value, status: u16) -> Vec<String> {
    let mut wrong = Vec::new();
    if problem["status"] != status {
        wrong.push(format!("says {} and answers {status}", problem["status"]));
    }
    if problem["title"] == problem["code"] {
        wrong.push(format!("{} has no words", problem["code"]));
    }
    let fields = problem["fields"].as_object().into_iter().flatten();
    for (field, words) in fields.filter(|(field, words)| problem["codes"][field] == **words) {
        wrong.push(format!("{words} of {field} has no words"));
    }
    if status == 422 && problem["codes"].as_object().is_none_or(serde_json::Map::is_empty) {
        wrong.push("422 names no field".to_owned());
    }
    wrong
}
