//! One's own account: what is known, for whom one acts, and the ways to its other pages.

use std::sync::Arc;

use askama::Template;
use base::account::{
    Email, OrganisationId, Person, PersonName, Phone, look, membership, person, second_factor,
    session,
};
use base::keyring::{self, Keyring};
use base::{Error, Problem, Read, Result, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::doorstep::Doorstep;
use super::join::contacts;
use super::password::confirm_it_is_me;
use super::{landing, once_only, person_id, session, sort};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::Input;

/// An organisation one may act for.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Seat {
    id: String,
    organisation: String,
    kind: String,
    /// Keys of the roles' titles.
    roles: Vec<String>,
    current: bool,
}

/// One's own account.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/account.html")]
pub(crate) struct AccountPage {
    name: String,
    phone: String,
    email: String,
    since: Timestamp,
    seats: Vec<Seat>,
    second_factor: Option<Timestamp>,
    codes_left: i64,
    /// An officer who has not set one up yet.
    pending: bool,
    sessions: usize,
    looks: usize,
    tokens: bool,
    webhooks: bool,
}

impl AccountPage {
    /// An owner of two businesses.
    #[cfg(test)]
    pub(crate) fn sample() -> AccountPage {
        let seat = |id: &str, organisation: &str, current| Seat {
            id: id.to_owned(),
            organisation: organisation.to_owned(),
            kind: "organisation-kind-business".to_owned(),
            roles: vec!["role-owner".to_owned()],
            current,
        };
        AccountPage {
            name: "Siti Rekaan".to_owned(),
            phone: "0812 3456 7890".to_owned(),
            email: String::new(),
            since: Timestamp::from_ms(1_773_300_000_000),
            seats: vec![seat("a", "Dapur Bu Siti", true), seat("b", "Katering Bu Siti", false)],
            second_factor: Some(Timestamp::from_ms(1_773_300_000_000)),
            codes_left: 2,
            pending: false,
            sessions: 2,
            looks: 3,
            tokens: true,
            webhooks: true,
        }
    }
}

pub(crate) async fn show(ctx: Ctx) -> Answer {
    let view = session(&ctx)?.clone();
    let keys = Arc::clone(ctx.keyring());
    let page = ctx.read(move |read| account(read, &keys, &view)).await?;
    ctx.page(page)
}

fn account(
    read: &mut Read<'_>,
    keys: &Keyring,
    view: &session::SessionView,
) -> Result<AccountPage> {
    let person = person::find(read, &view.person)?;
    let standing = second_factor::standing(read, &view.person)?;
    let here = view.organisation.as_ref().map(|it| it.id.clone());
    let places = membership::places(read, &view.person)?;
    let seats = places.into_iter().map(|(organisation, roles)| Seat {
        current: Some(&organisation.id) == here.as_ref(),
        id: organisation.id.to_string(),
        kind: organisation.kind.text_key(),
        organisation: organisation.name,
        roles: roles.iter().map(|role| role.text_key()).collect(),
    });
    Ok(AccountPage {
        phone: own_phone(&person, keys)?,
        email: person.email.clone().unwrap_or_default(),
        name: person.name,
        since: person.created_at,
        seats: seats.collect(),
        second_factor: standing.since,
        codes_left: standing.codes_left,
        pending: view.staff_pending_totp,
        sessions: session::of_person(read, &view.person)?.len(),
        looks: look::of_person(read, &view.person)?.len(),
        tokens: here.is_some(),
        webhooks: here.is_some() && read.actor().may(base::webhook::MANAGE.0),
    })
}

/// One's own number as people write it: on one's own page that is no look.
fn own_phone(person: &Person, keys: &Keyring) -> Result<String> {
    Ok(person.own_phone(keys)?.map(|phone| phone.display()).unwrap_or_default())
}

/// For whom one wants to act.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct SeatForm {
    #[serde(default)]
    seat: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn switch(ctx: Ctx, door: Doorstep, Input(form): Input<SeatForm>) -> Answer {
    let session = session(&ctx)?.session.clone();
    let organisation = OrganisationId::parse(&form.seat).ok_or(Error::NotFound)?;
    let token = keyring::token();
    let hash = keyring::hash_token(&token);
    let switch = move |tx: &mut base::Tx<'_>| {
        session::switch(tx, &session, &organisation, &hash)?;
        session::admit(tx, &hash)
    };
    let view = once_only(&ctx, "account.switch", switch).await?.ok_or(Error::Unauthenticated)?;
    let at = landing::onward(&ctx, &view, &form.back);
    let mut response = ctx.done_saying(at, "account-switched", ());
    door.renew(&mut response, &token);
    Ok(response)
}

/// What a person corrects about themselves.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct DetailsForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// The form of name, number and address.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/details.html")]
pub(crate) struct DetailsPage {
    name: String,
    phone: String,
    email: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl DetailsPage {
    /// The page with a number that is taken.
    #[cfg(test)]
    pub(crate) fn sample() -> DetailsPage {
        DetailsPage {
            name: "Siti Rekaan".to_owned(),
            phone: "0812 3456 7890".to_owned(),
            email: String::new(),
            problems: vec![Problem::new("phone", "account-phone-taken")],
        }
    }
}

pub(crate) async fn details(ctx: Ctx) -> Answer {
    let id = person_id(&ctx)?;
    let person = ctx.read(move |read| person::find(read, &id)).await?;
    let phone = own_phone(&person, ctx.keyring())?;
    let email = person.email.unwrap_or_default();
    ctx.page(DetailsPage { name: person.name, phone, email, problems: Vec::new() })
}

pub(crate) async fn change(ctx: Ctx, Input(form): Input<DetailsForm>) -> Answer {
    match try_change(&ctx, &form).await {
        Ok(()) => Ok(ctx.done_saying("/account", "account-details-saved", ())),
        Err(Error::Invalid(problems)) => {
            let DetailsForm { name, phone, email, .. } = form;
            ctx.again(DetailsPage { name, phone, email, problems })
        }
        Err(error) => Err(error.into()),
    }
}

async fn try_change(ctx: &Ctx, form: &DetailsForm) -> Result<()> {
    let mut problems = Vec::new();
    let name = sort(PersonName::parse("name", &form.name), &mut problems);
    let (phone, email): (Option<Phone>, Option<Email>) =
        contacts(&form.phone, &form.email, &mut problems);
    let name = match name {
        Some(name) if problems.is_empty() => name,
        _ => return Err(Error::Invalid(problems)),
    };
    confirm_it_is_me(ctx, "password", &form.password).await?;
    let phone = phone.map(|phone| phone.seal(ctx.keyring()));
    let cmd = person::Change { person: person_id(ctx)?, name, email, phone };
    once_only(ctx, "account.change", move |tx| person::change(tx, &cmd).map(drop)).await
}
