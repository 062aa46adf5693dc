//! The desk's list of people, and an account opened for somebody who stands there.

use askama::Template;
use base::account::{Person, PersonId, PersonName, person};
use base::{Error, Problem, Result};
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
    has_password: bool,
}

/// The list of people.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/people.html")]
pub(crate) struct PeoplePage {
    q: String,
    people: Vec<PersonRow>,
    next: String,
}

pub(crate) async fn list(ctx: Ctx, Query(search): Query<Search>) -> Answer {
    let q = bounded(&search.q);
    let (wanted, after) = (q.clone(), PersonId::parse(&search.after));
    let found = ctx.read(move |read| person::list(read, &wanted, after.as_ref()));
    let (people, next) = found.await?;
    let row = |person: Person| PersonRow {
        contact: person.contact_mask(),
        id: person.id.to_string(),
        name: person.name,
        has_password: person.has_password,
    };
    let word: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let next = next.map(|id| format!("/people?q={word}&after={id}")).unwrap_or_default();
    ctx.page(PeoplePage { q, people: people.into_iter().map(row).collect(), next })
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
    #[serde(skip)]
    problems: Vec<Problem>,
}

pub(crate) async fn blank(ctx: Ctx) -> Answer {
    let (name, phone, email) = (String::new(), String::new(), String::new());
    ctx.page(NewPersonPage { name, phone, email, problems: Vec::new() })
}

pub(crate) async fn add(ctx: Ctx, Input(form): Input<PersonForm>) -> Answer {
    match try_add(&ctx, &form).await {
        Ok(id) => Ok(ctx.done_saying(format!("/people/{id}"), "account-person-added", id)),
        Err(Error::Invalid(problems)) => {
            let PersonForm { name, phone, email } = form;
            ctx.again(NewPersonPage { name, phone, email, problems })
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
