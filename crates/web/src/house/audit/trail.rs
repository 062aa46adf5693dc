//! The list of events, newest first, and one event with all its data.

use askama::Template;
use base::account::PersonId;
use base::audit::{self, By, Wanted};
use base::{StoredEvent, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::known::{Found, Known, Name};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::house::reading::{self, dashed};
use crate::input::{Path, Query};
use crate::texts::Texts;

const PAGE_ROWS: i64 = 50;
/// Facts of an event that fit the list; all of them stand on its own page.
const LINES_SHOWN: usize = 4;
/// A SHA-256 as events write it.
const HASH_CHARS: usize = 64;
/// What the chips offer; any other beginning of a kind works in the address.
const GROUPS: &[&str] = &[
    "account.",
    "personal.",
    "registry.",
    "catalog.",
    "procurement.",
    "document.",
    "policy.",
    "deadline.",
    "message.",
    "job.",
];

/// The filters.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    actor: String,
    /// `people`, `program` or `all`; without any filter what people did.
    #[serde(default)]
    by: String,
    #[serde(default)]
    before: String,
}

impl Filter {
    fn by(&self) -> By {
        let plain = self.kind.is_empty() && self.subject.is_empty() && self.actor.is_empty();
        match self.by.as_str() {
            "people" => By::People,
            "program" => By::Program,
            "" if plain => By::People,
            _ => By::Everybody,
        }
    }

    /// The same list, of this doing and from its beginning.
    fn done_by(&self, by: &str) -> String {
        Filter { by: by.to_owned(), before: String::new(), ..self.clone() }.address()
    }

    /// The address of the list with these filters.
    fn address(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let pairs = [
            ("kind", &self.kind),
            ("subject", &self.subject),
            ("actor", &self.actor),
            ("by", &self.by),
            ("before", &self.before),
        ];
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        format!("/audit?{}", query.finish())
    }
}

/// One kind of events to switch on or off.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Group {
    word: String,
    href: String,
    on: bool,
}

/// An event as people read it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Happened {
    pub(crate) id: String,
    pub(crate) seq: Option<i64>,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) subject: String,
    pub(crate) actor: String,
    pub(crate) actor_name: String,
    pub(crate) organisation: String,
    pub(crate) at: Timestamp,
    /// What it happened to, if somebody knows its name.
    pub(crate) about: Name,
    pub(crate) lines: Vec<Fact>,
}

/// Something that an event tells.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
    /// The page of what the value names.
    pub(crate) href: String,
}

impl Happened {
    fn by_subject(&self) -> String {
        Filter { subject: self.subject.clone(), ..Filter::default() }.address()
    }

    fn by_actor(&self) -> String {
        Filter { actor: self.actor.clone(), ..Filter::default() }.address()
    }
}

/// The trail.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/audit.html")]
pub(crate) struct TrailPage {
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) actor: String,
    /// What people did, what the program did.
    #[serde(skip)]
    pub(crate) doers: Vec<Group>,
    #[serde(skip)]
    pub(crate) groups: Vec<Group>,
    pub(crate) events: Vec<Happened>,
    pub(crate) next: String,
}

/// One event.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/audit_event.html")]
pub(crate) struct EventPage {
    #[serde(flatten)]
    pub(crate) event: Happened,
    pub(crate) data: serde_json::Value,
}

/// Who did it. Whoever comes through the door is a visitor until they are in: it is the person that
/// the event is about.
fn doer(event: &StoredEvent) -> &str {
    let arrives = event.actor == "visitor" && PersonId::parse(&event.subject).is_some();
    if arrives { &event.subject } else { &event.actor }
}

pub(crate) async fn list(ctx: Ctx, Query(filter): Query<Filter>) -> Answer {
    let wanted = Wanted {
        kind: filter.kind.trim().to_owned(),
        subject: filter.subject.trim().to_owned(),
        actor: filter.actor.trim().to_owned(),
        by: filter.by(),
        before: Some(filter.before.clone()).filter(|before| !before.is_empty()),
    };
    let areas = ctx.app.0.named.clone();
    let read = ctx.read(move |read| {
        let events = audit::trail(read, &wanted, PAGE_ROWS)?;
        let found = Found::of(read, &events, &areas)?;
        Ok((events, found))
    });
    let (events, found) = read.await?;
    let texts = ctx.texts();
    let known = found.told(&ctx, &texts);
    let full = events.len() >= usize::try_from(PAGE_ROWS).expect("a page is short");
    let next = events
        .last()
        .filter(|_| full)
        .map(|last| Filter { before: last.id.clone(), ..filter.clone() }.address());
    let happened = |event: &StoredEvent| {
        let mut happened = told(event, &known, &texts);
        happened.lines.retain(|line| says_something(&line.value));
        happened.lines.truncate(LINES_SHOWN);
        happened
    };
    ctx.page(TrailPage {
        doers: doers(&filter, &texts),
        groups: GROUPS.iter().map(|group| chip(group, &filter, &texts)).collect(),
        events: events.iter().map(happened).collect(),
        next: next.unwrap_or_default(),
        kind: filter.kind,
        subject: filter.subject,
        actor: filter.actor,
    })
}

/// Ids of rows, hashes, and what is empty or nothing, say nothing in a list; the event's own page has them.
fn says_something(value: &str) -> bool {
    let names_a_row = |part: &str| base::Id::<()>::parse(part).is_some();
    let hash = value.len() == HASH_CHARS && value.bytes().all(|b| b.is_ascii_hexdigit());
    let names_rows = value.split(['/', ' ', ',', ';']).any(names_a_row);
    !value.trim().is_empty() && value != "0" && !hash && !names_rows
}

fn chip(group: &str, filter: &Filter, texts: &Texts) -> Group {
    let on = filter.kind == group;
    let kind = if on { String::new() } else { group.to_owned() };
    let href = Filter { kind, before: String::new(), ..filter.clone() }.address();
    let word = texts.get(&format!("audit-group-{}", group.trim_end_matches('.')));
    Group { word, href, on }
}

/// Two chips: what people did is switched on at first, what the program did is one touch away.
fn doers(filter: &Filter, texts: &Texts) -> Vec<Group> {
    let chip = |by: By, code: &str, key: &str| {
        let on = filter.by() == by;
        let href = filter.done_by(if on { "all" } else { code });
        Group { word: texts.get(key), href, on }
    };
    vec![
        chip(By::People, "people", "audit-by-people"),
        chip(By::Program, "program", "audit-by-program"),
    ]
}

fn told(event: &StoredEvent, known: &Known, texts: &Texts) -> Happened {
    let key = format!("event-{}", dashed(&event.kind));
    let doer = doer(event);
    let about = known.get(&event.subject).filter(|_| event.subject != doer);
    Happened {
        id: event.id.clone(),
        seq: event.seq,
        title: if texts.has(&key) { texts.get(&key) } else { event.kind.clone() },
        kind: event.kind.clone(),
        subject: event.subject.clone(),
        actor: event.actor.clone(),
        actor_name: actor_name(event, known, texts),
        organisation: event.on_behalf_of.as_ref().map(|id| known.words(id)).unwrap_or_default(),
        at: event.at,
        about: about.cloned().unwrap_or_default(),
        lines: facts(event, known, texts),
    }
}

fn actor_name(event: &StoredEvent, known: &Known, texts: &Texts) -> String {
    let name = known.words(doer(event));
    if !name.is_empty() || PersonId::parse(&event.actor).is_some() {
        return name;
    }
    let part = format!("audit-actor-{}", dashed(&event.actor));
    if texts.has(&part) { texts.get(&part) } else { texts.fill("audit-program", &[&event.actor]) }
}

/// What an event tells, with names for the ids in it; what its title names already is left out.
fn facts(event: &StoredEvent, known: &Known, texts: &Texts) -> Vec<Fact> {
    let data = event.json();
    let lines = reading::lines(&data, texts).into_iter();
    let about = known.words(&event.subject);
    let lines = lines.filter(|line| line.value != event.subject && line.value != about);
    // A rule's name has its kind and its number.
    let rule = event.kind.starts_with("policy.") && known.get(&event.subject).is_some();
    let named = ["kind", "version"].map(|key| reading::label(key, texts));
    let said = |label: &String| rule && named.contains(label);
    let fact = |line: reading::Line| match known.get(&line.value) {
        Some(name) => {
            Fact { label: line.label, value: name.words.clone(), href: name.href.clone() }
        }
        None => Fact { label: line.label, value: line.value, href: String::new() },
    };
    lines.filter(|line| !said(&line.label)).map(fact).collect()
}

pub(crate) async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let areas = ctx.app.0.named.clone();
    let read = ctx.read(move |read| {
        let event = audit::find(read, &id)?;
        let found = Found::of(read, std::slice::from_ref(&event), &areas)?;
        Ok((event, found))
    });
    let (event, found) = read.await?;
    let texts = ctx.texts();
    let happened = told(&event, &found.told(&ctx, &texts), &texts);
    ctx.page(EventPage { data: event.json(), event: happened })
}
