//! What the city keeps sealed of payments moves to a new key: how it is connected to the bank, what the bank
//! sent, where sellers are paid.

use base::keyring::Keyring;
use base::safe::Locksmith;

use crate::counter::Counter;

#[tokio::test(flavor = "multi_thread")]
async fn secrets_of_payments_move_to_a_new_key_while_the_city_goes_on() {
    let counter = Counter::open().await;
    counter.paid().await;
    let kopi = &counter.town.kopi.owner.client;
    let form = [("bank", "113"), ("number", "3011 2345 6789"), ("holder", "Budi Rekaan")];
    kopi.post("/market/money/account", &form).await.expect(303);
    let city = &counter.town.city;
    let (db, files, path) = (city.db.clone(), city.files.clone(), city.folder().join("keys.toml"));
    let turn = move || {
        let keys = Keyring::rotate(&path).expect("a key is added");
        let smith = Locksmith::new(&db, &files).expect("a locksmith has files");
        for safe in payments::area().safes {
            assert_eq!(smith.reseal(&keys, safe).expect("it is sealed anew"), 1, "{}", safe.name);
            let census = smith.census(safe).expect("it is counted");
            assert_eq!(census, [(Some(2), 1)].into(), "{}", safe.name);
        }
    };
    tokio::task::spawn_blocking(turn).await.expect("the keys are turned");
    kopi.get("/market/money").await.expect(200).sees("••••6789");
    let (guest, at) = counter.paid().await;
    guest.get(&at).await.expect(200).sees("Diproses");
    counter.verify().await;
}
