//! Reports of lists lie sealed in pieces, so that neither writing nor reading one needs more memory
//! than a piece. A report that was replaced is cleared from the store a day later.

use std::io::{self, Write};

use base::files::{FileKind, Files};
use base::job::{self, JobKind, Workshop};
use base::keyring::Keyring;
use base::safe::{Kept, Safe};
use base::{Error, Id, Read, Result, Timestamp, Tx};

use crate::intake::Brought;

/// What lists and their reports are sealed for.
pub(crate) const PURPOSE: &str = "registry.list";
/// Bytes of one piece.
const PIECE_BYTES: usize = 2 << 20;
/// More pieces than the longest list's report has.
const PIECES_MAX: i64 = 1_000;
/// Whoever reads a report while it is replaced has so long.
const GRACE_MS: i64 = 24 * 60 * 60 * 1000;

/// Puts sealed bytes into the store and gives their hash.
type Put<'a> = dyn Fn(Vec<u8>) -> Result<String> + 'a;

/// A report on its way into the store.
pub(crate) struct Writer<'a> {
    keyring: &'a Keyring,
    put: &'a Put<'a>,
    waiting: Vec<u8>,
    pieces: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(keyring: &'a Keyring, put: &'a Put<'a>) -> Writer<'a> {
        Writer { keyring, put, waiting: Vec::new(), pieces: Vec::new() }
    }

    fn seal(&mut self) -> Result<()> {
        let sealed = self.keyring.seal_file(PURPOSE, &self.waiting);
        self.pieces.push((self.put)(sealed)?);
        self.waiting.clear();
        Ok(())
    }

    /// The hashes of all pieces, in their order.
    pub(crate) fn finish(mut self) -> Result<Vec<String>> {
        if !self.waiting.is_empty() {
            self.seal()?;
        }
        Ok(self.pieces)
    }
}

impl Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE_BYTES {
            self.seal().map_err(io::Error::other)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The pieces of the report of a list, in their order.
pub(crate) fn of(read: &mut Read<'_>, import: &Id<Brought>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = read.all(
        "SELECT file FROM registry_list_pieces WHERE import_id = $1 ORDER BY place LIMIT $2",
        &[import, &PIECES_MAX],
    )?;
    Ok(rows.into_iter().map(|(file,)| file).collect())
}

/// Puts a report in the place of the one before. The caller's event covers it.
pub(crate) fn replace(tx: &mut Tx<'_>, import: &Id<Brought>, pieces: &[String]) -> Result<()> {
    let later = Timestamp::from_ms(Timestamp::of(tx).as_ms() + GRACE_MS);
    for file in of(tx, import)? {
        job::enqueue(tx, CLEAR.kind, &serde_json::json!({ "file": file }), Some(later))?;
    }
    tx.execute("DELETE FROM registry_list_pieces WHERE import_id = $1", &[import])?;
    for (place, file) in (0_i64..).zip(pieces) {
        let id: Id<Brought> = tx.new_id();
        tx.execute(
            "INSERT INTO registry_list_pieces (id, import_id, place, file) VALUES ($1, $2, $3, $4)",
            &[&id, import, &place, file],
        )?;
    }
    Ok(())
}

/// One piece, opened.
pub(crate) async fn opened(files: &Files, keyring: &Keyring, hash: &str) -> Result<Vec<u8>> {
    let sealed = files.get(hash).await.map_err(Error::broken)?;
    keyring.open_file(PURPOSE, &sealed).map_err(Error::broken)
}

/// Seals a file whole and keeps it; gives the hash under which it lies.
pub(crate) async fn keep(files: &Files, keyring: &Keyring, bytes: &[u8]) -> Result<String> {
    put(files, keyring.seal_file(PURPOSE, bytes)).await
}

/// Keeps what is sealed already.
pub(crate) async fn put(files: &Files, sealed: Vec<u8>) -> Result<String> {
    let kept = files.put(sealed.into(), FileKind::Other).await.map_err(Error::broken)?;
    Ok(kept.sha256)
}

/// A report, piece after piece, for whoever reads it as a whole.
pub(crate) struct Reader<F> {
    open: F,
    pieces: std::vec::IntoIter<String>,
    piece: io::Cursor<Vec<u8>>,
}

impl<F: Fn(&str) -> Result<Vec<u8>>> Reader<F> {
    /// `open` opens a piece.
    pub(crate) fn new(pieces: Vec<String>, open: F) -> Reader<F> {
        Reader { open, pieces: pieces.into_iter(), piece: io::Cursor::new(Vec::new()) }
    }
}

impl<F: Fn(&str) -> Result<Vec<u8>>> io::Read for Reader<F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            let Some(next) = self.pieces.next() else { return Ok(0) };
            self.piece = io::Cursor::new((self.open)(&next).map_err(io::Error::other)?);
        }
    }
}

/// The pieces of all reports.
pub(crate) const REPORTS: Safe = Safe {
    name: "registry.lists.report",
    purpose: PURPOSE,
    kept: Kept::AsFile,
    page: |read, after, limit| {
        let rows: Vec<(String, String)> = read.all(
            "SELECT id, file FROM registry_list_pieces WHERE id > $1 ORDER BY id LIMIT $2",
            &[&after, &limit],
        )?;
        Ok(rows.into_iter().map(|(id, hash)| (id, hash.into_bytes())).collect())
    },
    replace: |tx, swap| {
        let (old, new) = swap.hashes();
        Ok(tx.execute(
            "UPDATE registry_list_pieces SET file = $1 WHERE id = $2 AND file = $3",
            &[&new, &swap.key, &old],
        )?)
    },
};

/// The files of all pieces.
pub(crate) fn file_hashes(read: &mut Read<'_>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> =
        read.all("SELECT file FROM registry_list_pieces ORDER BY id", &[])?;
    Ok(rows.into_iter().map(|(file,)| file).collect())
}

/// Clears a piece of a replaced report away, unless a report speaks of it again.
pub(crate) const CLEAR: JobKind = JobKind { kind: "registry.clear_piece", run: clear };

fn clear(workshop: &Workshop, order: &serde_json::Value) -> Result<()> {
    let files = workshop.files.as_ref().ok_or_else(|| Error::broken("no file store"))?;
    let file = order["file"].as_str().ok_or_else(|| Error::broken("no file named"))?.to_owned();
    let named = file.clone();
    let spoken = move |read: &mut Read<'_>| {
        let spoken: Option<(String,)> =
            read.first("SELECT id FROM registry_list_pieces WHERE file = $1 LIMIT 1", &[&named])?;
        Ok::<_, Error>(spoken.is_some())
    };
    if workshop.db.read(spoken).wait()? {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(Error::broken)?.block_on(files.remove(&file)).map_err(Error::broken)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::HashMap;
    use std::io::Read as _;

    use super::*;

    #[test]
    fn a_report_goes_through_pieces_and_comes_back_whole() {
        let keyring = Keyring::generate();
        let store: RefCell<HashMap<String, Vec<u8>>> = RefCell::default();
        let put = |sealed: Vec<u8>| {
            let hash = base::files::hash(&sealed);
            store.borrow_mut().insert(hash.clone(), sealed);
            Ok(hash)
        };
        let line = "satu baris laporan rekaan\n".repeat(4_000);
        let mut writer = Writer::new(&keyring, &put);
        for _ in 0..50 {
            writer.write_all(line.as_bytes()).unwrap();
            assert!(writer.waiting.len() <= PIECE_BYTES, "memory does not grow with the report");
        }
        let pieces = writer.finish().unwrap();
        assert_eq!(pieces.len(), 3);
        let sealed = |hash: &str| store.borrow()[hash].clone();
        assert!(!sealed(&pieces[0]).windows(6).any(|six| six == b"rekaan"), "it lies sealed");
        let open = |hash: &str| keyring.open_file(PURPOSE, &sealed(hash)).map_err(Error::broken);
        let mut whole = String::new();
        Reader::new(pieces.clone(), open).read_to_string(&mut whole).unwrap();
        assert_eq!(whole, line.repeat(50));
    }
}
