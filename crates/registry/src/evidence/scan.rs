//! What is in an upload, decided by looking into it: a photo is made anew without what a camera
//! adds; a PDF must be whole, open, and do nothing by itself. Then it is sealed.

use base::files::{FileKind, Files};
use base::job::{JobKind, Workshop};
use base::keyring::Keyring;
use base::picture::{self, PictureProblem};
use base::safe::{self, Safe};
use base::{Error, Problem, Result};

use super::Kept;

/// What evidence is sealed for.
const PURPOSE: &str = "registry.evidence";
/// The largest PDF.
const PDF_BYTES_MAX: usize = 5 * 1024 * 1024;
const MEGABYTE: usize = 1024 * 1024;
const PDF_HEAD: &[u8] = b"%PDF-";
const PDF_END: &[u8] = b"%%EOF";
/// A whole PDF says within so many bytes of its end that it ends.
const PDF_TAIL_BYTES: usize = 2_048;
/// What makes a PDF act by itself or carry other files.
const ACTIVE: [&[u8]; 4] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia"];

/// A file that may be kept.
#[derive(Debug)]
struct Scan {
    media: FileKind,
    bytes: Vec<u8>,
}

/// Looks into an upload, seals it and keeps it. `field` is named when it is refused.
pub async fn bring(
    files: &Files,
    keyring: &Keyring,
    field: &'static str,
    bytes: Vec<u8>,
) -> Result<Kept> {
    let prepared = tokio::task::spawn_blocking(move || prepare(field, &bytes)).await;
    let scan = prepared.map_err(Error::broken)??;
    let sealed = keyring.seal_file(PURPOSE, &scan.bytes);
    let kept = files.put(sealed.into(), FileKind::Other).await.map_err(Error::broken)?;
    Ok(Kept { file: kept.sha256, media: scan.media })
}

fn prepare(field: &str, bytes: &[u8]) -> Result<Scan> {
    if bytes.starts_with(PDF_HEAD) {
        return pdf(field, bytes);
    }
    match picture::prepare(bytes) {
        Ok(pictures) => Ok(Scan { media: FileKind::Jpeg, bytes: pictures.full.jpeg }),
        Err(PictureProblem::Unknown) => Err(Error::invalid(field, "registry-evidence-format")),
        Err(why) => Err(Error::invalid(field, why.code())),
    }
}

fn pdf(field: &str, bytes: &[u8]) -> Result<Scan> {
    let has = |within: &[u8], mark: &[u8]| within.windows(mark.len()).any(|part| part == mark);
    if bytes.len() > PDF_BYTES_MAX {
        let most = PDF_BYTES_MAX / MEGABYTE;
        return Err(Error::Invalid(vec![Problem::with(field, "registry-evidence-large", most)]));
    }
    if !has(&bytes[bytes.len().saturating_sub(PDF_TAIL_BYTES)..], PDF_END) {
        return Err(Error::invalid(field, "registry-evidence-damaged"));
    }
    if has(bytes, b"/Encrypt") {
        return Err(Error::invalid(field, "registry-evidence-locked"));
    }
    if ACTIVE.iter().any(|mark| has(bytes, mark)) {
        return Err(Error::invalid(field, "registry-evidence-active"));
    }
    Ok(Scan { media: FileKind::Pdf, bytes: bytes.to_vec() })
}

/// The files of all evidence.
pub(crate) const FILES: Safe = Safe {
    name: "registry.evidence.file",
    purpose: PURPOSE,
    kept: safe::Kept::AsFile,
    page: |read, after, limit| {
        let rows: Vec<(String, String)> = read.all(
            "SELECT id, file FROM registry_evidence
             WHERE file IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
            &[&after, &limit],
        )?;
        Ok(rows.into_iter().map(|(id, hash)| (id, hash.into_bytes())).collect())
    },
    replace: |tx, swap| {
        let (old, new) = swap.hashes();
        Ok(tx.execute(
            "UPDATE registry_evidence SET file = $1 WHERE id = $2 AND file = $3",
            &[&new, &swap.key, &old],
        )?)
    },
};

/// The file itself, for whoever may see it.
pub(crate) async fn open(files: &Files, keyring: &Keyring, file: &str) -> Result<Vec<u8>> {
    let sealed = files.get(file).await.map_err(Error::broken)?;
    keyring.open_file(PURPOSE, &sealed).map_err(Error::broken)
}

/// Destroys a file that nobody needs any more. Done again it finds nothing, and that is right.
pub(super) const DESTROY: JobKind = JobKind { kind: "registry.destroy", run: destroy };

fn destroy(workshop: &Workshop, order: &serde_json::Value) -> Result<()> {
    let files = workshop.files.as_ref().ok_or_else(|| Error::broken("no file store"))?;
    let file = order["file"].as_str().ok_or_else(|| Error::broken("no file named"))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(Error::broken)?.block_on(files.remove(file)).map_err(Error::broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> &'static str {
        match prepare("file", bytes) {
            Err(Error::Invalid(problems)) => problems[0].code,
            other => panic!("it should be refused: {other:?}"),
        }
    }

    #[test]
    fn a_paper_is_judged_by_what_it_holds() {
        let scan = prepare("file", b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n").unwrap();
        assert_eq!(scan.media, FileKind::Pdf);
        assert_eq!(code(b"%PDF-1.7\n1 0 obj"), "registry-evidence-damaged");
        assert_eq!(code(b"%PDF-1.7\n/Encrypt 3 0 R\n%%EOF"), "registry-evidence-locked");
        assert_eq!(code(b"%PDF-1.7\n<</S/JavaScript>>\n%%EOF"), "registry-evidence-active");
        assert_eq!(code(b"PK\x03\x04 a letter"), "registry-evidence-format");
        assert_eq!(code(b""), "picture-empty");
        let mut large = b"%PDF-1.7\n".to_vec();
        large.resize(PDF_BYTES_MAX + 1, b' ');
        assert_eq!(code(&large), "registry-evidence-large");
    }
}
