//! What somebody typed into the form of a rule, as a body. What cannot be understood stays as it was
//! typed, so that the shape can say what is wrong and the form can show it again.

use std::collections::{BTreeMap, BTreeSet};

use base::Rupiah;
use base::policy::{BODY, Field, Holds, Rows, Shape, is_blank};
use serde_json::{Map, Value};

/// The fields of the form by name: `body/sales/0/up_to`.
pub(super) type Sent = BTreeMap<String, String>;

/// More rows than any list has, whatever somebody sends.
const ROWS_MAX: usize = 400;
const CODE_CHARS_MAX: usize = 40;

/// The body that was filled in.
pub(super) fn body(shape: Shape, sent: &Sent) -> Value {
    match shape {
        Shape::Parts(fields) => parts(BODY, fields, sent),
        Shape::Named { names, fields } => {
            let mut all: BTreeSet<String> = names.iter().map(|&name| name.to_owned()).collect();
            all.extend(below(BODY, sent).take(ROWS_MAX));
            let row = |name: String| {
                let row = parts(&format!("{BODY}/{name}"), fields, sent);
                let empty =
                    |value: &Value| is_blank(value) || value.as_array().is_some_and(Vec::is_empty);
                let written = row.as_object().is_some_and(|row| !row.values().all(empty));
                written.then_some((name, row))
            };
            Value::Object(all.into_iter().filter_map(row).collect())
        }
    }
}

/// The names that stand right below a place.
fn below<'s>(at: &str, sent: &'s Sent) -> impl Iterator<Item = String> + 's {
    let start = format!("{at}/");
    let names = sent.range(start.clone()..).take_while({
        let start = start.clone();
        move |(name, _)| name.starts_with(&start)
    });
    names.filter_map(move |(name, _)| name[start.len()..].split('/').next().map(str::to_owned))
}

fn parts(at: &str, fields: &[Field], sent: &Sent) -> Value {
    let mut map = Map::new();
    for field in fields {
        map.insert(
            field.name.to_owned(),
            value(&format!("{at}/{}", field.name), field.holds, sent),
        );
    }
    for field in fields {
        let Holds::Code { from } = field.holds else { continue };
        let words = map.get(from).and_then(Value::as_str).unwrap_or_default();
        if map[field.name] == "" {
            map.insert(field.name.to_owned(), Value::from(code_of(words)));
        }
    }
    Value::Object(map)
}

/// A stable name out of the first words: `Keadaan darurat.` is `keadaan_darurat`.
fn code_of(words: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    let words: String = words.chars().map(plain).collect();
    let joined = words.split_whitespace().collect::<Vec<_>>().join("_");
    joined.chars().take(CODE_CHARS_MAX).collect()
}

fn value(at: &str, holds: Holds, sent: &Sent) -> Value {
    let text = sent.get(at).map(|text| text.trim()).unwrap_or_default();
    let typed = |number: Option<i64>| number.map_or_else(|| Value::from(text), Value::from);
    let ticked = |code: &str| sent.contains_key(&format!("{at}/{code}"));
    match holds {
        Holds::Amount { open: true } if text.is_empty() => Value::Null,
        Holds::Amount { .. } => typed(Rupiah::read(text).map(Rupiah::amount)),
        Holds::Share => typed(points(text)),
        Holds::Count { .. } | Holds::Year => typed(text.parse().ok()),
        Holds::Counts { .. } => numbers(text),
        Holds::Day | Holds::Text { .. } | Holds::OneOf(_) | Holds::Code { .. } => Value::from(text),
        Holds::Flag => Value::from(sent.contains_key(at)),
        Holds::AnyOf(codes) | Holds::TwoOf(codes) => {
            codes.iter().filter(|code| ticked(code)).copied().collect()
        }
        Holds::Weekdays => (0..7_i64).filter(|day| ticked(&day.to_string())).collect(),
        Holds::Agencies => below(at, sent).collect(),
        Holds::Rows(rows) => list(at, rows, sent),
    }
}

fn list(at: &str, rows: Rows, sent: &Sent) -> Value {
    let places: BTreeSet<usize> = below(at, sent).filter_map(|place| place.parse().ok()).collect();
    let row = |place: usize| parts(&format!("{at}/{place}"), rows.fields, sent);
    places.into_iter().take(ROWS_MAX).map(row).collect()
}

/// `40`, `40%` or `40,5` in basis points.
fn points(text: &str) -> Option<i64> {
    let text = text.trim_end_matches('%').trim();
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)
}

/// `3, 1` as numbers; words are left as they are.
fn numbers(text: &str) -> Value {
    let parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let read: Option<Vec<i64>> = parts.map(|part| part.parse().ok()).collect();
    read.map_or_else(|| Value::from(text), Value::from)
}

/// What a button of the form does to the body: a row more, or one less.
pub(super) fn act(body: &mut Value, asked: &str) {
    let Some((what, place)) = asked.split_once(':') else { return };
    let Some(place) = place.strip_prefix(BODY) else { return };
    match what {
        "add" => {
            if let Some(Value::Array(rows)) = body.pointer_mut(place) {
                rows.push(Value::Object(Map::new()));
            }
        }
        "remove" => {
            let Some((list, row)) = place.rsplit_once('/') else { return };
            let row: Option<usize> = row.parse().ok();
            if let (Some(Value::Array(rows)), Some(row)) = (body.pointer_mut(list), row)
                && row < rows.len()
            {
                rows.remove(row);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const REASON: &[Field] = &[
        Field::new("code", Holds::Code { from: "reason" }),
        Field::new("reason", Holds::Text { chars_max: 9 }),
    ];
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("share", Holds::Share),
        Field::new("top", Holds::Amount { open: true }),
        Field::new("week", Holds::Weekdays),
        Field::new("before", Holds::Counts { most: 3 }),
        Field::new("rows", Holds::Rows(Rows { fields: REASON, key: &["code"], min: 0, max: 9 })),
    ]);

    fn sent(fields: &[(&str, &str)]) -> Sent {
        fields.iter().map(|(name, text)| (format!("body/{name}"), (*text).to_owned())).collect()
    }

    #[test]
    fn what_a_clerk_types_becomes_a_body_and_what_cannot_be_read_stays() {
        let form = sent(&[
            ("share", "40,5"),
            ("top", "Rp 2.000.000"),
            ("week/0", "on"),
            ("week/4", "on"),
            ("before", "3, 1"),
            ("rows/2/reason", "Keadaan darurat"),
            ("rows/2/code", ""),
            ("rows/10/reason", "b"),
            ("rows/10/code", "kept"),
        ]);
        let mut read = body(SHAPE, &form);
        let rows = json!([{ "code": "keadaan_darurat", "reason": "Keadaan darurat" },
                          { "code": "kept", "reason": "b" }]);
        let whole = json!({ "share": 4_050, "top": 2_000_000, "week": [0, 4], "before": [3, 1],
                            "rows": rows });
        assert_eq!(read, whole);
        act(&mut read, "remove:body/rows/0");
        act(&mut read, "add:body/rows");
        act(&mut read, "remove:body/rows/7");
        act(&mut read, "add:body/share");
        assert_eq!(read["rows"], json!([{ "code": "kept", "reason": "b" }, {}]));
        let wrong = body(SHAPE, &sent(&[("share", "empat"), ("top", "2,5 juta"), ("before", "x")]));
        assert_eq!((&wrong["share"], &wrong["top"]), (&json!("empat"), &json!("2,5 juta")));
        assert_eq!((&wrong["before"], &wrong["week"]), (&json!("x"), &json!([])));
    }
}
