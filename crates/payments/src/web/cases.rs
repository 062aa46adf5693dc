//! Payments that do not fit: a list, and a page on which a person decides about each.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::{Error, Problem, Rupiah, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::SETTLE;
use crate::case::{self, Case, CaseId, PAGE_ROWS, Settle};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/payments/cases", list, Access::May(SETTLE))
        .gives::<CasesPage>()
        .asks(&["settled", "after"])
        .get("/payments/cases/{id}", show, Access::May(SETTLE))
        .gives::<CasePage>()
        .post("/payments/cases/{id}/settlement", settle, Access::May(SETTLE))
        .takes::<SettleForm>()
        .needs(&["reason"])
        .gives::<Case>()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    settled: String,
    #[serde(default)]
    after: String,
}

/// Payments that do not fit.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "cases.html")]
struct CasesPage {
    cases: Vec<Case>,
    /// Those that were settled.
    settled: bool,
    next: String,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let settled = asked.settled == "1";
    let after = Some(asked.after).filter(|after| !after.is_empty());
    let cases = ctx.read(move |read| case::list(read, settled, after.as_deref())).await?;
    let full = i64::try_from(cases.len()).is_ok_and(|count| count == PAGE_ROWS);
    let chosen = if settled { "1" } else { "" };
    let next = cases.last().filter(|_| full);
    let next = next.map(|last| format!("/payments/cases?settled={chosen}&after={}", last.id));
    ctx.page(CasesPage { cases, settled, next: next.unwrap_or_default() })
}

/// One of them.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "case.html")]
struct CasePage {
    case: Case,
    /// What of it lies at the bank and can be given back.
    unassigned: Rupiah,
    /// Until when the bill could be paid.
    expired_at: Option<Timestamp>,
    /// The sum of the bill.
    wanted: Option<Rupiah>,
    #[serde(skip)]
    form: SettleForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    refused: Option<&'static str>,
}

async fn show(ctx: Ctx, Path(id): Path<CaseId>) -> Answer {
    ctx.page(page(&ctx, id, SettleForm::default()).await?)
}

async fn page(ctx: &Ctx, id: CaseId, form: SettleForm) -> base::Result<CasePage> {
    let look = move |read: &mut base::Read<'_>| {
        let case = case::find(read, &id)?;
        let bill = crate::BillId::parse(&case.bill);
        let bill = bill.map(|bill| crate::bill::find(read, &bill)).transpose()?;
        Ok((case::unassigned(read, &case)?, case, bill))
    };
    let (unassigned, case, bill) = ctx.read(look).await?;
    Ok(CasePage {
        case,
        unassigned,
        expired_at: bill.as_ref().map(|bill| bill.expires_at),
        wanted: bill.map(|bill| bill.amount),
        form,
        problems: Vec::new(),
        refused: None,
    })
}

/// What a person decides.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct SettleForm {
    /// `returned` gives the payer their money back; anything else leaves it.
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    reason: String,
}

async fn settle(ctx: Ctx, Path(id): Path<CaseId>, Input(form): Input<SettleForm>) -> Answer {
    let cmd = Settle {
        id: id.clone(),
        returned: form.outcome == "returned",
        reason: form.reason.clone(),
    };
    let done = ctx.write("payments.settle", move |tx| case::settle(tx, &cmd)).await;
    let (problems, refused) = match done {
        Ok(case) => {
            return Ok(ctx.done_saying(
                format!("/payments/cases/{id}"),
                "payments-said-settled",
                case,
            ));
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => (problems, None),
        Err(Error::Refused(code)) if ctx.wants_page() => (Vec::new(), Some(code)),
        Err(error) => return Err(error.into()),
    };
    let page = page(&ctx, id, form).await?;
    ctx.again(CasePage { problems, refused, ..page })
}
