//! Dead jobs: what each was to do, why it failed every time; tried again, or let be with a reason.

use askama::Template;
use base::job::{self, DeadJob, JobId};
use base::{Error, Problem, Result, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Cursor, PAGE_ROWS, ReasonForm, given, plainly, word};
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::house::reading::{self, Line};
use crate::input::{Input, Path, Query};
use crate::texts::Texts;

/// A dead job as people read it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Row {
    id: String,
    /// `message.mail`
    kind: String,
    title: String,
    /// What it was to do, read aloud.
    subject: Vec<Line>,
    /// Why it failed, in plain words.
    why: String,
    /// What the program itself says of it.
    error: String,
    attempts: i64,
    made_at: Timestamp,
    dead_at: Timestamp,
}

fn row(job: DeadJob, texts: &Texts) -> Row {
    let data = serde_json::from_str(&job.data).unwrap_or_default();
    let error = job.error.unwrap_or_default();
    Row {
        id: job.id.to_string(),
        title: word("job", &job.kind, texts),
        kind: job.kind,
        subject: reading::lines(&data, texts),
        why: plainly(&error, texts),
        error,
        attempts: job.attempts,
        made_at: job.made_at,
        dead_at: job.dead_at,
    }
}

/// The dead jobs, latest first.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/operations_jobs.html")]
pub(crate) struct JobsPage {
    jobs: Vec<Row>,
    next: String,
}

pub(crate) async fn list(ctx: Ctx, Query(cursor): Query<Cursor>) -> Answer {
    let before = given(cursor.before);
    let jobs = ctx.read(move |read| job::dead(read, before.as_deref(), PAGE_ROWS)).await?;
    let full = jobs.len() >= usize::try_from(PAGE_ROWS).expect("a page is short");
    let next = jobs.last().filter(|_| full);
    let next = next.map(|last| format!("/operations/jobs?before={}", last.cursor()));
    let texts = ctx.texts();
    let jobs = jobs.into_iter().map(|job| row(job, &texts)).collect();
    ctx.page(JobsPage { jobs, next: next.unwrap_or_default() })
}

/// One dead job, and what may be done about it.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/operations_job.html")]
pub(crate) struct JobPage {
    #[serde(flatten)]
    job: Row,
    #[serde(skip)]
    form: ReasonForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn page(ctx: &Ctx, id: JobId, form: ReasonForm, problems: Vec<Problem>) -> Result<JobPage> {
    let job = ctx.read(move |read| job::find_dead(read, &id)).await?;
    Ok(JobPage { job: row(job, &ctx.texts()), form, problems })
}

pub(crate) async fn show(ctx: Ctx, Path(id): Path<JobId>) -> Answer {
    let page = page(&ctx, id, ReasonForm::default(), Vec::new()).await?;
    ctx.page(page)
}

pub(crate) async fn revive(ctx: Ctx, Path(id): Path<JobId>) -> Answer {
    ctx.write("job.revive", move |tx| job::revive(tx, &id)).await?;
    Ok(ctx.done_saying("/operations/jobs", "operations-said-revived", ()))
}

pub(crate) async fn discard(
    ctx: Ctx,
    Path(id): Path<JobId>,
    Input(form): Input<ReasonForm>,
) -> Answer {
    let (job, reason) = (id.clone(), form.reason.clone());
    match ctx.write("job.discard", move |tx| job::discard(tx, &job, &reason)).await {
        Ok(()) => Ok(ctx.done_saying("/operations/jobs", "operations-said-discarded", ())),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(page(&ctx, id, form, problems).await?)
        }
        Err(error) => Err(error.into()),
    }
}
