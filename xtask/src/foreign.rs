//! A partner's client of the national payment standard that others wrote. A test lets it speak to the played
//! bank. It is fetched for development with npm and never becomes part of the repository or the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;
use crate::place::on_path;

const NAME: &str = "midtrans-client";
const VERSION: &str = "1.4.3";

/// The folder that holds it and what it needs, fetched once into the target folder.
pub(crate) fn fetch(target: &Path) -> Result<PathBuf> {
    let folder = target.join(format!("{NAME}-{VERSION}"));
    let modules = folder.join("node_modules");
    if modules.join(NAME).join("index.js").is_file() {
        return Ok(modules);
    }
    for program in ["npm", "node"] {
        if on_path(&[program]).is_none() {
            return Err(format!("{program} is missing. As root run: apt-get install --yes npm"));
        }
    }
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let installed = Command::new("npm")
        .args([
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            ".",
        ])
        .arg(format!("{NAME}@{VERSION}"))
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("npm: {error}"))?;
    if !installed.status.success() {
        return Err(format!("npm install: {}", String::from_utf8_lossy(&installed.stderr)));
    }
    Ok(modules)
}
