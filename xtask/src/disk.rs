//! A small disk of its own, in memory, that can be filled and made read-only.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::place::ask;

const SIZE: &str = "size=96m";
const PIECE: usize = 64 * 1024;

/// Mounted until dropped; needs root.
pub(crate) struct Disk(PathBuf);

impl Disk {
    pub(crate) fn mount(folder: &Path) -> Result<Disk> {
        let path = folder.join("disk");
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let target = path.display().to_string();
        ask("mount", &["-t", "tmpfs", "-o", SIZE, "gerai-fault", &target])?;
        Ok(Disk(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Takes all the room there is.
    pub(crate) fn fill(&self) -> Result<()> {
        let path = self.ballast();
        let mut file = std::fs::File::create(&path).map_err(|error| format!("ballast: {error}"))?;
        for piece in [PIECE, 1024] {
            while file.write_all(&vec![0; piece]).is_ok() {}
        }
        Ok(())
    }

    pub(crate) fn make_room(&self) -> Result<()> {
        std::fs::remove_file(self.ballast()).map_err(|error| format!("ballast: {error}"))
    }

    pub(crate) fn read_only(&self, read_only: bool) -> Result<()> {
        let how = if read_only { "remount,ro" } else { "remount,rw" };
        ask("mount", &["-o", how, &self.0.display().to_string()]).map(drop)
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Err(message) = ask("umount", &["--lazy", &self.0.display().to_string()]) {
            eprintln!("{message}");
        }
    }
}
