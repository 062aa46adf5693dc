//! What sellers are owed goes out in batches: a market clerk prepares one, another lets it go.

use std::collections::BTreeMap;

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::{Date, Error, Problem, Read, Result, Rupiah};
use payments::{BATCHES_PAGE, Batch, BatchId, Payout, SETTLE};
use registry::BusinessId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/payouts", list, Access::May(SETTLE))
        .gives::<PayoutsPage>()
        .asks(&["after"])
        .post("/market/payouts", propose, Access::May(SETTLE))
        .gives::<Batch>()
        .get("/market/payouts/{id}", show, Access::May(SETTLE))
        .gives::<BatchPage>()
        .post("/market/payouts/{id}/approval", approve, Access::May(SETTLE))
        .gives::<Batch>()
        .post("/market/payouts/{id}/rejection", reject, Access::May(SETTLE))
        .takes::<ReasonForm>()
        .needs(&["reason"])
        .gives::<Batch>()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
}

/// Batches of payouts.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "payouts.html")]
struct PayoutsPage {
    batches: Vec<Batch>,
    next: String,
    /// The next day on which sellers are paid.
    payday: Date,
    today: bool,
    /// How many can be paid now, and how much together.
    ready: usize,
    ready_sum: Rupiah,
    #[serde(skip)]
    refused: Option<&'static str>,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let after = Some(asked.after).filter(|after| !after.is_empty());
    ctx.page(ctx.read(move |read| batches(read, after.as_deref())).await?)
}

fn batches(read: &mut Read<'_>, after: Option<&str>) -> Result<PayoutsPage> {
    let batches = payments::batches(read, after)?;
    let full = i64::try_from(batches.len()).is_ok_and(|count| count == BATCHES_PAGE);
    let next = batches.last().filter(|_| full);
    let next = next.map(|last| format!("/market/payouts?after={}", last.id));
    let (ready, ready_sum) = payments::ready(read)?;
    let payday = payments::next_payday(read)?;
    Ok(PayoutsPage {
        batches,
        next: next.unwrap_or_default(),
        today: payday == Date::today(read),
        payday,
        ready,
        ready_sum,
        refused: None,
    })
}

async fn propose(ctx: Ctx) -> Answer {
    match ctx.write("payments.propose", payments::propose).await {
        Ok(batch) => {
            let at = format!("/market/payouts/{}", batch.id);
            Ok(ctx.done_saying(at, "market-said-proposed", batch))
        }
        Err(Error::Refused(code)) if ctx.wants_page() => {
            let page = ctx.read(|read| batches(read, None)).await?;
            ctx.again(PayoutsPage { refused: Some(code), ..page })
        }
        Err(error) => Err(error.into()),
    }
}

/// A payout and whose it is.
#[derive(Serialize, JsonSchema)]
struct Named {
    seller: String,
    payout: Payout,
}

/// One batch.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "batch.html")]
struct BatchPage {
    batch: Batch,
    payouts: Vec<Named>,
    /// Whoever reads it prepared it, and does not let it go.
    own: bool,
    #[serde(skip)]
    form: ReasonForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    refused: Option<&'static str>,
}

async fn show(ctx: Ctx, Path(id): Path<BatchId>) -> Answer {
    ctx.page(page(&ctx, id).await?)
}

async fn page(ctx: &Ctx, id: BatchId) -> Result<BatchPage> {
    let look = move |read: &mut Read<'_>| {
        let batch = payments::find_batch(read, &id)?;
        let payouts = payments::payouts(read, &id)?;
        let mut names = BTreeMap::new();
        for payout in &payouts {
            if let Some(business) = BusinessId::parse(&payout.party) {
                let name = registry::business::find(read, &business)?.name;
                names.insert(payout.party.clone(), name);
            }
        }
        let own = batch.proposed_by == read.actor().id;
        Ok((batch, payouts, names, own))
    };
    let (batch, payouts, names, own) = ctx.read(look).await?;
    let named = |payout: Payout| {
        let seller = names.get(&payout.party).cloned().unwrap_or_default();
        Named { seller, payout }
    };
    Ok(BatchPage {
        batch,
        payouts: payouts.into_iter().map(named).collect(),
        own,
        form: ReasonForm::default(),
        problems: Vec::new(),
        refused: None,
    })
}

/// Why a batch is not let go.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct ReasonForm {
    #[serde(default)]
    reason: String,
}

async fn approve(ctx: Ctx, Path(id): Path<BatchId>) -> Answer {
    let batch = id.clone();
    let done = ctx.write("payments.approve", move |tx| payments::approve(tx, &batch)).await;
    decided(&ctx, id, ReasonForm::default(), "market-said-approved", done).await
}

async fn reject(ctx: Ctx, Path(id): Path<BatchId>, Input(form): Input<ReasonForm>) -> Answer {
    let (batch, reason) = (id.clone(), form.reason.clone());
    let done = ctx.write("payments.reject", move |tx| payments::reject(tx, &batch, &reason)).await;
    decided(&ctx, id, form, "market-said-rejected", done).await
}

async fn decided(
    ctx: &Ctx,
    id: BatchId,
    form: ReasonForm,
    said: &'static str,
    done: Result<Batch>,
) -> Answer {
    let (problems, refused) = match done {
        Ok(batch) => return Ok(ctx.done_saying(format!("/market/payouts/{id}"), said, batch)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => (problems, None),
        Err(Error::Refused(code)) if ctx.wants_page() => (Vec::new(), Some(code)),
        Err(error) => return Err(error.into()),
    };
    let page = page(ctx, id).await?;
    ctx.again(BatchPage { form, problems, refused, ..page })
}
