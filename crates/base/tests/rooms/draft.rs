//! What becomes of a draft: sent back, refused as unchanged, and which version it replaces.

use base::policy::{self, Draft, KINDS, Mark, State};
use base::{Db, Error};
use serde_json::json;

use crate::kit::{acting, houses, read, write};
use crate::policy::{date, obligation};

#[test]
fn a_draft_goes_back_with_a_note_and_its_author_hears_of_it() {
    for house in houses("sent_back") {
        let writer = acting(&house.db, "ani", &["policy.draft", "policy.approve"]);
        let second = acting(&house.db, "budi", &["policy.approve"]);
        let draft = obligation("must", "2026-04-01");
        let id = write(&writer, move |tx| policy::draft(tx, KINDS, &draft)).unwrap().id;
        let back = |db: &Db, note: &'static str| {
            let id = id.clone();
            write(db, move |tx| policy::send_back(tx, &id, note))
        };
        assert_eq!(back(&writer, "x").unwrap_err().code(), "policy-nobody-to-return-to");
        assert_eq!(back(&second, " ").unwrap_err().code(), "invalid");
        let returned = back(&second, "Dasarnya Perwal 8").unwrap();
        assert_eq!(returned.state, State::Returned, "{}", house.engine);
        assert_eq!(returned.withdrawal_reason.as_deref(), Some("Dasarnya Perwal 8"));
        assert_eq!(back(&second, "lagi").unwrap_err().code(), "policy-not-a-draft");
        let approved = {
            let id = id.clone();
            write(&second, move |tx| policy::approve(tx, KINDS, &id))
        };
        assert_eq!(approved.unwrap_err().code(), "policy-not-a-draft");
        let reader = base::message::Reader::new("ani", None, &[]);
        let told = read(&house.db, move |read| {
            base::message::list(read, &reader, None, 10).map(|list| list[0].key.clone())
        });
        assert_eq!(told.unwrap(), "policies-told-returned");
    }
}

#[test]
fn a_draft_of_an_unlikely_day_or_resting_on_a_paper_of_the_future_is_refused() {
    for house in houses("unlikely") {
        let writer = acting(&house.db, "ani", &["policy.draft"]);
        let wrong = |draft: Draft| match write(&writer, move |tx| policy::draft(tx, KINDS, &draft))
        {
            Err(Error::Invalid(problems)) => problems.into_iter().map(|it| it.field).collect(),
            _ => Vec::new(),
        };
        assert_eq!(wrong(obligation("must", "1800-01-01")), ["valid_from"]);
        assert_eq!(wrong(obligation("must", "2999-01-01")), ["valid_from"], "{}", house.engine);
        let mut unsigned = obligation("must", "2026-04-01");
        unsigned.basis.year = Some(2099);
        unsigned.basis.dated = Some(date("2999-01-01"));
        assert_eq!(wrong(unsigned), ["dated", "year"]);
        let right = obligation("must", "2026-04-01");
        assert!(write(&writer, move |tx| policy::draft(tx, KINDS, &right)).is_ok());
    }
}

#[test]
fn a_draft_that_says_what_already_holds_is_refused() {
    for house in houses("unchanged") {
        let writer = acting(&house.db, "ani", &["policy.draft"]);
        let kind = "base.local_purchase_obligation";
        let old = read(&house.db, move |read| policy::history(read, kind)).unwrap().remove(0);
        let same = Draft {
            body: old.body,
            basis: old.basis,
            mark: old.mark,
            ..obligation("priority", "2026-04-01")
        };
        let other = Draft { mark: Mark::CityChoice, ..same.clone() };
        let Err(Error::Invalid(problems)) =
            write(&writer, move |tx| policy::draft(tx, KINDS, &same))
        else {
            panic!("an unchanged draft was taken");
        };
        assert_eq!(problems[0].code, "policy-draft-unchanged", "{}", house.engine);
        write(&writer, move |tx| policy::draft(tx, KINDS, &other)).unwrap();
    }
}

#[test]
fn a_version_replaces_the_one_that_holds_on_its_first_day_whatever_its_number() {
    for house in houses("replaces") {
        let writer = acting(&house.db, "ani", &["policy.draft"]);
        let second = acting(&house.db, "budi", &["policy.approve"]);
        let make = |up_to: i64, from: &'static str| {
            let mut draft = obligation("must", from);
            draft.body["up_to"] = json!(up_to);
            let id = write(&writer, move |tx| policy::draft(tx, KINDS, &draft)).unwrap().id;
            write(&second, move |tx| policy::approve(tx, KINDS, &id)).unwrap();
        };
        make(1, "2026-06-01"); // version 2
        make(2, "2026-04-01"); // version 3, written later and in force sooner
        make(3, "2026-05-01"); // version 4
        let kind = "base.local_purchase_obligation";
        let versions = read(&house.db, move |read| policy::history(read, kind)).unwrap();
        let of = |number: i64| versions.iter().find(|version| version.version == number).unwrap();
        let replaced = |n: i64| policy::replaced(&versions, of(n)).map(|old| old.version);
        assert_eq!([replaced(2), replaced(3), replaced(4)], [Some(4), Some(1), Some(3)]);
        assert_eq!(of(4).based_on, Some(1), "{}", house.engine);
    }
}
