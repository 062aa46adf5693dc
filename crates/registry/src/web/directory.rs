//! The public directory and a page per business, without personal data.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Map, Path, Query, Routes, Texts, Tile, filters};
use askama::Template;
use base::{Date, Error};
use particulars::region::{CityRegions, RegionCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::business::{self, Business};
use crate::directory::{self, Entry, Facet, Wanted};
use crate::registration::OFFICE;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/businesses", list, Access::Anyone)
        .gives::<DirectoryPage>()
        .asks(&["q", "district", "category", "after"])
        .get("/registry/businesses/{number}", show, Access::Anyone)
        .gives::<BusinessPage>()
}

/// What people typed and chose.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    district: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    after: String,
}

/// A filter with the number of businesses behind it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Choice {
    code: String,
    name: String,
    count: i64,
    chosen: bool,
}

/// One business in the directory, with its place in words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Line {
    #[serde(flatten)]
    entry: Entry,
    place: String,
}

/// The directory.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "directory.html")]
struct DirectoryPage {
    q: String,
    district: String,
    category: String,
    lines: Vec<Line>,
    total: i64,
    all: i64,
    next: Option<String>,
    districts: Vec<Choice>,
    categories: Vec<Choice>,
    #[serde(skip)]
    map: Map,
}

const TEXT_CHARS_MAX: usize = 80;

pub(super) fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(TEXT_CHARS_MAX).collect())
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let wanted = Wanted {
        text: given(&asked.q),
        district: given(&asked.district),
        category: given(&asked.category),
        after: (!asked.after.is_empty()).then(|| asked.after.clone()),
    };
    let (shelf, districts, categories) = ctx
        .read(move |read| {
            let shelf = directory::list(read, &wanted)?;
            let districts = directory::counts(read, Facet::District)?;
            Ok((shelf, districts, directory::counts(read, Facet::Category)?))
        })
        .await?;
    let regions = ctx.resource::<CityRegions>();
    let all = districts.iter().map(|(_, n)| n).sum();
    let lines = shelf.entries.into_iter().map(|entry| {
        let place = place_words(&regions, entry.village.as_deref(), entry.district.as_deref());
        Line { entry, place }
    });
    ctx.page(DirectoryPage {
        lines: lines.collect(),
        total: shelf.total,
        all,
        next: shelf.next.map(|next| {
            let asked =
                [("q", &*asked.q), ("district", &asked.district), ("category", &asked.category)];
            address(asked, "after", &next)
        }),
        map: map(&regions, &districts),
        districts: district_choices(&regions, &districts, &asked.district),
        categories: choices(&ctx.texts(), categories, &asked.category),
        q: asked.q,
        district: asked.district,
        category: asked.category,
    })
}

/// The directory as it was asked for, but for one choice.
fn address(asked: [(&str, &str); 3], name: &str, value: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let kept = asked.into_iter().filter(|(other, it)| *other != name && !it.is_empty());
    query.extend_pairs(kept);
    if !value.is_empty() {
        query.append_pair(name, value);
    }
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/registry/businesses{mark}{query}")
}

impl DirectoryPage {
    fn without(&self, name: &str) -> String {
        let asked = [("q", &*self.q), ("district", &self.district), ("category", &self.category)];
        address(asked, name, "")
    }

    /// How many filters are switched on.
    fn filters(&self) -> usize {
        usize::from(!self.district.is_empty()) + usize::from(!self.category.is_empty())
    }
}

impl Line {
    fn category_key(&self) -> String {
        super::category_key(&self.entry.category)
    }
}

/// Kinds of business to filter by; lists bring many words of their own.
const CHOICES_MAX: usize = 16;

fn choices(texts: &Texts, mut counts: Vec<(String, i64)>, chosen: &str) -> Vec<Choice> {
    counts.retain(|(code, _)| !code.is_empty());
    if !chosen.is_empty() && counts.iter().all(|(code, _)| code != chosen) {
        counts.push((chosen.to_owned(), 0)); // so that it can be taken off
    }
    counts.sort_by_key(|(code, count)| (code != chosen, std::cmp::Reverse(*count)));
    counts.truncate(CHOICES_MAX);
    let choice = |(code, count): (String, i64)| {
        let key = super::category_key(&code);
        let name = if key == code { code.clone() } else { texts.get(&key) };
        Choice { name, chosen: code == chosen, code, count }
    };
    counts.into_iter().map(choice).collect()
}

fn district_choices(regions: &CityRegions, counts: &[(String, i64)], chosen: &str) -> Vec<Choice> {
    let choice = |place: &particulars::region::Place| {
        let code = place.code.as_str();
        let count = counts.iter().find(|(counted, _)| counted == code).map_or(0, |(_, n)| *n);
        Choice { code: code.to_owned(), name: place.name.clone(), count, chosen: code == chosen }
    };
    regions.districts().map(choice).collect()
}

fn map(regions: &CityRegions, counts: &[(String, i64)]) -> Map {
    let tile = |place: &particulars::region::Place| {
        let code = place.code.as_str();
        let value = counts.iter().find(|(counted, _)| counted == code).map_or(0, |(_, n)| *n);
        Tile { region_code: code.to_owned(), name: place.name.clone(), value }
    };
    Map { tiles: regions.districts().map(tile).collect() }
}

/// `Sampangan, Gajahmungkur`, as far as it is known.
pub(super) fn place_words(
    regions: &CityRegions,
    village: Option<&str>,
    district: Option<&str>,
) -> String {
    let name = |code: Option<&str>| {
        let code = RegionCode::parse(code?).ok()?;
        regions.find(&code).map(|place| place.name.clone())
    };
    let parts: Vec<String> = [name(village), name(district)].into_iter().flatten().collect();
    parts.join(", ")
}

/// What everyone may see of a business.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "business.html")]
struct BusinessPage {
    number: String,
    name: String,
    category: String,
    activity: String,
    story: String,
    kbli: Option<String>,
    kbli_title: String,
    /// What it does besides, with codes and titles.
    more_kbli: Vec<String>,
    nib: Option<String>,
    place: String,
    size_class: Option<String>,
    photo: Option<String>,
    /// Only where the owner has agreed.
    phone: Option<String>,
    verified_on: Option<Date>,
    open: bool,
    /// Whether it has an owner with an account, without whom nothing is offered.
    trades: bool,
}

impl BusinessPage {
    fn category_key(&self) -> String {
        super::category_key(&self.category)
    }
}

async fn show(ctx: Ctx, Path(number): Path<String>) -> Answer {
    let office = ctx.actor().may(OFFICE.0);
    let business = ctx
        .read(move |read| {
            let business = business::by_number(read, &number)?;
            let own = business::is_of_actor(read, &business)?;
            if business.trades() || own || office { Ok(business) } else { Err(Error::NotFound) }
        })
        .await?;
    let regions: Arc<CityRegions> = ctx.resource();
    ctx.page(public_page(&regions, business))
}

fn public_page(regions: &CityRegions, business: Business) -> BusinessPage {
    let place = &business.place;
    let kbli =
        business.kbli.as_deref().and_then(|code| particulars::kbli::KbliCode::parse(code).ok());
    BusinessPage {
        place: place_words(regions, place.village.as_deref(), place.district.as_deref()),
        open: business.trades(),
        trades: business.organisation.is_some(),
        verified_on: business.verified_on(),
        phone: business.public_phone,
        number: business.number,
        name: business.name,
        category: business.category,
        activity: business.activity,
        story: business.story,
        kbli_title: kbli.map(|code| code.title().to_owned()).unwrap_or_default(),
        kbli: business.kbli,
        more_kbli: business.more_kbli.iter().map(|code| super::sheet::kbli_words(code)).collect(),
        nib: business.nib,
        size_class: business.size_class.map(|class| format!("registry-class-{}", class.code())),
        photo: business.photo,
    }
}
