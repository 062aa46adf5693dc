//! The door: a number or address and a password; out again by one button.

use askama::Template;
use axum::response::Response;
use base::account::sign_in::{self, Door, Entered, Knock};
use base::account::{Identifier, password, session};
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::doorstep::{Doorstep, Tokens};
use super::{demo, landing, once_only, safe_next, too_many};
use crate::app::DemoLogin;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Query};

/// Where to go after signing in.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Way {
    #[serde(default)]
    pub(crate) next: String,
    #[serde(default)]
    pub(crate) stay: String,
    /// `1` if a form was sent that nobody could take.
    #[serde(default)]
    pub(crate) unsent: String,
}

/// What somebody types at the door.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct SignInForm {
    #[serde(default)]
    pub(crate) identifier: String,
    #[serde(default)]
    password: String,
    /// `1` on one's own phone.
    #[serde(default)]
    pub(crate) stay: String,
    #[serde(default)]
    pub(crate) next: String,
    /// `1` from the demo's list of people: their phone is read for whoever chose them.
    #[serde(default)]
    demo: String,
}

/// Somebody one may be in the demo.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DemoDoor {
    role: String,
    name: String,
    place: String,
    identifier: String,
    password: String,
}

/// The door.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/sign_in.html")]
pub(crate) struct SignInPage {
    identifier: String,
    stay: bool,
    next: String,
    /// Whether a form was sent that nobody could take.
    unsent: bool,
    demo: Vec<DemoDoor>,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl SignInPage {
    fn new(ctx: &Ctx, form: SignInForm, problems: Vec<Problem>) -> SignInPage {
        let door = |login: &DemoLogin| DemoDoor {
            role: login.role.text_key(),
            name: login.name.clone(),
            place: login.place.clone(),
            identifier: login.identifier.clone(),
            password: login.password.clone(),
        };
        SignInPage {
            identifier: form.identifier,
            stay: form.stay == "1",
            next: safe_next(&form.next),
            unsent: false,
            demo: ctx.app.0.demo_logins.iter().map(door).collect(),
            problems,
        }
    }

    /// The page with something wrong and somebody to be.
    #[cfg(test)]
    pub(crate) fn sample() -> SignInPage {
        SignInPage {
            identifier: "0812 3456 7".to_owned(),
            stay: true,
            next: "/account".to_owned(),
            unsent: true,
            demo: vec![DemoDoor {
                role: "role-owner".to_owned(),
                name: "Siti Rekaan".to_owned(),
                place: "Dapur Bu Siti".to_owned(),
                identifier: "081234567890".to_owned(),
                password: "rekaan".to_owned(),
            }],
            problems: vec![Problem::with("identifier", "account-phone-length", 9)],
        }
    }
}

pub(crate) async fn show(ctx: Ctx, Query(way): Query<Way>) -> Answer {
    let form = SignInForm { next: way.next, ..SignInForm::default() };
    let page = SignInPage::new(&ctx, form, Vec::new());
    ctx.page(SignInPage { unsent: way.unsent == "1", ..page })
}

pub(crate) async fn submit(ctx: Ctx, door: Doorstep, Input(form): Input<SignInForm>) -> Answer {
    match enter(&ctx, &door, &form).await {
        Ok(response) => Ok(response),
        Err(Error::Invalid(problems)) => ctx.again(SignInPage::new(&ctx, form, problems)),
        Err(Error::Refused(code)) => {
            let problems = vec![Problem::new("password", code)];
            ctx.again(SignInPage::new(&ctx, form, problems))
        }
        Err(error) => Err(error.into()),
    }
}

async fn enter(ctx: &Ctx, door: &Doorstep, form: &SignInForm) -> Result<Response> {
    let identifier = Identifier::parse("identifier", &form.identifier, ctx.keyring());
    let identifier = identifier.map_err(|problem| Error::Invalid(vec![problem]))?;
    if form.password.is_empty() {
        return Err(Error::invalid("password", "account-password-missing"));
    }
    let (network, device) = (door.network.clone(), door.device_hash());
    let knock = Knock { identifier, network, device };
    let opened = once_only(ctx, "account.knock", move |tx| sign_in::knock(tx, &knock)).await?;
    let candidate = match opened {
        Door::Open(candidate) => candidate,
        Door::Shut { retry_at } => return Err(too_many(ctx, "identifier", retry_at)),
    };
    if !password::check_aside(candidate.hash(), form.password.clone()).await? {
        return Err(Error::Refused("account-wrong-password"));
    }
    let tokens = door.tokens(form.stay == "1");
    let arrival = door.arrival(&tokens);
    let enter = move |tx: &mut base::Tx<'_>| sign_in::enter(tx, &candidate, &arrival);
    let entered = once_only(ctx, "account.enter", enter).await?;
    if form.demo == "1" && matches!(entered, Entered::AwaitsCode { .. }) {
        let waiting = base::keyring::hash_token(&tokens.session);
        if let Some((tokens, entered)) = demo::prove(ctx, door, waiting, &form.stay).await? {
            return onward(ctx, door, &tokens, &entered, &form.next).await;
        }
    }
    onward(ctx, door, &tokens, &entered, &form.next).await
}

/// Sends somebody on who got so far, with their new tokens.
pub(crate) async fn onward(
    ctx: &Ctx,
    door: &Doorstep,
    tokens: &Tokens,
    entered: &Entered,
    next: &str,
) -> Result<Response> {
    match entered {
        Entered::AwaitsCode { .. } => {
            let next = safe_next(next);
            let way: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            let stay = if tokens.device.is_some() { "1" } else { "" };
            let mut response = ctx.done(format!("/sign-in/code?next={way}&stay={stay}"), ());
            let waiting = Tokens { session: tokens.session.clone(), device: None };
            door.give(&mut response, &waiting, session::Length::BORROWED);
            Ok(response)
        }
        Entered::In { length, .. } => {
            let hash = base::keyring::hash_token(&tokens.session);
            let view = ctx.read(move |read| session::admit(read, &hash)).await?;
            let next = match &view {
                Some(view) if view.staff_pending_totp => "/account/second-factor".to_owned(),
                Some(view) => landing::onward(ctx, view, next),
                None => safe_next(next),
            };
            let mut response = ctx.done(next, ());
            door.give(&mut response, tokens, *length);
            Ok(response)
        }
    }
}

pub(crate) async fn leave(ctx: Ctx, door: Doorstep) -> Answer {
    if let Some(hash) = door.session_hash() {
        once_only(&ctx, "account.leave", move |tx| session::end(tx, &hash)).await?;
    }
    let mut response = ctx.done_saying("/", "account-signed-out", ());
    door.forget(&mut response);
    Ok(response)
}
