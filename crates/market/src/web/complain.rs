//! A buyer, who holds the order's link, says what is wrong, and takes or contests what the seller answers.

use ::web::{Access, Answer, Ctx, Input, Path, Routes, Upload, filters, photo};
use askama::Template;
use base::{Error, Problem, Read, Result, Rupiah};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::step_taken;
use super::told::{self, Told, complaint_of, keep_photo, picture};
use super::track::{Held, address, admit};
use crate::complaining::{self, Complain};
use crate::complaint::{Kind, Stage};
use crate::order::{self, Order, OrderId, OrderLine};
use crate::refusal::Refusal;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/orders/{group}/{secret}/{order}/complaint", show, Access::Anyone)
        .people_only()
        .post("/market/orders/{group}/{secret}/{order}/complaint", complain, Access::Anyone)
        .uploads(photo::PHOTO_BYTES_MAX)
        .takes::<ComplaintForm>()
        .files(&["photo"])
        .needs(&["kind", "words"])
        .gives::<Order>()
        .get(
            "/market/orders/{group}/{secret}/{order}/complaint/{side}/{size}",
            look,
            Access::Anyone,
        )
        .raw()
        .post("/market/orders/{group}/{secret}/{order}/acceptance", take, Access::Anyone)
        .gives::<Order>()
        .get("/market/orders/{group}/{secret}/{order}/objection", object, Access::Anyone)
        .people_only()
        .post("/market/orders/{group}/{secret}/{order}/objection", contest, Access::Anyone)
        .takes::<ObjectionForm>()
        .needs(&["reply"])
        .gives::<Order>()
        .post("/market/orders/{group}/{secret}/{order}/withdrawal", withdraw, Access::Anyone)
        .gives::<Order>()
}

/// What is sent, as programs read of it; the count of each line is a field of its own.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
struct ComplaintForm {
    /// `broken`, `wrong`, `missing` or `never_came`.
    kind: String,
    words: String,
    /// `count_0`, `count_1` and so on, by the place of the line in the order.
    #[serde(flatten)]
    counts: std::collections::BTreeMap<String, String>,
}

/// Why the seller's answer is not taken.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct ObjectionForm {
    #[serde(default)]
    reply: String,
}

/// A line, and how many of it are not as they should be.
#[derive(Serialize)]
struct Counted {
    line: OrderLine,
    typed: String,
    field: String,
}

/// The page on which a buyer complains.
#[derive(Template, Serialize)]
#[template(path = "complain.html")]
struct ComplainPage {
    order: Order,
    lines: Vec<Counted>,
    total: Rupiah,
    #[serde(skip)]
    kinds: [Kind; 4],
    #[serde(skip)]
    kind: String,
    #[serde(skip)]
    words: String,
    /// A photo was chosen and has to be chosen again.
    #[serde(skip)]
    photo_gone: bool,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    at: String,
}

async fn show(ctx: Ctx, Path((group, secret, id)): Path<Held>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let found = ctx.read(move |read| open(read, &group, &id)).await;
    match found {
        Ok((order, lines)) => ctx.page(page(order, lines, &Upload::default(), at)),
        Err(error) => step_taken(&ctx, at, "market-not-now", Err(error)),
    }
}

/// An order that can be complained about.
fn open(
    read: &mut Read<'_>,
    group: &crate::GroupId,
    id: &OrderId,
) -> Result<(Order, Vec<OrderLine>)> {
    let order = order::of_group_one(read, group, id)?;
    complaining::admit(read, &order)?;
    let lines = order::lines(read, id)?;
    Ok((order, lines))
}

fn page(order: Order, lines: Vec<OrderLine>, upload: &Upload, at: String) -> ComplainPage {
    // Who ordered one piece of one thing has nothing to count.
    let only = matches!(lines.as_slice(), [line] if line.count == 1);
    let counted = |(place, line): (usize, OrderLine)| {
        let field = format!("count_{place}");
        let typed = upload.field(&field).to_owned();
        let typed = if only && typed.is_empty() { "1".to_owned() } else { typed };
        Counted { line, typed, field }
    };
    ComplainPage {
        total: order.total(),
        order,
        lines: lines.into_iter().enumerate().map(counted).collect(),
        kinds: Kind::ALL,
        kind: upload.field("kind").to_owned(),
        words: upload.field("words").to_owned(),
        photo_gone: upload.file("photo").is_some(),
        problems: Vec::new(),
        at,
    }
}

async fn complain(ctx: Ctx, Path((group, secret, id)): Path<Held>, upload: Upload) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let (sought, wanted) = (group.clone(), id.clone());
    let found = ctx.read(move |read| open(read, &sought, &wanted)).await;
    let (order, lines) = match found {
        Ok(found) => found,
        // What was sent again after it arrived gets the answer that is kept for its key; nothing is written.
        Err(Error::Refused(code)) => {
            let again = ctx.write("market.complain", move |_| Err(Error::Refused(code)));
            return step_taken(&ctx, at, "market-said-complained", again.await);
        }
        Err(error) => return Err(error.into()),
    };
    let done = match read_form(&ctx, &order, &lines, &upload).await {
        Ok(cmd) => {
            ctx.write("market.complain", move |tx| complaining::complain(tx, &group, &id, &cmd))
                .await
        }
        Err(error) => Err(error),
    };
    match done {
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            ctx.again(ComplainPage { problems, ..page(order, lines, &upload, at) })
        }
        done => step_taken(&ctx, at, "market-said-complained", done),
    }
}

async fn read_form(
    ctx: &Ctx,
    order: &Order,
    lines: &[OrderLine],
    upload: &Upload,
) -> Result<Complain> {
    let (mut pieces, mut problems) = (Vec::new(), Vec::new());
    for place in 0..lines.len() {
        let field = format!("count_{place}");
        let text = upload.field(&field);
        match if text.is_empty() { Ok(0) } else { text.parse::<i64>() } {
            Ok(count) => pieces.push(count),
            Err(_) => problems.push(Problem::new(field, "market-count-wanted")),
        }
    }
    let shown = upload.file("photo").is_some();
    let cmd = match Complain::parse(upload.field("kind"), upload.field("words"), pieces, shown) {
        Ok(cmd) if problems.is_empty() => cmd,
        Ok(_) => return Err(Error::Invalid(problems)),
        Err(Error::Invalid(more)) => {
            problems.extend(more);
            return Err(Error::Invalid(problems));
        }
        Err(error) => return Err(error),
    };
    cmd.check(order, lines)?;
    // Kept last: a link alone fills no disk with photos of what is refused.
    Ok(Complain { photo: keep_photo(ctx, upload).await?, ..cmd })
}

type Photo = (crate::GroupId, String, OrderId, String, String);

async fn look(ctx: Ctx, Path((group, secret, id, side, size)): Path<Photo>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let order = ctx.read(move |read| order::of_group_one(read, &group, &id)).await?;
    let complaint = complaint_of(&ctx, &order).await?;
    picture(&ctx, &complaint, &side, &size).await
}

async fn take(ctx: Ctx, Path((group, secret, id)): Path<Held>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let done = ctx.write("market.take_answer", move |tx| complaining::take(tx, &group, &id)).await;
    step_taken(&ctx, at, "market-said-taken", done)
}

async fn contest(
    ctx: Ctx,
    Path((group, secret, id)): Path<Held>,
    Input(form): Input<ObjectionForm>,
) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let (held, order, why) = (group.clone(), id.clone(), form.reply.clone());
    let done =
        ctx.write("market.contest", move |tx| complaining::contest(tx, &held, &order, &why)).await;
    match done {
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let told = ctx.read(move |read| answered(read, &group, &id)).await?;
            ctx.again(ObjectPage { reply: form.reply, problems, ..object_page(told, at) })
        }
        done => step_taken(&ctx, at, "market-said-contested", done),
    }
}

/// The page on which a buyer does not take the seller's answer.
#[derive(Template, Serialize)]
#[template(path = "object.html")]
struct ObjectPage {
    told: Told,
    #[serde(skip)]
    reply: String,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    at: String,
}

async fn object(ctx: Ctx, Path((group, secret, id)): Path<Held>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    match ctx.read(move |read| answered(read, &group, &id)).await {
        Ok(told) => ctx.page(object_page(told, at)),
        Err(error) => step_taken(&ctx, at, "market-not-now", Err(error)),
    }
}

fn object_page(told: Told, at: String) -> ObjectPage {
    let photos = format!("{at}/{}/complaint", told.complaint.order);
    ObjectPage { told: told.shown_at(photos), reply: String::new(), problems: Vec::new(), at }
}

/// A complaint whose answer waits for the buyer.
fn answered(read: &mut Read<'_>, group: &crate::GroupId, id: &OrderId) -> Result<Told> {
    let order = order::of_group_one(read, group, id)?;
    let told = told::of_order(read, &order.id)?;
    let told = told.filter(|told| told.complaint.stage == Stage::Replying);
    told.ok_or_else(|| Refusal::NotNow.into())
}

async fn withdraw(ctx: Ctx, Path((group, secret, id)): Path<Held>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let done = ctx
        .write("market.withdraw_complaint", move |tx| complaining::withdraw(tx, &group, &id))
        .await;
    step_taken(&ctx, at, "market-said-withdrawn", done)
}
