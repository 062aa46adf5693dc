//! The keyring at work: what it seals opens again, only for its purpose, and after keys turned.

use super::*;

const NIK: &str = "3374010101900001";

#[test]
fn what_is_sealed_opens_only_for_its_purpose() {
    let keys = Keyring::generate();
    let sealed = keys.seal("registry.nik", NIK, "3374•••••••••001").unwrap();
    assert_eq!(*keys.open("registry.nik", &sealed.ciphertext).unwrap(), NIK);
    let wrong = keys.open("credit.account", &sealed.ciphertext);
    assert!(matches!(wrong, Err(KeyringError::Unreadable)));
    assert!(!sealed.ciphertext.windows(6).any(|w| w == &NIK.as_bytes()[..6]));
}

#[test]
fn any_changed_byte_is_noticed() {
    let keys = Keyring::generate();
    let sealed = keys.seal("p", NIK, "").unwrap();
    for place in 0..sealed.ciphertext.len() {
        let mut damaged = sealed.ciphertext.clone();
        damaged[place] ^= 1;
        assert!(keys.open("p", &damaged).is_err(), "byte {place}");
    }
    for length in 0..sealed.ciphertext.len() {
        assert!(keys.open("p", &sealed.ciphertext[..length]).is_err(), "length {length}");
    }
}

#[test]
fn equal_numbers_meet_in_the_blind_index_of_one_purpose_only() {
    let keys = Keyring::generate();
    let one = keys.seal("p", NIK, "").unwrap();
    let two = keys.seal("p", NIK, "").unwrap();
    assert_ne!(one.ciphertext, two.ciphertext);
    assert_eq!(one.blind, two.blind);
    assert_eq!(one.blind, keys.blind("p", NIK));
    assert_eq!(one.blind.len(), BLIND_HEX_LENGTH);
    assert_ne!(one.blind, keys.blind("q", NIK));
    assert_ne!(one.blind, keys.blind("p", "3374010101900002"));
    assert_ne!(one.blind, Keyring::generate().blind("p", NIK));
}

#[test]
fn a_new_key_seals_and_the_old_one_still_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    let old = Keyring::create(&path).unwrap();
    let sealed = old.seal("p", NIK, "").unwrap();
    assert!(!old.reseal_needed(&sealed.ciphertext));
    let new = Keyring::rotate(&path).unwrap();
    assert_eq!(*new.open("p", &sealed.ciphertext).unwrap(), NIK);
    assert!(new.reseal_needed(&sealed.ciphertext));
    assert_eq!(new.blind("p", NIK), sealed.blind);
    assert_eq!(new.public_key(), old.public_key());
    let again = new.seal("p", NIK, "").unwrap();
    assert!(!new.reseal_needed(&again.ciphertext));
    let stranger = Keyring::generate().open("p", &again.ciphertext);
    assert!(matches!(stranger, Err(KeyringError::UnknownKey(2))));
    let loaded = Keyring::load(&path).unwrap();
    assert_eq!(*loaded.open("p", &again.ciphertext).unwrap(), NIK);
}

#[test]
fn whoever_holds_the_keys_sees_a_rotation_and_an_unused_key_retires() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.toml");
    let serving = Keyring::create(&path).unwrap();
    let old = serving.seal("p", NIK, "").unwrap();
    let rotated = Keyring::rotate(&path).unwrap();
    let new = rotated.seal("p", NIK, "").unwrap();
    assert_eq!(*serving.open("p", &new.ciphertext).unwrap(), NIK);
    assert_eq!(sealed_with(&serving.seal("p", NIK, "").unwrap().ciphertext), Some(2));
    assert!(serving.reseal_needed(&old.ciphertext));
    assert!(Keyring::retire(&path, &BTreeSet::from([1, 2])).unwrap().is_empty());
    assert_eq!(serving.generations(), [1, 2]);
    assert_eq!(Keyring::retire(&path, &BTreeSet::from([2])).unwrap(), [1]);
    assert_eq!(serving.generations(), [2]);
    let gone = serving.open("p", &old.ciphertext);
    assert!(matches!(gone, Err(KeyringError::UnknownKey(1))));
    assert_eq!(serving.blind("p", NIK), old.blind);
}

#[test]
fn signatures_hold_for_their_message_and_key() {
    let keys = Keyring::generate();
    let signature = keys.sign(b"seal 1");
    assert!(keys.verify(b"seal 1", &signature));
    assert!(!keys.verify(b"seal 2", &signature));
    assert!(!keys.verify(b"seal 1", &signature[..63]));
    assert!(!Keyring::generate().verify(b"seal 1", &signature));
    assert!(!verify_signature(&[1, 2, 3], b"seal 1", &signature));
}

#[test]
fn secrets_do_not_show_in_debug() {
    let keys = Keyring::generate();
    assert_eq!(format!("{keys:?}"), "Keyring(1 sealing keys)");
    let sealed = keys.seal("p", NIK, "33••").unwrap();
    assert_eq!(format!("{sealed:?}"), "Sealed(33••)");
}

#[test]
fn too_long_a_text_is_not_sealed() {
    let keys = Keyring::generate();
    let long = "a".repeat(PLAIN_BYTES_MAX + 1);
    assert!(matches!(keys.seal("p", &long, ""), Err(KeyringError::TooLong)));
}
