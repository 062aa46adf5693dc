//! What the checks need from the machine, installed on Debian when it is missing.

use std::process::{Command, Stdio};

use crate::Result;
use crate::place::{is_root, on_path};
use crate::postgres;

/// A program of the machine, and the packages that bring it.
pub(crate) struct Need {
    pub(crate) what: &'static str,
    present: fn() -> bool,
    packages: &'static [&'static str],
}

pub(crate) const POSTGRES: Need = Need {
    what: "PostgreSQL 15 or newer",
    present: || postgres::programs().is_ok(),
    packages: &["postgresql"],
};

pub(crate) const CHROMIUM: Need = Need {
    what: "Chromium",
    present: || on_path(&["chromium", "chromium-browser", "google-chrome"]).is_some(),
    packages: &["chromium", "fonts-dejavu-core"],
};

/// Sees to it that the need is met, or says what to run.
pub(crate) fn ensure(need: &Need) -> Result<()> {
    if (need.present)() {
        return Ok(());
    }
    let by_hand = format!("apt-get install --yes {}", need.packages.join(" "));
    if !is_root() || on_path(&["apt-get"]).is_none() {
        return Err(format!("{} is missing. As root run: {by_hand}", need.what));
    }
    println!("{} is missing: {by_hand}", need.what);
    apt_get(&["update", "--quiet"])?;
    let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
    apt_get(&[&install, need.packages].concat())?;
    if (need.present)() {
        Ok(())
    } else {
        Err(format!("{} is still missing after: {by_hand}", need.what))
    }
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let status = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("apt-get: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("apt-get {}: {status}", arguments[0])) }
}
