//! The seven digits of an answer: three of HTTP, two of the service, two of the case.

use std::fmt;

use crate::address::Service;

/// What came of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// It was done.
    Successful,
    /// It is being done.
    InProgress,
    /// It cannot be read.
    BadRequest,
    /// A field is not written as it must be.
    InvalidField,
    /// A field is missing.
    MissingField,
    /// The signature, the moment or the partner is wrong.
    Unauthorized,
    /// The access token is wrong or too old.
    InvalidToken,
    /// The account does not hold enough.
    InsufficientFunds,
    /// Nothing of this number is known.
    NotFound,
    /// The account is not one of the bank.
    InvalidAccount,
    /// No bill of this number is open.
    InvalidBill,
    /// The sum is not the one of the bill.
    InvalidAmount,
    /// The bill is paid.
    PaidBill,
    /// The same number came before with something else.
    Inconsistent,
    /// The bill is too old.
    ExpiredBill,
    /// The number of the request was used on the same day.
    DuplicateExternalId,
    /// The partner's reference was used before.
    DuplicateReference,
    /// Too much at once.
    TooMany,
    /// The answering side is at fault.
    GeneralError,
}

impl Case {
    /// Every case.
    pub const ALL: [Case; 19] = [
        Case::Successful,
        Case::InProgress,
        Case::BadRequest,
        Case::InvalidField,
        Case::MissingField,
        Case::Unauthorized,
        Case::InvalidToken,
        Case::InsufficientFunds,
        Case::NotFound,
        Case::InvalidAccount,
        Case::InvalidBill,
        Case::InvalidAmount,
        Case::PaidBill,
        Case::Inconsistent,
        Case::ExpiredBill,
        Case::DuplicateExternalId,
        Case::DuplicateReference,
        Case::TooMany,
        Case::GeneralError,
    ];

    /// Status of HTTP and number of the case.
    fn numbers(self) -> (u16, u8) {
        match self {
            Case::Successful => (200, 0),
            Case::InProgress => (202, 0),
            Case::BadRequest => (400, 0),
            Case::InvalidField => (400, 1),
            Case::MissingField => (400, 2),
            Case::Unauthorized => (401, 0),
            Case::InvalidToken => (401, 1),
            Case::InsufficientFunds => (403, 14),
            Case::NotFound => (404, 1),
            Case::InvalidAccount => (404, 11),
            Case::InvalidBill => (404, 12),
            Case::InvalidAmount => (404, 13),
            Case::PaidBill => (404, 14),
            Case::Inconsistent => (404, 18),
            Case::ExpiredBill => (404, 19),
            Case::DuplicateExternalId => (409, 0),
            Case::DuplicateReference => (409, 1),
            Case::TooMany => (429, 0),
            Case::GeneralError => (500, 0),
        }
    }

    /// What it is called; about what follows after a blank.
    pub fn message(self) -> &'static str {
        match self {
            Case::Successful => "Successful",
            Case::InProgress => "Request In Progress",
            Case::BadRequest => "Bad Request",
            Case::InvalidField => "Invalid Field Format",
            Case::MissingField => "Invalid Mandatory Field",
            Case::Unauthorized => "Unauthorized.",
            Case::InvalidToken => "Invalid Token (B2B)",
            Case::InsufficientFunds => "Insufficient Funds",
            Case::NotFound => "Transaction Not Found",
            Case::InvalidAccount => "Invalid Card/Account/Customer/Virtual Account",
            Case::InvalidBill | Case::ExpiredBill => "Invalid Bill/Virtual Account",
            Case::InvalidAmount => "Invalid Amount",
            Case::PaidBill => "Paid Bill",
            Case::Inconsistent => "Inconsistent Request",
            Case::DuplicateExternalId => "Conflict",
            Case::DuplicateReference => "Duplicate partnerReferenceNo",
            Case::TooMany => "Too Many Requests",
            Case::GeneralError => "General Error",
        }
    }
}

/// What a service answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Who answered.
    pub service: Service,
    /// What came of it.
    pub case: Case,
}

impl Answer {
    /// The status of HTTP that goes with it.
    pub fn status(self) -> u16 {
        self.case.numbers().0
    }

    /// What seven digits say, if they are of a service and a case that this house knows.
    pub fn parse(digits: &str) -> Option<Answer> {
        let (http, rest) = digits.split_at_checked(3)?;
        let (service, case) = rest.split_at_checked(2)?;
        let numbers = (http.parse().ok()?, case.parse().ok()?);
        let service = Service::ALL.into_iter().find(|known| known.code() == service)?;
        let case = Case::ALL.into_iter().find(|known| known.numbers() == numbers)?;
        Some(Answer { service, case })
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (http, case) = self.case.numbers();
        write!(f, "{http}{}{case:02}", self.service.code())
    }
}
