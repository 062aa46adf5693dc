//! The few figures that the city's front and the board of spending both show.

use base::{Date, Read, Result, Rupiah};
use serde::Serialize;

use crate::spending::bounds;

/// What was paid of the orders of one year: the same figures on the front and on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Totals {
    /// The year of the order letters.
    pub year: i64,
    /// Paid to businesses.
    pub paid: Rupiah,
    /// Orders that were paid.
    pub orders: i64,
    /// Days from handover to payment that half of them stayed within.
    pub median_days: Option<i64>,
}

/// The figures of this year.
pub fn totals(read: &mut Read<'_>) -> Result<Totals> {
    let year = Date::today(read).year();
    of_year(read, year)
}

/// The figures of a year.
pub(crate) fn of_year(read: &mut Read<'_>, year: i64) -> Result<Totals> {
    let (first, last) = bounds(year);
    let sums: Option<(Rupiah, i64)> = read.first(
        "SELECT CAST(COALESCE(SUM(paid), 0) AS BIGINT), CAST(COUNT(*) AS BIGINT)
         FROM procurement_orders WHERE month BETWEEN $1 AND $2 AND paid_at IS NOT NULL",
        &[&first, &last],
    )?;
    let (paid, orders) = sums.unwrap_or((Rupiah::ZERO, 0));
    let by_days: Vec<(i64, i64)> = read.all(
        "SELECT days_to_pay, CAST(COUNT(*) AS BIGINT) FROM procurement_orders
         WHERE month BETWEEN $1 AND $2 AND days_to_pay IS NOT NULL
         GROUP BY days_to_pay ORDER BY days_to_pay",
        &[&first, &last],
    )?;
    Ok(Totals { year, paid, orders, median_days: median(&by_days) })
}

fn median(by_days: &[(i64, i64)]) -> Option<i64> {
    let all: i64 = by_days.iter().map(|(_, count)| count).sum();
    let mut seen = 0;
    let half = |(_, count): &&(i64, i64)| {
        seen += count;
        seen * 2 >= all
    };
    by_days.iter().find(half).map(|(days, _)| *days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_orders_stay_within_the_median() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[(3, 1)]), Some(3));
        assert_eq!(median(&[(1, 2), (5, 2), (9, 1)]), Some(5));
    }
}
