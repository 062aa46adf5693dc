//! A new password for who knows the old one; and proof that it is still the same person.

use askama::Template;
use base::account::attempt::{self, Scope};
use base::account::{password, person};
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{once_only, person_id, session, too_many};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::Input;

/// Old and new.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct PasswordForm {
    #[serde(default)]
    old: String,
    #[serde(default)]
    password: String,
}

/// The form for a new password.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/password.html")]
pub(crate) struct PasswordPage {
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl PasswordPage {
    /// The page with a wrong old password.
    #[cfg(test)]
    pub(crate) fn sample() -> PasswordPage {
        PasswordPage { problems: vec![Problem::new("old", "account-old-password-wrong")] }
    }
}

pub(crate) async fn show(ctx: Ctx) -> Answer {
    ctx.page(PasswordPage { problems: Vec::new() })
}

pub(crate) async fn submit(ctx: Ctx, Input(form): Input<PasswordForm>) -> Answer {
    match change(&ctx, &form).await {
        Ok(()) => Ok(ctx.done_saying("/account", "account-password-saved", ())),
        Err(Error::Invalid(problems)) => ctx.again(PasswordPage { problems }),
        Err(error) => Err(error.into()),
    }
}

async fn change(ctx: &Ctx, form: &PasswordForm) -> Result<()> {
    let id = person_id(ctx)?;
    let find = id.clone();
    let me = ctx.read(move |read| person::find(read, &find)).await?;
    let new = person::check_password(&me, "password", &form.password);
    let new = new.map_err(|problem| Error::Invalid(vec![problem]))?;
    let old = confirm_it_is_me(ctx, "old", &form.old).await?;
    if form.old == form.password {
        return Err(Error::invalid("password", "account-password-same"));
    }
    let new = password::hash_aside(new).await?;
    let keep = Some(session(ctx)?.session.clone());
    let cmd = password::Change { person: id, old, new, keep };
    once_only(ctx, "account.change_password", move |tx| password::change(tx, &cmd)).await
}

/// The password once more, before something that a thief of the session would like to do. Counted
/// like a sign-in from a known device. Gives the hash it was checked against.
pub(crate) async fn confirm_it_is_me(
    ctx: &Ctx,
    field: &str,
    text: &str,
) -> Result<Option<password::Hash>> {
    let id = person_id(ctx)?;
    let counted = id.clone();
    let scopes = vec![Scope::of("confirm", id.as_str(), attempt::DEVICE)];
    let (count, back) = (scopes.clone(), scopes);
    let (shut, hash) = once_only(ctx, "account.confirm", move |tx| {
        let shut = attempt::count(tx, &count)?;
        Ok((shut, person::password_of(tx, &counted)?))
    })
    .await?;
    if let Some(retry_at) = shut {
        return Err(too_many(ctx, field, retry_at));
    }
    if !password::check_aside(hash.clone(), text.to_owned()).await? {
        return Err(Error::invalid(field, "account-old-password-wrong"));
    }
    once_only(ctx, "account.confirmed", move |tx| attempt::forgive(tx, &back)).await?;
    Ok(hash)
}
