//! A report being written, row by row, in the form that was asked for; and a workbook drawn from a
//! JSON report, so that both say the same.

use std::io::{self, BufRead, Write};

use serde_json::Value;

use super::sheet::{ReportSheet, SheetTexts};
use super::writer::ReportWriter;
use super::{ReportHead, Summary};
use crate::business::ImportedRow;

/// How a report is written.
#[derive(Clone, Copy)]
pub enum Form<'a> {
    /// Not at all.
    Nothing,
    /// The contract.
    Json,
    /// A workbook in the words of its reader.
    Workbook(&'a SheetTexts),
}

/// A report being written. It needs no more memory than one row; a workbook is packed at the end.
pub struct Paper<'a> {
    form: Form<'a>,
    out: Option<&'a mut dyn Write>,
    written: Written<'a>,
}

enum Written<'a> {
    Nothing,
    Json(ReportWriter<&'a mut dyn Write>),
    Book(Box<ReportSheet<'a>>, Value),
}

impl<'a> Paper<'a> {
    /// An empty sheet; nothing is written before [`Paper::begin`].
    pub fn new(form: Form<'a>, out: &'a mut dyn Write) -> Paper<'a> {
        Paper { form, out: Some(out), written: Written::Nothing }
    }

    /// Begins with what is known of the file.
    pub fn begin(&mut self, head: &ReportHead) -> io::Result<()> {
        self.written = match self.form {
            Form::Nothing => Written::Nothing,
            Form::Json => {
                let out = self.out.take().expect("a report begins once");
                Written::Json(ReportWriter::new(out, head)?)
            }
            Form::Workbook(texts) => {
                let sheet = ReportSheet::new(texts).map_err(io::Error::other)?;
                Written::Book(Box::new(sheet), serde_json::to_value(head)?)
            }
        };
        Ok(())
    }

    /// Adds a row.
    pub fn row(&mut self, row: &ImportedRow) -> io::Result<()> {
        match &mut self.written {
            Written::Nothing => Ok(()),
            Written::Json(writer) => writer.row(row),
            Written::Book(sheet, _) => {
                sheet.row(&serde_json::to_value(row)?).map_err(io::Error::other)
            }
        }
    }

    /// Ends with the counts.
    pub fn end(self, summary: &Summary) -> io::Result<()> {
        match self.written {
            Written::Nothing => Ok(()),
            Written::Json(writer) => writer.end(summary).map(drop),
            Written::Book(sheet, head) => {
                let summary = serde_json::to_value(summary)?;
                let book = sheet.end(&head, &summary).map_err(io::Error::other)?;
                self.out.expect("only JSON takes it").write_all(&book)
            }
        }
    }
}

/// The workbook of a report that was written as JSON, read line by line.
pub fn workbook(report: impl BufRead, texts: &SheetTexts) -> Result<Vec<u8>, String> {
    let read = |json: &str| -> Result<Value, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    };
    let (mut sheet, mut head, mut summary) = (ReportSheet::new(texts)?, Value::Null, Value::Null);
    // The writer gives each row a line of its own, between the head and the counts.
    for (number, line) in report.lines().enumerate() {
        let line = line.map_err(|error| error.to_string())?;
        if number == 0 {
            head = read(&format!("{line}]}}"))?;
        } else if let Some(rest) = line.strip_prefix("],") {
            summary = read(&format!("{{{rest}"))?["summary"].take();
        } else if !line.is_empty() {
            sheet.row(&read(line.trim_end_matches(','))?)?;
        }
    }
    sheet.end(&head, &summary)
}
