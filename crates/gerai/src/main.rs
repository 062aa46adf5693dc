//! The program: one command serves a city, shows the demo, imports, exports, verifies, moves.

mod areas;
mod background;
mod bank;
mod cli;
mod config;
mod demo;
mod front;
mod house;
mod keys;
mod people;
mod private;
mod records;
mod serve;
mod whole;
mod words;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    private::for_oneself();
    let filter = config::environment("GERAI_LOG").unwrap_or_else(|| "warn".to_owned());
    let filter = tracing_subscriber::EnvFilter::try_new(filter).unwrap_or_default();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).json().init();
    match cli.run() {
        Ok(code) => code,
        Err(why) => {
            complain(&why);
            ExitCode::from(cli::FAILED)
        }
    }
}

/// Errors go to standard error, with what to do next.
fn complain(why: &str) {
    use std::io::Write;
    writeln!(std::io::stderr(), "gerai: {why}").ok();
}
