//! Setting up the second factor: why, a QR code, the first code, and eight codes for the paper.

use std::sync::Arc;

use askama::Template;
use base::account::totp::Secret;
use base::account::{person, second_factor};
use base::qr::Qr;
use base::{Error, Problem, Result, Timestamp, keyring};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::doorstep::Doorstep;
use super::password::confirm_it_is_me;
use super::{once_only, person_id, session};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::Input;

/// What an app scans or somebody types into it.
pub(crate) struct Enrolment {
    text: String,
    view_box: String,
    path: String,
    uri: String,
}

/// Where the second factor stands.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/second_factor.html")]
pub(crate) struct SecondFactorPage {
    since: Option<Timestamp>,
    codes_left: i64,
    /// An officer must have one.
    must: bool,
    #[serde(skip)]
    enrolment: Option<Enrolment>,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl SecondFactorPage {
    /// The page with the code to scan.
    #[cfg(test)]
    pub(crate) fn sample() -> SecondFactorPage {
        let secret = Secret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        let enrolment = Some(enrolment(&secret, "Gerai", "siti").unwrap());
        let problems = vec![Problem::new("code", "account-first-code-wrong")];
        SecondFactorPage { since: None, codes_left: 0, must: true, enrolment, problems }
    }
}

fn enrolment(secret: &Secret, issuer: &str, account: &str) -> Result<Enrolment> {
    let uri = secret.uri(issuer, account);
    let qr = Qr::encode(&uri).map_err(Error::broken)?;
    Ok(Enrolment { text: secret.display(), view_box: qr.view_box(), path: qr.path(), uri })
}

async fn page(ctx: &Ctx, problems: Vec<Problem>) -> Result<SecondFactorPage> {
    let (id, keys) = (person_id(ctx)?, Arc::clone(ctx.keyring()));
    let found = ctx.read(move |read| {
        let standing = second_factor::standing(read, &id)?;
        let pending = second_factor::pending(read, &keys, &id)?;
        Ok((standing, pending, person::find(read, &id)?))
    });
    let (standing, pending, person) = found.await?;
    let issuer = format!("Gerai {}", ctx.city().name);
    let phone = person.own_phone(ctx.keyring())?.map(|phone| phone.display());
    let account = person.email.clone().or(phone).unwrap_or(person.name);
    let enrolment = pending.map(|secret| enrolment(&secret, &issuer, &account)).transpose()?;
    Ok(SecondFactorPage {
        since: standing.since,
        codes_left: standing.codes_left,
        must: session(ctx)?.roles.iter().any(|role| role.is_staff()),
        enrolment,
        problems,
    })
}

pub(crate) async fn show(ctx: Ctx) -> Answer {
    ctx.page(page(&ctx, Vec::new()).await?)
}

/// The password, when a second factor is replaced or its paper renewed.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct AgainForm {
    #[serde(default)]
    password: String,
}

/// The first one is begun without a password: whoever signed in gave it just now. A new phone needs
/// it again.
pub(crate) async fn begin(ctx: Ctx, Input(form): Input<AgainForm>) -> Answer {
    match try_begin(&ctx, &form).await {
        Ok(()) => Ok(ctx.done("/account/second-factor", ())),
        Err(Error::Invalid(problems)) => ctx.again(page(&ctx, problems).await?),
        Err(error) => Err(error.into()),
    }
}

async fn try_begin(ctx: &Ctx, form: &AgainForm) -> Result<()> {
    let (id, keys) = (person_id(ctx)?, Arc::clone(ctx.keyring()));
    let look = id.clone();
    let standing = ctx.read(move |read| second_factor::standing(read, &look)).await?;
    if standing.since.is_some() {
        confirm_it_is_me(ctx, "password", &form.password).await?;
    }
    let sealed = second_factor::seal(&keys, &Secret::generate())?;
    let begin =
        move |tx: &mut base::Tx<'_>| second_factor::begin(tx, &keys, &id, &sealed).map(drop);
    once_only(ctx, "account.begin_second_factor", begin).await
}

/// The first code.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct ConfirmForm {
    #[serde(default)]
    code: String,
}

/// The paper, shown once.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/codes.html")]
pub(crate) struct CodesPage {
    #[serde(skip)]
    codes: Vec<String>,
    #[serde(skip)]
    city: String,
}

impl CodesPage {
    /// A paper of somebody invented.
    #[cfg(test)]
    pub(crate) fn sample() -> CodesPage {
        CodesPage { codes: vec!["abcde-fghij".to_owned(); 8], city: "Kota Rekaan".to_owned() }
    }
}

pub(crate) async fn confirm(ctx: Ctx, door: Doorstep, Input(form): Input<ConfirmForm>) -> Answer {
    let token = keyring::token();
    let codes = second_factor::recovery_codes();
    let cmd = second_factor::Confirm {
        person: person_id(&ctx)?,
        code: form.code,
        recovery_codes: codes.clone(),
        session: session(&ctx)?.session.clone(),
        token_hash: keyring::hash_token(&token),
    };
    let keys = Arc::clone(ctx.keyring());
    let confirm = move |tx: &mut base::Tx<'_>| second_factor::confirm(tx, &keys, &cmd);
    if !once_only(&ctx, "account.confirm_second_factor", confirm).await? {
        let problems = vec![Problem::new("code", "account-first-code-wrong")];
        return ctx.again(page(&ctx, problems).await?);
    }
    let mut response = ctx.page(CodesPage { codes, city: ctx.city().name.clone() })?;
    door.renew(&mut response, &token);
    Ok(response)
}

pub(crate) async fn renew(ctx: Ctx, Input(form): Input<AgainForm>) -> Answer {
    match confirm_it_is_me(&ctx, "password", &form.password).await {
        Ok(_) => {}
        Err(Error::Invalid(problems)) => return ctx.again(page(&ctx, problems).await?),
        Err(error) => return Err(error.into()),
    }
    let (id, keys) = (person_id(&ctx)?, Arc::clone(ctx.keyring()));
    let codes = second_factor::recovery_codes();
    let new = codes.clone();
    let renew = move |tx: &mut base::Tx<'_>| second_factor::renew_codes(tx, &keys, &id, &new);
    once_only(&ctx, "account.renew_codes", renew).await?;
    ctx.page(CodesPage { codes, city: ctx.city().name.clone() })
}
