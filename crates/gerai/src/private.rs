//! The data folder is the program's own: what is made in it, and what stands there already, is read
//! by nobody else on the machine.

use std::fs;
use std::path::Path;

/// What a city keeps in its folder.
const KEPT: [&str; 7] =
    ["city.db", "city.db-wal", "city.db-shm", "city.db-held", "keys.toml", "files", "search"];

/// From here on files are made for the program's own user alone.
pub(crate) fn for_oneself() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Makes the folder, or takes away what others may do in one that is there. What cannot be
/// tightened, because it is another user's or mounted so, is told and left.
pub(crate) fn folder(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(|error| format!("{}: {error}", path.display()))?;
    #[cfg(unix)]
    {
        let mut tightened = 0;
        tighten(path, &mut tightened);
        for name in KEPT {
            tighten_all(&path.join(name), &mut tightened);
        }
        if tightened > 0 {
            let path = path.display();
            tracing::warn!(%path, tightened, "others could read the data folder; they no longer can");
        }
    }
    Ok(())
}

/// A folder that was closed keeps what is in it.
#[cfg(unix)]
fn tighten_all(path: &Path, tightened: &mut u64) {
    if !tighten(path, tightened) || !path.is_dir() {
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        tighten_all(&entry.path(), tightened);
    }
}

/// Whether others could do something with it before.
#[cfg(unix)]
fn tighten(path: &Path, tightened: &mut u64) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let Ok(found) = fs::symlink_metadata(path) else { return false };
    let mode = found.permissions().mode();
    if found.is_symlink() || mode & 0o077 == 0 {
        return false;
    }
    match fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700)) {
        Ok(()) => *tightened += 1,
        Err(error) => {
            let path = path.display();
            tracing::warn!(%path, %error, "others can read it, and it cannot be changed");
        }
    }
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("the test made it").permissions().mode() & 0o777
    }

    #[test]
    fn what_others_could_read_is_closed_and_what_is_not_ours_is_left() {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("data");
        fs::create_dir_all(data.join("files/ab")).unwrap();
        for name in ["city.db", "keys.toml", "files/ab/photo", "notes.txt"] {
            fs::write(data.join(name), "x").unwrap();
            fs::set_permissions(data.join(name), fs::Permissions::from_mode(0o644)).unwrap();
        }
        for name in ["", "files", "files/ab"] {
            fs::set_permissions(data.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        folder(&data).unwrap();
        for name in ["", "files", "files/ab"] {
            assert_eq!(mode(&data.join(name)), 0o700, "{name}");
        }
        for name in ["city.db", "keys.toml", "files/ab/photo"] {
            assert_eq!(mode(&data.join(name)), 0o600, "{name}");
        }
        assert_eq!(mode(&data.join("notes.txt")), 0o644);
    }
}
