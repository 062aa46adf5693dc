//! The second question at the door: the code of the authenticator app, or one from the paper.

use std::sync::Arc;

use askama::Template;
use base::account::sign_in::{self, Entered, Proof, Prove};
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::doorstep::Doorstep;
use super::sign_in::{Way, onward};
use super::{demo, once_only, safe_next, too_many};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Query};

/// The code, and what was said at the door.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    stay: String,
    #[serde(default)]
    next: String,
}

/// The second question.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/code.html")]
pub(crate) struct CodePage {
    stay: bool,
    next: String,
    /// In the demo: what the phone would show.
    demo_code: Option<String>,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl CodePage {
    /// What already stands in the field.
    fn shown_code(&self) -> &str {
        self.demo_code.as_deref().unwrap_or_default()
    }

    /// The page after a wrong code.
    #[cfg(test)]
    pub(crate) fn sample() -> CodePage {
        CodePage {
            stay: true,
            next: "/".to_owned(),
            demo_code: Some("123456".to_owned()),
            problems: vec![Problem::with("code", "account-wrong-code", 4)],
        }
    }
}

async fn page(
    ctx: &Ctx,
    door: &Doorstep,
    form: &CodeForm,
    problems: Vec<Problem>,
) -> Result<CodePage> {
    let demo_code = demo::code(ctx, door.session_hash()).await?;
    Ok(CodePage { stay: form.stay == "1", next: safe_next(&form.next), demo_code, problems })
}

pub(crate) async fn show(ctx: Ctx, door: Doorstep, Query(way): Query<Way>) -> Answer {
    let waiting = door.session_hash();
    let waits = ctx
        .read(move |read| match &waiting {
            Some(hash) => Ok(sign_in::waiting(read, hash)?.is_some()),
            None => Ok(false),
        })
        .await?;
    if !waits {
        return Ok(ctx.done("/sign-in", ()));
    }
    let form = CodeForm { code: String::new(), stay: way.stay, next: way.next };
    ctx.page(page(&ctx, &door, &form, Vec::new()).await?)
}

pub(crate) async fn submit(ctx: Ctx, door: Doorstep, Input(form): Input<CodeForm>) -> Answer {
    let Some(waiting_hash) = door.session_hash() else { return Ok(ctx.done("/sign-in", ())) };
    let tokens = door.tokens(form.stay == "1");
    let arrival = door.arrival(&tokens);
    let (token_hash, device_hash) = (arrival.token_hash, arrival.device_hash);
    let (code, shared) = (form.code.clone(), !ctx.app.0.demo_logins.is_empty());
    let cmd = Prove { waiting_hash, code, shared, token_hash, device_hash };
    let keys = Arc::clone(ctx.keyring());
    let proof = once_only(&ctx, "account.prove", move |tx| sign_in::prove(tx, &keys, &cmd)).await?;
    let problems = match proof {
        Proof::In { person, length } => {
            let entered = Entered::In { person, length };
            return Ok(onward(&ctx, &door, &tokens, &entered, &form.next).await?);
        }
        Proof::Expired => return Ok(ctx.done_saying("/sign-in", "account-code-expired", ())),
        Proof::Wrong { left } => vec![Problem::with("code", "account-wrong-code", left)],
        Proof::Shut { retry_at } => match too_many(&ctx, "code", retry_at) {
            Error::Invalid(problems) => problems,
            error => return Err(error.into()),
        },
    };
    ctx.again(page(&ctx, &door, &form, problems).await?)
}
