//! The national classification of trades. A code means nothing without its edition: KBLI 2025
//! moves codes that KBLI 2020 already had.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;

/// An edition of the classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum KbliVersion {
    /// Peraturan BPS 2/2020.
    #[serde(rename = "2020")]
    V2020,
}

/// A five-digit code (kelompok) of one edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KbliCode {
    digits: [u8; 5],
    version: KbliVersion,
}

static TITLES: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let mut titles = HashMap::new();
    for line in include_str!("../data/kbli2020.csv").lines().skip(1) {
        let mut parts = line.splitn(3, ',');
        let (Some(code), Some(_section), Some(title)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let title = title.trim_matches('"').replace("\"\"", "\"");
        titles.insert(code, title);
    }
    titles
});

impl KbliCode {
    /// Five digits that exist in KBLI 2020; a title may follow them (`10710 - Industri Roti`).
    pub fn parse(text: &str) -> Result<KbliCode, &'static str> {
        let text = text.trim().trim_start_matches('\'');
        let text = text.strip_prefix("KBLI").unwrap_or(text).trim_start_matches([' ', ':', '.']);
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let bytes: [u8; 5] = digits.as_bytes().try_into().map_err(|_| "kbli-length")?;
        let code = KbliCode { digits: bytes, version: KbliVersion::V2020 };
        if TITLES.contains_key(code.as_str()) { Ok(code) } else { Err("kbli-unknown") }
    }

    /// The five digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits).expect("only ASCII digits are kept")
    }

    /// Which edition the code belongs to.
    pub const fn version(&self) -> KbliVersion {
        self.version
    }

    /// What the regulation calls this trade.
    pub fn title(&self) -> &'static str {
        TITLES.get(self.as_str()).map_or("", String::as_str)
    }
}

impl fmt::Display for KbliCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// All five-digit codes with their titles, for a picker.
pub fn all() -> Vec<(&'static str, &'static str)> {
    let mut codes: Vec<_> = TITLES
        .iter()
        .filter(|(code, _)| code.len() == 5)
        .map(|(code, title)| (*code, title.as_str()))
        .collect();
    codes.sort_unstable();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_with_their_titles() {
        let code = KbliCode::parse("56102 - Rumah/Warung Makan").unwrap();
        assert_eq!((code.as_str(), code.title()), ("56102", "Rumah/Warung Makan"));
        assert_eq!(KbliCode::parse("5610"), Err("kbli-length"));
        assert_eq!(KbliCode::parse("00000"), Err("kbli-unknown"));
        assert_eq!(all().len(), 1_790);
    }
}
