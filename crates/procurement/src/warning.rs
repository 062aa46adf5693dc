//! Things auditors found elsewhere, to look at twice: split packages, more portions than people, a
//! day too soon. A need is looked at by the same eyes before it is stated and after.

use base::policy::{self, ValueBands};
use base::{Date, Read, Result, Rupiah};
use catalog::product;
use schemars::JsonSchema;
use serde::Serialize;

use crate::beside::{self, Beside, Near};
use crate::line::{self, OrderLine};
use crate::order::Order;
use crate::request::{self, Request};
use crate::state::State;
use crate::{duties, want};

/// Something to look at twice. `key` is a text with `$a`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Warning {
    pub(crate) key: &'static str,
    pub(crate) said: String,
    /// `$b`
    pub(crate) more: String,
    /// The orders it counts, as far as a page holds them.
    pub(crate) orders: Vec<Beside>,
}

/// What is looked at: a need, stated or not.
struct Looked<'a> {
    near: Near,
    total: Rupiah,
    ceiling: Option<Rupiah>,
    lines: &'a [OrderLine],
    participants: Option<i64>,
}

/// What to look at twice in an order. What ended without money holds none and is no part of a package.
pub(crate) fn of_order(read: &mut Read<'_>, order: &Order) -> Result<Vec<Warning>> {
    if order.state.is_over() && order.state != State::Paid {
        return Ok(Vec::new());
    }
    let lines = line::of(read, &order.id)?;
    let day = order.times.requested.date();
    let looked = Looked {
        near: Near {
            budget_line: order.budget_line.clone(),
            business: order.seller.business.clone(),
            agency: order.agency.clone(),
            day,
            except: Some(order.id.clone()),
        },
        total: order.money.total,
        ceiling: ceiling(read, &order.need.kind)?,
        lines: &lines,
        participants: order.need.participants,
    };
    let mut warnings = split(read, &looked, order.state == State::Paid)?;
    if matches!(order.state, State::Requested | State::Ordered) {
        warnings.extend(soon(read, &looked, day, order.need.wanted_on)?);
    }
    warnings.extend(portions(&looked));
    if order.state == State::Requested {
        warnings.extend(scarce(read, &lines)?);
    }
    Ok(warnings)
}

/// What the shelf no longer holds: it is taken from there when the order is approved, and others may
/// have been faster.
fn scarce(read: &mut Read<'_>, lines: &[OrderLine]) -> Result<Option<Warning>> {
    let mut short = Vec::new();
    for line in lines {
        let Some(id) = &line.product else { continue };
        let left = product::find(read, id)?.stock;
        if left < line.count {
            short.push(format!("{} {left}/{}", line.name, line.count));
        }
    }
    let (key, more, orders) = ("procurement-warning-scarce", String::new(), Vec::new());
    let said = short.join(", ");
    Ok((!short.is_empty()).then_some(Warning { key, said, more, orders }))
}

/// What to look at twice in a need before it is stated.
pub(crate) fn of_need(
    read: &mut Read<'_>,
    cmd: &Request,
    lines: &[OrderLine],
    total: Rupiah,
) -> Result<Vec<Warning>> {
    let day = Date::today(read);
    let looked = Looked {
        near: Near {
            budget_line: cmd.budget_line.clone(),
            business: cmd.business.clone(),
            agency: duties::organisation(read)?,
            day,
            except: None,
        },
        total,
        ceiling: ceiling(read, request::kind_code(cmd.kind))?,
        lines,
        participants: cmd.participants,
    };
    let mut warnings = split(read, &looked, false)?;
    warnings.extend(soon(read, &looked, day, cmd.wanted_on)?);
    warnings.extend(portions(&looked));
    Ok(warnings)
}

/// What may be bought directly of this kind today.
fn ceiling(read: &mut Read<'_>, kind: &str) -> Result<Option<Rupiah>> {
    let today = Date::today(read);
    let bands = policy::maybe_at::<ValueBands>(read, today)?.zip(request::kind_of(kind));
    Ok(bands.and_then(|(bands, kind)| bands.body.direct_ceiling(kind)))
}

/// Others that look like parts of the same package. Of what is paid they are only told.
fn split(read: &mut Read<'_>, looked: &Looked<'_>, paid: bool) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    let (count, sum) = beside::on_line(read, &looked.near)?;
    let together = sum + looked.total.amount();
    if count > 0 && looked.ceiling.is_some_and(|ceiling| together > ceiling.amount()) {
        let key = match paid {
            true => "procurement-warning-split-paid",
            false => "procurement-warning-split",
        };
        let orders = beside::those_on_line(read, &looked.near)?;
        warnings.push(Warning { key, said: rupiah(together), more: String::new(), orders });
    }
    let (count, sum) = beside::at_seller(read, &looked.near)?;
    if count > 0 {
        let key = match paid {
            true => "procurement-warning-same-seller-paid",
            false => "procurement-warning-same-seller",
        };
        let (said, more) = (count.to_string(), rupiah(sum + looked.total.amount()));
        let orders = beside::those_at_seller(read, &looked.near)?;
        warnings.push(Warning { key, said, more, orders });
    }
    Ok(warnings)
}

fn rupiah(amount: i64) -> String {
    Rupiah::parse(amount).map(Rupiah::display).unwrap_or_default()
}

fn soon(
    read: &mut Read<'_>,
    looked: &Looked<'_>,
    from: Date,
    wanted_on: Date,
) -> Result<Vec<Warning>> {
    let slow = want::too_soon(read, looked.lines, from, wanted_on)?;
    let warning = |(said, days): (String, i64)| {
        let (key, more, orders) = ("procurement-too-soon", days.to_string(), Vec::new());
        Warning { key, said, more, orders }
    };
    Ok(slow.into_iter().map(warning).collect())
}

fn portions(looked: &Looked<'_>) -> Option<Warning> {
    let most = looked.lines.iter().map(|line| line.count).max().unwrap_or(0);
    looked.participants.filter(|people| most > *people).map(|_| Warning {
        key: "procurement-warning-portions",
        said: most.to_string(),
        more: String::new(),
        orders: Vec::new(),
    })
}
