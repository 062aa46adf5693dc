//! What an installation chooses: which engine, how many connections, how long to wait.

use std::path::PathBuf;

use crate::{Chance, Clock, Error};

/// What an installation may choose.
#[derive(Debug, Clone)]
pub struct Options {
    /// SQLite: connections that read beside the writer. PostgreSQL: all connections.
    pub connections: usize,
    /// SQLite: how many writes share one commit; 1 turns group commit off.
    pub batch_max: usize,
    /// Who waited longer than this in the queue is told `Busy` and not run.
    pub wait_max_ms: u64,
    /// PostgreSQL: a standby for [`read_lagging`](crate::Db::read_lagging). Its loss harms nobody.
    pub replica_url: Option<String>,
    /// Each distinct statement that succeeded is noted here, one JSON object on a line, for the
    /// test that every SQL text ran on both engines.
    pub statement_log: Option<PathBuf>,
    /// What time it is. Tests and the demo hold it.
    pub clock: Clock,
    /// Where new ids come from. The demo and tests seed it.
    pub chance: Chance,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            connections: 4,
            batch_max: 256,
            wait_max_ms: 10_000,
            replica_url: None,
            statement_log: None,
            clock: Clock::default(),
            chance: Chance::default(),
        }
    }
}

/// Which engine runs. Only migrations and the tools for a whole city may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The engine that a database url names.
    pub fn of(url: &str) -> Result<Engine, Error> {
        if url.strip_prefix("sqlite:").is_some_and(|path| !path.is_empty()) {
            Ok(Engine::Sqlite)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Engine::Postgres)
        } else {
            Err(Error::Driver(
                "a database url is sqlite:PATH or postgres://USER@HOST/DATABASE".to_owned(),
            ))
        }
    }

    /// `sqlite` or `postgres`.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }
}
