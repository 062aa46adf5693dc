//! One person at the desk: roles given and ended, a link for a new password, a lost second factor.

use askama::Template;
use base::account::membership::{self, Listed, MembershipId};
use base::account::{
    Organisation, OrganisationId, PersonId, organisation, person, recovery, second_factor,
};
use base::{Error, Problem, Read, Result, Role, Timestamp, keyring};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::once_only;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Path};

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
    #[serde(skip)]
    offices: Vec<Organisation>,
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

fn find(read: &mut Read<'_>, id: &PersonId) -> Result<PersonPage> {
    let person = person::find(read, id)?;
    Ok(PersonPage {
        id: id.to_string(),
        contact: person.contact_mask(),
        name: person.name,
        since: person.created_at,
        has_password: person.has_password,
        second_factor: second_factor::standing(read, id)?.since,
        held: membership::listed_of_person(read, id)?,
        offices: organisation::offices(read, "")?,
        roles: Role::ALL.iter().copied().filter(|role| role.is_staff()).collect(),
        form: RoleForm::default(),
        problems: Vec::new(),
    })
}

pub(crate) async fn show(ctx: Ctx, Path(id): Path<PersonId>) -> Answer {
    let page = ctx.read(move |read| find(read, &id)).await?;
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
    let page = ctx.read(move |read| find(read, &id)).await?;
    ctx.again(PersonPage { form, problems, ..page })
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

pub(crate) async fn end_role(
    ctx: Ctx,
    Path((id, membership)): Path<(PersonId, MembershipId)>,
) -> Answer {
    ctx.write("account.end_role", move |tx| membership::end(tx, &membership)).await?;
    Ok(ctx.done_saying(format!("/people/{id}"), "account-role-taken", ()))
}

/// A link for a new password, shown once.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/link.html")]
pub(crate) struct LinkPage {
    id: String,
    name: String,
    #[serde(skip)]
    link: String,
}

pub(crate) async fn link(ctx: Ctx, Path(id): Path<PersonId>) -> Answer {
    let token = keyring::token();
    let (person, hash) = (id.clone(), keyring::hash_token(&token));
    let issue = move |tx: &mut base::Tx<'_>| {
        recovery::issue_at_desk(tx, &person, &hash)?;
        Ok(person::find(tx, &person)?.name)
    };
    let name = once_only(&ctx, "account.issue_link", issue).await?;
    let link = format!("{}/sign-in/password/{token}", ctx.city().base_url);
    ctx.page(LinkPage { id: id.to_string(), name, link })
}

pub(crate) async fn remove_factor(ctx: Ctx, Path(id): Path<PersonId>) -> Answer {
    let person = id.clone();
    let remove = move |tx: &mut base::Tx<'_>| second_factor::remove(tx, &person);
    ctx.write("account.remove_second_factor", remove).await?;
    Ok(ctx.done_saying(format!("/people/{id}"), "account-second-factor-removed", ()))
}
