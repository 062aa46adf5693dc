//! What the body of a rule is made of, as data. One description draws the form that a clerk fills in,
//! judges what was filled in, reads the rule aloud and finds what differs; no kind has pages of its
//! own.

use serde_json::Value;

use crate::{Date, Problem, Rate, Rupiah};

/// The shape of a whole body.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Parts by name.
    Parts(&'static [Field]),
    /// One row for each of these names, and for others that a body brings along.
    Named {
        /// What the program asks for.
        names: &'static [&'static str],
        /// What each row holds.
        fields: &'static [Field],
    },
}

/// One part of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// As the body calls it; its words stand in the texts as `reading-label-…`.
    pub name: &'static str,
    /// What stands there.
    pub holds: Holds,
}

/// What a part holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Holds {
    /// Whole rupiah; an open one may be left empty, and then there is no limit.
    Amount {
        /// Whether it may be left empty.
        open: bool,
    },
    /// A share in basis points, written as percent.
    Share,
    /// A whole number within bounds.
    Count {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A few numbers, such as days before a deadline.
    Counts {
        /// How many at most.
        most: usize,
    },
    /// A calendar year.
    Year,
    /// A day.
    Day,
    /// Yes or no; left out is no.
    Flag,
    /// Words.
    Text {
        /// The longest.
        chars_max: usize,
    },
    /// A stable name that nobody reads, made of this field when it is left empty.
    Code {
        /// The field whose words it is made of.
        from: &'static str,
    },
    /// One of these codes.
    OneOf(&'static [&'static str]),
    /// Any of these codes; none means all.
    AnyOf(&'static [&'static str]),
    /// Exactly two of these codes.
    TwoOf(&'static [&'static str]),
    /// Days of the week, 0 is Monday.
    Weekdays,
    /// Codes of agencies; none means all.
    Agencies,
    /// A list.
    Rows(Rows),
}

/// A list within a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rows {
    /// What each row holds.
    pub fields: &'static [Field],
    /// The parts that name a row, so that one put in between does not change all after it.
    pub key: &'static [&'static str],
    /// The fewest rows.
    pub min: usize,
    /// The most rows; as many as the fewest when none may be added or removed.
    pub max: usize,
}

/// Where the parts of a body begin in a problem's field and in a form: `body/sales/0/up_to`.
pub const BODY: &str = "body";
const PROBLEMS_MAX: usize = 100;
const DAYS_MAX: i64 = 365;
const YEARS: std::ops::RangeInclusive<i64> = 2000..=2100;

impl Field {
    /// A part of this name.
    pub const fn new(name: &'static str, holds: Holds) -> Field {
        Field { name, holds }
    }
}

impl Shape {
    /// Everything in a body that is not what stands in the shape.
    pub fn problems(&self, body: &Value) -> Vec<Problem> {
        let mut found = Vec::new();
        match self {
            Shape::Parts(fields) => parts(BODY, fields, body, &mut found),
            Shape::Named { fields, .. } => match body.as_object() {
                None => found.push(Problem::new(BODY, "policy-field-unreadable")),
                Some(rows) => {
                    for (name, row) in rows {
                        parts(&format!("{BODY}/{name}"), fields, row, &mut found);
                    }
                }
            },
        }
        found.truncate(PROBLEMS_MAX);
        found
    }
}

fn parts(at: &str, fields: &[Field], value: &Value, found: &mut Vec<Problem>) {
    let Some(map) = value.as_object() else {
        return found.push(Problem::new(at, "policy-field-unreadable"));
    };
    for name in map.keys().filter(|name| fields.iter().all(|field| field.name != *name)) {
        found.push(Problem::with(format!("{at}/{name}"), "policy-field-unknown", name));
    }
    for field in fields {
        let here = format!("{at}/{}", field.name);
        let value = map.get(field.name).unwrap_or(&Value::Null);
        match field.holds {
            Holds::Rows(rows) => list(&here, rows, value, found),
            holds => found.extend(single(holds, value).map(|(code, detail)| Problem {
                field: here,
                code,
                detail,
            })),
        }
    }
}

fn list(at: &str, rows: Rows, value: &Value, found: &mut Vec<Problem>) {
    let Some(list) = value.as_array() else {
        return found.push(Problem::new(at, "policy-field-unreadable"));
    };
    if list.len() < rows.min {
        found.push(Problem::with(at, "policy-rows-few", rows.min));
    }
    if list.len() > rows.max {
        found.push(Problem::with(at, "policy-rows-many", rows.max));
    }
    for (i, row) in list.iter().take(rows.max).enumerate() {
        parts(&format!("{at}/{i}"), rows.fields, row, found);
    }
}

/// Whether nothing was written there.
pub fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// What is wrong with one value, and what the message mentions.
fn single(holds: Holds, value: &Value) -> Option<(&'static str, String)> {
    let may_be_blank = matches!(holds, Holds::Amount { open: true } | Holds::Flag);
    if is_blank(value) && !may_be_blank {
        return Some(("policy-field-missing", empty()));
    }
    let number = value.as_i64();
    let within = |range: std::ops::RangeInclusive<i64>| number.is_some_and(|n| range.contains(&n));
    let (right, code, detail) = match holds {
        Holds::Amount { open } => {
            let right = (open && value.is_null()) || number.and_then(Rupiah::parse).is_some();
            (right, "policy-field-amount", empty())
        }
        Holds::Share => (number.and_then(Rate::points).is_some(), "policy-field-share", empty()),
        Holds::Count { min, max } => {
            (within(min..=max), "policy-field-count", format!("{min}–{max}"))
        }
        Holds::Year => (within(YEARS), "policy-field-year", empty()),
        Holds::Day => {
            let day = value.as_str().and_then(Date::parse);
            (day.is_some(), "policy-field-day", empty())
        }
        Holds::Flag => (value.is_null() || value.is_boolean(), "policy-field-unreadable", empty()),
        Holds::Text { chars_max } => {
            (text(value, chars_max), "policy-field-long", chars_max.to_string())
        }
        Holds::Code { .. } => (plain(value), "policy-code-not-plain", said(value)),
        Holds::OneOf(codes) => (among(codes, value), "policy-field-choice", empty()),
        several => return several_wrong(several, value),
    };
    (!right).then_some((code, detail))
}

/// The same of those that are short lists.
fn several_wrong(holds: Holds, value: &Value) -> Option<(&'static str, String)> {
    let count = value.as_array().map_or(0, Vec::len);
    let (right, code, detail) = match holds {
        Holds::Counts { most } => {
            let day = |one: &Value| one.as_i64().is_some_and(|n| (0..=DAYS_MAX).contains(&n));
            (each(value, most, day), "policy-field-counts", most.to_string())
        }
        Holds::AnyOf(codes) => {
            (each(value, codes.len(), |one| among(codes, one)), "policy-field-choice", empty())
        }
        Holds::TwoOf(codes) => {
            let two = count == 2 && each(value, 2, |one| among(codes, one));
            (two, "policy-field-two", empty())
        }
        Holds::Weekdays => {
            let day = |one: &Value| one.as_i64().is_some_and(|n| (0..7).contains(&n));
            (count > 0 && each(value, 7, day), "policy-weekdays", empty())
        }
        Holds::Agencies => (each(value, AGENCIES_MAX, plain), "policy-code-not-plain", said(value)),
        _ => return None, // lists of rows are looked into by their caller
    };
    (!right).then_some((code, detail))
}

fn among(codes: &[&str], value: &Value) -> bool {
    value.as_str().is_some_and(|code| codes.contains(&code))
}

const AGENCIES_MAX: usize = 200;
const CODE_CHARS_MAX: usize = 60;

fn empty() -> String {
    String::new()
}

fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn text(value: &Value, chars_max: usize) -> bool {
    value.as_str().is_some_and(|text| text.chars().count() <= chars_max)
}

/// Whether it is a list without repetitions, each of which is right.
fn each(value: &Value, most: usize, right: impl Fn(&Value) -> bool) -> bool {
    let Some(list) = value.as_array() else { return false };
    let twice = |(i, one): (usize, &Value)| list[..i].contains(one);
    list.len() <= most && list.iter().all(right) && !list.iter().enumerate().any(twice)
}

fn plain(value: &Value) -> bool {
    value.as_str().is_some_and(|code| {
        !code.is_empty()
            && code.len() <= CODE_CHARS_MAX
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BOUND: &[Field] = &[
        Field::new("class", Holds::OneOf(&["micro", "small"])),
        Field::new("up_to", Holds::Amount { open: true }),
    ];
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("share", Holds::Share),
        Field::new("bounds", Holds::Rows(Rows { fields: BOUND, key: &["class"], min: 1, max: 2 })),
    ]);

    #[test]
    fn every_wrong_part_is_named_by_its_place() {
        let right = json!({ "share": 4_000, "bounds": [{ "class": "micro", "up_to": null }] });
        assert_eq!(SHAPE.problems(&right), []);
        let wrong = json!({ "share": "40,,", "bounds": [
            { "class": "micro", "up_to": "dua" }, { "class": "tiny", "more": 1 },
        ]});
        let found = SHAPE.problems(&wrong);
        let told: Vec<_> = found.iter().map(|p| (p.field.as_str(), p.code)).collect();
        assert_eq!(
            told,
            [
                ("body/share", "policy-field-share"),
                ("body/bounds/0/up_to", "policy-field-amount"),
                ("body/bounds/1/more", "policy-field-unknown"),
                ("body/bounds/1/class", "policy-field-choice"),
            ]
        );
        assert_eq!(SHAPE.problems(&json!([]))[0].field, "body");
        let few = json!({ "share": "", "bounds": [] });
        let codes: Vec<_> = SHAPE.problems(&few).iter().map(|p| p.code).collect();
        assert_eq!(codes, ["policy-field-missing", "policy-rows-few"]);
    }
}
