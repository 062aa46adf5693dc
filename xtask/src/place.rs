//! Where things are: the workspace, its target folder, programs on this machine.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Result;

/// The workspace and what cargo says about it.
pub(crate) struct Place {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
}

impl Place {
    pub(crate) fn find() -> Result<Place> {
        let said = metadata(&["--no-deps"])?;
        let path = |key: &str| said[key].as_str().map(PathBuf::from);
        match (path("workspace_root"), path("target_directory")) {
            (Some(root), Some(target)) => Ok(Place { root, target }),
            _ => Err("cargo metadata names no workspace".into()),
        }
    }

    /// Where one test run leaves its notes about executed statements.
    pub(crate) fn statements(&self) -> PathBuf {
        self.target.join("statements.jsonl")
    }
}

/// What `cargo metadata` says.
pub(crate) fn metadata(arguments: &[&str]) -> Result<Value> {
    let output = cargo()
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.stdin(Stdio::null());
    command
}

/// The first of these programs that is on the search path.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(is_file)
}

fn is_file(path: &PathBuf) -> bool {
    Path::new(path).is_file()
}

/// What a short command prints, trimmed; an error holds what it complained about.
pub(crate) fn ask(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
    } else {
        let complaint = String::from_utf8_lossy(&output.stderr).trim().to_string();
        Err(format!("{program} {}: {} {complaint}", arguments.join(" "), output.status))
    }
}

/// Whether this process is the machine's root user.
pub(crate) fn is_root() -> bool {
    ask("id", &["-u"]).is_ok_and(|id| id == "0")
}
