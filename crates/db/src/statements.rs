//! A note of every SQL text that was executed, for the test that each ran on both engines.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use crate::{Engine, Error};

/// What this process has noted already, whichever handle it came through.
static NOTED: Mutex<BTreeSet<(Engine, String)>> = Mutex::new(BTreeSet::new());

/// A file that many processes append to: one line is one write.
pub(crate) struct StatementLog {
    engine: Engine,
    file: File,
}

impl StatementLog {
    pub(crate) fn open(path: &Path, engine: Engine) -> Result<StatementLog, Error> {
        let file = OpenOptions::new().append(true).create(true).open(path);
        let file =
            file.map_err(|e| Error::Driver(format!("statement log {}: {e}", path.display())))?;
        Ok(StatementLog { engine, file })
    }

    pub(crate) fn note(&self, sql: &str) {
        let mut noted = NOTED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !noted.insert((self.engine, sql.to_owned())) {
            return;
        }
        let line = serde_json::json!({ "engine": self.engine.name(), "sql": sql });
        if let Err(error) = (&self.file).write_all(format!("{line}\n").as_bytes()) {
            tracing::error!(%error, "the statement log cannot be written");
        }
    }
}
