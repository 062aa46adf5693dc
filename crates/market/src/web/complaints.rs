//! A clerk of the market decides where buyer and seller do not agree.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::{Error, Problem, Read, Result, Rupiah, require};
use payments::SETTLE;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::step_taken;
use super::told::{self, Told, picture};
use crate::complaint::{self, Complaint, ComplaintId, PAGE_ROWS, Stage};
use crate::order::{self, Order, OrderLine};
use crate::refusal::Refusal;
use crate::settlement;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/complaints", list, Access::May(SETTLE))
        .gives::<ComplaintsPage>()
        .asks(&["stage", "after"])
        .get("/market/complaints/{id}", show, Access::May(SETTLE))
        .gives::<ComplaintPage>()
        .asks(&["refused"])
        .get("/market/complaints/{id}/{side}/{size}", look, Access::May(SETTLE))
        .raw()
        .post("/market/complaints/{id}/decision", decide, Access::May(SETTLE))
        .takes::<DecisionForm>()
        .needs(&["back", "reason"])
        .counts(&["amount"])
        .gives::<Order>()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    stage: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    refused: String,
}

/// A complaint in the list.
#[derive(Serialize, JsonSchema)]
struct Row {
    complaint: Complaint,
    order: Order,
}

/// Complaints at one stage.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "complaints.html")]
struct ComplaintsPage {
    stage: Stage,
    rows: Vec<Row>,
    next: String,
    #[serde(skip)]
    stages: [Stage; 5],
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let stage = Stage::parse(&asked.stage).unwrap_or(Stage::Deciding);
    let after = Some(asked.after).filter(|after| !after.is_empty());
    let rows = ctx.read(move |read| rows(read, stage, after.as_deref())).await?;
    let full = i64::try_from(rows.len()).is_ok_and(|count| count == PAGE_ROWS);
    let next = rows.last().filter(|_| full);
    let next = next.map(|last| {
        format!("/market/complaints?stage={}&after={}", stage.code(), last.complaint.id)
    });
    let stages =
        [Stage::Deciding, Stage::Answering, Stage::Replying, Stage::Covering, Stage::Settled];
    ctx.page(ComplaintsPage { stage, rows, next: next.unwrap_or_default(), stages })
}

fn rows(read: &mut Read<'_>, stage: Stage, after: Option<&str>) -> Result<Vec<Row>> {
    require(read, SETTLE)?;
    let mut rows = Vec::new();
    for complaint in complaint::at(read, stage, after)? {
        let order = order::find(read, &complaint.order)?;
        rows.push(Row { complaint, order });
    }
    Ok(rows)
}

/// One complaint, before whoever decides.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "complaint.html")]
struct ComplaintPage {
    order: Order,
    lines: Vec<OrderLine>,
    told: Told,
    /// The most that can be given back.
    most: Rupiah,
    #[serde(skip)]
    form: DecisionForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    refused: Option<&'static str>,
}

/// What is given back.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct DecisionForm {
    /// `claimed`, `offered`, `nothing` or `other`.
    #[serde(default)]
    back: String,
    /// In rupiah, for `other`.
    #[serde(default)]
    amount: String,
    #[serde(default)]
    reason: String,
}

async fn show(ctx: Ctx, Path(id): Path<ComplaintId>, Query(asked): Query<Asked>) -> Answer {
    let page = ctx.read(move |read| page(read, &id)).await?;
    ctx.page(ComplaintPage { refused: Refusal::known(&asked.refused), ..page })
}

fn page(read: &mut Read<'_>, id: &ComplaintId) -> Result<ComplaintPage> {
    require(read, SETTLE)?;
    let complaint = complaint::find(read, id)?;
    let order = order::find(read, &complaint.order)?;
    let lines = order::lines(read, &order.id)?;
    let told = told::told(read, complaint)?.shown_at(format!("/market/complaints/{id}"));
    Ok(ComplaintPage {
        most: order.total(),
        order,
        lines,
        told,
        form: DecisionForm::default(),
        problems: Vec::new(),
        refused: None,
    })
}

async fn look(ctx: Ctx, Path((id, side, size)): Path<(ComplaintId, String, String)>) -> Answer {
    let found = ctx.read(move |read| {
        require(read, SETTLE)?;
        complaint::find(read, &id)
    });
    picture(&ctx, &found.await?, &side, &size).await
}

impl DecisionForm {
    /// The sum that is meant.
    fn amount(&self, complaint: &Complaint) -> Result<Rupiah> {
        let wanted = match self.back.as_str() {
            "claimed" => Some(complaint.claimed),
            "offered" => complaint.offered,
            "nothing" => Some(Rupiah::ZERO),
            "other" => {
                let amount = Rupiah::read(&self.amount);
                return amount.ok_or_else(|| Error::invalid("amount", "market-amount-wanted"));
            }
            _ => None,
        };
        wanted.ok_or_else(|| Error::invalid("back", "market-decision-choose"))
    }
}

async fn decide(ctx: Ctx, Path(id): Path<ComplaintId>, Input(form): Input<DecisionForm>) -> Answer {
    let (wanted, sought) = (form.clone(), id.clone());
    let done = ctx.write("market.decide", move |tx| {
        require(tx, SETTLE)?;
        let complaint = complaint::find(tx, &sought)?;
        settlement::decide(tx, &sought, wanted.amount(&complaint)?, &wanted.reason)
    });
    match done.await {
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = ctx.read(move |read| page(read, &id)).await?;
            ctx.again(ComplaintPage { form, problems, ..page })
        }
        done => step_taken(&ctx, format!("/market/complaints/{id}"), "market-said-decided", done),
    }
}
