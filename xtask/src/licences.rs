//! Every dependency's licence is one we may pass on; the list is `xtask/licences.txt`.

use std::collections::BTreeSet;
use std::path::Path;

use crate::Result;
use crate::place::metadata;

/// Checks all packages of the lock file; lists each whose licence is not on the list.
pub(crate) fn check(root: &Path) -> Result<()> {
    let path = root.join("xtask/licences.txt");
    let list =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let allowed: BTreeSet<&str> = list
        .lines()
        .filter_map(|line| line.split('#').next())
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let said = metadata(&[])?;
    let packages = said["packages"].as_array().ok_or("cargo metadata names no packages")?;
    let mut strangers = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or("none named");
        if !permits(licence, &allowed) && !allowed.contains(format!("package {name}").as_str()) {
            strangers.push(format!("  {name} {}: {licence}", package["version"]));
        }
    }
    println!("{} packages", packages.len());
    if strangers.is_empty() {
        return Ok(());
    }
    Err(format!("licences not in xtask/licences.txt:\n{}", strangers.join("\n")))
}

/// Whether an SPDX expression can be met with the allowed licences alone.
fn permits(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    let met = any(&mut words, allowed);
    met && words.is_empty()
}

/// `a OR b`; the words wait on a stack, first on top.
fn any(words: &mut Vec<&str>, allowed: &BTreeSet<&str>) -> bool {
    let mut met = all(words, allowed);
    while words.last() == Some(&"OR") {
        words.pop();
        met |= all(words, allowed);
    }
    met
}

fn all(words: &mut Vec<&str>, allowed: &BTreeSet<&str>) -> bool {
    let mut met = one(words, allowed);
    while words.last() == Some(&"AND") {
        words.pop();
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut Vec<&str>, allowed: &BTreeSet<&str>) -> bool {
    match words.pop() {
        Some("(") => {
            let met = any(words, allowed);
            words.pop() == Some(")") && met
        }
        Some(name) => {
            if words.last() == Some(&"WITH") {
                words.pop();
                let exception = words.pop().unwrap_or_default();
                return allowed.contains(format!("{name} WITH {exception}").as_str())
                    || allowed.contains(name);
            }
            allowed.contains(name)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_met_only_by_allowed_licences() {
        let allowed = BTreeSet::from(["MIT", "Unicode-3.0"]);
        for good in ["MIT", "MIT OR GPL-3.0", "Apache-2.0/MIT", "(MIT OR X) AND Unicode-3.0"] {
            assert!(permits(good, &allowed), "{good}");
        }
        for bad in ["GPL-3.0", "MIT AND GPL-3.0", "", "(MIT", "none named", "MIT MIT"] {
            assert!(!permits(bad, &allowed), "{bad}");
        }
    }
}
