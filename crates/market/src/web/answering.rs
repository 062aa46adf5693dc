//! A seller answers what a buyer complains about.

use ::web::{Access, Answer, Ctx, Path, Routes, Upload, photo};
use base::{Error, Result, Rupiah};
use schemars::JsonSchema;

use super::sales::page;
use super::step_taken;
use super::told::{complaint_of, keep_photo, picture};
use crate::SELL;
use crate::complaining::{self, Wanted};
use crate::order::{self, Order, OrderId};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .post("/market/sales/{id}/answer", answer, Access::May(SELL))
        .uploads(photo::PHOTO_BYTES_MAX)
        .takes::<AnswerForm>()
        .files(&["photo"])
        .needs(&["back"])
        .gives::<Order>()
        .get("/market/sales/{id}/complaint/{side}/{size}", look, Access::May(SELL))
        .raw()
}

/// What is sent, as programs read of it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
struct AnswerForm {
    /// `all`, `part` or `nothing` of what is claimed is given back.
    back: String,
    /// In rupiah, for `part`.
    amount: Option<String>,
    /// Why, unless all is given back.
    words: Option<String>,
}

async fn answer(ctx: Ctx, Path(id): Path<OrderId>, upload: Upload) -> Answer {
    let sought = id.clone();
    ctx.read(move |read| order::own(read, &sought)).await?;
    let order = id.clone();
    let done = match read_form(&ctx, &upload).await {
        Ok(cmd) => {
            ctx.write("market.answer", move |tx| complaining::answer(tx, &order, &cmd)).await
        }
        Err(error) => Err(error),
    };
    match done {
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = page(&ctx, id).await?;
            ctx.again(page.answering(&upload, problems))
        }
        done => step_taken(&ctx, format!("/market/sales/{id}"), "market-said-answered", done),
    }
}

async fn read_form(ctx: &Ctx, upload: &Upload) -> Result<complaining::Answer> {
    let wanted = match upload.field("back") {
        "all" => Wanted::All,
        "nothing" => Wanted::Nothing,
        "part" => {
            let amount = Rupiah::read(upload.field("amount"));
            Wanted::Part(amount.ok_or_else(|| Error::invalid("amount", "market-amount-wanted"))?)
        }
        _ => return Err(Error::invalid("back", "market-answer-choose")),
    };
    let photo = keep_photo(ctx, upload).await?;
    Ok(complaining::Answer { wanted, words: upload.field("words").to_owned(), photo })
}

type Photo = (OrderId, String, String);

async fn look(ctx: Ctx, Path((id, side, size)): Path<Photo>) -> Answer {
    let order = ctx.read(move |read| order::own(read, &id)).await?;
    let complaint = complaint_of(&ctx, &order).await?;
    picture(&ctx, &complaint, &side, &size).await
}
