//! What developers run: `cargo xtask test`, `bench` and `fault`.
//!
//! Few dependencies on purpose: this program is compiled before anything else is.
#![expect(clippy::print_stdout, reason = "a tool for developers talks on the terminal")]

mod axe;
mod bench;
mod build;
mod debian;
mod disk;
mod fault;
mod foreign;
mod http;
mod licences;
mod load;
mod paying;
mod people;
mod place;
mod postgres;
mod program;
mod scene;
mod shelf;
mod steps;
mod test;

use std::process::ExitCode;

/// A failure told to the developer, with what to do next.
type Result<T> = std::result::Result<T, String>;

const USAGE: &str = "\
cargo xtask test  [--only STEP,STEP] [--list]   the whole check; the last line is the summary
cargo xtask bench [--only NAME,…] [--json FILE] each budget beside its measurement
cargo xtask fault [--rounds N] [--only NAME,…]  kill -9, restarts, full disk, read-only database
bench and fault take --program PATH: a gerai that is built already";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let result = match arguments.first().map(String::as_str) {
        Some("test") => test::run(rest),
        Some("bench") => bench::run(rest),
        Some("fault") => fault::run(rest),
        _ => Err(USAGE.to_string()),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// The value after `--name`, if the option is there.
fn option<'a>(arguments: &'a [String], name: &str) -> Result<Option<&'a str>> {
    let Some(at) = arguments.iter().position(|argument| argument == name) else { return Ok(None) };
    match arguments.get(at + 1) {
        Some(value) => Ok(Some(value)),
        None => Err(format!("{name} needs a value\n{USAGE}")),
    }
}

/// Refuses what is not among the known options, so that a slip of the keyboard does not run everything.
fn only_known(arguments: &[String], with_value: &[&str], plain: &[&str]) -> Result<()> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if with_value.contains(&argument.as_str()) {
            rest.next();
        } else if !plain.contains(&argument.as_str()) {
            return Err(format!("unknown option {argument}\n{USAGE}"));
        }
    }
    Ok(())
}

/// The names of `--only a,b`, each of which must be known; all of them without the option.
fn chosen<'a>(arguments: &'a [String], known: &[&'a str]) -> Result<Vec<&'a str>> {
    let Some(list) = option(arguments, "--only")? else { return Ok(known.to_vec()) };
    let names: Vec<&str> = list.split(',').map(str::trim).collect();
    match names.iter().find(|name| !known.contains(name)) {
        Some(stranger) => Err(format!("no \"{stranger}\" here; there are: {}", known.join(", "))),
        None => Ok(names),
    }
}
