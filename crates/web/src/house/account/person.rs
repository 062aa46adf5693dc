//! One person at the desk: which roles they hold, a role that fits an office, a lost second factor.

use askama::Template;
use base::account::membership::{self, Listed};
use base::account::{
    Organisation, OrganisationId, PersonId, organisation, person, post, second_factor,
};
use base::{Error, Problem, Read, Result, Role, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Path, Query};

/// One person.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/person.html")]
pub(crate) struct PersonPage {
    id: String,
    name: String,
    contact: String,
    since: Timestamp,
    has_password: bool,
    second_factor: Option<Timestamp>,
    held: Vec<Listed>,
    /// Nobody gives or ends a role of their own.
    mine: bool,
    #[serde(skip)]
    offices: Vec<Organisation>,
    /// Those of the chosen office.
    #[serde(skip)]
    roles: Vec<Role>,
    #[serde(skip)]
    form: RoleForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// A role to be given.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct RoleForm {
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    role: String,
}

impl PersonPage {
    fn chosen_office(&self, office: &Organisation) -> bool {
        office.id.as_str() == self.form.organisation
    }

    fn chosen_role(&self, role: &Role) -> bool {
        role.code() == self.form.role
    }
}

fn find(read: &mut Read<'_>, id: &PersonId, form: &RoleForm) -> Result<PersonPage> {
    let person = person::find(read, id)?;
    let offices = organisation::offices(read, "")?;
    let office = offices.iter().find(|office| office.id.as_str() == form.organisation);
    let roles = office.map(|office| post::offered_in(office.kind).collect());
    Ok(PersonPage {
        id: id.to_string(),
        contact: person.contact_mask(),
        name: person.name,
        since: person.created_at,
        has_password: person.has_password,
        second_factor: second_factor::standing(read, id)?.since,
        held: membership::listed_of_person(read, id)?,
        mine: read.actor().id == id.as_str(),
        offices,
        roles: roles.unwrap_or_default(),
        form: form.clone(),
        problems: Vec::new(),
    })
}

pub(crate) async fn show(
    ctx: Ctx,
    Path(id): Path<PersonId>,
    Query(form): Query<RoleForm>,
) -> Answer {
    let page = ctx.read(move |read| find(read, &id, &form)).await?;
    ctx.page(page)
}

pub(crate) async fn give_role(
    ctx: Ctx,
    Path(id): Path<PersonId>,
    Input(form): Input<RoleForm>,
) -> Answer {
    let problems = match try_give(&ctx, &id, &form).await {
        Ok(()) => {
            return Ok(ctx.done_saying(format!("/people/{id}"), "account-role-given", ()));
        }
        Err(Error::Invalid(problems)) => problems,
        Err(Error::Refused(code)) => vec![Problem::new("role", code)],
        Err(error) => return Err(error.into()),
    };
    let page = ctx.read(move |read| find(read, &id, &form)).await?;
    ctx.again(PersonPage { problems, ..page })
}

async fn try_give(ctx: &Ctx, id: &PersonId, form: &RoleForm) -> Result<()> {
    let organisation = OrganisationId::parse(&form.organisation)
        .ok_or_else(|| Error::invalid("organisation", "account-organisation-missing"))?;
    let role = parse_role(&form.role)?;
    let cmd = membership::Add { person: id.clone(), organisation, role, until: None };
    ctx.write("account.give_role", move |tx| membership::add(tx, &cmd).map(drop)).await
}

/// The role of a form.
pub(crate) fn parse_role(code: &str) -> Result<Role> {
    Role::parse(code).ok_or_else(|| Error::invalid("role", "account-role-missing"))
}

pub(crate) async fn remove_factor(ctx: Ctx, Path(id): Path<PersonId>) -> Answer {
    let person = id.clone();
    let remove = move |tx: &mut base::Tx<'_>| second_factor::remove(tx, &person);
    ctx.write("account.remove_second_factor", remove).await?;
    Ok(ctx.done_saying(format!("/people/{id}"), "account-second-factor-removed", ()))
}
