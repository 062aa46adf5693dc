//! Tags and the text between them, from anything that looks like HTML or XML.

/// A piece of the text.
pub(super) enum Token<'a> {
    /// `<name …>` or `<name …/>`.
    Open(Tag<'a>),
    /// `</name>`, in lower case where it matters: the local name.
    Close(&'static str),
    /// What stands between tags.
    Text(&'a str),
}

/// An opening tag.
pub(super) struct Tag<'a> {
    name: &'static str,
    inside: &'a str,
}

/// Tags that mean something here; every other one is `""`.
const NAMES: [&str; 13] = [
    "table",
    "worksheet",
    "tr",
    "row",
    "table-row",
    "td",
    "th",
    "cell",
    "table-cell",
    "covered-table-cell",
    "data",
    "br",
    "p",
];
/// Elements whose text is not content.
const SILENT: [&str; 4] = ["script", "style", "head", "title"];

/// Goes through the text tag by tag.
pub(super) struct Tags<'a> {
    rest: &'a str,
}

impl<'a> Tags<'a> {
    pub(super) fn of(text: &'a str) -> Tags<'a> {
        Tags { rest: text }
    }

    /// Passes everything up to and with `end`.
    fn skip(&mut self, end: &str) {
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
    }

    fn skip_element(&mut self, name: &str) {
        loop {
            self.skip("</");
            let here = self.rest.get(..name.len()).unwrap_or_default();
            if self.rest.is_empty() || here.eq_ignore_ascii_case(name) {
                self.skip(">");
                return;
            }
        }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let start = self.rest.find('<').unwrap_or(self.rest.len());
            if start > 0 {
                let (text, rest) = self.rest.split_at(start);
                self.rest = rest;
                return Some(Token::Text(text));
            }
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with("<!--") {
                self.skip("-->");
                continue;
            }
            if let Some(inside) = self.rest.strip_prefix("<![CDATA[") {
                let (text, rest) = inside.split_once("]]>").unwrap_or((inside, ""));
                self.rest = rest;
                return Some(Token::Text(text));
            }
            let end = tag_end(self.rest);
            let inside = &self.rest[1..end];
            self.rest = self.rest.get(end + 1..).unwrap_or_default();
            if let Some(name) = inside.strip_prefix('/') {
                return Some(Token::Close(known(name)));
            }
            let word = word(inside);
            if let Some(silent) = SILENT.iter().find(|silent| word.eq_ignore_ascii_case(silent)) {
                if !inside.ends_with('/') {
                    self.skip_element(silent);
                }
                continue;
            }
            return Some(Token::Open(Tag { name: known(inside), inside }));
        }
    }
}

/// Where a tag ends: the first `>` outside quotes.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (place, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return place,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn word(inside: &str) -> &str {
    let end = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
    &inside[..end]
}

/// The local name, if it means something here.
fn known(inside: &str) -> &'static str {
    let word = word(inside);
    let local = word.rsplit(':').next().unwrap_or(word);
    NAMES.iter().find(|name| name.eq_ignore_ascii_case(local)).copied().unwrap_or("")
}

impl Tag<'_> {
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// `<name/>`. HTML cells are never empty this way.
    pub(super) fn closes_itself(&self) -> bool {
        self.inside.ends_with('/')
    }

    /// The value of an attribute, by its name in lower case.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = &self.inside[word(self.inside).len()..];
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            let (name, after) = rest.split_at(end);
            let after = after.trim_start();
            let (value, after) = match after.strip_prefix('=') {
                Some(value) => attribute_value(value.trim_start()),
                None => ("", after),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(plain(value));
            }
            rest = after;
        }
    }

    pub(super) fn number(&self, wanted: &str) -> Option<u32> {
        self.attribute(wanted)?.trim().parse().ok()
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Text with its entities resolved; unknown ones stay as they are. None is ever looked up.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let name = after.split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 8);
        match name.and_then(entity) {
            Some(sign) => {
                plain.push(sign);
                rest = &after[name.map_or(0, str::len) + 1..];
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "eacute" => 'é',
        "ndash" => '–',
        "ldquo" => '“',
        "rdquo" => '”',
        "deg" => '°',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}
