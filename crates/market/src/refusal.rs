//! The rules by which the market says no.

use base::Error;

/// Each is a stable code and the key of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Only a business that an officer has checked opens a shop.
    NotVerified,
    /// A shop opens with at least one thing for sale.
    NothingForSale,
    /// The shop takes no orders at the moment.
    ShopClosed,
    /// The shop does not hand over in the way that was chosen.
    NotDeliveredSo,
    /// The product has no such choice.
    NoSuchVariant,
    /// There is nothing to order.
    NothingWanted,
    /// The sum is not the one the buyer has seen.
    SumChanged,
    /// More than may be paid in cash.
    TooMuchForCash,
    /// Too many orders for one telephone number in a short time.
    TooOften,
    /// Too many orders from one neighbourhood of addresses in a short time.
    TooManyFromHere,
    /// The order is not waiting for this step.
    NotNow,
    /// It is being prepared already: only the seller can stop it.
    AlreadyPrepared,
    /// Its buyer has complained about it before.
    ComplainedBefore,
    /// The time for complaints is over.
    TooLateToComplain,
    /// More would be given back than was paid.
    MoreThanPaid,
    /// A clerk has hidden what was said of it.
    ReviewHidden,
}

impl Refusal {
    const ALL: [Refusal; 16] = [
        Refusal::NotVerified,
        Refusal::NothingForSale,
        Refusal::ShopClosed,
        Refusal::NotDeliveredSo,
        Refusal::NoSuchVariant,
        Refusal::NothingWanted,
        Refusal::SumChanged,
        Refusal::TooMuchForCash,
        Refusal::TooOften,
        Refusal::TooManyFromHere,
        Refusal::NotNow,
        Refusal::AlreadyPrepared,
        Refusal::ComplainedBefore,
        Refusal::TooLateToComplain,
        Refusal::MoreThanPaid,
        Refusal::ReviewHidden,
    ];

    /// The stable code, also the key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::NotVerified => "market-not-verified",
            Refusal::NothingForSale => "market-nothing-for-sale",
            Refusal::ShopClosed => "market-shop-closed",
            Refusal::NotDeliveredSo => "market-not-delivered-so",
            Refusal::NoSuchVariant => "market-no-such-variant",
            Refusal::NothingWanted => "market-nothing-wanted",
            Refusal::SumChanged => "market-sum-changed",
            Refusal::TooMuchForCash => "market-too-much-for-cash",
            Refusal::TooOften => "market-too-often",
            Refusal::TooManyFromHere => "market-too-many-from-here",
            Refusal::NotNow => "market-not-now",
            Refusal::AlreadyPrepared => "market-already-prepared",
            Refusal::ComplainedBefore => "market-complained-before",
            Refusal::TooLateToComplain => "market-too-late-to-complain",
            Refusal::MoreThanPaid => "market-more-than-paid",
            Refusal::ReviewHidden => "market-review-hidden",
        }
    }

    /// The code itself, if it is one of these: what may be said on a page that an address names it for.
    pub(crate) fn known(code: &str) -> Option<&'static str> {
        Refusal::ALL.into_iter().map(Refusal::code).find(|known| *known == code)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal.code())
    }
}
