//! What the ids in events stand for: people and offices, rules and papers, and whatever areas know.
//! Each sort of thing is asked for once for a whole page.

use std::collections::{BTreeMap, BTreeSet};

use base::account::{MANAGE, PersonId, organisation, person};
use base::{Read, Result, StoredEvent, document, policy};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::area::{Named, Thing};
use crate::ctx::Ctx;
use crate::house::policies;
use crate::routes::Access;
use crate::texts::Texts;

/// A thing as the reader sees it.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(crate) struct Name {
    pub(crate) words: String,
    /// Its page, if there is one that the reader may open.
    pub(crate) href: String,
}

/// Names by id.
#[derive(Default)]
pub(crate) struct Known(BTreeMap<String, Name>);

/// What was found, before it is put into the reader's words.
pub(crate) struct Found {
    things: Vec<Thing>,
    rules: Vec<(String, String, i64)>,
}

impl Found {
    /// Everything that these events speak of.
    pub(crate) fn of(
        read: &mut Read<'_>,
        events: &[StoredEvent],
        areas: &[Named],
    ) -> Result<Found> {
        let mut ids = BTreeSet::new();
        for event in events {
            let acting = [Some(&event.actor), event.on_behalf_of.as_ref(), Some(&event.subject)];
            acting.into_iter().flatten().for_each(|text| gather(text, &mut ids));
            gather_all(&event.json(), &mut ids);
        }
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let desk = Access::May(MANAGE);
        let mut things = Vec::new();
        for (id, words) in person::names(read, &ids)? {
            let href = format!("/people/{id}");
            things.push(Thing { id, words, href, access: desk });
        }
        let offices = organisation::names(read, &ids)?.into_iter();
        let papers = document::numbers(read, &ids)?.into_iter();
        let plain = |(id, words)| Thing { id, words, href: String::new(), access: desk };
        things.extend(offices.chain(papers).map(plain));
        for named in areas {
            things.extend(named(read, &ids)?);
        }
        Ok(Found { things, rules: policy::numbered(read, &ids)? })
    }

    /// The same in the reader's words, with the links they may follow.
    pub(crate) fn told(self, ctx: &Ctx, texts: &Texts) -> Known {
        let mut known = BTreeMap::new();
        for Thing { id, words, href, access } in self.things {
            let href = if ctx.admits(access) { href } else { String::new() };
            known.insert(id, Name { words, href });
        }
        for (id, kind, version) in self.rules {
            let words =
                texts.fill("policies-version-of", &[&policies::title(&kind, texts), &version]);
            let href = format!("/policies/{kind}/versions/{version}");
            known.insert(id, Name { words, href });
        }
        Known(known)
    }
}

impl Known {
    /// What an id stands for.
    pub(crate) fn get(&self, id: &str) -> Option<&Name> {
        self.0.get(id)
    }

    /// The words for an id, empty if nothing is known of it.
    pub(crate) fn words(&self, id: &str) -> String {
        self.get(id).map(|name| name.words.clone()).unwrap_or_default()
    }
}

/// The ids in a text such as `organisation/…/approver`.
fn gather(text: &str, ids: &mut BTreeSet<String>) {
    let parts = text.split('/').filter(|part| PersonId::parse(part).is_some());
    ids.extend(parts.map(str::to_owned));
}

fn gather_all(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => gather(text, ids),
        Value::Array(list) => list.iter().for_each(|one| gather_all(one, ids)),
        Value::Object(map) => map.values().for_each(|one| gather_all(one, ids)),
        _ => {}
    }
}
