//! Sizes, headers, names and words of files.

use regex::Regex;

use crate::nothing_wrong;
use crate::sources::{Source, crates, ending, root, tracked};

const LINES_MAX: usize = 400;
const ARCHITECTURE_LINES_MAX: usize = 250;
/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &[
    "utils", "util", "helpers", "helper", "common", "types", "service", "services", "manager",
    "handler", "handlers", "data", "info", "process", "misc",
];
const PAPERS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "STYLE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "LICENSE",
];

#[test]
fn files_stay_small() {
    let mut problems = Vec::new();
    for source in ending(".rs") {
        let lines = source.without_tests().lines().count();
        if lines > LINES_MAX {
            problems
                .push(format!("{} has {lines} lines: give one of its nouns a file", source.path));
        }
    }
    nothing_wrong(&format!("A file has at most {LINES_MAX} lines before its tests"), &problems);
}

#[test]
fn every_file_says_what_it_is() {
    let mute = |source: &Source| !source.text.starts_with("//!");
    let problems: Vec<String> =
        ending(".rs").into_iter().filter(mute).map(|source| source.path).collect();
    nothing_wrong("Every file starts with `//!`: what it is and why it is so", &problems);
}

#[test]
fn names_say_what_is_inside() {
    let mut problems = Vec::new();
    for source in ending(".rs") {
        let parts = source.path.trim_end_matches(".rs").split('/');
        if let Some(empty) = parts.into_iter().find(|part| EMPTY_NAMES.contains(part)) {
            problems.push(format!("{}: \"{empty}\" says nothing", source.path));
        }
    }
    nothing_wrong("Files are called what a clerk or citizen would say", &problems);
}

#[test]
fn the_papers_are_there() {
    let mut problems: Vec<String> = PAPERS
        .iter()
        .filter(|name| !root().join(name).is_file())
        .map(|name| name.to_string())
        .collect();
    for name in crates() {
        let readme = format!("crates/{name}/README.md");
        if !root().join(&readme).is_file() {
            problems.push(format!("{readme}: ten lines, what for, nouns, rules, events, pages"));
        }
    }
    let architecture = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap_or_default();
    let lines = architecture.lines().count();
    if lines > ARCHITECTURE_LINES_MAX {
        problems
            .push(format!("ARCHITECTURE.md has {lines} lines, at most {ARCHITECTURE_LINES_MAX}"));
    }
    nothing_wrong("The papers of the house", &problems);
}

#[test]
fn nothing_is_left_for_later() {
    // Written in two halves, so that this file does not find itself.
    let marks =
        concat!(r"\bTO", r"DO\b|\bFIX", r"ME\b|\bXX", r"X\b|\bto", r"do!|\bunimple", r"mented!");
    let later = Regex::new(marks).unwrap();
    let kinds = [".rs", ".html", ".css", ".js", ".sql", ".ftl", ".toml"];
    let written = |source: &Source| kinds.iter().any(|kind| source.path.ends_with(kind));
    let problems = places(&later, written);
    nothing_wrong("What is not done is an issue, not a note in the code", &problems);
}

#[test]
fn no_machine_stands_in_the_repository() {
    let paths = concat!(
        r"(?:^|[\s\x22'`(=])/(?:ho",
        r"me|ro",
        r"ot|Us",
        r"ers|wo",
        r"rk|fa",
        r"rm)/[a-zA-Z.]"
    );
    let hosts =
        concat!(r"crates\.", r"io\b|pypi\.", r"org|npmjs\.(?:org|com)|deb\.deb", r"ian\.org");
    let machine = Regex::new(&format!("{paths}|{hosts}")).unwrap();
    let lock =
        |source: &Source| source.path.ends_with(".lock") || source.path.ends_with("-lock.json");
    let problems = places(&machine, |source| !lock(source));
    nothing_wrong("No path of one machine and no host of a registry", &problems);
}

/// `path:line: text` of each match in the files that are asked for.
fn places(pattern: &Regex, asked: impl Fn(&Source) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in tracked().into_iter().filter(|source| asked(source)) {
        for (number, line) in source.text.lines().enumerate() {
            if pattern.is_match(line) {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    found
}
