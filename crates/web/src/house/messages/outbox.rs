//! Letters by e-mail as the administrator sees them: sent, waiting, and not sent with the reason.

use askama::Template;
use base::Timestamp;
use base::message::{self, Mail, MailId, MailState};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Path, Query};

const PAGE_ROWS: i64 = 50;
const STATES: [MailState; 3] = [MailState::NotSent, MailState::Queued, MailState::Sent];

/// Which letters are wanted.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    state: String,
    #[serde(default)]
    before: String,
}

/// A letter in the list. Its text stays with its reader: it may hold a link that opens an account.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Letter {
    id: String,
    recipient: String,
    title: String,
    reason: String,
    at: Timestamp,
}

/// The letters in one state.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/outbox.html")]
pub(crate) struct OutboxPage {
    state: &'static str,
    states: Vec<&'static str>,
    letters: Vec<Letter>,
    next: String,
}

impl OutboxPage {
    fn is_state(&self, code: &str) -> bool {
        self.state == code
    }

    fn may_send_again(&self) -> bool {
        self.state == MailState::NotSent.code()
    }
}

pub(crate) async fn list(ctx: Ctx, Query(wanted): Query<Wanted>) -> Answer {
    let state = STATES.into_iter().find(|state| state.code() == wanted.state);
    let state = state.unwrap_or(MailState::NotSent);
    let before = MailId::parse(&wanted.before);
    let found = ctx.read(move |read| message::mails(read, state, before.as_ref(), PAGE_ROWS));
    let mails = found.await?;
    let full = mails.len() >= usize::try_from(PAGE_ROWS).expect("a page is short");
    let next = mails
        .last()
        .filter(|_| full)
        .map(|last| format!("/messages/outbox?state={}&before={}", state.code(), last.id));
    ctx.page(OutboxPage {
        state: state.code(),
        states: STATES.map(MailState::code).to_vec(),
        next: next.unwrap_or_default(),
        letters: mails.into_iter().map(letter).collect(),
    })
}

fn letter(mail: Mail) -> Letter {
    Letter {
        id: mail.id.to_string(),
        recipient: masked(&mail.recipient),
        title: mail.title,
        reason: mail.reason.unwrap_or_default(),
        at: mail.ended_at.unwrap_or(mail.created_at),
    }
}

/// `si…@contoh.id`: enough to know whose it is.
fn masked(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or((address, ""));
    let head: String = name.chars().take(2).collect();
    format!("{head}…@{host}")
}

pub(crate) async fn send_again(ctx: Ctx, Path(id): Path<MailId>) -> Answer {
    ctx.write("message.send_again", move |tx| message::send_again(tx, &id)).await?;
    Ok(ctx.done_saying("/messages/outbox?state=queued", "messages-letter-queued", ()))
}
