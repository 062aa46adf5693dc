//! The seals over the trail, and on demand the proof that every event is still what it was.

use askama::Template;
use base::audit;
use base::seal::{self, Seal};
use base::{Finding, require};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ctx::Ctx;
use crate::errors::Answer;
use crate::filters;
use crate::input::Query;

const PAGE_ROWS: i64 = 50;

/// Where the page begins, and whether everything shall be recomputed.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    after: Option<i64>,
    #[serde(default)]
    verify: String,
}

/// A seal in the list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SealRow {
    #[serde(flatten)]
    pub(crate) seal: Seal,
    /// The first letters of its hash, for comparing with a witness by telephone.
    pub(crate) short: String,
}

/// How far the trail is sealed, and whether the seals hold.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "house/seals.html")]
pub(crate) struct SealsPage {
    pub(crate) numbered: i64,
    pub(crate) sealed: i64,
    pub(crate) count: i64,
    pub(crate) seals: Vec<SealRow>,
    /// What does not hold; nothing when nobody asked.
    pub(crate) findings: Option<Vec<Finding>>,
    pub(crate) next: String,
}

pub(crate) async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let key = ctx.keyring().public_key();
    let verify = !asked.verify.is_empty();
    let found = ctx.read(move |read| {
        require(read, audit::INSPECT)?;
        let reach = audit::reach(read)?;
        let after = asked.after.unwrap_or(0).max(0);
        let findings = if verify { Some(seal::verify_all(read, &key)?) } else { None };
        Ok((reach, seal::list(read, after, PAGE_ROWS)?, findings))
    });
    let (reach, seals, findings) = found.await?;
    let full = seals.len() >= usize::try_from(PAGE_ROWS).expect("a page is short");
    let next = seals.last().filter(|_| full);
    let next = next.map(|last| format!("/audit/seals?after={}", last.number)).unwrap_or_default();
    let row = |seal: Seal| SealRow { short: seal.hash.chars().take(16).collect(), seal };
    ctx.page(SealsPage {
        numbered: reach.numbered,
        sealed: reach.sealed,
        count: reach.seals,
        seals: seals.into_iter().map(row).collect(),
        findings,
        next,
    })
}
