//! The rules by which payments say no.

use base::Error;

/// Each is a stable code and the key of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The city has no bank that gives codes out.
    NotConnected,
    /// The bill was paid, withdrawn, or is too old.
    NotOpen,
    /// Somebody has settled it already.
    Settled,
    /// There is nothing to give back.
    NothingToReturn,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(match refusal {
            Refusal::NotConnected => "payments-not-connected",
            Refusal::NotOpen => "payments-not-open",
            Refusal::Settled => "payments-settled",
            Refusal::NothingToReturn => "payments-nothing-to-return",
        })
    }
}
