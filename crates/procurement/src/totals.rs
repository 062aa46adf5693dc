//! The few figures that the city's front shows of its purchases.

use base::{Read, Result, Rupiah};
use serde::Serialize;

/// All that was ever bought and paid through the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Totals {
    /// Paid to businesses.
    pub paid: Rupiah,
    /// Orders that were paid.
    pub orders: i64,
    /// Days from handover to payment that half of them stayed within.
    pub median_days: Option<i64>,
}

/// The figures of today.
pub fn totals(read: &mut Read<'_>) -> Result<Totals> {
    let sums: Option<(Rupiah, i64)> = read.first(
        "SELECT CAST(COALESCE(SUM(paid), 0) AS BIGINT), CAST(COUNT(*) AS BIGINT)
         FROM procurement_orders WHERE paid_at IS NOT NULL",
        &[],
    )?;
    let (paid, orders) = sums.unwrap_or((Rupiah::ZERO, 0));
    let by_days: Vec<(i64, i64)> = read.all(
        "SELECT days_to_pay, CAST(COUNT(*) AS BIGINT) FROM procurement_orders
         WHERE days_to_pay IS NOT NULL GROUP BY days_to_pay ORDER BY days_to_pay",
        &[],
    )?;
    Ok(Totals { paid, orders, median_days: median(&by_days) })
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
