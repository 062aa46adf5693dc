//! A released migration is never edited: cities have already run it. `migrations.txt` holds a
//! fingerprint of each; only new lines may be added.

use std::collections::BTreeMap;

use crate::nothing_wrong;
use crate::sources::{ending, root};

const LIST: &str = "crates/gerai/tests/tidy/migrations.txt";
const HOW: &str = "cargo test --workspace --test tidy -- --ignored new_migrations_are_listed";

#[test]
fn migrations_are_only_added() {
    let (listed, present) = (listed(), present());
    let mut problems = Vec::new();
    for (path, mark) in &listed {
        match present.get(path) {
            None => problems.push(format!("{path} is gone: cities have run it")),
            Some(now) if now != mark => {
                problems.push(format!("{path} was edited: put the change into a new migration"));
            }
            Some(_) => {}
        }
    }
    for path in present.keys().filter(|path| !listed.contains_key(*path)) {
        problems.push(format!("{path} is not listed yet: {HOW}"));
    }
    nothing_wrong("Migrations are only added", &problems);
}

#[test]
#[ignore = "writes the list; run it when a migration is new"]
fn new_migrations_are_listed() {
    let mut list = listed();
    for (path, mark) in present() {
        list.entry(path).or_insert(mark);
    }
    let lines: String = list.iter().map(|(path, mark)| format!("{mark} {path}\n")).collect();
    std::fs::write(root().join(LIST), lines).unwrap();
}

fn listed() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join(LIST)).unwrap_or_default();
    let pair = |line: &str| {
        let (mark, path) = line.split_once(' ').unwrap();
        (path.to_string(), mark.to_string())
    };
    text.lines().map(pair).collect()
}

fn present() -> BTreeMap<String, String> {
    let mut migrations = ending(".sql");
    migrations.retain(|source| source.path.contains("/migrations/"));
    migrations.into_iter().map(|source| (source.path, fingerprint(&source.text))).collect()
}

/// FNV-1a: against slips, not against attackers.
fn fingerprint(text: &str) -> String {
    let step = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}
