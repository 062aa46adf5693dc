//! What the business is called and does, and its code in the classification.

use std::ops::RangeInclusive;

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::policy::CATEGORIES;
use base::{Error, Problem, Result};
use particulars::kbli::KbliCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::section::{self, Head, Section, Sent, Way, Wrong};
use crate::business::{Business, BusinessId};
use crate::occupation::{self, Occupation};
use crate::registration::{self, Begun, Fill, Trade};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/registration/trade", first, Access::Person)
        .people_only()
        .post("/registry/registrations", begin, Access::Person)
        .takes::<TradeForm>()
        .needs(&["name", "category", "activity"])
        .gives::<Begun>()
        .get("/registry/registrations/{id}/trade", show, Access::Person)
        .people_only()
        .post("/registry/registrations/{id}/trade", save, Access::Person)
        .takes::<TradeForm>()
        .needs(&["name", "category", "activity"])
        .gives::<String>()
        .versioned()
        .get("/registry/registrations/{id}/kbli", show_kbli, Access::Person)
        .people_only()
        .post("/registry/registrations/{id}/kbli", save_kbli, Access::Person)
        .takes::<KbliForm>()
        .needs(&["kbli"])
        .gives::<String>()
        .versioned()
}

/// What an owner says of their trade.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct TradeForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    activity: String,
    #[serde(default)]
    story: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    then: String,
}

const NAME_CHARS: RangeInclusive<usize> = 3..=120;
const ACTIVITY_CHARS_MAX: usize = 160;
const STORY_CHARS_MAX: usize = 1_000;

impl TradeForm {
    fn of(business: &Business) -> TradeForm {
        TradeForm {
            name: business.name.clone(),
            category: business.category.clone(),
            activity: business.activity.clone(),
            story: business.story.clone(),
            ..TradeForm::default()
        }
    }

    fn parse(&self) -> Result<Trade> {
        let mut wrong = Wrong::default();
        let name = wrong.name("name", &self.name, NAME_CHARS, "registry-name-wanted");
        if !CATEGORIES.contains(&self.category.as_str()) {
            wrong.note("category", "registry-category-wanted");
        }
        let activity = wrong.line("activity", &self.activity, ACTIVITY_CHARS_MAX);
        if activity.is_empty() {
            wrong.note("activity", "registry-activity-wanted");
        }
        let story = wrong.lines("story", &self.story, STORY_CHARS_MAX);
        let category = self.category.clone();
        wrong.unless(Trade { name, category, activity, kbli: None, story })
    }
}

#[derive(Template, Serialize)]
#[template(path = "trade.html")]
struct TradePage {
    head: Option<Head>,
    #[serde(skip)]
    form: TradeForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl TradePage {
    fn action(&self) -> String {
        let own = self.head.as_ref().map(|head| head.at("trade"));
        own.unwrap_or_else(|| "/registry/registrations".to_owned())
    }

    fn categories(&self) -> impl Iterator<Item = (&'static str, String)> {
        CATEGORIES.into_iter().map(|code| (code, super::category_key(code)))
    }
}

async fn first(ctx: Ctx) -> Answer {
    ctx.page(TradePage { head: None, form: TradeForm::default(), problems: Vec::new() })
}

async fn begin(ctx: Ctx, Input(form): Input<TradeForm>) -> Answer {
    match form.parse() {
        Ok(trade) => {
            let region = ctx.city().region_code.clone();
            let name = ctx.guest().session.as_ref().map(|it| it.view.name.clone());
            let name = name.unwrap_or_default();
            let drafts_max = ctx.city().limits.open_drafts;
            let write = move |tx: &mut base::Tx<'_>| {
                registration::begin(tx, &region, &trade, &name, drafts_max)
            };
            match ctx.write("registry.begin", write).await {
                Ok(begun) => {
                    Ok(ctx.done(format!("/registry/registrations/{}/kbli", begun.id), begun))
                }
                Err(Error::Refused(code)) if ctx.wants_page() => {
                    let problems = vec![Problem::with("name", code, drafts_max)];
                    ctx.again(TradePage { head: None, form, problems })
                }
                Err(error) => Err(error.into()),
            }
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(TradePage { head: None, form, problems })
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(ctx: Ctx, Path(id): Path<BusinessId>, Query(way): Query<Way>) -> Answer {
    let opened = section::open(&ctx, &id).await?;
    let head = Some(Head::of(&opened.business, opened.own, &way.then));
    let form = TradeForm::of(&opened.business);
    ctx.page(TradePage { head, form, problems: Vec::new() })
}

async fn save(ctx: Ctx, Path(id): Path<BusinessId>, Input(form): Input<TradeForm>) -> Answer {
    match form.parse() {
        Ok(trade) => {
            let (version, then) = (ctx.version(&form.version), form.then.clone());
            let sent = Sent { id, version, section: Section::Trade, then };
            let part = move |business: &Business| {
                let trade = Trade { kbli: business.kbli.clone(), ..trade.clone() };
                Fill { trade: Some(trade), ..Fill::default() }
            };
            section::save(&ctx, sent, part).await
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let opened = section::open(&ctx, &id).await?;
            let head = Some(Head::of(&opened.business, opened.own, &form.then));
            ctx.again(TradePage { head, form, problems })
        }
        Err(error) => Err(error.into()),
    }
}

/// A code of the classification.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct KbliForm {
    #[serde(default)]
    kbli: String,
    /// What it does besides, at most ten codes.
    #[serde(default)]
    more: Vec<String>,
    #[serde(default)]
    version: String,
    #[serde(default)]
    then: String,
}

#[derive(Template, Serialize)]
#[template(path = "kbli.html")]
struct KbliPage {
    head: Head,
    q: String,
    chosen: String,
    found: Vec<Occupation>,
    /// What it does besides.
    more: Vec<String>,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl KbliPage {
    fn is_more(&self, trade: &Occupation) -> bool {
        self.more.iter().any(|code| code == trade.code)
    }
}

async fn show_kbli(ctx: Ctx, Path(id): Path<BusinessId>, Query(way): Query<Way>) -> Answer {
    ctx.page(kbli_page(&ctx, &id, &way, Vec::new()).await?)
}

async fn kbli_page(
    ctx: &Ctx,
    id: &BusinessId,
    way: &Way,
    problems: Vec<Problem>,
) -> Result<KbliPage> {
    let opened = section::open(ctx, id).await?;
    let business = opened.business;
    let words = if way.q.is_empty() { &business.activity } else { &way.q };
    let mut found = occupation::find(words, &business.category);
    let chosen = business.kbli.clone().unwrap_or_default();
    for mine in business.kbli.iter().chain(&business.more_kbli) {
        if !found.iter().any(|found| found.code == mine) {
            let known = particulars::kbli::all().into_iter().filter(|(known, _)| known == mine);
            found.extend(known.map(|(code, title)| Occupation { code, title }));
        }
    }
    let head = Head::of(&business, opened.own, &way.then);
    let more = business.more_kbli;
    Ok(KbliPage { head, q: way.q.clone(), chosen, found, more, problems })
}

async fn save_kbli(ctx: Ctx, Path(id): Path<BusinessId>, Input(form): Input<KbliForm>) -> Answer {
    let Ok(code) = KbliCode::parse(&form.kbli) else {
        let problems = vec![Problem::new("kbli", "registry-kbli-wanted")];
        if !ctx.wants_page() {
            return Err(Error::Invalid(problems).into());
        }
        let way = Way { then: form.then, ..Way::default() };
        return ctx.again(kbli_page(&ctx, &id, &way, problems).await?);
    };
    let more = others(&form.more, code.as_str());
    let (version, then) = (ctx.version(&form.version), form.then);
    let sent = Sent { id, version, section: Section::Kbli, then };
    let part = move |business: &Business| {
        let trade = Trade {
            name: business.name.clone(),
            category: business.category.clone(),
            activity: business.activity.clone(),
            kbli: Some(code.as_str().to_owned()),
            story: business.story.clone(),
        };
        Fill { trade: Some(trade), more_kbli: Some(more.clone()), ..Fill::default() }
    };
    section::save(&ctx, sent, part).await
}

/// More codes than one small business has.
const MORE_MAX: usize = 10;

/// The codes beside the main one, each once.
fn others(codes: &[String], main: &str) -> Vec<String> {
    let mut others: Vec<String> = Vec::new();
    for code in codes.iter().filter_map(|code| KbliCode::parse(code).ok()).take(MORE_MAX) {
        if code.as_str() != main && !others.iter().any(|known| known == code.as_str()) {
            others.push(code.as_str().to_owned());
        }
    }
    others
}
