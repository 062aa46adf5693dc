//! Keys change while the house stands: everything sealed moves to the new key, and the old one retires
//! when nothing needs it.

use std::collections::{BTreeMap, BTreeSet};

use base::account::totp::Secret;
use base::account::{Identifier, PersonName, Phone, person, second_factor};
use base::files::{Files, FilesConfig};
use base::keyring::Keyring;
use base::safe::{Locksmith, SAFES, Swap};
use base::webhook::{self, HookUrl, Make};
use base::{Actor, Db, Tx};

use crate::kit::{count, houses, read, write};

const SITI: &str = "01m841bca2hjf1nzeccvmv1xvw";
const KITCHEN: &str = "01m841bca2hjf1nzeccvmv1xvx";

/// An account with a number, a webhook, a second factor, and one that waits for its first code.
fn filled(db: &Db, keys: &Keyring) {
    let [secret, pending] =
        [(); 2].map(|()| second_factor::seal(keys, &Secret::generate()).unwrap());
    let factors = move |tx: &mut Tx<'_>| {
        tx.housekeep::<(String,)>(
            "INSERT INTO base_second_factors (person, secret, pending, last_step)
             VALUES ($1, $2, $3, CAST(0 AS BIGINT)) RETURNING person",
            &[&SITI, &secret, &pending],
        )?;
        Ok(())
    };
    write(db, factors).unwrap();
    let phone = Phone::parse("phone", "081234567890").unwrap().seal(keys);
    let add = person::Add {
        name: PersonName::parse("name", "Siti Aminah").unwrap(),
        email: None,
        phone: Some(phone),
        language: "id".to_owned(),
    };
    write(db, move |tx| person::add(tx, &add)).unwrap();
    let may = [webhook::MANAGE.0.to_owned()];
    let owner = db.acting(Actor::person(SITI, Some(KITCHEN.to_owned()), may));
    let url = HookUrl::parse("url", "https://kasir.example.id/", false).unwrap();
    let secret = keys.seal_file(webhook::SECRET_PURPOSE, webhook::secret().as_bytes());
    let make = Make { url, kinds: Vec::new(), secret };
    write(&owner, move |tx| webhook::make(tx, &make)).unwrap();
}

#[test]
fn everything_sealed_moves_to_a_new_key_and_the_old_one_retires() {
    for house in houses("keys") {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.toml");
        let serving = Keyring::create(&path).unwrap();
        filled(&house.db, &serving);
        let files = Files::open(&FilesConfig { folder: folder.path().join("files") }).unwrap();
        let smith = Locksmith::new(&house.db, &files).unwrap();
        let all = |key: u16| {
            for safe in SAFES {
                let census = smith.census(safe).unwrap();
                assert_eq!(census, BTreeMap::from([(Some(key), 1)]), "{}", safe.name);
            }
        };
        all(1);
        let rotated = Keyring::rotate(&path).unwrap();
        for safe in SAFES {
            assert_eq!(smith.reseal(&rotated, safe).unwrap(), 1, "{}", safe.name);
            assert_eq!(smith.reseal(&rotated, safe).unwrap(), 0, "{} again", safe.name);
        }
        all(2);
        let told = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE kind = 'keys.resealed'";
        assert_eq!(count(&house.db, told), 4, "{}", house.engine);
        // The program that serves opens what the other one sealed.
        for safe in SAFES {
            let page = safe.page;
            let rows = read(&house.db, move |read| page(read, "", 10)).unwrap();
            assert!(serving.open(safe.purpose, &rows[0].1).is_ok(), "{}", safe.name);
            // A row that somebody changed meanwhile is theirs.
            let swap = Swap { key: rows[0].0.clone(), old: b"old".to_vec(), new: b"new".to_vec() };
            let replace = safe.replace;
            assert_eq!(write(&house.db, move |tx| replace(tx, &swap)).unwrap(), 0);
        }
        assert_eq!(Keyring::retire(&path, &BTreeSet::from([2])).unwrap(), [1]);
        assert_eq!(serving.generations(), [2]);
        // Under the new key the number still signs in.
        let typed = Identifier::parse("identifier", "0812 3456 7890", &serving).unwrap();
        let found = read(&house.db, move |read| person::by_identifier(read, &typed));
        assert!(found.unwrap().is_some(), "{}", house.engine);
    }
}
