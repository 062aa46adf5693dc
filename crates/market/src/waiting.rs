//! Whose turn it is and until when. A guest who stays silent does not hold up a seller, and a seller who
//! stays silent does not hold a guest's goods.

use base::deadline::{self, Deadline, Outcome, Wait};
use base::message::To;
use base::{Id, Result, Role, Tx};

use crate::order::{self, Order, OrderId};
use crate::state::State;
use crate::{cancellation, confirmation, handover, settlement};

/// What an order can wait for. How long is data: the policy `base.deadlines`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// The seller packs.
    Packing,
    /// The buyer fetches.
    Fetching,
    /// The courier arrives.
    Arrival,
    /// The buyer looks whether all is well.
    Confirmation,
    /// The seller answers a complaint.
    Answer,
    /// The buyer takes the answer, or insists.
    Reply,
    /// A clerk of the market decides.
    Decision,
}

const PACKING: &str = "market.packing";
const FETCHING: &str = "market.fetching";
const ARRIVAL: &str = "market.arrival";
const CONFIRMATION: &str = "market.confirmation";
const ANSWER: &str = "market.complaint_answer";
const REPLY: &str = "market.complaint_reply";
const DECISION: &str = "market.complaint_decision";

/// What happens when a clock of an order runs out.
pub(crate) const OUTCOMES: &[Outcome] = &[
    Outcome { kind: PACKING, pass },
    Outcome { kind: FETCHING, pass },
    Outcome { kind: ARRIVAL, pass },
    Outcome { kind: CONFIRMATION, pass },
    Outcome { kind: ANSWER, pass },
    Outcome { kind: REPLY, pass },
    Outcome { kind: DECISION, pass },
];

impl Waiting {
    fn kind(self) -> &'static str {
        match self {
            Waiting::Packing => PACKING,
            Waiting::Fetching => FETCHING,
            Waiting::Arrival => ARRIVAL,
            Waiting::Confirmation => CONFIRMATION,
            Waiting::Answer => ANSWER,
            Waiting::Reply => REPLY,
            Waiting::Decision => DECISION,
        }
    }
}

/// The next one's clock starts; every other of this order stops.
pub(crate) fn begin(tx: &mut Tx<'_>, order: &mut Order, waiting: Waiting) -> Result<()> {
    begin_later(tx, order, waiting, 0)
}

/// The same with so many working days more.
pub(crate) fn begin_later(
    tx: &mut Tx<'_>,
    order: &mut Order,
    waiting: Waiting,
    more_days: i64,
) -> Result<()> {
    end(tx, order)?;
    let (to, href) = match waiting {
        Waiting::Decision => {
            let clerks = To::Role { organisation: None, role: Role::MarketClerk };
            (clerks, "/market/complaints".to_owned())
        }
        // The seller is reminded of the buyer's turns too: they can call.
        _ => (To::Organisation(order.organisation.to_string()), order.href()),
    };
    let wait =
        Wait { subject: order.id.as_str(), kind: waiting.kind(), on: &to, link: Some(&href) };
    order.waits_until = Some(deadline::set_later(tx, &wait, more_days)?.due);
    Ok(())
}

/// Nobody is waited for any more.
pub(crate) fn end(tx: &mut Tx<'_>, order: &mut Order) -> Result<()> {
    for running in deadline::open_of(tx, order.id.as_str())? {
        deadline::meet(tx, order.id.as_str(), &running.kind)?;
    }
    order.waits_until = None;
    Ok(())
}

/// A clock ran out.
fn pass(tx: &mut Tx<'_>, deadline: &Deadline) -> Result<()> {
    let Some(id): Option<OrderId> = Id::parse(&deadline.subject) else { return Ok(()) };
    let order = order::find(tx, &id)?;
    match (deadline.kind.as_str(), order.state) {
        (PACKING, State::Processing) | (FETCHING, State::Ready) => cancellation::lapse(tx, order),
        (ARRIVAL, State::Shipped) => handover::deem(tx, order),
        (CONFIRMATION, State::HandedOver) => confirmation::deem(tx, order),
        (ANSWER | REPLY, State::Complaint) => settlement::lapse(tx, order),
        _ => Ok(()),
    }
}
