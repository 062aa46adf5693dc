//! What must hold between orders, their lines and their groups; `gerai verify` asks.

use base::{Finding, Read, Result};
use ledger::ORDERS_HELD;

/// Findings of one kind that are named; more would only be noise.
const NAMED_MAX: i64 = 100;

/// What does not hold.
pub(crate) fn verify(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let lines: Vec<(String, i64, i64)> = read.all(
        "SELECT o.id, o.goods, CAST(COALESCE(SUM(l.price * l.count), 0) AS BIGINT)
         FROM market_orders o LEFT JOIN market_order_lines l ON l.order_id = o.id
         GROUP BY o.id, o.goods HAVING o.goods <> COALESCE(SUM(l.price * l.count), 0)
         ORDER BY o.id LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let groups: Vec<(String, i64, i64)> = read.all(
        "SELECT g.id, g.total, CAST(COALESCE(SUM(o.goods + o.fee), 0) AS BIGINT)
         FROM market_groups g LEFT JOIN market_orders o ON o.group_id = g.id
         GROUP BY g.id, g.total HAVING g.total <> COALESCE(SUM(o.goods + o.fee), 0)
         ORDER BY g.id LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let waiting: Vec<(String, String)> = read.all(
        "SELECT id, state FROM market_orders
         WHERE (state IN ('completed', 'refunded', 'cancelled')) = (ended_at IS NULL)
            OR (state <> 'complaint'
                AND (ended_at IS NULL AND state <> 'awaiting_payment') = (waits_until IS NULL))
         ORDER BY id LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let lines = lines.into_iter().map(|(id, goods, sum)| {
        found(format!("an order's goods are {goods}, its lines add up to {sum}"), id)
    });
    let groups = groups.into_iter().map(|(id, total, sum)| {
        found(format!("a group's total is {total}, its orders add up to {sum}"), id)
    });
    let waiting = waiting
        .into_iter()
        .map(|(id, state)| found(format!("an order that is {state} has the wrong clocks"), id));
    let mut findings: Vec<Finding> = lines.chain(groups).chain(waiting).collect();
    findings.extend(held(read)?);
    Ok(findings)
}

/// Rows looked at in one query.
const PAGE_ROWS: i64 = 500;

/// Orders of which the books hold another sum than was paid for them.
fn held(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let (mut findings, mut after) = (Vec::new(), String::new());
    loop {
        let page: Vec<(String, i64, bool)> = read.all(
            "SELECT id, goods + fee, ended_at IS NOT NULL FROM market_orders
             WHERE paid_at IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
            &[&after, &PAGE_ROWS],
        )?;
        let Some((last, ..)) = page.last() else { return Ok(findings) };
        after.clone_from(last);
        for (id, total, over) in page {
            let wanted = if over { 0 } else { total };
            let held = -ledger::balance(read, ORDERS_HELD, &id)?.amount();
            if held != wanted {
                findings.push(found(format!("the books hold {held} for an order of {wanted}"), id));
            }
        }
    }
}

fn found(what: String, place: String) -> Finding {
    Finding::new("market", what, place)
}
