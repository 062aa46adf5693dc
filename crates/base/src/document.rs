//! Papers: numbered without gaps per kind, office and year, kept as they were issued, checked by
//! anybody who holds one.
//!
//! The row holds the paper as JSON; whoever asks for a PDF gets it drawn from that, so page and
//! print cannot differ. Its hash also stands in the event of its issue, which is sealed.

use db::{Event, FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use crate::files::hash;
use crate::{Date, Error, Finding, Id, Problem, Result, Timestamp, number};

/// The identity of a document.
pub type DocumentId = Id<Document>;

/// A kind of paper, as an area names it.
#[derive(Debug, Clone, Copy)]
pub struct DocumentKind {
    /// Its letters in the number: `SP`, `BAST`.
    pub code: &'static str,
    /// The archive's classification it is filed under: `027` is procurement.
    pub classification: &'static str,
}

/// A paper as it was issued.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Document {
    /// Its row.
    pub id: DocumentId,
    /// `SP`, `BAST`.
    pub kind: String,
    /// The letters of the office that issued it: `DISDIK`.
    pub office: String,
    /// The case it belongs to.
    pub subject: String,
    /// As it is printed: `027/0001/SP/DISDIK/2026`.
    pub number: String,
    /// What its QR leads to; whoever holds the paper knows it.
    pub check_code: String,
    /// The paper.
    pub paper: serde_json::Value,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// By whom.
    pub issued_by: String,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// Why it was revoked.
    pub revoke_reason: Option<String>,
}

impl FromRow for Document {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Document {
            id: row.take()?,
            kind: row.take()?,
            office: row.take()?,
            subject: row.take()?,
            number: row.take()?,
            check_code: row.take()?,
            paper: serde_json::from_str(&row.take::<String>()?).unwrap_or_default(),
            issued_at: row.take()?,
            issued_by: row.take()?,
            revoked_at: row.take()?,
            revoke_reason: row.take()?,
        })
    }
}

const REASON_CHARS_MAX: usize = 500;
const OFFICE_CHARS_MAX: usize = 30;
const PAPER_BYTES_MAX: usize = 512 * 1024;
/// More papers than a case has.
const SHOWN_MAX: i64 = 200;

/// Issues a paper. A building block: the command that calls it has asked for the permission.
pub fn issue(
    tx: &mut Tx<'_>,
    kind: DocumentKind,
    office: &str,
    subject: &str,
    paper: &impl Serialize,
) -> Result<Document> {
    if !is_office(office) {
        let problem = Problem::with("office", "document-office-wrong", OFFICE_CHARS_MAX);
        return Err(Error::Invalid(vec![problem]));
    }
    let paper = serde_json::to_string(paper).map_err(Error::broken)?;
    if paper.len() > PAPER_BYTES_MAX {
        return Err(Error::broken(format!("a paper of {} bytes is too large", paper.len())));
    }
    let id: DocumentId = tx.new_id();
    let year = Date::today(tx).year();
    let serial = number::next(tx, &format!("document/{}/{office}/{year}", kind.code))?;
    let number = numbered(kind, office, year, serial);
    let (check_code, paper_hash) = (check_code(tx), hash(paper.as_bytes()));
    let (now_ms, actor) = (tx.now_ms(), tx.actor().id.clone());
    tx.execute(
        "INSERT INTO base_documents (id, kind, office, subject, number, year, serial, check_code,
             paper, paper_hash, issued_at, issued_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &[
            &id,
            &kind.code,
            &office,
            &subject,
            &number,
            &year,
            &serial,
            &check_code,
            &paper,
            &paper_hash,
            &now_ms,
            &actor,
        ],
    )?;
    let kind = kind.code.to_owned();
    tx.record(&DocumentIssued {
        document: id.clone(),
        subject: subject.to_owned(),
        kind,
        number,
        paper_hash,
    })?;
    find(tx, &id)
}

/// Declares a paper void. It stays readable and says so, with the reason.
pub fn revoke(tx: &mut Tx<'_>, id: &DocumentId, reason: &str) -> Result<Document> {
    let document = find(tx, id)?;
    if document.revoked_at.is_some() {
        return Err(Error::Refused("document-already-revoked"));
    }
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        let problem = Problem::with("reason", "document-reason-missing", REASON_CHARS_MAX);
        return Err(Error::Invalid(vec![problem]));
    }
    let (now_ms, actor) = (tx.now_ms(), tx.actor().id.clone());
    tx.execute(
        "UPDATE base_documents SET revoked_at = $2, revoked_by = $3, revoke_reason = $4
         WHERE id = $1",
        &[id, &now_ms, &actor, &reason],
    )?;
    tx.record(&DocumentRevoked {
        document: id.clone(),
        subject: document.subject,
        number: document.number,
        reason: reason.to_owned(),
    })?;
    find(tx, id)
}

/// Id and number of those of these ids that are papers. Asks for no permission.
pub fn numbers(read: &mut Read<'_>, ids: &[&str]) -> Result<Vec<(String, String)>> {
    crate::among(read, "SELECT id, number FROM base_documents WHERE id", ids)
}

/// One paper, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &DocumentId) -> Result<Document> {
    let document = read.first(
        "SELECT id, kind, office, subject, number, check_code, paper, issued_at, issued_by,
                revoked_at, revoke_reason
         FROM base_documents WHERE id = $1",
        &[id],
    )?;
    document.ok_or(Error::NotFound)
}

/// The paper with this code, as people type it or a QR carries it.
pub fn by_check_code(read: &mut Read<'_>, code: &str) -> Result<Option<Document>> {
    let Some(code) = read_check_code(code) else { return Ok(None) };
    Ok(read.first(
        "SELECT id, kind, office, subject, number, check_code, paper, issued_at, issued_by,
                revoked_at, revoke_reason
         FROM base_documents WHERE check_code = $1",
        &[&code],
    )?)
}

/// The papers of a case, oldest first, the revoked ones too.
pub fn of_subject(read: &mut Read<'_>, subject: &str) -> Result<Vec<Document>> {
    Ok(read.all(
        "SELECT id, kind, office, subject, number, check_code, paper, issued_at, issued_by,
                revoked_at, revoke_reason
         FROM base_documents WHERE subject = $1 ORDER BY id LIMIT $2",
        &[&subject, &SHOWN_MAX],
    )?)
}

/// How many papers are examined in one query.
const VERIFIED_AT_ONCE: i64 = 500;

/// Papers that are not what was issued, and gaps in the numbers.
pub fn verify(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut last = String::new();
    loop {
        let rows: Vec<(String, String, String, String)> = read.all(
            "SELECT id, number, paper, paper_hash FROM base_documents
             WHERE id > $1 ORDER BY id LIMIT $2",
            &[&last, &VERIFIED_AT_ONCE],
        )?;
        let Some((id, ..)) = rows.last() else { break };
        last.clone_from(id);
        let changed = rows.into_iter().filter(|(.., paper, kept)| hash(paper.as_bytes()) != *kept);
        findings.extend(changed.map(|(id, number, ..)| {
            Finding::new(
                "document",
                "the paper is not the one that was issued",
                format!("{number} ({id})"),
            )
        }));
    }
    let gaps: Vec<(String, String, i64, i64, i64)> = read.all(
        "SELECT kind, office, year, CAST(COUNT(*) AS BIGINT), CAST(MAX(serial) AS BIGINT)
         FROM base_documents GROUP BY kind, office, year
         HAVING COUNT(*) <> MAX(serial) OR MIN(serial) <> 1 ORDER BY kind, office, year",
        &[],
    )?;
    findings.extend(gaps.into_iter().map(|(kind, office, year, count, last)| {
        let what = format!("{count} papers are there, the last is numbered {last}");
        Finding::new("document", what, format!("{kind}/{office}/{year}"))
    }));
    Ok(findings)
}

/// `027/0001/SP/DISDIK/2026`.
fn numbered(kind: DocumentKind, office: &str, year: i64, serial: i64) -> String {
    format!("{}/{serial:04}/{}/{office}/{year}", kind.classification, kind.code)
}

/// Letters, digits, dots and dashes: what a letterhead abbreviates an office to.
fn is_office(office: &str) -> bool {
    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
    (1..=OFFICE_CHARS_MAX).contains(&office.len()) && office.bytes().all(plain)
}

const CODE_CHARS: usize = 12;

/// Sixty bits of chance, without letters that are mistaken for digits.
fn check_code(tx: &mut Tx<'_>) -> String {
    let id: String = tx.new_id();
    grouped(&id[id.len() - CODE_CHARS..])
}

/// `k3f92b7a4mzq` as `k3f9-2b7a-4mzq`.
fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// Forgives capitals, missing dashes, and the letters that look like digits.
fn read_check_code(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2013}'));
    let code: String = letters
        .take(CODE_CHARS + 1)
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    let plain = code.len() == CODE_CHARS && code.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| grouped(&code))
}

/// A paper was issued.
#[derive(Debug, Serialize)]
pub struct DocumentIssued {
    /// The paper.
    pub document: DocumentId,
    /// The case.
    #[serde(skip)]
    pub subject: String,
    /// `SP`, `BAST`.
    pub kind: String,
    /// As printed.
    pub number: String,
    /// SHA-256 of the paper's JSON.
    pub paper_hash: String,
}

/// A paper was declared void.
#[derive(Debug, Serialize)]
pub struct DocumentRevoked {
    /// The paper.
    pub document: DocumentId,
    /// The case.
    #[serde(skip)]
    pub subject: String,
    /// As printed.
    pub number: String,
    /// Why.
    pub reason: String,
}

impl Event for DocumentIssued {
    const KIND: &'static str = "document.issued";
    fn subject(&self) -> String {
        self.subject.clone()
    }
}
impl Event for DocumentRevoked {
    const KIND: &'static str = "document.revoked";
    fn subject(&self) -> String {
        self.subject.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_code_is_forgiven_how_it_was_typed() {
        let code = grouped("k0f92b1a4mzq");
        assert_eq!(code, "k0f9-2b1a-4mzq");
        for typed in ["k0f9-2b1a-4mzq", "K0F92B1A4MZQ", " KOF9 2Bla 4mzq "] {
            assert_eq!(read_check_code(typed).as_ref(), Some(&code), "{typed}");
        }
        for wrong in ["", "k0f9", "k0f9-2b1a-4mzq-7", "k0f9-2b1a-4mz%", "ééééééééé"] {
            assert_eq!(read_check_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_office_is_written_as_a_letterhead_abbreviates_it() {
        assert!(is_office("DISDIK") && is_office("KEC.TEMBALANG") && is_office("BAG-UMUM"));
        assert!(!is_office("") && !is_office("Dinas Pendidikan") && !is_office("A/B"));
    }
}
