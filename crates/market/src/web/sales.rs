//! A seller's side of the market: what to pack, what to hand over, and who waits for it.

use ::web::{Access, Answer, Ctx, Input, Path, Query, Routes, Upload, filters};
use askama::Template;
use base::{Error, Problem, Read, Result, Tx};
use particulars::region::CityRegions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::told::{self, Told};
use super::{region_name, step_taken};
use crate::buyer::Buyer;
use crate::events::BuyerSeen;
use crate::handover::{self, Handing};
use crate::order::{self, Order, OrderId, OrderLine, PAGE_ROWS};
use crate::refusal::Refusal;
use crate::review::{self, Review};
use crate::state::State;
use crate::{SELL, cancellation, link, order_group, packing, shop};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/sales", list, Access::May(SELL))
        .gives::<SalesPage>()
        .asks(&["state", "after"])
        .get("/market/sales/{id}", show, Access::May(SELL))
        .gives::<SalePage>()
        .asks(&["refused"])
        .post("/market/sales/{id}/packing", pack, Access::May(SELL))
        .gives::<Order>()
        .post("/market/sales/{id}/handover", hand_over, Access::May(SELL))
        .takes::<CodeForm>()
        .needs(&["code"])
        .gives::<Order>()
        .post("/market/sales/{id}/refusal", decline, Access::May(SELL))
        .takes::<ReasonForm>()
        .needs(&["reason"])
        .gives::<Order>()
        .post("/market/sales/{id}/buyer", look, Access::May(SELL))
        .gives::<SalePage>()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    refused: String,
}

/// A view of the list with how many it holds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Tab {
    code: &'static str,
    count: i64,
    chosen: bool,
}

/// A seller's orders.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "sales.html")]
struct SalesPage {
    tabs: Vec<Tab>,
    orders: Vec<Order>,
    next: String,
    /// Whether the shop takes orders.
    open: bool,
}

impl SalesPage {
    fn filtered(&self) -> bool {
        self.tabs.iter().any(|tab| tab.chosen)
    }
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let state = State::parse(&asked.state);
    let after = Some(asked.after).filter(|after| !after.is_empty());
    let (orders, counts, open) = ctx
        .read(move |read| {
            let business = shop::own_business(read)?;
            let organisation = business.organisation.ok_or(Error::Forbidden)?;
            let shop = shop::of_business(read, &business.id)?;
            let of = organisation.as_str();
            let orders = order::of_organisation(read, of, state, after.as_deref())?;
            Ok((orders, order::counts(read, of)?, shop.is_some_and(|shop| shop.open)))
        })
        .await?;
    let full = i64::try_from(orders.len()).is_ok_and(|count| count == PAGE_ROWS);
    let last = orders.last().filter(|_| full);
    let chosen = state.map_or("", State::code);
    let next = last.map(|last| format!("/market/sales?state={chosen}&after={}", last.id));
    let tab = |one: State| Tab {
        code: one.code(),
        count: counts.iter().find(|(state, _)| *state == one).map_or(0, |(_, count)| *count),
        chosen: state == Some(one),
    };
    // Where nothing stands there is nothing to choose.
    let tabs = State::ALL.into_iter().map(tab).filter(|tab| tab.count > 0 || tab.chosen).collect();
    ctx.page(SalesPage { tabs, orders, next: next.unwrap_or_default(), open })
}

/// One order of the own shop.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "sale.html")]
pub(super) struct SalePage {
    order: Order,
    lines: Vec<OrderLine>,
    /// The village of the buyer.
    village: String,
    /// Who the buyer is, once somebody looked; every look is recorded.
    contact: Option<Contact>,
    /// What the buyer complains about.
    complaint: Option<Told>,
    /// What the buyer says of the goods.
    reviews: Vec<Review>,
    #[serde(skip)]
    answer: Typed,
    #[serde(skip)]
    form: ReasonForm,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    refused: Option<&'static str>,
}

/// An answer to a complaint, as it was typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    back: String,
    amount: String,
    words: String,
    photo_gone: bool,
}

impl SalePage {
    /// The end of the key of what the seller waits for, or is waited for.
    fn turn(&self) -> String {
        let stage = self.complaint.as_ref().filter(|_| self.order.state == State::Complaint);
        match stage {
            Some(told) => format!("complaint-{}", told.complaint.stage.code()),
            None => self.order.state.code().replace('_', "-"),
        }
    }

    /// The page again, with what was wrong in an answer.
    pub(super) fn answering(self, upload: &Upload, problems: Vec<Problem>) -> SalePage {
        let text = |name: &str| upload.field(name).to_owned();
        let (back, amount, words) = (text("back"), text("amount"), text("words"));
        let photo_gone = upload.file("photo").is_some();
        SalePage { answer: Typed { back, amount, words, photo_gone }, problems, ..self }
    }
}

/// A buyer as a seller reads them.
#[derive(Serialize, JsonSchema)]
struct Contact {
    name: String,
    phone: String,
    address: String,
}

/// What the buyer said at the counter.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct CodeForm {
    #[serde(default)]
    code: String,
}

/// Why the goods cannot be had.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
struct ReasonForm {
    #[serde(default)]
    reason: String,
}

async fn show(ctx: Ctx, Path(id): Path<OrderId>, Query(asked): Query<Asked>) -> Answer {
    let page = page(&ctx, id).await?;
    ctx.page(SalePage { refused: Refusal::known(&asked.refused), ..page })
}

pub(super) async fn page(ctx: &Ctx, id: OrderId) -> Result<SalePage> {
    let (order, lines, told, reviews) = ctx.read(move |read| whole(read, &id)).await?;
    let regions = ctx.resource::<CityRegions>();
    Ok(SalePage {
        complaint: told.map(|told| told.shown_at(format!("{}/complaint", order.href()))),
        reviews,
        answer: Typed::default(),
        village: region_name(&regions, &order.village),
        order,
        lines,
        contact: None,
        form: ReasonForm::default(),
        problems: Vec::new(),
        refused: None,
    })
}

type Whole = (Order, Vec<OrderLine>, Option<Told>, Vec<Review>);

fn whole(read: &mut Read<'_>, id: &OrderId) -> Result<Whole> {
    let order = order::own(read, id)?;
    let lines = order::lines(read, id)?;
    Ok((order, lines, told::of_order(read, id)?, review::of_order(read, id)?))
}

async fn pack(ctx: Ctx, Path(id): Path<OrderId>) -> Answer {
    let at = format!("/market/sales/{id}");
    let done = ctx.write("market.pack", move |tx| packing::pack(tx, &id)).await;
    step_taken(&ctx, at, "market-said-packed", done)
}

async fn hand_over(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<CodeForm>) -> Answer {
    let right = link::code(ctx.keyring(), &id);
    let code: String = form.code.chars().filter(char::is_ascii_digit).collect();
    let order = id.clone();
    let handed = ctx
        .write("market.hand_over", move |tx: &mut Tx<'_>| {
            handover::hand_over(tx, &order, &code, &right)
        })
        .await;
    let at = format!("/market/sales/{id}");
    match handed {
        Ok(Handing::Done) => {
            let order = ctx.read(move |read| order::own(read, &id)).await;
            step_taken(&ctx, at, "market-said-handed-over", order)
        }
        Ok(Handing::WrongCode(left)) => {
            let code = if left > 0 { "market-code-wrong" } else { "market-code-wait" };
            let problems = vec![Problem::with("code", code, left)];
            if !ctx.wants_page() {
                return Err(Error::Invalid(problems).into());
            }
            let page = page(&ctx, id).await?;
            ctx.again(SalePage { problems, ..page })
        }
        Err(error) => step_taken(&ctx, at, "market-said-handed-over", Err(error)),
    }
}

async fn decline(ctx: Ctx, Path(id): Path<OrderId>, Input(form): Input<ReasonForm>) -> Answer {
    let (order, reason) = (id.clone(), form.reason.clone());
    let done = ctx.write("market.decline", move |tx| cancellation::decline(tx, &order, &reason));
    match done.await {
        Err(Error::Invalid(problems)) if ctx.wants_page() => {
            let page = page(&ctx, id).await?;
            ctx.again(SalePage { problems, form, ..page })
        }
        done => step_taken(&ctx, format!("/market/sales/{id}"), "market-said-declined", done),
    }
}

async fn look(ctx: Ctx, Path(id): Path<OrderId>) -> Answer {
    let order = id.clone();
    let looked = ctx
        .write("market.look", move |tx: &mut Tx<'_>| {
            let own = order::own(tx, &order)?;
            if own.state.is_over() {
                return Err(Refusal::NotNow.into());
            }
            tx.record(&BuyerSeen { order: &order })?;
            Ok(own.group)
        })
        .await;
    let group = match looked {
        Ok(group) => group,
        Err(error) => {
            let at = format!("/market/sales/{id}");
            return step_taken(&ctx, at, "market-not-now", Err(error));
        }
    };
    // Read apart, so that nothing sealed stays with the answer that is kept for its key.
    let sealed = ctx.read(move |read| Ok(order_group::find(read, &group)?.buyer)).await?;
    let Buyer { name, phone, address } = Buyer::open(ctx.keyring(), &sealed)?;
    let page = page(&ctx, id).await?;
    ctx.page(SalePage { contact: Some(Contact { name, phone, address }), ..page })
}
