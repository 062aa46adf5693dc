//! The texts exist in both languages, and every key that is used exists.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::borders::FOUNDATIONS;
use crate::nothing_wrong;
use crate::sources::{crates, ending, program};

const LANGUAGES: [&str; 2] = ["id", "en"];

/// Crate → language → keys.
fn keys() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let key = Regex::new(r"(?m)^([a-z][a-zA-Z0-9_-]*)\s*=").unwrap();
    let mut found: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for source in ending(".ftl") {
        // `id.ftl`, or `import.id.ftl` where an area has many.
        let (Some(krate), Some(language)) = (source.krate(), source.path.rsplit(['.', '/']).nth(1))
        else {
            continue;
        };
        let languages = found.entry(krate.to_string()).or_default();
        let set = languages.entry(language.to_string()).or_default();
        for name in key.captures_iter(&source.text).map(|found| found[1].to_string()) {
            assert!(set.insert(name.clone()), "{}: {name} stands there twice", source.path);
        }
    }
    found
}

#[test]
fn both_languages_say_the_same_things() {
    let house = crates();
    let mut problems = Vec::new();
    for (krate, languages) in keys() {
        let [id, en] = LANGUAGES.map(|name| languages.get(name).cloned().unwrap_or_default());
        problems.extend(id.difference(&en).map(|key| format!("{krate}/texts/en.ftl lacks {key}")));
        problems.extend(en.difference(&id).map(|key| format!("{krate}/texts/id.ftl lacks {key}")));
        let own = |key: &str| {
            let first = key.split('-').next().unwrap_or_default();
            let foundation = FOUNDATIONS.contains(&krate.as_str());
            first == krate || (foundation && !house.iter().any(|other| other == first))
        };
        problems.extend(
            id.iter()
                .filter(|key| !own(key))
                .map(|key| format!("{krate}/texts: call {key} {krate}-…")),
        );
    }
    nothing_wrong("Both languages have the same keys, named after their crate", &problems);
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let known: BTreeSet<String> = keys()
        .into_values()
        .filter_map(|mut languages| languages.remove(LANGUAGES[0]))
        .flatten()
        .collect();
    let mut problems = Vec::new();
    let families: BTreeSet<&str> = known.iter().filter_map(|key| key.split('-').next()).collect();
    // Inside a template's own marks, whatever looks like a key is one.
    let mark = Regex::new(r"\{\{.*?\}\}|\{%.*?%\}").unwrap();
    let asked = Regex::new(r#""([a-z0-9]+(?:-[a-z0-9]+)+)""#).unwrap();
    for source in ending(".html") {
        for marked in mark.find_iter(&source.text) {
            let line = source.text[..marked.start()].matches('\n').count() + 1;
            for key in asked.captures_iter(marked.as_str()).map(|found| found[1].to_string()) {
                let family = key.split('-').next().unwrap_or_default();
                if families.contains(family) && !known.contains(&key) {
                    problems.push(format!("{}:{line}: no text {key}", source.path));
                }
            }
        }
    }
    problems.extend(refusals_without_text(&known));
    nothing_wrong("Every text that is asked for exists", &problems);
}

/// Codes in `refusal.rs` are keys of texts too, so that a refusal is never shown as its code.
fn refusals_without_text(known: &BTreeSet<String>) -> Vec<String> {
    let house = crates();
    let mut problems = Vec::new();
    for source in program().into_iter().filter(|source| source.path.ends_with("/refusal.rs")) {
        for literal in source.literals() {
            let area = literal.value.split('-').next().unwrap().to_string();
            let is_code = literal.value.contains('-') && house.contains(&area);
            if is_code && !known.contains(&literal.value) {
                problems
                    .push(format!("{}:{}: no text {}", source.path, literal.line, literal.value));
            }
        }
    }
    problems
}
