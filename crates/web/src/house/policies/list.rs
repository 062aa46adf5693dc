//! The rules in force, those that will be, and for those who work on them the drafts.

use askama::Template;
use base::policy::{self, Mark, State, Version};
use base::{Date, Error, Problem, Result, Say};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{address, sees_drafts, title};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::Query;
use crate::routes::Access;
use crate::texts::Texts;

/// A rule in the list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RuleRow {
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) version: i64,
    pub(crate) valid_from: Date,
    pub(crate) basis: String,
    pub(crate) mark: Mark,
    pub(crate) href: String,
}

impl RuleRow {
    fn of(version: &Version, texts: &Texts) -> RuleRow {
        RuleRow {
            kind: version.kind.clone(),
            title: title(&version.kind, texts),
            version: version.version,
            valid_from: version.valid_from,
            basis: version.basis.say(texts.language()),
            mark: version.mark,
            href: address(version),
        }
    }

    fn mark_key(&self) -> String {
        mark_key(self.mark)
    }

    fn mark_tone(&self) -> &'static str {
        mark_tone(self.mark)
    }
}

pub(crate) fn mark_key(mark: Mark) -> String {
    format!("policy-mark-{}", mark.code().replace('_', "-"))
}

/// How much a mark vouches for.
pub(crate) fn mark_tone(mark: Mark) -> &'static str {
    match mark {
        Mark::LawRead => "ok",
        Mark::Secondary | Mark::CityChoice => "info",
        Mark::GeneralKnowledge | Mark::Unverified => "warn",
    }
}

/// Every rule of the city.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/policies.html")]
pub(crate) struct PoliciesPage {
    /// The day that was asked for, if not today.
    pub(crate) on: Option<Date>,
    /// In force on that day.
    pub(crate) rules: Vec<RuleRow>,
    /// Approved, and not begun.
    pub(crate) coming: Vec<RuleRow>,
    /// Waiting for a second person.
    pub(crate) drafts: Vec<RuleRow>,
    /// Kinds that have no rule today.
    pub(crate) missing: Vec<Missing>,
    /// Whether the reader writes rules.
    #[serde(skip)]
    pub(crate) may_draft: bool,
    #[serde(skip)]
    pub(crate) asked: String,
    #[serde(skip)]
    pub(crate) problems: Vec<Problem>,
}

/// The day whose rules are asked for, and which part of a long one.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    pub(crate) on: String,
    #[serde(default)]
    pub(crate) year: String,
}

impl Asked {
    /// The day, or what is wrong with it; neither when none was asked for.
    pub(crate) fn day(&self) -> (Option<Date>, Vec<Problem>) {
        let text = self.on.trim();
        let day = Date::parse(text);
        let wrong = day.is_none() && !text.is_empty();
        let problem = wrong.then(|| Problem::new("on", "policies-day-wrong"));
        (day, problem.into_iter().collect())
    }
}

/// A kind without a rule.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Missing {
    pub(crate) kind: String,
    pub(crate) title: String,
}

pub(crate) async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let found = ctx.read(|read| -> Result<_> { Ok((policy::list(read)?, Date::today(read))) });
    let (versions, today) = found.await?;
    let texts = ctx.texts();
    let (on, problems) = asked.day();
    let day = on.unwrap_or(today);
    let row = |version: &Version| RuleRow::of(version, &texts);
    let holds = |kind: &str| policy::in_force(&versions, kind, day);
    let kinds = ctx.app.0.kinds.iter().map(|kind| kind.kind);
    let rules: Vec<_> = kinds.clone().filter_map(holds).map(row).collect();
    let missing = kinds.filter(|kind| holds(kind).is_none());
    let missing = missing.map(|kind| Missing { kind: kind.to_owned(), title: title(kind, &texts) });
    let coming = versions.iter().filter(|v| v.state == State::InForce && v.valid_from > today);
    let drafts = versions.iter().filter(|v| v.state == State::Draft && sees_drafts(&ctx));
    let wrong = !problems.is_empty();
    if wrong && !ctx.wants_page() {
        return Err(Error::Invalid(problems).into());
    }
    let page = PoliciesPage {
        on,
        asked: asked.on,
        problems,
        missing: missing.collect(),
        may_draft: ctx.admits(Access::May(policy::DRAFT)),
        coming: coming.map(row).collect(),
        drafts: drafts.map(row).collect(),
        rules,
    };
    if wrong { ctx.again(page) } else { ctx.page(page) }
}
