//! SQLite: a file beside the database says that it is held.

use std::fs::{File, TryLockError};

use crate::Error;

/// The lock, or nothing when another program has it. The file itself stays and means nothing.
pub(crate) fn hold(path: &str) -> Result<Option<File>, Error> {
    let beside = format!("{path}-held");
    let told = |error: std::io::Error| Error::Unavailable(format!("{beside}: {error}"));
    let file = File::options().create(true).append(true).open(&beside).map_err(told)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(told(error)),
    }
}
