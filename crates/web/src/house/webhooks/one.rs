//! One webhook: how it stands, what was sent, and what its people may do about it.

use askama::Template;
use base::webhook::{self, Delivery, DeliveryId, DeliveryState, MANAGE, State, Webhook, WebhookId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{host, word};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Path, Query};
use crate::routes::{Access, Routes};

pub(super) fn routes(routes: Routes) -> Routes {
    let manage = Access::May(MANAGE);
    routes
        .get("/webhooks/{id}", show, manage)
        .asks(&["before"])
        .gives::<WebhookPage>()
        .post("/webhooks/{id}/pause", pause, manage)
        .post("/webhooks/{id}/resumption", resume, manage)
        .post("/webhooks/{id}/closure", close, manage)
        .post("/webhooks/{id}/deliveries/{delivery}/replay", replay, manage)
}

#[derive(Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    before: String,
}

/// What was sent, as a row.
#[derive(Serialize, JsonSchema)]
struct Sent {
    #[serde(flatten)]
    delivery: Delivery,
    #[serde(skip)]
    word: String,
}

impl Sent {
    fn tone(&self) -> &'static str {
        match self.delivery.state {
            DeliveryState::Delivered => "ok",
            DeliveryState::Waiting if self.delivery.attempts == 0 => "info",
            DeliveryState::Waiting | DeliveryState::Held => "warn",
            DeliveryState::Failed => "bad",
            DeliveryState::Dropped => "",
        }
    }

    fn has_ended(&self) -> bool {
        matches!(self.delivery.state, DeliveryState::Delivered | DeliveryState::Failed)
    }

    fn state_key(&self) -> String {
        format!("webhook-delivery-{}", self.delivery.state.code())
    }

    fn failure_key(&self) -> Option<String> {
        self.delivery.failure.as_ref().map(|code| match code.strip_prefix("webhook-url-") {
            Some(_) => "webhook-failure-private".to_owned(),
            None => format!("webhook-failure-{code}"),
        })
    }
}

/// A webhook and its deliveries, newest first.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/webhook.html")]
struct WebhookPage {
    hook: Webhook,
    deliveries: Vec<Sent>,
    /// The cursor of older ones, for `before`.
    next: Option<DeliveryId>,
    #[serde(skip)]
    words: Vec<String>,
}

impl WebhookPage {
    fn host(&self) -> &str {
        host(&self.hook.url)
    }

    fn is_active(&self) -> bool {
        self.hook.state == State::Active
    }

    fn tone(&self) -> &'static str {
        match self.hook.state {
            State::Active => "ok",
            State::Suspended => "bad",
            _ => "warn",
        }
    }

    fn next_href(&self) -> String {
        let next = self.next.as_ref();
        next.map(|next| format!("/webhooks/{}?before={next}", self.hook.id)).unwrap_or_default()
    }
}

async fn show(ctx: Ctx, Path(id): Path<WebhookId>, Query(asked): Query<Asked>) -> Answer {
    let before = DeliveryId::parse(&asked.before);
    let found = ctx.read(move |read| {
        Ok((webhook::find(read, &id)?, webhook::deliveries(read, &id, before.as_ref())?))
    });
    let (hook, deliveries) = found.await?;
    let texts = ctx.texts();
    let full = i64::try_from(deliveries.len()).is_ok_and(|count| count == webhook::PAGE_MAX);
    let next = deliveries.last().filter(|_| full).map(|last| last.id.clone());
    let sent = |delivery: Delivery| Sent { word: word(&texts, &delivery.kind), delivery };
    let words = hook.kinds.iter().map(|kind| word(&texts, kind)).collect();
    ctx.page(WebhookPage {
        hook,
        deliveries: deliveries.into_iter().map(sent).collect(),
        next,
        words,
    })
}

async fn pause(ctx: Ctx, Path(id): Path<WebhookId>) -> Answer {
    let at = format!("/webhooks/{id}");
    ctx.write("webhook.pause", move |tx| webhook::pause(tx, &id).map(drop)).await?;
    Ok(ctx.done_saying(at, "webhook-paused-now", ()))
}

async fn resume(ctx: Ctx, Path(id): Path<WebhookId>) -> Answer {
    let at = format!("/webhooks/{id}");
    ctx.write("webhook.resume", move |tx| webhook::resume(tx, &id).map(drop)).await?;
    Ok(ctx.done_saying(at, "webhook-resumed-now", ()))
}

async fn close(ctx: Ctx, Path(id): Path<WebhookId>) -> Answer {
    ctx.write("webhook.close", move |tx| webhook::close(tx, &id)).await?;
    Ok(ctx.done_saying("/webhooks", "webhook-closed-now", ()))
}

async fn replay(ctx: Ctx, Path((id, delivery)): Path<(WebhookId, DeliveryId)>) -> Answer {
    let at = format!("/webhooks/{id}");
    ctx.write("webhook.replay", move |tx| webhook::replay(tx, &id, &delivery)).await?;
    Ok(ctx.done_saying(at, "webhook-replayed-now", ()))
}
