//! Webhooks on the screen: where an organisation's programs hear of its events.

mod one;

use std::collections::BTreeSet;

use askama::Template;
use base::webhook::{
    self, HOOKS_MAX, HookUrl, MANAGE, Make, SECRET_PURPOSE, State, Webhook, WebhookId, secret,
};
use base::{Error, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::Input;
use crate::routes::{Access, Routes};
use crate::texts::Texts;

/// Adds the routes of webhooks.
pub(crate) fn routes(routes: Routes) -> Routes {
    let manage = Access::May(MANAGE);
    let routes = routes
        .get("/webhooks", list, manage)
        .gives::<WebhooksPage>()
        .post("/webhooks", make, manage)
        .takes::<WebhookForm>()
        .needs(&["url"])
        .gives::<NewWebhookPage>();
    one::routes(routes)
}

/// A webhook that is wanted.
#[derive(Clone, Default, Deserialize, JsonSchema)]
struct WebhookForm {
    /// An https address on the open net.
    #[serde(default)]
    url: String,
    /// Kinds of events, as `GET /webhooks` lists them; none for all.
    #[serde(default)]
    kinds: Vec<String>,
}

/// A kind of event that one may hear of.
#[derive(Serialize, JsonSchema)]
struct Topic {
    kind: String,
    /// In the reader's language.
    word: String,
    #[serde(skip)]
    chosen: bool,
}

/// The webhooks of the organisation, and the form for another.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/webhooks.html")]
struct WebhooksPage {
    hooks: Vec<Webhook>,
    topics: Vec<Topic>,
    #[serde(skip)]
    full: bool,
    #[serde(skip)]
    whole_city: bool,
    #[serde(skip)]
    url: String,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// A new webhook with its secret, which is shown once.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/new_webhook.html")]
struct NewWebhookPage {
    id: WebhookId,
    url: String,
    /// None when it was made some time ago.
    secret: Option<String>,
}

/// The word for a kind of event, the same as in the trail.
fn word(texts: &Texts, kind: &str) -> String {
    texts.get(&format!("event-{}", kind.replace(['.', '_'], "-")))
}

/// The host of an address, which says where it goes and no secret.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

impl WebhooksPage {
    fn host<'a>(&self, hook: &'a Webhook) -> &'a str {
        host(&hook.url)
    }

    fn tone(&self, hook: &Webhook) -> &'static str {
        if hook.state == State::Active { "ok" } else { "warn" }
    }
}

async fn page(ctx: &Ctx, form: WebhookForm, problems: Vec<Problem>) -> Result<WebhooksPage> {
    let hooks = ctx.read(webhook::list).await?;
    let texts = ctx.texts();
    let topic = |kind: &&'static str| Topic {
        kind: (*kind).to_owned(),
        word: word(&texts, kind),
        chosen: form.kinds.iter().any(|chosen| chosen == kind),
    };
    Ok(WebhooksPage {
        full: hooks.len() >= HOOKS_MAX,
        hooks,
        topics: ctx.app.topics().iter().map(topic).collect(),
        whole_city: ctx.admits(Access::May(base::account::MANAGE)),
        url: form.url,
        problems,
    })
}

async fn list(ctx: Ctx) -> Answer {
    ctx.page(page(&ctx, WebhookForm::default(), Vec::new()).await?)
}

impl WebhookForm {
    fn parse(&self, ctx: &Ctx) -> Result<Make> {
        let mut problems = Vec::new();
        let url = HookUrl::parse("url", &self.url, ctx.city().demo);
        let known: BTreeSet<&str> = ctx.app.topics().iter().copied().collect();
        if !self.kinds.iter().all(|kind| known.contains(kind.as_str())) {
            problems.push(Problem::new("kinds", "webhook-kinds-unknown"));
        }
        match url.map_err(|problem| problems.push(problem)) {
            Ok(url) if problems.is_empty() => {
                let sealed = ctx.keyring().seal(SECRET_PURPOSE, &secret(), "");
                let secret = sealed.map_err(Error::broken)?.ciphertext;
                Ok(Make { url, kinds: self.kinds.clone(), secret })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

async fn make(ctx: Ctx, Input(form): Input<WebhookForm>) -> Answer {
    match form.parse(&ctx) {
        Ok(cmd) => {
            let made = ctx.write("webhook.make", move |tx| webhook::make(tx, &cmd).map(|it| it.id));
            let id = made.await?;
            let (keys, wanted) = (ctx.keyring().clone(), id.clone());
            let found = ctx.read(move |read| {
                let hook = webhook::find(read, &wanted)?;
                Ok((hook.url, webhook::secret_of_new(read, &keys, &wanted)?))
            });
            let (url, secret) = found.await?;
            let page = NewWebhookPage { id, url, secret };
            if ctx.wants_page() {
                return ctx.page(page);
            }
            Ok(ctx.done(format!("/webhooks/{}", page.id), page))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(page(&ctx, form, problems).await?)
        }
        Err(error) => Err(error.into()),
    }
}
