//! The cursors of lists, as they come back in an address. One that no list of ours ever gave is told,
//! so that a program does not read the first page for ever.

use base::{Error, Id, Result};

use crate::routes::RouteInfo;

const NAMES: [&str; 2] = ["after", "before"];

/// Refuses what is no cursor where the route asks for one.
pub(crate) fn check(info: &RouteInfo, query: Option<&str>) -> Result<()> {
    let query = query.unwrap_or_default();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let asked = NAMES.contains(&&*name) && info.asks.contains(&&*name);
        if asked && !value.is_empty() && !is_one(&value) {
            return Err(Error::invalid(name, "cursor-unreadable"));
        }
    }
    Ok(())
}

/// An id, a number, or the two parts of a place in an order: `1773280800000~01m8…`,
/// `02026-03-12~01m8…`, `17.search`; or the name of a purchase in open data.
fn is_one(text: &str) -> bool {
    let is_id = |text: &str| Id::<()>::parse(text).is_some();
    let is_number = |text: &str| text.parse::<i64>().is_ok_and(|number| number >= 0);
    let (head, tail) = text.rsplit_once(['~', '.']).unwrap_or(("", text));
    is_id(tail) || is_number(text) || is_number(head) || text.starts_with("ocds-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_no_cursor() {
        let id = "01m841bca2hjf1nzeccvmv1xvw";
        let pair = format!("1773280800000~{id}");
        let named = format!("warung bu siti~{id}");
        for cursor in [id, "17", "17.search", &pair, &named, "ocds-xxxxxx-PB-2026-000001"] {
            assert!(is_one(cursor), "{cursor}");
        }
        for nonsense in ["abc", "zzz", "-1", "x~y", "a b", "\u{202e}é"] {
            assert!(!is_one(nonsense), "{nonsense}");
        }
    }
}
