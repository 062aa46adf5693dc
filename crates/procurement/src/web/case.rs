//! An order as a case: whose turn it is and until when, its history, its papers and its money; and
//! the steps that take no more than a click or a reason.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::{Error, Problem, Result, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::wait::not_taken;
use crate::case::{self, Case};
use crate::order::{Order, OrderId};
use crate::refusal::Refusal;
use crate::timeline::Step;
use crate::{APPROVE, PAY, REQUEST, SELL};
use crate::{acceptance, approval, cancellation, delivery, invoice, request};

/// Steps back are told with why.
const REASON: &[&str] = &["reason"];

pub(super) fn routes(routes: Routes) -> Routes {
    let routes = routes.get("/procurement/orders/{id}", show, Access::Person);
    let routes = routes.gives::<OrderPage>().asks(&["refused"]);
    let step = |routes: Routes| routes.takes::<ReasonForm>().gives::<Order>();
    let to = Access::May;
    let routes = step(routes.post("/procurement/orders/{id}/approval", approve, to(APPROVE)));
    let routes =
        step(routes.post("/procurement/orders/{id}/rejection", reject, to(APPROVE))).needs(REASON);
    let routes = step(routes.post("/procurement/orders/{id}/cancellation", cancel, to(APPROVE)))
        .needs(REASON);
    let routes = step(routes.post("/procurement/orders/{id}/withdrawal", withdraw, to(REQUEST)))
        .needs(REASON);
    let routes = step(routes.post("/procurement/orders/{id}/acceptance", accept, to(SELL)));
    let routes =
        step(routes.post("/procurement/orders/{id}/refusal", decline, to(SELL))).needs(REASON);
    let routes = step(routes.post("/procurement/orders/{id}/delivery", deliver, to(SELL)));
    let routes =
        step(routes.post("/procurement/orders/{id}/acceptance/withdrawal", back_out, to(SELL)))
            .needs(REASON);
    let routes =
        step(routes.post("/procurement/orders/{id}/delivery/withdrawal", take_back, to(SELL)))
            .needs(REASON);
    let routes = step(routes.post("/procurement/orders/{id}/invoice/withdrawal", unbill, to(SELL)))
        .needs(REASON);
    step(routes.post("/procurement/orders/{id}/invoice/return", give_back, to(PAY))).needs(REASON)
}

/// The page of an order.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "order.html")]
pub(super) struct OrderPage {
    #[serde(flatten)]
    case: Case,
    #[serde(skip)]
    form: ReasonForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    /// Why a step was not taken just now.
    #[serde(skip)]
    refused: Option<&'static str>,
}

/// `handed-over`: what a step of the history is about.
fn verb(step: &Step) -> &str {
    step.key.strip_prefix("procurement-event-").unwrap_or_default()
}

impl OrderPage {
    /// What was recorded instead, where somebody else was faster.
    fn faster(&self) -> Option<&Step> {
        let code = self.refused.filter(|code| Refusal::is_overtaken(code))?;
        let taken_by = Refusal::taken_by(code);
        let mut done = self.case.steps.iter().rev().filter(|step| step.state == "done");
        let decision = done.clone().find(|step| taken_by.contains(&verb(step)));
        decision.or_else(|| done.find(|step| verb(step) != "escalated"))
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    /// The code by which a step was refused.
    #[serde(default)]
    refused: String,
}

/// Why, or what should be known.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct ReasonForm {
    #[serde(default)]
    reason: String,
    /// Which of the page's forms was sent, so that its problem stands where it belongs.
    #[serde(default)]
    step: String,
}

async fn show(ctx: Ctx, Path(id): Path<OrderId>, Query(asked): Query<Asked>) -> Answer {
    let case = ctx.read(move |read| case::of(read, &id)).await?;
    let refused = Refusal::of_step(&asked.refused);
    ctx.page(OrderPage { case, form: ReasonForm::default(), problems: Vec::new(), refused })
}

async fn approve(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.approve", "procurement-said-approved");
    step(ctx, id, form, said, |tx, id, _| approval::approve(tx, id)).await
}

async fn reject(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.reject", "procurement-said-rejected");
    step(ctx, id, form, said, approval::reject).await
}

async fn cancel(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.cancel", "procurement-said-cancelled");
    step(ctx, id, form, said, cancellation::cancel).await
}

async fn withdraw(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.withdraw", "procurement-said-withdrawn");
    step(ctx, id, form, said, request::withdraw).await
}

async fn accept(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.accept", "procurement-said-accepted");
    step(ctx, id, form, said, |tx, id, _| acceptance::accept(tx, id)).await
}

async fn decline(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.decline", "procurement-said-declined");
    step(ctx, id, form, said, acceptance::decline).await
}

async fn deliver(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.deliver", "procurement-said-delivered");
    step(ctx, id, form, said, delivery::deliver).await
}

async fn back_out(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.back_out", "procurement-said-declined");
    step(ctx, id, form, said, acceptance::back_out).await
}

async fn take_back(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.take_back", "procurement-said-taken-back");
    step(ctx, id, form, said, delivery::take_back).await
}

async fn unbill(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.withdraw_invoice", "procurement-said-invoice-withdrawn");
    step(ctx, id, form, said, invoice::withdraw).await
}

async fn give_back(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let said = ("procurement.return_invoice", "procurement-said-invoice-returned");
    step(ctx, id, form, said, invoice::give_back).await
}

/// Takes one step; with a wrong reason the page comes again and says what is missing.
async fn step(
    ctx: Ctx,
    id: OrderId,
    form: ReasonForm,
    (name, said): (&'static str, &'static str),
    body: impl Fn(&mut Tx<'_>, &OrderId, &str) -> Result<Order> + Send + 'static,
) -> Answer {
    let (order, reason) = (id.clone(), form.reason.clone());
    match ctx.write(name, move |tx| body(tx, &order, &reason)).await {
        Ok(order) => Ok(ctx.done_saying(order.href(), said, order)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let case = ctx.read(move |read| case::of(read, &id)).await?;
            ctx.again(OrderPage { case, form, problems, refused: None })
        }
        Err(error) => not_taken(&ctx, &id, error),
    }
}
