//! The tracked files of the workspace, and just enough of Rust's grammar to tell code, comments and
//! string literals apart.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the workspace with its text.
pub(crate) struct Source {
    /// From the workspace's root, with forward slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A string literal and the line it starts on.
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) value: String,
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Everything git knows or would add, read as text; pictures and the like are left out.
pub(crate) fn tracked() -> Vec<Source> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = Command::new("git").args(arguments).current_dir(root()).output().unwrap();
    assert!(listed.status.success(), "tidy tests read the list of files from git");
    let names = String::from_utf8(listed.stdout).unwrap();
    let read = |path: &str| {
        let text = std::fs::read_to_string(root().join(path)).ok()?;
        Some(Source { path: path.to_string(), text })
    };
    names.split('\0').filter(|name| !name.is_empty()).filter_map(read).collect()
}

/// The tracked files whose name ends so.
pub(crate) fn ending(with: &str) -> Vec<Source> {
    tracked().into_iter().filter(|source| source.path.ends_with(with)).collect()
}

/// The Rust files under `crates/*/src`.
pub(crate) fn program() -> Vec<Source> {
    let mut sources = ending(".rs");
    sources.retain(|source| source.krate().is_some() && source.path.contains("/src/"));
    sources
}

/// The crates of the house, by folder.
pub(crate) fn crates() -> Vec<String> {
    let mut names: Vec<String> = ending("/Cargo.toml")
        .iter()
        .filter_map(|source| source.krate().map(String::from))
        .collect();
    names.dedup();
    names
}

impl Source {
    /// The crate under `crates/` it belongs to.
    pub(crate) fn krate(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// Without the module of unit tests at its foot.
    pub(crate) fn without_tests(&self) -> &str {
        let mark = concat!("#[cfg(", "test)]\nmod ");
        self.text.find(mark).map_or(&self.text, |at| &self.text[..at])
    }

    /// The string literals outside comments and unit tests.
    pub(crate) fn literals(&self) -> Vec<Literal> {
        let mut reader = Reader { rest: self.without_tests(), line: 1, found: Vec::new() };
        while reader.step() {}
        reader.found
    }
}

/// Walks over Rust code, collecting string literals.
struct Reader<'a> {
    rest: &'a str,
    line: usize,
    found: Vec<Literal>,
}

impl Reader<'_> {
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        if self.rest.starts_with("//") {
            self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.skip(self.rest.find("*/").map_or(self.rest.len(), |end| end + 2));
        } else if let Some(hashes) = raw_string(self.rest) {
            self.raw(hashes);
        } else if first == '"' {
            self.quoted();
        } else if first == '\'' {
            self.skip(character(self.rest));
        } else if first.is_alphanumeric() || first == '_' {
            let word = |c: char| c.is_alphanumeric() || c == '_';
            self.skip(self.rest.find(|c| !word(c)).unwrap_or(self.rest.len()));
        } else {
            self.skip(first.len_utf8());
        }
        true
    }

    fn skip(&mut self, bytes: usize) {
        self.line += self.rest[..bytes].matches('\n').count();
        self.rest = &self.rest[bytes..];
    }

    fn raw(&mut self, hashes: usize) {
        let (open, close) = (hashes + 2, format!("\"{}", "#".repeat(hashes)));
        let length = self.rest[open..].find(&close).unwrap();
        let value = self.rest[open..open + length].to_string();
        self.found.push(Literal { line: self.line, value });
        self.skip(open + length + close.len());
    }

    fn quoted(&mut self) {
        let mut value = String::new();
        let mut characters = self.rest.char_indices().skip(1);
        let end = loop {
            match characters.next().unwrap() {
                (at, '"') => break at + 1,
                (_, '\\') => match characters.next().unwrap().1 {
                    'n' => value.push('\n'),
                    // A line continued: what follows starts at the next visible character.
                    '\n' => {
                        let rest = characters.clone();
                        let blank = rest.take_while(|(_, c)| c.is_whitespace()).count();
                        characters.by_ref().take(blank).for_each(drop);
                    }
                    other => value.push(other),
                },
                (_, other) => value.push(other),
            }
        };
        self.found.push(Literal { line: self.line, value });
        self.skip(end);
    }
}

/// The number of hashes when a raw string starts here.
fn raw_string(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// How long a character literal is; 1 for the tick of a lifetime.
fn character(text: &str) -> usize {
    let mut rest = text.char_indices().skip(1);
    match rest.next() {
        Some((_, '\\')) => {
            rest.next();
            rest.find(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 1)
        }
        Some(_) => match rest.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

#[test]
fn literals_are_found_and_comments_are_not() {
    let text = "let a = \"one \\\n   two\"; // \"no\"\nlet b = r#\"raw \"x\"\"#; 'c'; '\"'; '\\''; &'a str; \"last\"";
    let source = Source { path: String::new(), text: text.into() };
    let found: Vec<(usize, String)> =
        source.literals().into_iter().map(|literal| (literal.line, literal.value)).collect();
    let expected = [(1, "one two"), (3, "raw \"x\""), (3, "last")];
    assert_eq!(found, expected.map(|(line, value)| (line, value.to_string())));
}
