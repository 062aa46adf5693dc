//! The people of one agency, arranged by its head.

use askama::Template;
use base::account::membership::{self, Listed};
use base::account::{Identifier, OrganisationId, OrganisationKind, person, post};
use base::{Error, Problem, Result, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::parse_role;
use super::session;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::Input;

/// A role for somebody with an account.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct MemberForm {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    role: String,
}

/// Who does what in the agency.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/agency.html")]
pub(crate) struct AgencyPage {
    organisation: String,
    members: Vec<Listed>,
    /// Whom one cannot change: oneself.
    me: String,
    #[serde(skip)]
    roles: Vec<Role>,
    #[serde(skip)]
    form: MemberForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl AgencyPage {
    fn is_me(&self, member: &Listed) -> bool {
        member.membership.person.as_str() == self.me
    }

    fn chosen(&self, role: &Role) -> bool {
        role.code() == self.form.role
    }
}

fn agency(ctx: &Ctx) -> Result<(OrganisationId, String)> {
    let organisation = session(ctx)?.organisation.as_ref().ok_or(Error::Forbidden)?;
    Ok((organisation.id.clone(), organisation.name.clone()))
}

async fn page(ctx: &Ctx, form: MemberForm, problems: Vec<Problem>) -> Result<AgencyPage> {
    let (id, organisation) = agency(ctx)?;
    let me = session(ctx)?.person.to_string();
    let members = ctx.read(move |read| membership::listed_of_organisation(read, &id)).await?;
    let roles = post::offered_in(OrganisationKind::Agency).collect();
    Ok(AgencyPage { organisation, members, me, roles, form, problems })
}

pub(crate) async fn list(ctx: Ctx) -> Answer {
    let page = page(&ctx, MemberForm::default(), Vec::new()).await?;
    ctx.page(page)
}

pub(crate) async fn give_role(ctx: Ctx, Input(form): Input<MemberForm>) -> Answer {
    let problems = match try_give(&ctx, &form).await {
        Ok(()) => return Ok(ctx.done_saying("/agency/people", "account-role-given", ())),
        Err(Error::Invalid(problems)) => problems,
        Err(Error::Refused(code)) => vec![Problem::new("role", code)],
        Err(error) => return Err(error.into()),
    };
    ctx.again(page(&ctx, form, problems).await?)
}

async fn try_give(ctx: &Ctx, form: &MemberForm) -> Result<()> {
    let identifier = Identifier::parse("identifier", &form.identifier, ctx.keyring());
    let identifier = identifier.map_err(|problem| Error::Invalid(vec![problem]))?;
    let role = parse_role(&form.role)?;
    let (organisation, _) = agency(ctx)?;
    let give = move |tx: &mut base::Tx<'_>| {
        let person = person::by_identifier(tx, &identifier)?;
        let person =
            person.ok_or_else(|| Error::invalid("identifier", "account-person-unknown"))?;
        let organisation = organisation.clone();
        let cmd = membership::Add { person: person.id, organisation, role, until: None };
        membership::add(tx, &cmd).map(drop)
    };
    ctx.write("account.give_role", give).await
}
