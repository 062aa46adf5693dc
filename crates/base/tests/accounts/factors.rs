//! The second factor: asked of officers, taken once, replaced by codes on paper.

use std::sync::Arc;

use base::account::session::Length;
use base::account::sign_in::{Entered, Proof};
use base::account::totp::Secret;
use base::account::{OrganisationKind, second_factor};
use base::{Actor, Grant, Permission, Role, keyring};

use crate::kit::{City, MINUTE_MS, as_person, cities};

const RINI: &str = "081234567890";
const GRANTS: &[Grant] =
    &[Grant { role: Role::RegistryOfficer, permissions: &[Permission("registry.verify")] }];

fn officer(city: &City) -> base::account::Person {
    let rini = city.person("Petugas Rini", RINI);
    let office = city.organisation(OrganisationKind::RegistryOffice, "1.02.01");
    city.role(&rini, &office, Role::RegistryOfficer);
    rini
}

#[test]
fn an_officer_without_second_factor_may_only_set_one_up() {
    for city in cities("enrol") {
        let rini = officer(&city);
        let (token, entered) = city.sign_in(RINI, Some("my phone")).unwrap();
        assert_eq!(entered, Entered::In { person: rini.id.clone(), length: Length::STAFF });
        let view = city.admit(&token).unwrap();
        assert!(view.staff_pending_totp);
        assert!(!view.actor(GRANTS).may("registry.verify"));

        let secret = Secret::generate();
        let sealed = second_factor::seal(&city.keys, &secret).unwrap();
        let begin = |sealed: Vec<u8>| {
            let (keys, id) = (Arc::clone(&city.keys), rini.id.clone());
            city.write_as(as_person(&rini), move |tx| second_factor::begin(tx, &keys, &id, &sealed))
        };
        assert_eq!(begin(sealed).unwrap().display(), secret.display());
        let other = second_factor::seal(&city.keys, &Secret::generate()).unwrap();
        assert_eq!(begin(other).unwrap().display(), secret.display(), "the same page again");

        let fresh = keyring::token();
        let confirm = |code: String| {
            let cmd = second_factor::Confirm {
                person: rini.id.clone(),
                code,
                recovery_codes: second_factor::recovery_codes(),
                session: view.session.clone(),
                token_hash: keyring::hash_token(&fresh),
            };
            let keys = Arc::clone(&city.keys);
            city.write_as(as_person(&rini), move |tx| second_factor::confirm(tx, &keys, &cmd))
        };
        assert!(!confirm("000000x".to_owned()).unwrap());
        assert!(confirm(city.code(&secret)).unwrap());
        assert!(city.admit(&token).is_none(), "a new token after the rise in power");
        let view = city.admit(&fresh).unwrap();
        assert!(!view.staff_pending_totp);
        assert!(view.actor(GRANTS).may("registry.verify"));
        let id = rini.id.clone();
        let standing = city.read(move |read| second_factor::standing(read, &id)).unwrap();
        assert_eq!(standing.codes_left, 8);
    }
}

#[test]
fn after_the_password_the_code_is_asked_and_serves_once() {
    for city in cities("code") {
        let rini = officer(&city);
        let secret = city.app(&rini);
        let (waiting, entered) = city.sign_in(RINI, None).unwrap();
        assert_eq!(entered, Entered::AwaitsCode { person: rini.id.clone() });
        assert!(city.admit(&waiting).is_none(), "half a sign-in opens nothing");
        let (_, proof) = city.prove(&waiting, "123");
        assert_eq!(proof, Proof::Wrong { left: 4 });
        let code = city.code(&secret);
        let (full, proof) = city.prove(&waiting, &format!("{} {}", &code[..3], &code[3..]));
        assert_eq!(proof, Proof::In { person: rini.id.clone(), length: Length::STAFF });
        assert!(city.admit(&waiting).is_none());
        assert!(!city.admit(&full).unwrap().staff_pending_totp);
        let (waiting, _) = city.sign_in(RINI, None).unwrap();
        assert!(matches!(city.prove(&waiting, &code).1, Proof::Wrong { .. }), "used up");
        city.pass(30_000);
        assert!(matches!(city.prove(&waiting, &city.code(&secret)).1, Proof::In { .. }));
        let (waiting, _) = city.sign_in(RINI, None).unwrap();
        city.pass(10 * MINUTE_MS);
        assert_eq!(city.prove(&waiting, &city.code(&secret)).1, Proof::Expired);
    }
}

#[test]
fn codes_cannot_be_guessed_however_many_sessions_wait() {
    for city in cities("guess") {
        let rini = officer(&city);
        let secret = city.app(&rini);
        for _ in 0..5 {
            let (waiting, _) = city.sign_in(RINI, None).unwrap();
            assert!(matches!(city.prove(&waiting, "12345").1, Proof::Wrong { .. }));
        }
        let (waiting, _) = city.sign_in(RINI, None).unwrap();
        let (_, proof) = city.prove(&waiting, &city.code(&secret));
        assert!(matches!(proof, Proof::Shut { .. }), "{proof:?}");
        city.pass(10 * MINUTE_MS);
        let (waiting, _) = city.sign_in(RINI, None).unwrap();
        assert!(matches!(city.prove(&waiting, &city.code(&secret)).1, Proof::In { .. }));
    }
}

#[test]
fn a_code_on_paper_serves_once() {
    for city in cities("paper") {
        let rini = officer(&city);
        city.app(&rini);
        let codes = second_factor::recovery_codes();
        let (keys, id, on_paper) = (Arc::clone(&city.keys), rini.id.clone(), codes.clone());
        city.write_as(as_person(&rini), move |tx| {
            second_factor::renew_codes(tx, &keys, &id, &on_paper)
        })
        .unwrap();
        let (waiting, _) = city.sign_in(RINI, None).unwrap();
        let typed = codes[3].to_uppercase().replace('-', " ");
        assert!(matches!(city.prove(&waiting, &typed).1, Proof::In { .. }));
        let (waiting, _) = city.sign_in(RINI, None).unwrap();
        assert!(matches!(city.prove(&waiting, &codes[3]).1, Proof::Wrong { .. }));
        assert!(matches!(city.prove(&waiting, &codes[0]).1, Proof::In { .. }));
        let id = rini.id.clone();
        let standing = city.read(move |read| second_factor::standing(read, &id)).unwrap();
        assert_eq!(standing.codes_left, 6);
    }
}

#[test]
fn the_desk_takes_a_lost_second_factor_away() {
    for city in cities("lost") {
        let rini = officer(&city);
        let secret = city.app(&rini);
        let (waiting, _) = city.sign_in(RINI, None).unwrap();
        let (full, _) = city.prove(&waiting, &city.code(&secret));
        let id = rini.id.clone();
        let refused = city.write_as(as_person(&rini), move |tx| second_factor::remove(tx, &id));
        assert_eq!(refused.unwrap_err().code(), "forbidden");
        let desk = Actor::person("00000000000000000000000001", None, ["account.manage".to_owned()]);
        let id = rini.id.clone();
        city.write_as(desk, move |tx| second_factor::remove(tx, &id)).unwrap();
        assert!(city.admit(&full).is_none(), "sessions end");
        let (token, _) = city.sign_in(RINI, None).unwrap();
        assert!(city.admit(&token).unwrap().staff_pending_totp);
    }
}

#[test]
fn a_person_who_becomes_an_officer_keeps_no_long_session() {
    for city in cities("promoted") {
        let siti = city.person("Siti Aminah", RINI);
        let (token, _) = city.sign_in(RINI, Some("my phone")).unwrap();
        let office = city.organisation(OrganisationKind::Agency, "1.02.01");
        city.role(&siti, &office, Role::Requester);
        assert!(city.admit(&token).is_some());
        city.pass(13 * 60 * MINUTE_MS);
        assert!(city.admit(&token).is_none());
    }
}
