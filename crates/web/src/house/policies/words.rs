//! A rule in people's words, drawn from its shape: values, tables, and where a difference stands.

use std::collections::BTreeMap;

use base::policy::{Change, Field, Holds, Rows, Shape, Step, is_blank};
use base::{Rate, Rupiah, Say};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::house::reading::{self, Line, dashed};
use crate::texts::Texts;

/// The words of one language, and the names behind the codes of agencies.
pub(super) struct Words<'t> {
    pub(super) texts: &'t Texts,
    pub(super) agencies: &'t BTreeMap<String, String>,
}

/// A stretch of facts, or one table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Block {
    /// What it is about; empty for what stands first.
    pub(crate) title: String,
    pub(crate) facts: Vec<Line>,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Block {
    /// The cells of a row with their heads.
    pub(crate) fn cells<'a>(&'a self, row: &'a [String]) -> Vec<(&'a String, &'a String)> {
        self.heads.iter().zip(row).collect()
    }
}

/// A difference in people's words.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReadChange {
    pub(crate) place: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// A part of a rule too long to be shown beside the others: the holidays of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Chapter {
    pub(crate) name: String,
    pub(crate) current: bool,
}

impl Words<'_> {
    pub(super) fn label(&self, name: &str) -> String {
        reading::label(name, self.texts)
    }

    /// The word for one code of a field.
    pub(super) fn code(&self, field: &Field, code: &str) -> String {
        match field.holds {
            Holds::Agencies => self.agencies.get(code).cloned().unwrap_or_else(|| code.to_owned()),
            _ => reading::shown(field.name, &Value::from(code), self.texts),
        }
    }

    /// A value as people write it.
    pub(super) fn value(&self, field: &Field, value: &Value) -> String {
        let language = self.texts.language();
        let number = value.as_i64();
        let said = match field.holds {
            Holds::Amount { .. } => number.and_then(Rupiah::parse).map(Rupiah::display),
            Holds::Share => number.and_then(Rate::points).map(|share| share.say(language)),
            Holds::Year => number.map(|year| year.to_string()),
            Holds::Flag => Some(self.texts.get(match value.as_bool() {
                Some(true) => "reading-yes",
                _ => "reading-no",
            })),
            Holds::Text { .. } => value.as_str().map(str::to_owned),
            Holds::AnyOf(_) | Holds::Agencies => Some(self.any(field, value)),
            Holds::Rows(rows) => Some(self.rows(rows, value)),
            _ => None,
        };
        said.unwrap_or_else(|| reading::shown(field.name, value, self.texts))
    }

    fn any(&self, field: &Field, value: &Value) -> String {
        let codes = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        let words: Vec<String> = codes.map(|code| self.code(field, code)).collect();
        match words.is_empty() {
            // An empty list binds everybody, and "none" would say the opposite.
            true => self.texts.get(&format!("reading-all-{}", dashed(field.name))),
            false => words.join(", "),
        }
    }

    fn rows(&self, rows: Rows, value: &Value) -> String {
        let list = value.as_array().into_iter().flatten();
        list.map(|row| self.name(rows, row)).collect::<Vec<_>>().join("; ")
    }

    /// What names a row: `Mikro`, `12 Mei 2027`.
    pub(super) fn name(&self, rows: Rows, row: &Value) -> String {
        let named = |part: &&str| {
            let field = rows.fields.iter().find(|field| field.name == *part)?;
            let field = match field.holds {
                Holds::Code { from } => rows.fields.iter().find(|field| field.name == from)?,
                _ => field,
            };
            let value = row.get(field.name).filter(|value| !is_blank(value))?;
            Some(self.value(field, value))
        };
        rows.key.iter().filter_map(named).collect::<Vec<_>>().join(", ")
    }

    /// A whole row in one line.
    fn row(&self, fields: &[Field], row: &Value) -> String {
        let shown = fields.iter().filter(|field| !matches!(field.holds, Holds::Code { .. }));
        let pair = |field: &Field| {
            let value = row.get(field.name).filter(|value| !is_blank(value))?;
            let no = matches!(field.holds, Holds::Flag) && *value != true;
            let said = format!("{}: {}", self.label(field.name), self.value(field, value));
            (!no).then_some(said)
        };
        shown.filter_map(pair).collect::<Vec<_>>().join("; ")
    }

    pub(super) fn change(&self, change: &Change) -> ReadChange {
        let step = |step: &Step| match step {
            Step::Part(field) => self.label(field.name),
            Step::Name(name, _) => self.label(name),
            Step::Row(rows, row) => self.name(*rows, row),
        };
        let said = |value: &Option<Value>| {
            let value = value.as_ref()?;
            Some(match change.place.last()? {
                Step::Part(field) => self.value(field, value),
                Step::Name(_, fields) => self.row(fields, value),
                Step::Row(rows, _) => self.row(rows.fields, value),
            })
        };
        ReadChange {
            place: change.place.iter().map(step).collect::<Vec<_>>().join(" › "),
            old: said(&change.old),
            new: said(&change.new),
        }
    }

    /// The whole rule: facts first, then its tables. Of a list of lists one is opened.
    pub(super) fn blocks(&self, shape: Shape, body: &Value, wanted: &str) -> Reading {
        match shape {
            Shape::Parts(fields) => self.parts(fields, body, wanted),
            Shape::Named { fields, .. } => {
                let rows = body.as_object().into_iter().flatten();
                let rows = rows.map(|(name, row)| (self.label(name), row)).collect::<Vec<_>>();
                let mut block = self.table(fields, rows.iter().map(|(_, row)| *row));
                block.heads.insert(0, self.texts.get("reading-what"));
                for (cells, (name, _)) in block.rows.iter_mut().zip(&rows) {
                    cells.insert(0, name.clone());
                }
                Reading { blocks: vec![block], chapters: Vec::new() }
            }
        }
    }

    fn parts(&self, fields: &[Field], body: &Value, wanted: &str) -> Reading {
        let mut reading = Reading { blocks: vec![Block::default()], chapters: Vec::new() };
        for field in fields {
            let value = body.get(field.name).unwrap_or(&Value::Null);
            let Holds::Rows(rows) = field.holds else {
                let (label, value) = (self.label(field.name), self.value(field, value));
                reading.blocks[0].facts.push(Line { label, value });
                continue;
            };
            let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
            let inner = rows.fields.iter().find(|field| matches!(field.holds, Holds::Rows(_)));
            let block = match inner {
                Some(inner) => {
                    let (block, chapters) = self.chapter((rows, inner), list, wanted);
                    reading.chapters.extend(chapters);
                    block
                }
                None => Some(self.table(rows.fields, list.iter())),
            };
            let block = block.filter(|block| !block.rows.is_empty());
            reading.blocks.extend(block.map(|block| Block {
                title: match block.title.is_empty() {
                    true => self.label(field.name),
                    false => block.title.clone(),
                },
                ..block
            }));
        }
        reading.blocks.retain(|block| !block.facts.is_empty() || !block.rows.is_empty());
        reading
    }

    /// One row of a list of lists, opened, and the names of all.
    fn chapter(
        &self,
        (rows, inner): (Rows, &Field),
        list: &[Value],
        wanted: &str,
    ) -> (Option<Block>, Vec<Chapter>) {
        let names: Vec<String> = list.iter().map(|row| self.name(rows, row)).collect();
        let open = names.iter().position(|name| name == wanted).or(names.len().checked_sub(1));
        let (Some(open), Holds::Rows(within)) = (open, inner.holds) else {
            return (None, Vec::new());
        };
        let named =
            |(i, name): (usize, &String)| Chapter { name: name.clone(), current: i == open };
        let inside = list[open].get(inner.name).and_then(Value::as_array);
        let table = self.table(within.fields, inside.into_iter().flatten());
        let title = format!("{} {}", self.label(inner.name), names[open]);
        (Some(Block { title, ..table }), names.iter().enumerate().map(named).collect())
    }

    /// Yes and no share one column that only says what holds.
    fn table<'v>(&self, fields: &[Field], rows: impl Iterator<Item = &'v Value>) -> Block {
        let plain = |field: &&Field| !matches!(field.holds, Holds::Flag | Holds::Code { .. });
        let flags: Vec<_> = fields.iter().filter(|it| matches!(it.holds, Holds::Flag)).collect();
        let mut heads: Vec<String> =
            fields.iter().filter(plain).map(|field| self.label(field.name)).collect();
        if !flags.is_empty() {
            heads.push(self.label("note"));
        }
        let row = |row: &Value| {
            let cell =
                |field: &Field| self.value(field, row.get(field.name).unwrap_or(&Value::Null));
            let mut cells: Vec<String> = fields.iter().filter(plain).map(cell).collect();
            if !flags.is_empty() {
                let on = flags.iter().filter(|field| row.get(field.name) == Some(&true.into()));
                cells.push(on.map(|field| self.label(field.name)).collect::<Vec<_>>().join(", "));
            }
            cells
        };
        Block { heads, rows: rows.map(row).collect(), ..Block::default() }
    }
}

/// A rule read aloud.
pub(super) struct Reading {
    pub(super) blocks: Vec<Block>,
    pub(super) chapters: Vec<Chapter>,
}
