//! Everything one needs to know to take the next step of an order: the order, its history, its
//! papers, its budget, what one may do oneself and what one should look at twice.

use base::account::acting_person;
use base::document::{self, DocumentId};
use base::{Date, Error, Permission, Read, Result, Rupiah};
use registry::business;
use schemars::JsonSchema;
use serde::Serialize;

use crate::budget::{self, BudgetLine, Use};
use crate::handover::{self, Handover};
use crate::line::{self, OrderLine};
use crate::order::{self, Order, OrderId};
use crate::state::State;
use crate::timeline::{self, Step};
use crate::warning::{self, Warning};
use crate::{APPROVE, INSPECT, PAY, RECEIVE, REQUEST, SELL, WATCH, duties, orders};

/// An order with all that belongs to it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Case {
    pub(crate) order: Order,
    pub(crate) lines: Vec<OrderLine>,
    pub(crate) steps: Vec<Step>,
    pub(crate) papers: Vec<PaperRow>,
    pub(crate) handovers: Vec<Handover>,
    pub(crate) photos: Vec<String>,
    /// Only for the agency and the inspectorate.
    pub(crate) budget: Option<LineUse>,
    /// Steps the reader may take now: `approve`, `hand_over`, `pay` …
    pub(crate) acts: Vec<&'static str>,
    /// Steps another person must take although the reader has the role.
    pub(crate) other_person: bool,
    pub(crate) warnings: Vec<Warning>,
    /// Orders this seller was paid for before.
    pub(crate) seller_paid: i64,
    /// The reader is the seller.
    pub(crate) is_seller: bool,
    pub(crate) late: bool,
    /// The main step is the reader's.
    pub(crate) my_turn: bool,
    /// What is still to come, in words, once a part came or something was sent back.
    pub(crate) owed: String,
}

/// A paper of an order.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct PaperRow {
    pub(crate) id: DocumentId,
    /// `SP`, `BAST`: the end of a text key, in lower case.
    pub(crate) kind: String,
    pub(crate) number: String,
    pub(crate) revoked: bool,
}

/// A budget line and how it is used.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct LineUse {
    pub(crate) line: BudgetLine,
    pub(crate) used: Use,
}

/// What was received of an order, and what proves it: for whoever bills or pays it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Proof {
    pub(crate) lines: Vec<OrderLine>,
    pub(crate) handovers: Vec<Handover>,
    pub(crate) papers: Vec<PaperRow>,
    pub(crate) photos: Vec<String>,
}

impl Proof {
    /// The paper of a handover, with the given number.
    pub(crate) fn paper(&self, number: &str) -> Option<&PaperRow> {
        self.papers.iter().find(|paper| paper.number == number)
    }
}

/// An order and the proof of what was received, for whoever may see it.
pub(crate) fn received(read: &mut Read<'_>, id: &OrderId) -> Result<(Order, Proof)> {
    let (order, lines) = order::with_lines(read, id)?;
    may_see(read, &order)?;
    let (handovers, photos) = (handover::of(read, id)?, handover::photos(read, id)?);
    let papers = papers(read, &order)?;
    Ok((order, Proof { lines, handovers, papers, photos }))
}

impl Case {
    /// Whether the reader may take this step.
    pub(crate) fn may(&self, act: &str) -> bool {
        self.acts.contains(&act)
    }

    /// The key of the word for whose turn it is: `Anda` when it is the reader's.
    pub(crate) fn turn_key(&self) -> String {
        let whose = if self.my_turn { "you" } else { self.order.state.turn().code() };
        format!("procurement-turn-{whose}")
    }

    /// The key of the word for its state, as the reader knows it.
    pub(crate) fn state_key(&self) -> String {
        self.order.state_key(self.is_seller)
    }

    /// How many steps were taken.
    pub(crate) fn steps_done(&self) -> usize {
        self.steps.iter().filter(|step| step.state == "done").count()
    }
}

/// The case, for whoever may see it.
pub(crate) fn of(read: &mut Read<'_>, id: &OrderId) -> Result<Case> {
    let order = order::find(read, id)?;
    may_see(read, &order)?;
    let is_seller = duties::acts_for(read, &order.seller.organisation);
    let today = Date::today(read);
    let line = budget::find(read, &order.budget_line)?;
    let used = budget::used(read, &order.budget_line)?;
    let (acts, other_person) = acts(read, &order)?;
    let late = order.waits_until.is_some_and(|last| last < today);
    let lines = line::of(read, id)?;
    let began = order.money.received > Rupiah::ZERO || lines.iter().any(|line| line.broken > 0);
    let open = matches!(order.state, State::Accepted | State::Delivered) && began;
    Ok(Case {
        owed: if open { line::owed(&lines) } else { String::new() },
        my_turn: MAIN.iter().any(|act| acts.contains(act)),
        lines,
        steps: timeline::of(read, &order, true)?,
        papers: papers(read, &order)?,
        handovers: handover::of(read, id)?,
        photos: handover::photos(read, id)?,
        budget: (!is_seller).then_some(LineUse { line, used }),
        warnings: if is_seller { Vec::new() } else { warning::of_order(read, &order)? },
        seller_paid: orders::paid_before(read, &order.seller.business)?,
        acts,
        other_person,
        is_seller,
        late,
        order,
    })
}

/// The steps that an order waits for.
const MAIN: [&str; 6] = ["approve", "accept", "deliver", "hand_over", "invoice", "pay"];

/// The agency, the seller once it is ordered, and the inspectorate. To others it does not exist.
pub(crate) fn may_see(read: &Read<'_>, order: &Order) -> Result<()> {
    let may = |permission: Permission| read.actor().may(permission.0);
    let agency = may(WATCH) && duties::acts_for(read, &order.agency);
    let seller = may(SELL)
        && order.times.ordered.is_some()
        && duties::acts_for(read, &order.seller.organisation);
    if agency || seller || may(INSPECT) { Ok(()) } else { Err(Error::NotFound) }
}

fn papers(read: &mut Read<'_>, order: &Order) -> Result<Vec<PaperRow>> {
    let row = |document: document::Document| PaperRow {
        id: document.id,
        kind: document.kind.to_lowercase(),
        number: document.number,
        revoked: document.revoked_at.is_some(),
    };
    Ok(document::of_subject(read, order.id.as_str())?.into_iter().map(row).collect())
}

/// What the reader may do now, and whether only being the same person keeps them from it.
fn acts(read: &mut Read<'_>, order: &Order) -> Result<(Vec<&'static str>, bool)> {
    let receivers = handover::receivers(read, &order.id)?;
    let owns = match acting_person(read) {
        Ok(person) => duties::outsider(read, &person, &order.seller.organisation).is_err(),
        Err(_) => false,
    };
    let trades = order.state.is_over() && still_trades(read, order)?;
    let may = |permission: Permission| read.actor().may(permission.0);
    let me = read.actor().id.as_str();
    let asked = me == order.people.requester.as_str();
    let decided = order.people.approver.as_ref().is_some_and(|person| person.as_str() == me);
    let counted = receivers.iter().any(|receiver| receiver == me);
    let mut acts = Vec::new();
    let mut other = false;
    let nothing = [State::Declined, State::Lapsed, State::Cancelled, State::Rejected];
    if nothing.contains(&order.state) && may(REQUEST) && duties::acts_for(read, &order.agency) {
        acts.push("again");
        if trades && order.state != State::Declined {
            acts.push("again_same");
        }
    }
    let mut add = |act: &'static [&'static str], right: bool, same: bool| {
        if right && !same {
            acts.extend(act);
        }
        other |= right && same;
    };
    if duties::acts_for(read, &order.agency) {
        match order.state {
            State::Requested => {
                add(&["approve", "reject"], may(APPROVE), asked || owns);
                add(&["withdraw"], may(REQUEST) && asked, false);
            }
            State::Ordered => add(&["cancel"], may(APPROVE), asked || owns),
            State::Accepted if order.money.received == Rupiah::ZERO => {
                add(&["cancel"], may(APPROVE), asked || owns);
            }
            State::Delivered => add(&["hand_over"], may(RECEIVE), asked || decided || owns),
            State::Invoiced => {
                let involved = asked || decided || counted || owns;
                add(&["pay", "return_invoice"], may(PAY), involved);
            }
            _ => {}
        }
    }
    if may(SELL) && duties::acts_for(read, &order.seller.organisation) {
        match order.state {
            State::Ordered => add(&["accept", "decline"], true, false),
            State::Accepted if order.money.received == Rupiah::ZERO => {
                add(&["deliver", "back_out"], true, false);
            }
            State::Accepted => add(&["deliver"], true, false),
            State::Delivered => add(&["take_back"], true, false),
            State::Invoiced => add(&["withdraw_invoice"], true, false),
            State::HandedOver => add(&["invoice"], true, false),
            _ => {}
        }
    }
    Ok((acts, other))
}

/// Whether the seller could be asked once more.
fn still_trades(read: &mut Read<'_>, order: &Order) -> Result<bool> {
    let seller = business::find(read, &order.seller.business)?;
    Ok(seller.trades() && seller.organisation.is_some())
}
