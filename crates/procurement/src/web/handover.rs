//! Counting at the door, on a phone: one number for each line, photos, and one act.

use ::web::{Access, Answer, Ctx, Path, Routes, Upload, filters, photo};
use askama::Template;
use base::{Error, Problem, Read, Result};
use schemars::JsonSchema;
use serde::Serialize;

use crate::handover::{self, Count, PHOTOS_MAX};
use crate::line::OrderLine;
use crate::order::{self, Order, OrderId};
use crate::{RECEIVE, case};

/// A few photos of a phone, already made smaller by the page where there is script.
const UPLOAD_BYTES_MAX: usize = PHOTOS_MAX * photo::PHOTO_BYTES_MAX;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/orders/{id}/handovers/new", new, Access::May(RECEIVE))
        .gives::<HandoverPage>()
        .post("/procurement/orders/{id}/handovers", create, Access::May(RECEIVE))
        .uploads(UPLOAD_BYTES_MAX)
        .gives::<Order>()
}

/// One line to count.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Counted {
    #[serde(flatten)]
    line: OrderLine,
    /// What was typed; what is missing at first.
    typed: String,
}

/// The page at the door.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "handover.html")]
struct HandoverPage {
    order: Order,
    lines: Vec<Counted>,
    #[serde(skip)]
    reason: String,
    #[serde(skip)]
    rest_comes: bool,
    #[serde(skip)]
    problems: Vec<Problem>,
}

async fn new(ctx: Ctx, Path(id): Path<OrderId>) -> Answer {
    let (order, lines) = ctx.read(move |read| seen(read, &id)).await?;
    let counted = |line: OrderLine| Counted { typed: line.missing().to_string(), line };
    let lines = lines.into_iter().map(counted).collect();
    let (reason, problems) = (String::new(), Vec::new());
    ctx.page(HandoverPage { order, lines, reason, rest_comes: false, problems })
}

fn seen(read: &mut Read<'_>, id: &OrderId) -> Result<(Order, Vec<OrderLine>)> {
    let (order, lines) = order::with_lines(read, id)?;
    case::may_see(read, &order)?;
    Ok((order, lines))
}

async fn create(ctx: Ctx, Path(id): Path<OrderId>, upload: Upload) -> Answer {
    let looked = id.clone();
    let (order, lines) = ctx.read(move |read| seen(read, &looked)).await?;
    match taken(&ctx, &id, &lines, &upload).await {
        Ok(order) => Ok(ctx.done_saying(order.href(), "procurement-said-handed-over", order)),
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let typed = |line: OrderLine| Counted {
                typed: upload.field(&format!("count_{}", line.position)).to_owned(),
                line,
            };
            let lines = lines.into_iter().map(typed).collect();
            let reason = upload.field("reason").to_owned();
            let rest_comes = upload.field("rest") == "comes";
            ctx.again(HandoverPage { order, lines, reason, rest_comes, problems })
        }
        Err(error) => Err(error.into()),
    }
}

/// Reads the counts, keeps the photos, and takes over what is there.
async fn taken(ctx: &Ctx, id: &OrderId, lines: &[OrderLine], upload: &Upload) -> Result<Order> {
    let (mut counts, mut problems) = (Vec::new(), Vec::new());
    for line in lines {
        let field = format!("count_{}", line.position);
        match upload.field(&field).replace('.', "").parse() {
            Ok(count) => counts.push(count),
            Err(_) => problems.push(Problem::new(field, "procurement-count-wanted")),
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let sent = upload.files.iter().filter(|file| file.field == "photos" && !file.bytes.is_empty());
    let mut photos = Vec::new();
    for file in sent.take(PHOTOS_MAX + 1) {
        photos.push(photo::keep(ctx.files(), "photos", file.bytes.clone()).await?);
    }
    let cmd = Count {
        order: id.clone(),
        counts,
        rest_comes: upload.field("rest") == "comes",
        reason: upload.field("reason").to_owned(),
        photos,
    };
    ctx.write("procurement.hand_over", move |tx| handover::hand_over(tx, &cmd)).await
}
