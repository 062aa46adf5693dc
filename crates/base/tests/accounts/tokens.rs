//! Programs that act for an organisation.

use base::account::api_token::{self, Make};
use base::account::{OrganisationKind, membership};
use base::{Actor, Error, Grant, Permission, Role, keyring};

use crate::kit::{City, as_person, cities};

const GRANTS: &[Grant] = &[Grant {
    role: Role::Owner,
    permissions: &[Permission("catalog.offer"), Permission("procurement.accept")],
}];

struct Shop {
    city: City,
    siti: base::account::Person,
    actor: Actor,
    held: membership::Membership,
}

fn shops(tag: &str) -> Vec<Shop> {
    let shop = |city: City| {
        let siti = city.person("Siti Aminah", "081234567890");
        let kitchen = city.organisation(OrganisationKind::Business, "UMK-1");
        let held = city.role(&siti, &kitchen, Role::Owner);
        let granted = ["catalog.offer".to_owned(), "procurement.accept".to_owned()];
        let actor = Actor::person(siti.id.as_str(), Some(kitchen.id.to_string()), granted);
        Shop { city, siti, actor, held }
    };
    cities(tag).into_iter().map(shop).collect()
}

fn make(permissions: &[&str], days: i64) -> Make {
    Make {
        name: "Kasir".to_owned(),
        permissions: permissions.iter().map(|&code| code.to_owned()).collect(),
        days,
        token_hash: keyring::hash_token("gerai_secret"),
    }
}

fn admitted(city: &City) -> Option<api_token::TokenView> {
    city.read(|read| api_token::admit(read, &keyring::hash_token("gerai_secret"))).unwrap()
}

#[test]
fn a_token_may_what_was_given_to_it_while_it_lives() {
    for Shop { city, siti, actor, .. } in shops("token") {
        let cmd = make(&["catalog.offer"], 30);
        let token = city.write_as(actor, move |tx| api_token::make(tx, &cmd)).unwrap();
        let view = admitted(&city).unwrap();
        assert!(view.touch_due);
        let program = view.actor(GRANTS);
        assert!(program.may("catalog.offer") && !program.may("procurement.accept"));
        assert_eq!(program.id, siti.id.to_string());
        let id = token.id.clone();
        city.write(move |tx| api_token::touch(tx, &id)).unwrap();
        assert!(!admitted(&city).unwrap().touch_due);
        city.pass(30 * 24 * 60 * 60 * 1000);
        assert!(admitted(&city).is_none());
    }
}

#[test]
fn a_token_cannot_be_given_what_its_maker_lacks() {
    for Shop { city, siti, actor, .. } in shops("beyond") {
        for (cmd, code) in [
            (make(&["registry.verify"], 30), "account-token-permissions-beyond"),
            (make(&[], 30), "account-token-permissions-missing"),
            (make(&["catalog.offer"], 0), "account-token-days"),
            (make(&["catalog.offer"], 366), "account-token-days"),
        ] {
            let refused = city.write_as(actor.clone(), move |tx| api_token::make(tx, &cmd));
            let Err(Error::Invalid(problems)) = refused else { panic!("{code}") };
            assert_eq!(problems[0].code, code);
        }
        let cmd = make(&["catalog.offer"], 1);
        let alone = city.write_as(as_person(&siti), move |tx| api_token::make(tx, &cmd));
        assert_eq!(alone.unwrap_err().code(), "account-token-no-organisation");
    }
}

#[test]
fn a_token_dies_with_the_role_of_its_maker() {
    for Shop { city, actor, held, .. } in shops("role") {
        let cmd = make(&["catalog.offer"], 30);
        city.write_as(actor, move |tx| api_token::make(tx, &cmd)).unwrap();
        city.pass(1);
        city.write(move |tx| membership::end(tx, &membership::End::plain(&held.id))).unwrap();
        assert!(admitted(&city).is_none());
    }
}

#[test]
fn a_token_is_revoked_by_its_maker_and_not_by_a_stranger() {
    for Shop { city, siti, actor, .. } in shops("revoke") {
        let cmd = make(&["catalog.offer"], 30);
        let token = city.write_as(actor, move |tx| api_token::make(tx, &cmd)).unwrap();
        let budi = city.person("Budi Santoso", "081234567891");
        let id = token.id.clone();
        let refused = city.write_as(as_person(&budi), move |tx| api_token::revoke(tx, &id));
        assert_eq!(refused.unwrap_err().code(), "not-found");
        let id = token.id.clone();
        city.write_as(as_person(&siti), move |tx| api_token::revoke(tx, &id)).unwrap();
        assert!(admitted(&city).is_none());
        let id = siti.id.clone();
        let all = city.read(move |read| api_token::of_person(read, &id)).unwrap();
        assert!(all[0].revoked_at.is_some());
    }
}
