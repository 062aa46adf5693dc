//! What is sealed at rest, as areas list it, and how it moves to a new key while the city serves: a
//! few rows at a time, opened and sealed outside the transaction, and written only where nobody has
//! changed them meanwhile.

use std::collections::BTreeMap;

use db::{Db, Event, Read, Tx};
use serde::Serialize;

use crate::files::{FileKind, Files};
use crate::keyring::{Keyring, sealed_with};
use crate::{Error, Result};

/// Rows read at once.
const BATCH_ROWS: i64 = 200;

/// Where the sealed bytes lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// In the row itself.
    InRow,
    /// In a file; the row holds its hash.
    AsFile,
}

/// One row with something sealed: its key, and the bytes (of a file: its hash).
pub type Locked = (String, Vec<u8>);

/// A column of sealed things.
#[derive(Clone, Copy)]
pub struct Safe {
    /// Where it is: `registry.owners.nik`.
    pub name: &'static str,
    /// What it is sealed for.
    pub purpose: &'static str,
    /// Where the bytes lie.
    pub kept: Kept,
    /// Rows after a key, in the order of their keys, so many.
    pub page: fn(&mut Read<'_>, &str, i64) -> Result<Vec<Locked>>,
    /// Puts new bytes in the place of old ones, if those are still there; tells how many rows that were.
    pub replace: fn(&mut Tx<'_>, &Swap) -> Result<u64>,
}

/// Old bytes and new ones.
#[derive(Debug, Clone)]
pub struct Swap {
    /// The row.
    pub key: String,
    /// What stood there.
    pub old: Vec<u8>,
    /// The same, sealed with the current key.
    pub new: Vec<u8>,
}

impl Swap {
    /// Bytes of a row that names a file: the hash as text.
    pub fn hashes(&self) -> (String, String) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&self.old), text(&self.new))
    }
}

/// What the safes of `base` are.
pub const SAFES: &[Safe] = &[
    crate::account::person::PHONES,
    crate::account::second_factor::SECRETS,
    crate::account::second_factor::PENDING,
    crate::webhook::SECRETS,
];

/// Rows were sealed again with the current key.
#[derive(Serialize)]
struct Resealed<'a> {
    #[serde(skip)]
    safe: &'a str,
    rows: u64,
}
impl Event for Resealed<'_> {
    const KIND: &'static str = "keys.resealed";
    fn subject(&self) -> String {
        self.safe.to_owned()
    }
}

/// How many things of a safe are sealed with which key; `None`: with none that can be told.
pub type Census = BTreeMap<Option<u16>, u64>;

/// Works through safes.
pub struct Locksmith<'h> {
    db: &'h Db,
    files: &'h Files,
    runtime: tokio::runtime::Runtime,
}

impl<'h> Locksmith<'h> {
    /// One who works in this city.
    pub fn new(db: &'h Db, files: &'h Files) -> Result<Locksmith<'h>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        Ok(Locksmith { db, files, runtime: runtime.map_err(Error::broken)? })
    }

    /// Which keys a safe still needs.
    pub fn census(&self, safe: &Safe) -> Result<Census> {
        let mut census = Census::new();
        self.each_page(safe, |rows| {
            for (_, bytes) in rows {
                let sealed = self.load(safe, &bytes)?;
                *census.entry(sealed_with(&sealed)).or_default() += 1;
            }
            Ok(())
        })?;
        Ok(census)
    }

    /// Seals everything in a safe with the current key that is sealed with an older one; tells how
    /// many it was. What cannot be opened stays as it is.
    pub fn reseal(&self, keys: &Keyring, safe: &Safe) -> Result<u64> {
        let mut count = 0;
        self.each_page(safe, |rows| {
            let mut swaps = Vec::new();
            for (key, old) in rows {
                let sealed = self.load(safe, &old)?;
                if keys.reseal_needed(&sealed)
                    && let Ok(plain) = keys.open_file(safe.purpose, &sealed)
                {
                    let new = self.store(safe, keys.seal_file(safe.purpose, &plain))?;
                    swaps.push(Swap { key, old, new });
                }
            }
            count += self.write(*safe, swaps)?;
            Ok(())
        })?;
        Ok(count)
    }

    fn each_page(
        &self,
        safe: &Safe,
        mut each: impl FnMut(Vec<Locked>) -> Result<()>,
    ) -> Result<()> {
        let (page, mut after) = (safe.page, String::new());
        loop {
            let from = after.clone();
            let rows = self.db.read(move |read| page(read, &from, BATCH_ROWS)).wait()?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            after.clone_from(last);
            each(rows)?;
        }
    }

    /// The sealed bytes; none of a file that is gone, which `gerai verify` tells elsewhere.
    fn load(&self, safe: &Safe, bytes: &[u8]) -> Result<Vec<u8>> {
        match safe.kept {
            Kept::InRow => Ok(bytes.to_vec()),
            Kept::AsFile => {
                let hash = String::from_utf8_lossy(bytes);
                let found = self.runtime.block_on(self.files.get(&hash));
                Ok(found.map(|bytes| bytes.to_vec()).unwrap_or_default())
            }
        }
    }

    fn store(&self, safe: &Safe, sealed: Vec<u8>) -> Result<Vec<u8>> {
        match safe.kept {
            Kept::InRow => Ok(sealed),
            Kept::AsFile => {
                let put = self.files.put(sealed.into(), FileKind::Other);
                let kept = self.runtime.block_on(put).map_err(Error::broken)?;
                Ok(kept.sha256.into_bytes())
            }
        }
    }

    fn write(&self, safe: Safe, swaps: Vec<Swap>) -> Result<u64> {
        if swaps.is_empty() {
            return Ok(0);
        }
        let hashes: Vec<(String, String)> = swaps.iter().map(Swap::hashes).collect();
        let body = move |tx: &mut Tx<'_>| -> Result<Vec<u64>> {
            let done = swaps.iter().map(|swap| (safe.replace)(tx, swap));
            let done = done.collect::<Result<Vec<u64>>>()?;
            let rows = done.iter().sum();
            if rows > 0 {
                tx.record(&Resealed { safe: safe.name, rows })?;
            }
            Ok(done)
        };
        let done = self.db.write("keys.reseal", body).wait()?;
        if safe.kept == Kept::AsFile {
            // The old file would stay readable for whoever has the old key. Where the row changed
            // meanwhile, perhaps because the file had to be destroyed, it is the new one that goes.
            for (rows, (old, new)) in done.iter().zip(hashes) {
                let gone = if *rows > 0 { old } else { new };
                self.runtime.block_on(self.files.remove(&gone)).map_err(Error::broken)?;
            }
        }
        Ok(done.iter().sum())
    }
}
