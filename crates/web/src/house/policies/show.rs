//! One rule: the version in force or any other, what it says, how it came about, what it changed.

use askama::Template;
use base::policy::{self, APPROVE, Change, DRAFT, Mark, State, Version};
use base::{Date, Error, Read, Result, Say, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::list::{in_force, mark_key, mark_tone};
use super::{name_of, sees_drafts, title};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::house::reading::{self, Block};
use crate::input::Path;
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
}

impl VersionRow {
    fn is_draft(&self) -> bool {
        self.state == State::Draft
    }

    fn state_key(&self) -> &'static str {
        match (self.state, self.holds) {
            (State::Draft, _) => "policy-state-draft",
            (State::Withdrawn, _) => "policy-state-withdrawn",
            (State::InForce, true) => "policy-state-in-force",
            (State::InForce, false) => "policies-not-today",
        }
    }

    fn tone(&self) -> &'static str {
        match (self.state, self.holds) {
            (State::Draft, _) => "warn",
            (State::Withdrawn, _) => "bad",
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
    /// A draft that came with a newer program.
    pub(crate) shipped: bool,
    pub(crate) drafted_at: Timestamp,
    pub(crate) approved_at: Option<Timestamp>,
    pub(crate) withdrawn_at: Option<Timestamp>,
    pub(crate) withdrawal_reason: String,
    /// Names, for those who work on rules; empty for others and for the program itself.
    pub(crate) author: String,
    pub(crate) approver: String,
    /// The rule itself.
    pub(crate) body: serde_json::Value,
    /// The same, read aloud.
    pub(crate) blocks: Vec<Block>,
    /// The version it was compared with, and what differs.
    pub(crate) compared_with: Option<i64>,
    pub(crate) changes: Vec<ReadChange>,
    pub(crate) history: Vec<VersionRow>,
    #[serde(skip)]
    pub(crate) may: May,
    #[serde(skip)]
    pub(crate) problems: Vec<base::Problem>,
}

/// What the reader may do here.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct May {
    pub(crate) draft: bool,
    pub(crate) approve: bool,
    /// Whoever wrote a draft cannot be the second person.
    pub(crate) own_draft: bool,
    pub(crate) withdraw: bool,
}

/// A difference in people's words.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReadChange {
    pub(crate) place: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
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

pub(crate) async fn current(ctx: Ctx, Path(kind): Path<String>) -> Answer {
    let page = page(&ctx, kind, None).await?;
    ctx.page(page)
}

pub(crate) async fn version(ctx: Ctx, Path((kind, version)): Path<(String, i64)>) -> Answer {
    let page = page(&ctx, kind, Some(version)).await?;
    ctx.page(page)
}

/// What a page is made of, read in one moment.
struct Found {
    versions: Vec<Version>,
    at: usize,
    author: String,
    approver: String,
    today: Date,
}

fn find(read: &mut Read<'_>, kind: &str, wanted: Option<i64>, drafts: bool) -> Result<Found> {
    let mut versions = policy::history(read, kind)?;
    versions.retain(|version| drafts || version.approved_at.is_some());
    let today = Date::today(read);
    let number = wanted.or_else(|| in_force(&versions, kind, today).map(|v| v.version));
    let number = number.or_else(|| versions.first().map(|v| v.version)).ok_or(Error::NotFound)?;
    let at = versions.iter().position(|v| v.version == number).ok_or(Error::NotFound)?;
    let (mut author, mut approver) = (String::new(), String::new());
    if drafts {
        author = name_of(read, &versions[at].author)?;
        let second = versions[at].approver.clone().unwrap_or_default();
        approver = name_of(read, &second)?;
    }
    Ok(Found { versions, at, author, approver, today })
}

/// The page of a version, or of the one in force.
pub(crate) async fn page(ctx: &Ctx, kind: String, wanted: Option<i64>) -> Result<PolicyPage> {
    let drafts = sees_drafts(ctx);
    let found = ctx.read(move |read| find(read, &kind, wanted, drafts)).await?;
    let version = &found.versions[found.at];
    let texts = ctx.texts();
    let before = before(&found.versions, version);
    let changes = before.map(|old| policy::difference(&old.body, &version.body));
    let changes = changes.unwrap_or_default();
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
        shipped: version.state == State::Draft && version.author == "system",
        drafted_at: version.drafted_at,
        approved_at: version.approved_at,
        withdrawn_at: version.withdrawn_at,
        withdrawal_reason: version.withdrawal_reason.clone().unwrap_or_default(),
        blocks: reading::blocks(&version.body, &texts),
        body: version.body.clone(),
        compared_with: before.map(|old| old.version),
        changes: changes.iter().map(|change| read_change(change, &texts)).collect(),
        history: rows(&found),
        may: may(ctx, version),
        author: found.author,
        approver: found.approver,
        problems: Vec::new(),
    })
}

/// The approved version that this one follows.
fn before<'v>(versions: &'v [Version], version: &Version) -> Option<&'v Version> {
    let older = versions.iter().filter(|v| v.approved_at.is_some() && v.version < version.version);
    older.max_by_key(|v| v.version)
}

fn rows(found: &Found) -> Vec<VersionRow> {
    let versions = &found.versions;
    let kind = &versions[found.at].kind;
    let holds = in_force(versions, kind, found.today).map(|v| v.version);
    let row = |version: &Version| VersionRow {
        version: version.version,
        state: version.state,
        valid_from: version.valid_from,
        last_day: version.last_day(versions),
        current: version.version == versions[found.at].version,
        holds: holds == Some(version.version),
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
        withdraw: version.state != State::Withdrawn && (approve || (draft && is_draft)),
    }
}

/// `sales.2.up_to` as `Omzet › 2 › Sampai`.
fn read_change(change: &Change, texts: &crate::texts::Texts) -> ReadChange {
    let last = change.path.rsplit('.').find(|part| part.parse::<usize>().is_err()).unwrap_or("");
    let read = |text: &Option<String>| {
        let text = text.as_ref()?;
        let value = serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into());
        Some(reading::shown(last, &value, texts))
    };
    let place = change.path.split('.').map(|part| reading::label(part, texts));
    ReadChange {
        place: place.collect::<Vec<_>>().join(" › "),
        old: read(&change.old),
        new: read(&change.new),
    }
}
