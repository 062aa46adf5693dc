//! Field checks: an officer on a phone writes down where they were, what they found, and a photo.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Path, Routes, Upload, filters, photo};
use askama::Template;
use base::files::FileKind;
use base::{Date, Error, Id, Problem, Read, Result, words};
use schemars::JsonSchema;
use serde::Serialize;

use super::directory::place_words;
use super::evidence::{content, keep, shown};
use super::place;
use super::section::Head;
use crate::business::{self, BusinessId};
use crate::registration::OFFICE;
use crate::timeline;
use crate::verification::{self, VERIFY};
use crate::visit::{self, Finding, Visit, Visited};
use particulars::point::GeoPoint;
use particulars::region::CityRegions;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/records/{id}/visits/new", show, Access::May(VERIFY))
        .people_only()
        .post("/registry/records/{id}/visits", save, Access::May(VERIFY))
        .uploads(photo::PHOTO_BYTES_MAX)
        .people_only()
        .get("/registry/visits/{id}/photo", picture, Access::Person)
        .people_only()
}

/// A visit as the record shows it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Line {
    pub(super) visit: Visited,
    pub(super) who: String,
    pub(super) finding_key: String,
    pub(super) tone: &'static str,
    /// Where on the map, in degrees.
    pub(super) point: String,
}

/// The visits to a business, the newest first.
pub(super) fn lines(read: &mut Read<'_>, business: &BusinessId) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for visit in visit::of_business(read, business)? {
        let point = visit.latitude.zip(visit.longitude);
        let point = point.and_then(|(north, east)| GeoPoint::of_micro(north, east));
        let point = point.map(GeoPoint::degrees).map(|(north, east)| format!("{north}, {east}"));
        lines.push(Line {
            who: timeline::name_of(read, &visit.noted_by)?,
            finding_key: finding_key(visit.finding),
            tone: visit.finding.tone(),
            point: point.unwrap_or_default(),
            visit,
        });
    }
    Ok(lines)
}

fn finding_key(finding: Finding) -> String {
    format!("registry-finding-{}", finding.code())
}

/// What can have been found.
#[derive(Debug, Clone, Serialize)]
struct Choice {
    code: &'static str,
    key: String,
    chosen: bool,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    on: String,
    place: String,
    latitude: String,
    longitude: String,
    finding: String,
    note: String,
}

#[derive(Template, Serialize)]
#[template(path = "visit.html")]
struct VisitPage {
    head: Head,
    /// The officer's own business: another officer visits it.
    own: bool,
    findings: Vec<Choice>,
    #[serde(skip)]
    typed: Typed,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn show(ctx: Ctx, Path(id): Path<BusinessId>) -> Answer {
    ctx.page(page(&ctx, id, None, Vec::new()).await?)
}

async fn page(
    ctx: &Ctx,
    id: BusinessId,
    typed: Option<Typed>,
    problems: Vec<Problem>,
) -> Result<VisitPage> {
    let regions: Arc<CityRegions> = ctx.resource();
    let read = move |read: &mut Read<'_>| {
        let business = business::find(read, &id)?;
        let own = verification::is_own(read, &business)?;
        Ok((business, own, Date::today(read)))
    };
    let (business, own, today) = ctx.read(read).await?;
    let typed = typed.unwrap_or_else(|| {
        let place = &business.place;
        let words = place_words(&regions, place.village.as_deref(), place.district.as_deref());
        let parts = [place.street.as_str(), &words];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let place = parts.collect::<Vec<_>>().join(", ");
        Typed { on: today.iso(), place, ..Typed::default() }
    });
    let choice = |finding: Finding| Choice {
        code: finding.code(),
        key: finding_key(finding),
        chosen: finding.code() == typed.finding,
    };
    Ok(VisitPage {
        head: Head::of(&business, false, ""),
        own,
        findings: Finding::ALL.into_iter().map(choice).collect(),
        typed,
        problems,
    })
}

async fn save(ctx: Ctx, Path(id): Path<BusinessId>, upload: Upload) -> Answer {
    let text = |name: &str| upload.field(name).to_owned();
    let typed = Typed {
        on: text("on"),
        place: words::line(upload.field("place")),
        latitude: text("latitude"),
        longitude: text("longitude"),
        finding: text("finding"),
        note: text("note"),
    };
    let at = format!("/registry/records/{id}");
    match noted(&ctx, id.clone(), &typed, &upload).await {
        Ok(()) => Ok(ctx.done_saying(at, "registry-visit-noted", ())),
        Err(Error::Invalid(problems)) => ctx.again(page(&ctx, id, Some(typed), problems).await?),
        Err(error) => Err(error.into()),
    }
}

async fn noted(ctx: &Ctx, business: BusinessId, typed: &Typed, upload: &Upload) -> Result<()> {
    let regions: Arc<CityRegions> = ctx.resource();
    let mut problems = Vec::new();
    let mut wrong = |field: &str, code: &'static str| problems.push(Problem::new(field, code));
    let on = Date::parse(&typed.on);
    if on.is_none() {
        wrong("on", "registry-visit-day-wanted");
    }
    let finding = Finding::parse(&typed.finding);
    if finding.is_none() {
        wrong("finding", "registry-visit-finding-wanted");
    }
    let point = place::point(&typed.latitude, &typed.longitude, &regions);
    let point = point.map_err(|code| wrong("latitude", code)).ok().flatten();
    if upload.file("photo").is_none() {
        wrong("photo", "registry-visit-photo-wanted");
    }
    let (Some(on), Some(finding), true) = (on, finding, problems.is_empty()) else {
        return Err(Error::Invalid(problems));
    };
    let kept = keep(ctx, upload, "photo").await?;
    if kept.media != FileKind::Jpeg {
        return Err(Error::invalid("photo", "registry-visit-photo-wanted"));
    }
    let visit = Visit {
        business,
        on,
        place: typed.place.clone(),
        point: point.map(|point| (point.latitude(), point.longitude())),
        finding,
        note: typed.note.clone(),
        photo: kept.file,
    };
    ctx.write("registry.visit", move |tx| visit::note(tx, &visit)).await
}

/// What the officer saw: for officers and for whoever owns the business.
async fn picture(ctx: Ctx, Path(id): Path<Id<Visited>>) -> Answer {
    let visit = ctx
        .read(move |read| {
            let visit = visit::find(read, &id)?;
            let business = business::find(read, &visit.business)?;
            let sees = read.actor().may(OFFICE.0) || business::is_of_actor(read, &business)?;
            if sees { Ok(visit) } else { Err(Error::NotFound) }
        })
        .await?;
    let bytes = content(&ctx, Some(&visit.photo)).await?;
    Ok(shown(FileKind::Jpeg, "kunjungan", bytes))
}
