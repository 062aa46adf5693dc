//! Sending: one attempt is one job. Pauses grow; after the last the delivery has failed, the webhook
//! rests and its people are told.

use db::Tx;
use serde_json::{Value, json};

use super::courier::Parcel;
use super::delivery::{self, DeliveryId, DeliveryState};
use super::events::WebhookSuspended;
use super::{HookUrl, SECRET_PURPOSE, State, WebhookId, signature};
use crate::job::{JobKind, Workshop};
use crate::message::{self, To};
use crate::{Error, Result, Timestamp};

const MINUTE_MS: i64 = 60 * 1000;
/// How long after each failed attempt the next one follows: a day and a half in all.
const PAUSES_MS: [i64; 7] = [
    MINUTE_MS / 2,
    2 * MINUTE_MS,
    10 * MINUTE_MS,
    60 * MINUTE_MS,
    3 * 60 * MINUTE_MS,
    8 * 60 * MINUTE_MS,
    24 * 60 * MINUTE_MS,
];
/// So often a delivery is sent before it has failed.
pub const ATTEMPTS_MAX: usize = PAUSES_MS.len() + 1;

/// The job of the webhooks.
pub const DELIVER: JobKind = JobKind { kind: "webhook.deliver", run: deliver };

/// What an attempt needs.
#[derive(Debug)]
pub(super) struct Due {
    pub(super) webhook: WebhookId,
    pub(super) body: String,
    pub(super) url: String,
    pub(super) secret: Vec<u8>,
}

/// How an attempt ended: the receiver's status, or the code of what went wrong before one came.
type Ended = Result<u16, &'static str>;

fn deliver(shop: &Workshop, data: &Value) -> Result<()> {
    let id = data["delivery"].as_str().and_then(DeliveryId::parse);
    let id = id.ok_or_else(|| Error::broken("a job without its delivery"))?;
    let wanted = id.clone();
    let due = shop.db.write("webhook.due", move |tx| delivery::due(tx, &wanted)).wait()?;
    let Some(due) = due else { return Ok(()) };
    let secret = shop.keyring.open(SECRET_PURPOSE, &due.secret).map_err(Error::broken)?;
    let now_s = shop.db.clock().now_ms() / 1000;
    let signature = signature::sign(&secret, id.as_str(), now_s, &due.body)?;
    let ended = match HookUrl::parse("url", &due.url, shop.courier.reaches_loopback()) {
        Ok(url) => shop.courier.post(&Parcel {
            method: "POST",
            url: &url,
            headers: &[
                ("webhook-id", id.as_str()),
                ("webhook-timestamp", &now_s.to_string()),
                ("webhook-signature", &signature),
            ],
            body: &due.body,
        }),
        Err(wrong) => Err(wrong.code),
    };
    let webhook = due.webhook;
    shop.db.write("webhook.attempted", move |tx| attempted(tx, &webhook, &id, ended)).wait()
}

/// Notes an attempt, and what follows from it.
fn attempted(tx: &mut Tx<'_>, hook: &WebhookId, id: &DeliveryId, ended: Ended) -> Result<()> {
    let status = ended.ok().map(i64::from);
    let failure = match ended {
        Ok(200..=299) => None,
        Ok(300..=399) => Some("redirect"),
        Ok(_) => Some("refused"),
        Err(code) => Some(code),
    };
    let row: Option<(i64,)> = tx.first(
        "SELECT attempts FROM base_deliveries WHERE id = $1 AND state = $2",
        &[id, &DeliveryState::Waiting.code()],
    )?;
    let Some((before,)) = row else { return Ok(()) };
    let now = Timestamp::of(tx);
    let pause = usize::try_from(before).ok().and_then(|before| PAUSES_MS.get(before));
    let next = failure.and(pause).map(|pause| now.plus_ms(*pause));
    let state = match (failure, next) {
        (None, _) => DeliveryState::Delivered,
        (Some(_), Some(_)) => DeliveryState::Waiting,
        (Some(_), None) => DeliveryState::Failed,
    };
    let over = next.is_none().then_some(now);
    tx.housekeep::<(String,)>(
        "UPDATE base_deliveries SET state = $1, attempts = $2, next_at = $3, status = $4, failure = $5,
         ended_at = $6 WHERE id = $7 RETURNING id",
        &[&state.code(), &(before + 1), &next, &status, &failure, &over, id],
    )?;
    match state {
        DeliveryState::Waiting => delivery::send_at(tx, id, next),
        DeliveryState::Failed => suspend(tx, hook, id),
        _ => Ok(()),
    }
}

/// A receiver that has not answered for so long is not knocked at any more until somebody looks.
fn suspend(tx: &mut Tx<'_>, hook: &WebhookId, id: &DeliveryId) -> Result<()> {
    let row: Option<(String, String)> = tx.first(
        "SELECT organisation, url FROM base_webhooks WHERE id = $1 AND state = $2",
        &[hook, &State::Active.code()],
    )?;
    let Some((organisation, url)) = row else { return Ok(()) };
    super::set(tx, hook, State::Suspended)?;
    let host = HookUrl::parse("url", &url, true).map(|url| url.host().to_owned());
    let args = json!({ "a": host.unwrap_or_default() });
    let link = format!("/webhooks/{hook}");
    message::tell(
        tx,
        &To::Organisation(organisation),
        "webhook-told-suspended",
        &args,
        Some(&link),
    )?;
    tx.record(&WebhookSuspended { webhook: hook, delivery: id })?;
    Ok(())
}
