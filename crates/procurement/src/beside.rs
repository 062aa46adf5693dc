//! Orders that look like parts of one package: on one budget line, or at one seller, within days.

use base::account::Organisation;
use base::{Date, FromRow, Id, Read, Result, Row, Rupiah, Timestamp, db};
use registry::BusinessId;
use schemars::JsonSchema;
use serde::Serialize;

use crate::budget::BudgetLineId;
use crate::order::OrderId;
use crate::state::State;

/// Days before and after in which purchases look like one package.
const SPLIT_DAYS: i64 = 30;
/// Orders beside another that a page names; more are counted.
const BESIDE_MAX: i64 = 50;

/// What orders are looked for beside: an order, or a need before it is stated.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    pub(crate) budget_line: BudgetLineId,
    pub(crate) business: BusinessId,
    pub(crate) agency: Id<Organisation>,
    /// When the need is stated.
    pub(crate) day: Date,
    /// The order itself.
    pub(crate) except: Option<OrderId>,
}

impl Near {
    /// The first moment that counts, and the first that does not any more.
    fn moments(&self) -> (Timestamp, Timestamp) {
        (self.day.plus_days(-SPLIT_DAYS).start(), self.day.plus_days(SPLIT_DAYS + 1).start())
    }

    fn except(&self) -> &str {
        self.except.as_ref().map_or("", Id::as_str)
    }
}

/// An order beside another, in short.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Beside {
    pub(crate) id: OrderId,
    pub(crate) title: String,
    pub(crate) seller: String,
    pub(crate) total: Rupiah,
    pub(crate) requested: Timestamp,
    pub(crate) state: State,
}

impl FromRow for Beside {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Beside {
            id: row.take()?,
            title: row.take()?,
            seller: row.take()?,
            total: row.take()?,
            requested: row.take()?,
            state: row.take()?,
        })
    }
}

/// On the same budget line.
const ON_LINE: &str = "FROM procurement_orders o
    WHERE o.budget_line = $1 AND o.requested_at >= $2 AND o.requested_at < $3 AND o.id <> $4
      AND o.state NOT IN ('rejected', 'declined', 'lapsed', 'cancelled')";

/// Of the same agency at the same seller on the same account or sub-activity, whatever their budget
/// line: how a package looks that was cut into pieces.
const AT_SELLER: &str = "FROM procurement_orders o
    JOIN procurement_budget_lines b ON b.id = o.budget_line
    JOIN procurement_budget_lines own ON own.id = $1
    WHERE o.business = $5 AND o.agency = $6 AND o.requested_at >= $2 AND o.requested_at < $3
      AND o.id <> $4 AND (b.account = own.account OR b.sub_activity = own.sub_activity)
      AND o.state NOT IN ('rejected', 'declined', 'lapsed', 'cancelled')";

const COUNTED: &str = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(o.total), 0) AS BIGINT)";
const NAMED: &str = "SELECT o.id, o.title, o.seller_name, o.total, o.requested_at, o.state";

/// Others on the same budget line within days: how many and how much.
pub(crate) fn on_line(read: &mut Read<'_>, near: &Near) -> Result<(i64, i64)> {
    let (since, until) = near.moments();
    Ok(read.one(
        &format!("{COUNTED} {ON_LINE}"),
        &[&near.budget_line, &since, &until, &near.except()],
    )?)
}

/// The same, one by one, the newest first.
pub(crate) fn those_on_line(read: &mut Read<'_>, near: &Near) -> Result<Vec<Beside>> {
    let (since, until) = near.moments();
    Ok(read.all(
        &format!("{NAMED} {ON_LINE} ORDER BY o.id DESC LIMIT $5"),
        &[&near.budget_line, &since, &until, &near.except(), &BESIDE_MAX],
    )?)
}

/// Others at the same seller on the same account or sub-activity: how many and how much.
pub(crate) fn at_seller(read: &mut Read<'_>, near: &Near) -> Result<(i64, i64)> {
    let (since, until) = near.moments();
    let Near { budget_line, business, agency, .. } = near;
    Ok(read.one(
        &format!("{COUNTED} {AT_SELLER}"),
        &[budget_line, &since, &until, &near.except(), business, agency],
    )?)
}

/// The same, one by one, the newest first.
pub(crate) fn those_at_seller(read: &mut Read<'_>, near: &Near) -> Result<Vec<Beside>> {
    let (since, until) = near.moments();
    let Near { budget_line, business, agency, .. } = near;
    Ok(read.all(
        &format!("{NAMED} {AT_SELLER} ORDER BY o.id DESC LIMIT $7"),
        &[budget_line, &since, &until, &near.except(), business, agency, &BESIDE_MAX],
    )?)
}
