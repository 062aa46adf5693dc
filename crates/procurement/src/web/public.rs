//! What everybody sees: the city's purchases of a year as a board, the list of them, and a page for
//! each, without personal data.

use ::web::{Access, Answer, Bar, Bars, Ctx, Line, Lines, Path, Query, Routes, filters};
use askama::Template;
use base::account::Organisation;
use base::{Date, Error, Language, Rate, Result, Rupiah, Say};
use registry::business;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asking;
use super::years::{self, Published};
use crate::line::{self, OrderLine};
use crate::order::{self, Order, OrderId};
use crate::purchases::{self, PAGE_ROWS, Purchase, Which};
use crate::spending::{self, AgencyYear, Year};
use crate::state::State;
use crate::timeline::{self, Step};
use crate::{agencies, ocds};

const BOARD: &str = "/procurement/spending";
const LIST: &str = "/procurement/purchases";

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get(BOARD, board, Access::Anyone)
        .gives::<SpendingPage>()
        .asks(&["year"])
        .may_be_gone()
        .get(LIST, list, Access::Anyone)
        .gives::<PurchasesPage>()
        .asks(&["year", "seller", "agency", "state", "q", "after"])
        .may_be_gone()
        .get("/procurement/purchases/{id}", show, Access::Anyone)
        .gives::<PurchasePage>()
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    year: String,
    /// The registry number of one seller.
    #[serde(default)]
    seller: String,
    /// The id of one agency.
    #[serde(default)]
    agency: String,
    /// The code of one state.
    #[serde(default)]
    state: String,
    /// Words in title, seller, agency or number.
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

impl Asked {
    fn which(&self, year: i64) -> Result<Which> {
        let Asked { seller, agency, state, q, .. } = self.clone();
        Ok(Which { year, seller, agency, state, words: q, after: years::place(&self.after)? })
    }

    /// The same question behind a place of its answer.
    fn behind(&self, year: i64, after: &str) -> String {
        let year = year.to_string();
        let Asked { seller, agency, state, q, .. } = self;
        asking(
            LIST,
            &[
                ("year", &year),
                ("seller", seller),
                ("agency", agency),
                ("state", state),
                ("q", q),
                ("after", after),
            ],
        )
    }
}

/// The board.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "spending.html")]
struct SpendingPage {
    #[serde(flatten)]
    year: Year,
    #[serde(skip)]
    shares: Bars,
    #[serde(skip)]
    months: Bars,
    #[serde(skip)]
    days: Lines,
    /// Years to choose from, the newest first.
    years: Vec<i64>,
}

async fn board(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let (published, year) = ctx
        .read(move |read| {
            let published = years::published(read, &asked.year)?;
            let year = spending::year(read, published.year)?;
            Ok((published, year))
        })
        .await?;
    if !published.exists() {
        return years::missing(&ctx, BOARD, published);
    }
    let (language, days) = (ctx.language(), ctx.texts().get("procurement-spending-days-line"));
    ctx.page(SpendingPage {
        shares: shares(&year, language),
        months: months(&year, language),
        days: days_line(&year, days, language),
        years: published.years,
        year,
    })
}

/// Tenths of a percent, so that bars and goal share a unit.
const TENTHS: i64 = 10;

fn shares(year: &Year, language: Language) -> Bars {
    let bar = |agency: &AgencyYear| Bar {
        label: agency.name.clone(),
        value: agency.share().as_points() / TENTHS,
        word: agency.share().say(language),
    };
    let mut rows: Vec<Bar> = year.agencies.iter().map(bar).collect();
    rows.sort_by(|a, b| b.value.cmp(&a.value).then_with(|| a.label.cmp(&b.label)));
    let goal = year.goal_share.map(|goal| goal.as_points() / TENTHS);
    Bars { rows, full: Some(1_000), goal, ceiling: false }
}

fn months(year: &Year, language: Language) -> Bars {
    let bar = |month: &spending::Month| Bar {
        label: month.name(language),
        value: month.bought.amount(),
        word: month.bought.say_short(language),
    };
    Bars::new(year.months.iter().map(bar).collect())
}

fn days_line(year: &Year, label: String, language: Language) -> Lines {
    let paid: Vec<(String, i64)> = year
        .months
        .iter()
        .filter_map(|month| Some((month.name(language), month.days_each()?)))
        .collect();
    Lines {
        moments: paid.iter().map(|(name, _)| name.clone()).collect(),
        lines: vec![Line { label, values: paid.iter().map(|(_, days)| *days).collect() }],
        goal: year.goal_days,
    }
}

impl SpendingPage {
    fn share(&self) -> Rate {
        self.year.share()
    }

    fn all(&self) -> Rupiah {
        self.year.bought.plus(self.year.outside).unwrap_or(Rupiah::MAX)
    }

    fn reaches_goal(&self) -> bool {
        self.year.goal_share.is_none_or(|goal| self.share() >= goal)
    }

    fn gauge(&self) -> askama::filters::Safe<String> {
        let goal = self.year.goal_share.map_or(0, |goal| goal.as_points() / TENTHS);
        Bars::gauge(self.share().as_points() / TENTHS, goal, 1_000)
    }

    fn below(&self) -> usize {
        let goal = self.year.goal_share;
        self.year.agencies.iter().filter(|a| goal.is_some_and(|goal| a.share() < goal)).count()
    }

    fn slow_or_fast(&self) -> Vec<(&AgencyYear, i64)> {
        let mut paid: Vec<(&AgencyYear, i64)> =
            self.year.agencies.iter().filter_map(|a| Some((a, a.days_each()?))).collect();
        paid.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.name.cmp(&b.0.name)));
        paid
    }
}

/// Purchases one by one.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "purchases.html")]
struct PurchasesPage {
    year: i64,
    /// Years to choose from, the newest first.
    years: Vec<i64>,
    seller: String,
    /// The agency asked for, by id.
    agency: String,
    /// The state asked for, by code.
    state: String,
    q: String,
    purchases: Vec<Purchase>,
    next: String,
    #[serde(skip)]
    agencies: Vec<Organisation>,
}

impl PurchasesPage {
    /// States of what counts as bought.
    fn states(&self) -> [State; 5] {
        [State::Accepted, State::Delivered, State::HandedOver, State::Invoiced, State::Paid]
    }

    fn is_asked(&self) -> bool {
        [&self.seller, &self.agency, &self.state, &self.q].iter().any(|asked| !asked.is_empty())
    }
}

async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let question = asked.clone();
    let (published, purchases, agencies) = ctx
        .read(move |read| {
            let published = years::published(read, &question.year)?;
            let which = question.which(published.year)?;
            let rows = purchases::list(read, &which, PAGE_ROWS)?;
            Ok((published, rows, agencies::all(read)?))
        })
        .await?;
    if !published.exists() {
        return years::missing(&ctx, LIST, published);
    }
    let Published { year, years } = published;
    let full = i64::try_from(purchases.len()).is_ok_and(|count| count == PAGE_ROWS);
    let next = purchases.last().filter(|_| full).map(|last| asked.behind(year, &last.id));
    ctx.page(PurchasesPage {
        year,
        years,
        seller: asked.seller,
        agency: asked.agency,
        state: asked.state,
        q: asked.q,
        purchases,
        next: next.unwrap_or_default(),
        agencies,
    })
}

/// One purchase as everybody may see it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Shown {
    id: OrderId,
    number: String,
    state: crate::State,
    agency: String,
    seller: String,
    seller_number: String,
    seller_class: Option<String>,
    title: String,
    place: String,
    wanted_on: Date,
    ordered_on: Option<Date>,
    handed_over_on: Option<Date>,
    paid_on: Option<Date>,
    days_to_pay: Option<i64>,
    total: Rupiah,
    received: Rupiah,
    paid: Rupiah,
    ocid: String,
    /// Whether the seller's page is public now: not while its data are looked at again.
    seller_is_shown: bool,
}

/// The page of one purchase.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "purchase.html")]
struct PurchasePage {
    #[serde(flatten)]
    shown: Shown,
    lines: Vec<OrderLine>,
    steps: Vec<Step>,
}

async fn show(ctx: Ctx, Path(id): Path<OrderId>) -> Answer {
    let page = ctx
        .read(move |read| {
            let order = order::find(read, &id)?;
            let mut shown = shown(&order).ok_or(Error::NotFound)?;
            shown.seller_is_shown = business::find(read, &order.seller.business)?.trades();
            let lines = line::of(read, &id)?;
            let mut steps = timeline::of(read, &order, false)?;
            // What people wrote to each other is theirs; what happened is everybody's.
            steps.iter_mut().for_each(|step| step.note.clear());
            Ok(PurchasePage { shown, lines, steps })
        })
        .await?;
    ctx.page(page)
}

/// What of an order is public: nothing before its seller agreed, like the list and the board.
fn shown(order: &Order) -> Option<Shown> {
    order.was_agreed().then_some(())?;
    Some(Shown {
        id: order.id.clone(),
        number: order.number.clone()?,
        state: order.state,
        agency: order.agency_name.clone(),
        seller: order.seller.name.clone(),
        seller_number: order.seller.number.clone(),
        seller_class: order.seller.size_class.clone(),
        title: order.need.title.clone(),
        place: order.need.place.clone(),
        wanted_on: order.need.wanted_on,
        ordered_on: order.times.ordered.map(base::Timestamp::date),
        handed_over_on: order.times.handed_over.map(base::Timestamp::date),
        paid_on: order.payment.as_ref().map(|proof| proof.paid_on),
        days_to_pay: order.days_to_pay(),
        total: order.money.total,
        received: order.money.received,
        paid: order.money.paid,
        ocid: ocds::ocid(order),
        seller_is_shown: false,
    })
}
