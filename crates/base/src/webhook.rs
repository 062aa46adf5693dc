//! Webhooks: an organisation names an https address and the kinds of events it wants, and hears of
//! its own events there, signed. What goes out is thin (which event, of what, where to read it), so
//! that nothing personal leaves and the reader's own rights decide what more it learns.

mod address;
mod courier;
mod delivery;
mod events;
mod send;
mod signature;

use db::{FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

pub use address::HookUrl;
pub use courier::{Courier, Parcel, Said};
pub use delivery::{
    Delivery, DeliveryId, DeliveryState, PAGE_MAX, announce, deliveries, prune, replay,
};
pub use send::{ATTEMPTS_MAX, DELIVER};
pub use signature::{SECRET_PREFIX, secret, sign};

use crate::account::{MANAGE as CITY, Organisation, OrganisationId, acting_person};
use crate::keyring::Keyring;
use crate::safe::{Kept, Safe};
use crate::{Error, Id, Permission, Result, Timestamp, require};
use events::{WebhookClosed, WebhookMade, WebhookPaused, WebhookResumed};

/// May look after the webhooks of the organisation one acts for.
pub const MANAGE: Permission = Permission("house.webhooks");
/// Webhooks of one organisation that are not closed.
pub const HOOKS_MAX: usize = 10;
/// Kinds one webhook may name.
pub const KINDS_MAX: usize = 60;
/// What its secret is sealed for.
pub const SECRET_PURPOSE: &str = "base.webhook";

/// The identity of a webhook.
pub type WebhookId = Id<Webhook>;

/// How a webhook stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Hears of events.
    Active,
    /// Its people let it rest: what happens meanwhile is held for it.
    Paused,
    /// The program let it rest, because a delivery failed until its last attempt.
    Suspended,
    /// Gone for good; its secret is wiped.
    Closed,
}

impl State {
    /// The stable code, also the end of text keys.
    pub fn code(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Paused => "paused",
            State::Suspended => "suspended",
            State::Closed => "closed",
        }
    }

    fn of(code: &str) -> State {
        match code {
            "active" => State::Active,
            "paused" => State::Paused,
            "suspended" => State::Suspended,
            _ => State::Closed,
        }
    }
}

/// A webhook as its people see it; never its secret.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Webhook {
    /// Its row.
    pub id: WebhookId,
    /// Whose it is.
    pub organisation: Id<Organisation>,
    /// Whether it hears of the whole city: the city's own.
    pub whole_city: bool,
    /// Where it listens.
    pub url: String,
    /// What it wants to hear of; nothing named: everything.
    pub kinds: Vec<String>,
    /// How it stands.
    pub state: State,
    /// When it was made.
    pub created_at: Timestamp,
}

const SELECT: &str =
    "SELECT id, organisation, whole_city, url, kinds, state, created_at FROM base_webhooks";

impl FromRow for Webhook {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Webhook {
            id: row.take()?,
            organisation: row.take()?,
            whole_city: row.take()?,
            url: row.take()?,
            kinds: row.take::<String>()?.split_whitespace().map(str::to_owned).collect(),
            state: State::of(&row.take::<String>()?),
            created_at: row.take()?,
        })
    }
}

impl Webhook {
    fn wants(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|wanted| wanted == kind)
    }
}

/// A webhook that is wanted.
#[derive(Debug, Clone)]
pub struct Make {
    /// Where it listens.
    pub url: HookUrl,
    /// Kinds of events, checked against what there is; empty for all.
    pub kinds: Vec<String>,
    /// Its secret, sealed for [`SECRET_PURPOSE`].
    pub secret: Vec<u8>,
}

/// Makes a webhook for the organisation one acts for. The city's administrator makes one that hears
/// of the whole city.
pub fn make(tx: &mut Tx<'_>, cmd: &Make) -> Result<Webhook> {
    require(tx, MANAGE)?;
    let (organisation, person) = (own(tx)?, acting_person(tx)?);
    if of_organisation(tx, &organisation)?.len() >= HOOKS_MAX {
        return Err(Error::Refused("webhook-too-many"));
    }
    if cmd.kinds.len() > KINDS_MAX {
        return Err(Error::invalid("kinds", "webhook-kinds-unknown"));
    }
    let hook = Webhook {
        id: tx.new_id(),
        organisation,
        whole_city: tx.actor().may(CITY.0),
        url: cmd.url.as_str().to_owned(),
        kinds: cmd.kinds.clone(),
        state: State::Active,
        created_at: Timestamp::of(tx),
    };
    tx.execute(
        "INSERT INTO base_webhooks (id, organisation, whole_city, url, kinds, secret, state, made_by,
         created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &hook.id,
            &hook.organisation,
            &hook.whole_city,
            &hook.url,
            &hook.kinds.join(" "),
            &cmd.secret,
            &hook.state.code(),
            &person,
            &hook.created_at,
            &hook.created_at,
        ],
    )?;
    tx.record(&WebhookMade { webhook: &hook.id, host: cmd.url.host(), kinds: &hook.kinds })?;
    Ok(hook)
}

fn own(read: &Read<'_>) -> Result<OrganisationId> {
    let organisation = read.actor().on_behalf_of.as_deref().and_then(OrganisationId::parse);
    organisation.ok_or(Error::Refused("webhook-no-organisation"))
}

fn of_organisation(read: &mut Read<'_>, organisation: &OrganisationId) -> Result<Vec<Webhook>> {
    Ok(read.all(
        &format!("{SELECT} WHERE organisation = $1 AND state <> $2 ORDER BY id LIMIT 100"),
        &[organisation, &State::Closed.code()],
    )?)
}

/// The webhooks of the organisation one acts for.
pub fn list(read: &mut Read<'_>) -> Result<Vec<Webhook>> {
    require(read, MANAGE)?;
    let organisation = own(read)?;
    of_organisation(read, &organisation)
}

/// One of them, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &WebhookId) -> Result<Webhook> {
    require(read, MANAGE)?;
    let organisation = own(read)?;
    let hook: Option<Webhook> = read.first(
        &format!("{SELECT} WHERE id = $1 AND organisation = $2 AND state <> $3"),
        &[id, &organisation, &State::Closed.code()],
    )?;
    hook.ok_or(Error::NotFound)
}

/// The secrets of webhooks that are not closed.
pub const SECRETS: Safe = Safe {
    name: "base.webhooks.secret",
    purpose: SECRET_PURPOSE,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT id, secret FROM base_webhooks WHERE id > $1 AND state <> $2 ORDER BY id LIMIT $3",
            &[&after, &State::Closed.code(), &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE base_webhooks SET secret = $1 WHERE id = $2 AND secret = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};

/// How long its maker may still be shown the secret of a new webhook, should the answer be lost.
const SHOWN_MS: i64 = 10 * 60 * 1000;

/// The secret of a webhook that was made just now, as it is shown once; later `None`.
pub fn secret_of_new(
    read: &mut Read<'_>,
    keys: &Keyring,
    id: &WebhookId,
) -> Result<Option<String>> {
    let hook = find(read, id)?;
    if hook.created_at.plus_ms(SHOWN_MS) < Timestamp::of(read) {
        return Ok(None);
    }
    let sealed: Option<(Vec<u8>,)> =
        read.first("SELECT secret FROM base_webhooks WHERE id = $1", &[id])?;
    let (sealed,) = sealed.ok_or(Error::NotFound)?;
    let secret = keys.open(SECRET_PURPOSE, &sealed).map_err(Error::broken)?;
    Ok(Some(secret.to_string()))
}

/// Lets a webhook rest: what happens meanwhile is held for it.
pub fn pause(tx: &mut Tx<'_>, id: &WebhookId) -> Result<Webhook> {
    let hook = find(tx, id)?;
    if hook.state != State::Active {
        return Err(Error::Refused("webhook-not-active"));
    }
    set(tx, id, State::Paused)?;
    tx.record(&WebhookPaused { webhook: id })?;
    Ok(Webhook { state: State::Paused, ..hook })
}

/// Lets it hear again, beginning with what was held for it.
pub fn resume(tx: &mut Tx<'_>, id: &WebhookId) -> Result<Webhook> {
    let hook = find(tx, id)?;
    if hook.state == State::Active {
        return Err(Error::Refused("webhook-active-already"));
    }
    set(tx, id, State::Active)?;
    let released = delivery::release(tx, id)?;
    tx.record(&WebhookResumed { webhook: id, released })?;
    Ok(Webhook { state: State::Active, ..hook })
}

/// Closes it for good and wipes its secret.
pub fn close(tx: &mut Tx<'_>, id: &WebhookId) -> Result<()> {
    let hook = find(tx, id)?;
    set(tx, &hook.id, State::Closed)?;
    tx.execute("UPDATE base_webhooks SET secret = $1 WHERE id = $2", &[&Vec::<u8>::new(), id])?;
    delivery::drop_waiting(tx, id)?;
    tx.record(&WebhookClosed { webhook: id })?;
    Ok(())
}

fn set(tx: &mut Tx<'_>, id: &WebhookId, state: State) -> Result<()> {
    let now = Timestamp::of(tx);
    tx.execute(
        "UPDATE base_webhooks SET state = $1, changed_at = $2 WHERE id = $3",
        &[&state.code(), &now, id],
    )?;
    Ok(())
}
