//! Dependencies run one way, and only the owning area touches its tables.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::nothing_wrong;
use crate::sources::{Source, crates, ending, program};
use crate::statements::is_sql;

/// Which crates of the house each may use. `gerai` wires all of them; `testkit` serves tests.
/// A new edge is a decision record first (docs/decisions), then a line here.
const MAY_USE: &[(&str, &[&str])] = &[
    ("db", &[]),
    ("base", &["db"]),
    ("web", &["db", "base"]),
    ("ledger", &["db", "base", "web"]),
    ("particulars", &[]),
    ("qris", &[]),
    ("snap", &[]),
    ("bank", &["db", "base", "qris", "snap"]),
    ("payments", &["db", "base", "web", "ledger", "qris", "snap"]),
    ("lists", &["base", "particulars"]),
    ("registry", &["db", "base", "web", "particulars", "lists"]),
    ("catalog", &["db", "base", "web", "particulars", "registry"]),
    ("market", &["db", "base", "web", "ledger", "payments", "particulars", "registry", "catalog"]),
    ("procurement", &["db", "base", "web", "ledger", "lists", "registry", "catalog"]),
];
/// What stands on the other side of the city in its tests.
const FOR_TESTS: &[&str] = &["testkit", "bank", "snap"];
const MAY_USE_ALL: &[&str] = &["gerai", "testkit"];
/// Crates that are not areas of the city: their tables carry the name of the thing alone.
pub(crate) const FOUNDATIONS: &[&str] = &["db", "base", "web", "gerai", "testkit"];
/// A crate that writes a standard down has as many items as the standard has words.
const STANDARDS: &[&str] = &["snap"];
const PUBLIC_ITEMS_MAX: usize = 40;

#[test]
fn dependencies_run_one_way() {
    let house = crates();
    let mut problems = Vec::new();
    for manifest in ending("/Cargo.toml") {
        let Some(name) = manifest.krate().filter(|name| !MAY_USE_ALL.contains(name)) else {
            continue;
        };
        let Some((_, allowed)) = MAY_USE.iter().find(|(krate, _)| *krate == name) else {
            problems.push(format!("{name} is new: say in tests/tidy/borders.rs what it may use"));
            continue;
        };
        for (used, for_tests) in dependencies(&manifest) {
            let free = allowed.contains(&used.as_str());
            let free = free || for_tests && FOR_TESTS.contains(&used.as_str());
            if house.contains(&used) && !free {
                problems.push(format!("{}: {name} must not know {used}", manifest.path));
            }
        }
    }
    nothing_wrong("Dependencies run one way (ARCHITECTURE.md)", &problems);
}

/// The names a manifest depends on, and whether only its tests do.
fn dependencies(manifest: &Source) -> Vec<(String, bool)> {
    let parsed: toml::Table = manifest.text.parse().unwrap();
    let mut found = Vec::new();
    for (section, for_tests) in
        [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)]
    {
        if let Some(table) = parsed.get(section).and_then(toml::Value::as_table) {
            found.extend(table.keys().map(|name| (name.clone(), for_tests)));
        }
    }
    found
}

#[test]
fn only_the_owner_touches_its_tables() {
    let owners = table_owners();
    let named = Regex::new(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z][a-z_0-9]*)").unwrap();
    let mut problems = Vec::new();
    for source in program() {
        for literal in source.literals().into_iter().filter(|literal| is_sql(&literal.value)) {
            for table in named.captures_iter(&literal.value).map(|found| found[1].to_string()) {
                let stranger =
                    owners.get(&table).filter(|owner| Some(owner.as_str()) != source.krate());
                if let Some(owner) = stranger {
                    problems.push(format!(
                        "{}:{} touches {table}, which belongs to {owner}: call a query of {owner}",
                        source.path, literal.line
                    ));
                }
            }
        }
    }
    nothing_wrong("Only the owning area touches its tables", &problems);
}

#[test]
fn tables_carry_the_name_of_their_area() {
    let house = crates();
    let mut problems = Vec::new();
    for (table, owner) in table_owners() {
        let prefix = table.split('_').next().unwrap().to_string();
        let fits = if FOUNDATIONS.contains(&owner.as_str()) {
            prefix == owner || !house.contains(&prefix)
        } else {
            prefix == owner
        };
        if !fits {
            problems.push(format!("{owner} makes the table {table}; call it {owner}_…"));
        }
    }
    nothing_wrong("Tables carry the name of their area", &problems);
}

/// Table → crate, read from the migrations.
fn table_owners() -> BTreeMap<String, String> {
    let created = Regex::new(r"CREATE TABLE (?:IF NOT EXISTS )?([a-z_0-9]+)").unwrap();
    let mut owners = BTreeMap::new();
    for source in ending(".sql") {
        let Some(krate) = source.krate() else { continue };
        for found in created.captures_iter(&source.text) {
            let before = owners.insert(found[1].to_string(), krate.to_string());
            let same = before.is_none_or(|before| before == krate);
            assert!(same, "two crates make a table {}", &found[1]);
        }
    }
    owners
}

#[test]
fn an_area_promises_little() {
    let mut promises: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let item = Regex::new(
        r"(?m)^pub (?:async |const )?(?:fn|struct|enum|trait|type|static|const) ?([A-Za-z_0-9]+)",
    )
    .unwrap();
    for source in program() {
        let krate = source.krate().unwrap().to_string();
        if !FOUNDATIONS.contains(&krate.as_str()) && !STANDARDS.contains(&krate.as_str()) {
            let items = item.captures_iter(source.without_tests()).map(|found| found[1].into());
            promises.entry(krate).or_default().extend(items);
        }
    }
    let problems: Vec<String> = promises
        .iter()
        .filter(|(_, items)| items.len() > PUBLIC_ITEMS_MAX)
        .map(|(krate, items)| format!("{krate} has {} public items: {items:?}", items.len()))
        .collect();
    nothing_wrong(&format!("An area has at most {PUBLIC_ITEMS_MAX} public items"), &problems);
}
