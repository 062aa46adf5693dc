//! Reviews that somebody reported: a clerk of the market hides them or leaves them, with a reason.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::{Error, Problem};
use payments::SETTLE;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::review::{self, PAGE_ROWS, Review, ReviewId};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/moderation", show, Access::May(SETTLE))
        .gives::<ModerationPage>()
        .asks(&["after"])
        .post("/market/moderation/{id}", judge, Access::May(SETTLE))
        .takes::<JudgeForm>()
        .needs(&["judgement"])
        .gives::<Review>()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
}

/// A reported review, with why it was reported.
#[derive(Serialize, JsonSchema)]
struct Reported {
    review: Review,
    report: String,
}

/// Reported reviews.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "moderation.html")]
struct ModerationPage {
    rows: Vec<Reported>,
    next: String,
    #[serde(skip)]
    form: JudgeForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    /// The one that was just judged, if something was wrong with it.
    #[serde(skip)]
    judged: String,
}

/// Hidden or left, and why.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct JudgeForm {
    /// `hide` takes it off the pages; anything else leaves it.
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    judgement: String,
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let after = Some(asked.after).filter(|after| !after.is_empty());
    ctx.page(page(&ctx, after).await?)
}

async fn page(ctx: &Ctx, after: Option<String>) -> base::Result<ModerationPage> {
    let reviews = ctx.read(move |read| review::reported(read, after.as_deref())).await?;
    let full = i64::try_from(reviews.len()).is_ok_and(|count| count == PAGE_ROWS);
    let next = reviews.last().filter(|_| full);
    let next = next.map(|last| format!("/market/moderation?after={}", last.id));
    let rows = reviews.into_iter().map(|review| Reported { report: review.report.clone(), review });
    Ok(ModerationPage {
        rows: rows.collect(),
        next: next.unwrap_or_default(),
        form: JudgeForm::default(),
        problems: Vec::new(),
        judged: String::new(),
    })
}

async fn judge(ctx: Ctx, Path(id): Path<ReviewId>, Input(form): Input<JudgeForm>) -> Answer {
    let (one, hide, why) = (id.clone(), form.outcome == "hide", form.judgement.clone());
    let done = ctx.write("market.judge", move |tx| review::judge(tx, &one, hide, &why)).await;
    match done {
        Ok(review) => Ok(ctx.done_saying("/market/moderation", "market-said-judged", review)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = page(&ctx, None).await?;
            ctx.again(ModerationPage { form, problems, judged: id.to_string(), ..page })
        }
        Err(error) => Err(error.into()),
    }
}
