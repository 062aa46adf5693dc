//! The list of events, newest first, and one event with all its data.

use std::collections::BTreeMap;

use askama::Template;
use base::account::{self, OrganisationId, PersonId};
use base::audit::{self, By, Wanted};
use base::{Error, Read, Result, StoredEvent, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::house::reading::{self, Line, dashed};
use crate::input::{Path, Query};
use crate::texts::Texts;

const PAGE_ROWS: i64 = 50;
/// Facts of an event that fit the list; all of them stand on its own page.
const LINES_SHOWN: usize = 4;
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
    pub(crate) lines: Vec<Line>,
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

/// Fields of events that say whom they are about.
const ABOUT: &[&str] = &["person", "organisation", "agency", "approver", "recipient"];

/// The people and organisations that events name, each looked up once.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn learn(&mut self, read: &mut Read<'_>, event: &StoredEvent) -> Result<()> {
        let data = event.json();
        let about = ABOUT.iter().filter_map(|field| data[*field].as_str());
        let acting = [Some(doer(event)), event.on_behalf_of.as_deref(), Some(&event.subject)];
        acting.into_iter().flatten().chain(about).try_for_each(|id| self.look_up(read, id))
    }

    fn look_up(&mut self, read: &mut Read<'_>, id: &str) -> Result<()> {
        let Some(person) = PersonId::parse(id).filter(|_| !self.0.contains_key(id)) else {
            return Ok(());
        };
        let mut name = found(account::person::find(read, &person).map(|person| person.name))?;
        if let Some(office) = OrganisationId::parse(id).filter(|_| name.is_empty()) {
            name = found(account::organisation::find(read, &office).map(|it| it.name))?;
        }
        self.0.insert(id.to_owned(), name);
        Ok(())
    }

    fn of(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_default()
    }
}

/// Who did it. Whoever comes through the door is a visitor until they are in: it is the person that
/// the event is about.
fn doer(event: &StoredEvent) -> &str {
    let arrives = event.actor == "visitor" && PersonId::parse(&event.subject).is_some();
    if arrives { &event.subject } else { &event.actor }
}

/// An actor that is no person any more stays an id.
fn found(name: Result<String>) -> Result<String> {
    match name {
        Err(Error::NotFound) => Ok(String::new()),
        other => other,
    }
}

pub(crate) async fn list(ctx: Ctx, Query(filter): Query<Filter>) -> Answer {
    let wanted = Wanted {
        kind: filter.kind.trim().to_owned(),
        subject: filter.subject.trim().to_owned(),
        actor: filter.actor.trim().to_owned(),
        by: filter.by(),
        before: Some(filter.before.clone()).filter(|before| !before.is_empty()),
    };
    let read = ctx.read(move |read| {
        let events = audit::trail(read, &wanted, PAGE_ROWS)?;
        let mut names = Names::default();
        events.iter().try_for_each(|event| names.learn(read, event))?;
        Ok((events, names))
    });
    let (events, names) = read.await?;
    let texts = ctx.texts();
    let full = events.len() >= usize::try_from(PAGE_ROWS).expect("a page is short");
    let next = events
        .last()
        .filter(|_| full)
        .map(|last| Filter { before: last.id.clone(), ..filter.clone() }.address());
    let happened = |event: &StoredEvent| {
        let mut happened = told(event, &names, &texts);
        happened.lines.retain(|line| !names_a_row(&line.value));
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

/// Ids of rows say nothing in a list; the event's own page has them.
fn names_a_row(value: &str) -> bool {
    value.split(['/', ' ', ',']).any(|part| base::Id::<()>::parse(part).is_some())
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

fn told(event: &StoredEvent, names: &Names, texts: &Texts) -> Happened {
    let key = format!("event-{}", dashed(&event.kind));
    let actor_name = match names.of(doer(event)) {
        name if name.is_empty() && PersonId::parse(&event.actor).is_none() => {
            let known = format!("audit-actor-{}", dashed(&event.actor));
            if texts.has(&known) {
                texts.get(&known)
            } else {
                texts.fill("audit-program", &[&event.actor])
            }
        }
        name => name,
    };
    Happened {
        id: event.id.clone(),
        seq: event.seq,
        title: if texts.has(&key) { texts.get(&key) } else { event.kind.clone() },
        kind: event.kind.clone(),
        subject: event.subject.clone(),
        actor: event.actor.clone(),
        actor_name,
        organisation: event.on_behalf_of.as_ref().map(|id| names.of(id)).unwrap_or_default(),
        at: event.at,
        lines: lines(event, names, texts),
    }
}

/// What an event tells, with names for the people and organisations in it, and whom it is about.
fn lines(event: &StoredEvent, names: &Names, texts: &Texts) -> Vec<Line> {
    let mut lines = reading::lines(&event.json(), texts);
    for line in &mut lines {
        let name = names.of(&line.value);
        if !name.is_empty() {
            line.value = name;
        }
    }
    let whom = names.of(&event.subject);
    let said = event.subject == doer(event) || lines.iter().any(|line| line.value == whom);
    if !whom.is_empty() && !said {
        lines.insert(0, Line { label: texts.get("audit-about-whom"), value: whom });
    }
    lines
}

pub(crate) async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let read = ctx.read(move |read| {
        let event = audit::find(read, &id)?;
        let mut names = Names::default();
        names.learn(read, &event)?;
        Ok((event, names))
    });
    let (event, names) = read.await?;
    let happened = told(&event, &names, &ctx.texts());
    ctx.page(EventPage { data: event.json(), event: happened })
}
