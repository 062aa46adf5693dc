//! Where the business stands: district, then village and street, and a photo of the place.

use std::sync::Arc;

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, Upload, filters, photo};
use askama::Template;
use base::{Error, Problem, Result};
use particulars::point::GeoPoint;
use particulars::region::{CityRegions, RegionCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::section::{self, Head, Opened, Section, Sent, Way, Wrong};
use crate::business::{Business, BusinessId, Place};
use crate::registration::Fill;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/registrations/{id}/place", show, Access::Person)
        .people_only()
        .asks(&["district"])
        .post("/registry/registrations/{id}/place", save, Access::Person)
        .takes::<PlaceForm>()
        .needs(&["village", "street"])
        .gives::<String>()
        .versioned()
        .get("/registry/registrations/{id}/photo", show_photo, Access::Person)
        .people_only()
        .post("/registry/registrations/{id}/photo", save_photo, Access::Person)
        .uploads(photo::PHOTO_BYTES_MAX)
        .versioned()
        .people_only()
}

/// Where it stands, as an owner says it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct PlaceForm {
    /// `33.74.11`
    #[serde(default)]
    district: String,
    /// `33.74.11.1007`
    #[serde(default)]
    village: String,
    #[serde(default)]
    street: String,
    #[serde(default)]
    rt: String,
    #[serde(default)]
    rw: String,
    #[serde(default)]
    landmark: String,
    #[serde(default)]
    latitude: String,
    #[serde(default)]
    longitude: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    then: String,
}

const STREET_CHARS_MAX: usize = 160;
const LANDMARK_CHARS_MAX: usize = 120;
const UNIT_MAX: u16 = 999;

impl PlaceForm {
    fn of(place: &Place) -> PlaceForm {
        let point = place.latitude.zip(place.longitude);
        let point = point.and_then(|(north, east)| GeoPoint::of_micro(north, east));
        let (latitude, longitude) = point.map(GeoPoint::degrees).unwrap_or_default();
        PlaceForm {
            district: place.district.clone().unwrap_or_default(),
            village: place.village.clone().unwrap_or_default(),
            street: place.street.clone(),
            rt: place.rt.clone().unwrap_or_default(),
            rw: place.rw.clone().unwrap_or_default(),
            landmark: place.landmark.clone(),
            latitude,
            longitude,
            ..PlaceForm::default()
        }
    }

    fn parse(&self, regions: &CityRegions) -> Result<Place> {
        let mut wrong = Wrong::default();
        let village = RegionCode::parse(&self.village).ok();
        let village = village.filter(|code| code.is_village() && regions.find(code).is_some());
        if village.is_none() {
            wrong.note("village", "registry-village-wanted");
        }
        let street = wrong.line("street", &self.street, STREET_CHARS_MAX);
        if street.is_empty() {
            wrong.note("street", "registry-street-wanted");
        }
        let landmark = wrong.line("landmark", &self.landmark, LANDMARK_CHARS_MAX);
        let rt = unit(&self.rt).unwrap_or_else(|()| {
            wrong.note("rt", "registry-unit-wanted");
            None
        });
        let rw = unit(&self.rw).unwrap_or_else(|()| {
            wrong.note("rw", "registry-unit-wanted");
            None
        });
        let point = point(&self.latitude, &self.longitude, regions);
        let point = point.unwrap_or_else(|code| {
            wrong.note("latitude", code);
            None
        });
        let district = village.as_ref().and_then(RegionCode::parent);
        wrong.unless(Place {
            street,
            rt,
            rw,
            landmark,
            district: district.map(|code| code.as_str().to_owned()),
            village: village.map(|code| code.as_str().to_owned()),
            latitude: point.map(GeoPoint::latitude),
            longitude: point.map(GeoPoint::longitude),
        })
    }
}

/// A point as it was typed or as a phone wrote it; nothing typed is nothing known.
pub(super) fn point(
    latitude: &str,
    longitude: &str,
    regions: &CityRegions,
) -> Result<Option<GeoPoint>, &'static str> {
    let (north, east) = (latitude.trim(), longitude.trim());
    if north.is_empty() && east.is_empty() {
        return Ok(None);
    }
    let point = GeoPoint::parse(north, east).map_err(|_| "registry-point-unreadable")?;
    let inside = regions.bounds().is_none_or(|bounds| bounds.contains(point));
    if inside { Ok(Some(point)) } else { Err("registry-point-outside") }
}

/// RT or RW as three digits; nothing typed is nothing known.
fn unit(text: &str) -> Result<Option<String>, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u16>() {
        Ok(number @ 1..=UNIT_MAX) => Ok(Some(format!("{number:03}"))),
        _ => Err(()),
    }
}

/// A district or village to choose.
#[derive(Debug, Clone, Serialize)]
struct Pick {
    code: String,
    name: String,
    chosen: bool,
}

#[derive(Template, Serialize)]
#[template(path = "place.html")]
struct PlacePage {
    head: Head,
    /// The district that is chosen; empty while one is being chosen.
    district: String,
    district_name: String,
    districts: Vec<Pick>,
    villages: Vec<Pick>,
    /// The label of the village in this city's word.
    village_label: String,
    #[serde(skip)]
    form: PlaceForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn show(ctx: Ctx, Path(id): Path<BusinessId>, Query(way): Query<Way>) -> Answer {
    let opened = section::open(&ctx, &id).await?;
    let mut form = PlaceForm::of(&opened.business.place);
    form.then.clone_from(&way.then);
    if !way.district.is_empty() {
        form.district = way.district;
    }
    ctx.page(page(&ctx, &opened, form, Vec::new()))
}

fn page(ctx: &Ctx, opened: &Opened, form: PlaceForm, problems: Vec<Problem>) -> PlacePage {
    let regions: Arc<CityRegions> = ctx.resource();
    let of_village = || RegionCode::parse(&form.village).ok().and_then(|code| code.parent());
    let chosen = if form.district.is_empty() {
        of_village()
    } else {
        RegionCode::parse(&form.district).ok()
    };
    let district = chosen.and_then(|code| regions.find(&code)).filter(|it| !it.code.is_village());
    let option = |place: &particulars::region::Place, chosen: &str| Pick {
        code: place.code.as_str().to_owned(),
        name: place.name.clone(),
        chosen: place.code.as_str() == chosen,
    };
    let villages = district.map(|place| {
        let villages = regions.villages_of(&place.code);
        villages.map(|village| option(village, &form.village)).collect()
    });
    PlacePage {
        head: Head::of(&opened.business, opened.own, &form.then),
        district: district.map(|place| place.code.as_str().to_owned()).unwrap_or_default(),
        district_name: district.map(|place| place.name.clone()).unwrap_or_default(),
        districts: regions.districts().map(|place| option(place, &form.district)).collect(),
        villages: villages.unwrap_or_default(),
        village_label: format!("registry-village-{}", ctx.city().village_word),
        form,
        problems,
    }
}

async fn save(ctx: Ctx, Path(id): Path<BusinessId>, Input(form): Input<PlaceForm>) -> Answer {
    let regions: Arc<CityRegions> = ctx.resource();
    match form.parse(&regions) {
        Ok(place) => {
            let (version, then) = (ctx.version(&form.version), form.then);
            let sent = Sent { id, version, section: Section::Place, then };
            let part = move |_: &Business| Fill { place: Some(place.clone()), ..Fill::default() };
            section::save(&ctx, sent, part).await
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let opened = section::open(&ctx, &id).await?;
            ctx.again(page(&ctx, &opened, form, problems))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template, Serialize)]
#[template(path = "photo.html")]
struct PhotoPage {
    head: Head,
    photo: Option<String>,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn show_photo(ctx: Ctx, Path(id): Path<BusinessId>, Query(way): Query<Way>) -> Answer {
    let Opened { business, own, .. } = section::open(&ctx, &id).await?;
    let head = Head::of(&business, own, &way.then);
    ctx.page(PhotoPage { head, photo: business.photo, problems: Vec::new() })
}

async fn save_photo(ctx: Ctx, Path(id): Path<BusinessId>, upload: Upload) -> Answer {
    let Opened { business, own, .. } = section::open(&ctx, &id).await?;
    let kept = match upload.file("photo") {
        Some(file) => photo::keep(ctx.files(), "photo", file.bytes.clone()).await,
        None => Err(Error::invalid("photo", "picture-empty")),
    };
    match kept {
        Ok(hash) => {
            let (version, then) =
                (ctx.version(upload.field("version")), upload.field("then").to_owned());
            let sent = Sent { id, version, section: Section::Photo, then };
            let part = move |_: &Business| Fill { photo: Some(hash.clone()), ..Fill::default() };
            section::save(&ctx, sent, part).await
        }
        Err(Error::Invalid(problems)) => {
            let head = Head::of(&business, own, upload.field("then"));
            ctx.again(PhotoPage { head, photo: business.photo, problems })
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_its_owner_types_it() {
        let regions = CityRegions::of_code("33.74").unwrap();
        let form = PlaceForm {
            village: "33.74.11.1007".to_owned(),
            street: " Jl.  Menoreh Raya 41".to_owned(),
            rt: "6".to_owned(),
            ..PlaceForm::default()
        };
        let place = form.parse(&regions).unwrap();
        assert_eq!((place.rt.as_deref(), place.rw), (Some("006"), None));
        assert_eq!(place.street, "Jl. Menoreh Raya 41");
        assert!(place.district.is_some_and(|district| district == "33.74.11"));
        let far = PlaceForm {
            latitude: "-6.2".to_owned(),
            longitude: "106.8".to_owned(),
            rw: "A".to_owned(),
            ..PlaceForm::default()
        };
        let Err(Error::Invalid(problems)) = far.parse(&regions) else { panic!("it is wrong") };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["village", "street", "rw", "latitude"]);
    }
}
