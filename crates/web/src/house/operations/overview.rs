//! What stands still in the machinery of the city, at one glance.

use askama::Template;
use base::consumer::{self, Standing};
use base::message::{self, MailState};
use base::{Read, Result, Timestamp, job, seal};
use schemars::JsonSchema;
use serde::Serialize;

use super::word;
use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;

/// Jobs and events that wait longer than this wait for somebody.
const WAITING_MS: i64 = 15 * 60 * 1000;
/// Followers further behind than this do not keep up.
const BEHIND_MAX: i64 = 1_000;

/// The state of the machinery, in figures.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Figures {
    /// Jobs that could run now, and since when the oldest waits.
    jobs_waiting: i64,
    jobs_since: Option<Timestamp>,
    jobs_dead: i64,
    parked: i64,
    mails_queued: i64,
    mails_not_sent: i64,
    /// Events of the series.
    events: i64,
    /// Those without a place in it yet.
    unnumbered: i64,
    /// Those no seal covers.
    unsealed: i64,
    unsealed_since: Option<Timestamp>,
    /// When it was looked.
    at: Timestamp,
}

/// Somebody who follows the events.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Follower {
    name: String,
    title: String,
    /// Events it has still before it.
    behind: i64,
    /// The event at hand failed; it is tried again.
    failing: bool,
}

impl Follower {
    fn tone(&self) -> &'static str {
        match self.behind {
            _ if self.failing => "bad",
            behind if behind > BEHIND_MAX => "warn",
            _ => "ok",
        }
    }
}

/// One thing that may stand still, as a row of the desk.
struct Stand {
    /// The key of its name; `.hint` says what it means.
    key: &'static str,
    href: &'static str,
    count: i64,
    tone: &'static str,
    /// Since when the oldest waits.
    since: Option<Timestamp>,
}

/// The desk.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/operations.html")]
pub(crate) struct OverviewPage {
    #[serde(flatten)]
    figures: Figures,
    followers: Vec<Follower>,
}

impl OverviewPage {
    /// Every row that is not about a follower.
    fn stands(&self) -> Vec<Stand> {
        let f = &self.figures;
        let row = |key, href, count: i64, tone, since: Option<Timestamp>| Stand {
            key,
            href,
            count,
            tone,
            since: since.filter(|_| count > 0),
        };
        let empty = |count| if count == 0 { "ok" } else { "bad" };
        let (dead, parked) = (empty(f.jobs_dead), empty(f.parked));
        let (unsent, jobs, seals) =
            (empty(f.mails_not_sent), f.slow(f.jobs_since), f.slow(f.unsealed_since));
        vec![
            row("operations-jobs-dead", "/operations/jobs", f.jobs_dead, dead, None),
            row("operations-parked", "/operations/parked", f.parked, parked, None),
            row(
                "operations-mails-unsent",
                "/messages/outbox?state=not_sent",
                f.mails_not_sent,
                unsent,
                None,
            ),
            row(
                "operations-mails-queued",
                "/messages/outbox?state=queued",
                f.mails_queued,
                "ok",
                None,
            ),
            row("operations-jobs-waiting", "", f.jobs_waiting, jobs, f.jobs_since),
            row("operations-unsealed", "/audit/seals", f.unsealed, seals, f.unsealed_since),
        ]
    }

    /// How many rows need a person.
    fn wrong(&self) -> usize {
        let followers = self.followers.iter().map(Follower::tone);
        let tones = self.stands().into_iter().map(|stand| stand.tone).chain(followers);
        tones.filter(|tone| *tone != "ok").count()
    }
}

impl Figures {
    /// The tone of what ought to move on.
    fn slow(&self, since: Option<Timestamp>) -> &'static str {
        let slow = since.is_some_and(|since| self.at.as_ms() - since.as_ms() > WAITING_MS);
        if slow { "warn" } else { "ok" }
    }
}

fn figures(read: &mut Read<'_>) -> Result<Figures> {
    let (jobs_waiting, jobs_since) = job::backlog(read)?;
    let (unsealed, unsealed_since) = seal::waiting(read)?;
    Ok(Figures {
        jobs_waiting,
        jobs_since,
        jobs_dead: job::dead_count(read)?,
        parked: consumer::parked_count(read)?,
        mails_queued: message::mail_count(read, MailState::Queued)?,
        mails_not_sent: message::mail_count(read, MailState::NotSent)?,
        events: consumer::last_seq(read)?,
        unnumbered: consumer::unnumbered(read)?,
        unsealed,
        unsealed_since,
        at: Timestamp::of(read),
    })
}

pub(crate) async fn show(ctx: Ctx) -> Answer {
    let found = ctx.read(|read| Ok((figures(read)?, consumer::standings(read)?))).await?;
    let (figures, standings) = found;
    let texts = ctx.texts();
    let follower = |name: &str, seq: i64, failing: bool| Follower {
        title: word("consumer", name, &texts),
        name: name.to_owned(),
        behind: (figures.events - seq).max(0),
        failing,
    };
    let mut followers = Vec::new();
    for one in &ctx.app.0.consumers {
        let standing = standings.iter().find(|standing| standing.consumer == one.name);
        let seq = standing.map_or(0, |standing| standing.seq);
        followers.push(follower(one.name, seq, standing.is_some_and(fails)));
    }
    for one in &ctx.app.0.followers {
        followers.push(follower(one.name, (one.reached)(&ctx)?, false));
    }
    ctx.page(OverviewPage { figures, followers })
}

fn fails(standing: &Standing) -> bool {
    standing.failures > 0
}
