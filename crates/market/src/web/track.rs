//! The page a guest follows their order by. Its address is the key: whoever holds it needs no account.

use ::web::{Access, Answer, Ctx, Path, Query, Routes, filters};
use askama::Template;
use base::keyring::Keyring;
use base::{Error, Problem, Read, Result, Rupiah, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::money::PayeeForm;
use super::pay::Paid;
use super::step_taken;
use super::told::{self, Told};
use crate::complaint::Stage;
use crate::link;
use crate::order::{self, Order, OrderId, OrderLine};
use crate::order_group::{self, GroupId};
use crate::refusal::Refusal;
use crate::state::State;
use crate::{cancellation, complaining, confirmation};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/market/orders/{group}/{secret}", show, Access::Anyone)
        .gives::<TrackPage>()
        .asks(&["refused"])
        .post("/market/orders/{group}/{secret}/{order}/confirmation", confirm, Access::Anyone)
        .gives::<Order>()
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
pub(super) struct TrackPage {
    group: GroupId,
    placed_at: Timestamp,
    total: Rupiah,
    parts: Vec<Tracked>,
    /// What is paid ahead.
    #[serde(flatten)]
    paid: Paid,
    /// The whole address, to keep and to share.
    address: String,
    /// Why a step was not taken just now.
    #[serde(skip)]
    refused: Option<&'static str>,
    #[serde(skip)]
    at: String,
    /// The account that a refund is to go to, as it was written.
    #[serde(skip)]
    form: PayeeForm,
    #[serde(skip)]
    problems: Vec<Problem>,
}

impl TrackPage {
    /// The same after a step that was refused for this reason.
    pub(super) fn refusing(self, code: &'static str) -> TrackPage {
        TrackPage { refused: Some(code), ..self }
    }

    /// The same after an account was written that cannot be used.
    pub(super) fn with(self, form: PayeeForm, problems: Vec<Problem>) -> TrackPage {
        TrackPage { form, problems, ..self }
    }

    /// It was paid, and the orders follow in a moment.
    fn is_settling(&self) -> bool {
        let waits = self.parts.iter().any(|part| part.order.state == State::AwaitingPayment);
        waits && self.paid.is(payments::State::Paid)
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
pub(super) async fn page(ctx: &Ctx, group: GroupId, secret: &str) -> Result<TrackPage> {
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
    Ok(TrackPage {
        group,
        placed_at: whole.placed_at,
        total: whole.total,
        parts,
        address: format!("{}{at}", ctx.city().base_url),
        refused: None,
        at,
        paid,
        form: PayeeForm::default(),
        problems: Vec::new(),
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

async fn cancel(ctx: Ctx, Path((group, secret, id)): Path<Held>) -> Answer {
    admit(&ctx, &group, &secret)?;
    let at = address(&group, &secret);
    let done = ctx.write("market.cancel", move |tx| cancellation::cancel(tx, &group, &id)).await;
    step_taken(&ctx, at, "market-said-cancelled", done)
}
