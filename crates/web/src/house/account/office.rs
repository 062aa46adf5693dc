//! One agency or office at the desk: what it is called, and a new name when the city gives it one.

use askama::Template;
use base::account::{Organisation, OrganisationId, organisation};
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Path};

/// A new name.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct NameForm {
    #[serde(default)]
    name: String,
}

/// One office.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/office.html")]
pub(crate) struct OfficePage {
    #[serde(flatten)]
    office: Organisation,
    #[serde(skip)]
    name: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn find(ctx: &Ctx, id: OrganisationId) -> Result<Organisation> {
    let office = ctx.read(move |read| organisation::find(read, &id)).await?;
    if office.kind.is_office() { Ok(office) } else { Err(Error::NotFound) }
}

pub(crate) async fn show(ctx: Ctx, Path(id): Path<OrganisationId>) -> Answer {
    let office = find(&ctx, id).await?;
    ctx.page(OfficePage { name: office.name.clone(), office, problems: Vec::new() })
}

pub(crate) async fn rename(
    ctx: Ctx,
    Path(id): Path<OrganisationId>,
    Input(form): Input<NameForm>,
) -> Answer {
    let (office, name) = (id.clone(), form.name.clone());
    let renamed = ctx
        .write("account.rename_office", move |tx| organisation::rename_office(tx, &office, &name));
    match renamed.await {
        Ok(()) => Ok(ctx.done_saying("/organisations", "account-organisation-renamed", ())),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(OfficePage { office: find(&ctx, id).await?, name: form.name, problems })
        }
        Err(error) => Err(error.into()),
    }
}
