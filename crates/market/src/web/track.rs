//! The page a guest follows their order by. Its address is the key: whoever holds it needs no account.

use ::web::{Access, Answer, Ctx, Path, Query, Routes, filters};
use askama::Template;
use axum::http::header;
use axum::response::IntoResponse;
use base::account::attempt::{self, Limit, Scope};
use base::keyring::Keyring;
use base::qr::Qr;
use base::{Error, Read, Result, Rupiah, Timestamp};
use payments::Bill;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::step_taken;
use super::told::{self, Told};
use crate::complaint::Stage;
use crate::link;
use crate::order::{self, Order, OrderId, OrderLine};
use crate::order_group::{self, GroupId};
use crate::refusal::Refusal;
use crate::state::State;
use crate::{cancellation, complaining, confirmation, paying};

/// The bank is asked so often about one bill within an hour.
const LOOKS_HOURLY: i64 = 20;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/orders/{group}/{secret}", show, Access::Anyone)
        .gives::<TrackPage>()
        .asks(&["refused"])
        .post("/market/orders/{group}/{secret}/{order}/confirmation", confirm, Access::Anyone)
        .gives::<Order>()
        .post("/market/orders/{group}/{secret}/payment", look_again, Access::Anyone)
        .people_only()
        .get("/market/orders/{group}/{secret}/qris.png", code_picture, Access::Anyone)
        .raw()
        .post("/market/orders/{group}/{secret}/{order}/cancellation", cancel, Access::Anyone)
        .gives::<Order>()
}

/// One seller's part, as its buyer sees it.
#[derive(Serialize, JsonSchema)]
struct Tracked {
    order: Order,
    lines: Vec<OrderLine>,
    /// What the buyer says when the goods change hands; empty when there is nothing to hand over.
    code: String,
    /// What was wrong, if the buyer said so.
    complaint: Option<Told>,
    /// Whether the buyer may still say so.
    may_complain: bool,
}

impl Tracked {
    /// Whether something is wrong with it and has not ended.
    fn is_disputed(&self) -> bool {
        self.complaint.as_ref().is_some_and(|told| told.complaint.stage != Stage::Settled)
    }

    /// Whether its buyer may say what they think of it.
    fn may_review(&self) -> bool {
        matches!(self.order.state, State::Completed | State::Refunded)
    }
}

/// All parts of what was ordered.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "track.html")]
struct TrackPage {
    group: GroupId,
    placed_at: Timestamp,
    total: Rupiah,
    parts: Vec<Tracked>,
    /// What is to be paid ahead, and how it stands.
    bill: Option<Bill>,
    /// What goes back to whoever paid.
    refund: Rupiah,
    /// What of it the bank has not yet given back.
    refund_open: Rupiah,
    /// The whole address, to keep and to share.
    address: String,
    /// Why a step was not taken just now.
    #[serde(skip)]
    refused: Option<&'static str>,
    #[serde(skip)]
    at: String,
    /// The code of the bill, to be drawn.
    #[serde(skip)]
    qr: Option<Qr>,
    /// Where a simulated bank lets it be paid.
    #[serde(skip)]
    pay_page: String,
}

impl TrackPage {
    fn bill_is(&self, state: payments::State) -> bool {
        self.bill.as_ref().is_some_and(|bill| bill.state == state)
    }

    /// Whether it waits for the buyer's money.
    fn is_payable(&self) -> bool {
        self.bill_is(payments::State::Open)
    }

    /// It was paid, and the orders follow in a moment.
    fn is_settling(&self) -> bool {
        let waits = self.parts.iter().any(|part| part.order.state == State::AwaitingPayment);
        waits && self.bill_is(payments::State::Paid)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    refused: String,
}

async fn show(
    ctx: Ctx,
    Path((group, secret)): Path<(GroupId, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    admit(&ctx, &group, &secret)?;
    let page = page(&ctx, group, &secret).await?;
    ctx.page(TrackPage { refused: Refusal::known(&asked.refused), ..page })
}

/// The page of a group whose link somebody holds.
async fn page(ctx: &Ctx, group: GroupId, secret: &str) -> Result<TrackPage> {
    let keyring = std::sync::Arc::clone(ctx.keyring());
    let at = address(&group, secret);
    let (id, shown_at) = (group.clone(), at.clone());
    let (whole, parts, paid) = ctx
        .read(move |read| {
            let whole = order_group::find(read, &id)?;
            let mut parts = Vec::new();
            for order in order::of_group(read, &id)? {
                parts.push(tracked(read, &keyring, order, &shown_at)?);
            }
            Ok((whole, parts, Paid::read(read, &keyring, &id)?))
        })
        .await?;
    let qr = paid.bill.as_ref().filter(|bill| !bill.code.is_empty());
    Ok(TrackPage {
        group,
        placed_at: whole.placed_at,
        total: whole.total,
        parts,
        address: format!("{}{at}", ctx.city().base_url),
        refused: None,
        at,
        qr: qr.and_then(|bill| Qr::encode(&bill.code).ok()),
        pay_page: paid.pay_page,
        bill: paid.bill,
        refund: paid.refund,
        refund_open: paid.refund_open,
    })
}

fn tracked(read: &mut Read<'_>, keyring: &Keyring, order: Order, at: &str) -> Result<Tracked> {
    let lines = order::lines(read, &order.id)?;
    let code = match order.state {
        State::Processing | State::Ready | State::Shipped => link::code(keyring, &order.id),
        _ => String::new(),
    };
    let complaint = told::of_order(read, &order.id)?;
    let complaint = complaint.map(|told| told.shown_at(format!("{at}/{}/complaint", order.id)));
    let may_complain = complaining::admit(read, &order).is_ok();
    Ok(Tracked { order, lines, code, complaint, may_complain })
}

/// How the payment of a group stands.
struct Paid {
    bill: Option<Bill>,
    refund: Rupiah,
    refund_open: Rupiah,
    pay_page: String,
}

impl Paid {
    fn read(read: &mut Read<'_>, keyring: &Keyring, group: &GroupId) -> Result<Paid> {
        let Some(bill) = paying::bill(read, group)? else {
            let nothing = (Rupiah::ZERO, Rupiah::ZERO);
            let (refund, refund_open) = nothing;
            return Ok(Paid { bill: None, refund, refund_open, pay_page: String::new() });
        };
        let (refund, refund_open) = payments::refunds_of(read, &bill.id)?;
        let code: String = url::form_urlencoded::byte_serialize(bill.code.as_bytes()).collect();
        let page = payments::pay_page(read, keyring)?;
        let pay_page = page.map(|page| format!("{page}?code={code}")).unwrap_or_default();
        Ok(Paid { bill: Some(bill), refund, refund_open, pay_page })
    }
}

/// A wrong secret names nothing.
pub(super) fn admit(ctx: &Ctx, group: &GroupId, secret: &str) -> Result<()> {
    if link::opens(ctx.keyring(), group, secret) { Ok(()) } else { Err(Error::NotFound) }
}

pub(super) fn address(group: &GroupId, secret: &str) -> String {
    format!("/market/orders/{group}/{secret}")
}

pub(super) type Held = (GroupId, String, OrderId);

async fn confirm(ctx: Ctx, Path((group, secret, id)): Path<Held>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let done = ctx.write("market.confirm", move |tx| confirmation::confirm(tx, &group, &id)).await;
    step_taken(&ctx, at, "market-said-confirmed", done)
}

/// The buyer says that they have paid: the bank is asked.
async fn look_again(ctx: Ctx, Path((group, secret)): Path<(GroupId, String)>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let asked = ctx.write("market.look_again", move |tx| {
        let bill = paying::bill(tx, &group)?.ok_or(Error::NotFound)?;
        let brake = Scope::of("market.look_again", group.as_str(), Limit::hourly(LOOKS_HOURLY));
        if bill.state != payments::State::Open || attempt::count(tx, &[brake])?.is_some() {
            return Ok(());
        }
        payments::look_again(tx, &bill.id)
    });
    asked.await?;
    Ok(ctx.done_saying(at, "market-said-looking", ()))
}

/// The code alone, for a phone that pays for itself: it is kept as a picture and opened in the bank's app.
async fn code_picture(ctx: Ctx, Path((group, secret)): Path<(GroupId, String)>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let bill = ctx.read(move |read| paying::bill(read, &group)).await?;
    let bill = bill.filter(|bill| bill.state == payments::State::Open && !bill.code.is_empty());
    let qr = Qr::encode(&bill.ok_or(Error::NotFound)?.code).map_err(Error::broken)?;
    let kept = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"qris.png\""),
    ];
    Ok((kept, qr.png()).into_response())
}

async fn cancel(ctx: Ctx, Path((group, secret, id)): Path<Held>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let done = ctx.write("market.cancel", move |tx| cancellation::cancel(tx, &group, &id)).await;
    step_taken(&ctx, at, "market-said-cancelled", done)
}
