//! Lists: what waits for whoever asks, the agency's orders, the seller's orders.

use ::web::{Access, Answer, Ctx, Query, Routes, filters};
use askama::Template;
use base::{Date, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{asking, cursor};
use crate::order::Order;
use crate::orders::{self, Filter, PAGE_ROWS};
use crate::{BUDGET, INSPECT, REQUEST, SELL, WATCH};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/desk", desk, Access::May(WATCH))
        .gives::<DeskPage>()
        .get("/procurement/orders", list, Access::May(WATCH))
        .gives::<OrdersPage>()
        .asks(&["q", "over", "after"])
        .get("/procurement/sales", sales, Access::May(SELL))
        .gives::<SalesPage>()
        .asks(&["over", "after"])
}

/// An order as a list shows it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Row {
    #[serde(flatten)]
    pub(super) order: Order,
    /// The last day is over.
    pub(super) late: bool,
}

pub(super) fn rows(orders: Vec<Order>, today: Date) -> Vec<Row> {
    let row = |order: Order| {
        let late = order.waits_until.is_some_and(|last| last < today);
        Row { order, late }
    };
    orders.into_iter().map(row).collect()
}

/// What waits.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "desk.html")]
struct DeskPage {
    /// It is the reader's turn.
    waiting: Vec<Row>,
    /// The reader stated it, somebody else's turn.
    mine: Vec<Row>,
    /// For the head: longer than it may.
    late: Vec<Row>,
    may_request: bool,
    is_head: bool,
    inspects: bool,
}

async fn desk(ctx: Ctx) -> Answer {
    let page = ctx
        .read(|read| {
            let today = Date::today(read);
            let may = |permission: base::Permission| read.actor().may(permission.0);
            let (may_request, is_head, inspects) = (may(REQUEST), may(BUDGET), may(INSPECT));
            if inspects {
                let (waiting, mine, late) = (Vec::new(), Vec::new(), Vec::new());
                return Ok(DeskPage { waiting, mine, late, may_request, is_head, inspects });
            }
            let late = if is_head { orders::late(read)? } else { Vec::new() };
            Ok(DeskPage {
                waiting: rows(orders::waiting(read)?, today),
                mine: rows(orders::mine(read)?, today),
                late: rows(late, today),
                may_request,
                is_head,
                inspects,
            })
        })
        .await?;
    ctx.page(page)
}

/// Which orders are asked for.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    /// `1`: those that are over.
    #[serde(default)]
    over: String,
    #[serde(default)]
    after: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        let (words, over) = (self.q.clone(), self.over == "1");
        Filter { words, over, after: cursor(&self.after) }
    }

    fn next(&self, path: &str, rows: &[Row]) -> String {
        let full = i64::try_from(rows.len()).is_ok_and(|count| count == PAGE_ROWS);
        let last = rows.last().filter(|_| full).map(|row| row.order.id.to_string());
        last.map_or_else(String::new, |last| {
            asking(path, &[("q", &self.q), ("over", &self.over), ("after", &last)])
        })
    }
}

/// The orders of an agency, or of all for the inspectorate.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "orders.html")]
struct OrdersPage {
    rows: Vec<Row>,
    q: String,
    over: bool,
    every_agency: bool,
    may_request: bool,
    next: String,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let filter = asked.filter();
    let rows = watch(&ctx, move |read| orders::watched(read, &filter)).await?;
    let next = asked.next("/procurement/orders", &rows);
    ctx.page(OrdersPage {
        next,
        over: asked.over == "1",
        q: asked.q,
        every_agency: ctx.admits(Access::May(INSPECT)),
        may_request: ctx.admits(Access::May(REQUEST)),
        rows,
    })
}

/// The orders of a seller.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "sales.html")]
struct SalesPage {
    rows: Vec<Row>,
    over: bool,
    next: String,
}

async fn sales(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let filter = asked.filter();
    let rows = watch(&ctx, move |read| orders::sold(read, &filter)).await?;
    let next = asked.next("/procurement/sales", &rows);
    ctx.page(SalesPage { next, over: asked.over == "1", rows })
}

async fn watch(
    ctx: &Ctx,
    list: impl Fn(&mut base::Read<'_>) -> Result<Vec<Order>> + Send + 'static,
) -> Result<Vec<Row>> {
    ctx.read(move |read| {
        let today = Date::today(read);
        Ok(rows(list(read)?, today))
    })
    .await
}
