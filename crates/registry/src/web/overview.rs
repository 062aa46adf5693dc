//! The registry in numbers for officers, with the age of what it knows.

use std::sync::Arc;

use ::web::{Access, Answer, Bar, Bars, Ctx, Map, Routes, Tile, filters};
use askama::Template;
use base::{Date, Rate, Say};
use particulars::region::{CityRegions, RegionCode};
use schemars::JsonSchema;
use serde::Serialize;

use crate::business::State;
use crate::figures::{self, Age, By, Group};
use crate::queue;
use crate::registration::OFFICE;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/registry/overview", show, Access::May(OFFICE)).gives::<OverviewPage>()
}

/// How many records are in one state.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct InState {
    state: State,
    key: String,
    count: i64,
}

/// One row of a table of groups.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Line {
    #[serde(flatten)]
    group: Group,
    /// The name, or the key of it.
    name: String,
    fresh_share: Rate,
}

#[derive(Template, Serialize, JsonSchema)]
#[template(path = "overview.html")]
struct OverviewPage {
    on: Date,
    states: Vec<InState>,
    open: i64,
    verified: i64,
    fresh: i64,
    verified_share: Rate,
    fresh_share: Rate,
    age: Age,
    districts: Vec<Line>,
    classes: Vec<Line>,
    sources: Vec<Line>,
    #[serde(skip)]
    map: Map,
    #[serde(skip)]
    by_class: Bars,
}

impl OverviewPage {
    fn tables(&self) -> [(&'static str, &[Line]); 2] {
        [("registry-overview-classes", &self.classes), ("registry-overview-sources", &self.sources)]
    }
}

async fn show(ctx: Ctx) -> Answer {
    let regions: Arc<CityRegions> = ctx.resource();
    let (on, counts, age, districts, classes, sources) = ctx
        .read(|read| {
            let counts = queue::counts(read)?;
            let age = figures::age(read)?;
            let districts = figures::groups(read, By::District)?;
            let classes = figures::groups(read, By::Class)?;
            let sources = figures::groups(read, By::Source)?;
            Ok((Date::today(read), counts, age, districts, classes, sources))
        })
        .await?;
    let total = |of: fn(&Group) -> i64| sources.iter().map(of).sum::<i64>();
    let (open, verified, fresh) = (total(|g| g.all), total(|g| g.verified), total(|g| g.fresh));
    let texts = ctx.texts();
    let bar = |group: &Group| Bar {
        label: texts.get(&class_key(&group.code)),
        value: group.all,
        word: group.all.say(texts.language()),
    };
    let in_state = |(state, count): (State, i64)| InState { key: state.text_key(), state, count };
    ctx.page(OverviewPage {
        on,
        open,
        verified,
        fresh,
        verified_share: Rate::of(verified, open),
        fresh_share: Rate::of(fresh, verified),
        age,
        map: map(&regions, &districts),
        by_class: Bars::new(classes.iter().map(bar).collect()),
        districts: districts.into_iter().map(|group| district(&regions, group)).collect(),
        classes: lines(classes, class_key),
        sources: lines(sources, |code| format!("registry-source-{code}")),
        states: counts.into_iter().map(in_state).collect(),
    })
}

fn class_key(code: &str) -> String {
    if code.is_empty() {
        "registry-class-unknown".to_owned()
    } else {
        format!("registry-class-{code}")
    }
}

fn lines(groups: Vec<Group>, name: impl Fn(&str) -> String) -> Vec<Line> {
    let line = |group: Group| Line {
        name: name(&group.code),
        fresh_share: Rate::of(group.fresh, group.verified),
        group,
    };
    groups.into_iter().map(line).collect()
}

fn district(regions: &CityRegions, group: Group) -> Line {
    let code = RegionCode::parse(&group.code).ok();
    let place = code.and_then(|code| regions.find(&code));
    let name = place.map_or_else(|| "registry-district-unknown".to_owned(), |it| it.name.clone());
    Line { name, fresh_share: Rate::of(group.fresh, group.verified), group }
}

fn map(regions: &CityRegions, groups: &[Group]) -> Map {
    let tile = |place: &particulars::region::Place| {
        let code = place.code.as_str();
        let value = groups.iter().find(|group| group.code == code).map_or(0, |group| group.all);
        Tile { region_code: code.to_owned(), name: place.name.clone(), value }
    };
    Map { tiles: regions.districts().map(tile).collect() }
}
