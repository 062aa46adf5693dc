//! Two records that may be one business, side by side, until a person says so or not.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::{Date, Error, Id, Read, Result, Timestamp};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::directory::place_words;
use super::sheet;
use crate::business::{self, Business, BusinessId};
use crate::owner;
use crate::pair::{self, Pair};
use crate::registration::OFFICE;
use crate::verification::VERIFY;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/pairs", list, Access::May(OFFICE))
        .gives::<PairsPage>()
        .asks(&["after"])
        .get("/registry/pairs/{id}", show, Access::May(OFFICE))
        .gives::<PairPage>()
        .post("/registry/pairs/{id}/decision", decide, Access::May(VERIFY))
        .takes::<SameForm>()
        .gives::<BusinessId>()
}

/// Pairs on one page.
const PAGE_ROWS: i64 = 30;

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
}

/// One pair in the list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Line {
    pair: Pair,
    newer: String,
    older: String,
    place: String,
}

#[derive(Template, Serialize, JsonSchema)]
#[template(path = "pairs.html")]
struct PairsPage {
    lines: Vec<Line>,
    total: i64,
    next: String,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let regions: Arc<CityRegions> = ctx.resource();
    let page = ctx
        .read(move |read| {
            let after = (!asked.after.is_empty()).then_some(asked.after.as_str());
            let mut pairs = pair::open(read, after, PAGE_ROWS + 1)?;
            let more = pairs.len() as i64 > PAGE_ROWS;
            pairs.truncate(usize::try_from(PAGE_ROWS).expect("a page is small"));
            let next = pairs.last().filter(|_| more);
            let next = next.map(|last| format!("/registry/pairs?after={}", last.id));
            let lines = pairs.into_iter().map(|pair| line(read, &regions, pair));
            let lines = lines.collect::<Result<_>>()?;
            Ok(PairsPage { lines, total: pair::open_count(read)?, next: next.unwrap_or_default() })
        })
        .await?;
    ctx.page(page)
}

fn line(read: &mut Read<'_>, regions: &CityRegions, pair: Pair) -> Result<Line> {
    let newer = business::find(read, &pair.newer)?;
    let older = business::find(read, &pair.older)?;
    let (village, district) = (newer.place.village.as_deref(), newer.place.district.as_deref());
    let place = place_words(regions, village, district);
    Ok(Line { pair, newer: newer.name, older: older.name, place })
}

/// One field of both records.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Compared {
    label: &'static str,
    older: String,
    newer: String,
    is_key: bool,
    differs: bool,
}

/// What the page says of each record above its fields.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Side {
    id: BusinessId,
    number: String,
    name: String,
    state_key: String,
    tone: &'static str,
    came_in: Date,
    source_key: &'static str,
    photo: Option<String>,
    category: String,
}

impl Side {
    fn of(business: &Business) -> Side {
        let imported = business.source == business::Source::Import;
        Side {
            id: business.id.clone(),
            number: business.number.clone(),
            name: business.name.clone(),
            state_key: business.state.text_key(),
            tone: business.state.tone(),
            came_in: Timestamp::date(business.created_at),
            source_key: if imported { "registry-source-import" } else { "registry-source-owner" },
            photo: business.photo.clone(),
            category: business.category.clone(),
        }
    }
}

#[derive(Template, Serialize, JsonSchema)]
#[template(path = "pair.html")]
struct PairPage {
    pair: Pair,
    older: Side,
    newer: Side,
    rows: Vec<Compared>,
    differences: usize,
    decides: bool,
}

impl PairPage {
    fn sides(&self) -> [&Side; 2] {
        [&self.older, &self.newer]
    }
}

impl Compared {
    fn values(&self) -> [&str; 2] {
        [&self.older, &self.newer]
    }
}

async fn show(ctx: Ctx, Path(id): Path<Id<Pair>>) -> Answer {
    let regions: Arc<CityRegions> = ctx.resource();
    let decides = ctx.admits(Access::May(VERIFY));
    let page = ctx
        .read(move |read| {
            let pair = pair::find(read, &id)?;
            let older = business::find(read, &pair.older)?;
            let newer = business::find(read, &pair.newer)?;
            let rows = compared(read, &regions, &older, &newer)?;
            Ok(PairPage {
                pair,
                differences: rows.iter().filter(|row| row.differs).count(),
                older: Side::of(&older),
                newer: Side::of(&newer),
                rows,
                decides,
            })
        })
        .await?;
    ctx.page(page)
}

fn compared(
    read: &mut Read<'_>,
    regions: &CityRegions,
    older: &Business,
    newer: &Business,
) -> Result<Vec<Compared>> {
    let (old_owner, new_owner) =
        (owner::find(read, &older.owner)?, owner::find(read, &newer.owner)?);
    let older = sheet::rows(regions, older, &old_owner);
    let newer = sheet::rows(regions, newer, &new_owner);
    let both = older
        .into_iter()
        .zip(newer)
        .filter(|(old, new)| !(old.value.is_empty() && new.value.is_empty()));
    let compare = |(old, new): (sheet::SheetRow, sheet::SheetRow)| Compared {
        label: old.label,
        differs: business::key(&old.value) != business::key(&new.value),
        older: old.value,
        newer: new.value,
        is_key: old.is_key,
    };
    let mut rows: Vec<Compared> = both.map(compare).collect();
    rows.sort_by_key(|row| !row.differs);
    Ok(rows)
}

/// Whether two records are one business.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct SameForm {
    /// `1`: the same business; `0`: two businesses.
    #[serde(default)]
    same: String,
}

async fn decide(ctx: Ctx, Path(id): Path<Id<Pair>>, Input(form): Input<SameForm>) -> Answer {
    let same = match form.same.as_str() {
        "1" => true,
        "0" => false,
        _ => return Err(Error::invalid("same", "registry-same-wanted").into()),
    };
    let kept = ctx.write("registry.pair", move |tx| pair::decide(tx, &id, same)).await?;
    let said = if same { "registry-now-merged" } else { "registry-now-apart" };
    Ok(ctx.done_saying("/registry/pairs", said, kept))
}
