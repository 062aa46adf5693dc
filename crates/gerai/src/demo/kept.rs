//! Who can be chosen at the door of a demo that is kept: written beside the city once it is whole,
//! so that a demo that was interrupted while it was seeded is not taken for one.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use base::{Error, Result};
use web::DemoLogin;

const NAME: &str = "demo-logins.json";

/// The logins of a city that was seeded before in this folder.
pub(super) fn read(folder: &Path) -> Result<Option<Vec<DemoLogin>>> {
    let text = match fs::read_to_string(folder.join(NAME)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::broken(error)),
    };
    let logins = serde_json::from_str(&text);
    logins.map(Some).map_err(|error| Error::broken(format!("{NAME}: {error}")))
}

/// Notes that the city is whole, and who lives in it.
pub(super) fn write(folder: &Path, logins: &[DemoLogin]) -> Result<()> {
    let text = serde_json::to_string_pretty(logins).map_err(Error::broken)?;
    fs::write(folder.join(NAME), text).map_err(Error::broken)
}
