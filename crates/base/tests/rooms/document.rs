//! Papers: numbers without gaps, codes anybody can check, and what was revoked says so.

use base::document::{self, Document, DocumentKind};
use base::{Db, Error};
use serde_json::json;

use crate::kit::{count, houses, read, write};

const ORDER: DocumentKind = DocumentKind { code: "SP", classification: "027" };
const HANDOVER: DocumentKind = DocumentKind { code: "BAST", classification: "027" };

fn issue(db: &Db, kind: DocumentKind, office: &'static str) -> Result<Document, Error> {
    write(db, move |tx| {
        document::issue(tx, kind, office, "order", &json!({ "title": "Surat Pesanan" }))
    })
}

#[test]
fn papers_are_numbered_by_kind_office_and_year_without_gaps() {
    for house in houses("numbered") {
        let db = &house.db;
        assert_eq!(issue(db, ORDER, "DISDIK").unwrap().number, "027/0001/SP/DISDIK/2026");
        assert_eq!(issue(db, ORDER, "DISDIK").unwrap().number, "027/0002/SP/DISDIK/2026");
        let undone: Result<(), Error> = write(db, |tx| {
            document::issue(tx, ORDER, "DISDIK", "order", &json!({}))?;
            Err(Error::Refused("test-undone"))
        });
        assert_eq!(undone.unwrap_err().code(), "test-undone");
        assert_eq!(issue(db, ORDER, "DISDIK").unwrap().number, "027/0003/SP/DISDIK/2026");
        assert_eq!(issue(db, ORDER, "DINKES").unwrap().number, "027/0001/SP/DINKES/2026");
        assert_eq!(issue(db, HANDOVER, "DISDIK").unwrap().number, "027/0001/BAST/DISDIK/2026");
        assert_eq!(issue(db, ORDER, "dinas pendidikan").unwrap_err().code(), "invalid");
        assert!(read(db, document::verify).unwrap().is_empty(), "{}", house.engine);
    }
}

#[test]
fn whoever_holds_a_paper_can_check_it_and_a_revoked_one_says_so() {
    for house in houses("checked") {
        let db = &house.db;
        let paper = issue(db, ORDER, "DISDIK").unwrap();
        let typed = paper.check_code.to_uppercase().replace('-', " ");
        let found = read(db, move |read| document::by_check_code(read, &typed)).unwrap().unwrap();
        assert_eq!(found.id, paper.id);
        assert_eq!(found.paper["title"], "Surat Pesanan");
        let unknown = read(db, |read| document::by_check_code(read, "0000-0000-0000")).unwrap();
        assert!(unknown.is_none());
        let id = paper.id.clone();
        let silent = write(db, move |tx| document::revoke(tx, &id, "")).unwrap_err();
        assert_eq!(silent.code(), "invalid");
        let id = paper.id.clone();
        let revoked = write(db, move |tx| document::revoke(tx, &id, "Jumlah keliru")).unwrap();
        assert_eq!(revoked.revoke_reason.as_deref(), Some("Jumlah keliru"));
        let id = paper.id.clone();
        let again = write(db, move |tx| document::revoke(tx, &id, "Lagi")).unwrap_err();
        assert_eq!(again.code(), "document-already-revoked");
        let all = read(db, |read| document::of_subject(read, "order")).unwrap();
        assert_eq!(all.len(), 1, "{}", house.engine);
    }
}

#[test]
fn a_paper_changed_behind_the_back_and_a_gap_are_found() {
    for house in houses("tampered") {
        let db = &house.db;
        let first = issue(db, ORDER, "DISDIK").unwrap();
        issue(db, ORDER, "DISDIK").unwrap();
        write(db, move |tx| {
            tx.housekeep::<(String,)>(
                "UPDATE base_documents SET paper = $2 WHERE id = $1",
                &[&first.id, &"{\"title\":\"Palsu\"}"],
            )?;
            Ok(())
        })
        .unwrap();
        let found = read(db, document::verify).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].where_.starts_with("027/0001/SP/DISDIK/2026"), "{found:?}");
        write(db, |tx| {
            tx.housekeep::<(String,)>("DELETE FROM base_documents WHERE serial = $1", &[&1_i64])?;
            Ok(())
        })
        .unwrap();
        let found = read(db, document::verify).unwrap();
        assert_eq!(found[0].where_, "SP/DISDIK/2026", "{}: {found:?}", house.engine);
        assert_eq!(count(db, "SELECT CAST(COUNT(*) AS BIGINT) FROM base_documents"), 1);
    }
}
