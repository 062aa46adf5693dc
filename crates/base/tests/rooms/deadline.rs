//! Clocks: due in working days, reminded in time, passed once, and met late when they were late.

use base::deadline::{self, Deadline, Outcome, Swept, Wait};
use base::message::{self, Reader, To};
use base::policy::TermOutcome;
use base::{Date, Db, Error, Role, Tx};

use crate::kit::{DAY_MS, Noted, houses, pass_ms, read, write};

const ACCEPT: &str = "procurement.order_acceptance";
const PAY: &str = "procurement.payment";

fn seller() -> To {
    To::Organisation("o1".to_owned())
}

fn set(db: &Db, subject: &'static str, kind: &'static str) -> Result<Deadline, Error> {
    write(db, move |tx| {
        let on = seller();
        deadline::set(tx, &Wait { subject, kind, on: &on, link: Some("/orders/1") })
    })
}

fn lapse(tx: &mut Tx<'_>, deadline: &Deadline) -> Result<(), Error> {
    Ok(tx.record(&Noted { subject: deadline.subject.clone(), word: "lapsed".into() })?)
}

fn fall_over(_: &mut Tx<'_>, deadline: &Deadline) -> Result<(), Error> {
    assert_ne!(deadline.subject, "bad", "this outcome cannot be carried out");
    Ok(())
}

const LAPSE: &[Outcome] = &[Outcome { kind: ACCEPT, pass: lapse }];

fn kinds(db: &Db, subject: &'static str) -> Vec<String> {
    let events = read(db, move |read| base::of_subject(read, subject)).unwrap();
    let mut kinds: Vec<String> = events.into_iter().map(|event| event.kind).collect();
    kinds.sort();
    kinds
}

#[test]
fn an_order_before_lebaran_lapses_after_it_and_only_once() {
    for house in houses("lapses") {
        let db = &house.db;
        let clock = set(db, "order", ACCEPT).unwrap();
        assert_eq!(clock.due, Date::parse("2026-03-17").unwrap(), "three working days");
        assert_eq!(clock.outcome, TermOutcome::Lapse);
        assert_eq!(clock.reminder_key(), "procurement-order-acceptance-reminder");
        assert_eq!(set(db, "order", ACCEPT).unwrap_err().code(), "deadline-already-runs");
        assert_eq!(deadline::sweep_all(db, LAPSE).unwrap(), Swept::default());
        pass_ms(db, 4 * DAY_MS); // Monday 16 March, the day before the last
        let swept = deadline::sweep_all(db, LAPSE).unwrap();
        assert_eq!((swept.reminded, swept.passed), (1, 0), "{}", house.engine);
        let reader = Reader::new("p1", Some("o1"), &[Role::Owner]);
        let told = read(db, move |read| message::list(read, &reader, None, 10)).unwrap();
        assert_eq!(told[0].key, "procurement-order-acceptance-reminder");
        assert_eq!(told[0].args["days"], 1);
        assert_eq!(told[0].link.as_deref(), Some("/orders/1"));
        assert_eq!(deadline::sweep_all(db, LAPSE).unwrap(), Swept::default(), "reminded once");
        pass_ms(db, DAY_MS); // the last day itself still counts whole
        assert_eq!(deadline::sweep_all(db, LAPSE).unwrap().passed, 0);
        pass_ms(db, DAY_MS);
        assert_eq!(deadline::sweep_all(db, LAPSE).unwrap().passed, 1);
        assert_eq!(deadline::sweep_all(db, LAPSE).unwrap(), Swept::default(), "passed once");
        let open = read(db, |read| deadline::open_of(read, "order")).unwrap();
        assert!(open.is_empty(), "a lapsed wait is over");
        let expected = ["deadline.passed", "deadline.reminded", "deadline.set", "test.noted"];
        assert_eq!(kinds(db, "order"), expected);
        set(db, "order", ACCEPT).unwrap(); // the next seller gets a clock of their own
    }
}

#[test]
fn a_clock_that_was_met_or_cancelled_passes_nobody() {
    for house in houses("met") {
        let db = &house.db;
        set(db, "met", ACCEPT).unwrap();
        set(db, "cancelled", ACCEPT).unwrap();
        let met = write(db, |tx| deadline::meet(tx, "met", ACCEPT)).unwrap().unwrap();
        assert!(met.met_at.is_some() && !met.open);
        let none = write(db, |tx| {
            tx.record(&Noted { subject: "met".into(), word: "again".into() })?;
            deadline::meet(tx, "met", ACCEPT)
        });
        assert!(none.unwrap().is_none());
        let gone = write(db, |tx| deadline::cancel(tx, "cancelled", ACCEPT)).unwrap().unwrap();
        assert!(gone.cancelled_at.is_some());
        pass_ms(db, 60 * DAY_MS);
        assert_eq!(deadline::sweep_all(db, LAPSE).unwrap(), Swept::default(), "{}", house.engine);
    }
}

#[test]
fn a_late_payment_stays_due_until_it_is_made() {
    for house in houses("late") {
        let db = &house.db;
        let agreed = write(db, |tx| {
            let on = To::Role { organisation: Some("agency".into()), role: Role::Treasurer };
            let wait = Wait { subject: "order", kind: PAY, on: &on, link: None };
            deadline::set_until(tx, &wait, Date::parse("2026-04-30").unwrap())
        });
        assert_eq!(agreed.unwrap().due, Date::parse("2026-04-30").unwrap());
        pass_ms(db, 60 * DAY_MS);
        let swept = deadline::sweep_all(db, &[]).unwrap();
        assert_eq!(swept.passed, 1, "a kind without an outcome passes all the same");
        let treasurer = Reader::new("p2", Some("agency"), &[Role::Treasurer]);
        let today = Date::parse("2026-05-11").unwrap();
        let due = read(db, move |read| deadline::due_list(read, &treasurer, today)).unwrap();
        assert!(due[0].is_overdue(today) && due[0].passed_at.is_some(), "{}", house.engine);
        let met = write(db, |tx| deadline::meet(tx, "order", PAY)).unwrap().unwrap();
        assert!(met.passed_at.is_some() && met.met_at.is_some(), "met, and late");
        let all = read(db, |read| deadline::of_subject(read, "order")).unwrap();
        assert_eq!(all.len(), 1);
    }
}

#[test]
fn an_outcome_that_fails_is_set_aside_and_holds_up_nobody() {
    for house in houses("fails") {
        let db = &house.db;
        for subject in ["a", "bad", "z"] {
            set(db, subject, ACCEPT).unwrap();
        }
        pass_ms(db, 30 * DAY_MS);
        let outcomes = [Outcome { kind: ACCEPT, pass: fall_over }];
        let swept = deadline::sweep_all(db, &outcomes).unwrap();
        assert_eq!((swept.passed, swept.failed), (2, 1), "{}", house.engine);
        let failed = read(db, deadline::failed).unwrap();
        assert_eq!(failed[0].subject, "bad");
        assert!(failed[0].failure.as_ref().unwrap().contains("cannot be carried out"));
        assert_eq!(deadline::sweep_all(db, &outcomes).unwrap(), Swept::default(), "not at once");
        pass_ms(db, DAY_MS);
        let swept = deadline::sweep_all(db, LAPSE).unwrap();
        assert_eq!(swept.passed, 1, "tried again, and mended");
    }
}

#[test]
fn a_kind_without_a_term_is_refused() {
    for house in houses("no_term") {
        let refused = set(&house.db, "order", "procurement.nothing").unwrap_err();
        assert_eq!(refused.code(), "deadline-without-term", "{}", house.engine);
    }
}
