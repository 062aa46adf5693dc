//! What was sent to a webhook, is on its way, or is held for it: a row for each event and webhook.

use db::{FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use super::events::WebhookReplayed;
use super::send::{DELIVER, Due};
use super::{SELECT, State, Webhook, WebhookId, find};
use crate::account::OrganisationId;
use crate::{Error, Id, Result, StoredEvent, Timestamp, job};

/// Rows of one page.
pub const PAGE_MAX: i64 = 50;
/// What is held for a webhook that rests; what happens beyond is not kept for it.
const HELD_MAX: i64 = 1_000;
/// Ended deliveries are kept so long.
const KEEP_MS: i64 = 30 * 24 * 60 * 60 * 1000;
const PRUNED_MAX: i64 = 2_000;

/// The identity of a delivery, also its `webhook-id`: the same in every attempt.
pub type DeliveryId = Id<Delivery>;

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// On its way, or waiting for its next attempt.
    Waiting,
    /// The webhook rests.
    Held,
    /// The receiver said that it has it.
    Delivered,
    /// The last attempt failed too.
    Failed,
    /// The webhook was closed before it could be sent.
    Dropped,
}

impl DeliveryState {
    /// The stable code, also the end of text keys.
    pub fn code(self) -> &'static str {
        match self {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Held => "held",
            DeliveryState::Delivered => "delivered",
            DeliveryState::Failed => "failed",
            DeliveryState::Dropped => "dropped",
        }
    }

    pub(super) fn of(code: &str) -> DeliveryState {
        match code {
            "waiting" => DeliveryState::Waiting,
            "held" => DeliveryState::Held,
            "delivered" => DeliveryState::Delivered,
            "failed" => DeliveryState::Failed,
            _ => DeliveryState::Dropped,
        }
    }
}

/// One event for one webhook.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Delivery {
    /// Its row, the cursor of lists, and the `webhook-id` it is sent with.
    pub id: DeliveryId,
    /// The event's kind.
    pub kind: String,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was sent.
    pub attempts: i64,
    /// When it is sent again.
    pub next_at: Option<Timestamp>,
    /// What the receiver answered last.
    pub status: Option<i64>,
    /// Why the last attempt failed: a code, also the end of a text key.
    pub failure: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was delivered or given up.
    pub ended_at: Option<Timestamp>,
}

impl FromRow for Delivery {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Delivery {
            id: row.take()?,
            kind: row.take()?,
            state: DeliveryState::of(&row.take::<String>()?),
            attempts: row.take()?,
            next_at: row.take()?,
            status: row.take()?,
            failure: row.take()?,
            created_at: row.take()?,
            ended_at: row.take()?,
        })
    }
}

/// Leaves an event for every webhook that may hear of it: those of the organisations whose event it
/// is, and the city's own. Called by consumers, in the transaction that moves their cursor; `href`
/// is where a program reads more, under its own rights.
pub fn announce(
    tx: &mut Tx<'_>,
    event: &StoredEvent,
    to: &[OrganisationId],
    href: &str,
) -> Result<()> {
    let mut hooks: Vec<Webhook> = tx.all(
        &format!("{SELECT} WHERE whole_city AND state <> $1 ORDER BY id LIMIT 100"),
        &[&State::Closed.code()],
    )?;
    for organisation in to {
        hooks.extend(super::of_organisation(tx, organisation)?);
    }
    hooks.retain(|hook| hook.wants(&event.kind));
    for hook in hooks {
        leave(tx, &hook, event, href)?;
    }
    Ok(())
}

fn leave(tx: &mut Tx<'_>, hook: &Webhook, event: &StoredEvent, href: &str) -> Result<()> {
    let state =
        if hook.state == State::Active { DeliveryState::Waiting } else { DeliveryState::Held };
    if state == DeliveryState::Held && held(tx, &hook.id)? >= HELD_MAX {
        return Ok(());
    }
    let (id, now): (DeliveryId, _) = (tx.new_id(), Timestamp::of(tx));
    let body = json!({
        "id": event.id, "type": event.kind, "timestamp": event.at.iso(),
        "data": { "subject": event.subject, "href": format!("/api/v1{href}") },
    });
    let new: Vec<(DeliveryId,)> = tx.housekeep(
        "INSERT INTO base_deliveries (id, webhook, event, kind, body, state, attempts, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (webhook, event) DO NOTHING RETURNING id",
        &[&id, &hook.id, &event.id, &event.kind, &body.to_string(), &state.code(), &0_i64, &now],
    )?;
    if state == DeliveryState::Waiting && !new.is_empty() {
        send_at(tx, &id, None)?;
    }
    Ok(())
}

fn held(read: &mut Read<'_>, hook: &WebhookId) -> Result<i64> {
    let row: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM base_deliveries WHERE webhook = $1 AND state = $2",
        &[hook, &DeliveryState::Held.code()],
    )?;
    Ok(row.expect("an aggregate has one row").0)
}

/// Leaves the job that sends it.
pub(super) fn send_at(tx: &mut Tx<'_>, id: &DeliveryId, at: Option<Timestamp>) -> Result<()> {
    job::enqueue(tx, DELIVER.kind, &json!({ "delivery": id }), at)?;
    Ok(())
}

/// The deliveries of a webhook, newest first.
pub fn deliveries(
    read: &mut Read<'_>,
    hook: &WebhookId,
    before: Option<&DeliveryId>,
) -> Result<Vec<Delivery>> {
    find(read, hook)?;
    let before = before.map_or("~", DeliveryId::as_str);
    Ok(read.all(
        "SELECT id, kind, state, attempts, next_at, status, failure, created_at, ended_at
         FROM base_deliveries WHERE webhook = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        &[hook, &before, &PAGE_MAX],
    )?)
}

/// Sends a delivery that has ended once more, from its first attempt.
pub fn replay(tx: &mut Tx<'_>, hook: &WebhookId, id: &DeliveryId) -> Result<()> {
    let found = find(tx, hook)?;
    let row: Option<(String,)> =
        tx.first("SELECT state FROM base_deliveries WHERE id = $1 AND webhook = $2", &[id, hook])?;
    let (state,) = row.ok_or(Error::NotFound)?;
    if found.state != State::Active {
        return Err(Error::Refused("webhook-not-active"));
    }
    if !matches!(DeliveryState::of(&state), DeliveryState::Delivered | DeliveryState::Failed) {
        return Err(Error::Refused("webhook-on-its-way"));
    }
    let now = Timestamp::of(tx);
    tx.execute(
        "UPDATE base_deliveries SET state = $1, attempts = 0, next_at = $2, status = NULL,
         failure = NULL, ended_at = NULL WHERE id = $3",
        &[&DeliveryState::Waiting.code(), &now, id],
    )?;
    send_at(tx, id, None)?;
    tx.record(&WebhookReplayed { webhook: hook, delivery: id })?;
    Ok(())
}

/// Sends what was held for a webhook; tells how many.
pub(super) fn release(tx: &mut Tx<'_>, hook: &WebhookId) -> Result<usize> {
    let held: Vec<(DeliveryId,)> = tx.housekeep(
        "UPDATE base_deliveries SET state = $1, attempts = 0 WHERE webhook = $2 AND state = $3
         RETURNING id",
        &[&DeliveryState::Waiting.code(), hook, &DeliveryState::Held.code()],
    )?;
    held.iter().try_for_each(|(id,)| send_at(tx, id, None))?;
    Ok(held.len())
}

/// What waits for a webhook that was closed is never sent.
pub(super) fn drop_waiting(tx: &mut Tx<'_>, hook: &WebhookId) -> Result<()> {
    let now = Timestamp::of(tx);
    tx.housekeep::<(String,)>(
        "UPDATE base_deliveries SET state = $1, ended_at = $2
         WHERE webhook = $3 AND ended_at IS NULL RETURNING id",
        &[&DeliveryState::Dropped.code(), &now, hook],
    )?;
    Ok(())
}

/// What an attempt needs, while the delivery still waits; else none. One whose webhook rests is held.
pub(super) fn due(tx: &mut Tx<'_>, id: &DeliveryId) -> Result<Option<Due>> {
    let row: Option<(WebhookId, String, String, Vec<u8>, String)> = tx.first(
        "SELECT d.webhook, d.body, w.url, w.secret, w.state FROM base_deliveries d
         JOIN base_webhooks w ON w.id = d.webhook WHERE d.id = $1 AND d.state = $2",
        &[id, &DeliveryState::Waiting.code()],
    )?;
    let Some((webhook, body, url, secret, state)) = row else { return Ok(None) };
    if State::of(&state) != State::Active {
        tx.housekeep::<(String,)>(
            "UPDATE base_deliveries SET state = $1, next_at = NULL WHERE id = $2 RETURNING id",
            &[&DeliveryState::Held.code(), id],
        )?;
        return Ok(None);
    }
    Ok(Some(Due { webhook, body, url, secret }))
}

/// Removes deliveries that ended long ago. Called now and then; nothing depends on when.
pub fn prune(tx: &mut Tx<'_>) -> Result<()> {
    let before = tx.now_ms() - KEEP_MS;
    tx.housekeep::<(String,)>(
        "DELETE FROM base_deliveries WHERE id IN (SELECT id FROM base_deliveries
         WHERE ended_at < $1 ORDER BY ended_at LIMIT $2) RETURNING id",
        &[&before, &PRUNED_MAX],
    )?;
    Ok(())
}
