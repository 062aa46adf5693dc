//! What must hold between orders, their lines and the ledger; `gerai verify` asks.

use base::{Finding, Read, Result};

/// Findings of one kind that are named; more would only be noise.
const NAMED_MAX: i64 = 100;

/// What does not hold.
pub(crate) fn verify(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let mut findings = lines(read)?;
    findings.extend(amounts(read)?);
    findings.extend(budgets(read)?);
    findings.extend(debts(read)?);
    Ok(findings)
}

/// Every order has lines that sum to its total, and none was received beyond its count.
fn lines(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let sums: Vec<(String, i64, i64, i64, i64)> = read.all(
        "SELECT o.id, o.total, o.received, CAST(COALESCE(SUM(l.price * l.count), 0) AS BIGINT),
                CAST(COALESCE(SUM(l.price * l.received), 0) AS BIGINT)
         FROM procurement_orders o LEFT JOIN procurement_order_lines l ON l.order_id = o.id
         GROUP BY o.id, o.total, o.received
         HAVING o.total <> COALESCE(SUM(l.price * l.count), 0)
             OR o.received <> COALESCE(SUM(l.price * l.received), 0)
         ORDER BY o.id LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let wrong: Vec<(String, i64)> = read.all(
        "SELECT order_id, position FROM procurement_order_lines
         WHERE received < 0 OR broken < 0 OR received + broken > count OR count <= 0 OR price <= 0
         ORDER BY order_id, position LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let sums = sums.into_iter().map(|(id, total, received, of_lines, of_received)| {
        found(
            format!("an order says {total} and {received} received, its lines say {of_lines} and {of_received}"),
            id,
        )
    });
    let wrong = wrong.into_iter().map(|(order, position)| {
        found("a line has an impossible count or price", format!("{order} {position}"))
    });
    Ok(sums.chain(wrong).collect())
}

/// Received, invoiced and paid never exceed what came before them.
fn amounts(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let orders: Vec<(String, String)> = read.all(
        "SELECT id, state FROM procurement_orders
         WHERE received > total OR invoiced > received OR paid > invoiced OR held > total
            OR (state = 'paid' AND (paid <> invoiced OR held <> paid))
         ORDER BY id LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let values: Vec<(String, i64, i64)> = read.all(
        "SELECT o.id, o.received, CAST(COALESCE(SUM(h.value), 0) AS BIGINT)
         FROM procurement_orders o LEFT JOIN procurement_handovers h ON h.order_id = o.id
         GROUP BY o.id, o.received HAVING o.received <> COALESCE(SUM(h.value), 0)
         ORDER BY o.id LIMIT $1",
        &[&NAMED_MAX],
    )?;
    let orders = orders
        .into_iter()
        .map(|(id, state)| found(format!("amounts do not fit the state {state}"), id));
    let values = values.into_iter().map(|(id, received, handed)| {
        found(format!("{received} were received, its handovers say {handed}"), id)
    });
    Ok(orders.chain(values).collect())
}

/// What the ledger holds on each budget line is what its orders hold, and nothing is overdrawn.
fn budgets(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut last = String::new();
    loop {
        let lines: Vec<(String, i64)> = read.all(
            "SELECT id, ceiling FROM procurement_budget_lines WHERE id > $1 ORDER BY id LIMIT 500",
            &[&last],
        )?;
        let Some((id, _)) = lines.last() else { return Ok(findings) };
        last.clone_from(id);
        for (id, ceiling) in lines {
            findings.extend(budget(read, &id, ceiling)?);
        }
    }
}

fn budget(read: &mut Read<'_>, id: &str, ceiling: i64) -> Result<Vec<Finding>> {
    let (reserved, committed, spent): (i64, i64, i64) = read.one(
        "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'requested' THEN held ELSE 0 END), 0) AS BIGINT),
                CAST(COALESCE(SUM(CASE WHEN state IN ('ordered', 'accepted', 'delivered',
                    'handed_over', 'invoiced') THEN held ELSE 0 END), 0) AS BIGINT),
                CAST(COALESCE(SUM(CASE WHEN state = 'paid' THEN held ELSE 0 END), 0) AS BIGINT)
         FROM procurement_orders WHERE budget_line = $1",
        &[&id],
    )?;
    let balances = ledger::balances_of(read, id)?;
    let expected = [
        (ledger::BUDGET_CEILING, -ceiling),
        (ledger::BUDGET_RESERVED, reserved),
        (ledger::BUDGET_COMMITTED, committed),
        (ledger::BUDGET_SPENT, spent),
        (ledger::BUDGET_FREE, ceiling - reserved - committed - spent),
    ];
    let mut findings = Vec::new();
    for (account, orders) in expected {
        let booked = balances.get(account.code).map_or(0, |balance| balance.amount());
        if booked != orders {
            let what = format!("{} holds {booked}, the orders say {orders}", account.code);
            findings.push(found(what, format!("budget line {id}")));
        }
    }
    if ceiling < reserved + committed + spent {
        findings.push(found("more is held than granted", format!("budget line {id}")));
    }
    Ok(findings)
}

/// What is owed to each seller is what was received and not paid; an invoice below it gives the rest
/// up only when it is paid.
fn debts(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let owed: Vec<(String, i64)> = read.all(
        "SELECT business, CAST(SUM(CASE WHEN state = 'paid' THEN 0 ELSE received END) AS BIGINT)
         FROM procurement_orders GROUP BY business ORDER BY business",
        &[],
    )?;
    let mut findings = Vec::new();
    for (business, orders) in owed {
        let booked = -ledger::balance(read, ledger::PAYABLE, &business)?.amount();
        if booked != orders {
            let what = format!("the ledger owes {booked}, the orders say {orders}");
            findings.push(found(what, format!("business {business}")));
        }
    }
    Ok(findings)
}

fn found(what: impl Into<String>, place: impl Into<String>) -> Finding {
    Finding::new("procurement", what, place)
}
