//! Writing a new version of a rule: the text of the one in force to begin with, the paper it rests
//! on, and since when it shall hold.

use askama::Template;
use base::policy::{self, Draft, LegalBasis, Mark};
use base::{Date, Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::change::Numbered;
use super::list::in_force;
use super::title;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Path, Query};

/// A version as somebody writes it.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct DraftForm {
    /// The rule as JSON.
    #[serde(default)]
    body: String,
    /// The first day it shall hold, `2026-03-12`.
    #[serde(default)]
    valid_from: String,
    /// The last day, if the paper names one.
    #[serde(default)]
    valid_to: String,
    /// The paper it rests on.
    #[serde(default)]
    instrument: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    dated: String,
    /// `law_read`, `secondary`, `general_knowledge` or `unverified`.
    #[serde(default)]
    mark: String,
}

impl DraftForm {
    fn parse(&self, kind: &str) -> Result<Draft> {
        let mut problems = Vec::new();
        let mut sort = |field: &str, text: &str, required: bool| {
            let day = Date::parse(text.trim());
            if day.is_none() && (required || !text.trim().is_empty()) {
                problems.push(Problem::new(field, "policies-day-wrong"));
            }
            day
        };
        let valid_from = sort("valid_from", &self.valid_from, true);
        let valid_to = sort("valid_to", &self.valid_to, false);
        let dated = sort("dated", &self.dated, false);
        let mark = Mark::parse(&self.mark);
        if mark.is_none() {
            problems.push(Problem::new("mark", "policies-mark-missing"));
        }
        let body = serde_json::from_str(&self.body);
        let body = body.map_err(|e| problems.push(Problem::with("body", "policies-not-json", e)));
        let (Some(valid_from), Some(mark), Ok(body), true) =
            (valid_from, mark, body, problems.is_empty())
        else {
            return Err(Error::Invalid(problems));
        };
        let (instrument, number) = (self.instrument.clone(), self.number.clone());
        let basis = LegalBasis { instrument, number, dated };
        let kind = kind.to_owned();
        Ok(Draft { kind, body, valid_from, valid_to, basis, mark, origin: None })
    }
}

/// The form for it.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/policy_draft.html")]
pub(crate) struct DraftPage {
    kind: String,
    title: String,
    #[serde(skip)]
    form: DraftForm,
    /// What is wrong with a field of the form.
    #[serde(skip)]
    problems: Vec<Problem>,
    /// What is wrong inside the rule, by where it stands there.
    #[serde(skip)]
    inside: Vec<Problem>,
}

impl DraftPage {
    fn marks(&self) -> Vec<(&'static str, String)> {
        let word = |mark: &Mark| (mark.code(), super::list::mark_key(*mark));
        Mark::ALL.iter().map(word).collect()
    }
}

/// Which version the text begins with; the one in force if none.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Begun {
    #[serde(default)]
    from: String,
}

pub(crate) async fn blank(
    ctx: Ctx,
    Path(kind): Path<String>,
    Query(begun): Query<Begun>,
) -> Answer {
    if !ctx.app.0.kinds.iter().any(|known| known.kind == kind) {
        return Err(Error::NotFound.into());
    }
    let wanted = kind.clone();
    let found = ctx.read(move |read| Ok((policy::history(read, &wanted)?, Date::today(read))));
    let (versions, today) = found.await?;
    let from = begun.from.parse().ok();
    let from = versions.iter().find(|version| Some(version.version) == from);
    let old = from.or(in_force(&versions, &kind, today)).or(versions.first());
    let body = old.map(|old| serde_json::to_string_pretty(&old.body));
    let body = body.transpose().map_err(Error::broken)?.unwrap_or_else(|| "{}".to_owned());
    let form = DraftForm { body, valid_from: today.plus_days(1).iso(), ..DraftForm::default() };
    let title = title(&kind, &ctx.texts());
    ctx.page(DraftPage { kind, title, form, problems: Vec::new(), inside: Vec::new() })
}

pub(crate) async fn submit(
    ctx: Ctx,
    Path(kind): Path<String>,
    Input(form): Input<DraftForm>,
) -> Answer {
    match try_draft(&ctx, &kind, &form).await {
        Ok(version) => Ok(ctx.done_saying(version.address(), "policies-drafted", version)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let (problems, inside) = sorted(problems);
            let title = title(&kind, &ctx.texts());
            ctx.again(DraftPage { kind, title, form, problems, inside })
        }
        Err(error) => Err(error.into()),
    }
}

async fn try_draft(ctx: &Ctx, kind: &str, form: &DraftForm) -> Result<Numbered> {
    let (draft, kinds) = (form.parse(kind)?, ctx.app.0.kinds.clone());
    ctx.write("policy.draft", move |tx| {
        let version = policy::draft(tx, &kinds, &draft)?;
        Ok(Numbered { kind: version.kind, version: version.version })
    })
    .await
}

const FIELDS: &[&str] =
    &["body", "valid_from", "valid_to", "instrument", "number", "dated", "mark"];

/// Problems of the form's own fields, and those inside the rule, which the field of its text
/// announces.
fn sorted(problems: Vec<Problem>) -> (Vec<Problem>, Vec<Problem>) {
    let of_form = |problem: &Problem| FIELDS.contains(&problem.field.as_str());
    let (mut problems, inside): (Vec<_>, Vec<_>) = problems.into_iter().partition(of_form);
    if !inside.is_empty() {
        problems.push(Problem::with("body", "policies-inside", inside.len()));
    }
    (problems, inside)
}
