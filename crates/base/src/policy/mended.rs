//! What is wrong with a rule apart from its parts that cannot be read, so that all mistakes are told
//! at once. The unreadable parts are filled in several ways; what is wrong in every one of them is
//! wrong whatever was meant.

use serde_json::{Value, json};

use super::shape::{BODY, Field, Holds, Shape};
use super::{PolicyBody, inside};
use crate::{Problem, Rupiah};

/// Ways to fill a part in.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Guess {
    Low,
    High,
    /// Just above what the row before says.
    Next,
    /// Nothing, where that is allowed.
    Open,
}

const GUESSES: [Guess; 4] = [Guess::Low, Guess::High, Guess::Next, Guess::Open];

/// The problems of the rule that stand whatever its unreadable parts would say.
pub(super) fn certain<T: PolicyBody>(body: &Value, wrong: &[Problem]) -> Vec<Problem> {
    let mut certain: Option<Vec<Problem>> = None;
    for guess in GUESSES {
        let mut whole = body.clone();
        for problem in wrong {
            fill(T::SHAPE, &mut whole, &problem.field, guess);
        }
        let Ok(rule) = serde_json::from_value::<T>(whole) else { continue };
        let found = inside(rule.problems());
        certain = Some(match certain {
            None => found,
            Some(before) => {
                before.into_iter().filter(|one| found.iter().any(|it| same(one, it))).collect()
            }
        });
    }
    let mut certain = certain.unwrap_or_default();
    certain.retain(|one| !wrong.iter().any(|it| touches(&it.field, &one.field)));
    certain
}

fn same(one: &Problem, other: &Problem) -> bool {
    (&one.field, one.code) == (&other.field, other.code)
}

/// Whether a problem stands in the row that cannot be read, or is the same.
fn touches(unreadable: &str, field: &str) -> bool {
    let row = |text: &str| text.rsplit_once('/').map(|(row, _)| row.to_owned());
    let deep = unreadable.matches('/').count() > 1;
    unreadable == field || (deep && row(unreadable) == row(field))
}

/// Puts a guess where the problem's field is; does nothing where it cannot.
fn fill(shape: Shape, body: &mut Value, at: &str, guess: Guess) {
    let mut steps = at.split('/').skip(1);
    let fields = match shape {
        Shape::Parts(fields) => fields,
        Shape::Named { fields, .. } => {
            let Some(row) = steps.next().and_then(|name| body.get_mut(name)) else { return };
            return fill_part(fields, row, &mut steps, guess, None);
        }
    };
    debug_assert!(at.starts_with(BODY), "problems of a shape stand in the body");
    fill_part(fields, body, &mut steps, guess, None);
}

fn fill_part<'s>(
    fields: &[Field],
    part: &mut Value,
    steps: &mut impl Iterator<Item = &'s str>,
    guess: Guess,
    before: Option<&Value>,
) {
    let (Some(name), Some(map)) = (steps.next(), part.as_object_mut()) else { return };
    let Some(field) = fields.iter().find(|field| field.name == name) else {
        map.remove(name); // no part of this rule
        return;
    };
    let Holds::Rows(rows) = field.holds else {
        let before = before.and_then(|row| row.get(name));
        map.insert(name.to_owned(), guessed(field.holds, guess, before));
        return;
    };
    let list = map.get_mut(name).and_then(Value::as_array_mut);
    let index: Option<usize> = steps.next().and_then(|index| index.parse().ok());
    let (Some(list), Some(index)) = (list, index) else { return };
    let before = index.checked_sub(1).and_then(|before| list.get(before)).cloned();
    if let Some(row) = list.get_mut(index) {
        fill_part(rows.fields, row, steps, guess, before.as_ref());
    }
}

fn guessed(holds: Holds, guess: Guess, before: Option<&Value>) -> Value {
    let low = guess == Guess::Low;
    let number = |least: i64, most: i64| {
        let next = before.and_then(Value::as_i64).map_or(least, |n| n.saturating_add(1));
        Value::from(match guess {
            Guess::Low => least,
            Guess::Next => next.clamp(least, most),
            Guess::High | Guess::Open => most,
        })
    };
    let code = |codes: &[&str]| {
        let end = if low { codes.first() } else { codes.last() };
        let end = || end.map(|code| Value::from(*code));
        before.filter(|_| guess == Guess::Next).cloned().or_else(end).unwrap_or_default()
    };
    match holds {
        Holds::Amount { open: true } if guess == Guess::Open => Value::Null,
        Holds::Amount { .. } => number(0, Rupiah::MAX.amount()),
        Holds::Share => number(0, 10_000),
        Holds::Count { min, max } => number(min, max),
        Holds::Year => number(2000, 2100),
        Holds::Day => Value::from(if low { "2000-01-01" } else { "2100-12-31" }),
        Holds::Flag => Value::Bool(false),
        Holds::Text { .. } => Value::from("-"),
        Holds::Code { .. } => Value::from(if low { "a" } else { "z" }),
        Holds::OneOf(codes) => code(codes),
        Holds::TwoOf(codes) if low => json!(codes.iter().take(2).collect::<Vec<_>>()),
        Holds::TwoOf(codes) => json!(codes.iter().rev().take(2).collect::<Vec<_>>()),
        Holds::Weekdays => json!([0]),
        Holds::AnyOf(_) | Holds::Agencies | Holds::Counts { .. } | Holds::Rows(_) => json!([]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{PolicyKind, SizeClasses, ValueBands};

    fn told<T: PolicyBody>(body: &Value) -> Vec<(String, &'static str)> {
        let problems = (PolicyKind::of::<T>().check)(body).err().unwrap_or_default();
        problems.into_iter().map(|one| (one.field, one.code)).collect()
    }

    fn sizes(tops: &[Value; 3]) -> Value {
        let classes = ["micro", "small", "medium"];
        let rows = |tops: &[Value; 3]| {
            let row = |(class, top)| json!({ "class": class, "up_to": top });
            classes.iter().zip(tops).map(row).collect::<Vec<_>>()
        };
        let right = [json!(1), json!(2), json!(3)];
        json!({ "capital": rows(&right), "sales": rows(tops) })
    }

    #[test]
    fn a_wrong_order_is_told_beside_a_sum_that_cannot_be_read() {
        let unreadable = ("body/sales/2/up_to".to_owned(), "policy-field-amount");
        let order = ("body/sales/1/up_to".to_owned(), "policy-size-rising");
        let both = sizes(&[json!(9), json!(5), json!(-1)]);
        assert_eq!(told::<SizeClasses>(&both), [unreadable.clone(), order]);
        let one = sizes(&[json!(5), json!(9), json!(-1)]);
        assert_eq!(told::<SizeClasses>(&one), [unreadable]);
        let between = sizes(&[json!(5), json!("dua"), json!(9)]);
        assert_eq!(told::<SizeClasses>(&between).len(), 1, "it may have been right");
    }

    #[test]
    fn what_may_have_been_right_is_not_called_wrong() {
        let band = |top: Value| json!({ "what": "goods", "up_to": top, "form": "contract" });
        let open = |what: &str| json!({ "what": what, "up_to": null, "form": "contract" });
        let buyer =
            |what: &str| json!({ "what": what, "up_to": null, "buyer": "commitment_officer" });
        let kinds = ["goods", "works", "consulting"];
        let body = |top: Value, direct: i64| {
            json!({
                "forms": [band(json!(10)), band(top), band(json!(30)), band(Value::Null), open("works"),
                    open("consulting")],
                "shop_form": "order_letter",
                "direct": [{ "what": "goods", "up_to": direct }],
                "approvals": kinds.map(buyer),
            })
        };
        let field = "body/forms/1/up_to".to_owned();
        let amount = (field, "policy-field-amount");
        let abc = told::<ValueBands>(&body(json!("abc"), 50));
        assert_eq!(abc, std::slice::from_ref(&amount));
        let zero = ("body/direct/0/up_to".to_owned(), "policy-ceiling-zero");
        assert_eq!(told::<ValueBands>(&body(json!("abc"), 0)), [amount, zero.clone()]);
        let order = ("body/forms".to_owned(), "policy-bands-ladder");
        assert_eq!(told::<ValueBands>(&body(json!(40), 0)), [order, zero]);
    }
}
