//! axe-core, the accessibility checker the browser tests put into the page. It is fetched for
//! development with npm and never becomes part of the repository or the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;
use crate::place::{ask, on_path};

const VERSION: &str = "4.14.1";

/// The script's path, fetched once into the target folder.
pub(crate) fn fetch(target: &Path) -> Result<PathBuf> {
    let folder = target.join(format!("axe-core-{VERSION}"));
    let script = folder.join("package/axe.min.js");
    if script.is_file() {
        return Ok(script);
    }
    if on_path(&["npm"]).is_none() {
        return Err("npm is missing. As root run: apt-get install --yes npm".into());
    }
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let packed = Command::new("npm")
        .args(["pack", "--silent", &format!("axe-core@{VERSION}")])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("npm: {error}"))?;
    if !packed.status.success() {
        return Err(format!("npm pack: {}", String::from_utf8_lossy(&packed.stderr)));
    }
    let archive = folder.join(format!("axe-core-{VERSION}.tgz"));
    let (archive, folder) = (archive.display().to_string(), folder.display().to_string());
    ask("tar", &["-xzf", &archive, "-C", &folder, "package/axe.min.js"])?;
    Ok(script)
}
