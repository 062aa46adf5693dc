//! The command line: a contract that scripts rely on. Exit codes: 0 done, 1 something was found
//! wrong (`verify`, refused files), 2 the command line is wrong, 3 it could not be done.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::house::{House, Nature};
use crate::serve::{CUT_OFF, say, serve, stop_signal};
use crate::{bank, keys, people, records, whole};

/// It could not be done; standard error says why and what to do next.
pub(crate) const FAILED: u8 = 3;
/// Something was looked at and is not in order.
pub(crate) const FOUND: u8 = 1;

/// Gerai: a city registers its small businesses, buys from them and shows that it does.
#[derive(Debug, Parser)]
#[command(name = "gerai", version, propagate_version = true)]
pub(crate) struct Cli {
    /// The configuration file.
    #[arg(long, global = true, default_value = "gerai.toml")]
    config: PathBuf,
    /// Prints results as JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the city.
    Serve {
        /// Where to listen, instead of what the file says.
        #[arg(long)]
        listen: Option<SocketAddr>,
    },
    /// Shows two cities with invented people and a year of history.
    Demo(crate::demo::Demo),
    /// A bank that is played, for trying out payments; no real money goes through it.
    BankSimulator(bank::Simulator),
    /// The bank that the city's money goes through.
    #[command(subcommand)]
    Bank(bank::Connection),
    /// Brings in lists.
    #[command(subcommand)]
    Import(records::Import),
    /// Writes out what the city holds.
    Export(records::Export),
    /// Proves that books balance, stock explains itself, papers and seals hold, files exist; says what no
    /// seal covers yet.
    Verify,
    /// Writes the whole city into a folder, while it is being served.
    Backup {
        /// A folder that is empty or not there yet.
        folder: PathBuf,
    },
    /// Fills an empty city, which nobody serves, from a backup.
    Restore {
        /// The folder of the backup.
        folder: PathBuf,
    },
    /// Copies the whole database of a city that is stopped to another one, on either engine, and proves
    /// that both are equal.
    Move {
        /// `sqlite:PATH` or `postgres://…`, empty.
        #[arg(long)]
        to: String,
    },
    /// The keys of personal numbers and secrets.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Makes the search index again from the catalogue, while the city is stopped.
    Reindex,
    /// Accounts and roles.
    #[command(subcommand)]
    Account(people::Account),
    /// Rules that change in time.
    #[command(subcommand)]
    Policy(records::Policy),
    /// The configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Checks the file and prints the values in effect, without secrets.
    Check,
}

impl Cli {
    /// Does what was asked.
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        let (path, json) = (self.config, self.json);
        let read = || Config::read(&path);
        let open = || House::open(Config::read(&path)?, Nature::default());
        match self.command {
            Command::Serve { listen } => {
                let mut config = read()?;
                config.listen = listen.unwrap_or(config.listen);
                serve_until_stopped(config)
            }
            Command::Demo(demo) => demo.run(),
            Command::BankSimulator(simulator) => simulator.run(),
            Command::Bank(command) => command.run(&open()?),
            Command::Import(command) => command.run(&open()?, json),
            Command::Export(command) => command.run(&open()?),
            Command::Verify => whole::verify(&open()?, json),
            Command::Backup { folder } => whole::backup(&open()?, &folder),
            Command::Restore { folder } => whole::restore(&read()?, &folder),
            Command::Move { to } => whole::move_to(&open()?, &to),
            Command::Keys(command) => command.run(&open()?, json),
            Command::Reindex => whole::reindex(&open()?),
            Command::Account(command) => command.run(&open()?),
            Command::Policy(command) => command.run(&open()?, json),
            Command::Config(ConfigCommand::Check) => {
                let config = read()?;
                let text = match json {
                    true => serde_json::to_string_pretty(&config).map_err(|e| e.to_string())?,
                    false => toml::to_string_pretty(&config).map_err(|e| e.to_string())?,
                };
                say(&text);
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

fn serve_until_stopped(config: Config) -> Result<ExitCode, String> {
    let house = House::open(config, Nature::default())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|e| e.to_string())?;
    let served = runtime.block_on(async move { serve(house, None, stop_signal()).await });
    runtime.shutdown_timeout(CUT_OFF);
    served?;
    Ok(ExitCode::SUCCESS)
}
