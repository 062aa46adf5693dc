//! What can be odd about a row. Codes are stable: scripts and texts rely on them.

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Understood; told for completeness.
    Note,
    /// An officer must look.
    Doubt,
    /// The row cannot enter.
    Fatal,
}

/// What is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// No name to register it under.
    NameMissing,
    /// More or fewer cells than the header has.
    CellsCount,
    /// A name without a letter, or an e-mail address.
    NameUnclear,
    /// The list names only the owner.
    NameFromOwner,
    /// Letters of two alphabets that look alike.
    NameAlphabets,
    /// Twelve digits whose lost leading zero is certain.
    NibZeroRestored,
    /// Twelve digits, and nobody can tell which one is missing.
    NibTwelveDigits,
    /// One digit too many.
    NibFourteenDigits,
    /// Another number of digits.
    NibLength,
    /// The letter O among the digits.
    NibLetterO,
    /// Written as a power of ten: digits are gone.
    NibDigitsLost,
    /// Something else than a number.
    NibUnreadable,
    /// Not sixteen digits.
    NikLength,
    /// Stored as a number: the last digit is gone.
    NikDigitsLost,
    /// Sixteen digits that no person can have.
    NikImpossible,
    /// No valid tax number.
    NpwpUnreadable,
    /// Not a code of KBLI 2020.
    KbliUnknown,
    /// Digits are missing.
    PhoneTooShort,
    /// Too many digits.
    PhoneTooLong,
    /// No telephone number.
    PhoneUnreadable,
    /// Several villages fit equally well.
    RegionSeveral,
    /// The village is not in the district beside it.
    RegionConflict,
    /// No such place in the city.
    RegionUnknown,
    /// Only the district is named.
    RegionVillageMissing,
    /// A place in another city.
    RegionOutside,
    /// The name says village of one kind, the code of the other.
    RegionKind,
    /// No RT and RW.
    RtRwUnreadable,
    /// No amount.
    MoneyUnreadable,
    /// Below zero.
    MoneyNegative,
    /// Not whole rupiah.
    MoneyFraction,
    /// From one amount to another.
    MoneyRange,
    /// An amount by the day or week.
    MoneyDaily,
    /// Above any amount that can be.
    MoneyTooLarge,
    /// No number of people.
    WorkersUnreadable,
    /// No coordinates.
    PointUnreadable,
    /// Outside the city.
    PointOutside,
    /// Two points of one row lie apart.
    PointDiffers,
    /// A short link hides the place, and no link is opened.
    LinkNotFollowed,
    /// No date.
    DateUnreadable,
    /// After today.
    DateInFuture,
    /// The owner did not agree to publication.
    ConsentRefused,
    /// Only a name.
    RowNearlyEmpty,
    /// A slip of the finger, only one place fits.
    RegionSlip,
    /// An older name or spelling.
    RegionOldName,
    /// The district is not given; only one village has this name.
    RegionDistrictMissing,
    /// Two numbers in one cell.
    PhoneSecond,
    /// About this much.
    MoneyApproximate,
    /// Latitude and longitude were exchanged.
    PointSwapped,
    /// The minus sign of the south was missing.
    PointSign,
    /// Zero, zero: nobody measured.
    PointZero,
    /// An e-mail address in another column.
    EmailMoved,
    /// A rare spelling of a frequent sector.
    CategorySlip,
    /// A formula whose result was not stored.
    FormulaWithoutValue,
    /// Longer than is kept.
    CellCut,
    /// The list's own code occurs again.
    ReferenceRepeated,
    /// Duplicate: the same NIB.
    SameNib,
    /// Duplicate: the same name at the same point.
    SamePoint,
    /// Duplicate: the same name and telephone.
    SamePhone,
    /// Duplicate: the same name, owner and address.
    SameAddress,
    /// Duplicate: the same particular name and the same owner.
    SameOwner,
    /// Duplicate: the same company name.
    SameCompany,
    /// Duplicate: every cell is the same.
    SameRow,
    /// The owner sent the form again later.
    SubmittedAgain,
    /// Not a business: a heading.
    Heading,
    /// Not a business: a sum.
    Subtotal,
    /// Not a business: a signature or a note.
    Signature,
    /// Not a business: the header again.
    HeaderRepeated,
    /// Not a business: a number and nothing else.
    RowEmpty,
    /// Not a business: a stall without a trader.
    StallEmpty,
}

/// Every code with its stable name and weight; the order is that of the enum.
const CODES: [(Code, &str, Weight); 69] = [
    (Code::NameMissing, "name-missing", Weight::Fatal),
    (Code::CellsCount, "cells-count", Weight::Fatal),
    (Code::NameUnclear, "name-unclear", Weight::Doubt),
    (Code::NameFromOwner, "name-from-owner", Weight::Doubt),
    (Code::NameAlphabets, "name-alphabets", Weight::Doubt),
    (Code::NibZeroRestored, "nib-zero-restored", Weight::Doubt),
    (Code::NibTwelveDigits, "nib-twelve-digits", Weight::Doubt),
    (Code::NibFourteenDigits, "nib-fourteen-digits", Weight::Doubt),
    (Code::NibLength, "nib-length", Weight::Doubt),
    (Code::NibLetterO, "nib-letter-o", Weight::Doubt),
    (Code::NibDigitsLost, "nib-digits-lost", Weight::Doubt),
    (Code::NibUnreadable, "nib-unreadable", Weight::Doubt),
    (Code::NikLength, "nik-length", Weight::Doubt),
    (Code::NikDigitsLost, "nik-digits-lost", Weight::Doubt),
    (Code::NikImpossible, "nik-impossible", Weight::Doubt),
    (Code::NpwpUnreadable, "npwp-unreadable", Weight::Doubt),
    (Code::KbliUnknown, "kbli-unknown", Weight::Doubt),
    (Code::PhoneTooShort, "phone-too-short", Weight::Doubt),
    (Code::PhoneTooLong, "phone-too-long", Weight::Doubt),
    (Code::PhoneUnreadable, "phone-unreadable", Weight::Doubt),
    (Code::RegionSeveral, "region-several", Weight::Doubt),
    (Code::RegionConflict, "region-conflict", Weight::Doubt),
    (Code::RegionUnknown, "region-unknown", Weight::Doubt),
    (Code::RegionVillageMissing, "region-village-missing", Weight::Doubt),
    (Code::RegionOutside, "region-outside", Weight::Doubt),
    (Code::RegionKind, "region-kind", Weight::Doubt),
    (Code::RtRwUnreadable, "rt-rw-unreadable", Weight::Doubt),
    (Code::MoneyUnreadable, "money-unreadable", Weight::Doubt),
    (Code::MoneyNegative, "money-negative", Weight::Doubt),
    (Code::MoneyFraction, "money-fraction", Weight::Doubt),
    (Code::MoneyRange, "money-range", Weight::Doubt),
    (Code::MoneyDaily, "money-daily", Weight::Doubt),
    (Code::MoneyTooLarge, "money-too-large", Weight::Doubt),
    (Code::WorkersUnreadable, "workers-unreadable", Weight::Doubt),
    (Code::PointUnreadable, "point-unreadable", Weight::Doubt),
    (Code::PointOutside, "point-outside", Weight::Doubt),
    (Code::PointDiffers, "point-differs", Weight::Doubt),
    (Code::LinkNotFollowed, "link-not-followed", Weight::Doubt),
    (Code::DateUnreadable, "date-unreadable", Weight::Doubt),
    (Code::DateInFuture, "date-in-future", Weight::Doubt),
    (Code::ConsentRefused, "consent-refused", Weight::Doubt),
    (Code::RowNearlyEmpty, "row-nearly-empty", Weight::Doubt),
    (Code::RegionSlip, "region-slip", Weight::Note),
    (Code::RegionOldName, "region-old-name", Weight::Note),
    (Code::RegionDistrictMissing, "region-district-missing", Weight::Note),
    (Code::PhoneSecond, "phone-second", Weight::Note),
    (Code::MoneyApproximate, "money-approximate", Weight::Note),
    (Code::PointSwapped, "point-swapped", Weight::Note),
    (Code::PointSign, "point-sign", Weight::Note),
    (Code::PointZero, "point-zero", Weight::Note),
    (Code::EmailMoved, "email-moved", Weight::Note),
    (Code::CategorySlip, "category-slip", Weight::Note),
    (Code::FormulaWithoutValue, "formula-without-value", Weight::Note),
    (Code::CellCut, "cell-cut", Weight::Note),
    (Code::ReferenceRepeated, "reference-repeated", Weight::Note),
    (Code::SameNib, "same-nib", Weight::Note),
    (Code::SamePoint, "same-point", Weight::Note),
    (Code::SamePhone, "same-phone", Weight::Note),
    (Code::SameAddress, "same-address", Weight::Note),
    (Code::SameOwner, "same-owner", Weight::Note),
    (Code::SameCompany, "same-company", Weight::Note),
    (Code::SameRow, "same-row", Weight::Note),
    (Code::SubmittedAgain, "submitted-again", Weight::Note),
    (Code::Heading, "heading", Weight::Note),
    (Code::Subtotal, "subtotal", Weight::Note),
    (Code::Signature, "signature", Weight::Note),
    (Code::HeaderRepeated, "header-repeated", Weight::Note),
    (Code::RowEmpty, "row-empty", Weight::Note),
    (Code::StallEmpty, "stall-empty", Weight::Note),
];

impl Code {
    /// The stable name; the text is `lists-problem-` and this.
    pub const fn as_str(self) -> &'static str {
        CODES[self as usize].1
    }

    /// How much it weighs.
    pub const fn weight(self) -> Weight {
        CODES[self as usize].2
    }

    /// All codes.
    pub fn all() -> impl Iterator<Item = Code> {
        CODES.iter().map(|(code, ..)| *code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_codes() {
        for (place, (code, name, _)) in CODES.iter().enumerate() {
            assert_eq!(*code as usize, place, "{name}");
            assert_eq!(code.as_str(), *name);
        }
    }
}
