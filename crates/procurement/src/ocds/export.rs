//! Giving releases out: a page of them by cursor, all of one order, or everything into a file.

use std::io::Write;

use base::{Db, Read, Result};
use serde::Serialize;
use serde_json::Value;

use super::wire::When;

/// Releases in one package.
pub(crate) const PAGE_RELEASES: i64 = 100;
/// More releases than one order has.
const OF_ORDER_MAX: i64 = 500;

/// What a package says about itself.
#[derive(Debug, Clone)]
pub struct PackageHead {
    /// Where it can be had again.
    pub uri: String,
    /// `Kota Semarang`.
    pub publisher: String,
    /// Kemendagri's code of the city.
    pub publisher_code: String,
    /// Where the publication policy stands.
    pub policy: String,
}

/// A release package.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Package {
    uri: String,
    version: &'static str,
    published_date: When,
    publisher: Publisher,
    license: &'static str,
    publication_policy: String,
    releases: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Links>,
}

#[derive(Debug, Serialize)]
struct Publisher {
    name: String,
    scheme: &'static str,
    uid: String,
}

#[derive(Debug, Serialize)]
struct Links {
    next: String,
}

type Kept = (String, String);

/// The releases after a cursor, oldest first, and the cursor of the next page if there may be one.
pub(crate) fn page(
    read: &mut Read<'_>,
    after: Option<&str>,
) -> Result<(Vec<Value>, Option<String>)> {
    let after = after.unwrap_or("");
    let rows: Vec<Kept> = read.all(
        "SELECT id, body FROM procurement_releases WHERE id > $1 ORDER BY id LIMIT $2",
        &[&after, &PAGE_RELEASES],
    )?;
    let full = i64::try_from(rows.len()).is_ok_and(|count| count == PAGE_RELEASES);
    let next = rows.last().filter(|_| full).map(|(id, _)| id.clone());
    Ok((bodies(rows), next))
}

/// The releases of one order, oldest first.
pub(crate) fn package_of(read: &mut Read<'_>, ocid: &str) -> Result<Vec<Value>> {
    let rows: Vec<Kept> = read.all(
        "SELECT id, body FROM procurement_releases WHERE ocid = $1 ORDER BY id LIMIT $2",
        &[&ocid, &OF_ORDER_MAX],
    )?;
    Ok(bodies(rows))
}

fn bodies(rows: Vec<Kept>) -> Vec<Value> {
    rows.into_iter().filter_map(|(_, body)| serde_json::from_str(&body).ok()).collect()
}

impl Package {
    /// A package of these releases.
    pub(crate) fn new(
        head: PackageHead,
        published: base::Timestamp,
        releases: Vec<Value>,
        next: Option<String>,
    ) -> Package {
        Package {
            uri: head.uri,
            version: "1.1",
            published_date: When(published),
            publisher: Publisher {
                name: head.publisher,
                scheme: "ID-KEMENDAGRI",
                uid: head.publisher_code,
            },
            license: "https://creativecommons.org/licenses/by/4.0/",
            publication_policy: head.policy,
            releases,
            links: next.map(|next| Links { next }),
        }
    }
}

/// Writes every release as one package; tells how many there were.
pub fn export(db: &Db, head: &PackageHead, out: &mut impl Write) -> Result<u64> {
    let published = base::Timestamp::from_ms(db.clock().now_ms());
    let empty = Package::new(head.clone(), published, Vec::new(), None);
    let mut shell = serde_json::to_string(&empty).map_err(base::Error::broken)?;
    // The shell ends in an empty list that is filled page by page, so memory stays flat.
    assert_eq!(shell.split_off(shell.len() - 2), "]}", "releases are the last field");
    let mut write = |text: &str| out.write_all(text.as_bytes()).map_err(base::Error::broken);
    write(&shell)?;
    let (mut after, mut count): (Option<String>, u64) = (None, 0);
    loop {
        let cursor = after.clone();
        let (releases, next) = db.read(move |read| page(read, cursor.as_deref())).wait()?;
        for release in releases {
            write(if count == 0 { "\n" } else { ",\n" })?;
            write(&release.to_string())?;
            count += 1;
        }
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    write("\n]}\n")?;
    Ok(count)
}
