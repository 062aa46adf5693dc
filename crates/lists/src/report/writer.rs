//! Writes the JSON report while the rows come, so that a list of any length needs no more memory
//! than one row. The summary stands last, because it is known last.

use std::io::{self, Write};

use serde::Serialize;

use super::{ReportHead, Summary};
use crate::business::ImportedRow;

/// A report being written.
pub(super) struct ReportWriter<W: Write> {
    out: W,
    rows: u64,
}

impl<W: Write> ReportWriter<W> {
    /// Begins with the head.
    pub(super) fn new(mut out: W, head: &ReportHead) -> io::Result<ReportWriter<W>> {
        out.write_all(b"{")?;
        entry(&mut out, "file", &head.file)?;
        entry(&mut out, "sha256", &head.sha256)?;
        entry(&mut out, "dry_run", &head.dry_run)?;
        entry(&mut out, "mapping", &head.mapping)?;
        out.write_all(b"\"rows\":[")?;
        Ok(ReportWriter { out, rows: 0 })
    }

    /// Adds a row.
    pub(super) fn row(&mut self, row: &ImportedRow) -> io::Result<()> {
        self.out.write_all(if self.rows == 0 { b"\n" } else { b",\n" })?;
        self.rows += 1;
        serde_json::to_writer(&mut self.out, row).map_err(io::Error::from)
    }

    /// Ends with the counts and gives back what was written to.
    pub(super) fn end(mut self, summary: &Summary) -> io::Result<W> {
        self.out.write_all(b"\n],\"summary\":")?;
        serde_json::to_writer(&mut self.out, summary).map_err(io::Error::from)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn entry(out: &mut impl Write, key: &str, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, key).map_err(io::Error::from)?;
    out.write_all(b":")?;
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    out.write_all(b",")
}
