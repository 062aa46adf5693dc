//! Whose turn it is and until when: each step of an order starts the clock of the next one, and
//! when it runs out the rule says what follows.

use base::deadline::{self, Deadline, Outcome, Wait};
use base::message::To;
use base::policy::TermOutcome;
use base::{Id, Result, Role, Tx};

use crate::events::Escalated;
use crate::order::{self, Order, OrderId};
use crate::state::State;
use crate::{acceptance, handover, tell};

/// What an order can wait for. How long is data: the policy `base.deadlines`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waiting {
    Approval,
    Acceptance,
    Delivery,
    Handover,
    Invoice,
    Payment,
}

const APPROVAL: &str = "procurement.request_approval";
const ACCEPTANCE: &str = "procurement.order_acceptance";
const DELIVERY: &str = "procurement.delivery";
const HANDOVER: &str = "procurement.delivery_handover";
const INVOICE: &str = "procurement.invoice";
const PAYMENT: &str = "procurement.payment";

/// What happens when a clock of an order runs out.
pub(crate) const OUTCOMES: &[Outcome] = &[
    Outcome { kind: APPROVAL, pass },
    Outcome { kind: ACCEPTANCE, pass },
    Outcome { kind: DELIVERY, pass },
    Outcome { kind: HANDOVER, pass },
    Outcome { kind: INVOICE, pass },
    Outcome { kind: PAYMENT, pass },
];

impl Waiting {
    fn kind(self) -> &'static str {
        match self {
            Waiting::Approval => APPROVAL,
            Waiting::Acceptance => ACCEPTANCE,
            Waiting::Delivery => DELIVERY,
            Waiting::Handover => HANDOVER,
            Waiting::Invoice => INVOICE,
            Waiting::Payment => PAYMENT,
        }
    }

    fn on(self, order: &Order) -> To {
        let role = |role| To::Role { organisation: Some(order.agency.to_string()), role };
        match self {
            Waiting::Approval => role(Role::Approver),
            Waiting::Handover => role(Role::Receiver),
            Waiting::Payment => role(Role::Treasurer),
            Waiting::Acceptance | Waiting::Delivery | Waiting::Invoice => {
                To::Organisation(order.seller.organisation.to_string())
            }
        }
    }
}

/// The step before is done; the clock of this one starts.
pub(crate) fn begin(tx: &mut Tx<'_>, order: &mut Order, waiting: Waiting) -> Result<()> {
    end(tx, order)?;
    let (subject, link) = (order.id.to_string(), order.href());
    let (kind, on) = (waiting.kind(), &waiting.on(order));
    let wait = Wait { subject: &subject, kind, on, link: Some(&link) };
    let day_of_delivery = (waiting == Waiting::Delivery).then_some(order.need.wanted_on);
    let agreed = day_of_delivery.filter(|day| *day > base::Date::today(tx));
    let deadline = match agreed {
        Some(day) => deadline::set_until(tx, &wait, day)?,
        None => deadline::set(tx, &wait)?,
    };
    order.waits_until = Some(deadline.due);
    Ok(())
}

/// Nobody is waited for any more.
pub(crate) fn end(tx: &mut Tx<'_>, order: &mut Order) -> Result<()> {
    for running in deadline::open_of(tx, order.id.as_str())? {
        deadline::meet(tx, order.id.as_str(), &running.kind)?;
    }
    order.waits_until = None;
    order.escalated = false;
    Ok(())
}

/// A clock ran out.
fn pass(tx: &mut Tx<'_>, deadline: &Deadline) -> Result<()> {
    let Some(id): Option<OrderId> = Id::parse(&deadline.subject) else { return Ok(()) };
    match (deadline.outcome, deadline.kind.as_str()) {
        (TermOutcome::Lapse, ACCEPTANCE) => acceptance::lapse(tx, &id),
        (TermOutcome::DeemAccepted, HANDOVER) => handover::deem(tx, &id),
        _ => escalate(tx, &id, deadline),
    }
}

/// The head of the agency is told that it waits too long, and everybody sees that they were.
fn escalate(tx: &mut Tx<'_>, id: &OrderId, deadline: &Deadline) -> Result<()> {
    let mut order = order::find(tx, id)?;
    if order.state.is_over() {
        return Ok(());
    }
    order.escalated = true;
    order::save(tx, &order)?;
    let (waits_for, since) = (order.state.turn().code(), Some(deadline.due));
    tx.record(&Escalated { order: id, waits_for, since })?;
    let late_seller = matches!(order.state, State::Accepted | State::HandedOver);
    if late_seller {
        tell::buyers(tx, &order, "procurement-tell-seller-late")?;
    }
    tell::head(tx, &order, "procurement-tell-escalated")
}
