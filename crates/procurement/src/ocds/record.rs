//! The record of a purchase: its releases by address, and what they come to when they are merged as
//! the standard says.

use base::{Error, Read, Result};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::PackageHead;
use super::export::{About, Kept, Links, bodies, date_of};

/// Records in one package.
const PAGE_RECORDS: usize = 50;
/// Releases behind one page: far more than fifty orders have.
const PAGE_RELEASES_MAX: i64 = 25_000;
/// Lists that a later release replaces as a whole (`wholeListMerge` in the schema).
const WHOLE: &[&str] = &["additionalIdentifiers", "additionalClassifications"];
/// What a release says of itself alone (`omitWhenMerged` in the schema).
const OWN: &[&str] = &["id", "date", "tag"];

/// A record package.
#[derive(Debug, Serialize)]
pub(crate) struct RecordPackage {
    #[serde(flatten)]
    about: About,
    records: Vec<Record>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Links>,
}

/// One purchase.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record {
    ocid: String,
    releases: Vec<Linked>,
    compiled_release: Value,
}

/// A release that stands in a package of its own.
#[derive(Debug, Serialize)]
struct Linked {
    url: String,
    date: String,
    tag: Value,
}

/// The records after a cursor, oldest purchase first, and the cursor of the next page if there is
/// one. `base_url` is where the city is reached.
pub(crate) fn records(
    read: &mut Read<'_>,
    base_url: &str,
    after: &str,
) -> Result<(Vec<Record>, Option<String>)> {
    let mut ocids: Vec<(String,)> = read.all(
        "SELECT DISTINCT ocid FROM procurement_releases WHERE ocid > $1 ORDER BY ocid LIMIT $2",
        &[&after, &(PAGE_RECORDS as i64 + 1)],
    )?;
    let more = ocids.len() > PAGE_RECORDS;
    ocids.truncate(PAGE_RECORDS);
    let Some((last,)) = ocids.last().cloned() else { return Ok((Vec::new(), None)) };
    let rows: Vec<Kept> = read.all(
        "SELECT ocid, body FROM procurement_releases WHERE ocid > $1 AND ocid <= $2
         ORDER BY ocid, id LIMIT $3",
        &[&after, &last, &PAGE_RELEASES_MAX],
    )?;
    let purchases = rows.chunk_by(|one, next| one.0 == next.0);
    let records = purchases.filter_map(|rows| record(base_url, &bodies(rows.to_vec())));
    Ok((records.collect(), more.then_some(last)))
}

/// The record of releases of one purchase, oldest first.
pub(crate) fn record(base_url: &str, releases: &[Value]) -> Option<Record> {
    let ocid = releases.first()?["ocid"].as_str()?.to_owned();
    let linked = |release: &Value| {
        let id = release["id"].as_str().unwrap_or_default();
        let url = format!("{base_url}/open-data/ocds/releases/{ocid}#{id}");
        Linked { url, date: date_of(release).to_owned(), tag: release["tag"].clone() }
    };
    let linked = releases.iter().map(linked).collect();
    Some(Record { releases: linked, compiled_release: compiled(&ocid, releases), ocid })
}

impl RecordPackage {
    /// A package of these records, or `NotFound` when there are none.
    pub(crate) fn new(
        head: PackageHead,
        records: Vec<Record>,
        next: Option<String>,
    ) -> Result<RecordPackage> {
        let dates = records.iter().map(|record| date_of(&record.compiled_release));
        let published = dates.max().ok_or(Error::NotFound)?.to_owned();
        let about = About::new(head, published);
        Ok(RecordPackage { about, records, links: next.map(|next| Links { next }) })
    }
}

/// Every release of a purchase merged into what holds now.
fn compiled(ocid: &str, releases: &[Value]) -> Value {
    let date = releases.last().map(date_of).unwrap_or_default();
    let head = json!({ "id": format!("{ocid}-{date}"), "date": date, "tag": ["compiled"] });
    let mut whole = Map::new();
    for release in releases.iter().filter_map(Value::as_object) {
        let mut release = release.clone();
        release.retain(|name, _| !OWN.contains(&name.as_str()));
        merge(&mut whole, &release);
    }
    whole.extend(head.as_object().cloned().unwrap_or_default());
    Value::Object(whole)
}

fn merge(into: &mut Map<String, Value>, from: &Map<String, Value>) {
    for (name, new) in from {
        match (into.get_mut(name), new) {
            (_, Value::Null) => {
                into.remove(name);
            }
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (Some(Value::Array(old)), Value::Array(new))
                if !WHOLE.contains(&name.as_str()) && named(old) && named(new) =>
            {
                merge_list(old, new);
            }
            _ => {
                into.insert(name.clone(), new.clone());
            }
        }
    }
}

/// Whether each thing of a list has an id, by which it is known again.
fn named(list: &[Value]) -> bool {
    list.iter().all(|one| one.get("id").is_some())
}

fn merge_list(into: &mut Vec<Value>, from: &[Value]) {
    for new in from {
        let known = into.iter_mut().find(|old| old["id"] == new["id"]);
        match (known.and_then(Value::as_object_mut), new.as_object()) {
            (Some(old), Some(new)) => merge(old, new),
            _ => into.push(new.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_merged_as_the_standard_says() {
        let first = json!({ "ocid": "o", "id": "1", "date": "2026-01-01T00:00:00Z", "tag": ["tender"],
            "tender": { "id": "t", "title": "Kue", "items": [{ "id": "a", "quantity": 1 }] },
            "buyer": { "id": "b" }, "parties": [{ "id": "s", "roles": ["tenderer"] }] });
        let second = json!({ "ocid": "o", "id": "2", "date": "2026-01-02T00:00:00Z", "tag": ["award"],
            "tender": { "title": null, "items": [{ "id": "a", "quantity": 2 }, { "id": "c" }] },
            "parties": [{ "id": "s", "roles": ["supplier"] }], "language": "id" });
        let whole = compiled("o", &[first, second]);
        let wanted = json!({ "ocid": "o", "id": "o-2026-01-02T00:00:00Z",
            "date": "2026-01-02T00:00:00Z", "tag": ["compiled"], "language": "id",
            "tender": { "id": "t", "items": [{ "id": "a", "quantity": 2 }, { "id": "c" }] },
            "buyer": { "id": "b" }, "parties": [{ "id": "s", "roles": ["supplier"] }] });
        assert_eq!(whole, wanted);
    }
}
