//! Requests made from the description: honest ones with values that earlier answers held, and broken
//! ones of every kind. The same seed makes the same requests.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Act;
use crate::wire::encoded;

/// Well formed, and nobody's.
const NOBODYS_ID: &str = "01m841bca2hjf1nzeccvmv1xvw";
/// Values kept of one name.
const KEPT_MAX: usize = 100;
const LONG_CHARS: usize = 5_000;
/// Over the limit of an ordinary form.
const HUGE_BYTES: usize = 300 * 1024;
const DEPTH: usize = 3_000;

/// Numbers that look random and are not.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// What is done to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Honest,
    NobodysId,
    BadId,
    BadQuery,
    LongQuery,
    UnicodeQuery,
    NulQuery,
    WrongType,
    TooLong,
    Missing,
    Extra,
    Unicode,
    Nul,
    Negative,
    Enormous,
    Deep,
    NotJson,
    OtherKind,
    Huge,
    Empty,
    List,
    BadKey,
    BadMatch,
}

impl Case {
    /// What can be done to this operation.
    pub(crate) fn of(act: &Act) -> &'static [Case] {
        use Case::*;
        if act.reads() {
            return &[NobodysId, BadId, BadQuery, LongQuery, UnicodeQuery, NulQuery, Negative];
        }
        &[
            NobodysId, BadId, NulQuery, WrongType, TooLong, Missing, Extra, Unicode, Nul, Negative,
            Enormous, Deep, NotJson, OtherKind, Huge, Empty, List, BadKey, BadMatch,
        ]
    }
}

/// Values that answers held, by the name of their field, and ids by where they were found.
#[derive(Default)]
pub(crate) struct Harvest {
    named: BTreeMap<String, Vec<String>>,
    ids: BTreeMap<String, Vec<String>>,
}

impl Harvest {
    /// Keeps what an answer of this path holds.
    pub(crate) fn take(&mut self, path: &str, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    if let Some(text) = plain(field) {
                        let place = if name == "id" { &mut self.ids } else { &mut self.named };
                        let key = if name == "id" { path } else { name };
                        keep(place.entry(key.to_owned()).or_default(), text);
                    }
                    self.take(path, field);
                }
            }
            Value::Array(list) => list.iter().for_each(|one| self.take(path, one)),
            _ => {}
        }
    }

    /// Something for `{name}` at the end of this part of a path.
    fn for_path(&self, before: &str, name: &str, chance: &mut Chance) -> String {
        let area = before.split('/').nth(3).unwrap_or_default();
        let near = || self.ids.iter().filter(|(path, _)| path.split('/').nth(3) == Some(area));
        let exact = self.ids.get(before.trim_end_matches('/'));
        let found = match name {
            "id" if exact.is_some() && chance.below(4) > 0 => exact.cloned(),
            "id" => Some(near().flat_map(|(_, ids)| ids.clone()).collect()),
            _ => self.named.get(name).cloned(),
        };
        found.filter(|all| !all.is_empty()).map_or(NOBODYS_ID.to_owned(), |all| one(&all, chance))
    }
}

fn one(all: &[String], chance: &mut Chance) -> String {
    all[chance.below(all.len())].clone()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.len() <= 100 => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn keep(list: &mut Vec<String>, text: String) {
    if list.len() < KEPT_MAX && !list.contains(&text) {
        list.push(text);
    }
}

/// A request, ready to be sent.
pub(crate) struct Request {
    /// A field that the form needs and this one leaves out.
    pub(crate) lacks: Option<String>,
    pub(crate) target: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn of(act: &Act, case: Case, chance: &mut Chance, harvest: &Harvest) -> Request {
        let target =
            format!("{}{}", path(act, case, chance, harvest), query(act, case, chance, harvest));
        let mut headers = Vec::new();
        if !act.reads() {
            let key = if case == Case::BadKey {
                "k".repeat(200)
            } else {
                format!("fuzz-{}", chance.next())
            };
            headers.push(("Idempotency-Key", key));
            let kind = if case == Case::OtherKind { "text/plain" } else { "application/json" };
            headers.push(("Content-Type", kind.to_owned()));
        }
        if case == Case::BadMatch {
            headers.push(("If-Match", "\"9-nothing\"".to_owned()));
        }
        let (body, left_out) =
            if act.reads() { (Vec::new(), None) } else { body(act, case, chance, harvest) };
        let lacks = left_out.filter(|name| act.needs(name));
        Request { lacks, target, headers, body }
    }
}

fn path(act: &Act, case: Case, chance: &mut Chance, harvest: &Harvest) -> String {
    const BAD: [&str; 7] = ["0", "-1", "%F0%9F%92%A5", "..%2F..", "%00", "%FF%FE", "'%20OR%201=1"];
    let mut done = String::new();
    for part in act.path.split('/').skip(1) {
        let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        let filled = match (name, case) {
            (None, _) => part.to_owned(),
            (Some(_), Case::NobodysId) => NOBODYS_ID.to_owned(),
            (Some(_), Case::BadId) => chance.pick(&BAD).to_owned(),
            (Some(name), _) => encoded(&harvest.for_path(&done, name, chance)),
        };
        done = format!("{done}/{filled}");
    }
    done
}

fn query(act: &Act, case: Case, chance: &mut Chance, harvest: &Harvest) -> String {
    let all = act.about["parameters"].as_array().into_iter().flatten();
    let names = all.filter(|one| one["in"] == "query").filter_map(|one| one["name"].as_str());
    let names: Vec<&str> = names.collect();
    let pair = |name: &str, chance: &mut Chance| {
        let value = match case {
            Case::BadQuery => chance
                .pick(&["0", "-1", "abc", "%", "99999999999999999999", "x~y", "a b"])
                .to_owned(),
            Case::Negative => "-9223372036854775808".to_owned(),
            Case::LongQuery => "9".repeat(LONG_CHARS),
            Case::UnicodeQuery => "\u{202e}é💥\u{0301}%_'\"<b>".to_owned(),
            Case::NulQuery => "a\0b".to_owned(),
            _ => match harvest.named.get(name) {
                Some(all) => one(all, chance),
                None => chance.pick(&["", "1", "2026", "kue"]).to_owned(),
            },
        };
        format!("{}={}", encoded(name), encoded(&value))
    };
    let broken = case != Case::Honest;
    let asked: Vec<&str> = names.into_iter().filter(|_| broken || chance.below(3) == 0).collect();
    let mut pairs: Vec<String> = asked.into_iter().map(|name| pair(name, chance)).collect();
    if case == Case::NulQuery {
        pairs.push("unknown=%00".to_owned());
    }
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// The body, and the field that was left out of it.
fn body(
    act: &Act,
    case: Case,
    chance: &mut Chance,
    harvest: &Harvest,
) -> (Vec<u8>, Option<String>) {
    let schema = &act.about["requestBody"]["content"]["application/json"]["schema"];
    let mut fields = honest(schema, chance, harvest);
    let names: Vec<String> = fields.keys().cloned().collect();
    let chosen = if names.is_empty() { "name".to_owned() } else { one(&names, chance) };
    let mut left_out = None;
    match case {
        Case::Empty => return (Vec::new(), None),
        Case::NotJson => return (b"{\"name\": \"kue\"".to_vec(), None),
        Case::OtherKind => return (b"name=kue".to_vec(), None),
        Case::List => return (b"[1, 2, 3]".to_vec(), None),
        Case::Deep => return ([b"{\"name\":".to_vec(), b"[".repeat(DEPTH)].concat(), None),
        Case::Huge => drop(fields.insert(chosen, json!("a".repeat(HUGE_BYTES)))),
        Case::Missing => left_out = fields.remove(&chosen).map(|_| chosen),
        Case::Extra => drop(fields.insert("lain-lain".to_owned(), json!({ "a": [null, true] }))),
        Case::WrongType => {
            let wrong = [json!(null), json!(true), json!(12.5), json!({ "a": 1 }), json!([[]])];
            fields.insert(chosen, wrong[chance.below(wrong.len())].clone());
        }
        Case::TooLong => said(&mut fields, &"ab ".repeat(LONG_CHARS / 3)),
        Case::Unicode => said(&mut fields, "\u{202e}é💥\u{0301}\u{200b} '\"<b>%_\\"),
        Case::Nul => said(&mut fields, "a\0b"),
        Case::Negative => said(&mut fields, "-1"),
        Case::Enormous => said(&mut fields, "99999999999999999999"),
        _ => {}
    }
    (Value::Object(fields).to_string().into_bytes(), left_out)
}

/// Every field says this.
fn said(fields: &mut Map<String, Value>, text: &str) {
    for value in fields.values_mut() {
        *value = if value.is_array() { json!([text]) } else { json!(text) };
    }
}

fn honest(schema: &Value, chance: &mut Chance, harvest: &Harvest) -> Map<String, Value> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let field = |(name, about): (&String, &Value)| {
        let text = honest_text(name, about, chance, harvest);
        let list = about["type"] == "array";
        let of_one = if list { &about["items"] } else { about };
        // What is described as a number or a text comes as either.
        let number = text.parse::<i64>().ok().filter(|_| of_one["type"].is_array());
        let value = number.filter(|_| chance.below(2) == 0).map_or(json!(text), Value::from);
        (name.clone(), if list { json!([value]) } else { value })
    };
    properties.map(field).collect()
}

fn honest_text(name: &str, about: &Value, chance: &mut Chance, harvest: &Harvest) -> String {
    // Codes stand in the description between backticks.
    let words = about["description"].as_str().unwrap_or_default();
    let codes: Vec<&str> = words.split('`').skip(1).step_by(2).collect();
    if !codes.is_empty() && chance.below(4) > 0 {
        return chance.pick(&codes).to_owned();
    }
    if let Some(all) = harvest.named.get(name)
        && chance.below(4) > 0
    {
        return one(all, chance);
    }
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let text = match name {
        _ if has(&["_on", "date", "from", "until", "day"]) => "2026-12-01",
        _ if has(&["amount", "price", "ceiling", "total", "sales"]) => "25.000",
        _ if has(&["count", "stock", "number", "days", "workers", "quantity"]) => "3",
        _ if has(&["phone"]) => "081234567890",
        _ if has(&["mail"]) => "warga@example.id",
        _ if has(&["url", "address"]) => "https://example.id/kabar",
        _ => chance.pick(&["1", "Kue lapis legit", "Alasan yang cukup panjang untuk dibaca orang"]),
    };
    text.to_owned()
}
