//! The rules by which payments say no.

use base::Error;

/// Each is a stable code and the key of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The city has no bank that gives codes out.
    NotConnected,
    /// The city's bank gives no numbers to pay into.
    NoAccounts,
    /// No refund waits for an account.
    NoAccountWanted,
    /// The bill was paid, withdrawn, or is too old.
    NotOpen,
    /// Somebody has settled it already.
    Settled,
    /// There is nothing to give back.
    NothingToReturn,
    /// A batch waits for its second person.
    BatchOpen,
    /// Nobody is owed anything that can be paid now.
    NothingPayable,
    /// Whoever prepared a batch does not let it go.
    SecondPerson,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(match refusal {
            Refusal::NotConnected => "payments-not-connected",
            Refusal::NoAccounts => "payments-no-accounts",
            Refusal::NoAccountWanted => "payments-no-account-wanted",
            Refusal::NotOpen => "payments-not-open",
            Refusal::Settled => "payments-settled",
            Refusal::NothingToReturn => "payments-nothing-to-return",
            Refusal::BatchOpen => "payments-batch-open",
            Refusal::NothingPayable => "payments-nothing-payable",
            Refusal::SecondPerson => "payments-second-person",
        })
    }
}
