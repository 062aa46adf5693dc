//! The history of an order as people see it, drawn from its events: what happened, who did it,
//! what is due now and what will follow.

use std::collections::BTreeMap;

use base::account::{PersonId, person};
use base::{Date, Read, Result, Rupiah, StoredEvent, Timestamp, of_subject};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::order::Order;
use crate::state::State;

/// One knot of the thread.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Step {
    /// `done`, `now` or `next`.
    pub(crate) state: &'static str,
    /// The key of its title; `$a` is `said`.
    pub(crate) key: String,
    /// What it was about: a number, an amount, a reason.
    pub(crate) said: String,
    /// The sentence below, if there is one.
    pub(crate) note: String,
    /// The day it is due, after what it was about.
    pub(crate) until: Option<Date>,
    /// Who did it; empty where people are not named.
    pub(crate) who: String,
    /// When it happened.
    pub(crate) at: Option<Timestamp>,
    pub(crate) icon: &'static str,
}

/// The whole thread. `names` says whether people are named: never on public pages.
pub(crate) fn of(read: &mut Read<'_>, order: &Order, names: bool) -> Result<Vec<Step>> {
    let events = of_subject(read, order.id.as_str())?;
    let mut known = BTreeMap::new();
    let mut steps = Vec::new();
    for event in events {
        let Some(mut step) = done(&event) else { continue };
        if names {
            step.who = name(read, &mut known, &event.actor)?;
        }
        steps.push(step);
    }
    steps.extend(ahead(order));
    Ok(steps)
}

fn name(read: &mut Read<'_>, known: &mut BTreeMap<String, String>, actor: &str) -> Result<String> {
    if let Some(name) = known.get(actor) {
        return Ok(name.clone());
    }
    let name = match PersonId::parse(actor) {
        Some(id) => person::find(read, &id)?.name,
        None => "Gerai".to_owned(),
    };
    known.insert(actor.to_owned(), name.clone());
    Ok(name)
}

/// The knot an event makes; other areas' events about the order make none.
fn done(event: &StoredEvent) -> Option<Step> {
    let verb = event.kind.strip_prefix("procurement.")?;
    let data = event.json();
    let text = |field: &str| data[field].as_str().unwrap_or_default().to_owned();
    let amount = |field: &str| money(&data[field]);
    let (said, icon) = match verb {
        "requested" => (amount("total"), "pen"),
        "ordered" => (text("number"), "doc"),
        "accepted" => (String::new(), "hand"),
        "delivered" => (String::new(), "truck"),
        "handed_over" => (text("number"), "stamp"),
        "invoiced" => (amount("amount"), "receipt"),
        "paid" => (amount("amount"), "wallet"),
        "escalated" => (String::new(), "flag"),
        "invoice_withdrawn" | "invoice_returned" => (amount("amount"), "x"),
        "returned" | "rejected" | "declined" | "lapsed" | "withdrawn" | "cancelled"
        | "backed_out" | "delivery_withdrawn" => (String::new(), "x"),
        _ => return None,
    };
    let note = match verb {
        "delivered" => text("note"),
        "paid" => format!("{} {}", text("method").to_uppercase(), text("reference")),
        _ => text("reason"),
    };
    let deemed = verb == "handed_over" && data["deemed"].as_bool() == Some(true);
    let verb = if deemed { "deemed".to_owned() } else { verb.replace('_', "-") };
    let (key, at) = (format!("procurement-event-{verb}"), Some(event.at));
    Some(Step { state: "done", key, said, until: None, note, who: String::new(), at, icon })
}

fn money(value: &Value) -> String {
    let amount = value.as_i64().and_then(Rupiah::parse);
    amount.map(Rupiah::display).unwrap_or_default()
}

/// What is due now and what will follow.
fn ahead(order: &Order) -> Vec<Step> {
    const PATH: [(State, &str, &str); 6] = [
        (State::Requested, "approval", "check"),
        (State::Ordered, "acceptance", "hand"),
        (State::Accepted, "delivery", "truck"),
        (State::Delivered, "handover", "stamp"),
        (State::HandedOver, "invoice", "receipt"),
        (State::Invoiced, "payment", "wallet"),
    ];
    let Some(at) = PATH.iter().position(|(state, ..)| *state == order.state) else {
        return Vec::new();
    };
    let knot = |(i, (_, step, icon)): (usize, &(State, &str, &'static str))| Step {
        state: if i == 0 { "now" } else { "next" },
        key: format!("procurement-{}-{step}", if i == 0 { "now" } else { "next" }),
        said: String::new(),
        until: order.waits_until.filter(|_| i == 0),
        note: String::new(),
        who: String::new(),
        at: None,
        icon,
    };
    PATH[at..].iter().enumerate().map(knot).collect()
}
