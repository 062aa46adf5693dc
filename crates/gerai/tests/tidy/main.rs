//! Rules of the house that no compiler knows: who may know whom, who owns which table, how large
//! things grow, which texts exist. Each failure names the place and what to do.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod borders;
mod files;
mod migrations;
mod sources;
mod statements;
mod templates;
mod texts;

/// Fails with all the problems at once, one a line.
fn nothing_wrong(rule: &str, problems: &[String]) {
    assert!(problems.is_empty(), "\n{rule}\n  {}\n", problems.join("\n  "));
}
