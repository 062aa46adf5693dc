//! The page a guest follows their order by. Its address is the key: whoever holds it needs no account.

use ::web::{Access, Answer, Ctx, Path, Query, Routes, filters};
use askama::Template;
use base::{Error, Result, Rupiah, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::step_taken;
use crate::link;
use crate::order::{self, Order, OrderId, OrderLine};
use crate::order_group::{self, GroupId};
use crate::refusal::Refusal;
use crate::state::State;
use crate::{cancellation, confirmation};

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
}

/// All parts of what was ordered.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "track.html")]
struct TrackPage {
    group: GroupId,
    placed_at: Timestamp,
    total: Rupiah,
    parts: Vec<Tracked>,
    /// The whole address, to keep and to share.
    address: String,
    /// Why a step was not taken just now.
    #[serde(skip)]
    refused: Option<&'static str>,
    #[serde(skip)]
    at: String,
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
    let keyring = std::sync::Arc::clone(ctx.keyring());
    let id = group.clone();
    let (whole, parts) = ctx
        .read(move |read| {
            let whole = order_group::find(read, &id)?;
            let mut parts = Vec::new();
            for order in order::of_group(read, &id)? {
                let lines = order::lines(read, &order.id)?;
                let code = match order.state {
                    State::Processing | State::Ready | State::Shipped => {
                        link::code(&keyring, &order.id)
                    }
                    _ => String::new(),
                };
                parts.push(Tracked { order, lines, code });
            }
            Ok((whole, parts))
        })
        .await?;
    let at = address(&group, &secret);
    ctx.page(TrackPage {
        group,
        placed_at: whole.placed_at,
        total: whole.total,
        parts,
        address: format!("{}{at}", ctx.city().base_url),
        refused: Refusal::known(&asked.refused),
        at,
    })
}

/// A wrong secret names nothing.
fn admit(ctx: &Ctx, group: &GroupId, secret: &str) -> Result<()> {
    if link::opens(ctx.keyring(), group, secret) { Ok(()) } else { Err(Error::NotFound) }
}

fn address(group: &GroupId, secret: &str) -> String {
    format!("/market/orders/{group}/{secret}")
}

type Held = (GroupId, String, OrderId);

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
