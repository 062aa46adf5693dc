//! The inbox of a person, of whom they act for, and of their roles: unread first.

use askama::Template;
use base::message::{self, Message, MessageId, Reader};
use base::{Error, Result, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::{Path, Query};

/// Messages on one page, besides the unread ones on the first.
const PAGE_ROWS: i64 = 30;

/// Where a page begins.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Cursor {
    #[serde(default)]
    before: String,
}

/// A message as it is read.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Told {
    id: String,
    text: String,
    link: String,
    at: Timestamp,
}

/// The inbox.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/messages.html")]
pub(crate) struct InboxPage {
    unread: Vec<Told>,
    read: Vec<Told>,
    /// Whether this is the first page.
    first: bool,
    next: String,
}

/// Every address of whoever is signed in. Programs have none.
fn reader(ctx: &Ctx) -> Result<Reader> {
    let standing = ctx.guest().session.as_ref().ok_or(Error::Unauthenticated)?;
    let view = &standing.view;
    let organisation = view.organisation.as_ref().map(|it| it.id.as_str());
    Ok(Reader::new(view.person.as_str(), organisation, &view.roles))
}

pub(crate) async fn show(ctx: Ctx, Query(from): Query<Cursor>) -> Answer {
    let (reader, before) = (reader(&ctx)?, MessageId::parse(&from.before));
    let first = before.is_none();
    let found = ctx.read(move |read| {
        let limit = if first { message::PAGE_MAX } else { 0 };
        let unread = if limit > 0 { message::waiting(read, &reader, limit)? } else { Vec::new() };
        Ok((unread, message::list(read, &reader, before.as_ref(), PAGE_ROWS)?))
    });
    let (unread, page) = found.await?;
    let full = page.len() >= usize::try_from(PAGE_ROWS).expect("a page is short");
    let next = page.last().filter(|_| full);
    let next = next.map(|last| format!("/messages?before={}", last.id)).unwrap_or_default();
    let texts = ctx.texts();
    let told = |message: Message| Told {
        text: texts.tell(&message.key, &message.args),
        id: message.id.to_string(),
        link: message.link.unwrap_or_default(),
        at: message.created_at,
    };
    let read = page.into_iter().filter(|message| message.read_at.is_some()).map(&told).collect();
    let unread = unread.into_iter().map(&told).collect();
    ctx.page(InboxPage { unread, read, first, next })
}

/// Marks it read and goes on to what it is about.
pub(crate) async fn read_one(ctx: Ctx, Path(id): Path<MessageId>) -> Answer {
    let reader = reader(&ctx)?;
    let mark = ctx.write("message.read", move |tx| message::mark_read(tx, &reader, &id));
    let link = mark.await?.unwrap_or_else(|| "/messages".to_owned());
    Ok(ctx.done(link, ()))
}

pub(crate) async fn read_all(ctx: Ctx) -> Answer {
    let reader = reader(&ctx)?;
    ctx.write("message.read_all", move |tx| message::mark_all_read(tx, &reader)).await?;
    Ok(ctx.done_saying("/messages", "messages-all-read", ()))
}
