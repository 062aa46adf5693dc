//! Deciding a pair asks once more, by name: what is kept from which record, and why. A decision can
//! be taken back on a page of its own.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::{Error, Id, Problem, Result, Say};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::directory::place_words;
use super::pairs::Side;
use crate::business::{self, Business, BusinessId};
use crate::pair::{self, Pair, Part, Ruling, Undo};
use crate::reason::{Reason, WHYS};
use crate::refusal::Refusal;
use crate::verification::VERIFY;

pub(super) fn routes(routes: Routes) -> Routes {
    let decides = Access::May(VERIFY);
    routes
        .get("/registry/pairs/{id}/decision", ask, decides)
        .people_only()
        .asks(&["same"])
        .post("/registry/pairs/{id}/decision", decide, decides)
        .takes::<SameForm>()
        .needs(&["same"])
        .gives::<BusinessId>()
        .get("/registry/pairs/{id}/reopening", ask_undo, decides)
        .people_only()
        .post("/registry/pairs/{id}/reopening", undo, decides)
        .takes::<UndoForm>()
        .needs(&["note"])
}

/// Whether two records are one business.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct SameForm {
    /// `1`: the same business; `0`: two businesses.
    #[serde(default)]
    same: String,
    /// Parts that are taken from the newer record although the older one has them: `name`, `category`,
    /// `activity`, `kbli`, `place`, `nib`, `phone`, `annual-sales`, `assets`, `workers`, `photo`, `story`.
    #[serde(default)]
    take: Vec<String>,
    /// The code of a usual reason.
    #[serde(default)]
    why: String,
    /// A reason in words of one's own.
    #[serde(default)]
    note: String,
}

impl SameForm {
    fn parse(&self, pair: Id<Pair>) -> Result<Ruling> {
        let same = match self.same.as_str() {
            "1" => true,
            "0" => false,
            _ => return Err(Error::invalid("same", "registry-same-wanted")),
        };
        let reason = Reason::parse(&self.why, &self.note)?;
        let take = self.take.iter().filter_map(|code| Part::parse(code)).collect();
        Ok(Ruling { pair, same, take, reason })
    }
}

/// A part that both records have filled in differently.
#[derive(Debug, Clone, Serialize)]
struct Differing {
    code: &'static str,
    label: String,
    older: String,
    newer: String,
    taken: bool,
}

/// The question once more.
#[derive(Template, Serialize)]
#[template(path = "ruling.html")]
struct RulingPage {
    pair: Pair,
    older: Side,
    newer: Side,
    same: bool,
    differing: Vec<Differing>,
    /// Keys of what only the newer record has.
    filled: Vec<String>,
    #[serde(skip)]
    form: SameForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl RulingPage {
    fn sides(&self) -> [&Side; 2] {
        [&self.older, &self.newer]
    }

    fn whys(&self) -> impl Iterator<Item = &'static str> {
        WHYS.into_iter()
    }
}

async fn ask(ctx: Ctx, Path(id): Path<Id<Pair>>, Query(form): Query<SameForm>) -> Answer {
    match page(&ctx, id.clone(), form, Vec::new()).await {
        Ok(page) => ctx.page(page),
        Err(error) => to_the_decision(&ctx, &id, error),
    }
}

/// Whoever comes after somebody else has decided reads what was decided; and whoever owns one half,
/// that another officer decides.
fn to_the_decision(ctx: &Ctx, id: &Id<Pair>, error: Error) -> Answer {
    let decided = Error::from(Refusal::PairDecided).code();
    let own = Error::from(Refusal::OwnHalf).code();
    if let Some(code) = [decided, own].into_iter().find(|code| *code == error.code())
        && ctx.wants_page()
    {
        return Ok(ctx.done_saying(format!("/registry/pairs/{id}"), code, ()));
    }
    Err(error.into())
}

async fn page(
    ctx: &Ctx,
    id: Id<Pair>,
    form: SameForm,
    problems: Vec<Problem>,
) -> Result<RulingPage> {
    let regions: Arc<CityRegions> = ctx.resource();
    let texts = ctx.texts();
    ctx.read(move |read| {
        let pair = pair::find(read, &id)?;
        if pair.decided_at.is_some() {
            return Err(Refusal::PairDecided.into());
        }
        if pair::is_own(read, &pair)? {
            return Err(Refusal::OwnHalf.into());
        }
        let older = business::find(read, &pair.older)?;
        let newer = business::find(read, &pair.newer)?;
        let word = |part: Part, of: &Business| match part {
            Part::Category => texts.get(&super::category_key(&of.category)),
            Part::Photo => String::new(),
            part => words(&regions, part, of),
        };
        let differing = Part::ALL.into_iter().filter(|part| part.differs(&older, &newer));
        let differing = differing.map(|part| Differing {
            code: part.code(),
            label: part.text_key(),
            older: word(part, &older),
            newer: word(part, &newer),
            taken: form.take.iter().any(|taken| taken == part.code()),
        });
        let lacks = |part: &Part| !part.is_filled(&older) && part.is_filled(&newer);
        let filled = Part::ALL.into_iter().filter(lacks);
        Ok(RulingPage {
            differing: differing.collect(),
            filled: filled.map(Part::text_key).collect(),
            older: Side::of(&older),
            newer: Side::of(&newer),
            same: form.same == "1",
            form: form.clone(),
            problems: problems.clone(),
            pair,
        })
    })
    .await
}

/// What a record says in one part.
fn words(regions: &CityRegions, part: Part, of: &Business) -> String {
    let money =
        |amount: Option<base::Rupiah>| amount.map(base::Rupiah::display).unwrap_or_default();
    let place = &of.place;
    match part {
        Part::Name => of.name.clone(),
        Part::Category | Part::Photo => of.category.clone(),
        Part::Activity => of.activity.clone(),
        Part::Kbli => of.kbli.clone().unwrap_or_default(),
        Part::Nib => of.nib.clone().unwrap_or_default(),
        Part::Phone => of.phone.as_ref().map(|phone| phone.mask.clone()).unwrap_or_default(),
        Part::AnnualSales => money(of.annual_sales),
        Part::Assets => money(of.assets),
        Part::Workers => of.workers.map(|n| n.say(base::Language::default())).unwrap_or_default(),
        Part::Story => of.story.clone(),
        Part::Place => {
            let named = place_words(regions, place.village.as_deref(), place.district.as_deref());
            let unit = |word: &str, unit: &Option<String>| {
                unit.as_ref().map(|unit| format!("{word} {unit}")).unwrap_or_default()
            };
            let parts = [place.street.clone(), unit("RT", &place.rt), unit("RW", &place.rw), named];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
    }
}

async fn decide(ctx: Ctx, Path(id): Path<Id<Pair>>, Input(form): Input<SameForm>) -> Answer {
    let decided = match form.parse(id.clone()) {
        Ok(cmd) => ctx.write("registry.pair", move |tx| pair::decide(tx, &cmd)).await,
        Err(error) => Err(error),
    };
    match decided {
        Ok(kept) => {
            let said = if form.same == "1" { "registry-now-merged" } else { "registry-now-apart" };
            Ok(ctx.done_saying(format!("/registry/pairs/{id}"), said, kept))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() && !form.same.is_empty() => {
            match page(&ctx, id.clone(), form, problems).await {
                Ok(page) => ctx.again(page),
                Err(error) => to_the_decision(&ctx, &id, error),
            }
        }
        Err(error) => to_the_decision(&ctx, &id, error),
    }
}

/// Why a decision is taken back.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct UndoForm {
    #[serde(default)]
    note: String,
}

/// Whether to take a decision back.
#[derive(Template, Serialize)]
#[template(path = "reopening.html")]
struct UndoPage {
    pair: Pair,
    older: Side,
    newer: Side,
    same: bool,
    /// The key of why it cannot be done.
    obstacle: Option<&'static str>,
    #[serde(skip)]
    note: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl UndoPage {
    fn sides(&self) -> [&Side; 2] {
        [&self.older, &self.newer]
    }
}

async fn undo_page(
    ctx: &Ctx,
    id: Id<Pair>,
    note: String,
    problems: Vec<Problem>,
) -> Result<UndoPage> {
    ctx.read(move |read| {
        let pair = pair::find(read, &id)?;
        let obstacle = pair::obstacle(read, &pair)?.map(|why| Error::from(why).code());
        Ok(UndoPage {
            older: Side::of(&business::find(read, &pair.older)?),
            newer: Side::of(&business::find(read, &pair.newer)?),
            same: pair.same == Some(true),
            obstacle,
            note: note.clone(),
            problems: problems.clone(),
            pair,
        })
    })
    .await
}

async fn ask_undo(ctx: Ctx, Path(id): Path<Id<Pair>>) -> Answer {
    let page = undo_page(&ctx, id, String::new(), Vec::new()).await?;
    ctx.page(page)
}

async fn undo(ctx: Ctx, Path(id): Path<Id<Pair>>, Input(form): Input<UndoForm>) -> Answer {
    let cmd = Undo { pair: id.clone(), note: form.note.trim().to_owned() };
    let undone = ctx.write("registry.pair_undo", move |tx| pair::undo(tx, &cmd)).await;
    match undone {
        Ok(()) => Ok(ctx.done_saying(format!("/registry/pairs/{id}"), "registry-now-reopened", ())),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(undo_page(&ctx, id, form.note, problems).await?)
        }
        Err(error) => Err(error.into()),
    }
}
