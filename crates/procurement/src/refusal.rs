//! The rules by which procurement says no. Codes are stable and also the keys of their texts.

use base::Error;

use crate::state::State;

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The budget line has less left than this costs.
    NotEnoughBudget,
    /// The budget line is of another year than the day it is wanted.
    WrongYear,
    /// The registry has not verified this seller, or it no longer trades.
    SellerNotReady,
    /// Nobody can answer for this seller here.
    SellerNotReachable,
    /// The product is not offered any more.
    NotOffered,
    /// The product belongs to another seller.
    OtherSeller,
    /// Above what may be bought directly.
    AboveDirect,
    /// An order has too many lines, or none.
    Lines,
    /// Who states a need does not approve it.
    RequesterApproves,
    /// Who stated the need or approved it does not count the goods.
    BuyerReceives,
    /// Who did any step before does not pay.
    BuyerPays,
    /// Nobody buys from their own business for an agency.
    OwnSeller,
    /// It was decided already.
    NotRequested,
    /// The seller has answered, or is not asked any more.
    NotOrdered,
    /// The seller must accept first.
    NotAccepted,
    /// The seller must deliver first.
    NotDelivered,
    /// It must be handed over first.
    NotHandedOver,
    /// It must be invoiced first.
    NotInvoiced,
    /// The seller said so already.
    AlreadyDelivered,
    /// It was counted already.
    AlreadyCounted,
    /// The invoice was sent already.
    AlreadyInvoiced,
    /// It was paid already.
    AlreadyPaid,
    /// It ended early: nothing follows.
    Ended,
    /// There is nothing on its way that could be taken back.
    NothingDelivered,
    /// Goods are on their way or here: it cannot be cancelled any more.
    TooLateToCancel,
    /// The last day to answer is over.
    Lapsed,
    /// A newer file may not put a ceiling below what is reserved, committed and spent.
    CeilingTooLow,
    /// That file was put into force before.
    AlreadyApplied,
    /// It was confirmed or withdrawn already.
    OutsideDecided,
}

impl Refusal {
    /// Why a step that belongs to the state `wanted` is not taken in the state `now`.
    pub(crate) fn step(wanted: State, now: State) -> Refusal {
        match (wanted, now) {
            (_, State::Paid) => Refusal::AlreadyPaid,
            (_, now) if now.is_over() => Refusal::Ended,
            (State::Accepted, now) if now > wanted => Refusal::AlreadyDelivered,
            (State::Delivered, now) if now > wanted => Refusal::AlreadyCounted,
            (State::HandedOver, now) if now > wanted => Refusal::AlreadyInvoiced,
            (State::Accepted, _) => Refusal::NotAccepted,
            (State::Delivered, _) => Refusal::NotDelivered,
            (State::HandedOver, _) => Refusal::NotHandedOver,
            _ => Refusal::NotInvoiced,
        }
    }

    /// Whether a step is refused because the order stands elsewhere than whoever acts had seen.
    pub(crate) fn is_overtaken(code: &str) -> bool {
        Refusal::OVERTAKEN.iter().any(|refusal| refusal.code() == code)
    }

    /// What happened that took the step from whoever came later, as the history names it; empty where
    /// no one event did.
    pub(crate) fn taken_by(code: &str) -> &'static [&'static str] {
        let is = |refusal: Refusal| refusal.code() == code;
        match code {
            _ if is(Refusal::NotRequested) => &["ordered", "rejected", "withdrawn"],
            _ if is(Refusal::NotOrdered) => &["accepted", "declined", "lapsed", "cancelled"],
            _ if is(Refusal::AlreadyDelivered) => &["delivered"],
            _ if is(Refusal::AlreadyCounted) => &["handed-over", "deemed"],
            _ if is(Refusal::AlreadyInvoiced) => &["invoiced"],
            _ if is(Refusal::AlreadyPaid) => &["paid"],
            _ => &[],
        }
    }

    /// The code, if a step of an order can be refused by it.
    pub(crate) fn of_step(code: &str) -> Option<&'static str> {
        let own = Refusal::OVERTAKEN.iter().chain(&Refusal::OF_STEPS).map(|refusal| refusal.code());
        let of_goods = [catalog::Refusal::OutOfStock, catalog::Refusal::NotOffered];
        own.chain(of_goods.map(catalog::Refusal::code)).find(|known| *known == code)
    }

    const OVERTAKEN: [Refusal; 14] = [
        Refusal::NotRequested,
        Refusal::NotOrdered,
        Refusal::NotAccepted,
        Refusal::NotDelivered,
        Refusal::NotHandedOver,
        Refusal::NotInvoiced,
        Refusal::AlreadyDelivered,
        Refusal::AlreadyCounted,
        Refusal::AlreadyInvoiced,
        Refusal::AlreadyPaid,
        Refusal::Ended,
        Refusal::NothingDelivered,
        Refusal::TooLateToCancel,
        Refusal::Lapsed,
    ];

    const OF_STEPS: [Refusal; 6] = [
        Refusal::RequesterApproves,
        Refusal::BuyerReceives,
        Refusal::BuyerPays,
        Refusal::OwnSeller,
        Refusal::SellerNotReady,
        Refusal::NotEnoughBudget,
    ];

    /// The field of a form for a need that this refusal is about.
    pub(crate) fn blamed(code: &str) -> &'static str {
        let of_seller = [Refusal::SellerNotReady, Refusal::SellerNotReachable, Refusal::OwnSeller];
        match code {
            _ if code == Refusal::NotEnoughBudget.code() => "budget_line",
            _ if code == Refusal::WrongYear.code() => "wanted_on",
            _ if of_seller.iter().any(|refusal| refusal.code() == code) => "seller",
            _ => "lines",
        }
    }

    /// The stable code, also the key of its text.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Refusal::NotEnoughBudget => "procurement-not-enough-budget",
            Refusal::WrongYear => "procurement-wrong-year",
            Refusal::SellerNotReady => "procurement-seller-not-ready",
            Refusal::SellerNotReachable => "procurement-seller-not-reachable",
            Refusal::NotOffered => "procurement-not-offered",
            Refusal::OtherSeller => "procurement-other-seller",
            Refusal::AboveDirect => "procurement-above-direct",
            Refusal::Lines => "procurement-lines",
            Refusal::RequesterApproves => "procurement-requester-approves",
            Refusal::BuyerReceives => "procurement-buyer-receives",
            Refusal::BuyerPays => "procurement-buyer-pays",
            Refusal::OwnSeller => "procurement-own-seller",
            Refusal::NotRequested => "procurement-not-requested",
            Refusal::NotOrdered => "procurement-not-ordered",
            Refusal::NotAccepted => "procurement-not-accepted",
            Refusal::NotDelivered => "procurement-not-delivered",
            Refusal::NotHandedOver => "procurement-not-handed-over",
            Refusal::NotInvoiced => "procurement-not-invoiced",
            Refusal::AlreadyDelivered => "procurement-already-delivered",
            Refusal::AlreadyCounted => "procurement-already-counted",
            Refusal::AlreadyInvoiced => "procurement-already-invoiced",
            Refusal::AlreadyPaid => "procurement-already-paid",
            Refusal::Ended => "procurement-ended",
            Refusal::NothingDelivered => "procurement-nothing-delivered",
            Refusal::TooLateToCancel => "procurement-too-late-to-cancel",
            Refusal::Lapsed => "procurement-answer-too-late",
            Refusal::CeilingTooLow => "procurement-ceiling-too-low",
            Refusal::AlreadyApplied => "procurement-already-applied",
            Refusal::OutsideDecided => "procurement-outside-decided",
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal.code())
    }
}
