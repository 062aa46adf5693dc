//! The seller's invoice and the treasurer's payment.

use ::web::{Access, Answer, Ctx, Input, Path, Routes, filters};
use askama::Template;
use base::{Date, Error, Problem, Result, Rupiah};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::wait::{NotYetPage, not_taken};
use crate::case::{self, Proof};
use crate::invoice::{self, Invoice};
use crate::order::{Order, OrderId};
use crate::payment::{self, Payment};
use crate::refusal::Refusal;
use crate::state::State;
use crate::{PAY, SELL};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/orders/{id}/invoice", bill, Access::May(SELL))
        .gives::<InvoicePage>()
        .post("/procurement/orders/{id}/invoice", send, Access::May(SELL))
        .takes::<InvoiceForm>()
        .needs(&["amount"])
        .counts(&["amount"])
        .gives::<Order>()
        .get("/procurement/orders/{id}/payment", paying, Access::May(PAY))
        .gives::<PaymentPage>()
        .post("/procurement/orders/{id}/payment", pay, Access::May(PAY))
        .takes::<PaymentForm>()
        .needs(&["method", "reference", "paid_on"])
        .gives::<Order>()
}

/// What the seller writes.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "invoice.html")]
struct InvoicePage {
    order: Order,
    proof: Proof,
    #[serde(skip)]
    form: InvoiceForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// An invoice as people write it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct InvoiceForm {
    #[serde(default)]
    number: String,
    #[serde(default)]
    amount: String,
    /// `1` if what is asked for is less than was received, and the difference is given up.
    #[serde(default)]
    gives_up_rest: String,
}

impl InvoicePage {
    /// What is not asked for.
    fn difference(&self) -> String {
        let asked = Rupiah::read(&self.form.amount);
        let less = asked.and_then(|asked| self.order.money.received.minus(asked));
        less.map(Rupiah::display).unwrap_or_default()
    }
}

impl InvoiceForm {
    fn parse(&self, order: &OrderId) -> Result<Invoice> {
        let amount = Rupiah::read(&self.amount);
        let amount = amount.ok_or(Error::invalid("amount", "procurement-amount-wanted"))?;
        let gives_up_rest = self.gives_up_rest == "1";
        Ok(Invoice { order: order.clone(), number: self.number.clone(), amount, gives_up_rest })
    }
}

async fn bill(ctx: Ctx, Path(id): Path<OrderId>) -> Answer {
    let (order, proof) = ctx.read(move |read| case::received(read, &id)).await?;
    if order.state != State::HandedOver && ctx.wants_page() {
        let why = Refusal::step(State::HandedOver, order.state).code();
        return ctx.page(NotYetPage { title: "procurement-invoice-title", why, order });
    }
    let amount = order.money.received.amount().to_string();
    let form = InvoiceForm { amount, ..InvoiceForm::default() };
    ctx.page(InvoicePage { order, proof, form, problems: Vec::new() })
}

async fn send(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<InvoiceForm>) -> Answer {
    let sent = match form.parse(&id) {
        Ok(cmd) => ctx.write("procurement.invoice", move |tx| invoice::invoice(tx, &cmd)).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(order) => Ok(ctx.done_saying(order.href(), "procurement-said-invoiced", order)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let (order, proof) = ctx.read(move |read| case::received(read, &id)).await?;
            ctx.again(InvoicePage { order, proof, form, problems })
        }
        Err(error) => not_taken(&ctx, &id, error),
    }
}

/// What the treasurer records.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "payment.html")]
struct PaymentPage {
    order: Order,
    proof: Proof,
    #[serde(skip)]
    form: PaymentForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// A payment as people write it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct PaymentForm {
    /// `up`, `ls` or `kkpd`.
    #[serde(default)]
    method: String,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    paid_on: String,
}

impl PaymentForm {
    fn parse(&self, order: &OrderId) -> Result<Payment> {
        let paid_on = Date::parse(self.paid_on.trim());
        let Some(paid_on) = paid_on else {
            return Err(Error::invalid("paid_on", "procurement-day-wanted"));
        };
        Ok(Payment {
            order: order.clone(),
            method: self.method.clone(),
            reference: self.reference.clone(),
            paid_on,
        })
    }
}

async fn paying(ctx: Ctx, Path(id): Path<OrderId>) -> Answer {
    let looked = ctx.read(move |read| Ok((case::received(read, &id)?, Date::today(read).iso())));
    let ((order, proof), today) = looked.await?;
    if order.state != State::Invoiced && ctx.wants_page() {
        let why = Refusal::step(State::Invoiced, order.state).code();
        return ctx.page(NotYetPage { title: "procurement-payment-title", why, order });
    }
    let form = PaymentForm { paid_on: today, ..PaymentForm::default() };
    ctx.page(PaymentPage { order, proof, form, problems: Vec::new() })
}

async fn pay(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<PaymentForm>) -> Answer {
    let paid = match form.parse(&id) {
        Ok(cmd) => ctx.write("procurement.pay", move |tx| payment::pay(tx, &cmd)).await,
        Err(error) => Err(error),
    };
    match paid {
        Ok(order) => Ok(ctx.done_saying(order.href(), "procurement-said-paid", order)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let (order, proof) = ctx.read(move |read| case::received(read, &id)).await?;
            ctx.again(PaymentPage { order, proof, form, problems })
        }
        Err(error) => not_taken(&ctx, &id, error),
    }
}
