//! Lists of orders: of an agency, of a seller, and what waits for whoever asks.

use base::account::Organisation;
use base::{Date, Id, Read, Result};
use registry::BusinessId;

use crate::order::{Order, SELECT};
use crate::state::{State, Turn};
use crate::{APPROVE, INSPECT, PAY, RECEIVE, duties};

/// Orders on one page.
pub(crate) const PAGE_ROWS: i64 = 30;
/// Orders that wait for one desk; the rest is on the pages of the list.
const WAITING_MAX: i64 = 100;

/// Which orders a list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Words in title, seller or number.
    pub(crate) words: String,
    pub(crate) view: View,
    /// One agency's, for whoever sees them all.
    pub(crate) agency: Option<String>,
    /// The last order of the page before.
    pub(crate) after: Option<String>,
}

/// How far the orders of a list have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum View {
    #[default]
    Running,
    /// Running, and somebody is past their last day.
    Late,
    Over,
}

impl View {
    /// The view with this code; those that run for anything else.
    pub(crate) fn of(code: &str) -> View {
        let all = [View::Late, View::Over];
        all.into_iter().find(|view| view.code() == code).unwrap_or_default()
    }

    /// What an address calls it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            View::Running => "",
            View::Late => "late",
            View::Over => "1",
        }
    }
}

/// Sorts behind every order that somebody waits for.
const NO_DAY: &str = "9999-12-31";

/// Where an order stands in a list of running ones: those that wait for the reader first, then by
/// their last day.
fn place(order: &Order, mine: bool) -> String {
    let day = order.waits_until.map_or_else(|| NO_DAY.to_owned(), Date::iso);
    format!("{}{day}~{}", i64::from(!mine), order.id)
}

/// Whether the step that an order waits for is this reader's, as its agency or as its seller.
pub(crate) fn is_mine(read: &Read<'_>, order: &Order) -> bool {
    let actor = read.actor();
    let me = actor.id.as_str();
    if duties::acts_for(read, &order.seller.organisation) {
        return order.state.turn() == Turn::Seller;
    }
    let step = match order.state.turn() {
        Turn::Approver => APPROVE,
        Turn::Receiver => RECEIVE,
        Turn::Treasurer => PAY,
        Turn::Seller | Turn::Nobody => return false,
    };
    let decided = order.people.approver.as_ref().is_some_and(|person| person.as_str() == me);
    let asked = order.people.requester.as_str() == me;
    actor.may(step.0) && duties::acts_for(read, &order.agency) && !asked && !decided
}

/// The cursor behind the last order of a page.
pub(crate) fn cursor_of(read: &Read<'_>, order: &Order, view: View) -> String {
    match view {
        View::Over => order.id.to_string(),
        View::Running | View::Late => place(order, is_mine(read, order)),
    }
}

/// The orders of the actor's agency; of all or the one asked for, for the inspectorate. Those that
/// run stand by turn and day, those that are over the newest first.
pub(crate) fn watched(read: &mut Read<'_>, filter: &Filter) -> Result<Vec<Order>> {
    let inspects = read.actor().may(INSPECT.0);
    let every = inspects && filter.agency.is_none();
    let own = read.actor().on_behalf_of.clone();
    let agency = if inspects { filter.agency.clone() } else { own.clone() }.unwrap_or_default();
    let words = containing(&filter.words);
    if filter.view == View::Over {
        let after = filter.after.as_deref().unwrap_or("~"); // sorts behind every id
        let sql = format!(
            "{SELECT} WHERE (agency = $1 OR CAST($2 AS BOOLEAN)) AND ended_at IS NOT NULL
                 AND id < $3
                 AND lower(title || ' ' || seller_name || ' ' || request_number || ' '
                     || COALESCE(number, '')) LIKE $4 ESCAPE '!'
             ORDER BY id DESC LIMIT $5"
        );
        return Ok(read.all(&sql, &[&agency, &every, &after, &words, &PAGE_ROWS])?);
    }
    let late = filter.view == View::Late;
    // An order that waits for nobody is never late; `~` sorts behind every day.
    let before = if late { Date::today(read).iso() } else { "~".to_owned() };
    let after = filter.after.clone().unwrap_or_default();
    let me = read.actor().id.clone();
    let own = own.unwrap_or_default();
    let step = |read: &Read<'_>, step: base::Permission| read.actor().may(step.0);
    let (approve, receive, pay) = (step(read, APPROVE), step(read, RECEIVE), step(read, PAY));
    let sql = format!(
        "{SELECT} WHERE (agency = $1 OR CAST($2 AS BOOLEAN)) AND ended_at IS NULL
             AND COALESCE(waits_until, '9999-12-31') < $3
             AND lower(title || ' ' || seller_name || ' ' || request_number || ' '
                 || COALESCE(number, '')) LIKE $4 ESCAPE '!'
             AND CASE WHEN agency = $5 AND requester <> $6 AND COALESCE(approver, '') <> $6
                      AND ((state = 'requested' AND CAST($7 AS BOOLEAN))
                        OR (state = 'delivered' AND CAST($8 AS BOOLEAN))
                        OR (state = 'invoiced' AND CAST($9 AS BOOLEAN))) THEN '0' ELSE '1' END
                 || COALESCE(waits_until, '9999-12-31') || '~' || id > $10
         ORDER BY CASE WHEN agency = $5 AND requester <> $6 AND COALESCE(approver, '') <> $6
                      AND ((state = 'requested' AND CAST($7 AS BOOLEAN))
                        OR (state = 'delivered' AND CAST($8 AS BOOLEAN))
                        OR (state = 'invoiced' AND CAST($9 AS BOOLEAN))) THEN '0' ELSE '1' END,
             COALESCE(waits_until, '9999-12-31'), id LIMIT $11"
    );
    Ok(read.all(
        &sql,
        &[
            &agency, &every, &before, &words, &own, &me, &approve, &receive, &pay, &after,
            &PAGE_ROWS,
        ],
    )?)
}

/// The orders of the seller the actor acts for, those that wait for the seller first.
pub(crate) fn sold(read: &mut Read<'_>, filter: &Filter) -> Result<Vec<Order>> {
    let seller = duties::organisation(read)?;
    if filter.view == View::Over {
        let after = filter.after.as_deref().unwrap_or("~");
        let sql = format!(
            "{SELECT} WHERE seller = $1 AND ordered_at IS NOT NULL AND ended_at IS NOT NULL
                 AND id < $2
             ORDER BY id DESC LIMIT $3"
        );
        return Ok(read.all(&sql, &[&seller, &after, &PAGE_ROWS])?);
    }
    let after = filter.after.clone().unwrap_or_default();
    let sql = format!(
        "{SELECT} WHERE seller = $1 AND ordered_at IS NOT NULL AND ended_at IS NULL
             AND CASE WHEN state IN ('ordered', 'accepted', 'handed_over') THEN '0' ELSE '1' END
                 || COALESCE(waits_until, '9999-12-31') || '~' || id > $2
         ORDER BY CASE WHEN state IN ('ordered', 'accepted', 'handed_over') THEN '0' ELSE '1' END,
             COALESCE(waits_until, '9999-12-31'), id LIMIT $3"
    );
    Ok(read.all(&sql, &[&seller, &after, &PAGE_ROWS])?)
}

/// What waits for whoever asks at their agency, the nearest day first.
pub(crate) fn waiting(read: &mut Read<'_>) -> Result<Vec<Order>> {
    let agency = duties::organisation(read)?;
    let mine = [(APPROVE, State::Requested), (RECEIVE, State::Delivered), (PAY, State::Invoiced)];
    let mut waiting = Vec::new();
    for (permission, state) in mine {
        if read.actor().may(permission.0) {
            waiting.extend(in_state(read, &agency, state)?);
        }
    }
    waiting.sort_by_key(|order| (order.waits_until, order.id.clone()));
    Ok(waiting)
}

/// What the head of the agency should look at: it waits longer than it may.
pub(crate) fn late(read: &mut Read<'_>) -> Result<Vec<Order>> {
    let agency = duties::organisation(read)?;
    let today = Date::today(read).iso();
    let sql = format!(
        "{SELECT} WHERE agency = $1 AND ended_at IS NULL AND waits_until < $2
         ORDER BY waits_until, id LIMIT $3"
    );
    Ok(read.all(&sql, &[&agency, &today, &WAITING_MAX])?)
}

/// What the actor stated and is still under way.
pub(crate) fn mine(read: &mut Read<'_>) -> Result<Vec<Order>> {
    let agency = duties::organisation(read)?;
    let person = read.actor().id.clone();
    let sql = format!(
        "{SELECT} WHERE agency = $1 AND requester = $2 AND ended_at IS NULL
         ORDER BY id DESC LIMIT $3"
    );
    Ok(read.all(&sql, &[&agency, &person, &WAITING_MAX])?)
}

fn in_state(read: &mut Read<'_>, agency: &Id<Organisation>, state: State) -> Result<Vec<Order>> {
    let sql = format!("{SELECT} WHERE agency = $1 AND state = $2 ORDER BY id LIMIT $3");
    Ok(read.all(&sql, &[agency, &state, &WAITING_MAX])?)
}

/// Orders whose need was stated on these days, first to last.
pub(crate) fn requested_between(read: &mut Read<'_>, first: Date, last: Date) -> Result<i64> {
    let (from, until) = (first.start().as_ms(), last.plus_days(1).start().as_ms());
    let row: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM procurement_orders
         WHERE requested_at >= $1 AND requested_at < $2",
        &[&from, &until],
    )?;
    Ok(row.expect("an aggregate has one row").0)
}

/// How many orders this seller was paid for before.
pub(crate) fn paid_before(read: &mut Read<'_>, business: &BusinessId) -> Result<i64> {
    Ok(read.count(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM procurement_orders
         WHERE business = $1 AND state = 'paid'",
        &[business],
    )?)
}

/// `%words%` in lower case, for `LIKE … ESCAPE '!'`.
pub(crate) fn containing(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in words.trim().to_lowercase().chars().take(100) {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_search_are_no_pattern() {
        assert_eq!(containing(" Nasi 100%_! "), "%nasi 100!%!_!!%");
    }
}
