//! How far an order has come, and whose turn it is.

use base::{FromValue, ToValue, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where an order stands. Each word is fixed in the texts (`procurement-state-…`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The need is stated, the budget reserved.
    Requested,
    /// The approver said no, with a reason.
    Rejected,
    /// The order letter is out, the budget committed.
    Ordered,
    /// The seller said no, with a reason.
    Declined,
    /// The seller did not answer in time.
    Lapsed,
    /// The seller prepares it.
    Accepted,
    /// The seller says it is there; it waits to be counted.
    Delivered,
    /// Counted and taken over.
    HandedOver,
    /// The seller asks for the money.
    Invoiced,
    /// Done.
    Paid,
    /// Taken back by the agency, with a reason.
    Cancelled,
}

/// Who has to act next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Turn {
    Approver,
    Seller,
    Receiver,
    Treasurer,
    Nobody,
}

impl Turn {
    /// The stable code, also the end of text keys.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Turn::Approver => "approver",
            Turn::Seller => "seller",
            Turn::Receiver => "receiver",
            Turn::Treasurer => "treasurer",
            Turn::Nobody => "nobody",
        }
    }
}

impl State {
    /// Every state, in the order of an order's life.
    pub const ALL: [State; 11] = [
        State::Requested,
        State::Rejected,
        State::Ordered,
        State::Declined,
        State::Lapsed,
        State::Accepted,
        State::Delivered,
        State::HandedOver,
        State::Invoiced,
        State::Paid,
        State::Cancelled,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            State::Requested => "requested",
            State::Rejected => "rejected",
            State::Ordered => "ordered",
            State::Declined => "declined",
            State::Lapsed => "lapsed",
            State::Accepted => "accepted",
            State::Delivered => "delivered",
            State::HandedOver => "handed_over",
            State::Invoiced => "invoiced",
            State::Paid => "paid",
            State::Cancelled => "cancelled",
        }
    }

    /// The state with this code.
    pub fn parse(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The key of its fixed word.
    pub fn text_key(self) -> String {
        format!("procurement-state-{}", self.code().replace('_', "-"))
    }

    /// The tone of its tag.
    pub fn tone(self) -> &'static str {
        match self {
            State::Paid => "ok",
            State::Accepted => "info",
            State::Rejected | State::Declined | State::Lapsed => "bad",
            State::Cancelled => "idle",
            _ => "warn",
        }
    }

    /// Whose turn it is.
    pub(crate) fn turn(self) -> Turn {
        match self {
            State::Requested => Turn::Approver,
            State::Ordered | State::Accepted | State::HandedOver => Turn::Seller,
            State::Delivered => Turn::Receiver,
            State::Invoiced => Turn::Treasurer,
            _ => Turn::Nobody,
        }
    }

    /// Whether nothing will follow.
    pub fn is_over(self) -> bool {
        self.turn() == Turn::Nobody
    }

    /// Whether an order letter is in force: the city is bound to this seller.
    pub fn is_order(self) -> bool {
        matches!(
            self,
            State::Ordered
                | State::Accepted
                | State::Delivered
                | State::HandedOver
                | State::Invoiced
                | State::Paid
        )
    }

    /// Which account of its budget line holds the order's money.
    pub(crate) fn account(self) -> Option<ledger::Account> {
        match self {
            State::Requested => Some(ledger::BUDGET_RESERVED),
            State::Paid => Some(ledger::BUDGET_SPENT),
            state if state.is_order() => Some(ledger::BUDGET_COMMITTED),
            _ => None,
        }
    }
}

impl ToValue for State {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for State {
    const WANTED: &'static str = "a state of an order";
    fn from_value(value: Value<'_>) -> Option<Self> {
        State::parse(&String::from_value(value)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_back_from_its_code() {
        for state in State::ALL {
            assert_eq!(State::parse(state.code()), Some(state));
        }
    }

    #[test]
    fn money_is_held_exactly_while_somebody_is_bound() {
        for state in State::ALL {
            let bound = !state.is_over() || state == State::Paid;
            assert_eq!(state.account().is_some(), bound, "{state:?}");
        }
    }
}
