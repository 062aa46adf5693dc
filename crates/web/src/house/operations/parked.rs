//! Events that a consumer could not handle: which, whose, why; handed to it again after the cause was
//! mended, or passed over with a reason.

use askama::Template;
use base::consumer::{self, Consumer, Parked};
use base::{Error, Problem, Result, StoredEvent, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Cursor, PAGE_ROWS, ReasonForm, given, plainly, word};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::house::reading::{self, Line, dashed};
use crate::input::{Input, Path, Query};
use crate::texts::Texts;

/// A parked event as people read it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Row {
    consumer: String,
    /// What people call the consumer.
    who: String,
    event: String,
    seq: i64,
    kind: String,
    title: String,
    /// Why it could not be handled, in plain words.
    why: String,
    /// What the program itself says of it.
    error: String,
    parked_at: Timestamp,
}

impl Row {
    fn address(&self) -> String {
        address(&self.consumer, &self.event)
    }
}

fn address(consumer: &str, event: &str) -> String {
    format!("/operations/parked/{consumer}/{event}")
}

fn row(parked: Parked, texts: &Texts) -> Row {
    let key = format!("event-{}", dashed(&parked.kind));
    Row {
        who: word("consumer", &parked.consumer, texts),
        consumer: parked.consumer,
        event: parked.event,
        seq: parked.seq,
        title: if texts.has(&key) { texts.get(&key) } else { parked.kind.clone() },
        kind: parked.kind,
        why: plainly(&parked.error, texts),
        error: parked.error,
        parked_at: parked.parked_at,
    }
}

/// Everything that lies parked, oldest first.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/operations_parked.html")]
pub(crate) struct ParkedPage {
    events: Vec<Row>,
    next: String,
}

pub(crate) async fn list(ctx: Ctx, Query(cursor): Query<Cursor>) -> Answer {
    let after = given(cursor.after);
    let events = ctx.read(move |read| consumer::parked(read, after.as_deref(), PAGE_ROWS)).await?;
    let full = events.len() >= usize::try_from(PAGE_ROWS).expect("a page is short");
    let next = events.last().filter(|_| full);
    let next = next.map(|last| format!("/operations/parked?after={}", last.cursor()));
    let texts = ctx.texts();
    let events = events.into_iter().map(|parked| row(parked, &texts)).collect();
    ctx.page(ParkedPage { events, next: next.unwrap_or_default() })
}

/// One parked event, and what may be done about it.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/operations_event.html")]
pub(crate) struct EventPage {
    #[serde(flatten)]
    parked: Row,
    /// What the event says.
    lines: Vec<Line>,
    /// The program still has this consumer.
    known: bool,
    #[serde(skip)]
    form: ReasonForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn page(
    ctx: &Ctx,
    (name, event): (String, String),
    form: ReasonForm,
    problems: Vec<Problem>,
) -> Result<EventPage> {
    let known = known(ctx, &name).is_some();
    let found = ctx.read(move |read| {
        let parked = consumer::find_parked(read, &name, &event)?;
        let before = consumer::after(read, parked.seq - 1, 1)?;
        Ok((parked, before.into_iter().next()))
    });
    let (parked, stored) = found.await?;
    let texts = ctx.texts();
    let data = stored.as_ref().map(StoredEvent::json).unwrap_or_default();
    let lines = reading::lines(&data, &texts);
    Ok(EventPage { parked: row(parked, &texts), lines, known, form, problems })
}

fn known(ctx: &Ctx, name: &str) -> Option<Consumer> {
    ctx.app.0.consumers.iter().find(|consumer| consumer.name == name).copied()
}

pub(crate) async fn show(ctx: Ctx, Path(of): Path<(String, String)>) -> Answer {
    let page = page(&ctx, of, ReasonForm::default(), Vec::new()).await?;
    ctx.page(page)
}

pub(crate) async fn revive(ctx: Ctx, Path((name, event)): Path<(String, String)>) -> Answer {
    let consumer = known(&ctx, &name).ok_or(Error::Refused("operations-consumer-gone"))?;
    let again = ctx.write("consumer.unpark", move |tx| consumer::unpark(tx, &consumer, &event));
    match again.await {
        Err(Error::Broken(cause)) => {
            tracing::warn!(consumer = name, cause, "a parked event still fails");
            Err(Error::Refused("operations-still-fails").into())
        }
        Err(error) => Err(error.into()),
        Ok(()) => Ok(ctx.done_saying("/operations/parked", "operations-said-handled", ())),
    }
}

pub(crate) async fn skip(
    ctx: Ctx,
    Path((name, event)): Path<(String, String)>,
    Input(form): Input<ReasonForm>,
) -> Answer {
    let (consumer, id, reason) = (name.clone(), event.clone(), form.reason.clone());
    match ctx.write("consumer.skip", move |tx| consumer::skip(tx, &consumer, &id, &reason)).await {
        Ok(()) => Ok(ctx.done_saying("/operations/parked", "operations-said-skipped", ())),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(page(&ctx, (name, event), form, problems).await?)
        }
        Err(error) => Err(error.into()),
    }
}
