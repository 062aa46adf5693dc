//! Every agency of the city at a glance: its budget and how it is used, what runs, what is late and
//! what it bought elsewhere. For those who watch over all of them.

use std::collections::BTreeMap;

use base::account::{Organisation, OrganisationKind, organisation};
use base::{Date, FromRow, Rate, Read, Result, Row, Rupiah, db, require};
use schemars::JsonSchema;
use serde::Serialize;

use crate::OVERSEE;

/// One agency's year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Overview {
    pub(crate) agency: Organisation,
    pub(crate) budget: Ceilings,
    pub(crate) orders: Running,
    /// What it recorded as bought elsewhere.
    pub(crate) outside: Rupiah,
}

/// Its budget lines together.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub(crate) struct Ceilings {
    pub(crate) lines: i64,
    pub(crate) ceiling: Rupiah,
}

/// Its orders on that year's budget.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub(crate) struct Running {
    /// Reserved or committed.
    pub(crate) held: Rupiah,
    pub(crate) spent: Rupiah,
    pub(crate) running: i64,
    /// Of those running: somebody is past their last day.
    pub(crate) late: i64,
}

impl Overview {
    /// How much of the budget is spent.
    pub(crate) fn used(&self) -> Rate {
        Rate::of(self.orders.spent.amount(), self.budget.ceiling.amount())
    }
}

impl FromRow for Ceilings {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Ceilings { lines: row.take()?, ceiling: row.take()? })
    }
}

impl FromRow for Running {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Running {
            held: row.take()?,
            spent: row.take()?,
            running: row.take()?,
            late: row.take()?,
        })
    }
}

/// A row of a figure and whose it is.
struct Of<T>(String, T);

impl<T: FromRow> FromRow for Of<T> {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Of(row.take()?, T::from_row(row)?))
    }
}

fn by_agency<T>(rows: Vec<Of<T>>) -> BTreeMap<String, T> {
    rows.into_iter().map(|Of(agency, figure)| (agency, figure)).collect()
}

/// The agencies of the city, by name.
pub(crate) fn all(read: &mut Read<'_>) -> Result<Vec<Organisation>> {
    organisation::of_kind(read, OrganisationKind::Agency)
}

/// Every agency in a year, by name.
pub(crate) fn of_year(read: &mut Read<'_>, year: i64) -> Result<Vec<Overview>> {
    require(read, OVERSEE)?;
    let budgets = by_agency(read.all(
        "SELECT agency, CAST(COUNT(*) AS BIGINT), CAST(SUM(ceiling) AS BIGINT)
         FROM procurement_budget_lines WHERE year = $1 GROUP BY agency",
        &[&year],
    )?);
    let orders = orders(read, year)?;
    let outside = outside(read, year)?;
    let overview = |agency: Organisation| {
        let id = agency.id.as_str();
        Overview {
            budget: budgets.get(id).copied().unwrap_or_default(),
            orders: orders.get(id).copied().unwrap_or_default(),
            outside: outside.get(id).copied().unwrap_or_default(),
            agency,
        }
    };
    Ok(all(read)?.into_iter().map(overview).collect())
}

fn orders(read: &mut Read<'_>, year: i64) -> Result<BTreeMap<String, Running>> {
    let today = Date::today(read).iso();
    Ok(by_agency(read.all(
        "SELECT agency, CAST(SUM(CASE WHEN ended_at IS NULL THEN held ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN state = 'paid' THEN held ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN ended_at IS NULL AND waits_until < $2 THEN 1 ELSE 0 END) AS BIGINT)
         FROM procurement_orders WHERE year = $1 GROUP BY agency",
        &[&year, &today],
    )?))
}

fn outside(read: &mut Read<'_>, year: i64) -> Result<BTreeMap<String, Rupiah>> {
    let (first, last) = (format!("{year}-01-01"), format!("{year}-12-31"));
    let sums: Vec<(String, Rupiah)> = read.all(
        "SELECT agency, CAST(SUM(amount) AS BIGINT) FROM procurement_outside_purchases
         WHERE bought_on BETWEEN $1 AND $2 AND state = 'standing' GROUP BY agency",
        &[&first, &last],
    )?;
    Ok(sums.into_iter().collect())
}
