//! Counting at the door, on a phone: two numbers for each line, photos, and one act.

use ::web::{Access, Answer, Ctx, Path, Routes, Upload, filters, photo};
use askama::Template;
use base::{Error, Problem, Read, Result};
use schemars::JsonSchema;
use serde::Serialize;

use super::wait::{NotYetPage, not_taken};
use crate::handover::{self, Count, PHOTOS_MAX, Rest};
use crate::line::{OrderLine, read_count};
use crate::order::{self, Order, OrderId};
use crate::refusal::Refusal;
use crate::state::State;
use crate::{RECEIVE, case, duties};

/// A few photos of a phone, already made smaller by the page where there is script.
const UPLOAD_BYTES_MAX: usize = PHOTOS_MAX * photo::PHOTO_BYTES_MAX;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/orders/{id}/handovers/new", new, Access::May(RECEIVE))
        .gives::<HandoverPage>()
        .post("/procurement/orders/{id}/handovers", create, Access::May(RECEIVE))
        .uploads(UPLOAD_BYTES_MAX)
        .takes::<HandoverForm>()
        .files(&["photos"])
        .gives::<Order>()
        .get("/procurement/orders/{id}/photos/{photo}/{size}", picture, Access::Person)
        .raw()
}

/// A photo of what came, for whoever may see the order.
async fn picture(ctx: Ctx, Path((id, photo, size)): Path<(OrderId, String, String)>) -> Answer {
    let photos = ctx.read(move |read| {
        seen(read, &id)?;
        handover::photos(read, &id)
    });
    if !photos.await?.contains(&photo) {
        return Err(Error::NotFound.into());
    }
    Ok(photo::private(ctx.files(), &photo, &size).await?)
}

/// What is sent, as programs read of it; the count of each line is a field of its own.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
struct HandoverForm {
    /// Why something was broken or is missing.
    reason: Option<String>,
    /// What becomes of missing goods: `comes` or `closed`.
    rest: Option<String>,
    /// `count_1`, `broken_1` and so on, by the position of the line: good pieces and broken ones.
    #[serde(flatten)]
    counts: std::collections::BTreeMap<String, String>,
}

/// One line to count.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Counted {
    #[serde(flatten)]
    line: OrderLine,
    /// What was typed; nothing at first, so that nobody confirms what they did not count.
    typed: String,
    typed_broken: String,
}

/// The page at the door.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "handover.html")]
struct HandoverPage {
    order: Order,
    /// Lines of which something is still to come.
    lines: Vec<Counted>,
    #[serde(skip)]
    reason: String,
    #[serde(skip)]
    rest: String,
    #[serde(skip)]
    problems: Vec<Problem>,
    /// Photos were sent that a browser cannot show again.
    #[serde(skip)]
    photos_gone: bool,
}

impl HandoverPage {
    /// The goods that a problem is about, if it is about one line.
    fn good_of(&self, problem: &Problem) -> Option<&str> {
        let (_, position) = problem.field.rsplit_once('_')?;
        let of_it = |one: &&Counted| one.line.position.to_string() == position;
        self.lines.iter().find(of_it).map(|one| one.line.name.as_str())
    }
}

async fn new(ctx: Ctx, Path(id): Path<OrderId>) -> Answer {
    let (order, lines, not_now) = ctx
        .read(move |read| {
            let (order, lines) = seen(read, &id)?;
            let not_now = not_now(read, &order);
            Ok((order, lines, not_now))
        })
        .await?;
    if let Some(why) = not_now.filter(|_| ctx.wants_page()) {
        return ctx.page(NotYetPage { title: "procurement-count-title", why, order });
    }
    let counted = |line| Counted { line, typed: String::new(), typed_broken: String::new() };
    let lines = lines.into_iter().filter(|line| line.missing() > 0).map(counted).collect();
    let (reason, rest, problems) = (String::new(), String::new(), Vec::new());
    ctx.page(HandoverPage { order, lines, reason, rest, problems, photos_gone: false })
}

/// Why the reader cannot count now, if so.
fn not_now(read: &mut Read<'_>, order: &Order) -> Option<&'static str> {
    if order.state != State::Delivered {
        return Some(Refusal::step(State::Delivered, order.state).code());
    }
    match duties::receiver(read, order) {
        Err(Error::Refused(code)) => Some(code),
        _ => None,
    }
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
        Ok(order) => {
            let said = match order.state {
                State::HandedOver => "procurement-said-handed-over",
                _ if order.is_partial() => "procurement-said-part",
                _ => "procurement-said-returned",
            };
            Ok(ctx.done_saying(order.href(), said, order))
        }
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let field = |name: &str, line: &OrderLine| {
                upload.field(&format!("{name}_{}", line.position)).to_owned()
            };
            let typed = |line: OrderLine| Counted {
                typed: field("count", &line),
                typed_broken: field("broken", &line),
                line,
            };
            let lines = lines.into_iter().filter(|line| line.missing() > 0).map(typed).collect();
            let reason = upload.field("reason").to_owned();
            let rest = upload.field("rest").to_owned();
            let photos_gone = upload.file("photos").is_some();
            ctx.again(HandoverPage { order, lines, reason, rest, problems, photos_gone })
        }
        Err(error) => not_taken(&ctx, &id, error),
    }
}

/// Reads the counts, keeps the photos, and takes over what is there.
async fn taken(ctx: &Ctx, id: &OrderId, lines: &[OrderLine], upload: &Upload) -> Result<Order> {
    let (counts, broken) = counts(lines, upload)?;
    let sent = upload.files.iter().filter(|file| file.field == "photos" && !file.bytes.is_empty());
    let mut photos = Vec::new();
    for file in sent.take(PHOTOS_MAX + 1) {
        photos.push(photo::keep_private(ctx.files(), "photos", file.bytes.clone()).await?);
    }
    let rest = match upload.field("rest") {
        "comes" => Some(Rest::Comes),
        "closed" => Some(Rest::Closed),
        _ => None,
    };
    let reason = upload.field("reason").to_owned();
    let cmd = Count { order: id.clone(), counts, broken, rest, reason, photos };
    ctx.write("procurement.hand_over", move |tx| handover::hand_over(tx, &cmd)).await
}

/// What was typed for each line: good ones, and broken ones where there are any.
fn counts(lines: &[OrderLine], upload: &Upload) -> Result<(Vec<i64>, Vec<i64>)> {
    let (mut counts, mut broken, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        if line.missing() == 0 {
            counts.push(0);
            broken.push(0);
            continue;
        }
        for (name, list) in [("count", &mut counts), ("broken", &mut broken)] {
            let field = format!("{name}_{}", line.position);
            let text = upload.field(&field).trim();
            let none = name == "broken" && text.is_empty();
            match if none { Some(0) } else { read_count(text) } {
                Some(count) => list.push(count),
                None => problems.push(Problem::new(field, "procurement-count-whole")),
            }
        }
    }
    if problems.is_empty() { Ok((counts, broken)) } else { Err(Error::Invalid(problems)) }
}
