//! A paper as a PDF, for its parties, for inspectors, and, without how to reach people, for whoever
//! holds its check code.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use base::account::{Organisation, OrganisationKind};
use base::document::{self, Document, DocumentId};
use base::files::hash;
use base::paper::{self, Paper};
use base::{Error, Result};
use serde::Deserialize;

use super::drawn;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::input::{Path, Query};
use crate::routes::Access;

/// What stands under the QR of the paper.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Held {
    #[serde(default)]
    code: String,
}

/// A revoked paper never changes again; one in force may be revoked, so browsers ask each time.
const FOR_EVER: &str = "private, max-age=31536000, immutable";
const ASK_EACH_TIME: &str = "private, no-cache";

pub(crate) async fn show(
    ctx: Ctx,
    headers: HeaderMap,
    Path(file): Path<String>,
    Query(held): Query<Held>,
) -> Answer {
    let id = file.strip_suffix(".pdf").and_then(DocumentId::parse).ok_or(Error::NotFound)?;
    let found = ctx.read(move |read| {
        let by_code = document::by_check_code(read, &held.code)?;
        let holds = by_code.is_some_and(|paper| paper.id == id);
        Ok((document::find(read, &id)?, holds))
    });
    let (document, holds) = found.await?;
    let paper = drawn(&document, ctx.city());
    let concerned = admit(&ctx, &document, paper.as_ref());
    let paper = paper.ok_or_else(|| Error::broken(format!("paper {} is none", document.number)))?;
    let paper = match concerned {
        Ok(()) => paper,
        Err(_) if holds => paper.for_everybody(),
        Err(error) => return Err(error.into()),
    };
    answer(&headers, &document, paper).await
}

/// Parties see their paper, inspectors every paper. For others it is not there.
fn admit(ctx: &Ctx, document: &Document, paper: Option<&Paper>) -> Result<()> {
    if ctx.admits(Access::May(base::audit::INSPECT)) {
        return Ok(());
    }
    let standing = ctx.guest().session.as_ref().ok_or(Error::Unauthenticated)?;
    let here = standing.view.organisation.as_ref();
    let party = here.is_some_and(|here| concerns(here, document, paper));
    if party { Ok(()) } else { Err(Error::NotFound) }
}

/// The record names its office and, with their codes, its parties.
fn concerns(here: &Organisation, document: &Document, paper: Option<&Paper>) -> bool {
    let agency = here.kind == OrganisationKind::Agency;
    if agency && here.code.eq_ignore_ascii_case(&document.office) {
        return true;
    }
    let parties = paper.into_iter().flat_map(|paper| &paper.parties);
    parties.flat_map(|party| &party.facts).any(|fact| fact.value == here.code)
}

async fn answer(headers: &HeaderMap, document: &Document, paper: Paper) -> Answer {
    let text = serde_json::to_vec(&paper).map_err(Error::broken)?;
    let tag = format!("\"{}\"", &hash(&text)[..32]);
    let cache = if document.revoked_at.is_some() { FOR_EVER } else { ASK_EACH_TIME };
    let kept = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, cache.to_owned())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|wanted| *wanted == tag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let drawing = tokio::task::spawn_blocking(move || paper::pdf(&paper)).await;
    let bytes = drawing.map_err(Error::broken)?.map_err(Error::broken)?;
    let name = document.number.replace('/', "-");
    let kind = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")),
    ];
    Ok((kept, kind, bytes).into_response())
}
