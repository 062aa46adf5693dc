//! Signing in and staying in: attempts, devices, sessions, seats.

use base::account::session::Length;
use base::account::sign_in::{Door, Entered};
use base::account::{Email, Identifier, PersonName, person};
use base::account::{OrganisationKind, membership, password, recovery, session};
use base::{Actor, Role, keyring};

use crate::kit::{City, MINUTE_MS, PASSWORD, as_person, cities, hash_of};

const SITI: &str = "081234567890";
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

fn shut(door: &Door) -> bool {
    matches!(door, Door::Shut { .. })
}

#[test]
fn the_right_password_opens_a_session_and_the_wrong_one_none() {
    for city in cities("in") {
        let siti = city.person("Siti Aminah", SITI);
        let Door::Open(candidate) = city.knock(SITI, "10.0.0", None) else { panic!("shut") };
        assert!(!password::check(candidate.hash().as_ref(), "sambal tomat di dapur"));
        let Door::Open(nobody) = city.knock("081299999999", "10.0.0", None) else { panic!("shut") };
        assert!(nobody.hash().is_none());
        let (token, entered) = city.sign_in(SITI, None).unwrap();
        assert_eq!(entered, Entered::In { person: siti.id.clone(), length: Length::BORROWED });
        let view = city.admit(&token).unwrap();
        assert_eq!((view.person, view.name.as_str()), (siti.id.clone(), "Siti Aminah"));
        assert!(view.organisation.is_none() && view.roles.is_empty());
        assert!(city.admit("something else").is_none());
        assert!(city.told(siti.id.as_str()).contains(&"account.signed_in".to_owned()));
    }
}

#[test]
fn strangers_from_many_addresses_are_stopped_and_the_owners_phone_is_not() {
    for city in cities("storm") {
        city.person("Siti Aminah", SITI);
        city.sign_in(SITI, Some("my phone")).unwrap();
        for attempt in 0..10 {
            assert!(!shut(&city.knock(SITI, &format!("10.0.{attempt}"), None)), "{attempt}");
        }
        let Door::Shut { retry_at } = city.knock(SITI, "10.9.9", None) else { panic!("open") };
        assert_eq!(retry_at.as_ms(), city.clock.now_ms() + 3 * MINUTE_MS);
        assert!(shut(&city.knock("+62 812 3456 7890", "10.9.10", Some("another phone"))));
        city.sign_in(SITI, Some("my phone")).unwrap();
        city.pass(3 * MINUTE_MS);
        assert!(!shut(&city.knock(SITI, "10.9.9", None)), "one more fits");
        assert!(shut(&city.knock(SITI, "10.9.9", None)));
    }
}

#[test]
fn one_address_cannot_try_many_accounts() {
    for city in cities("spray") {
        for attempt in 0..60 {
            let number = format!("0812000{attempt:05}");
            assert!(!shut(&city.knock(&number, "10.0.0", None)), "{attempt}");
        }
        assert!(shut(&city.knock("081299999999", "10.0.0", None)));
        assert!(!shut(&city.knock("081299999999", "10.0.1", None)));
    }
}

#[test]
fn a_right_password_is_not_counted() {
    for city in cities("forgive") {
        city.person("Siti Aminah", SITI);
        for _ in 0..15 {
            city.sign_in(SITI, None).unwrap();
        }
    }
}

#[test]
fn sessions_end_when_idle_and_in_any_case() {
    for city in cities("end") {
        city.person("Siti Aminah", SITI);
        let (borrowed, _) = city.sign_in(SITI, None).unwrap();
        let (own, _) = city.sign_in(SITI, Some("my phone")).unwrap();
        city.pass(31 * MINUTE_MS);
        assert!(city.admit(&borrowed).is_none(), "idle for half an hour");
        let mut days = 0;
        while let Some(view) = city.admit(&own) {
            assert!(view.touch_due);
            let id = view.session;
            city.write(move |tx| session::touch(tx, &id)).unwrap();
            assert!(!city.admit(&own).unwrap().touch_due);
            city.pass(20 * DAY_MS);
            days += 20;
            assert!(days <= 200, "a session lasts at most half a year");
        }
        assert_eq!(days, 180);
        city.pass(180 * DAY_MS);
        city.write(base::account::prune).unwrap();
        let left = city.read(|read| {
            Ok(read.first::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) FROM base_sessions", &[])?)
        });
        assert_eq!(left.unwrap().unwrap().0, 0);
    }
}

#[test]
fn people_see_their_sessions_and_end_them() {
    for city in cities("list") {
        let siti = city.person("Siti Aminah", SITI);
        let budi = city.person("Budi Santoso", "081234567891");
        let (one, _) = city.sign_in(SITI, None).unwrap();
        let (two, _) = city.sign_in(SITI, None).unwrap();
        let (three, _) = city.sign_in(SITI, None).unwrap();
        let id = siti.id.clone();
        let all = city.read(move |read| session::of_person(read, &id)).unwrap();
        assert_eq!(all.len(), 3);
        let (id, two_id) = (siti.id.clone(), city.admit(&two).unwrap().session);
        let theirs = (id.clone(), two_id.clone());
        let refused =
            city.write_as(as_person(&budi), move |tx| session::end_one(tx, &theirs.0, &theirs.1));
        assert_eq!(refused.unwrap_err().code(), "forbidden");
        city.write_as(as_person(&siti), move |tx| session::end_one(tx, &id, &two_id)).unwrap();
        assert!(city.admit(&two).is_none());
        let (id, keep) = (siti.id.clone(), city.admit(&three).unwrap().session);
        let ended =
            city.write_as(as_person(&siti), move |tx| session::sign_out_elsewhere(tx, &id, &keep));
        assert_eq!(ended.unwrap(), 1);
        assert!(city.admit(&one).is_none() && city.admit(&three).is_some());
        let hash = keyring::hash_token(&three);
        city.write(move |tx| session::end(tx, &hash)).unwrap();
        assert!(city.admit(&three).is_none());
    }
}

#[test]
fn a_person_switches_between_organisations_under_a_new_token() {
    for city in cities("switch") {
        let siti = city.person("Siti Aminah", SITI);
        let kitchen = city.organisation(OrganisationKind::Business, "UMK-1");
        let shop = city.organisation(OrganisationKind::Business, "UMK-2");
        let stranger = city.organisation(OrganisationKind::Business, "UMK-3");
        city.role(&siti, &kitchen, Role::Owner);
        city.pass(1);
        city.role(&siti, &shop, Role::Owner);
        let (old, _) = city.sign_in(SITI, None).unwrap();
        let view = city.admit(&old).unwrap();
        assert_eq!(view.organisation.as_ref().unwrap().id, kitchen.id);
        assert_eq!(view.roles, [Role::Owner]);
        let new = keyring::token();
        for (to, wanted) in [(&stranger, Some("not-found")), (&shop, None)] {
            let (to, session, hash) =
                (to.id.clone(), view.session.clone(), keyring::hash_token(&new));
            let done = city
                .write_as(as_person(&siti), move |tx| session::switch(tx, &session, &to, &hash));
            assert_eq!(done.err().map(|error| error.code()), wanted);
        }
        assert!(city.admit(&old).is_none(), "the old token is worth nothing");
        assert_eq!(city.admit(&new).unwrap().organisation.unwrap().id, shop.id);
        let (again, _) = city.sign_in(SITI, None).unwrap();
        assert_eq!(city.admit(&again).unwrap().organisation.unwrap().id, shop.id, "remembered");
        let id = siti.id.clone();
        let places = city.read(move |read| membership::places(read, &id)).unwrap();
        assert_eq!(places.len(), 2);
        let id = siti.id.clone();
        let listed = city.read(move |read| membership::listed_of_person(read, &id)).unwrap();
        assert_eq!(listed[0].organisation_name, "Instansi UMK-1");
    }
}

#[test]
fn an_ended_role_ends_at_once() {
    for city in cities("ended") {
        let siti = city.person("Siti Aminah", SITI);
        let kitchen = city.organisation(OrganisationKind::Business, "UMK-1");
        let held = city.role(&siti, &kitchen, Role::Owner);
        let (token, _) = city.sign_in(SITI, Some("my phone")).unwrap();
        city.pass(1);
        city.write(move |tx| membership::end(tx, &membership::End::plain(&held.id))).unwrap();
        let view = city.admit(&token).unwrap();
        assert!(view.organisation.is_none() && view.roles.is_empty());
    }
}

#[test]
fn a_new_owner_acts_for_the_business_at_once() {
    for city in cities("found") {
        let siti = city.person("Siti Aminah", SITI);
        let (token, _) = city.sign_in(SITI, None).unwrap();
        let kitchen = city.organisation(OrganisationKind::Business, "UMK-1");
        city.role(&siti, &kitchen, Role::Owner);
        assert_eq!(city.admit(&token).unwrap().organisation.unwrap().id, kitchen.id);
    }
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    for city in cities("change") {
        let siti = city.person("Siti Aminah", SITI);
        let (here, _) = city.sign_in(SITI, None).unwrap();
        let (there, _) = city.sign_in(SITI, None).unwrap();
        let id = siti.id.clone();
        let old = city.read(move |read| person::password_of(read, &id)).unwrap();
        let cmd = password::Change {
            person: siti.id.clone(),
            old,
            new: hash_of("kopi tubruk pagi hari"),
            keep: Some(city.admit(&here).unwrap().session),
        };
        let again = cmd.clone();
        city.write_as(as_person(&siti), move |tx| password::change(tx, &cmd)).unwrap();
        assert!(city.admit(&here).is_some() && city.admit(&there).is_none());
        let Door::Open(candidate) = city.knock(SITI, "10.0.0", None) else { panic!("shut") };
        assert!(!password::check(candidate.hash().as_ref(), PASSWORD));
        assert!(password::check(candidate.hash().as_ref(), "kopi tubruk pagi hari"));
        let stale = city.write_as(as_person(&siti), move |tx| password::change(tx, &again));
        assert_eq!(stale.unwrap_err().code(), "stale");
    }
}

fn with_address(city: &City) -> base::account::Person {
    let cmd = person::Add {
        name: PersonName::parse("name", "Siti Aminah").unwrap(),
        email: Some(Email::parse("email", "siti@contoh.id").unwrap()),
        phone: None,
        language: "id".to_owned(),
    };
    city.write(move |tx| person::add(tx, &cmd)).unwrap()
}

#[test]
fn a_lost_password_is_replaced_once_by_link() {
    for city in cities("reset") {
        let siti = with_address(&city);
        assert!(!siti.has_password);
        let Door::Open(candidate) = city.knock("siti@contoh.id", "10.0.0", None) else {
            panic!("shut")
        };
        assert!(candidate.hash().is_none(), "nobody gets in before a password is chosen");
        let ask = |identifier: &str, token: &str| {
            let cmd = recovery::Ask {
                identifier: Identifier::parse("identifier", identifier, &city.keys).unwrap(),
                network: "10.0.0".to_owned(),
                token_hash: keyring::hash_token(token),
            };
            city.write_as(Actor::visitor(), move |tx| recovery::ask(tx, &cmd)).unwrap()
        };
        assert!(matches!(ask("siti@contoh.id", "one"), recovery::Answer::Write(_)));
        assert!(matches!(ask("siti@contoh.id", "two"), recovery::Answer::Write(_)));
        assert!(matches!(ask("siti@contoh.id", "three"), recovery::Answer::Write(_)));
        assert!(matches!(ask("siti@contoh.id", "four"), recovery::Answer::Shut { .. }));
        assert!(matches!(ask("nobody@contoh.id", "five"), recovery::Answer::Silence));
        let redeem = |token: &str| {
            let (token_hash, hash) = (keyring::hash_token(token), hash_of("kopi tubruk pagi hari"));
            city.write(move |tx| recovery::redeem(tx, &token_hash, &hash))
        };
        assert_eq!(redeem("four").unwrap_err().code(), "account-link-expired");
        for old in ["one", "two"] {
            assert_eq!(redeem(old).unwrap_err().code(), "account-link-expired", "a newer one came");
        }
        assert_eq!(redeem("three").unwrap(), siti.id);
        assert_eq!(redeem("three").unwrap_err().code(), "account-link-expired");
    }
}

#[test]
fn a_link_from_the_desk_lasts_a_day() {
    for city in cities("desk") {
        let siti = with_address(&city);
        let (id, hash) = (siti.id.clone(), keyring::hash_token("desk"));
        let own = Actor::person(siti.id.as_str(), None, ["account.manage".to_owned()]);
        let mine = (id.clone(), hash.clone());
        let refused = city.write_as(own, move |tx| recovery::issue_at_desk(tx, &mine.0, &mine.1));
        assert_eq!(refused.unwrap_err().code(), "account-not-for-yourself");
        city.write(move |tx| recovery::issue_at_desk(tx, &id, &hash)).unwrap();
        city.pass(recovery::DESK_MS - 1);
        let holder = city.read(|read| recovery::holder(read, &keyring::hash_token("desk")));
        assert_eq!(holder.unwrap().id, siti.id);
        city.pass(1);
        let late = city.read(|read| recovery::holder(read, &keyring::hash_token("desk")));
        assert_eq!(late.unwrap_err().code(), "account-link-expired");
    }
}

#[test]
fn a_new_link_ends_the_old_but_a_letter_does_not_take_away_what_the_desk_gave() {
    for city in cities("newlink") {
        let siti = with_address(&city);
        let desk = |token: &str| {
            let (id, hash) = (siti.id.clone(), keyring::hash_token(token));
            city.write(move |tx| recovery::issue_at_desk(tx, &id, &hash)).unwrap();
        };
        let letter = |token: &str| {
            let cmd = recovery::Ask {
                identifier: Identifier::parse("identifier", "siti@contoh.id", &city.keys).unwrap(),
                network: "10.0.0".to_owned(),
                token_hash: keyring::hash_token(token),
            };
            city.write_as(Actor::visitor(), move |tx| recovery::ask(tx, &cmd)).unwrap();
        };
        let works = |token: &str| {
            let hash = keyring::hash_token(token);
            city.read(move |read| recovery::holder(read, &hash)).is_ok()
        };
        desk("desk 1");
        desk("desk 2");
        assert!(!works("desk 1") && works("desk 2"));
        letter("letter");
        assert!(works("desk 2") && works("letter"), "anybody may ask for a letter");
        desk("desk 3");
        assert!(!works("desk 2") && !works("letter") && works("desk 3"));
    }
}

#[test]
fn a_hall_full_of_people_may_join_and_a_machine_may_not() {
    for city in cities("join") {
        let join =
            || city.write(|tx| base::account::sign_in::knock_to_join(tx, "10.0.0", 60)).unwrap();
        for _ in 0..60 {
            assert!(join().is_none());
        }
        assert_eq!(join().unwrap().as_ms(), city.clock.now_ms() + MINUTE_MS);
    }
}
