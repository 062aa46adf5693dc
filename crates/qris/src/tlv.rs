//! Two digits of tag, two digits of length in characters, the value: over and over.

use crate::wrong::Wrong;

/// The parts of a code or of a part of it, in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads until nothing is left. Each tag stands once.
    pub(crate) fn parse(text: &str) -> Result<Fields, Wrong> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut signs = text.chars();
        loop {
            let tag: String = signs.by_ref().take(2).collect();
            if tag.is_empty() {
                return Ok(Fields(fields));
            }
            let length: String = signs.by_ref().take(2).collect();
            let number = |text: &str| {
                let digits = text.len() == 2 && text.bytes().all(|c| c.is_ascii_digit());
                text.parse::<usize>().ok().filter(|_| digits)
            };
            let (Some(_), Some(length)) = (number(&tag), number(&length)) else {
                return Err(Wrong::Broken);
            };
            let value: String = signs.by_ref().take(length).collect();
            if value.chars().count() != length {
                return Err(Wrong::Broken);
            }
            if fields.iter().any(|(known, _)| *known == tag) {
                return Err(Wrong::Twice);
            }
            fields.push((tag, value));
        }
    }

    pub(crate) fn get(&self, tag: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == tag).map(|(_, value)| value.as_str())
    }

    pub(crate) fn first(&self) -> Option<&str> {
        self.0.first().map(|(tag, _)| tag.as_str())
    }

    pub(crate) fn last(&self) -> Option<(&str, &str)> {
        self.0.last().map(|(tag, value)| (tag.as_str(), value.as_str()))
    }
}

/// Adds a part. The caller has looked that the value is at most 99 characters.
pub(crate) fn put(code: &mut String, tag: &str, value: &str) {
    code.push_str(tag);
    code.push_str(&format!("{:02}", value.chars().count()));
    code.push_str(value);
}
