//! Looks at the first bytes, and into packed files before anything unpacks them: every part is
//! measured while it is unpacked into nothing, and the file is refused when it grows too far.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;

use crate::limits::{
    UNPACK_RATIO_FREE_BYTES, UNPACK_RATIO_MAX, UNPACKED_BYTES_MAX, UNPACKED_PARTS_MAX,
};
use crate::understanding::Unreadable;

/// What the bytes are.
pub(super) enum Kind {
    /// Office Open XML.
    Xlsx,
    /// OpenDocument: its content, unpacked.
    Ods(String),
    /// The old binary format in its container.
    Xls,
    /// Something that is not packed.
    Plain,
}

const ZIP: &[u8] = b"PK\x03\x04";
const CONTAINER: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Tells the kind by content.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, Unreadable> {
    if bytes.starts_with(CONTAINER) {
        return Ok(Kind::Xls);
    }
    if !bytes.starts_with(ZIP) {
        return Ok(Kind::Plain);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let names: Vec<String> =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    let is_xlsx = has("xl/workbook.xml");
    if !is_xlsx && !has("content.xml") {
        return Err(Unreadable::UnknownKind);
    }
    measure(&mut archive)?;
    if is_xlsx {
        return Ok(Kind::Xlsx);
    }
    let mut content = String::new();
    let part = archive.by_name("content.xml").map_err(damaged)?;
    part.take(UNPACKED_BYTES_MAX)
        .read_to_string(&mut content)
        .map_err(|error| Unreadable::Damaged(error.to_string()))?;
    Ok(Kind::Ods(content))
}

/// Unpacks every part into nothing and counts. What the directory claims is not believed.
fn measure(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Unreadable> {
    if archive.len() > UNPACKED_PARTS_MAX {
        return Err(Unreadable::TooLarge);
    }
    let mut total = 0;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(damaged)?;
        let packed = part.compressed_size().max(1);
        let limit = (packed.saturating_mul(UNPACK_RATIO_MAX))
            .max(UNPACK_RATIO_FREE_BYTES)
            .min(UNPACKED_BYTES_MAX - total);
        let size = copy(&mut part.take(limit + 1), &mut sink())
            .map_err(|error| Unreadable::Damaged(error.to_string()))?;
        if size > limit {
            return Err(Unreadable::TooLarge);
        }
        total += size;
    }
    Ok(())
}

fn damaged(error: impl std::fmt::Display) -> Unreadable {
    Unreadable::Damaged(error.to_string())
}
