//! Two records that may be one business, side by side, until a person says so or not.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Path, Query, Routes, filters};
use askama::Template;
use base::{Date, Id, Read, Result, Timestamp};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::directory::place_words;
use super::sheet;
use crate::business::{self, Business, BusinessId};
use crate::pair::{self, Decided, Pair};
use crate::registration::OFFICE;
use crate::verification::VERIFY;
use crate::{owner, reason, timeline};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/pairs", list, Access::May(OFFICE))
        .gives::<PairsPage>()
        .asks(&["after", "view"])
        .get("/registry/pairs/{id}", show, Access::May(OFFICE))
        .gives::<PairPage>()
}

/// Pairs on one page.
const PAGE_ROWS: i64 = 30;

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
    /// `decided`: what people have decided, the newest first.
    #[serde(default)]
    view: String,
}

/// One pair in the list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Line {
    pair: Pair,
    newer: String,
    older: String,
    place: String,
    /// Whether both have the same NIB, whatever they were found by.
    nib_same: bool,
    /// What a person said of it, in the list of decisions.
    said: Option<Said>,
}

/// A decision as people read it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Said {
    decided: Decided,
    /// Who decided, and who took it back.
    by: String,
    undone_by: String,
    why_key: String,
}

impl Said {
    fn of(read: &mut Read<'_>, decided: Decided) -> Result<Said> {
        let undone_by = match &decided.undone_by {
            Some(actor) => timeline::name_of(read, actor)?,
            None => String::new(),
        };
        let by = timeline::name_of(read, &decided.decided_by)?;
        Ok(Said { by, undone_by, why_key: reason::why_key(&decided.why), decided })
    }
}

#[derive(Template, Serialize, JsonSchema)]
#[template(path = "pairs.html")]
struct PairsPage {
    lines: Vec<Line>,
    total: i64,
    /// Whether the list is that of decisions.
    decided: bool,
    next: String,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let regions: Arc<CityRegions> = ctx.resource();
    let page = ctx
        .read(move |read| {
            let after = (!asked.after.is_empty()).then_some(asked.after.as_str());
            let (lines, next) = match asked.view.as_str() {
                "decided" => decided_lines(read, &regions, after)?,
                _ => open_lines(read, &regions, after)?,
            };
            let (total, decided) = (pair::open_count(read)?, asked.view == "decided");
            Ok(PairsPage { lines, total, decided, next: next.unwrap_or_default() })
        })
        .await?;
    ctx.page(page)
}

/// Lines of a page, and where the next one begins.
type Page = (Vec<Line>, Option<String>);

fn open_lines(read: &mut Read<'_>, regions: &CityRegions, after: Option<&str>) -> Result<Page> {
    let mut pairs = pair::open(read, after, PAGE_ROWS + 1)?;
    let more = pairs.len() as i64 > PAGE_ROWS;
    pairs.truncate(usize::try_from(PAGE_ROWS).expect("a page is small"));
    let next = pairs.last().filter(|_| more);
    let next = next.map(|last| format!("/registry/pairs?after={}", last.id));
    let lines = pairs.into_iter().map(|pair| line(read, regions, pair, None));
    Ok((lines.collect::<Result<_>>()?, next))
}

fn decided_lines(read: &mut Read<'_>, regions: &CityRegions, after: Option<&str>) -> Result<Page> {
    let mut all = pair::decided(read, after, PAGE_ROWS + 1)?;
    let more = all.len() as i64 > PAGE_ROWS;
    all.truncate(usize::try_from(PAGE_ROWS).expect("a page is small"));
    let next = all.last().filter(|_| more);
    let next = next.map(|last| format!("/registry/pairs?view=decided&after={}", last.id));
    let lines = all.into_iter().map(|decided| {
        let pair = pair::find(read, &decided.pair)?;
        let said = Said::of(read, decided)?;
        line(read, regions, pair, Some(said))
    });
    Ok((lines.collect::<Result<_>>()?, next))
}

fn line(
    read: &mut Read<'_>,
    regions: &CityRegions,
    pair: Pair,
    said: Option<Said>,
) -> Result<Line> {
    let newer = business::find(read, &pair.newer)?;
    let older = business::find(read, &pair.older)?;
    let (village, district) = (newer.place.village.as_deref(), newer.place.district.as_deref());
    let place = place_words(regions, village, district);
    let nib_same = newer.nib.is_some() && newer.nib == older.nib && pair.reason != "nib";
    Ok(Line { pair, newer: newer.name, older: older.name, place, nib_same, said })
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
pub(super) struct Side {
    pub(super) id: BusinessId,
    pub(super) number: String,
    pub(super) name: String,
    pub(super) state_key: String,
    pub(super) tone: &'static str,
    pub(super) came_in: Date,
    pub(super) source_key: &'static str,
    pub(super) photo: Option<String>,
    pub(super) category: String,
}

impl Side {
    pub(super) fn of(business: &Business) -> Side {
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
    /// What was decided, the newest first.
    said: Vec<Said>,
    decides: bool,
    /// One half is the officer's own: another officer decides.
    own: bool,
}

impl PairPage {
    fn sides(&self) -> [&Side; 2] {
        [&self.older, &self.newer]
    }

    /// Whether the last decision stands and can be asked about again.
    fn stands(&self) -> bool {
        self.said.first().is_some_and(|last| last.decided.undone_at.is_none())
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
            let own = decides && pair::is_own(read, &pair)?;
            let said = pair::decisions(read, &pair.id)?.into_iter();
            let said = said.map(|one| Said::of(read, one)).collect::<Result<_>>()?;
            Ok(PairPage {
                pair,
                said,
                differences: rows.iter().filter(|row| row.differs).count(),
                older: Side::of(&older),
                newer: Side::of(&newer),
                rows,
                decides: decides && !own,
                own,
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
        differs: old.differs(&new),
        older: old.value,
        newer: new.value,
        is_key: old.is_key,
    };
    let mut rows: Vec<Compared> = both.map(compare).collect();
    rows.sort_by_key(|row| !row.differs);
    Ok(rows)
}
