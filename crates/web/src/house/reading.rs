//! Reads the data of rules and events aloud: the words people use where the texts know them, and the
//! plain names where they do not.

use base::{Date, Rate, Rupiah, Say};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::texts::Texts;

/// A label and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// Fields that hold an amount.
const AMOUNTS: &[&str] =
    &["up_to", "amount", "total", "price", "price_before", "value", "sum", "released"];
/// Fields that hold a share in basis points.
const SHARES: &[&str] = &["small_share", "share"];

/// Small data such as an event's, as single lines.
pub(crate) fn lines(body: &Value, texts: &Texts) -> Vec<Line> {
    let Some(map) = body.as_object() else { return Vec::new() };
    let given = map.iter().filter(|(_, value)| !value.is_null());
    given
        .map(|(key, value)| Line { label: label(key, texts), value: shown(key, value, texts) })
        .collect()
}

/// The word for a field: `reading-label-up-to`, or its name with blanks.
pub(crate) fn label(key: &str, texts: &Texts) -> String {
    let known = format!("reading-label-{}", dashed(key));
    if texts.has(&known) { texts.get(&known) } else { key.replace(['_', '.'], " ") }
}

/// A value as people write it.
pub(crate) fn shown(key: &str, value: &Value, texts: &Texts) -> String {
    match value {
        Value::Null => texts.get("reading-none"),
        Value::Bool(true) => texts.get("reading-yes"),
        Value::Bool(false) => texts.get("reading-no"),
        Value::Array(list) if list.is_empty() => texts.get("reading-empty"),
        Value::Array(list) => {
            let items = list.iter().map(|item| shown(key, item, texts));
            items.collect::<Vec<_>>().join(", ")
        }
        Value::Object(map) if map.is_empty() => texts.get("reading-empty"),
        Value::Object(map) => {
            let pair = |(key, value): (&String, &Value)| {
                format!("{}: {}", label(key, texts), shown(key, value, texts))
            };
            map.iter().map(pair).collect::<Vec<_>>().join("; ")
        }
        Value::Number(number) => figure(key, number.as_i64(), texts, &number.to_string()),
        Value::String(text) => word(key, text, texts),
    }
}

fn figure(key: &str, number: Option<i64>, texts: &Texts, plain: &str) -> String {
    let known = format!("reading-value-{}-{plain}", dashed(key));
    let amount = AMOUNTS.contains(&key).then(|| Rupiah::parse(number?)).flatten();
    let share = SHARES.contains(&key).then(|| Rate::points(number?)).flatten();
    match (amount, share) {
        (Some(amount), _) => amount.display(),
        (_, Some(share)) => share.say(texts.language()),
        _ if texts.has(&known) => texts.get(&known),
        _ => plain.to_owned(),
    }
}

fn word(key: &str, text: &str, texts: &Texts) -> String {
    if let Some(day) = Date::parse(text) {
        return day.say(texts.language());
    }
    let text = text.strip_prefix("role/").unwrap_or(text); // whoever holds a role
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.-".contains(c);
    if !text.chars().all(plain) {
        return text.to_owned();
    }
    let of_field = format!("reading-value-{}-{}", dashed(key), dashed(text));
    let alone = format!("reading-value-{}", dashed(text));
    let of_role = format!("role-{}", dashed(text)); // the names of roles stand with the accounts
    let of_office = format!("organisation-kind-{}", dashed(text));
    let of_rule = format!("policy-kind-{}", dashed(text));
    let of_books = format!("ledger-{}-{}", dashed(key), dashed(text));
    let itself = if text.contains('-') { text.to_owned() } else { String::new() }; // a key of words
    let known = [of_field, alone, of_role, of_office, of_rule, of_books, itself];
    let known = known.into_iter().find(|key| texts.has(key));
    known.map_or_else(|| text.to_owned(), |key| texts.get(&key))
}

pub(crate) fn dashed(code: &str) -> String {
    code.replace(['.', '_'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn texts() -> std::sync::Arc<Texts> {
        let source = "reading-label-up-to = Sampai\nreading-label-class = Kelas\n\
                      reading-value-micro = Mikro\nreading-none = tanpa batas\n\
                      reading-what = Hal\nreading-yes = ya\nreading-value-weekdays-0 = Senin\n\
                      ledger-what-paid = Dibayar\nregistry-evidence-letter = Surat keterangan\n";
        std::sync::Arc::clone(&Texts::load([("id", source)]).unwrap()["id"])
    }

    #[test]
    fn data_is_read_with_the_words_that_are_known() {
        let data = json!({ "class": "micro", "up_to": 2_000_000_000, "x": null, "y": true });
        let lines = lines(&data, &texts());
        let told: Vec<_> = lines.iter().map(|l| (l.label.as_str(), l.value.as_str())).collect();
        assert_eq!(told, [("Kelas", "Mikro"), ("Sampai", "Rp2.000.000.000"), ("y", "ya")]);
        let said = |key, code: &str| shown(key, &Value::from(code), &texts());
        assert_eq!(said("what", "paid"), "Dibayar", "what the books call it");
        assert_eq!(said("what", "registry-evidence-letter"), "Surat keterangan");
        assert_eq!(said("what", "unheard-of"), "unheard-of");
    }
}
