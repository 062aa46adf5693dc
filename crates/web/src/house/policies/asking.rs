//! The form of a rule, drawn from its shape: what is asked, with words, units and answers to choose
//! from, and where rows can be added or removed.

use base::Problem;
use base::policy::{BODY, Field, Holds, Rows, Shape};
use base::{Rate, Rupiah};
use serde_json::{Map, Value};

use super::words::Words;
use crate::house::reading::dashed;

/// One thing to fill in.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) hint: String,
    /// `text`, `amount`, `number`, `share`, `date`, `area`, `choice`, `ticks`, `flag` or `hidden`.
    pub(super) control: &'static str,
    pub(super) value: String,
    /// Code, word, and whether it is chosen.
    pub(super) options: Vec<(String, String, bool)>,
    pub(super) optional: bool,
    pub(super) chars_max: usize,
    pub(super) problem: String,
}

/// A row of a list.
#[derive(Debug, Default)]
pub(super) struct AskedRow {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) fields: Vec<Asked>,
    pub(super) removable: bool,
}

impl AskedRow {
    /// Whether its fields have room side by side: one or two take the whole line.
    pub(super) fn is_long(&self) -> bool {
        self.fields.iter().filter(|asked| asked.control != "hidden").count() > 2
    }
}

/// A stretch of the form: the plain parts, or one list.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) hint: String,
    pub(super) problem: String,
    pub(super) fields: Vec<Asked>,
    pub(super) rows: Vec<AskedRow>,
    /// The list that may get a row more, and the row that may go; empty when none may.
    pub(super) add: String,
    pub(super) remove: String,
    /// Long stretches begin folded, unless something in them is wrong.
    pub(super) folded: bool,
}

/// Draws a form.
pub(super) struct Asking<'w> {
    pub(super) words: Words<'w>,
    pub(super) problems: &'w [Problem],
}

impl Asking<'_> {
    pub(super) fn form(&self, shape: Shape, body: &Value) -> Vec<Part> {
        match shape {
            Shape::Parts(fields) => self.parts(fields, body),
            Shape::Named { names, fields } => {
                let empty = Map::new();
                let known = body.as_object().unwrap_or(&empty);
                let others = known.keys().filter(|name| !names.contains(&name.as_str()));
                let all = names.iter().map(|name| (*name).to_owned()).chain(others.cloned());
                let row = |name: String| {
                    let id = format!("{BODY}/{name}");
                    let value = known.get(&name).unwrap_or(&Value::Null);
                    let mut fields = self.fields(&id, fields, value);
                    if value.is_null() {
                        fields.iter_mut().for_each(|asked| asked.optional = true);
                    }
                    AskedRow { id, title: self.words.label(&name), fields, removable: false }
                };
                vec![Part { id: BODY.to_owned(), rows: all.map(row).collect(), ..Part::default() }]
            }
        }
    }

    fn parts(&self, fields: &[Field], body: &Value) -> Vec<Part> {
        let plain: Vec<Field> = fields.iter().filter(|it| rows_of(it).is_none()).copied().collect();
        let mut parts = Vec::new();
        if !plain.is_empty() {
            let fields = self.fields(BODY, &plain, body);
            parts.push(Part { fields, ..Part::default() });
        }
        for (field, rows) in fields.iter().filter_map(|field| Some((field, rows_of(field)?))) {
            let id = format!("{BODY}/{}", field.name);
            let list = body.get(field.name).and_then(Value::as_array);
            let list = list.map(Vec::as_slice).unwrap_or_default();
            let inner = rows.fields.iter().find_map(|inner| Some((inner, rows_of(inner)?)));
            match inner {
                None => parts.push(self.list(&id, field.name, rows, list)),
                Some((inner, within)) => {
                    let chapters = list.iter().enumerate();
                    parts.extend(chapters.map(|(i, row)| {
                        let title = self.words.name(rows, row);
                        let id = format!("{id}/{i}");
                        self.chapter(&id, &title, (rows, inner, within), row)
                    }));
                    parts.push(Part {
                        problem: self.problem(&id),
                        title: self
                            .words
                            .texts
                            .get(&format!("reading-more-{}", dashed(field.name))),
                        add: id.clone(),
                        id,
                        ..Part::default()
                    });
                }
            }
        }
        parts
    }

    fn chapter(
        &self,
        id: &str,
        title: &str,
        (rows, inner, within): (Rows, &Field, Rows),
        row: &Value,
    ) -> Part {
        let plain: Vec<Field> =
            rows.fields.iter().filter(|it| rows_of(it).is_none()).copied().collect();
        let list = row.get(inner.name).and_then(Value::as_array);
        let list = list.map(Vec::as_slice).unwrap_or_default();
        let part = self.list(&format!("{id}/{}", inner.name), inner.name, within, list);
        let wrong = self.problems.iter().any(|one| one.field.starts_with(id));
        Part {
            title: format!("{} {title}", self.words.label(inner.name)),
            fields: self.fields(id, &plain, row),
            remove: id.to_owned(),
            folded: !wrong && !title.is_empty(),
            ..part
        }
    }

    fn list(&self, id: &str, name: &str, rows: Rows, list: &[Value]) -> Part {
        let fixed = rows.min == rows.max;
        let row = |(i, row): (usize, &Value)| {
            let id = format!("{id}/{i}");
            let mut fields = self.fields(&id, rows.fields, row);
            if fixed {
                for asked in fields.iter_mut().zip(rows.fields) {
                    if rows.key.contains(&asked.1.name) {
                        asked.0.control = "hidden";
                    }
                }
            }
            let title = match fixed {
                true => self.words.name(rows, row),
                false => self.words.texts.fill("policies-row", &[&(i + 1)]),
            };
            AskedRow { id, title, fields, removable: !fixed }
        };
        Part {
            id: id.to_owned(),
            title: self.words.label(name),
            hint: self.hint(name),
            problem: self.problem(id),
            rows: list.iter().enumerate().map(row).collect(),
            add: if fixed || list.len() >= rows.max { String::new() } else { id.to_owned() },
            ..Part::default()
        }
    }

    fn fields(&self, at: &str, fields: &[Field], row: &Value) -> Vec<Asked> {
        let value = |field: &Field| row.get(field.name).unwrap_or(&Value::Null).clone();
        fields
            .iter()
            .map(|field| self.asked(&format!("{at}/{}", field.name), field, &value(field)))
            .collect()
    }

    fn asked(&self, id: &str, field: &Field, value: &Value) -> Asked {
        let (control, chars_max) = match field.holds {
            Holds::Amount { .. } => ("amount", 24),
            Holds::Share => ("share", 6),
            Holds::Count { .. } | Holds::Year => ("number", 6),
            Holds::Counts { .. } => ("text", 40),
            Holds::Day => ("date", 10),
            Holds::Flag => ("flag", 0),
            Holds::Text { chars_max } => ("text", chars_max),
            Holds::Code { .. } => ("hidden", 60),
            Holds::OneOf(_) => ("choice", 0),
            Holds::AnyOf(_) | Holds::TwoOf(_) | Holds::Weekdays | Holds::Agencies => ("ticks", 0),
            Holds::Rows(_) => ("", 0),
        };
        Asked {
            label: self.words.label(field.name),
            hint: self.hint_of(field),
            control,
            value: typed(field.holds, value),
            options: self.options(field, value),
            optional: matches!(
                field.holds,
                Holds::Amount { open: true }
                    | Holds::Counts { .. }
                    | Holds::AnyOf(_)
                    | Holds::Agencies
            ),
            chars_max,
            problem: self.problem(id),
            id: id.to_owned(),
        }
    }

    fn options(&self, field: &Field, value: &Value) -> Vec<(String, String, bool)> {
        let holds = |code: &str| match value {
            Value::Array(list) => list
                .iter()
                .any(|one| one == code || one.as_i64().is_some_and(|n| code.parse() == Ok(n))),
            other => other == code,
        };
        let option = |code: &str| {
            let word = self.words.code(field, code);
            (code.to_owned(), word, holds(code))
        };
        match field.holds {
            Holds::OneOf(codes) | Holds::AnyOf(codes) | Holds::TwoOf(codes) => {
                codes.iter().map(|it| option(it)).collect()
            }
            Holds::Weekdays => (0..7)
                .map(|day| {
                    let word = self.words.value(field, &Value::from(vec![day]));
                    (day.to_string(), word, holds(&day.to_string()))
                })
                .collect(),
            Holds::Agencies => self.words.agencies.keys().map(|code| option(code)).collect(),
            _ => Vec::new(),
        }
    }

    fn hint(&self, name: &str) -> String {
        let key = format!("reading-label-{}", dashed(name));
        self.words.texts.attribute(&key, "hint").unwrap_or_default()
    }

    /// The same, and what an amount means that is left empty.
    fn hint_of(&self, field: &Field) -> String {
        let hint = self.hint(field.name);
        match field.holds {
            Holds::Amount { open: true } => {
                format!("{hint} {}", self.words.texts.get("policies-open-amount"))
            }
            _ => hint,
        }
    }

    fn problem(&self, id: &str) -> String {
        let found = self.problems.iter().find(|problem| problem.field == id);
        found.map_or_else(String::new, |one| self.words.texts.fill(one.code, &[&one.detail]))
    }

    /// Where a problem stands, in words: `Penjualan setahun, Kecil, Sampai dengan`.
    pub(super) fn place(&self, parts: &[Part], id: &str) -> String {
        for part in parts {
            let of_part = part.title.as_str();
            if part.id == id {
                return of_part.to_owned();
            }
            if let Some(field) = part.fields.iter().find(|field| field.id == id) {
                return join(&[of_part, &field.label]);
            }
            for row in &part.rows {
                if let Some(field) = row.fields.iter().find(|field| field.id == id) {
                    return join(&[of_part, &row.title, &field.label]);
                }
            }
        }
        String::new()
    }
}

fn join(words: &[&str]) -> String {
    words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

fn rows_of(field: &Field) -> Option<Rows> {
    match field.holds {
        Holds::Rows(rows) => Some(rows),
        _ => None,
    }
}

/// What stands in the field: as people type it, or as somebody typed it wrongly.
fn typed(holds: Holds, value: &Value) -> String {
    if let Some(text) = value.as_str() {
        return text.to_owned();
    }
    let number = value.as_i64();
    match holds {
        Holds::Amount { .. } => {
            let amount = number.and_then(Rupiah::parse).map(Rupiah::display);
            amount.unwrap_or_default().trim_start_matches("Rp").to_owned()
        }
        Holds::Share => {
            let points = number.and_then(Rate::points).map(Rate::as_points);
            points.map_or_else(String::new, |points| match points % 100 {
                0 => (points / 100).to_string(),
                rest => format!("{},{rest:02}", points / 100),
            })
        }
        Holds::Counts { .. } => {
            let list = value.as_array().into_iter().flatten().map(ToString::to_string);
            list.collect::<Vec<_>>().join(", ")
        }
        Holds::Flag => value.as_bool().filter(|on| *on).map_or_else(String::new, |_| "on".into()),
        _ => number.map_or_else(String::new, |number| number.to_string()),
    }
}
