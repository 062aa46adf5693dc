//! What happened to a business, from its events, as the pages tell it.

use std::collections::HashMap;

use base::account::person;
use base::{Date, Id, Read, Result, StoredEvent, Timestamp, of_subject};
use schemars::JsonSchema;
use serde::Serialize;

use crate::confirmation::CONFIRMATION;
use crate::reason;

/// One moment of a timeline.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Moment {
    /// The key of its title.
    pub(crate) key: String,
    /// What the title mentions.
    pub(crate) about: String,
    /// The day it mentions instead.
    pub(crate) due: Option<Date>,
    pub(crate) at: Timestamp,
    /// Who did it; empty for the program itself.
    pub(crate) who: String,
    /// A reason in somebody's own words, or what they added to a purpose.
    pub(crate) note: String,
    /// The key of a usual reason or purpose.
    pub(crate) why: String,
    pub(crate) icon: &'static str,
}

/// The names of the parts of a record, for what was changed.
const PARTS: [&str; 9] =
    ["trade", "place", "size", "owner", "photo", "no-photo", "merged", "unmerged", "accepted"];

/// Everything worth telling that happened to a business, the latest first.
pub(crate) fn of(read: &mut Read<'_>, business: &str) -> Result<Vec<Moment>> {
    let mut names: HashMap<String, String> = HashMap::new();
    let mut moments = Vec::new();
    for event in of_subject(read, business)? {
        let Some((key, about, icon)) = told(&event) else { continue };
        if !names.contains_key(&event.actor) {
            let name = name_of(read, &event.actor)?;
            names.insert(event.actor.clone(), name);
        }
        let data = event.json();
        let note = ["reason", "words", "note"].iter().find_map(|name| data[*name].as_str());
        let why = match data["purpose"].as_str() {
            Some(code) => format!("reading-value-purpose-{code}"),
            None => reason::why_key(data["why"].as_str().unwrap_or_default()),
        };
        moments.push(Moment {
            key,
            about,
            due: ["due", "on"].iter().find_map(|name| Date::parse(data[*name].as_str()?)),
            at: event.at,
            who: names[&event.actor].clone(),
            note: note.unwrap_or_default().to_owned(),
            why,
            icon,
        });
    }
    moments.reverse();
    Ok(moments)
}

pub(crate) fn name_of(read: &mut Read<'_>, actor: &str) -> Result<String> {
    let Some(id) = Id::parse(actor) else { return Ok(String::new()) };
    Ok(person::find(read, &id).map(|person| person.name).unwrap_or_default())
}

/// The key of the title, what it mentions, and its icon; nothing for what nobody asks about.
fn told(event: &StoredEvent) -> Option<(String, String, &'static str)> {
    let data = event.json();
    let (area, what) = event.kind.split_once('.')?;
    let word = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
    let key = |what: &str| format!("registry-event-{}", what.replace('_', "-"));
    let icon = match what {
        "business_verified" | "business_confirmed" | "evidence_accepted" => "shield",
        "business_returned" | "business_changed" | "change_asked" => "pen",
        "business_rejected" | "business_suspended" | "business_stale" | "change_refused"
        | "evidence_returned" => "alert",
        "evidence_handed_in" => "upload",
        "visited" => "pin",
        "business_merged" | "business_unmerged" | "pair_reopened" => "merge",
        "seen" => "eye",
        "set" | "passed" => "clock",
        _ => "check",
    };
    match (area, what) {
        ("personal", "seen") => {
            let seen = match word("what").as_str() {
                "personal-nik" => "seen-nik",
                "personal-phone" => "seen-phone",
                what if what.starts_with("registry-evidence-") => "seen-paper",
                _ => "seen",
            };
            Some((key(seen), String::new(), icon))
        }
        ("deadline", "set" | "passed") => {
            Date::parse(data["due"].as_str()?)?;
            let of_owner = what == "set" && word("wait") == CONFIRMATION;
            let whose = if of_owner { "-confirmation" } else { "" };
            Some((key(&format!("deadline-{what}{whose}")), String::new(), icon))
        }
        ("registry", "business_submitted") => {
            Some((key(&format!("submitted-{}", word("source"))), word("number"), icon))
        }
        ("registry", "business_changed") => {
            let part = data["fields"][0].as_str().filter(|part| PARTS.contains(part))?;
            Some((key(&format!("changed-{part}")), String::new(), icon))
        }
        ("registry", "class_changed") => {
            let to = data["to"].as_str().unwrap_or("none");
            Some((key(&format!("class-{to}")), String::new(), icon))
        }
        ("registry", "visited") => {
            Date::parse(&word("on"))?;
            Some((key(&format!("visited-{}", word("finding"))), String::new(), icon))
        }
        ("registry", _) if what.starts_with("evidence_") => {
            Some((key(&format!("{what}-{}", word("what"))), String::new(), icon))
        }
        ("registry", _) => Some((key(what), String::new(), icon)),
        _ => None,
    }
}
