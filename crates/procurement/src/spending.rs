//! What everybody may know of the city's purchases: how much each agency bought, from whom, month
//! by month, how fast it paid, and how much went past the shop. No personal data.

use base::{Date, FromRow, Language, Rate, Read, Result, Row, Rupiah, db, policy};
use schemars::JsonSchema;
use serde::Serialize;

use crate::goals::SpendingGoals;
use crate::totals;

/// Sellers named on the board; everybody stands in the open data.
const SELLERS_MAX: i64 = 20;
/// Agencies of a city.
const AGENCIES_MAX: i64 = 200;

/// One agency's year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct AgencyYear {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) orders: i64,
    pub(crate) bought: Rupiah,
    /// Of it from micro and small businesses and cooperatives.
    pub(crate) small: Rupiah,
    /// Orders that were paid, and how many days that took together.
    pub(crate) paid: i64,
    pub(crate) days: i64,
    /// Invoices that wait.
    pub(crate) waiting: i64,
    /// What it recorded as bought elsewhere.
    pub(crate) outside: Rupiah,
}

impl AgencyYear {
    /// Of everything it bought, the share from micro and small businesses here.
    pub(crate) fn share(&self) -> Rate {
        Rate::of(self.small.amount(), self.bought.amount() + self.outside.amount())
    }

    /// Days from handover to payment, on average, if it has paid anything.
    pub(crate) fn days_each(&self) -> Option<i64> {
        (self.paid > 0).then(|| (self.days + self.paid / 2) / self.paid)
    }
}

/// One seller's year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct SellerYear {
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) orders: i64,
    pub(crate) sold: Rupiah,
}

/// One month.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Month {
    /// `2026-03`
    pub(crate) month: String,
    pub(crate) orders: i64,
    pub(crate) bought: Rupiah,
    pub(crate) paid: i64,
    pub(crate) days: i64,
}

impl Month {
    /// Days from handover to payment, on average.
    pub(crate) fn days_each(&self) -> Option<i64> {
        (self.paid > 0).then(|| (self.days + self.paid / 2) / self.paid)
    }

    /// `Maret`
    pub(crate) fn name(&self, language: Language) -> String {
        let day = Date::parse(&format!("{}-01", self.month));
        day.map_or_else(|| self.month.clone(), |day| language.month(day.month()).to_owned())
    }
}

/// A year of the city.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Year {
    pub(crate) year: i64,
    pub(crate) bought: Rupiah,
    pub(crate) small: Rupiah,
    pub(crate) outside: Rupiah,
    pub(crate) orders: i64,
    /// Different sellers.
    pub(crate) sellers: i64,
    /// Of them paid: how much, how many orders, and within how many days half of them.
    pub(crate) paid: Rupiah,
    pub(crate) paid_orders: i64,
    pub(crate) days_to_pay: Option<i64>,
    /// What is demanded of the share, and promised of the days.
    pub(crate) goal_share: Option<Rate>,
    pub(crate) goal_days: Option<i64>,
    pub(crate) agencies: Vec<AgencyYear>,
    pub(crate) top: Vec<SellerYear>,
    pub(crate) months: Vec<Month>,
}

impl Year {
    /// Of everything the city bought, the share from micro and small businesses here.
    pub(crate) fn share(&self) -> Rate {
        Rate::of(self.small.amount(), self.bought.amount() + self.outside.amount())
    }

    /// Of what went through the shop, the share of its largest ten sellers.
    pub(crate) fn top_share(&self) -> Rate {
        let top = self.top.iter().take(10).map(|seller| seller.sold.amount()).sum();
        Rate::of(top, self.bought.amount())
    }
}

/// What counts as bought: the seller has agreed to deliver, and it did not end early. `held` says how
/// much; the month is that of the order letter.
pub(crate) const IN_FORCE: &str = "month BETWEEN $1 AND $2 AND state IN ('accepted', 'delivered', 'handed_over', 'invoiced', 'paid')";

/// Everything about one year.
pub(crate) fn year(read: &mut Read<'_>, year: i64) -> Result<Year> {
    let today = Date::today(read);
    let goals = policy::maybe_at::<SpendingGoals>(read, today)?.map(|rule| rule.body);
    let agencies = agencies(read, year)?;
    let sum = |amount: fn(&AgencyYear) -> Rupiah| {
        Rupiah::sum(agencies.iter().map(amount)).unwrap_or(Rupiah::MAX)
    };
    let paid = totals::of_year(read, year)?;
    Ok(Year {
        year,
        bought: sum(|agency| agency.bought),
        small: sum(|agency| agency.small),
        outside: sum(|agency| agency.outside),
        orders: agencies.iter().map(|agency| agency.orders).sum(),
        sellers: sellers(read, year)?,
        paid: paid.paid,
        paid_orders: paid.orders,
        days_to_pay: paid.median_days,
        goal_share: goals.as_ref().map(|goals| goals.small_share),
        goal_days: goals.as_ref().map(|goals| goals.days_to_pay),
        top: top(read, year)?,
        months: months(read, year)?,
        agencies,
    })
}

/// The first and the last month of a year.
pub(crate) fn bounds(year: i64) -> (String, String) {
    (format!("{year}-01"), format!("{year}-12"))
}

fn agencies(read: &mut Read<'_>, year: i64) -> Result<Vec<AgencyYear>> {
    let (first, last) = bounds(year);
    let sql = format!(
        "SELECT agency, MAX(agency_name), CAST(COUNT(*) AS BIGINT), CAST(SUM(held) AS BIGINT),
                CAST(SUM(CASE WHEN seller_class IN ('micro', 'small') THEN held ELSE 0 END) AS BIGINT),
                CAST(COUNT(days_to_pay) AS BIGINT), CAST(COALESCE(SUM(days_to_pay), 0) AS BIGINT),
                CAST(SUM(CASE WHEN state = 'invoiced' THEN 1 ELSE 0 END) AS BIGINT),
                CAST(0 AS BIGINT)
         FROM procurement_orders WHERE {IN_FORCE} GROUP BY agency ORDER BY 4 DESC LIMIT $3"
    );
    let mut agencies: Vec<AgencyYear> = read.all(&sql, &[&first, &last, &AGENCIES_MAX])?;
    let (from, to) = (format!("{year}-01-01"), format!("{year}-12-31"));
    let outside: Vec<(String, String, Rupiah)> = read.all(
        "SELECT agency, MAX(agency_name), CAST(SUM(amount) AS BIGINT)
         FROM procurement_outside_purchases
         WHERE bought_on BETWEEN $1 AND $2 AND state = 'standing'
         GROUP BY agency ORDER BY 2 LIMIT $3",
        &[&from, &to, &AGENCIES_MAX],
    )?;
    for (id, name, amount) in outside {
        match agencies.iter_mut().find(|agency| agency.id == id) {
            Some(agency) => agency.outside = amount,
            None => agencies.push(AgencyYear::only_outside(id, name, amount)),
        }
    }
    Ok(agencies)
}

impl AgencyYear {
    fn only_outside(id: String, name: String, outside: Rupiah) -> AgencyYear {
        let (bought, small) = (Rupiah::ZERO, Rupiah::ZERO);
        AgencyYear { id, name, orders: 0, bought, small, paid: 0, days: 0, waiting: 0, outside }
    }
}

fn sellers(read: &mut Read<'_>, year: i64) -> Result<i64> {
    let (first, last) = bounds(year);
    let sql = format!(
        "SELECT CAST(COUNT(DISTINCT business) AS BIGINT) FROM procurement_orders WHERE {IN_FORCE}"
    );
    Ok(read.count(&sql, &[&first, &last])?)
}

fn top(read: &mut Read<'_>, year: i64) -> Result<Vec<SellerYear>> {
    let (first, last) = bounds(year);
    let sql = format!(
        "SELECT MAX(seller_number), MAX(seller_name), CAST(COUNT(*) AS BIGINT),
                CAST(SUM(held) AS BIGINT)
         FROM procurement_orders WHERE {IN_FORCE}
         GROUP BY business ORDER BY 4 DESC, 1 LIMIT $3"
    );
    Ok(read.all(&sql, &[&first, &last, &SELLERS_MAX])?)
}

fn months(read: &mut Read<'_>, year: i64) -> Result<Vec<Month>> {
    let (first, last) = bounds(year);
    let sql = format!(
        "SELECT month, CAST(COUNT(*) AS BIGINT), CAST(SUM(held) AS BIGINT),
                CAST(COUNT(days_to_pay) AS BIGINT), CAST(COALESCE(SUM(days_to_pay), 0) AS BIGINT)
         FROM procurement_orders WHERE {IN_FORCE} GROUP BY month ORDER BY month"
    );
    Ok(read.all(&sql, &[&first, &last])?)
}

impl FromRow for AgencyYear {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(AgencyYear {
            id: row.take()?,
            name: row.take()?,
            orders: row.take()?,
            bought: row.take()?,
            small: row.take()?,
            paid: row.take()?,
            days: row.take()?,
            waiting: row.take()?,
            outside: row.take()?,
        })
    }
}

impl FromRow for SellerYear {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(SellerYear {
            number: row.take()?,
            name: row.take()?,
            orders: row.take()?,
            sold: row.take()?,
        })
    }
}

impl FromRow for Month {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Month {
            month: row.take()?,
            orders: row.take()?,
            bought: row.take()?,
            paid: row.take()?,
            days: row.take()?,
        })
    }
}
