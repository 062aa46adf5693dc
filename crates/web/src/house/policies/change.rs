//! A second person puts a draft into force; somebody takes a rule back and says why.

use base::policy::{self, PolicyId};
use base::{Error, Result, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::show;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::input::{Input, Path};

/// A version by its number.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Numbered {
    pub(crate) kind: String,
    pub(crate) version: i64,
}

impl Numbered {
    pub(crate) fn address(&self) -> String {
        format!("/policies/{}/versions/{}", self.kind, self.version)
    }
}

/// What has to be mended in a draft.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct NoteForm {
    #[serde(default)]
    note: String,
}

/// Why a rule is taken back.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct ReasonForm {
    #[serde(default)]
    reason: String,
}

fn row(tx: &mut Tx<'_>, kind: &str, number: i64) -> Result<PolicyId> {
    let versions = policy::history(tx, kind)?;
    let version = versions.into_iter().find(|version| version.version == number);
    Ok(version.ok_or(Error::NotFound)?.id)
}

pub(crate) async fn approve(ctx: Ctx, Path((kind, number)): Path<(String, i64)>) -> Answer {
    let kinds = ctx.app.0.kinds.clone();
    let approved = ctx.write("policy.approve", move |tx| {
        let id = row(tx, &kind, number)?;
        let version = policy::approve(tx, &kinds, &id)?;
        Ok(Numbered { kind: version.kind, version: version.version })
    });
    let approved = approved.await?;
    Ok(ctx.done_saying(approved.address(), "policies-approved", approved))
}

pub(crate) async fn send_back(
    ctx: Ctx,
    Path((kind, number)): Path<(String, i64)>,
    Input(form): Input<NoteForm>,
) -> Answer {
    let wanted = kind.clone();
    let returned = ctx.write("policy.send_back", move |tx| {
        let id = row(tx, &wanted, number)?;
        let version = policy::send_back(tx, &id, &form.note)?;
        Ok(Numbered { kind: version.kind, version: version.version })
    });
    said(&ctx, returned.await, "policies-returned-now", (kind, number)).await
}

pub(crate) async fn withdraw(
    ctx: Ctx,
    Path((kind, number)): Path<(String, i64)>,
    Input(form): Input<ReasonForm>,
) -> Answer {
    let wanted = kind.clone();
    let withdrawn = ctx.write("policy.withdraw", move |tx| {
        let id = row(tx, &wanted, number)?;
        let version = policy::withdraw(tx, &id, &form.reason)?;
        Ok(Numbered { kind: version.kind, version: version.version })
    });
    said(&ctx, withdrawn.await, "policies-withdrawn-now", (kind, number)).await
}

/// What was done is said; what is missing is said on the same page.
async fn said(
    ctx: &Ctx,
    done: Result<Numbered>,
    text: &'static str,
    (kind, number): (String, i64),
) -> Answer {
    match done {
        Ok(version) => Ok(ctx.done_saying(version.address(), text, version)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let mut page = show::page(ctx, kind, show::Wanted::Number(number)).await?;
            page.problems = problems;
            ctx.again(page)
        }
        Err(error) => Err(error.into()),
    }
}
