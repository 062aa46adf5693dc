//! The desk of those who write rules and those who put them into force: what waits for whom, and how
//! each kind of rule stands.

use std::collections::BTreeMap;

use askama::Template;
use base::policy::{self, APPROVE, DRAFT, Mark, State, Version};
use base::{Date, Read, Result, Say, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::list::{mark_key, mark_tone};
use super::{address, name_of, title};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::routes::Access;
use crate::texts::Texts;

/// A draft that waits for somebody.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Waiting {
    kind: String,
    title: String,
    version: i64,
    href: String,
    valid_from: Date,
    /// Who wrote it; empty when it came with the program.
    author: String,
    drafted_at: Timestamp,
    /// Whose it is and since when it waits, in words.
    #[serde(skip)]
    note: String,
    /// Values that differ from the version before.
    changes: usize,
}

impl Waiting {
    /// Where it is written anew.
    fn mend(&self) -> String {
        format!("/policies/{}/draft?from={}", self.kind, self.version)
    }
}

/// How one kind stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Kind {
    kind: String,
    title: String,
    /// The version in force today, since when, and how sure its values are.
    today: Option<Standing>,
    coming: Option<Standing>,
    waiting: Option<Standing>,
}

/// One version of a kind.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Standing {
    version: i64,
    valid_from: Date,
    mark: Mark,
    href: String,
}

impl Standing {
    fn of(version: &Version) -> Standing {
        let Version { version: number, valid_from, mark, .. } = version;
        Standing { version: *number, valid_from: *valid_from, mark: *mark, href: address(version) }
    }

    fn mark_key(&self) -> String {
        mark_key(self.mark)
    }

    fn mark_tone(&self) -> &'static str {
        mark_tone(self.mark)
    }
}

/// The desk.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/policies_desk.html")]
pub(crate) struct DeskPage {
    /// Somebody else wrote them: the reader may put them into force.
    to_approve: Vec<Waiting>,
    /// The reader wrote them: somebody else decides.
    own: Vec<Waiting>,
    /// The reader wrote them and they came back: to be mended.
    returned: Vec<Waiting>,
    /// Others' drafts, for a reader who only writes.
    others: Vec<Waiting>,
    kinds: Vec<Kind>,
    /// In force, and nobody has checked the values.
    unchecked: usize,
    may_draft: bool,
    may_approve: bool,
}

/// The names behind the authors of drafts.
type Names = BTreeMap<String, String>;

/// Every version, and the names behind the drafts.
fn find(read: &mut Read<'_>) -> Result<(Vec<Version>, Names, Date)> {
    let versions = policy::list(read)?;
    let mut names = Names::new();
    for draft in versions.iter().filter(|version| version.state == State::Draft) {
        names.insert(draft.author.clone(), name_of(read, &draft.author)?);
    }
    Ok((versions, names, Date::today(read)))
}

pub(crate) async fn show(ctx: Ctx) -> Answer {
    let (versions, names, today) = ctx.read(find).await?;
    let texts = ctx.texts();
    let (may_draft, may_approve) =
        (ctx.admits(Access::May(DRAFT)), ctx.admits(Access::May(APPROVE)));
    let (mut to_approve, mut own, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let row = |version: &Version| waiting(&ctx, version, &versions, &names);
    for draft in versions.iter().filter(|version| version.state == State::Draft) {
        match draft.author == ctx.actor().id {
            true => own.push(row(draft)),
            false if may_approve => to_approve.push(row(draft)),
            false => others.push(row(draft)),
        }
    }
    let returned = versions.iter().filter(|version| came_back(&ctx, version, &versions));
    let returned = returned.map(row).collect();
    let kinds = ctx.app.0.kinds.iter().map(|kind| stands(kind.kind, &versions, today, &texts));
    let kinds: Vec<Kind> = kinds.collect();
    let checked = |kind: &&Kind| kind.today.as_ref().is_some_and(|it| it.mark == Mark::Unverified);
    let unchecked = kinds.iter().filter(checked).count();
    ctx.page(DeskPage {
        to_approve,
        own,
        returned,
        others,
        kinds,
        unchecked,
        may_draft,
        may_approve,
    })
}

/// Whether somebody sent it back to the reader, who has written nothing newer of the kind.
fn came_back(ctx: &Ctx, version: &Version, versions: &[Version]) -> bool {
    let newer = |it: &Version| it.kind == version.kind && it.version > version.version;
    version.state == State::Returned
        && version.author == ctx.actor().id
        && !versions.iter().any(|it| newer(it) && it.author == version.author)
}

fn waiting(ctx: &Ctx, draft: &Version, versions: &[Version], names: &Names) -> Waiting {
    let texts = &ctx.texts();
    let before = policy::replaced(versions, draft);
    let kind = ctx.app.0.kinds.iter().find(|kind| kind.kind == draft.kind);
    let changes = before
        .zip(kind)
        .map(|(old, kind)| policy::difference(kind.shape, &old.body, &draft.body).len());
    let author = names.get(&draft.author).cloned().unwrap_or_default();
    let (drafted_at, first) = (draft.drafted_at.say(texts.language()), draft.valid_from);
    let note = match author.is_empty() {
        _ if draft.state == State::Returned => draft.withdrawal_reason.clone().unwrap_or_default(),
        true => texts.fill("policies-by-program", &[&drafted_at, &first]),
        false => texts.fill("policies-by", &[&author, &drafted_at, &first]),
    };
    Waiting {
        note,
        kind: draft.kind.clone(),
        title: title(&draft.kind, texts),
        version: draft.version,
        href: address(draft),
        valid_from: draft.valid_from,
        author,
        drafted_at: draft.drafted_at,
        changes: changes.unwrap_or_default(),
    }
}

fn stands(kind: &str, versions: &[Version], today: Date, texts: &Texts) -> Kind {
    let of_kind = || versions.iter().filter(|version| version.kind == kind);
    let begun = |version: &&Version| version.valid_from <= today;
    let coming = of_kind().filter(|it| it.state == State::InForce && !begun(it));
    let waiting = of_kind().filter(|it| it.state == State::Draft);
    Kind {
        title: title(kind, texts),
        kind: kind.to_owned(),
        today: policy::in_force(versions, kind, today).map(Standing::of),
        coming: coming.min_by_key(|it| it.valid_from).map(Standing::of),
        waiting: waiting.max_by_key(|it| it.version).map(Standing::of),
    }
}
