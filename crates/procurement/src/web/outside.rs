//! What an agency bought elsewhere: the list and the form.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::account::Organisation;
use base::policy::{CATEGORIES, Dated, LocalPurchaseObligation, Wording};
use base::{Date, Error, Problem, Read, Result, Rupiah, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{asking, cursor};
use crate::outside::{self, OutsidePurchase, OutsidePurchaseId, PAGE_ROWS, Record};
use crate::{APPROVE, INSPECT, REQUEST, WATCH, agencies};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/outside-purchases", list, Access::May(WATCH))
        .gives::<OutsidePage>()
        .asks(&["agency", "after"])
        .get("/procurement/outside-purchases/new", new, Access::May(REQUEST))
        .people_only()
        .post("/procurement/outside-purchases", create, Access::May(REQUEST))
        .takes::<OutsideForm>()
        .needs(&["vendor", "what", "category", "amount", "bought_on", "reason"])
        .counts(&["amount"])
        .gives::<OutsidePurchase>()
        .get("/procurement/outside-purchases/{id}", show, Access::May(WATCH))
        .gives::<OnePage>()
        .post("/procurement/outside-purchases/{id}/confirmation", confirm, Access::May(APPROVE))
        .gives::<OutsidePurchase>()
        .post("/procurement/outside-purchases/{id}/withdrawal", withdraw, Access::May(REQUEST))
        .takes::<WithdrawalForm>()
        .needs(&["reason"])
        .gives::<OutsidePurchase>()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    /// The agency, for whoever sees them all.
    #[serde(default)]
    agency: String,
    #[serde(default)]
    after: String,
}

/// A purchase with its reason in words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Row {
    #[serde(flatten)]
    purchase: OutsidePurchase,
    because: String,
}

/// The agency's purchases elsewhere, or everybody's.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "outside.html")]
struct OutsidePage {
    rows: Vec<Row>,
    /// The agency asked for, by id.
    agency: String,
    /// To choose from, for those who see all.
    agencies: Vec<Organisation>,
    every_agency: bool,
    next: String,
    may_record: bool,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let every = ctx.admits(Access::May(INSPECT));
    let (agency, after) = (cursor(&asked.agency), cursor(&asked.after));
    let (rows, reasons, agencies) = ctx
        .read(move |read| {
            let rows = outside::watched(read, agency.as_deref(), after.as_deref())?;
            let agencies = if every { agencies::all(read)? } else { Vec::new() };
            Ok((rows, outside::reasons(read)?, agencies))
        })
        .await?;
    let full = i64::try_from(rows.len()).is_ok_and(|count| count == PAGE_ROWS);
    let last = rows.last().filter(|_| full);
    let last = last.map(|last| format!("{}.{}", last.bought_on.iso(), last.id));
    let next = last.map(|last| {
        asking("/procurement/outside-purchases", &[("agency", &asked.agency), ("after", &last)])
    });
    let other = ctx.texts().get("procurement-outside-other");
    let row = |purchase: OutsidePurchase| {
        let known = reasons.iter().find(|(code, _)| *code == purchase.reason);
        let because = known.map_or_else(|| other.clone(), |(_, words)| words.clone());
        Row { purchase, because }
    };
    ctx.page(OutsidePage {
        rows: rows.into_iter().map(row).collect(),
        next: next.unwrap_or_default(),
        every_agency: every && asked.agency.is_empty(),
        agency: asked.agency,
        agencies,
        may_record: ctx.admits(Access::May(REQUEST)),
    })
}

/// The form.
#[derive(Template, Serialize)]
#[template(path = "outside_new.html")]
struct RecordPage {
    /// What binds the reader's agency.
    obligation: Option<Dated<LocalPurchaseObligation>>,
    /// The reasons of the rule, with their codes.
    reasons: Vec<(String, String)>,
    form: OutsideForm,
    problems: Vec<Problem>,
}

impl RecordPage {
    /// How strongly the obligation binds, as its texts name it.
    fn wording(&self) -> &'static str {
        match self.obligation.as_ref().map(|rule| rule.body.wording) {
            Some(Wording::Must) => "must",
            _ => "priority",
        }
    }
}

/// A purchase as people write it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
struct OutsideForm {
    #[serde(default)]
    vendor: String,
    #[serde(default)]
    what: String,
    /// One of the city's kinds of goods and services, or `other`.
    #[serde(default)]
    category: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    bought_on: String,
    /// A code of the obligation in force, or `other`.
    #[serde(default)]
    reason: String,
    /// The reason in own words; needed with `other`.
    #[serde(default)]
    explanation: String,
    /// `1` if the vendor is of this city.
    #[serde(default)]
    local_vendor: String,
}

impl OutsideForm {
    fn parse(&self) -> Result<Record> {
        let (amount, bought_on) = (Rupiah::read(&self.amount), Date::parse(self.bought_on.trim()));
        match (amount, bought_on) {
            (Some(amount), Some(bought_on)) => Ok(Record {
                vendor: self.vendor.clone(),
                what: self.what.clone(),
                amount,
                bought_on,
                reason: self.reason.clone(),
                category: self.category.clone(),
                explanation: words::lines(&self.explanation),
                local_vendor: self.local_vendor == "1",
            }),
            (amount, bought_on) => {
                let mut problems = Vec::new();
                if amount.is_none() {
                    problems.push(Problem::new("amount", "procurement-amount-wanted"));
                }
                if bought_on.is_none() {
                    problems.push(Problem::new("bought_on", "procurement-bought-on-wanted"));
                }
                Err(Error::Invalid(problems))
            }
        }
    }
}

async fn new(ctx: Ctx) -> Answer {
    let page = ctx.read(blank).await?;
    ctx.page(page)
}

fn blank(read: &mut Read<'_>) -> Result<RecordPage> {
    let form = OutsideForm { bought_on: Date::today(read).iso(), ..OutsideForm::default() };
    filled(read, form, Vec::new())
}

fn filled(read: &mut Read<'_>, form: OutsideForm, problems: Vec<Problem>) -> Result<RecordPage> {
    let obligation = outside::obligation_of_own(read)?;
    Ok(RecordPage { obligation, reasons: outside::reasons(read)?, form, problems })
}

async fn create(ctx: Ctx, Input(form): Input<OutsideForm>) -> Answer {
    let recorded = match form.parse() {
        Ok(cmd) => {
            ctx.write("procurement.record_outside", move |tx| outside::record(tx, &cmd)).await
        }
        Err(error) => Err(error),
    };
    match recorded {
        Ok(purchase) => {
            let said = match purchase.waits() {
                true => "procurement-said-outside-waits",
                false => "procurement-said-outside-recorded",
            };
            Ok(ctx.done_saying("/procurement/outside-purchases", said, purchase))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = ctx.read(move |read| filled(read, form.clone(), problems.clone()));
            ctx.again(page.await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// One purchase elsewhere, and what may be done with it.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "outside_one.html")]
struct OnePage {
    purchase: OutsidePurchase,
    /// The reason in words.
    because: String,
    may_confirm: bool,
    may_withdraw: bool,
    #[serde(skip)]
    form: WithdrawalForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

/// Why it is taken back.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct WithdrawalForm {
    #[serde(default)]
    reason: String,
}

async fn show(ctx: Ctx, Path(id): Path<OutsidePurchaseId>) -> Answer {
    let page = one(&ctx, id, WithdrawalForm::default(), Vec::new()).await?;
    ctx.page(page)
}

async fn one(
    ctx: &Ctx,
    id: OutsidePurchaseId,
    form: WithdrawalForm,
    problems: Vec<Problem>,
) -> Result<OnePage> {
    let (purchase, reasons, me) = ctx
        .read(move |read| {
            let purchase = outside::seen(read, &id)?;
            Ok((purchase, outside::reasons(read)?, read.actor().id.clone()))
        })
        .await?;
    let mine = purchase.recorded_by.as_str() == me;
    let own = ctx.actor().on_behalf_of.as_deref() == Some(purchase.agency.as_str());
    let known = reasons.into_iter().find(|(code, _)| *code == purchase.reason);
    let other = || ctx.texts().get("procurement-outside-other");
    Ok(OnePage {
        because: known.map_or_else(other, |(_, words)| words),
        may_confirm: own && !mine && purchase.waits() && ctx.admits(Access::May(APPROVE)),
        may_withdraw: own && mine && !purchase.is_withdrawn() && ctx.admits(Access::May(REQUEST)),
        purchase,
        form,
        problems,
    })
}

async fn confirm(ctx: Ctx, Path(id): Path<OutsidePurchaseId>) -> Answer {
    let purchase =
        ctx.write("procurement.confirm_outside", move |tx| outside::confirm(tx, &id)).await?;
    Ok(ctx.done_saying(purchase.href(), "procurement-said-outside-confirmed", purchase))
}

async fn withdraw(
    ctx: Ctx,
    Path(id): Path<OutsidePurchaseId>,
    Input(form): Input<WithdrawalForm>,
) -> Answer {
    let (taken, reason) = (id.clone(), form.reason.clone());
    let body = move |tx: &mut base::Tx<'_>| outside::withdraw(tx, &taken, &reason);
    match ctx.write("procurement.withdraw_outside", body).await {
        Ok(purchase) => {
            Ok(ctx.done_saying(purchase.href(), "procurement-said-outside-withdrawn", purchase))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = one(&ctx, id, form, problems).await?;
            ctx.again(page)
        }
        Err(error) => Err(error.into()),
    }
}
