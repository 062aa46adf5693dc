//! Codes are read by their tags, and what was written is read back.

use proptest::prelude::*;
use qris::{Amount, Complaint, Dynamic, Qris, Wrong};

/// Invented; no bank has this merchant.
fn bill() -> Dynamic {
    let text = str::to_owned;
    Dynamic {
        domain: text("ID.CO.CONTOH.WWW"),
        pan: text("936000000000000017"),
        merchant_id: text("UJI000000000017"),
        class: text("UMI"),
        national_id: text("ID1000000000017"),
        category: text("5499"),
        name: text("WARUNG CONTOH"),
        city: text("SEMARANG"),
        postcode: text("50132"),
        amount: Amount { rupiah: 25_000, sen: 0 },
        reference: text("SP2026000001"),
        terminal: text("A01"),
    }
}

#[test]
fn a_written_code_is_read_back() {
    let code = bill().text().unwrap();
    let read = Qris::parse(&code).unwrap();
    assert!(read.is_dynamic());
    assert_eq!(read.amount().and_then(Amount::whole), Some(25_000));
    assert_eq!((read.merchant(), read.city()), ("WARUNG CONTOH", "SEMARANG"));
    assert_eq!(read.reference().as_deref(), Some("SP2026000001"));
    assert_eq!(read.national_id().as_deref(), Some("ID1000000000017"));
    assert_eq!((read.terminal().as_deref(), read.bill()), (Some("A01"), None));
    assert_eq!(read.complaints(), []);
}

#[test]
fn a_code_with_an_impossible_part_is_not_written() {
    for (wrong, part) in [
        (Dynamic { pan: "93600000".to_owned(), ..bill() }, "pan"),
        (Dynamic { class: "QQQ".to_owned(), ..bill() }, "class"),
        (Dynamic { name: "Toko yang namanya terlalu panjang".to_owned(), ..bill() }, "name"),
        (Dynamic { reference: String::new(), ..bill() }, "reference"),
        (Dynamic { city: "SÈMARANG".to_owned(), ..bill() }, "city"),
    ] {
        assert_eq!(wrong.text(), Err(Wrong::Part(part)));
    }
    for rupiah in [0, -1, 99_999_999_999] {
        let wrong = Dynamic { amount: Amount { rupiah, sen: 0 }, ..bill() };
        assert_eq!(wrong.text(), Err(Wrong::Amount), "{rupiah}");
    }
}

proptest! {
    #[test]
    fn every_sum_and_reference_comes_back(
        rupiah in 1_i64..9_999_999_999,
        reference in "[A-Z0-9]{1,25}",
        name in "[A-Za-z0-9 .,&-]{1,25}",
    ) {
        let amount = Amount { rupiah, sen: 0 };
        let code = Dynamic { amount, reference: reference.clone(), name: name.clone(), ..bill() };
        let read = Qris::parse(&code.text().unwrap()).unwrap();
        prop_assert_eq!(read.amount(), Some(amount));
        prop_assert_eq!(read.reference(), Some(reference));
        prop_assert_eq!(read.merchant(), name);
    }

    #[test]
    fn one_changed_sign_is_noticed(at in 0_usize..200, sign in "[0-9A-Za-z. ]") {
        let code = bill().text().unwrap();
        let at = at % code.len();
        let mut changed = code.clone();
        changed.replace_range(at..=at, &sign);
        prop_assert_eq!(Qris::parse(&changed).is_ok(), changed == code);
    }

    #[test]
    fn no_text_makes_the_reader_fall_over(text in ".{0,600}") {
        let _ = Qris::parse(&text);
    }
}

/// Public and synthetic codes with what they say, where they lie beside the project.
fn vectors() -> Option<serde_json::Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/qris_payloads.json");
    match std::fs::read_to_string(path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("the vectors are JSON")),
        Err(_) => {
            eprintln!("the public codes are not beside the project: only its own were read");
            None
        }
    }
}

fn list<'v>(vectors: &'v serde_json::Value, name: &str) -> &'v [serde_json::Value] {
    vectors[name].as_array().expect("the vectors are lists")
}

#[test]
fn public_codes_are_read_by_their_tags() {
    let Some(vectors) = vectors() else { return };
    for (name, count) in [("public_test_suite", 23), ("synthetic", 7)] {
        assert_eq!(list(&vectors, name).len(), count);
        for vector in list(&vectors, name) {
            let payload = vector["payload"].as_str().unwrap();
            let read = Qris::parse(payload).unwrap_or_else(|why| panic!("{payload}: {why}"));
            let Some(parsed) = vector["parsed"].as_object() else { continue };
            for (tag, value) in parsed {
                match value {
                    serde_json::Value::String(text) => assert_eq!(read.field(tag), Some(&**text)),
                    serde_json::Value::Object(inner) => {
                        for (within, value) in inner.iter().filter(|(_, v)| v.is_string()) {
                            let found = read.nested(tag, within);
                            assert_eq!(
                                found.as_deref(),
                                value.as_str(),
                                "{payload} {tag} {within}"
                            );
                        }
                    }
                    other => panic!("{other}"),
                }
            }
        }
    }
}

#[test]
fn what_strict_readers_complain_of_is_told() {
    let Some(vectors) = vectors() else { return };
    for vector in list(&vectors, "public_test_suite") {
        let notes = vector["notes"].to_string();
        let read = Qris::parse(vector["payload"].as_str().unwrap()).unwrap();
        let complaints = read.complaints();
        let told = |complaint| complaints.contains(&complaint);
        assert_eq!(told(Complaint::NoNationalId), notes.contains("without tag 51"), "{notes}");
        assert_eq!(told(Complaint::LongName), notes.contains("longer than 25"), "{notes}");
        assert_eq!(told(Complaint::Category), notes.contains("MCC not 4"), "{notes}");
    }
}

#[test]
fn broken_codes_are_refused_with_the_right_reason() {
    let Some(vectors) = vectors() else { return };
    let lists = [list(&vectors, "public_invalid"), list(&vectors, "synthetic_invalid")];
    for vector in lists.concat() {
        let reason = vector["reason"].as_str().unwrap();
        let wanted = match reason {
            _ if reason.starts_with("CRC mismatch") || reason.starts_with("CRC last") => {
                Wrong::Checksum
            }
            _ if reason.starts_with("amount changed") => Wrong::Checksum,
            _ if reason.starts_with("CRC lower") => Wrong::ChecksumLowerCase,
            _ if reason.starts_with("currency") => Wrong::Currency,
            _ if reason.starts_with("country") => Wrong::Country,
            _ if reason.starts_with("tag 54 twice") => Wrong::Twice,
            _ if reason.starts_with("comma") => Wrong::Amount,
            _ => Wrong::Broken,
        };
        let payload = vector["payload"].as_str().unwrap();
        assert_eq!(Qris::parse(payload).err(), Some(wanted), "{reason}: {payload}");
    }
}

#[test]
fn the_bill_of_the_vectors_is_written_sign_by_sign() {
    let Some(vectors) = vectors() else { return };
    let wanted = list(&vectors, "synthetic").iter().find(|v| v["case"] == "dynamic, 25000");
    assert_eq!(bill().text().unwrap(), wanted.unwrap()["payload"].as_str().unwrap());
}
