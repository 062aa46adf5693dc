//! Tokens with which programs of an organisation use the API.

use askama::Template;
use base::account::api_token::{self, ApiToken, ApiTokenId, DAYS_MAX, Make, PREFIX};
use base::account::grants_of;
use base::{Error, Problem, Result, Timestamp, keyring};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{once_only, person_id, session};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Path};

/// A token that is wanted.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct TokenForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    permission: Vec<String>,
}

/// Something the token may be allowed.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Choice {
    code: String,
    /// In the reader's language, when there is a text for it.
    word: String,
    chosen: bool,
}

/// The tokens one has made, and the form for another.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/tokens.html")]
pub(crate) struct TokensPage {
    organisation: String,
    living: Vec<ApiToken>,
    choices: Vec<Choice>,
    name: String,
    days: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn page(ctx: &Ctx, form: TokenForm, problems: Vec<Problem>) -> Result<TokensPage> {
    let (id, view) = (person_id(ctx)?, session(ctx)?);
    let find = move |read: &mut base::Read<'_>| {
        let now = Timestamp::of(read);
        let mut tokens = api_token::of_person(read, &id)?;
        tokens.retain(|token| token.lives(now));
        Ok(tokens)
    };
    let living = ctx.read(find).await?;
    let roles = if view.staff_pending_totp { &[][..] } else { &view.roles };
    let mut codes: Vec<String> =
        roles.iter().flat_map(|role| grants_of(*role, &ctx.app.0.grants)).collect();
    codes.sort();
    codes.dedup();
    let texts = ctx.texts();
    let choice = |code: String| {
        let key = format!("permission-{}", code.replace(['.', '_'], "-"));
        let word = if texts.has(&key) { texts.get(&key) } else { code.clone() };
        Choice { chosen: form.permission.contains(&code), code, word }
    };
    Ok(TokensPage {
        organisation: view.organisation.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
        living,
        choices: codes.into_iter().map(choice).collect(),
        name: form.name,
        days: form.days,
        problems,
    })
}

pub(crate) async fn show(ctx: Ctx) -> Answer {
    let form = TokenForm { days: "90".to_owned(), ..TokenForm::default() };
    ctx.page(page(&ctx, form, Vec::new()).await?)
}

/// The token itself, shown once.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/token.html")]
pub(crate) struct TokenPage {
    name: String,
    expires_at: Timestamp,
    #[serde(skip)]
    token: String,
}

pub(crate) async fn make(ctx: Ctx, Input(form): Input<TokenForm>) -> Answer {
    session(&ctx)?;
    let token = format!("{PREFIX}{}", keyring::token());
    let cmd = Make {
        name: form.name.clone(),
        permissions: form.permission.clone(),
        days: form.days.parse().unwrap_or(DAYS_MAX + 1),
        token_hash: keyring::hash_token(&token),
    };
    let made = once_only(&ctx, "account.make_token", move |tx| api_token::make(tx, &cmd)).await;
    match made {
        Ok(ApiToken { name, expires_at, .. }) => ctx.page(TokenPage { name, expires_at, token }),
        Err(Error::Invalid(problems)) => ctx.again(page(&ctx, form, problems).await?),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn revoke(ctx: Ctx, Path(id): Path<ApiTokenId>) -> Answer {
    ctx.write("account.revoke_token", move |tx| api_token::revoke(tx, &id)).await?;
    Ok(ctx.done_saying("/account/tokens", "account-token-revoked", ()))
}
