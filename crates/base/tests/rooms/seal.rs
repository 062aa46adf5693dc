//! Seals: whoever touches an event or a seal afterwards is found, with the place.

use std::sync::Arc;

use base::consumer::number_events;
use base::keyring::Keyring;
use base::seal::{self, STRETCH_MAX, STRETCH_MS, seal_next};
use base::{Db, Finding, ToValue};

use crate::kit::{House, Noted, count, houses, note, pass_ms, read, write};

struct Sealed {
    house: House,
    keyring: Arc<Keyring>,
}

impl Sealed {
    fn seal(&self) -> Option<seal::Seal> {
        while number_events(&self.house.db).unwrap() > 0 {}
        let keyring = Arc::clone(&self.keyring);
        seal_next(&self.house.db, move |bytes| keyring.sign(bytes)).unwrap()
    }

    fn verify(&self) -> Vec<Finding> {
        let key = self.keyring.public_key();
        read(&self.house.db, move |read| seal::verify_all(read, &key)).unwrap()
    }

    fn tamper(&self, sql: &'static str, value: &'static str) {
        tamper(&self.house.db, sql, value);
    }
}

fn tamper(db: &Db, sql: &'static str, value: impl ToValue + Send + 'static) {
    write(db, move |tx| {
        tx.housekeep::<(String,)>(sql, &[&value])?;
        Ok(())
    })
    .unwrap();
}

/// Two seals over a few events.
fn sealed(tag: &str) -> Vec<Sealed> {
    let keyring = Arc::new(Keyring::generate());
    let all = houses(tag).into_iter().map(|house| {
        let sealed = Sealed { house, keyring: Arc::clone(&keyring) };
        note(&sealed.house.db, &["satu", "dua", "tiga"]);
        assert!(sealed.seal().is_none(), "the stretch is not finished");
        pass_ms(&sealed.house.db, STRETCH_MS);
        assert_eq!(sealed.seal().unwrap().number, 1);
        note(&sealed.house.db, &["empat", "lima"]);
        pass_ms(&sealed.house.db, STRETCH_MS);
        assert_eq!(sealed.seal().unwrap().number, 2);
        assert!(sealed.seal().is_none(), "nothing is left to seal");
        assert_eq!(sealed.verify(), []);
        sealed
    });
    all.collect()
}

#[test]
fn seals_follow_each_other_without_a_gap() {
    for sealed in sealed("follow") {
        let seals = read(&sealed.house.db, |read| seal::list(read, 0, 10)).unwrap();
        assert_eq!(seals[0].first_seq, 1, "{}", sealed.house.engine);
        assert_eq!(seals[1].first_seq, seals[0].last_seq + 1);
        assert_eq!(seals[1].previous, seals[0].hash);
        let latest = read(&sealed.house.db, seal::latest).unwrap().unwrap();
        assert_eq!(latest, seals[1]);
        let other = Keyring::generate().public_key();
        let found = read(&sealed.house.db, move |read| seal::verify_all(read, &other)).unwrap();
        assert_eq!(found.len(), 2, "another key signed neither");
    }
}

#[test]
fn a_changed_event_is_found_by_its_place() {
    for sealed in sealed("changed") {
        sealed.tamper(
            "UPDATE events SET data = $1 WHERE data LIKE '%\"dua\"%'",
            "{\"subject\":\"case\",\"word\":\"duo\"}",
        );
        let found = sealed.verify();
        assert_eq!(found.len(), 1, "{}: {found:?}", sealed.house.engine);
        assert!(found[0].what.contains("changed after it was sealed"));
        assert!(found[0].where_.starts_with("event ") && found[0].where_.ends_with("seal 1"));
    }
}

#[test]
fn a_removed_event_and_a_changed_actor_are_found() {
    for sealed in sealed("removed") {
        sealed.tamper("DELETE FROM events WHERE data LIKE $1", "%\"empat\"%");
        sealed.tamper("UPDATE events SET actor = $1 WHERE data LIKE '%\"satu\"%'", "orang lain");
        let found = sealed.verify();
        assert_eq!(found.len(), 2, "{}: {found:?}", sealed.house.engine);
        assert!(found[0].where_.ends_with("seal 1"));
        assert_eq!(found[1].what, "the event is missing");
    }
}

#[test]
fn a_forged_seal_is_found_even_when_its_events_fit() {
    for sealed in sealed("forged") {
        tamper(&sealed.house.db, "UPDATE base_seals SET sealed_at = sealed_at + $1", 1_i64);
        let found = sealed.verify();
        let told: Vec<_> = found.iter().map(|finding| finding.what.as_str()).collect();
        assert!(told.contains(&"it was changed after it was made"), "{told:?}");
        assert!(told.contains(&"the city's key did not sign it"), "{}", sealed.house.engine);
    }
}

#[test]
fn a_seal_that_was_taken_out_is_missed() {
    for sealed in sealed("taken_out") {
        tamper(&sealed.house.db, "DELETE FROM base_seals WHERE number = $1", 1_i64);
        let found = sealed.verify();
        assert_eq!(found[0].what, "seal 1 is missing", "{}: {found:?}", sealed.house.engine);
        assert_eq!(found[1].what, "it does not follow the seal before it");
    }
}

#[test]
fn leaves_rewritten_to_hide_a_change_no_longer_make_up_the_root() {
    for sealed in sealed("leaves") {
        tamper(
            &sealed.house.db,
            "UPDATE base_seals SET leaves = $1 WHERE number = 2",
            vec![7_u8; 64].leak() as &'static [u8],
        );
        let found = sealed.verify();
        let told = "the hashes of its events do not make up its root";
        assert_eq!(found[0].what, told, "{}: {found:?}", sealed.house.engine);
    }
}

#[test]
fn a_long_stretch_is_sealed_at_once_a_thousand_at_a_time() {
    for sealed in sealed("long") {
        let db = &sealed.house.db;
        write(db, |tx| {
            for n in 0..=STRETCH_MAX {
                tx.record(&Noted { subject: "many".into(), word: n.to_string() })?;
            }
            Ok(())
        })
        .unwrap();
        let seal = sealed.seal().unwrap();
        assert_eq!(seal.last_seq - seal.first_seq + 1, STRETCH_MAX, "{}", sealed.house.engine);
        assert!(sealed.seal().is_none(), "the one that is left waits");
        assert_eq!(sealed.verify(), []);
        assert_eq!(count(db, "SELECT CAST(COUNT(*) AS BIGINT) FROM base_seals"), 3);
    }
}
