//! An owner hands in papers and photos, sees what became of each, and takes back what was not needed.

use ::web::{Access, Answer, Ctx, Path, Routes, Upload, filters, photo};
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::files::FileKind;
use base::{Error, Id, Problem, Result};
use schemars::JsonSchema;
use serde::Serialize;

use super::section::{self, Head};
use crate::business::{BusinessId, State};
use crate::evidence::{self, Evidence, Standing, What};
use crate::verification::VERIFY;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/registry/registrations/{id}/evidence", show, Access::Person)
        .gives::<EvidencePage>()
        .post("/registry/registrations/{id}/evidence", hand_in, Access::Person)
        .uploads(photo::PHOTO_BYTES_MAX)
        .people_only()
        .post("/registry/evidence/{id}/withdrawal", withdraw, Access::Person)
        .gives::<BusinessId>()
        .get("/registry/evidence/{id}/file", file, Access::Person)
        .people_only()
}

/// One piece of evidence as its owner and officers list it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Line {
    pub(super) evidence: Evidence,
    pub(super) name_key: String,
    pub(super) state_key: String,
    pub(super) tone: &'static str,
    /// Whether the file is still kept.
    pub(super) kept: bool,
    /// Whether its owner may take it back.
    pub(super) open: bool,
}

impl Line {
    pub(super) fn of(evidence: Evidence) -> Line {
        Line {
            name_key: evidence.what.text_key(),
            state_key: format!("registry-evidence-state-{}", evidence.state.code()),
            tone: evidence.state.tone(),
            kept: evidence.file.is_some(),
            open: matches!(evidence.state, Standing::Waiting | Standing::Returned),
            evidence,
        }
    }
}

/// How the evidence of a business stands in one word: key and tone.
pub(super) fn summary(all: &[Evidence]) -> (&'static str, &'static str) {
    let has = |standing: Standing| all.iter().any(|one| one.state == standing);
    if has(Standing::Returned) {
        ("registry-evidence-some-returned", "bad")
    } else if has(Standing::Waiting) {
        ("registry-evidence-some-waiting", "warn")
    } else if has(Standing::Accepted) {
        ("registry-evidence-some-accepted", "ok")
    } else {
        ("registry-evidence-none", "")
    }
}

/// Something that can be handed in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Choice {
    code: &'static str,
    name_key: String,
    why_key: String,
    chosen: bool,
}

/// What an owner has handed in, and a form for more.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "evidence.html")]
struct EvidencePage {
    head: Head,
    lines: Vec<Line>,
    choices: Vec<Choice>,
    /// Whether more may be handed in.
    takes: bool,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn show(ctx: Ctx, Path(id): Path<BusinessId>) -> Answer {
    ctx.page(page(&ctx, id, "", Vec::new()).await?)
}

async fn page(
    ctx: &Ctx,
    id: BusinessId,
    chosen: &str,
    problems: Vec<Problem>,
) -> Result<EvidencePage> {
    let (opened, all) = ctx
        .read(move |read| Ok((section::opened(read, &id)?, evidence::of_business(read, &id)?)))
        .await?;
    let choice = |what: What| Choice {
        code: what.code(),
        name_key: what.text_key(),
        why_key: format!("{}-why", what.text_key()),
        chosen: what.code() == chosen,
    };
    let shut = matches!(opened.business.state, State::Closed | State::Rejected);
    Ok(EvidencePage {
        head: Head::of(&opened.business, opened.own, ""),
        lines: all.into_iter().map(Line::of).collect(),
        choices: What::ALL.into_iter().map(choice).collect(),
        takes: !shut,
        problems,
    })
}

async fn hand_in(ctx: Ctx, Path(id): Path<BusinessId>, upload: Upload) -> Answer {
    section::open(&ctx, &id).await?;
    let at = format!("/registry/registrations/{id}/evidence");
    match handed_in(&ctx, id.clone(), &upload).await {
        Ok(()) => Ok(ctx.done_saying(at, "registry-evidence-handed-in", ())),
        Err(Error::Invalid(problems)) => {
            ctx.again(page(&ctx, id, upload.field("what"), problems).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn handed_in(ctx: &Ctx, id: BusinessId, upload: &Upload) -> Result<()> {
    let what = What::parse(upload.field("what"));
    let what = what.ok_or_else(|| Error::invalid("what", "registry-evidence-wanted"))?;
    let kept = keep(ctx, upload, "file").await?;
    ctx.write("registry.hand_in", move |tx| evidence::hand_in(tx, &id, what, &kept)).await
}

/// Looks into an uploaded photo or PDF and keeps it sealed.
pub(super) async fn keep(
    ctx: &Ctx,
    upload: &Upload,
    field: &'static str,
) -> Result<evidence::Kept> {
    let file = upload.file(field);
    let file = file.ok_or_else(|| Error::invalid(field, "registry-evidence-file-wanted"))?;
    evidence::bring(ctx.files(), ctx.keyring(), field, file.bytes.to_vec()).await
}

async fn withdraw(ctx: Ctx, Path(id): Path<Id<Evidence>>) -> Answer {
    let business =
        ctx.write("registry.withdraw_evidence", move |tx| evidence::withdraw(tx, &id)).await?;
    let at = format!("/registry/registrations/{business}/evidence");
    Ok(ctx.done_saying(at, "registry-evidence-now-withdrawn", business))
}

/// The file: its owner sees every one, an officer only what says nothing of a person. Other looks
/// of officers go through the page that writes them down.
async fn file(ctx: Ctx, Path(id): Path<Id<Evidence>>) -> Answer {
    let found = ctx
        .read(move |read| {
            let found = evidence::find(read, &id)?;
            let open = !found.what.is_personal() && read.actor().may(VERIFY.0);
            if open || evidence::is_of_actor(read, &found)? {
                Ok(found)
            } else {
                Err(Error::NotFound)
            }
        })
        .await?;
    let bytes = content(&ctx, found.file.as_deref()).await?;
    Ok(shown(found.media, found.what.code(), bytes))
}

/// The file as it was sealed, or `NotFound` when it was destroyed.
pub(super) async fn content(ctx: &Ctx, file: Option<&str>) -> Result<Vec<u8>> {
    evidence::open(ctx.files(), ctx.keyring(), file.ok_or(Error::NotFound)?).await
}

/// A photo is shown, a paper is offered; neither is kept on the way.
pub(super) fn shown(media: FileKind, name: &str, bytes: Vec<u8>) -> Response {
    let way = if media == FileKind::Jpeg { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, photo::PHOTO_POLICY.to_owned()),
        (header::CONTENT_TYPE, media.media_type().to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("{way}; filename=\"bukti-{name}.{}\"", media.extension()),
        ),
    ];
    (headers, bytes).into_response()
}
