//! SQL dumps: every table with `INSERT INTO … VALUES` is a sheet. Nothing is executed.

use std::collections::HashMap;

use super::{Held, Sheet, text_cell};
use crate::cell::{Cell, RawRow};
use crate::limits::{COLUMNS_MAX, ROWS_MAX, SHEETS_MAX};

/// Where the first statement must be for the text to be a dump.
const LOOK: usize = 64 << 10;

/// Whether the text is a dump.
pub(super) fn is_dump(text: &str) -> bool {
    let look = &text[..text.floor_char_boundary(LOOK)];
    let start = look.trim_start().to_ascii_uppercase();
    let begins = ["--", "/*", "SET ", "CREATE ", "INSERT ", "DROP ", "BEGIN", "START "]
        .iter()
        .any(|word| start.starts_with(word));
    begins && start.contains("INSERT INTO")
}

/// All tables that are filled.
pub(super) fn read(text: &str) -> Held {
    let mut scanner = Scanner { text, at: 0, line: 1 };
    let mut created: HashMap<String, Vec<String>> = HashMap::new();
    let mut held = Held::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    while let Some(word) = scanner.word() {
        if word.eq_ignore_ascii_case("CREATE") {
            if let Some((table, columns)) = scanner.create() {
                created.insert(table, columns);
            }
        } else if word.eq_ignore_ascii_case("INSERT") {
            let Some(table) = scanner.insert_table() else { continue };
            let columns = scanner.columns();
            if !places.contains_key(&table) && held.len() >= SHEETS_MAX {
                continue;
            }
            let place = *places.entry(table.clone()).or_insert_with(|| {
                let titles = columns.or_else(|| created.get(&table).cloned()).unwrap_or_default();
                held.push(empty_sheet(&table, &titles));
                held.len() - 1
            });
            scanner.values(&mut held[place].1);
        }
    }
    held
}

fn empty_sheet(table: &str, titles: &[String]) -> (Sheet, Vec<RawRow>) {
    let sheet =
        Sheet { name: Some(table.to_owned()), has_header: !titles.is_empty(), ..Sheet::default() };
    let cells: Vec<Cell> = titles.iter().map(|title| text_cell(title)).collect();
    let header = RawRow { line: 0, cells, spans: Vec::new() };
    (sheet, if titles.is_empty() { Vec::new() } else { vec![header] })
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn pass(&mut self, bytes: usize) {
        let passed = &self.text.as_bytes()[self.at..self.at + bytes];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u32;
        self.at += bytes;
    }

    /// Passes blanks and comments.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            let comment = if rest[blank..].starts_with("--") || rest[blank..].starts_with('#') {
                rest[blank..].find('\n').unwrap_or(rest.len() - blank)
            } else if rest[blank..].starts_with("/*") {
                rest[blank..].find("*/").map_or(rest.len() - blank, |end| end + 2)
            } else {
                0
            };
            if blank + comment == 0 {
                return;
            }
            self.pass(blank + comment);
        }
    }

    fn take(&mut self, sign: char) -> bool {
        self.blanks();
        let here = self.rest().starts_with(sign);
        if here {
            self.pass(sign.len_utf8());
        }
        here
    }

    /// The next bare word anywhere; strings and signs on the way are passed.
    fn word(&mut self) -> Option<&'a str> {
        loop {
            self.blanks();
            let rest = self.rest();
            let first = rest.chars().next()?;
            if first == '\'' || first == '"' || first == '`' {
                self.quoted(first);
                continue;
            }
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            if end == 0 {
                self.pass(first.len_utf8());
                continue;
            }
            self.pass(end);
            return Some(&rest[..end]);
        }
    }

    /// A name, bare or quoted, without the schema before it.
    fn name(&mut self) -> Option<String> {
        self.blanks();
        let name = match self.rest().chars().next()? {
            quote @ ('`' | '"') => self.quoted(quote),
            '[' => {
                let end = self.rest().find(']')?;
                let name = self.rest()[1..end].to_owned();
                self.pass(end + 1);
                name
            }
            first if first.is_alphanumeric() || first == '_' => self.word()?.to_owned(),
            _ => return None,
        };
        if self.rest().starts_with('.') {
            self.pass(1);
            return self.name();
        }
        Some(name)
    }

    fn quoted(&mut self, quote: char) -> String {
        let inside = &self.rest()[1..];
        let mut text = String::new();
        let mut signs = inside.char_indices();
        let mut end = inside.len();
        while let Some((place, sign)) = signs.next() {
            if sign == '\\' && quote == '\'' {
                match signs.next() {
                    Some((_, 'n' | 'r' | 't')) => text.push(' '),
                    Some((_, '0')) | None => {}
                    Some((_, escaped)) => text.push(escaped),
                }
            } else if sign == quote {
                if !inside[place + 1..].starts_with(quote) {
                    end = place + 1;
                    break;
                }
                signs.next();
                text.push(quote);
            } else {
                text.push(sign);
            }
        }
        self.pass(1 + end);
        text
    }

    fn create(&mut self) -> Option<(String, Vec<String>)> {
        if !self.word()?.eq_ignore_ascii_case("TABLE") {
            return None;
        }
        let mut table = self.name()?;
        if table.eq_ignore_ascii_case("IF") {
            self.word();
            self.word();
            table = self.name()?;
        }
        if !self.take('(') {
            return None;
        }
        let mut columns = Vec::new();
        let no_column = ["PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "FOREIGN", "INDEX", "CHECK"];
        while let Some(name) = self.name() {
            if !no_column.iter().any(|word| name.eq_ignore_ascii_case(word)) {
                columns.push(name);
            }
            if !self.another_part() || columns.len() >= COLUMNS_MAX {
                break;
            }
        }
        Some((table, columns))
    }

    /// Passes the rest of a definition; whether another one follows.
    fn another_part(&mut self) -> bool {
        let mut depth = 0;
        loop {
            self.blanks();
            let Some(sign) = self.rest().chars().next() else { return false };
            match sign {
                '\'' | '"' | '`' => {
                    self.quoted(sign);
                    continue;
                }
                '(' => depth += 1,
                ')' if depth == 0 => return false,
                ')' => depth -= 1,
                ',' if depth == 0 => {
                    self.pass(1);
                    return true;
                }
                ';' => return false,
                _ => {}
            }
            self.pass(sign.len_utf8());
        }
    }

    fn insert_table(&mut self) -> Option<String> {
        let into = self.word()?;
        let into = if into.eq_ignore_ascii_case("IGNORE") { self.word()? } else { into };
        into.eq_ignore_ascii_case("INTO").then(|| self.name()).flatten()
    }

    fn columns(&mut self) -> Option<Vec<String>> {
        if !self.take('(') {
            return None;
        }
        let mut columns = Vec::new();
        while let Some(name) = self.name() {
            columns.push(name);
            if !self.take(',') {
                break;
            }
        }
        self.take(')');
        Some(columns)
    }

    /// Rows of a `VALUES` list.
    fn values(&mut self, rows: &mut Vec<RawRow>) {
        if !self.word().is_some_and(|word| word.eq_ignore_ascii_case("VALUES")) {
            return;
        }
        while self.take('(') && rows.len() <= ROWS_MAX {
            let mut row = RawRow { line: self.line, ..RawRow::default() };
            loop {
                let cell = self.value();
                if row.cells.len() < COLUMNS_MAX {
                    row.cells.push(cell);
                }
                if !self.take(',') {
                    break;
                }
            }
            rows.push(row);
            if !self.take(')') || !self.take(',') {
                break;
            }
        }
    }

    fn value(&mut self) -> Cell {
        self.blanks();
        if self.rest().starts_with('\'') {
            return text_cell(&self.quoted('\''));
        }
        let rest = self.rest();
        let end = rest.find([',', ')', ';', '\n']).unwrap_or(rest.len());
        let bare = rest[..end].trim();
        self.pass(end);
        match bare.to_ascii_uppercase().as_str() {
            "NULL" | "" => Cell::Empty,
            "TRUE" => Cell::Bool(true),
            "FALSE" => Cell::Bool(false),
            _ => text_cell(bare),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_gives_its_tables_and_runs_nothing() {
        let dump = "-- dump\nCREATE TABLE IF NOT EXISTS `a` (`nama` varchar(10) DEFAULT 'x,y',\n\
            n int, PRIMARY KEY (`n`));\nDROP TABLE b;\nINSERT INTO `a` VALUES\n('It''s; \\'A\\'',\
            1),\n('B', NULL);\nINSERT INTO s.\"a\" (`nama`, n) VALUES ('C', -7.5);";
        assert!(is_dump(dump));
        let held = read(dump);
        assert_eq!(held.len(), 1);
        let texts: Vec<(u32, Vec<String>)> = held[0]
            .1
            .iter()
            .map(|row| (row.line, row.cells.iter().map(Cell::text).collect()))
            .collect();
        assert_eq!(texts[0], (0, vec!["nama".into(), "n".into()]));
        assert_eq!(texts[1], (6, vec!["It's; 'A'".into(), "1".into()]));
        assert_eq!(texts[2], (7, vec!["B".into(), String::new()]));
        assert_eq!(texts[3].1, ["C", "-7.5"]);
    }
}
