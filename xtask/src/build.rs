//! Builds the program once and says where it is.

use std::path::PathBuf;

use crate::Result;
use crate::place::{Place, cargo};

/// How the program is compiled.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Profile {
    Debug,
    Release,
}

/// The path of the freshly built `gerai`. The whole workspace's features are used, as everywhere
/// in this tool, so that nothing is compiled twice.
pub(crate) fn gerai(place: &Place, profile: Profile) -> Result<PathBuf> {
    built(place, profile, &["--bin", "gerai"])?;
    Ok(folder(place, profile).join("gerai"))
}

/// The path of a freshly built example of a crate.
pub(crate) fn example(place: &Place, profile: Profile, name: &str) -> Result<PathBuf> {
    built(place, profile, &["--example", name])?;
    Ok(folder(place, profile).join("examples").join(name))
}

fn built(place: &Place, profile: Profile, what: &[&str]) -> Result<()> {
    let mut command = cargo();
    command.args(["build", "--workspace"]).args(what).current_dir(&place.root);
    if profile == Profile::Release {
        command.arg("--release");
    }
    let status = command.status().map_err(|error| format!("cargo build: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo build {}: {status}", what.join(" "))) }
}

fn folder(place: &Place, profile: Profile) -> PathBuf {
    place.target.join(match profile {
        Profile::Debug => "debug",
        Profile::Release => "release",
    })
}
