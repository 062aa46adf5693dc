//! Every SQL text in the program was executed on both engines: SQLite takes any type in any column,
//! so a wrong binding shows only on PostgreSQL.
//!
//! The database writes what it executes as JSON lines into the file `GERAI_STATEMENT_LOG` names;
//! `cargo xtask test` collects both test runs and hands the file here as `EXECUTED_STATEMENTS`.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::nothing_wrong;
use crate::sources::{program, root};

/// What may stay unexecuted, with its reason: `path: start of the statement # reason`.
const EXCUSED: &str = "crates/gerai/tests/tidy/statements.txt";
const ENGINES: [&str; 2] = ["sqlite", "postgres"];
/// Below the line where engines differ: this crate is what makes them equal.
const KNOWS_ENGINES: &str = "db";

/// Whether a literal is a statement.
pub(crate) fn is_sql(text: &str) -> bool {
    let verbs = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH "];
    let text = flat(text);
    verbs.iter().any(|verb| text.starts_with(verb)) && text.split(' ').count() > 2
}

#[test]
fn every_statement_ran_on_both_engines() {
    #[expect(clippy::disallowed_methods, reason = "the check is told where the log is")]
    let log = std::env::var("EXECUTED_STATEMENTS").ok();
    let Some(log) = log.and_then(|path| std::fs::read_to_string(path).ok()) else {
        eprintln!("skipped: no log of executed statements; `cargo xtask test` makes one");
        return;
    };
    let executed = executed(&log);
    if let Some(engine) = ENGINES.iter().find(|engine| !executed.contains_key(**engine)) {
        eprintln!("skipped: the log of executed statements has none of {engine}");
        return;
    }
    let excused = std::fs::read_to_string(root().join(EXCUSED)).unwrap_or_default();
    let mut problems = Vec::new();
    for (place, sql) in statements() {
        let path = place.split(':').next().unwrap();
        let excuse = |line: &str| {
            let (known, start) = line.split(" # ").next().unwrap().split_once(": ").unwrap();
            path == known && sql.starts_with(start)
        };
        if excused.lines().any(excuse) {
            continue;
        }
        let ran = pattern(&sql);
        for engine in ENGINES {
            if !executed[engine].iter().any(|text| ran.is_match(text)) {
                problems.push(format!("{place} never ran on {engine}: {sql}"));
            }
        }
    }
    nothing_wrong("Every SQL text is executed by a test on both engines", &problems);
}

/// The statements in the program: `path:line` and the text on one line.
fn statements() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for source in program().into_iter().filter(|source| source.krate() != Some(KNOWS_ENGINES)) {
        for literal in source.literals().into_iter().filter(|literal| is_sql(&literal.value)) {
            found.push((format!("{}:{}", source.path, literal.line), flat(&literal.value)));
        }
    }
    found
}

/// Engine → the statements it executed, each on one line.
fn executed(log: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in log.lines() {
        // Two programs may have written at the same moment; what is garbled is missed, not fatal.
        let Ok(entry) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        if let (Some(engine), Some(sql)) = (entry["engine"].as_str(), entry["sql"].as_str()) {
            found.entry(engine.to_string()).or_default().insert(flat(sql));
        }
    }
    found
}

/// Matches the statement wherever it was executed; `{…}` stands for a part filled in later.
fn pattern(sql: &str) -> Regex {
    let gap = Regex::new(r"\{[^{}]*\}").unwrap();
    let parts: Vec<String> = gap.split(sql).map(regex::escape).collect();
    Regex::new(&parts.join(".*")).unwrap()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_gap_in_a_statement_matches_what_fills_it() {
    let ran = pattern("SELECT {COLUMNS} FROM piece WHERE id = $1");
    assert!(ran.is_match("SELECT id, title FROM piece WHERE id = $1 LIMIT 1"));
    assert!(!ran.is_match("SELECT id FROM pieces WHERE id = $1"));
    assert!(is_sql("  SELECT id\n FROM piece") && !is_sql("UPDATE me"));
}
