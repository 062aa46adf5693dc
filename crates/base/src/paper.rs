//! Official papers: order letters, handover records, receipts. A `Paper` is what a paper says; it is
//! stored as JSON and drawn on demand, so the same paper always gives the same bytes. The drawing is
//! a small layout of our own over krilla: A4, readable by screen readers (PDF/UA-1) and fit for the
//! archive (PDF/A-2a), with a code that leads to its public check page.

mod draw;
mod face;
mod letter;
mod sheet;
mod table;
mod tags;
mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Date, Rupiah};

pub use words::terbilang;

/// Most rows of one table.
pub const ROWS_MAX: usize = 2_000;
/// Most columns of one table.
pub const COLUMNS_MAX: usize = 12;
/// Most text in one paper, in bytes of its JSON.
pub const TEXT_BYTES_MAX: usize = 300_000;
/// Most parties, and most signatures.
pub const PEOPLE_MAX: usize = 8;

/// Most facts about one party.
pub const PARTY_FACTS_MAX: usize = 20;

/// Everything a paper says. Fields beyond the first four may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Who speaks.
    pub issuer: Issuer,
    /// What it is, such as `Surat Pesanan`; drawn in capitals.
    pub kind: String,
    /// Its number, such as `027/0143/Dinkes/2026`.
    pub number: String,
    /// The day it bears.
    pub date: Date,
    /// Between whom; drawn side by side.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// Paragraphs before the facts.
    #[serde(default)]
    pub intro: Vec<String>,
    /// Labelled facts, one below the other.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// Lines of goods, inspected quantities, instalments.
    #[serde(default)]
    pub table: Option<Table>,
    /// The sum the paper is about, repeated in words.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// Paragraphs after the table.
    #[serde(default)]
    pub closing: Vec<String>,
    /// Who signs.
    #[serde(default)]
    pub signatures: Vec<Signature>,
    /// Names of what goes with it.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// The public address that says whether the paper is true.
    #[serde(default)]
    pub check_url: Option<String>,
    /// Set when the paper no longer holds: since when and why. Drawn across every page.
    #[serde(default)]
    pub revoked: Option<String>,
}

impl Paper {
    /// A paper with its head only; the rest is filled in by setting fields.
    pub fn new(issuer: Issuer, kind: &str, number: &str, date: Date) -> Paper {
        Paper {
            issuer,
            kind: kind.to_owned(),
            number: number.to_owned(),
            date,
            parties: Vec::new(),
            intro: Vec::new(),
            facts: Vec::new(),
            table: None,
            amount: None,
            closing: Vec::new(),
            signatures: Vec::new(),
            attachments: Vec::new(),
            check_url: None,
            revoked: None,
        }
    }

    /// The paper as whoever holds its check code may see it.
    #[must_use]
    pub fn for_everybody(mut self) -> Paper {
        self.facts.retain(|fact| !fact.private);
        self.parties.iter_mut().for_each(|party| party.facts.retain(|fact| !fact.private));
        self
    }
}

/// The letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// The first line, such as `Pemerintah Kota Semarang`.
    pub city: String,
    /// The office, such as `Dinas Kesehatan`.
    pub agency: String,
    /// Street, telephone, web: a line each.
    #[serde(default)]
    pub address: Vec<String>,
    /// The city's slug, which chooses the colours of its hem.
    #[serde(default)]
    pub slug: String,
}

/// One side of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its part, such as `Pemesan` or `Pihak Kedua`.
    pub role: String,
    /// Its name.
    pub name: String,
    /// What identifies it. Never a NIK.
    #[serde(default)]
    pub facts: Vec<Fact>,
}

/// A label and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Such as `Tempat`.
    pub label: String,
    /// Such as `Aula Kecamatan Gajahmungkur`.
    pub value: String,
    /// Only for those the paper concerns: how to reach a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
}

impl Fact {
    /// A label and what it says.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Fact {
        Fact { label: label.into(), value: value.into(), private: false }
    }

    /// The same, kept from whoever only holds the paper's check code.
    #[must_use]
    pub fn for_parties(self) -> Fact {
        Fact { private: true, ..self }
    }
}

/// A table; its head is repeated on every page it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// From left to right.
    pub columns: Vec<Column>,
    /// As many cells as columns; missing ones stay empty.
    pub rows: Vec<Vec<String>>,
    /// Sums under the last column.
    #[serde(default)]
    pub totals: Vec<Fact>,
}

/// How one column looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Where its words stand.
    pub align: Align,
    /// Its share of the width, relative to the other columns.
    pub share: u16,
}

impl Column {
    /// A column of words.
    pub fn words(title: &str, share: u16) -> Column {
        Column { title: title.to_owned(), align: Align::Start, share }
    }

    /// A column of figures, which stand at the end.
    pub fn figures(title: &str, share: u16) -> Column {
        Column { title: title.to_owned(), align: Align::End, share }
    }
}

/// Where words stand in their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Words.
    Start,
    /// Marks and short codes.
    Center,
    /// Figures.
    End,
}

/// The sum a paper is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Such as `Jumlah yang dibayar`.
    pub label: String,
    /// Drawn in figures and in words.
    pub sum: Rupiah,
}

/// A place for a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Such as `Pejabat Pembuat Komitmen`.
    pub role: String,
    /// Who signs.
    pub name: String,
    /// Under the name: an office or an official's number.
    #[serde(default)]
    pub note: String,
    /// When it was approved in Gerai, such as `Disetujui 26 Februari 2026, 14.30 WIB`; empty leaves
    /// room for ink.
    #[serde(default)]
    pub approved: String,
}

/// Why a paper cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperError {
    /// More than the limits allow; says of what.
    TooMuch(&'static str),
    /// The check address does not fit its code.
    CheckUrl,
    /// The PDF could not be written. This would be a mistake of ours.
    Writing(String),
}

impl fmt::Display for PaperError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PaperError::TooMuch(what) => write!(f, "the paper has too much {what}"),
            PaperError::CheckUrl => write!(f, "the check address does not fit a QR code"),
            PaperError::Writing(why) => write!(f, "the PDF could not be written: {why}"),
        }
    }
}

impl std::error::Error for PaperError {}

/// Draws a paper. The same paper gives the same bytes.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    check_limits(paper)?;
    let sheet = letter::compose(paper)?;
    draw::pdf(paper, &sheet)
}

fn check_limits(paper: &Paper) -> Result<(), PaperError> {
    if paper.parties.len() > PEOPLE_MAX || paper.signatures.len() > PEOPLE_MAX {
        return Err(PaperError::TooMuch("people"));
    }
    if paper.parties.iter().any(|party| party.facts.len() > PARTY_FACTS_MAX) {
        return Err(PaperError::TooMuch("facts"));
    }
    if let Some(table) = &paper.table {
        if table.rows.len() > ROWS_MAX || table.totals.len() > ROWS_MAX {
            return Err(PaperError::TooMuch("rows"));
        }
        let widest = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        if table.columns.len() > COLUMNS_MAX || widest > COLUMNS_MAX {
            return Err(PaperError::TooMuch("columns"));
        }
    }
    // The JSON counts every word of every field, present and future.
    let text = serde_json::to_string(paper).map_err(|e| PaperError::Writing(e.to_string()))?;
    if text.len() > TEXT_BYTES_MAX {
        return Err(PaperError::TooMuch("text"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
