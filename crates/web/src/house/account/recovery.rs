//! For who lost the password: a letter with a link, and the page where the link leads.

use askama::Template;
use base::account::password::{self};
use base::account::recovery::{self, Answer as Told, Ask};
use base::account::{Identifier, Person, person};
use base::{Error, Problem, Result, keyring, message};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::doorstep::Doorstep;
use super::{once_only, too_many};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Input, Path};

/// Who asks for a letter.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct HelpForm {
    #[serde(default)]
    identifier: String,
}

/// Ways back in.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/help.html")]
pub(crate) struct HelpPage {
    identifier: String,
    /// The letter is on its way, if there is somebody to get it.
    sent: bool,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl HelpPage {
    /// The page after the letter.
    #[cfg(test)]
    pub(crate) fn sample() -> HelpPage {
        HelpPage { identifier: "siti@contoh.id".to_owned(), sent: true, problems: Vec::new() }
    }
}

pub(crate) async fn show(ctx: Ctx) -> Answer {
    ctx.page(HelpPage { identifier: String::new(), sent: false, problems: Vec::new() })
}

pub(crate) async fn submit(ctx: Ctx, door: Doorstep, Input(form): Input<HelpForm>) -> Answer {
    let HelpForm { identifier } = form;
    match ask(&ctx, &door, &identifier).await {
        Ok(()) => ctx.page(HelpPage { identifier, sent: true, problems: Vec::new() }),
        Err(Error::Invalid(problems)) => ctx.again(HelpPage { identifier, sent: false, problems }),
        Err(error) => Err(error.into()),
    }
}

async fn ask(ctx: &Ctx, door: &Doorstep, identifier: &str) -> Result<()> {
    let identifier = Identifier::parse("identifier", identifier, ctx.keyring());
    let identifier = identifier.map_err(|problem| Error::Invalid(vec![problem]))?;
    let token = keyring::token();
    let (network, token_hash) = (door.network.clone(), keyring::hash_token(&token));
    let cmd = Ask { identifier, network, token_hash };
    let link = format!("{}/sign-in/password/{token}", ctx.city().base_url);
    let texts = ["id", "en"].map(|language| ctx.app.texts(language));
    let city = ctx.city().name.clone();
    let told = once_only(ctx, "account.ask_letter", move |tx| {
        let told = recovery::ask(tx, &cmd)?;
        if let Told::Write(person) = &told {
            let texts = &texts[usize::from(person.language == "en")];
            let title = texts.fill("account-letter-title", &[&city]);
            let body = texts.fill("account-letter-body", &[&person.name, &link]);
            let address = person.email.as_deref().expect("letters go to people with an address");
            message::mail_later(tx, address, &title, &body)?;
        }
        Ok(told)
    });
    match told.await? {
        Told::Write(_) | Told::Silence => Ok(()),
        Told::Shut { retry_at } => Err(too_many(ctx, "identifier", retry_at)),
    }
}

/// The new password.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(crate) struct ChooseForm {
    #[serde(default)]
    password: String,
}

/// Where a link leads.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/choose.html")]
pub(crate) struct ChoosePage {
    name: String,
    #[serde(skip)]
    token: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl ChoosePage {
    /// The page of somebody invented.
    #[cfg(test)]
    pub(crate) fn sample() -> ChoosePage {
        let (name, token) = ("Siti Rekaan".to_owned(), "abc".to_owned());
        ChoosePage { name, token, problems: Vec::new() }
    }
}

async fn holder(ctx: &Ctx, token: &str) -> Result<Person> {
    let hash = keyring::hash_token(token);
    ctx.read(move |read| recovery::holder(read, &hash)).await
}

pub(crate) async fn choose(ctx: Ctx, Path(token): Path<String>) -> Answer {
    match holder(&ctx, &token).await {
        Ok(Person { name, .. }) => ctx.page(ChoosePage { name, token, problems: Vec::new() }),
        Err(error) => spent(&ctx, error),
    }
}

/// A link that was used or is too old leads to where the next one is asked for.
fn spent(ctx: &Ctx, error: Error) -> Answer {
    match error {
        Error::Refused(code) if ctx.wants_page() => {
            let problems = vec![Problem::new("identifier", code)];
            ctx.again(HelpPage { identifier: String::new(), sent: false, problems })
        }
        error => Err(error.into()),
    }
}

pub(crate) async fn redeem(
    ctx: Ctx,
    door: Doorstep,
    Path(token): Path<String>,
    Input(form): Input<ChooseForm>,
) -> Answer {
    let person = match holder(&ctx, &token).await {
        Ok(person) => person,
        Err(error) => return spent(&ctx, error),
    };
    let password = match person::check_password(&person, "password", &form.password) {
        Ok(password) => password,
        Err(problem) => {
            return ctx.again(ChoosePage { name: person.name, token, problems: vec![problem] });
        }
    };
    let hash = password::hash_aside(password).await?;
    let token_hash = keyring::hash_token(&token);
    let redeem = move |tx: &mut base::Tx<'_>| recovery::redeem(tx, &token_hash, &hash);
    once_only(&ctx, "account.redeem", redeem).await?;
    let mut response = ctx.done_saying("/sign-in", "account-password-set", ());
    door.forget(&mut response);
    Ok(response)
}
