//! Writing a new version of a rule: a form that begins with the version in force, the paper it rests
//! on, and since when it shall hold. Rows come and go by buttons that send the form back.

use std::collections::BTreeMap;

use askama::Template;
use base::account::OrganisationKind;
use base::account::organisation;
use base::policy::{self, BODY, Draft, LegalBasis, Mark, PolicyKind, Version};
use base::{Date, Error, Problem, Read, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::asking::{Asking, Part};
use super::change::Numbered;
use super::reading::{self, Sent};
use super::title;
use super::words::Words;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Path, Query};

/// A version as somebody writes it.
#[derive(Clone, Default, JsonSchema)]
pub(crate) struct DraftForm {
    /// The rule as JSON, from programs; people fill in its parts one by one.
    #[serde(default)]
    body: String,
    /// The first day it shall hold, `2026-03-12`.
    #[serde(default)]
    valid_from: String,
    /// The last day, if the paper names one.
    #[serde(default)]
    valid_to: String,
    /// The sort of paper it rests on: `Peraturan Pemerintah`.
    #[serde(default)]
    instrument: String,
    /// Its number alone: `7`.
    #[serde(default)]
    number: String,
    /// The year of its number.
    #[serde(default)]
    year: String,
    /// Where in it: `Pasal 35–36`.
    #[serde(default)]
    article: String,
    /// What else has to be said of it.
    #[serde(default)]
    note: String,
    /// The day it was signed.
    #[serde(default)]
    dated: String,
    /// `law_read`, `secondary`, `general_knowledge`, `city_choice` or `unverified`.
    #[serde(default)]
    mark: String,
    /// The number of the version it was written from.
    #[serde(default)]
    based_on: String,
    /// The button that only changes the form: `add:body/sales`, `remove:body/sales/1`.
    #[schemars(skip)]
    act: String,
    /// The parts of the rule by place.
    #[schemars(skip)]
    parts: Sent,
}

/// Known fields by their names; all others are parts of the rule.
impl<'de> Deserialize<'de> for DraftForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut parts = Sent::deserialize(deserializer)?;
        let mut take = |name: &str| parts.remove(name).unwrap_or_default();
        Ok(DraftForm {
            body: take("body"),
            valid_from: take("valid_from"),
            valid_to: take("valid_to"),
            instrument: take("instrument"),
            number: take("number"),
            year: take("year"),
            article: take("article"),
            note: take("note"),
            dated: take("dated"),
            mark: take("mark"),
            based_on: take("based_on"),
            act: take("do"),
            parts,
        })
    }
}

impl DraftForm {
    /// The form as a version would fill it in.
    fn of(version: &Version) -> DraftForm {
        let basis = version.basis.clone();
        let day = |day: Option<Date>| day.map(Date::iso).unwrap_or_default();
        DraftForm {
            valid_from: version.valid_from.iso(),
            valid_to: day(version.valid_to),
            instrument: basis.instrument,
            number: basis.number,
            year: basis.year.map(|year| year.to_string()).unwrap_or_default(),
            article: basis.article,
            note: basis.note,
            dated: day(basis.dated),
            mark: version.mark.code().to_owned(),
            ..DraftForm::default()
        }
    }

    /// The draft it means, and what of it cannot be read; such a part holds something harmless, so
    /// that everything else can be judged with it.
    fn parse(&self, kind: &str, body: Value, today: Date) -> (Draft, Vec<Problem>) {
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
        let year = self.year.trim();
        let year = if year.is_empty() { Ok(None) } else { year.parse().map(Some) };
        if year.is_err() {
            problems.push(Problem::new("year", "policy-basis-year"));
        }
        let (valid_from, mark) = (valid_from.unwrap_or(today), mark.unwrap_or(Mark::Unverified));
        let year = year.unwrap_or_default();
        let number = self.number.trim();
        let basis = LegalBasis {
            instrument: self.instrument.trim().to_owned(),
            number: number.strip_prefix("Nomor ").unwrap_or(number).to_owned(),
            year,
            article: self.article.trim().to_owned(),
            note: self.note.trim().to_owned(),
            dated,
        };
        let (kind, based_on) = (kind.to_owned(), self.based_on.parse().ok());
        let origin = None;
        (Draft { kind, body, valid_from, valid_to, basis, mark, origin, based_on }, problems)
    }
}

/// The form for it.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/policy_draft.html")]
pub(crate) struct DraftPage {
    kind: String,
    title: String,
    /// Why the draft before this one came back; empty if none did.
    returned: String,
    #[serde(skip)]
    #[schemars(skip)]
    form: DraftForm,
    /// The parts of the rule, as they are asked for.
    #[serde(skip)]
    #[schemars(skip)]
    parts: Vec<Part>,
    /// What is wrong with a field of the paper or the days.
    #[serde(skip)]
    problems: Vec<Problem>,
    /// Everything that is wrong: where to go, and what to do there.
    #[serde(skip)]
    wrong: Vec<(String, String)>,
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

fn known(ctx: &Ctx, kind: &str) -> Result<PolicyKind> {
    let known = ctx.app.0.kinds.iter().find(|known| known.kind == kind);
    known.copied().ok_or(Error::NotFound)
}

/// The agencies that a rule may bind, by their codes.
pub(super) fn agencies(read: &mut Read<'_>) -> Result<BTreeMap<String, String>> {
    let agencies = organisation::of_kind(read, OrganisationKind::Agency)?;
    Ok(agencies.into_iter().map(|agency| (agency.code, agency.name)).collect())
}

pub(crate) async fn blank(
    ctx: Ctx,
    Path(kind): Path<String>,
    Query(begun): Query<Begun>,
) -> Answer {
    let known = known(&ctx, &kind)?;
    let wanted = kind.clone();
    let found = ctx.read(move |read| Ok((policy::history(read, &wanted)?, Date::today(read))));
    let (versions, today) = found.await?;
    let from = begun.from.parse().ok();
    let from = versions.iter().find(|version| Some(version.version) == from);
    let holds = policy::in_force(&versions, &kind, today);
    let old = from.or(holds).or(versions.first());
    let mut form = match old {
        // What nobody has agreed to yet is mended; what holds is replaced by another paper.
        Some(old) if old.approved_at.is_none() => DraftForm::of(old),
        Some(old) if old.mark == Mark::CityChoice => {
            let DraftForm { instrument, mark, .. } = DraftForm::of(old);
            DraftForm { instrument, mark, ..DraftForm::default() }
        }
        _ => DraftForm::default(),
    };
    let tomorrow = today.plus_days(1).iso();
    if form.valid_from.is_empty() || old.is_some_and(|old| old.author == "system") {
        form.valid_from = tomorrow;
    }
    let based_on = old.and_then(|old| match old.approved_at {
        Some(_) => Some(old.version),
        None => old.based_on.or(holds.map(|holds| holds.version)),
    });
    form.based_on = based_on.map(|number| number.to_string()).unwrap_or_default();
    let returned = old.filter(|old| old.state == policy::State::Returned);
    let returned = returned.and_then(|old| old.withdrawal_reason.clone()).unwrap_or_default();
    let body = old.map_or_else(|| Value::Object(serde_json::Map::new()), |old| old.body.clone());
    let mut page = page(&ctx, known, form, &body, Vec::new()).await?;
    page.returned = returned;
    ctx.page(page)
}

pub(crate) async fn submit(
    ctx: Ctx,
    Path(kind): Path<String>,
    Input(form): Input<DraftForm>,
) -> Answer {
    let known = known(&ctx, &kind)?;
    let mut body = match ctx.wants_page() {
        true => reading::body(known.shape, &form.parts),
        false => serde_json::from_str(&form.body)
            .map_err(|_| Error::invalid(BODY, "policies-not-json"))?,
    };
    if ctx.wants_page() && !form.act.is_empty() {
        reading::act(&mut body, &form.act);
        let page = page(&ctx, known, form, &body, Vec::new()).await?;
        return ctx.page(page);
    }
    match try_draft(&ctx, known, &form, body.clone()).await {
        Ok(version) => Ok(ctx.done_saying(version.address(), "policies-drafted", version)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = page(&ctx, known, form, &body, problems).await?;
            ctx.again(page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Everything that is wrong is told at once: of the paper, and of the rule itself.
async fn try_draft(
    ctx: &Ctx,
    known: PolicyKind,
    form: &DraftForm,
    body: Value,
) -> Result<Numbered> {
    let today = ctx.read(|read| Ok(Date::today(read))).await?;
    let (draft, mut problems) = form.parse(known.kind, body, today);
    if !problems.is_empty() {
        let mut more = draft.problems(&[known], today);
        more.retain(|one| problems.iter().all(|it| it.field != one.field));
        more.append(&mut problems);
        return Err(Error::Invalid(more));
    }
    let kinds = ctx.app.0.kinds.clone();
    ctx.write("policy.draft", move |tx| {
        let version = policy::draft(tx, &kinds, &draft)?;
        Ok(Numbered { kind: version.kind, version: version.version })
    })
    .await
}

async fn page(
    ctx: &Ctx,
    known: PolicyKind,
    form: DraftForm,
    body: &Value,
    problems: Vec<Problem>,
) -> Result<DraftPage> {
    let agencies = ctx.read(agencies).await?;
    let texts = ctx.texts();
    let words = Words { texts: &texts, agencies: &agencies };
    let asking = Asking { words, problems: &problems };
    let parts = asking.form(known.shape, body);
    let said = |problem: &Problem| {
        let told = texts.fill(problem.code, &[&problem.detail]);
        let place = match problem.field.as_str() {
            BODY => String::new(),
            field if field.starts_with(BODY) => asking.place(&parts, field),
            field => texts.get(&format!("policies-{}", field.replace('_', "-"))),
        };
        let told = if place.is_empty() { told } else { format!("{place}: {told}") };
        (problem.field.clone(), told)
    };
    let wrong = problems.iter().map(said).collect();
    let title = title(known.kind, &texts);
    let (kind, returned) = (known.kind.to_owned(), String::new());
    Ok(DraftPage { kind, title, returned, form, parts, problems, wrong })
}
