//! What orders, budget files and purchases elsewhere are called in the audit trail, and how much of
//! them waits for each role.

use ::web::{Access, Heap, Thing};
use base::account::OrganisationId;
use base::{Date, Permission, Read, Result, Role, among};

use crate::{SELL, WATCH, WORK};

/// Orders by number and title, files by their DPA, purchases by what was bought.
pub(crate) fn named(read: &mut Read<'_>, ids: &[&str]) -> Result<Vec<Thing>> {
    let orders: Vec<(String, String, String)> = among(
        read,
        "SELECT id, COALESCE(number, request_number), title FROM procurement_orders WHERE id",
        ids,
    )?;
    let files: Vec<(String, String)> =
        among(read, "SELECT id, dpa FROM procurement_budget_imports WHERE id", ids)?;
    let bought: Vec<(String, String, String)> =
        among(read, "SELECT id, what, vendor FROM procurement_outside_purchases WHERE id", ids)?;
    let mut things = Vec::new();
    for (id, number, title) in orders {
        let href = format!("/procurement/orders/{id}");
        things.push(Thing {
            id,
            words: format!("{number}, {title}"),
            href,
            access: Access::May(WATCH),
        });
    }
    for (id, words) in files {
        things.push(Thing { id, words, href: String::new(), access: Access::May(WATCH) });
    }
    for (id, what, vendor) in bought {
        let href = format!("/procurement/outside-purchases/{id}");
        things.push(Thing {
            id,
            words: format!("{what}, {vendor}"),
            href,
            access: Access::May(WATCH),
        });
    }
    Ok(things)
}

/// The steps of running orders that are this role's, and what an agency's head looks after.
pub(crate) fn waits(read: &mut Read<'_>, role: Role, office: &OrganisationId) -> Result<Vec<Heap>> {
    let heap =
        |label, count, href, who: Permission| Heap { label, count, href, access: Access::May(who) };
    let desk = "/procurement/desk";
    let steps: &[(&str, &str)] = match role {
        Role::Approver => &[("requested", "procurement-waits-approval")],
        Role::Receiver => &[("delivered", "procurement-waits-count")],
        Role::Treasurer => &[("invoiced", "procurement-waits-payment")],
        Role::Owner => &[
            ("ordered", "procurement-waits-answer"),
            ("accepted", "procurement-waits-delivery"),
            ("handed_over", "procurement-waits-invoice"),
        ],
        Role::AgencyHead => {
            let late = heap("procurement-waits-late", late(read, office)?, desk, WORK);
            return Ok(vec![late]);
        }
        _ => &[],
    };
    let sells = role == Role::Owner;
    let (href, who) = if sells { ("/procurement/sales", SELL) } else { (desk, WORK) };
    let mut heaps = Vec::new();
    for (state, label) in steps {
        heaps.push(heap(label, in_state(read, office, state)?, href, who));
    }
    if role == Role::Approver {
        let (label, href) = ("procurement-waits-elsewhere", "/procurement/outside-purchases");
        heaps.push(heap(label, elsewhere(read, office)?, href, WATCH));
    }
    Ok(heaps)
}

/// Orders of this agency or seller in one state.
fn in_state(read: &mut Read<'_>, office: &OrganisationId, state: &str) -> Result<i64> {
    Ok(read.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM procurement_orders
         WHERE (agency = $1 OR seller = $1) AND state = $2",
        &[office, &state],
    )?)
}

/// Running orders of this agency that are past their day.
fn late(read: &mut Read<'_>, agency: &OrganisationId) -> Result<i64> {
    Ok(read.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM procurement_orders
         WHERE agency = $1 AND ended_at IS NULL AND waits_until < $2",
        &[agency, &Date::today(read).iso()],
    )?)
}

/// Large purchases elsewhere that a second person has not confirmed.
fn elsewhere(read: &mut Read<'_>, agency: &OrganisationId) -> Result<i64> {
    Ok(read.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM procurement_outside_purchases
         WHERE agency = $1 AND state = 'waiting'",
        &[agency],
    )?)
}
