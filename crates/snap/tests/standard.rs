//! Signatures, answers and sums against vectors that were computed elsewhere, and against themselves.

use proptest::prelude::*;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};
use serde_json::Value;
use snap::keys::{PrivateKey, PublicKey, Secret};
use snap::text::{Request, token};
use snap::{Answer, Case, Money, Service, Spaces, minify};

/// A pair for one test; no key is kept in the project.
fn pair() -> (PrivateKey, PublicKey) {
    let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).expect("a pair is made");
    let private = key.to_pkcs8_pem(LineEnding::LF).expect("a key is written");
    let public = key.to_public_key().to_public_key_pem(LineEnding::LF).expect("a key is written");
    let private = PrivateKey::parse(&private).expect("what was written is read");
    (private, PublicKey::parse(&public).expect("what was written is read"))
}

const BODY: &[u8] =
    br#"{"partnerServiceId":"   12345","amount":{"value":"25000.00","currency":"IDR"}}"#;

fn request<'r>() -> Request<'r> {
    let (method, path) = ("POST", Service::QrNotify.path());
    Request { method, path, body: BODY, timestamp: "2026-11-23T15:00:00+07:00" }
}

#[test]
fn a_pair_signs_and_only_its_other_half_agrees() {
    let (private, public) = pair();
    let text = request().asymmetric(Spaces::Outside).unwrap();
    let signature = private.sign(&text);
    assert!(public.verify(&text, &signature));
    assert_eq!(private.public(), public);
    assert!(!public.verify(&format!("{text} "), &signature));
    assert!(!public.verify(&text, "bukan base64"));
    assert!(!pair().1.verify(&text, &signature));
    assert!(PrivateKey::parse("bukan kunci").is_err() && PublicKey::parse("").is_err());
    assert_eq!(format!("{private:?}"), "PrivateKey(hidden)");
    assert_eq!(token("kota", "2026-11-23T15:00:00+07:00"), "kota|2026-11-23T15:00:00+07:00");
}

#[test]
fn a_shared_secret_signs_what_was_sent_and_nothing_else() {
    let secret = Secret::new("rahasia rekaan");
    let text = request().symmetric("token", Spaces::Outside).unwrap();
    let signature = secret.sign(&text);
    assert!(secret.verify(&text, &signature));
    assert!(!Secret::new("rahasia lain").verify(&text, &signature));
    // Blanks in a padded number count, but not for the client that leaves them out everywhere.
    let everywhere = request().symmetric("token", Spaces::Everywhere).unwrap();
    assert!(everywhere != text && !secret.verify(&everywhere, &signature));
    assert_eq!(format!("{secret:?}"), "Secret(hidden)");
}

#[test]
fn an_answer_is_read_back_from_its_digits() {
    for service in Service::ALL {
        for case in Case::ALL {
            let answer = Answer { service, case };
            assert_eq!(Answer::parse(&answer.to_string()), Some(answer));
        }
    }
    let paid = Answer { service: Service::VaPayment, case: Case::PaidBill };
    assert_eq!((paid.to_string().as_str(), paid.status()), ("4042514", 404));
    for wrong in ["", "200", "2009900", "9992500", "200250x", "ééé"] {
        assert_eq!(Answer::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn sums_are_whole_rupiah() {
    let money: Money = serde_json::from_str(r#"{"value":"25000.00","currency":"IDR"}"#).unwrap();
    assert_eq!(money, Money(25_000));
    assert_eq!(serde_json::to_value(money).unwrap()["value"], "25000.00");
    for wrong in ["25000.50", "-1.00", "1e3", "", ".00", "25.000,00", "99999999999999.00"] {
        let text = serde_json::json!({ "value": wrong, "currency": "IDR" });
        assert!(serde_json::from_value::<Money>(text).is_err(), "{wrong}");
    }
    let dollars = serde_json::json!({ "value": "1.00", "currency": "USD" });
    assert!(serde_json::from_value::<Money>(dollars).is_err());
}

proptest! {
    #[test]
    fn minified_json_means_the_same(keys in prop::collection::vec("[ -~]{0,12}", 0..6)) {
        let value: Value = keys.iter().map(|key| (key.clone(), Value::from(key.len()))).collect::<serde_json::Map<_, _>>().into();
        let pretty = serde_json::to_vec_pretty(&value).unwrap();
        let small = minify(&pretty, Spaces::Outside).unwrap();
        prop_assert_eq!(&small, &serde_json::to_vec(&value).unwrap());
    }
}

fn vectors(name: &str) -> Option<Value> {
    let path = format!("{}/../../../shared/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    match std::fs::read_to_string(path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("the vectors are JSON")),
        Err(_) => {
            eprintln!("the vectors {name} are not beside the project: only its own were tried");
            None
        }
    }
}

#[test]
fn signatures_equal_those_computed_elsewhere() {
    let Some(vectors) = vectors("snap_hmac_vectors") else { return };
    let secret = Secret::new(vectors["client_secret"].as_str().unwrap());
    for vector in vectors["vectors"].as_array().unwrap() {
        let text = |name: &str| vector[name].as_str().unwrap_or_default();
        let body = text("body").as_bytes();
        let request = Request {
            method: text("method"),
            path: text("path"),
            body,
            timestamp: text("timestamp"),
        };
        let signed = request.symmetric(text("access_token"), Spaces::Outside).unwrap();
        assert_eq!(signed, text("string_to_sign"), "{}", text("case"));
        assert_eq!(secret.sign(&signed), text("signature"), "{}", text("case"));
        assert!(secret.verify(&signed, text("signature")));
    }
}

#[test]
fn addresses_and_answers_are_those_of_the_standard() {
    let Some(endpoints) = vectors("snap_endpoints") else { return };
    for service in Service::ALL {
        let all = endpoints["endpoints"].as_array().unwrap();
        let known = all.iter().find(|one| one["service_code"] == service.code());
        let known = known.unwrap_or_else(|| panic!("{service:?}"));
        assert_eq!(
            (known["path"].as_str(), known["method"].as_str()),
            (Some(service.path()), Some(service.method()))
        );
    }
    let Some(codes) = vectors("snap_response_codes") else { return };
    for case in Case::ALL {
        let digits = Answer { service: Service::Token, case }.to_string();
        let found = codes["codes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|code| code["http"] == digits[..3] && code["case"] == digits[5..]);
        assert!(found, "{case:?}");
    }
    for (name, digits) in codes["examples"].as_object().unwrap() {
        assert!(Answer::parse(digits.as_str().unwrap()).is_some(), "{name}");
    }
}
