//! The public check page: what a paper claims, and whether it still holds. No personal numbers, no
//! lines: enough to compare with the paper in hand.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use base::document::{self, Document};
use base::paper::Paper;
use base::{Date, Error, Problem, Rupiah, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::drawn;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Path, Query};

/// What stands under the QR of a paper.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    code: String,
}

/// The question for a code.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/document_check.html")]
pub(crate) struct CheckPage {
    code: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// One side of a paper.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Side {
    role: String,
    name: String,
}

/// What a paper claims.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/document.html")]
pub(crate) struct PaperPage {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) kind: String,
    pub(crate) number: String,
    pub(crate) date: Date,
    pub(crate) issuer: String,
    pub(crate) sides: Vec<Side>,
    pub(crate) amount_label: String,
    pub(crate) amount: Option<Rupiah>,
    pub(crate) valid: bool,
    pub(crate) revoked_on: Option<Date>,
    pub(crate) revoke_reason: String,
    pub(crate) checked_at: Timestamp,
}

const CODE_CHARS_MAX: usize = 40;

pub(crate) async fn ask(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let code: String = asked.code.trim().chars().take(CODE_CHARS_MAX).collect();
    if code.is_empty() {
        return ctx.page(CheckPage { code, problems: Vec::new() });
    }
    let typed = code.clone();
    match ctx.read(move |read| document::by_check_code(read, &typed)).await? {
        Some(paper) => {
            let at = format!("/documents/check/{}", paper.check_code);
            Ok(Redirect::to(&at).into_response())
        }
        None => ctx.again(unknown(code)),
    }
}

fn unknown(code: String) -> CheckPage {
    CheckPage { code, problems: vec![Problem::new("code", "documents-unknown")] }
}

pub(crate) async fn show(ctx: Ctx, Path(code): Path<String>) -> Answer {
    let typed: String = code.chars().take(CODE_CHARS_MAX).collect();
    let wanted = typed.clone();
    let found = ctx.read(move |read| {
        let now = Timestamp::of(read);
        Ok((document::by_check_code(read, &wanted)?, now))
    });
    match found.await? {
        (Some(document), now) => ctx.page(page(&ctx, &document, now)),
        (None, _) if ctx.wants_page() => ctx.again(unknown(typed)),
        (None, _) => Err(Error::NotFound.into()),
    }
}

fn page(ctx: &Ctx, document: &Document, checked_at: Timestamp) -> PaperPage {
    let paper = drawn(document, ctx.city());
    let of_paper = |word: fn(&Paper) -> String| paper.as_ref().map(word).unwrap_or_default();
    let sides = paper.iter().flat_map(|paper| &paper.parties);
    let sides = sides.map(|side| Side { role: side.role.clone(), name: side.name.clone() });
    let (kind, agency) = (of_paper(|it| it.kind.clone()), of_paper(|it| it.issuer.agency.clone()));
    PaperPage {
        id: document.id.to_string(),
        code: document.check_code.clone(),
        kind: if kind.is_empty() { document.kind.clone() } else { kind },
        number: document.number.clone(),
        date: document.issued_at.date(),
        issuer: if agency.is_empty() { document.office.clone() } else { agency },
        sides: sides.collect(),
        amount_label: of_paper(|it| {
            it.amount.as_ref().map_or_else(String::new, |a| a.label.clone())
        }),
        amount: paper.as_ref().and_then(|paper| paper.amount.as_ref()).map(|amount| amount.sum),
        valid: document.revoked_at.is_none(),
        revoked_on: document.revoked_at.map(Timestamp::date),
        revoke_reason: document.revoke_reason.clone().unwrap_or_default(),
        checked_at,
    }
}
