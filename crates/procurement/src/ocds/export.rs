//! Giving releases out: a page of them by cursor, all of one order, or everything into a file. The
//! standard knows no package without a release: where there is none, there is no package.

use std::io::Write;

use base::{Db, Error, Read, Result};
use serde::Serialize;
use serde_json::Value;

/// Releases in one package.
pub(crate) const PAGE_RELEASES: usize = 100;
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

/// What every package begins with.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct About {
    uri: String,
    version: &'static str,
    /// When what is inside last changed.
    published_date: String,
    publisher: Publisher,
    license: &'static str,
    publication_policy: String,
}

/// A release package.
#[derive(Debug, Serialize)]
pub(crate) struct Package {
    #[serde(flatten)]
    about: About,
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

/// Where it goes on.
#[derive(Debug, Serialize)]
pub(super) struct Links {
    pub(super) next: String,
}

/// A key and the text of a release.
pub(super) type Kept = (String, String);

/// The releases after a cursor, oldest first, and the cursor of the next page if there may be one.
pub(crate) fn page(
    read: &mut Read<'_>,
    after: Option<&str>,
) -> Result<(Vec<Value>, Option<String>)> {
    let after = after.unwrap_or("");
    let mut rows: Vec<Kept> = read.all(
        "SELECT id, body FROM procurement_releases WHERE id > $1 ORDER BY id LIMIT $2",
        &[&after, &(PAGE_RELEASES as i64 + 1)],
    )?;
    let more = rows.len() > PAGE_RELEASES;
    rows.truncate(PAGE_RELEASES);
    let next = rows.last().filter(|_| more).map(|(id, _)| id.clone());
    Ok((bodies(rows), next))
}

/// The releases of one order, oldest first.
pub(crate) fn releases_of(read: &mut Read<'_>, ocid: &str) -> Result<Vec<Value>> {
    let rows: Vec<Kept> = read.all(
        "SELECT id, body FROM procurement_releases WHERE ocid = $1 ORDER BY id LIMIT $2",
        &[&ocid, &OF_ORDER_MAX],
    )?;
    Ok(bodies(rows))
}

pub(super) fn bodies(rows: Vec<Kept>) -> Vec<Value> {
    rows.into_iter().filter_map(|(_, body)| serde_json::from_str(&body).ok()).collect()
}

impl About {
    pub(super) fn new(head: PackageHead, published_date: String) -> About {
        About {
            uri: head.uri,
            version: "1.1",
            published_date,
            publisher: Publisher {
                name: head.publisher,
                scheme: "ID-KEMENDAGRI",
                uid: head.publisher_code,
            },
            license: "https://creativecommons.org/licenses/by/4.0/",
            publication_policy: head.policy,
        }
    }
}

/// The moment of a release.
pub(super) fn date_of(release: &Value) -> &str {
    release["date"].as_str().unwrap_or_default()
}

impl Package {
    /// A package of these releases, or `NotFound` when there are none.
    pub(crate) fn new(
        head: PackageHead,
        releases: Vec<Value>,
        next: Option<String>,
    ) -> Result<Package> {
        let published = releases.last().map(date_of).ok_or(Error::NotFound)?.to_owned();
        let about = About::new(head, published);
        Ok(Package { about, releases, links: next.map(|next| Links { next }) })
    }
}

/// Writes every release as one package; tells how many there were. Nothing is written when there
/// are none.
pub fn export(db: &Db, head: &PackageHead, out: &mut impl Write) -> Result<u64> {
    let (mut releases, mut next) = db.read(|read| page(read, None)).wait()?;
    if releases.is_empty() {
        return Ok(0);
    }
    let published = base::Timestamp::from_ms(db.clock().now_ms()).iso();
    let about = serde_json::to_string(&About::new(head.clone(), published));
    let mut about = about.map_err(base::Error::broken)?;
    // The releases follow page by page, so memory stays flat.
    assert_eq!(about.pop(), Some('}'), "an object ends in a brace");
    let mut write = |text: &str| out.write_all(text.as_bytes()).map_err(base::Error::broken);
    write(&about)?;
    write(",\"releases\":[")?;
    let mut count = 0;
    loop {
        for release in &releases {
            write(if count == 0 { "\n" } else { ",\n" })?;
            write(&release.to_string())?;
            count += 1;
        }
        let Some(after) = next else { break };
        (releases, next) = db.read(move |read| page(read, Some(&after))).wait()?;
    }
    write("\n]}\n")?;
    Ok(count)
}
