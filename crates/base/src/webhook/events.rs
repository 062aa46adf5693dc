//! What webhooks tell the city. The address itself may hold a secret of its receiver: only its host.

use db::Event;
use serde::Serialize;

use super::{DeliveryId, WebhookId};

/// Somebody registered an address.
#[derive(Serialize)]
pub(crate) struct WebhookMade<'a> {
    #[serde(skip)]
    pub(crate) webhook: &'a WebhookId,
    pub(crate) host: &'a str,
    pub(crate) kinds: &'a [String],
}
impl Event for WebhookMade<'_> {
    const KIND: &'static str = "webhook.made";
    fn subject(&self) -> String {
        self.webhook.to_string()
    }
}

/// Its people let it rest.
#[derive(Serialize)]
pub(crate) struct WebhookPaused<'a> {
    #[serde(skip)]
    pub(crate) webhook: &'a WebhookId,
}
impl Event for WebhookPaused<'_> {
    const KIND: &'static str = "webhook.paused";
    fn subject(&self) -> String {
        self.webhook.to_string()
    }
}

/// It hears again, first what was held for it.
#[derive(Serialize)]
pub(crate) struct WebhookResumed<'a> {
    #[serde(skip)]
    pub(crate) webhook: &'a WebhookId,
    pub(crate) released: usize,
}
impl Event for WebhookResumed<'_> {
    const KIND: &'static str = "webhook.resumed";
    fn subject(&self) -> String {
        self.webhook.to_string()
    }
}

/// A delivery failed until its last attempt, so the program let the webhook rest.
#[derive(Serialize)]
pub(crate) struct WebhookSuspended<'a> {
    #[serde(skip)]
    pub(crate) webhook: &'a WebhookId,
    pub(crate) delivery: &'a DeliveryId,
}
impl Event for WebhookSuspended<'_> {
    const KIND: &'static str = "webhook.suspended";
    fn subject(&self) -> String {
        self.webhook.to_string()
    }
}

/// Somebody wants a delivery sent again.
#[derive(Serialize)]
pub(crate) struct WebhookReplayed<'a> {
    #[serde(skip)]
    pub(crate) webhook: &'a WebhookId,
    pub(crate) delivery: &'a DeliveryId,
}
impl Event for WebhookReplayed<'_> {
    const KIND: &'static str = "webhook.replayed";
    fn subject(&self) -> String {
        self.webhook.to_string()
    }
}

/// It is gone for good.
#[derive(Serialize)]
pub(crate) struct WebhookClosed<'a> {
    #[serde(skip)]
    pub(crate) webhook: &'a WebhookId,
}
impl Event for WebhookClosed<'_> {
    const KIND: &'static str = "webhook.closed";
    fn subject(&self) -> String {
        self.webhook.to_string()
    }
}
