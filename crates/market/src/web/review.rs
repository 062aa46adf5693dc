//! A buyer says what they think of what they bought; everybody reads it with the seller's answer.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, filters};
use askama::Template;
use base::{Error, Id, Problem, Read, Result};
use catalog::rating::{self, Rating};
use catalog::{ProductId, product};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::step_taken;
use super::track::{Held, address, admit};
use crate::SELL;
use crate::order::{self, Order, OrderId, OrderLine};
use crate::refusal::Refusal;
use crate::review::{self, Opinion, PAGE_ROWS, Review, ReviewId};
use crate::state::State;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/orders/{group}/{secret}/{order}/review", show, Access::Anyone)
        .people_only()
        .post("/market/orders/{group}/{secret}/{order}/review", write, Access::Anyone)
        .takes::<ReviewForm>()
        .needs(&["product", "stars"])
        .gives::<Order>()
        .get("/market/reviews/{product}", list, Access::Anyone)
        .gives::<ReviewsPage>()
        .asks(&["after"])
        .post("/market/reviews/{product}/{id}/report", report, Access::Anyone)
        .takes::<ReportForm>()
        .needs(&["report"])
        .gives::<Review>()
        .post("/market/reviews/{product}/{id}/answer", answer, Access::May(SELL))
        .takes::<AnswerForm>()
        .needs(&["answer"])
        .gives::<Review>()
}

/// What a buyer thinks, in rows that belong together; a row without stars says nothing.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct ReviewForm {
    #[serde(default)]
    product: Vec<String>,
    /// One to five.
    #[serde(default)]
    stars: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
}

/// Why a review hurts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct ReportForm {
    #[serde(default)]
    report: String,
}

/// What the seller says to a review.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct AnswerForm {
    #[serde(default)]
    answer: String,
}

/// A product to say something about, and what was said or typed.
#[derive(Serialize)]
struct Judged {
    line: OrderLine,
    stars: String,
    words: String,
    at: usize,
}

/// The page on which a buyer says what they think.
#[derive(Template, Serialize)]
#[template(path = "review.html")]
struct ReviewPage {
    order: Order,
    goods: Vec<Judged>,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    at: String,
}

async fn show(ctx: Ctx, Path((group, secret, id)): Path<Held>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    match ctx.read(move |read| blank(read, &group, &id)).await {
        Ok(page) => ctx.page(ReviewPage { at, ..page }),
        Err(error) => step_taken(&ctx, at, "market-not-now", Err(error)),
    }
}

fn blank(read: &mut Read<'_>, group: &crate::GroupId, id: &OrderId) -> Result<ReviewPage> {
    let order = order::of_group_one(read, group, id)?;
    if !matches!(order.state, State::Completed | State::Refunded) {
        return Err(Refusal::NotNow.into());
    }
    let said = review::of_order(read, id)?;
    let mut goods: Vec<Judged> = Vec::new();
    for line in order::lines(read, id)? {
        // Two choices of one product are one product.
        if goods.iter().any(|judged| judged.line.product == line.product) {
            continue;
        }
        let before = said.iter().find(|review| review.product == line.product);
        let (stars, words) = before
            .map(|review| (review.stars.to_string(), review.words.clone()))
            .unwrap_or_default();
        goods.push(Judged { line, stars, words, at: goods.len() });
    }
    Ok(ReviewPage { order, goods, problems: Vec::new(), at: String::new() })
}

impl ReviewForm {
    fn opinions(&self) -> Result<Vec<Opinion>> {
        const ROWS_MAX: usize = 100;
        let (mut opinions, mut problems) = (Vec::new(), Vec::new());
        for (at, product) in self.product.iter().enumerate().take(ROWS_MAX) {
            let text = |rows: &[String]| rows.get(at).cloned().unwrap_or_default();
            let (stars, words) = (text(&self.stars), text(&self.words));
            if stars.trim().is_empty() && words.trim().is_empty() {
                continue;
            }
            let product = Id::parse(product).ok_or(Error::NotFound)?;
            match Opinion::parse(product, &stars, &words, at) {
                Ok(opinion) => opinions.push(opinion),
                Err(Error::Invalid(more)) => problems.extend(more),
                Err(error) => return Err(error),
            }
        }
        if opinions.is_empty() && problems.is_empty() {
            problems.push(Problem::new("stars_0", "market-stars-wanted"));
        }
        if problems.is_empty() { Ok(opinions) } else { Err(Error::Invalid(problems)) }
    }
}

async fn write(
    ctx: Ctx,
    Path((group, secret, id)): Path<Held>,
    Input(form): Input<ReviewForm>,
) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let (held, order) = (group.clone(), id.clone());
    let done = match form.opinions() {
        Ok(opinions) => {
            let write = ctx.write("market.review", move |tx| {
                review::write(tx, &held, &order, &opinions)?;
                order::of_group_one(tx, &held, &order)
            });
            write.await
        }
        Err(error) => Err(error),
    };
    match done {
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = ctx.read(move |read| blank(read, &group, &id)).await?;
            let goods = page.goods.into_iter().map(|judged| Judged {
                stars: form.stars.get(judged.at).cloned().unwrap_or_default(),
                words: form.words.get(judged.at).cloned().unwrap_or_default(),
                ..judged
            });
            ctx.again(ReviewPage { goods: goods.collect(), problems, at, order: page.order })
        }
        done => step_taken(&ctx, at, "market-said-reviewed", done),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
}

/// What buyers say of a product.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "reviews.html")]
struct ReviewsPage {
    product: ProductId,
    name: String,
    rating: Rating,
    reviews: Vec<Review>,
    next: String,
    /// The reader sells it.
    own: bool,
    #[serde(skip)]
    problems: Vec<Problem>,
    /// What was typed, and for which review.
    #[serde(skip)]
    typed: (String, String),
}

impl ReviewsPage {
    fn is_typed(&self, id: &ReviewId) -> bool {
        self.typed.0 == id.as_str()
    }
}

async fn list(ctx: Ctx, Path(id): Path<ProductId>, Query(asked): Query<Asked>) -> Answer {
    let after = Some(asked.after).filter(|after| !after.is_empty());
    ctx.page(ctx.read(move |read| reviews(read, &id, after.as_deref())).await?)
}

fn reviews(read: &mut Read<'_>, id: &ProductId, after: Option<&str>) -> Result<ReviewsPage> {
    let product = product::find(read, id)?;
    let reviews = review::of_product(read, id, after)?;
    let full = i64::try_from(reviews.len()).is_ok_and(|count| count == PAGE_ROWS);
    let next = reviews.last().filter(|_| full);
    let next = next.map(|last| format!("/market/reviews/{id}?after={}", last.id));
    let own = read.actor().may(SELL.0)
        && crate::shop::own_business(read).is_ok_and(|business| business.id == product.business);
    Ok(ReviewsPage {
        product: id.clone(),
        name: product.name,
        rating: rating::of(read, id)?,
        reviews,
        next: next.unwrap_or_default(),
        own,
        problems: Vec::new(),
        typed: Default::default(),
    })
}

type One = (ProductId, ReviewId);

async fn report(
    ctx: Ctx,
    Path((product, id)): Path<One>,
    Input(form): Input<ReportForm>,
) -> Answer {
    let (one, why) = (id.clone(), form.report.clone());
    let done = ctx.write("market.report", move |tx| review::report(tx, &one, &why)).await;
    said(&ctx, (product, id), form.report, "market-said-reported", done).await
}

async fn answer(
    ctx: Ctx,
    Path((product, id)): Path<One>,
    Input(form): Input<AnswerForm>,
) -> Answer {
    let (one, text) = (id.clone(), form.answer.clone());
    let done = ctx.write("market.answer_review", move |tx| review::answer_review(tx, &one, &text));
    said(&ctx, (product, id), form.answer, "market-said-review-answered", done.await).await
}

async fn said(
    ctx: &Ctx,
    (product, id): One,
    typed: String,
    said: &'static str,
    done: Result<Review>,
) -> Answer {
    match done {
        Ok(review) => Ok(ctx.done_saying(format!("/market/reviews/{product}"), said, review)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = ctx.read(move |read| reviews(read, &product, None)).await?;
            ctx.again(ReviewsPage { problems, typed: (id.to_string(), typed), ..page })
        }
        Err(error) => Err(error.into()),
    }
}
