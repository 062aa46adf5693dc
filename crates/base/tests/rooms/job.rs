//! Jobs: each claimed once by many workers, put back with a pause, dead in the end, revived.

use std::sync::{Arc, Mutex};
use std::thread;

use base::job::{self, ATTEMPTS_MAX, JobKind, LOCK_MS, Workshop, work_once};
use base::keyring::Keyring;
use base::message::Mailer;
use base::webhook::Courier;
use base::{Db, Error, Timestamp};
use serde_json::{Value, json};

use crate::kit::{DAY_MS, Noted, count, houses, pass_ms, read, write};

fn workshop(db: &Db) -> Workshop {
    let keyring = Arc::new(Keyring::generate());
    Workshop {
        db: db.clone(),
        files: None,
        kept: Vec::new(),
        mailer: Mailer::none(),
        keyring,
        courier: Courier::new(),
    }
}

fn record(workshop: &Workshop, data: &Value) -> Result<(), Error> {
    let word = data["word"].as_str().unwrap_or_default().to_owned();
    write(&workshop.db, move |tx| {
        Ok(tx.record(&Noted { subject: format!("job {word}"), word: word.clone() })?)
    })
}

fn fail(_: &Workshop, data: &Value) -> Result<(), Error> {
    assert_ne!(data["how"], "panic", "the job fell over");
    Err(Error::broken("the job failed"))
}

const KINDS: &[JobKind] =
    &[JobKind { kind: "test.record", run: record }, JobKind { kind: "test.fail", run: fail }];

fn enqueue(db: &Db, kind: &'static str, data: Value) {
    write(db, move |tx| job::enqueue(tx, kind, &data, None)).unwrap();
}

#[test]
fn forty_jobs_are_done_once_each_by_eight_workers() {
    for house in houses("forty") {
        let workshop = workshop(&house.db);
        for n in 0..40 {
            enqueue(&house.db, "test.record", json!({ "word": format!("{n:02}") }));
        }
        let done = Mutex::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    loop {
                        match work_once(&workshop, KINDS) {
                            Ok(true) => *done.lock().unwrap() += 1,
                            Ok(false) => break,
                            Err(Error::Busy) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                });
            }
        });
        assert_eq!(*done.lock().unwrap(), 40, "{}", house.engine);
        let noted = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE kind = 'test.noted'";
        assert_eq!(count(&house.db, noted), 40);
        let subjects =
            "SELECT CAST(COUNT(DISTINCT subject) AS BIGINT) FROM events WHERE kind = 'test.noted'";
        assert_eq!(count(&house.db, subjects), 40);
        assert_eq!(read(&house.db, job::backlog).unwrap(), (0, None));
    }
}

#[test]
fn a_failing_job_is_tried_with_pauses_and_then_lies_dead_until_revived() {
    for house in houses("dead") {
        let workshop = workshop(&house.db);
        enqueue(&house.db, "test.fail", json!({ "how": "error" }));
        assert!(work_once(&workshop, KINDS).unwrap());
        assert!(!work_once(&workshop, KINDS).unwrap(), "not again at once");
        for _ in 1..ATTEMPTS_MAX {
            pass_ms(&house.db, DAY_MS);
            assert!(work_once(&workshop, KINDS).unwrap());
        }
        pass_ms(&house.db, DAY_MS);
        assert!(!work_once(&workshop, KINDS).unwrap(), "dead jobs rest");
        let dead = read(&house.db, |read| job::dead(read, None, 10)).unwrap();
        assert_eq!(dead[0].error.as_deref(), Some("the job failed"), "{}", house.engine);
        let id = dead[0].id.clone();
        write(&house.db, move |tx| job::revive(tx, &id)).unwrap();
        assert!(work_once(&workshop, KINDS).unwrap());
        assert_eq!(read(&house.db, job::dead_count).unwrap(), 0);
    }
}

#[test]
fn a_dead_job_is_let_be_by_somebody_who_says_why() {
    for house in houses("discard") {
        let workshop = workshop(&house.db);
        for _ in 0..2 {
            enqueue(&house.db, "test.fail", json!({ "how": "error" }));
        }
        for _ in 0..ATTEMPTS_MAX {
            pass_ms(&house.db, DAY_MS);
            while work_once(&workshop, KINDS).unwrap() {}
        }
        let first = read(&house.db, |read| job::dead(read, None, 1)).unwrap().remove(0);
        assert_eq!(first.attempts, ATTEMPTS_MAX, "{}", house.engine);
        let cursor = first.cursor();
        let second = read(&house.db, move |read| job::dead(read, Some(&cursor), 1)).unwrap();
        assert_eq!(second.len(), 1);
        let id = first.id.clone();
        let silent = write(&house.db, move |tx| job::discard(tx, &id, " "));
        assert!(matches!(silent.unwrap_err(), Error::Invalid(_)));
        let id = first.id.clone();
        write(&house.db, move |tx| job::discard(tx, &id, "Penerimanya sudah pindah")).unwrap();
        let id = first.id.clone();
        let gone = read(&house.db, move |read| job::find_dead(read, &id)).unwrap_err();
        assert_eq!(gone.code(), "not-found");
        assert_eq!(read(&house.db, job::dead_count).unwrap(), 1);
        let told = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE kind = 'job.discarded'";
        assert_eq!(count(&house.db, told), 1);
    }
}

#[test]
fn a_panic_or_an_unknown_kind_is_the_jobs_own_failure() {
    for house in houses("panic") {
        let workshop = workshop(&house.db);
        enqueue(&house.db, "test.fail", json!({ "how": "panic" }));
        enqueue(&house.db, "test.unheard", json!({}));
        let unknown = read(&house.db, |read| job::unknown_kinds(read, KINDS)).unwrap();
        assert_eq!(unknown, ["test.unheard"]);
        while work_once(&workshop, KINDS).unwrap() {}
        let errors: Vec<(String,)> = read(&house.db, |read| {
            Ok(read.all("SELECT error FROM base_jobs WHERE attempts = 1 ORDER BY id", &[])?)
        })
        .unwrap();
        assert!(errors[0].0.contains("fell over"), "{}: {errors:?}", house.engine);
        assert!(errors[1].0.contains("test.unheard"), "{errors:?}");
    }
}

#[test]
fn a_job_whose_worker_vanished_is_free_again_after_a_while() {
    for house in houses("vanished") {
        let workshop = workshop(&house.db);
        enqueue(&house.db, "test.record", json!({ "word": "x" }));
        write(&house.db, |tx| {
            let until = tx.now_ms() + LOCK_MS;
            tx.housekeep::<(String,)>(
                "UPDATE base_jobs SET locked_until = $1, attempts = attempts + 1",
                &[&until],
            )?;
            Ok(())
        })
        .unwrap();
        assert!(!work_once(&workshop, KINDS).unwrap());
        pass_ms(&house.db, LOCK_MS + 1);
        assert!(work_once(&workshop, KINDS).unwrap(), "{}", house.engine);
        assert!(!work_once(&workshop, KINDS).unwrap());
    }
}

#[test]
fn a_job_for_later_waits_for_its_moment() {
    for house in houses("later") {
        let workshop = workshop(&house.db);
        write(&house.db, |tx| {
            let tomorrow = Timestamp::of(tx).plus_ms(DAY_MS);
            job::enqueue(tx, "test.record", &json!({ "word": "besok" }), Some(tomorrow))
        })
        .unwrap();
        assert!(!work_once(&workshop, KINDS).unwrap());
        pass_ms(&house.db, DAY_MS);
        assert!(work_once(&workshop, KINDS).unwrap(), "{}", house.engine);
    }
}
