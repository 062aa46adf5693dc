//! One rule: the version in force or any other, what it says, how it came about, what it changed.

use askama::Template;
use base::policy::{self, APPROVE, DRAFT, Mark, PolicyKind, State, Version};
use base::{Date, Error, Problem, Read, Result, Say, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::draft::agencies;
use super::list::{Asked, mark_key, mark_tone};
use super::words::{Block, Chapter, ReadChange, Reading, Words};
use super::{name_of, sees_drafts, title};
use crate::area::Decided;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Path, Query};
use crate::routes::Access;

/// One version among the others.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct VersionRow {
    pub(crate) version: i64,
    pub(crate) state: State,
    pub(crate) valid_from: Date,
    pub(crate) last_day: Option<Date>,
    pub(crate) current: bool,
    pub(crate) holds: bool,
    /// Agreed to, and its first day is still to come.
    pub(crate) coming: bool,
}

impl VersionRow {
    fn is_draft(&self) -> bool {
        self.state == State::Draft
    }

    /// Taken back before its first day.
    fn never_held(&self) -> bool {
        let before = self.last_day.is_some_and(|day| day < self.valid_from);
        self.state == State::Withdrawn && before
    }

    fn is_returned(&self) -> bool {
        self.state == State::Returned
    }

    fn ended_key(&self) -> &'static str {
        if self.is_returned() { "policies-sent-back-at" } else { "policies-withdrawn" }
    }

    fn state_key(&self) -> &'static str {
        match (self.state, self.holds) {
            (State::InForce, false) if self.coming => "policies-coming-tag",
            (State::Draft, _) => "policy-state-draft",
            (State::Returned, _) => "policy-state-returned",
            (State::Withdrawn, _) => "policy-state-withdrawn",
            (State::InForce, true) => "policy-state-in-force",
            (State::InForce, false) => "policies-not-today",
        }
    }

    fn tone(&self) -> &'static str {
        match (self.state, self.holds) {
            (State::InForce, false) if self.coming => "info",
            (State::Draft, _) => "warn",
            (State::Returned | State::Withdrawn, _) => "bad",
            (State::InForce, true) => "ok",
            (State::InForce, false) => "",
        }
    }
}

/// A rule with its history.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/policy.html")]
pub(crate) struct PolicyPage {
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) version: i64,
    pub(crate) state: State,
    pub(crate) valid_from: Date,
    pub(crate) last_day: Option<Date>,
    pub(crate) basis: String,
    pub(crate) mark: Mark,
    /// `Kota Semarang, versi 3`, if it was copied from another city.
    pub(crate) origin: String,
    pub(crate) backdated: bool,
    /// A draft that would begin in the past, and how many orders were made since.
    pub(crate) reaches_back: Option<i64>,
    /// The version a draft was written from, when that is not the one it would replace.
    pub(crate) written_from: Option<i64>,
    /// The day that was asked for.
    pub(crate) on: Option<Date>,
    /// There was no rule of this kind on that day yet.
    pub(crate) none_on: bool,
    /// A draft that came with a newer program.
    pub(crate) shipped: bool,
    pub(crate) drafted_at: Timestamp,
    pub(crate) approved_at: Option<Timestamp>,
    pub(crate) withdrawn_at: Option<Timestamp>,
    pub(crate) withdrawal_reason: String,
    /// Names, for those who work on rules; empty for others and for the program itself.
    pub(crate) author: String,
    pub(crate) approver: String,
    /// Who took it back or sent it back.
    pub(crate) withdrawn_by: String,
    /// The rule itself.
    pub(crate) body: serde_json::Value,
    /// The same, read aloud.
    pub(crate) blocks: Vec<Block>,
    /// The years, or whatever else is shown one at a time.
    pub(crate) chapters: Vec<Chapter>,
    /// The version it was compared with, and what differs.
    pub(crate) compared_with: Option<i64>,
    pub(crate) changes: Vec<ReadChange>,
    pub(crate) history: Vec<VersionRow>,
    #[serde(skip)]
    pub(crate) may: May,
    #[serde(skip)]
    pub(crate) asked: String,
    #[serde(skip)]
    pub(crate) problems: Vec<Problem>,
}

/// What the reader may do here.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct May {
    pub(crate) draft: bool,
    pub(crate) approve: bool,
    /// Whoever wrote a draft cannot be the second person.
    pub(crate) own_draft: bool,
    /// It came back to the reader, who mends it.
    pub(crate) mend: bool,
    pub(crate) withdraw: bool,
    /// A draft goes back to the person who wrote it.
    pub(crate) send_back: bool,
}

impl PolicyPage {
    fn mark_key(&self) -> String {
        mark_key(self.mark)
    }

    fn mark_tone(&self) -> &'static str {
        mark_tone(self.mark)
    }

    fn row(&self) -> &VersionRow {
        self.history.iter().find(|row| row.current).expect("the version shown is in its history")
    }
}

/// Which version is wanted.
pub(crate) enum Wanted {
    /// The one that holds on a day; today without one.
    On(Asked),
    /// This one.
    Number(i64),
    /// This one, and a part of it.
    Part(i64, Asked),
}

impl Wanted {
    fn number(&self) -> Option<i64> {
        match self {
            Wanted::On(_) => None,
            Wanted::Number(number) | Wanted::Part(number, _) => Some(*number),
        }
    }

    fn asked(&self) -> Asked {
        match self {
            Wanted::On(asked) | Wanted::Part(_, asked) => asked.clone(),
            Wanted::Number(_) => Asked::default(),
        }
    }
}

pub(crate) async fn current(
    ctx: Ctx,
    Path(kind): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = page(&ctx, kind, Wanted::On(asked)).await?;
    if !page.problems.is_empty() && !ctx.wants_page() {
        return Err(Error::Invalid(page.problems).into());
    }
    if page.problems.is_empty() { ctx.page(page) } else { ctx.again(page) }
}

pub(crate) async fn version(
    ctx: Ctx,
    Path((kind, version)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = page(&ctx, kind, Wanted::Part(version, asked)).await?;
    ctx.page(page)
}

/// What a page is made of, read in one moment.
struct Found {
    versions: Vec<Version>,
    at: usize,
    none_on: bool,
    author: String,
    approver: String,
    withdrawn_by: String,
    agencies: std::collections::BTreeMap<String, String>,
    reaches_back: Option<i64>,
    today: Date,
}

/// What to look for.
#[derive(Clone)]
struct Search {
    kind: String,
    number: Option<i64>,
    on: Option<Date>,
    drafts: bool,
    decided: Vec<Decided>,
}

fn find(read: &mut Read<'_>, search: &Search) -> Result<Found> {
    let mut versions = policy::history(read, &search.kind)?;
    versions.retain(|version| search.drafts || version.approved_at.is_some());
    let today = Date::today(read);
    let day = search.on.unwrap_or(today);
    let holds = policy::in_force(&versions, &search.kind, day).map(|v| v.version);
    let none_on = search.on.is_some() && search.number.is_none() && holds.is_none();
    let first = if none_on { versions.last() } else { versions.first() };
    let number = search.number.or(holds).or(first.map(|v| v.version)).ok_or(Error::NotFound)?;
    let at = versions.iter().position(|v| v.version == number).ok_or(Error::NotFound)?;
    let (mut author, mut approver, mut withdrawn_by) = <(String, String, String)>::default();
    if search.drafts {
        withdrawn_by = refuser(read, &versions[at])?;
        author = name_of(read, &versions[at].author)?;
        let second = versions[at].approver.clone().unwrap_or_default();
        approver = name_of(read, &second)?;
    }
    let reaches_back = reaches_back(read, &versions, at, &search.decided)?;
    let agencies = agencies(read)?;
    Ok(Found {
        versions,
        at,
        none_on,
        author,
        approver,
        withdrawn_by,
        agencies,
        reaches_back,
        today,
    })
}

/// The name of whoever took a version back or sent it back; nobody if it stands.
fn refuser(read: &mut Read<'_>, version: &Version) -> Result<String> {
    match policy::refuser(read, version)? {
        Some(person) => name_of(read, &person),
        None => Ok(String::new()),
    }
}

/// How many cases were decided on days that a draft would rule afterwards; nothing if it begins today
/// or later. What comes with the program never reaches back.
fn reaches_back(
    read: &mut Read<'_>,
    versions: &[Version],
    at: usize,
    decided: &[Decided],
) -> Result<Option<i64>> {
    let version = &versions[at];
    let yesterday = Date::today(read).plus_days(-1);
    let draft = version.state == State::Draft && version.author != "system";
    if !draft || version.valid_from > yesterday {
        return Ok(None);
    }
    let last = version.last_day(versions).map_or(yesterday, |day| day.min(yesterday));
    let mut cases = 0;
    for count in decided {
        cases += count(read, version.valid_from, last)?;
    }
    Ok(Some(cases))
}

/// The page of a version, or of the one in force.
pub(crate) async fn page(ctx: &Ctx, kind: String, wanted: Wanted) -> Result<PolicyPage> {
    let drafts = sees_drafts(ctx);
    let known = ctx.app.0.kinds.iter().find(|known| known.kind == kind).copied();
    let known = known.ok_or(Error::NotFound)?;
    let asked = wanted.asked();
    let (on, problems) = asked.day();
    let decided = ctx.app.0.decided.clone();
    let search = Search { kind, number: wanted.number(), on, drafts, decided };
    let found = ctx.read(move |read| find(read, &search)).await?;
    let texts = ctx.texts();
    let words = Words { texts: &texts, agencies: &found.agencies };
    let version = &found.versions[found.at];
    let before = policy::replaced(&found.versions, version);
    let changes = before.map(|old| policy::difference(known.shape, &old.body, &version.body));
    let changes = changes.unwrap_or_default();
    let Reading { blocks, chapters } = read_aloud(&words, known, version, &asked, found.today);
    Ok(PolicyPage {
        title: title(&version.kind, &texts),
        kind: version.kind.clone(),
        version: version.version,
        state: version.state,
        valid_from: version.valid_from,
        last_day: version.last_day(&found.versions),
        basis: version.basis.say(texts.language()),
        mark: version.mark,
        origin: version.origin.as_ref().map(|it| it.city.clone()).unwrap_or_default(),
        backdated: version.is_backdated() && version.author != "system",
        reaches_back: found.reaches_back,
        written_from: stale(&found.versions, version),
        on,
        none_on: found.none_on,
        shipped: version.state == State::Draft && version.author == "system",
        drafted_at: version.drafted_at,
        approved_at: version.approved_at,
        withdrawn_at: version.withdrawn_at,
        withdrawal_reason: version.withdrawal_reason.clone().unwrap_or_default(),
        blocks,
        chapters,
        body: version.body.clone(),
        compared_with: before.map(|old| old.version),
        changes: changes.iter().map(|change| words.change(change)).collect(),
        history: rows(&found),
        may: may(ctx, version),
        author: found.author.clone(),
        approver: found.approver.clone(),
        withdrawn_by: found.withdrawn_by.clone(),
        asked: asked.on,
        problems,
    })
}

/// Of a calendar the year that was asked for, else this one.
fn read_aloud(
    words: &Words<'_>,
    known: PolicyKind,
    version: &Version,
    asked: &Asked,
    today: Date,
) -> Reading {
    let this_year = asked.day().0.unwrap_or(today).year().to_string();
    let year = if asked.year.is_empty() { &this_year } else { &asked.year };
    words.blocks(known.shape, &version.body, year)
}

/// The version a draft was written from, when another one came into force meanwhile.
fn stale(versions: &[Version], version: &Version) -> Option<i64> {
    let replaced = policy::replaced(versions, version)?.version;
    let from = version.based_on.filter(|from| *from != replaced);
    from.filter(|_| version.state == State::Draft)
}

fn rows(found: &Found) -> Vec<VersionRow> {
    let versions = &found.versions;
    let kind = &versions[found.at].kind;
    let holds = policy::in_force(versions, kind, found.today).map(|v| v.version);
    let row = |version: &Version| VersionRow {
        version: version.version,
        state: version.state,
        valid_from: version.valid_from,
        last_day: version.last_day(versions),
        current: version.version == versions[found.at].version,
        holds: holds == Some(version.version),
        coming: version.valid_from > found.today,
    };
    versions.iter().map(row).collect()
}

fn may(ctx: &Ctx, version: &Version) -> May {
    let (draft, approve) = (ctx.admits(Access::May(DRAFT)), ctx.admits(Access::May(APPROVE)));
    let is_draft = version.state == State::Draft;
    let own = version.author == ctx.actor().id;
    May {
        draft,
        approve: approve && is_draft && !own,
        own_draft: is_draft && own,
        mend: draft && own && version.state == State::Returned,
        withdraw: matches!(version.state, State::Draft | State::InForce)
            && (approve || (draft && is_draft)),
        send_back: approve && is_draft && !own && version.author != "system",
    }
}
