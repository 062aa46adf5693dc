//! `cargo xtask test`: runs the steps, names and times each, and counts what passed.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::axe;
use crate::debian;
use crate::foreign;
use crate::place::{Place, cargo};
use crate::postgres::{Cluster, Durability};
use crate::steps::{Engine, STEPS, Step, Work};
use crate::{Result, chosen, only_known};

/// How many checks passed and failed.
#[derive(Clone, Copy, Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

/// One run of the check: where it happens and the server its steps share.
struct Run {
    place: Place,
    cluster: Option<Cluster>,
}

/// Runs the chosen steps; `true` when all passed. The last line is the summary.
pub(crate) fn run(arguments: &[String]) -> Result<bool> {
    only_known(arguments, &["--only"], &["--list"])?;
    if arguments.iter().any(|argument| argument == "--list") {
        STEPS.iter().for_each(|step| println!("{:10}{}", step.name, step.shows));
        return Ok(true);
    }
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    let chosen = chosen(arguments, &names)?;
    let mut run = Run { place: Place::find()?, cluster: None };
    run.forget_statements(&chosen)?;

    let mut total = Tally::default();
    let mut report = Vec::new();
    for step in STEPS.iter().filter(|step| chosen.contains(&step.name)) {
        println!("\n== {}: {}", step.name, step.shows);
        let started = Instant::now();
        let tally = run.step(step).unwrap_or_else(|message| {
            println!("{message}");
            Tally { passed: 0, failed: 1 }
        });
        let seconds = started.elapsed().as_secs();
        let line = format!(
            "{:10}{:>5} passed {:>4} failed {:>5} s",
            step.name, tally.passed, tally.failed, seconds
        );
        println!("== {line}");
        report.push(line);
        total.passed += tally.passed;
        total.failed += tally.failed;
    }
    drop(run);
    println!("\n{}\n", report.join("\n"));
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

impl Run {
    /// The comparison of both engines wants what this run executed, not an earlier one.
    fn forget_statements(&self, chosen: &[&str]) -> Result<()> {
        let notes = self.place.statements();
        let both = chosen.contains(&"sqlite") && chosen.contains(&"postgres");
        if both && notes.exists() {
            std::fs::remove_file(&notes)
                .map_err(|error| format!("{}: {error}", notes.display()))?;
        }
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Result<Tally> {
        match step.work {
            Work::Cargo(arguments) => {
                let mut command = cargo();
                command.args(arguments).env("RUSTDOCFLAGS", "-D warnings");
                command.env("GERAI_STATEMENT_LOG", self.place.statements());
                let status = command.status().map_err(|error| format!("cargo: {error}"))?;
                Ok(one(status.success()))
            }
            Work::Own(check) => check(&self.place).map(|()| one(true)),
            Work::Tests(arguments, engine) => {
                let mut command = cargo();
                command.args(["test", "--no-fail-fast"]).args(arguments);
                command.env("GERAI_STATEMENT_LOG", self.place.statements());
                self.prepare(&mut command, engine)?;
                counted(&mut command)
            }
        }
    }

    fn prepare(&mut self, command: &mut Command, engine: Engine) -> Result<()> {
        if engine == Engine::Browser {
            debian::ensure(&debian::CHROMIUM)?;
            match axe::fetch(&self.place.target) {
                Ok(path) => drop(command.env("AXE_PATH", path)),
                Err(message) => println!("axe-core is left out: {message}"),
            }
            command.env("SCREENSHOTS", self.place.target.join("screenshots"));
        }
        if engine == Engine::Sqlite {
            match foreign::fetch(&self.place.target) {
                Ok(path) => drop(command.env("FOREIGN_CLIENT", path)),
                Err(message) => println!("the foreign client is left out: {message}"),
            }
        }
        if matches!(engine, Engine::Postgres | Engine::Browser) {
            command.env("TEST_POSTGRES_URL", self.postgres()?);
        } else {
            command.env_remove("TEST_POSTGRES_URL");
        }
        if engine == Engine::None {
            command.env_remove("GERAI_STATEMENT_LOG");
            command.env("EXECUTED_STATEMENTS", self.place.statements());
        }
        Ok(())
    }

    fn postgres(&mut self) -> Result<String> {
        if let Some(cluster) = &self.cluster {
            return Ok(cluster.url());
        }
        debian::ensure(&debian::POSTGRES)?;
        let cluster = Cluster::start(Durability::None)?;
        let url = cluster.url();
        self.cluster = Some(cluster);
        Ok(url)
    }
}

fn one(passed: bool) -> Tally {
    Tally { passed: passed.into(), failed: (!passed).into() }
}

/// Runs test programs, shows what they print, and adds up their result lines. A program that
/// ends without one (a crash, code that does not compile) counts as one failure.
fn counted(command: &mut Command) -> Result<Tally> {
    let spawned = command.stdout(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|error| format!("cargo: {error}"))?;
    let output = child.stdout.take().ok_or("cargo has no output")?;
    let mut tally = Tally::default();
    for line in BufReader::new(output).lines() {
        let line = line.map_err(|error| format!("cargo: {error}"))?;
        if let Some(result) = line.strip_prefix("test result: ") {
            tally.passed += before(result, " passed");
            tally.failed += before(result, " failed");
        }
        if !is_noise(&line) {
            println!("{line}");
        }
    }
    let status = child.wait().map_err(|error| format!("cargo: {error}"))?;
    if !status.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// The number that stands before a word: 12 in `ok. 12 passed; 0 failed`.
fn before(line: &str, word: &str) -> u64 {
    let head = line.split(word).next().unwrap_or_default();
    head.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// What a passing test says about itself is not worth a line among hundreds.
fn is_noise(line: &str) -> bool {
    line.is_empty()
        || (line.starts_with("test ") && line.ends_with(" ... ok"))
        || (line.starts_with("running ") && line.contains(" test"))
        || line.starts_with("test result: ok. 0 passed; 0 failed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_line_is_counted() {
        let line = "FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!((before(line, " passed"), before(line, " failed")), (12, 3));
        assert_eq!(before("no numbers here", " passed"), 0);
    }
}
