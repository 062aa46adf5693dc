//! What a buyer says of what they bought. Only whoever holds the link of a completed order can write one, so
//! that every review is of a real purchase. Its seller may answer; what is reported, a clerk judges.

use base::{Error, FromRow, Id, Problem, Read, Result, Row, Timestamp, Tx, db, require, words};
use catalog::ProductId;
use catalog::rating::{self, Rating};
use registry::BusinessId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::events::{ReviewAnswered, ReviewJudged, ReviewReported, ReviewWritten};
use crate::order::{self, OrderId};
use crate::order_group::GroupId;
use crate::refusal::Refusal;
use crate::state::State;
use crate::tell;

/// The identity of a review.
pub type ReviewId = Id<Review>;

/// The longest review, and the longest answer.
pub(crate) const WORDS_CHARS_MAX: usize = 500;
/// The longest report of abuse.
pub(crate) const REPORT_CHARS_MAX: usize = 300;

/// One review.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    pub(crate) id: ReviewId,
    pub(crate) product: ProductId,
    pub(crate) business: BusinessId,
    pub(crate) product_name: String,
    /// The first name of the buyer.
    pub(crate) buyer_name: String,
    /// One to five.
    pub(crate) stars: i64,
    pub(crate) words: String,
    pub(crate) made_at: Timestamp,
    /// The seller's words.
    pub(crate) answer: String,
    pub(crate) answered_at: Option<Timestamp>,
    #[serde(skip)]
    pub(crate) reported_at: Option<Timestamp>,
    /// Why somebody reported it.
    #[serde(skip)]
    pub(crate) report: String,
    #[serde(skip)]
    pub(crate) judged_at: Option<Timestamp>,
    pub(crate) hidden: bool,
    /// Why a clerk hid it or left it.
    #[serde(skip)]
    pub(crate) judgement: String,
}

const SELECT: &str = "SELECT id, product, business, product_name, buyer_name, stars, words, \
     made_at, answer, answered_at, reported_at, report, judged_at, hidden, judgement FROM market_reviews";

impl FromRow for Review {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Review {
            id: row.take()?,
            product: row.take()?,
            business: row.take()?,
            product_name: row.take()?,
            buyer_name: row.take()?,
            stars: row.take()?,
            words: row.take()?,
            made_at: row.take()?,
            answer: row.take()?,
            answered_at: row.take()?,
            reported_at: row.take()?,
            report: row.take()?,
            judged_at: row.take()?,
            hidden: row.take()?,
            judgement: row.take()?,
        })
    }
}

/// The review, or `NotFound`.
pub(crate) fn find(read: &mut Read<'_>, id: &ReviewId) -> Result<Review> {
    read.first(&format!("{SELECT} WHERE id = $1"), &[id])?.ok_or(Error::NotFound)
}

/// Reviews of one order: a line has one at most.
pub(crate) fn of_order(read: &mut Read<'_>, order: &OrderId) -> Result<Vec<Review>> {
    let sql = format!("{SELECT} WHERE order_id = $1 ORDER BY id LIMIT 100");
    Ok(read.all(&sql, &[order])?)
}

/// Reviews on one page.
pub(crate) const PAGE_ROWS: i64 = 20;

/// Reviews of a product that everybody may read, the newest first, before a cursor.
pub(crate) fn of_product(
    read: &mut Read<'_>,
    product: &ProductId,
    before: Option<&str>,
) -> Result<Vec<Review>> {
    let before = before.unwrap_or("~");
    let sql =
        format!("{SELECT} WHERE product = $1 AND NOT hidden AND id < $2 ORDER BY id DESC LIMIT $3");
    Ok(read.all(&sql, &[product, &before, &PAGE_ROWS])?)
}

/// Reported ones that nobody has judged, the oldest first, after a cursor.
pub(crate) fn reported(read: &mut Read<'_>, after: Option<&str>) -> Result<Vec<Review>> {
    require(read, payments::SETTLE)?;
    let after = after.unwrap_or("");
    let sql = format!(
        "{SELECT} WHERE reported_at IS NOT NULL AND judged_at IS NULL AND id > $1 ORDER BY id LIMIT $2"
    );
    Ok(read.all(&sql, &[&after, &PAGE_ROWS])?)
}

/// How many wait for a clerk.
pub(crate) fn unjudged(read: &mut Read<'_>) -> Result<i64> {
    Ok(read.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM market_reviews
         WHERE reported_at IS NOT NULL AND judged_at IS NULL",
        &[],
    )?)
}

/// What a buyer says of one product.
#[derive(Debug, Clone)]
pub struct Opinion {
    /// Of what.
    pub product: ProductId,
    /// One to five.
    pub stars: i64,
    /// May be empty.
    pub words: String,
}

impl Opinion {
    /// Checked: one to five stars, and words that fit. `at` is the place of the product on the form.
    pub fn parse(product: ProductId, stars: &str, text: &str, at: usize) -> Result<Opinion> {
        let known = stars.trim().parse().ok().filter(|stars| (1..=5).contains(stars));
        let words = words::long(&format!("words_{at}"), text, WORDS_CHARS_MAX);
        match (known, words) {
            (Some(stars), Ok(words)) => Ok(Opinion { product, stars, words }),
            (None, _) => Err(Error::invalid(format!("stars_{at}"), "market-stars-wanted")),
            (_, Err(problem)) => Err(Error::Invalid(vec![problem])),
        }
    }
}

/// The buyer, who holds the group's link, says what they think of goods of a completed order. Saying it
/// again replaces what was said, unless a clerk has hidden it.
pub fn write(tx: &mut Tx<'_>, group: &GroupId, id: &OrderId, opinions: &[Opinion]) -> Result<()> {
    let order = order::of_group_one(tx, group, id)?;
    if !matches!(order.state, State::Completed | State::Refunded) {
        return Err(Refusal::NotNow.into());
    }
    let lines = order::lines(tx, id)?;
    let now = Timestamp::of(tx);
    for Opinion { product, stars, words } in opinions {
        let line = lines.iter().find(|line| line.product == *product).ok_or(Error::NotFound)?;
        let new: ReviewId = tx.new_id();
        let rows: Vec<(ReviewId,)> = tx.returning(
            "INSERT INTO market_reviews (id, order_id, product, business, product_name, buyer_name,
                 stars, words, made_at, answer, report, hidden, judgement)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', FALSE, '')
             ON CONFLICT (order_id, product) DO UPDATE
             SET stars = excluded.stars, words = excluded.words, made_at = excluded.made_at
             WHERE NOT market_reviews.hidden RETURNING id",
            &[
                &new,
                id,
                product,
                &order.business,
                &line.name,
                &order.buyer_name,
                stars,
                words,
                &now,
            ],
        )?;
        let (review,) = rows.into_iter().next().ok_or(Refusal::ReviewHidden)?;
        tx.record(&ReviewWritten { review: &review, product, order: id, stars: *stars })?;
        recount(tx, product)?;
    }
    if !opinions.is_empty() {
        tell::seller(tx, &order, "market-tell-review")?;
    }
    Ok(())
}

/// The catalogue is told what all reviews of a product are together.
fn recount(tx: &mut Tx<'_>, product: &ProductId) -> Result<()> {
    let (reviews, stars): (i64, i64) = tx.one(
        "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(stars), 0) AS BIGINT)
         FROM market_reviews WHERE product = $1 AND NOT hidden",
        &[product],
    )?;
    rating::set(tx, product, Rating { reviews, stars })
}

/// The seller answers, or answers otherwise; everybody reads it.
pub fn answer_review(tx: &mut Tx<'_>, id: &ReviewId, text: &str) -> Result<Review> {
    let business = crate::shop::own_business(tx)?;
    let mut review = find(tx, id)?;
    if review.business != business.id {
        return Err(Error::NotFound);
    }
    let text = words::reason("answer", text, WORDS_CHARS_MAX, "market-review-answer-wanted");
    review.answer = text.map_err(|problem| Error::Invalid(vec![problem]))?;
    review.answered_at = Some(Timestamp::of(tx));
    tx.execute(
        "UPDATE market_reviews SET answer = $2, answered_at = $3 WHERE id = $1",
        &[id, &review.answer, &review.answered_at],
    )?;
    tx.record(&ReviewAnswered { review: id, product: &review.product })?;
    Ok(review)
}

/// Anybody says that a review hurts somebody. Once is enough; one that a clerk has judged stays so.
pub(crate) fn report(tx: &mut Tx<'_>, id: &ReviewId, why: &str) -> Result<Review> {
    let mut review = find(tx, id)?;
    if review.hidden {
        return Err(Error::NotFound);
    }
    let why = words::reason("report", why, REPORT_CHARS_MAX, "market-report-wanted");
    let why = why.map_err(|problem: Problem| Error::Invalid(vec![problem]))?;
    if review.reported_at.is_some() {
        return Ok(review);
    }
    (review.reported_at, review.report) = (Some(Timestamp::of(tx)), why);
    tx.execute(
        "UPDATE market_reviews SET reported_at = $2, report = $3 WHERE id = $1",
        &[id, &review.reported_at, &review.report],
    )?;
    tx.record(&ReviewReported { review: id, product: &review.product })?;
    Ok(review)
}

/// A clerk of the market hides a reported review or leaves it, and says why.
pub(crate) fn judge(tx: &mut Tx<'_>, id: &ReviewId, hide: bool, why: &str) -> Result<Review> {
    require(tx, payments::SETTLE)?;
    let mut review = find(tx, id)?;
    if review.reported_at.is_none() || review.judged_at.is_some() {
        return Err(Refusal::NotNow.into());
    }
    let why = words::reason("judgement", why, REPORT_CHARS_MAX, "market-judgement-wanted");
    review.judgement = why.map_err(|problem| Error::Invalid(vec![problem]))?;
    (review.judged_at, review.hidden) = (Some(Timestamp::of(tx)), hide);
    tx.execute(
        "UPDATE market_reviews SET judged_at = $2, hidden = $3, judgement = $4 WHERE id = $1",
        &[id, &review.judged_at, &review.hidden, &review.judgement],
    )?;
    let (product, reason) = (&review.product, review.judgement.as_str());
    tx.record(&ReviewJudged { review: id, product, hidden: hide, reason })?;
    recount(tx, &review.product)?;
    Ok(review)
}
