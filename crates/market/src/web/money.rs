//! A seller's money: what is theirs, what is held until buyers are content, where it is paid, and every
//! rupiah of it explained.

use ::web::{Access, Answer, Ctx, Input, Query, Routes, filters};
use askama::Template;
use base::{Date, Delta, Error, Problem, Read, Result, Rupiah, Timestamp, among};
use ledger::{PAGE_LINES, SELLERS_DUE, StatementLine};
use payments::{Payee, Payout};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{SELL, order, shop};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/money", show, Access::May(SELL))
        .gives::<MoneyPage>()
        .asks(&["after"])
        .post("/market/money/account", set, Access::May(SELL))
        .takes::<PayeeForm>()
        .needs(&["bank", "number", "holder"])
        .gives::<MoneyPage>()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
}

/// One line of the statement.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Explained {
    pub(super) day: Date,
    /// The end of a text key: `ledger-what-…`.
    pub(super) what: String,
    /// The number of the order, where it was one.
    pub(super) number: String,
    #[serde(skip)]
    href: String,
    /// More than nothing where the seller gained.
    pub(super) amount: Delta,
}

/// A seller's money.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "money.html")]
struct MoneyPage {
    /// Theirs, to be paid with the next batch.
    due: Rupiah,
    /// The next day on which sellers are paid.
    payday: Date,
    /// Paid out already and given back to a buyer: taken from what is sold next.
    owes: Rupiah,
    /// Paid by buyers, for orders that are not completed yet.
    held: Rupiah,
    /// Where they are paid; the end of the number.
    account: String,
    account_changed_at: Option<Timestamp>,
    payouts: Vec<Payout>,
    lines: Vec<Explained>,
    next: String,
    /// The month whose statement is offered first.
    #[serde(skip)]
    month: String,
    #[serde(skip)]
    form: PayeeForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let after = Some(asked.after).filter(|after| !after.is_empty());
    ctx.page(ctx.read(move |read| page(read, after.as_deref())).await?)
}

fn page(read: &mut Read<'_>, after: Option<&str>) -> Result<MoneyPage> {
    let business = shop::own_business(read)?;
    let party = business.id.as_str();
    let due = ledger::balance(read, SELLERS_DUE, party)?;
    let payee = payments::payee_of(read, party)?;
    let lines = ledger::statement(read, SELLERS_DUE, party, after)?;
    let full = i64::try_from(lines.len()).is_ok_and(|count| count == PAGE_LINES);
    let next = lines.last().filter(|_| full).map(StatementLine::cursor);
    Ok(MoneyPage {
        due: Rupiah::parse(-due.amount()).unwrap_or(Rupiah::ZERO),
        owes: Rupiah::parse(due.amount()).unwrap_or(Rupiah::ZERO),
        payday: payments::next_payday(read)?,
        held: order::held_for(read, &business.id)?,
        account: payee.as_ref().map(|payee| payee.shown.clone()).unwrap_or_default(),
        account_changed_at: payee.map(|payee| payee.changed_at),
        payouts: payments::payouts_of(read, party)?,
        lines: explained(read, &lines)?,
        next: next.map(|next| format!("/market/money?after={next}")).unwrap_or_default(),
        month: Date::today(read).iso().chars().take("2026-11".len()).collect(),
        form: PayeeForm::default(),
        problems: Vec::new(),
    })
}

pub(super) fn explained(read: &mut Read<'_>, lines: &[StatementLine]) -> Result<Vec<Explained>> {
    let subjects: Vec<&str> = lines.iter().map(|line| line.subject.as_str()).collect();
    let numbers: Vec<(String, String)> =
        among(read, "SELECT id, number FROM market_orders WHERE id", &subjects)?;
    let explain = |line: &StatementLine| {
        let order = numbers.iter().find(|(id, _)| *id == line.subject);
        let (href, number) = match order {
            Some((id, number)) => (format!("/market/sales/{id}"), number.clone()),
            None => (String::new(), String::new()),
        };
        let amount = Delta::parse(-line.amount.amount());
        let amount = amount.ok_or_else(|| Error::broken("a difference has its mirror"))?;
        Ok(Explained { day: line.day, what: line.what.clone(), number, href, amount })
    };
    lines.iter().map(explain).collect()
}

/// A bank account, as its holder writes it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub(super) struct PayeeForm {
    /// Three digits.
    #[serde(default)]
    pub(super) bank: String,
    #[serde(default)]
    pub(super) number: String,
    #[serde(default)]
    pub(super) holder: String,
}

impl PayeeForm {
    pub(super) fn payee(&self) -> Result<Payee> {
        Payee::parse(&self.bank, &self.number, &self.holder)
    }
}

async fn set(ctx: Ctx, Input(form): Input<PayeeForm>) -> Answer {
    let payee = match form.payee() {
        Ok(payee) => payee,
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = ctx.read(|read| page(read, None)).await?;
            return ctx.again(MoneyPage { form, problems, ..page });
        }
        Err(error) => return Err(error.into()),
    };
    let keyring = std::sync::Arc::clone(ctx.keyring());
    let set = ctx.write("market.set_account", move |tx| {
        let business = shop::own_business(tx)?;
        payments::set_payee(tx, &keyring, business.id.as_str(), &payee)?;
        crate::tell::account_changed(tx, &business)
    });
    set.await?;
    let page = ctx.read(|read| page(read, None)).await?;
    Ok(ctx.done_saying("/market/money", "market-said-account", page))
}
