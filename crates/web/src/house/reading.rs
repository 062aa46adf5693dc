//! Reads the data of rules and events aloud: facts and tables with the words people use where the
//! texts know them, and the plain names where they do not.

use std::collections::BTreeSet;

use base::{Date, Rate, Rupiah, Say};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::texts::Texts;

/// A label and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) value: String,
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

/// Deeper data is shown as it is written.
const DEPTH_MAX: usize = 4;
/// More rows than a rule has.
const ROWS_MAX: usize = 400;
/// Fields that name a row stand first in it.
const FIRST: &[&str] = &["what", "class", "code", "date", "name", "working_days"];
/// Fields that hold an amount.
const AMOUNTS: &[&str] =
    &["up_to", "amount", "total", "price", "price_before", "value", "sum", "released"];
/// Fields that hold a share in basis points.
const SHARES: &[&str] = &["small_share", "share"];

/// Everything a body says, in the order it says it.
pub(crate) fn blocks(body: &Value, texts: &Texts) -> Vec<Block> {
    let mut reader = Reader { texts, blocks: vec![Block::default()] };
    reader.value("", body, 0);
    reader.blocks.retain(|block| !block.facts.is_empty() || !block.rows.is_empty());
    reader.blocks
}

/// The same as single lines, for small data such as an event's.
pub(crate) fn lines(body: &Value, texts: &Texts) -> Vec<Line> {
    let Some(map) = body.as_object() else { return Vec::new() };
    let given = map.iter().filter(|(_, value)| !value.is_null());
    given
        .map(|(key, value)| Line { label: label(key, texts), value: shown(key, value, texts) })
        .collect()
}

/// A row of a table: its name, when it has one of its own, and its fields.
type Row<'v> = (Option<&'v str>, &'v Map<String, Value>);

struct Reader<'a> {
    texts: &'a Texts,
    blocks: Vec<Block>,
}

impl Reader<'_> {
    fn value(&mut self, title: &str, value: &Value, depth: usize) {
        match value {
            Value::Object(map) if depth == 0 && is_table(map.values()) => {
                self.named_rows(title, map);
            }
            Value::Object(map) if depth < DEPTH_MAX => self.object(title, map, depth),
            Value::Array(list) if is_table(list.iter()) && depth < DEPTH_MAX => {
                self.list(title, list, depth);
            }
            other => self.fact(title, other),
        }
    }

    fn fact(&mut self, key: &str, value: &Value) {
        let (label, value) = (label(key, self.texts), shown(key, value, self.texts));
        let open = self.blocks.last_mut().expect("there is always a block");
        open.facts.push(Line { label, value });
    }

    /// Plain fields first, then what has tables of its own.
    fn object(&mut self, title: &str, map: &Map<String, Value>, depth: usize) {
        if depth > 0 {
            self.blocks.push(Block { title: label(title, self.texts), ..Block::default() });
        }
        let (plain, deep): (Vec<_>, Vec<_>) = map.iter().partition(|(_, value)| is_plain(value));
        for (key, value) in plain {
            self.fact(key, value);
        }
        for (key, value) in deep {
            self.value(key, value, depth + 1);
        }
    }

    fn list(&mut self, title: &str, list: &[Value], depth: usize) {
        let flat = list.iter().filter_map(Value::as_object).all(|row| row.values().all(is_plain));
        if flat {
            let rows = list.iter().filter_map(Value::as_object).map(|row| (None, row));
            return self.table(title, &rows.collect::<Vec<_>>());
        }
        for row in list.iter().filter_map(Value::as_object) {
            self.row_of_tables(title, row, depth);
        }
    }

    /// A row too deep for one table: named by its first plain field.
    fn row_of_tables(&mut self, title: &str, row: &Map<String, Value>, depth: usize) {
        let name = row.iter().find(|(_, value)| is_plain(value));
        let name = name.map_or_else(String::new, |(key, value)| shown(key, value, self.texts));
        for (key, value) in row.iter().filter(|(_, value)| !is_plain(value)) {
            let at = self.blocks.len();
            self.value(key, value, depth + 1);
            if let Some(block) = self.blocks.get_mut(at) {
                block.title = format!("{} {name}", label(title, self.texts));
            }
        }
    }

    /// An object whose fields are rows: their names stand in the first column.
    fn named_rows(&mut self, title: &str, map: &Map<String, Value>) {
        let rows =
            map.iter().filter_map(|(name, row)| Some((Some(name.as_str()), row.as_object()?)));
        self.table(title, &rows.collect::<Vec<_>>());
    }

    fn table(&mut self, title: &str, rows: &[Row<'_>]) {
        let mut seen = BTreeSet::new();
        let keys = rows.iter().flat_map(|(_, row)| row.keys());
        let mut keys: Vec<&String> = keys.filter(|key| seen.insert(key.as_str())).collect();
        let place = |key: &&String| FIRST.iter().position(|first| first == key);
        keys.sort_by_key(|key| place(key).unwrap_or(FIRST.len()));
        let named = rows.iter().any(|(name, _)| name.is_some());
        let first = named.then(|| self.texts.get("reading-what"));
        let heads = first.into_iter().chain(keys.iter().map(|key| label(key, self.texts)));
        let row = |(name, row): &Row<'_>| {
            let name = name.map(|name| label(name, self.texts));
            let cell = |key: &&String| {
                row.get(key.as_str()).map_or_else(String::new, |v| shown(key, v, self.texts))
            };
            name.into_iter().chain(keys.iter().map(cell)).collect()
        };
        let title = if title.is_empty() { String::new() } else { label(title, self.texts) };
        let (heads, rows) = (heads.collect(), rows.iter().take(ROWS_MAX).map(row).collect());
        self.blocks.push(Block { title, facts: Vec::new(), heads, rows });
    }
}

/// Something that fits one cell: a value, or a list of values.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => !list.iter().any(|item| item.is_object() || item.is_array()),
        _ => true,
    }
}

fn is_table<'v>(mut rows: impl Iterator<Item = &'v Value>) -> bool {
    let mut any = false;
    let all = rows.all(|row| {
        any = true;
        row.is_object()
    });
    any && all
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
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.-".contains(c);
    if !text.chars().all(plain) {
        return text.to_owned();
    }
    let of_field = format!("reading-value-{}-{}", dashed(key), dashed(text));
    let alone = format!("reading-value-{}", dashed(text));
    let of_role = format!("role-{}", dashed(text)); // the names of roles stand with the accounts
    let known = [of_field, alone, of_role].into_iter().find(|key| texts.has(key));
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
                      reading-what = Hal\nreading-yes = ya\nreading-value-weekdays-0 = Senin\n";
        std::sync::Arc::clone(&Texts::load([("id", source)]).unwrap()["id"])
    }

    #[test]
    fn a_rule_is_read_as_facts_and_tables() {
        let body = json!({
            "weekdays": [0],
            "sales": [{ "class": "micro", "up_to": 2_000_000_000 }, { "class": "x", "up_to": null }],
            "years": [{ "year": 2026, "holidays": [{ "date": "2026-01-01", "name": "Tahun Baru" }] }],
        });
        let blocks = blocks(&body, &texts());
        let titles: Vec<_> = blocks.iter().map(|block| block.title.as_str()).collect();
        assert_eq!(titles, ["", "sales", "years 2026"]);
        assert_eq!(blocks[0].facts[0].value, "Senin");
        assert_eq!(blocks[1].heads, ["Kelas", "Sampai"]);
        assert_eq!(blocks[1].rows[0], ["Mikro", "Rp2.000.000.000"]);
        assert_eq!(blocks[1].rows[1], ["x", "tanpa batas"]);
        assert_eq!(blocks[2].rows[0][0], "1 Januari 2026");
    }

    #[test]
    fn an_object_of_rows_is_one_table() {
        let body = json!({ "a.b": { "up_to": 5 }, "c": { "up_to": 6, "x": true } });
        let blocks = blocks(&body, &texts());
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].heads, ["Hal", "Sampai", "x"]);
        assert_eq!(blocks[0].rows[1], ["c", "Rp6", "ya"]);
    }
}
