//! Lists: what waits for whoever asks, the agency's orders, the seller's orders.

use ::web::{Access, Answer, Ctx, Query, Routes, filters};
use askama::Template;
use base::account::Organisation;
use base::{Date, Read, Result, Rupiah};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{asking, cursor};
use crate::agencies;
use crate::order::Order;
use crate::orders::{self, Filter, PAGE_ROWS, View};
use crate::state::State;
use crate::{BUDGET, INSPECT, REQUEST, SELL, WATCH, WORK, duties, line};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/procurement/desk", desk, Access::May(WORK))
        .gives::<DeskPage>()
        .get("/procurement/orders", list, Access::May(WATCH))
        .gives::<OrdersPage>()
        .asks(&["q", "over", "agency", "after"])
        .get("/procurement/sales", sales, Access::May(SELL))
        .gives::<SalesPage>()
        .asks(&["over", "after"])
}

/// An order as a list shows it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Row {
    #[serde(flatten)]
    pub(super) order: Order,
    /// What is ordered, in one line.
    pub(super) goods: String,
    /// The last day is over.
    pub(super) late: bool,
    /// The next step is the reader's.
    pub(super) mine: bool,
    /// The reader is its seller.
    #[serde(skip)]
    own: bool,
    /// Behind it the next page begins.
    #[serde(skip)]
    cursor: String,
}

impl Row {
    /// The key of the word for whose turn it is.
    pub(super) fn turn_key(&self) -> String {
        match self.mine {
            true => "procurement-turn-you".to_owned(),
            false => format!("procurement-turn-{}", self.order.state.turn().code()),
        }
    }

    /// The day until when, for those whom it concerns: a seller need not watch the agency's.
    pub(super) fn until(&self) -> Option<Date> {
        self.order.waits_until.filter(|_| self.mine || !self.own)
    }

    /// What it is about by now: billed once there is a bill, ordered before.
    pub(super) fn amount(&self) -> Rupiah {
        let money = &self.order.money;
        match self.order.state {
            State::Invoiced => money.invoiced,
            State::Paid => money.paid,
            _ => money.total,
        }
    }

    pub(super) fn is_billed(&self) -> bool {
        self.order.state == State::Invoiced
    }
}

pub(super) fn rows(read: &mut Read<'_>, orders: Vec<Order>, view: View) -> Result<Vec<Row>> {
    let today = Date::today(read);
    let mut rows = Vec::with_capacity(orders.len());
    for order in orders {
        rows.push(Row {
            goods: line::said(&line::of(read, &order.id)?),
            late: order.waits_until.is_some_and(|last| last < today),
            mine: orders::is_mine(read, &order),
            own: duties::acts_for(read, &order.seller.organisation),
            cursor: orders::cursor_of(read, &order, view),
            order,
        });
    }
    Ok(rows)
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
}

async fn desk(ctx: Ctx) -> Answer {
    let page = ctx
        .read(|read| {
            let may = |permission: base::Permission| read.actor().may(permission.0);
            let (may_request, is_head) = (may(REQUEST), may(BUDGET));
            let late = if is_head { orders::late(read)? } else { Vec::new() };
            let (waiting, mine) = (orders::waiting(read)?, orders::mine(read)?);
            Ok(DeskPage {
                waiting: rows(read, waiting, View::Running)?,
                mine: rows(read, mine, View::Running)?,
                late: rows(read, late, View::Late)?,
                may_request,
                is_head,
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
    /// `1`: those that are over; `late`: those past their day.
    #[serde(default)]
    over: String,
    /// The agency, for whoever sees them all.
    #[serde(default)]
    agency: String,
    #[serde(default)]
    after: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        let (words, view) = (self.q.clone(), View::of(&self.over));
        Filter { words, view, agency: cursor(&self.agency), after: cursor(&self.after) }
    }

    /// The same list in another view, from its beginning.
    fn seen(&self, path: &str, over: &str) -> String {
        asking(path, &[("q", &self.q), ("over", over), ("agency", &self.agency)])
    }

    fn next(&self, path: &str, rows: &[Row]) -> String {
        let full = i64::try_from(rows.len()).is_ok_and(|count| count == PAGE_ROWS);
        let last = rows.last().filter(|_| full).map(|row| row.cursor.clone());
        last.map_or_else(String::new, |last| {
            let (q, over, agency) = (&self.q, &self.over, &self.agency);
            asking(path, &[("q", q), ("over", over), ("agency", agency), ("after", &last)])
        })
    }
}

/// The orders of an agency, or of all for the inspectorate.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "orders.html")]
struct OrdersPage {
    rows: Vec<Row>,
    q: String,
    /// The agency asked for, by id.
    agency: String,
    /// To choose from, for those who see all.
    agencies: Vec<Organisation>,
    every_agency: bool,
    may_request: bool,
    #[serde(skip)]
    view: View,
    /// Addresses of running, late and ended orders.
    #[serde(skip)]
    views: [String; 3],
    next: String,
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    const PATH: &str = "/procurement/orders";
    let filter = asked.filter();
    let every = ctx.admits(Access::May(INSPECT));
    let (rows, agencies) = ctx
        .read(move |read| {
            let agencies = if every { agencies::all(read)? } else { Vec::new() };
            let found = orders::watched(read, &filter)?;
            Ok((rows(read, found, filter.view)?, agencies))
        })
        .await?;
    ctx.page(OrdersPage {
        next: asked.next(PATH, &rows),
        view: View::of(&asked.over),
        views: [View::Running, View::Late, View::Over].map(|view| asked.seen(PATH, view.code())),
        every_agency: every && asked.agency.is_empty(),
        q: asked.q,
        agency: asked.agency,
        agencies,
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
    let rows = ctx
        .read(move |read| {
            let found = orders::sold(read, &filter)?;
            rows(read, found, filter.view)
        })
        .await?;
    let next = asked.next("/procurement/sales", &rows);
    ctx.page(SalesPage { next, over: View::of(&asked.over) == View::Over, rows })
}
