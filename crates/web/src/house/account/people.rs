//! The desk's list of people, and an account opened for somebody who stands there.

use askama::Template;
use base::account::membership::{self, Listed};
use base::account::person::Wanted;
use base::account::{
    Identifier, Organisation, OrganisationId, Person, PersonId, PersonName, organisation, person,
};
use base::{Error, Problem, Read, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::join::contacts;
use super::sort;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Query};

/// Whom the desk looks for.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    pub(crate) q: String,
    /// Only who holds a role in this office.
    #[serde(default)]
    office: String,
    #[serde(default)]
    after: String,
}

const SEARCH_CHARS_MAX: usize = 120;

/// A search no longer than a name.
pub(crate) fn bounded(q: &str) -> String {
    q.chars().take(SEARCH_CHARS_MAX).collect()
}

/// A person in the list.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PersonRow {
    id: String,
    name: String,
    contact: String,
    /// What they hold now, and where.
    held: Vec<Listed>,
    has_password: bool,
}

/// The list of people.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/people.html")]
pub(crate) struct PeoplePage {
    q: String,
    office: String,
    people: Vec<PersonRow>,
    next: String,
    #[serde(skip)]
    offices: Vec<Organisation>,
}

impl PeoplePage {
    fn chosen(&self, office: &Organisation) -> bool {
        office.id.as_str() == self.office
    }
}

pub(crate) async fn list(ctx: Ctx, Query(search): Query<Search>) -> Answer {
    let q = bounded(&search.q);
    let office = OrganisationId::parse(&search.office);
    let after = PersonId::parse(&search.after);
    let identifier = Identifier::parse("q", &q, ctx.keyring()).ok();
    let wanted = Wanted { search: q.clone(), identifier, office: office.clone(), after };
    let found = ctx.read(move |read| {
        let (people, next) = person::list(read, &wanted)?;
        let people = people.into_iter().map(|person| row(read, person)).collect::<Result<_>>()?;
        Ok((people, next, organisation::offices(read, "")?))
    });
    let (people, next, offices) = found.await?;
    let office = office.map(|id| id.to_string()).unwrap_or_default();
    let next = next.map(|id| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &q).append_pair("office", &office);
        format!("/people?{}", query.append_pair("after", id.as_str()).finish())
    });
    ctx.page(PeoplePage { q, office, people, next: next.unwrap_or_default(), offices })
}

fn row(read: &mut Read<'_>, person: Person) -> Result<PersonRow> {
    Ok(PersonRow {
        held: membership::listed_of_person(read, &person.id)?,
        contact: person.contact_mask(),
        id: person.id.to_string(),
        name: person.name,
        has_password: person.has_password,
    })
}

/// Somebody who wants an account.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct PersonForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
}

/// The form for it.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/person_new.html")]
pub(crate) struct NewPersonPage {
    name: String,
    phone: String,
    email: String,
    /// Who is reached by the number or address already.
    holders: Vec<Holder>,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// Somebody who has an account already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Holder {
    id: String,
    name: String,
}

pub(crate) async fn blank(ctx: Ctx) -> Answer {
    let (name, phone, email) = (String::new(), String::new(), String::new());
    ctx.page(NewPersonPage { name, phone, email, holders: Vec::new(), problems: Vec::new() })
}

pub(crate) async fn add(ctx: Ctx, Input(form): Input<PersonForm>) -> Answer {
    match try_add(&ctx, &form).await {
        Ok(id) => Ok(ctx.done_saying(format!("/people/{id}"), "account-person-added", id)),
        Err(Error::Invalid(problems)) => {
            let (problems, holders) = with_holders(&ctx, &form, problems).await?;
            let PersonForm { name, phone, email } = form;
            ctx.again(NewPersonPage { name, phone, email, holders, problems })
        }
        Err(error) => Err(error.into()),
    }
}

async fn try_add(ctx: &Ctx, form: &PersonForm) -> Result<PersonId> {
    let mut problems = Vec::new();
    let name = sort(PersonName::parse("name", &form.name), &mut problems);
    let (phone, email) = contacts(&form.phone, &form.email, &mut problems);
    let name = match name {
        Some(name) if problems.is_empty() => name,
        _ => return Err(Error::Invalid(problems)),
    };
    let phone = phone.map(|phone| phone.seal(ctx.keyring()));
    let cmd = person::Add { name, email, phone, language: "id".to_owned() };
    ctx.write("account.add_person", move |tx| Ok(person::add(tx, &cmd)?.id)).await
}

/// The desk may know who has a number that is taken, and is told instead of being sent away.
async fn with_holders(
    ctx: &Ctx,
    form: &PersonForm,
    mut problems: Vec<Problem>,
) -> Result<(Vec<Problem>, Vec<Holder>)> {
    let mut holders: Vec<Holder> = Vec::new();
    for problem in &mut problems {
        let (text, code) = match problem.code {
            "account-phone-taken" => (&form.phone, "account-phone-of"),
            "account-email-taken" => (&form.email, "account-email-of"),
            _ => continue,
        };
        let Ok(identifier) = Identifier::parse("phone", text, ctx.keyring()) else { continue };
        let found = ctx.read(move |read| person::by_identifier(read, &identifier)).await?;
        let Some(Person { id, name, .. }) = found else { continue };
        *problem = Problem::with(problem.field.clone(), code, &name);
        let holder = Holder { id: id.to_string(), name };
        if !holders.contains(&holder) {
            holders.push(holder);
        }
    }
    Ok((problems, holders))
}
