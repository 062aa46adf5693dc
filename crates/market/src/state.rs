//! How far a seller's part of an order has come.

use base::{FromValue, ToValue, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where an order stands. Each word is fixed in the texts (`market-state-…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The buyer pays; the seller does not know of it yet.
    AwaitingPayment,
    /// The seller prepares it.
    Processing,
    /// It waits to be fetched.
    Ready,
    /// The courier is on the way.
    Shipped,
    /// The buyer has it, and has not yet said that all is well.
    HandedOver,
    /// The buyer says that something is wrong: its money is frozen.
    Complaint,
    /// Done.
    Completed,
    /// Done, and all of its money went back.
    Refunded,
    /// Ended early, with a reason.
    Cancelled,
}

impl State {
    /// Every state, in the order of an order's life.
    pub(crate) const ALL: [State; 9] = [
        State::AwaitingPayment,
        State::Processing,
        State::Ready,
        State::Shipped,
        State::HandedOver,
        State::Complaint,
        State::Completed,
        State::Refunded,
        State::Cancelled,
    ];

    /// The stable code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            State::AwaitingPayment => "awaiting_payment",
            State::Processing => "processing",
            State::Ready => "ready_for_pickup",
            State::Shipped => "shipped",
            State::HandedOver => "handed_over",
            State::Complaint => "complaint",
            State::Completed => "completed",
            State::Refunded => "refunded",
            State::Cancelled => "cancelled",
        }
    }

    /// The state with this code.
    pub(crate) fn parse(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The key of its fixed word.
    pub(crate) fn text_key(self) -> String {
        format!("market-state-{}", self.code().replace('_', "-"))
    }

    /// The tone of its tag.
    pub(crate) fn tone(self) -> &'static str {
        match self {
            State::AwaitingPayment | State::Processing => "warn",
            State::Ready | State::Shipped | State::HandedOver => "info",
            State::Complaint => "bad",
            State::Completed => "ok",
            State::Refunded | State::Cancelled => "idle",
        }
    }

    /// Whether nothing follows any more.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, State::Completed | State::Refunded | State::Cancelled)
    }
}

impl ToValue for State {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
impl FromValue for State {
    const WANTED: &'static str = "a state of a market order";
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
}
