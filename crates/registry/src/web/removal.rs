//! Taking away: a draft that nobody has sent, and the photo of a business.

use ::web::{Access, Answer, Ctx, Input, Path, Routes, filters};
use askama::Template;
use base::Error;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::section::{self, Head, Section, Sent};
use crate::business::{Business, BusinessId, State};
use crate::draft;
use crate::registration::Fill;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/registrations/{id}/removal", ask, Access::Person)
        .people_only()
        .post("/registry/registrations/{id}/removal", remove, Access::Person)
        .post("/registry/registrations/{id}/photo/removal", remove_photo, Access::Person)
        .takes::<PhotoForm>()
        .gives::<String>()
        .versioned()
}

/// Whether the draft shall go.
#[derive(Template, Serialize)]
#[template(path = "removal.html")]
struct RemovalPage {
    head: Head,
}

async fn ask(ctx: Ctx, Path(id): Path<BusinessId>) -> Answer {
    let opened = section::open(&ctx, &id).await?;
    if !opened.own || opened.business.state != State::Draft {
        return Err(Error::NotFound.into());
    }
    ctx.page(RemovalPage { head: Head::of(&opened.business, true, "") })
}

async fn remove(ctx: Ctx, Path(id): Path<BusinessId>) -> Answer {
    ctx.write("registry.remove_draft", move |tx| draft::remove(tx, &id)).await?;
    Ok(ctx.done_saying("/registry/own", "registry-draft-removed", ()))
}

/// The version of the record that was seen.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct PhotoForm {
    #[serde(default)]
    version: String,
}

async fn remove_photo(
    ctx: Ctx,
    Path(id): Path<BusinessId>,
    Input(form): Input<PhotoForm>,
) -> Answer {
    let at = format!("/registry/registrations/{id}/photo");
    let version = ctx.version(&form.version);
    let sent = Sent { id, version, section: Section::Photo, then: String::new() };
    let part = |_: &Business| Fill { without_photo: true, ..Fill::default() };
    section::saved(&ctx, sent, part).await?;
    Ok(ctx.done_saying(at.clone(), "registry-photo-removed", at))
}
