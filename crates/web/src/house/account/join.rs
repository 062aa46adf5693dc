//! Opening an account: name, number or address, password.

use askama::Template;
use axum::response::Response;
use base::account::password::{self, Password};
use base::account::{Email, PersonName, Phone, person, sign_in};
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::doorstep::Doorstep;
use super::sign_in::{Way, onward};
use super::{minutes_until, once_only, safe_next, sort};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Query};

/// What somebody tells about themselves.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct JoinForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    stay: String,
    #[serde(default)]
    next: String,
}

struct Parsed {
    name: PersonName,
    phone: Option<Phone>,
    email: Option<Email>,
    password: Password,
}

impl JoinForm {
    fn parse(&self) -> Result<Parsed> {
        let mut problems = Vec::new();
        let name = sort(PersonName::parse("name", &self.name), &mut problems);
        let (phone, email) = contacts(&self.phone, &self.email, &mut problems);
        let own = [self.name.as_str(), &self.phone, &self.email];
        let password = sort(Password::parse("password", &self.password, &own), &mut problems);
        match (name, password) {
            (Some(name), Some(password)) if problems.is_empty() => {
                Ok(Parsed { name, phone, email, password })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

/// A number, an address, or both; which of them is missing is said at the number.
pub(crate) fn contacts(
    phone: &str,
    email: &str,
    problems: &mut Vec<Problem>,
) -> (Option<Phone>, Option<Email>) {
    let given = |text: &str| !text.trim().is_empty();
    if !given(phone) && !given(email) {
        problems.push(Problem::new("phone", "account-contact-missing"));
    }
    let parsed = given(phone).then(|| Phone::parse("phone", phone));
    let phone = parsed.and_then(|result| sort(result, problems));
    let parsed = given(email).then(|| Email::parse("email", email));
    (phone, parsed.and_then(|result| sort(result, problems)))
}

/// The form for a new account.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/join.html")]
pub(crate) struct JoinPage {
    name: String,
    phone: String,
    email: String,
    stay: bool,
    next: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl JoinPage {
    fn new(form: JoinForm, problems: Vec<Problem>) -> JoinPage {
        let JoinForm { name, phone, email, stay, next, .. } = form;
        JoinPage { name, phone, email, stay: stay == "1", next: safe_next(&next), problems }
    }

    /// The page with a password that is too common.
    #[cfg(test)]
    pub(crate) fn sample() -> JoinPage {
        let form = JoinForm { name: "Siti Rekaan".to_owned(), ..JoinForm::default() };
        JoinPage::new(form, vec![Problem::new("password", "account-password-common")])
    }
}

pub(crate) async fn show(ctx: Ctx, Query(way): Query<Way>) -> Answer {
    let form = JoinForm { next: way.next, ..JoinForm::default() };
    ctx.page(JoinPage::new(form, Vec::new()))
}

pub(crate) async fn submit(ctx: Ctx, door: Doorstep, Input(form): Input<JoinForm>) -> Answer {
    match join(&ctx, &door, &form).await {
        Ok(response) => Ok(response),
        Err(Error::Invalid(problems)) => ctx.again(JoinPage::new(form, problems)),
        Err(error) => Err(error.into()),
    }
}

async fn join(ctx: &Ctx, door: &Doorstep, form: &JoinForm) -> Result<Response> {
    let Parsed { name, phone, email, password } = form.parse()?;
    let network = door.network.clone();
    let hourly = ctx.city().limits.accounts_per_hour;
    let knock = move |tx: &mut base::Tx<'_>| sign_in::knock_to_join(tx, &network, hourly);
    if let Some(retry_at) = once_only(ctx, "account.knock_to_join", knock).await? {
        let minutes = minutes_until(ctx, retry_at);
        return Err(Error::Invalid(vec![Problem::with("name", "account-too-many-new", minutes)]));
    }
    let password = password::hash_aside(password).await?;
    let language = ctx.guest().language.to_owned();
    let phone = phone.map(|phone| phone.seal(ctx.keyring()));
    let cmd = person::Register { name, email, phone, password, language };
    let tokens = door.tokens(form.stay == "1");
    let arrival = door.arrival(&tokens);
    let register = move |tx: &mut base::Tx<'_>| {
        let person = person::register(tx, &cmd)?;
        sign_in::arrive(tx, &person.id, &arrival)
    };
    let entered = once_only(ctx, "account.register", register).await?;
    let next = if form.next.is_empty() { "/account" } else { &form.next };
    let mut response = onward(ctx, door, &tokens, &entered, next).await?;
    ctx.say_next(&mut response, "account-joined");
    Ok(response)
}
