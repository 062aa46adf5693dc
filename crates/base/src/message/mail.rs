//! Letters by e-mail: kept as rows, sent by a job, and visible when they could not be sent.

use db::{Event, FromRow, FromValue, Read, Row, ToValue, Tx, Value};
use schemars::JsonSchema;
use serde::Serialize;

use super::smtp::{self, SendError};
use crate::job::{self, JobKind, OPERATE, Workshop};
use crate::{Error, Id, Problem, Result, Timestamp, require};

/// The identity of a letter.
pub type MailId = Id<Mail>;

/// Sends one letter.
pub const MAIL: JobKind = JobKind { kind: "message.mail", run: send };

const TITLE_CHARS_MAX: usize = 200;
const BODY_CHARS_MAX: usize = 20_000;
/// A server that has been silent for so long will not answer this letter any more.
const GIVE_UP_MS: i64 = 4 * 60 * 60 * 1000;
const REASON_CHARS_MAX: usize = 500;

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// Waits for its job; with a reason, after a failed attempt.
    Queued,
    /// The mail server took it.
    Sent,
    /// It will not be sent; the reason says why.
    NotSent,
}

impl MailState {
    /// The stable code, also in the texts: `mail-state-not-sent`.
    pub fn code(self) -> &'static str {
        match self {
            MailState::Queued => "queued",
            MailState::Sent => "sent",
            MailState::NotSent => "not_sent",
        }
    }
}

/// A letter.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Mail {
    /// Its row.
    pub id: MailId,
    /// The address.
    pub recipient: String,
    /// The subject line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// What became of it.
    pub state: MailState,
    /// Why it was not sent, or not yet.
    pub reason: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was sent or given up.
    pub ended_at: Option<Timestamp>,
}

impl FromRow for Mail {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Mail {
            id: row.take()?,
            recipient: row.take()?,
            title: row.take()?,
            body: row.take()?,
            state: row.take()?,
            reason: row.take()?,
            created_at: row.take()?,
            ended_at: row.take()?,
        })
    }
}

/// Writes a letter in this transaction; a job sends it after the commit.
pub fn mail_later(tx: &mut Tx<'_>, recipient: &str, title: &str, body: &str) -> Result<MailId> {
    let mut problems = Vec::new();
    if smtp::address(recipient).is_none() {
        problems.push(Problem::with("recipient", "message-address-wrong", recipient));
    }
    let title_fits =
        title.chars().count() <= TITLE_CHARS_MAX && !title.chars().any(char::is_control);
    if title.trim().is_empty() || !title_fits {
        problems.push(Problem::with("title", "message-title-wrong", TITLE_CHARS_MAX));
    }
    if body.chars().count() > BODY_CHARS_MAX {
        problems.push(Problem::with("body", "message-body-too-long", BODY_CHARS_MAX));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let id: MailId = tx.new_id();
    let now_ms = tx.now_ms();
    tx.housekeep::<(String,)>(
        "INSERT INTO base_mails (id, recipient, title, body, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[&id, &recipient, &title, &body, &MailState::Queued, &now_ms],
    )?;
    enqueue(tx, &id)?;
    Ok(id)
}

/// Letters in one state, newest first; `before` is the last one of the page before.
pub fn mails(
    read: &mut Read<'_>,
    state: MailState,
    before: Option<&MailId>,
    limit: i64,
) -> Result<Vec<Mail>> {
    let before = before.map_or("~", |id| id.as_str()); // sorts after every id
    Ok(read.all(
        "SELECT id, recipient, title, body, state, reason, created_at, ended_at FROM base_mails
         WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        &[&state, &before, &limit.clamp(1, super::PAGE_MAX)],
    )?)
}

/// How many letters are in this state.
pub fn mail_count(read: &mut Read<'_>, state: MailState) -> Result<i64> {
    Ok(read.count("SELECT CAST(COUNT(*) AS BIGINT) FROM base_mails WHERE state = $1", &[&state])?)
}

/// Tries a letter again that was given up.
pub fn send_again(tx: &mut Tx<'_>, id: &MailId) -> Result<()> {
    require(tx, OPERATE)?;
    let mail = find(tx, id)?;
    if mail.state != MailState::NotSent {
        return Err(Error::Refused("message-not-given-up"));
    }
    let now_ms = tx.now_ms();
    tx.execute(
        "UPDATE base_mails SET state = $2, created_at = $3, ended_at = NULL WHERE id = $1",
        &[id, &MailState::Queued, &now_ms],
    )?;
    tx.record(&MailRequeued { mail: id.clone() })?;
    enqueue(tx, id)
}

/// Somebody had a letter tried again.
#[derive(Debug, Serialize)]
pub struct MailRequeued {
    /// The letter.
    pub mail: MailId,
}

impl Event for MailRequeued {
    const KIND: &'static str = "message.mail_requeued";
    fn subject(&self) -> String {
        self.mail.to_string()
    }
}

fn enqueue(tx: &mut Tx<'_>, id: &MailId) -> Result<()> {
    job::enqueue(tx, MAIL.kind, &serde_json::json!({ "mail": id }), None).map(|_| ())
}

fn find(read: &mut Read<'_>, id: &MailId) -> Result<Mail> {
    let mail = read.first(
        "SELECT id, recipient, title, body, state, reason, created_at, ended_at FROM base_mails
         WHERE id = $1",
        &[id],
    )?;
    mail.ok_or(Error::NotFound)
}

/// Runs outside any transaction: a mail server may take its time.
fn send(workshop: &Workshop, data: &serde_json::Value) -> Result<()> {
    let id = data["mail"].as_str().and_then(MailId::parse);
    let id = id.ok_or_else(|| Error::broken(format!("message.mail without a letter: {data}")))?;
    let wanted = id.clone();
    let mail = workshop.db.read(move |read| find(read, &wanted)).wait()?;
    if mail.state != MailState::Queued {
        return Ok(());
    }
    let tired = workshop.db.clock().now_ms() - mail.created_at.as_ms() > GIVE_UP_MS;
    match workshop.mailer.send(&mail) {
        Ok(()) => note(workshop, id, MailState::Sent, None),
        Err(SendError::Never(reason)) => note(workshop, id, MailState::NotSent, Some(reason)),
        Err(SendError::Later(reason)) if tired => {
            note(workshop, id, MailState::NotSent, Some(reason))
        }
        Err(SendError::Later(reason)) => {
            note(workshop, id, MailState::Queued, Some(reason.clone()))?;
            Err(Error::broken(reason))
        }
    }
}

fn note(workshop: &Workshop, id: MailId, state: MailState, reason: Option<String>) -> Result<()> {
    let reason: Option<String> = reason.map(|text| text.chars().take(REASON_CHARS_MAX).collect());
    let body = move |tx: &mut Tx<'_>| -> Result<()> {
        let now_ms = tx.now_ms();
        let ended_at = (state != MailState::Queued).then_some(now_ms);
        tx.housekeep::<(String,)>(
            "UPDATE base_mails SET state = $2, reason = $3, ended_at = $4 WHERE id = $1",
            &[&id, &state, &reason, &ended_at],
        )?;
        Ok(())
    };
    workshop.db.write("message.note_mail", body).wait()
}

impl FromValue for MailState {
    const WANTED: &'static str = "a state of a letter";
    fn from_value(value: Value<'_>) -> Option<Self> {
        let code = String::from_value(value)?;
        [MailState::Queued, MailState::Sent, MailState::NotSent]
            .into_iter()
            .find(|state| state.code() == code)
    }
}
impl ToValue for MailState {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
