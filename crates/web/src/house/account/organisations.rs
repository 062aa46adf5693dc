//! Agencies and offices, as the desk keeps them.

use askama::Template;
use base::account::{Organisation, OrganisationKind, organisation};
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::people::{Search, bounded};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Query};

/// A new office.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct OrganisationForm {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    code: String,
}

/// Agencies and offices, and the form for another.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/organisations.html")]
pub(crate) struct OrganisationsPage {
    q: String,
    offices: Vec<Organisation>,
    #[serde(skip)]
    form: OrganisationForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl OrganisationsPage {
    fn kinds(&self) -> &'static [OrganisationKind] {
        OrganisationKind::OFFICES
    }
}

async fn page(
    ctx: &Ctx,
    q: String,
    form: OrganisationForm,
    problems: Vec<Problem>,
) -> Result<OrganisationsPage> {
    let wanted = q.clone();
    let offices = ctx.read(move |read| organisation::offices(read, &wanted)).await?;
    Ok(OrganisationsPage { q, offices, form, problems })
}

pub(crate) async fn list(ctx: Ctx, Query(search): Query<Search>) -> Answer {
    let page = page(&ctx, bounded(&search.q), OrganisationForm::default(), Vec::new()).await?;
    ctx.page(page)
}

pub(crate) async fn add(ctx: Ctx, Input(form): Input<OrganisationForm>) -> Answer {
    match try_add(&ctx, &form).await {
        Ok(()) => Ok(ctx.done_saying("/organisations", "account-organisation-added", ())),
        Err(Error::Invalid(problems)) => {
            ctx.again(page(&ctx, String::new(), form, problems).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn try_add(ctx: &Ctx, form: &OrganisationForm) -> Result<()> {
    let kind = OrganisationKind::parse(&form.kind).filter(|kind| kind.is_office());
    let kind = kind.ok_or_else(|| Error::invalid("kind", "account-organisation-kind-missing"))?;
    let (name, code) = (form.name.clone(), form.code.clone());
    let cmd = organisation::Add { kind, name, code, reference: None };
    ctx.write("account.add_organisation", move |tx| organisation::add(tx, &cmd).map(drop)).await
}
