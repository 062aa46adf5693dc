//! What happens to money from outside. No event says who paid.

use base::{Event, Rupiah};
use serde::Serialize;

use crate::bill::{BillId, State};
use crate::case::CaseId;
use crate::payout::{BatchId, PayoutId};
use crate::refund::RefundId;

/// The city is connected to a bank.
#[derive(Serialize)]
pub(crate) struct BankConnected<'a> {
    pub(crate) bank: &'a str,
    pub(crate) name: &'a str,
}

impl Event for BankConnected<'_> {
    const KIND: &'static str = "payments.bank_connected";
    fn subject(&self) -> String {
        self.bank.to_owned()
    }
}

/// A bill can be paid.
#[derive(Serialize)]
pub(crate) struct BillMade<'a> {
    pub(crate) bill: &'a BillId,
    /// What it is for.
    pub(crate) case: &'a str,
    pub(crate) amount: Rupiah,
}

impl Event for BillMade<'_> {
    const KIND: &'static str = "payments.bill_made";
    fn subject(&self) -> String {
        self.bill.to_string()
    }
}

/// The bank is asked for a code.
#[derive(Serialize)]
pub(crate) struct CodeAsked<'a> {
    pub(crate) bill: &'a BillId,
    pub(crate) reference: &'a str,
}

impl Event for CodeAsked<'_> {
    const KIND: &'static str = "payments.code_asked";
    fn subject(&self) -> String {
        self.bill.to_string()
    }
}

/// The bank gave a code.
#[derive(Serialize)]
pub(crate) struct CodeGiven<'a> {
    pub(crate) bill: &'a BillId,
    pub(crate) bank_reference: &'a str,
}

impl Event for CodeGiven<'_> {
    const KIND: &'static str = "payments.code_given";
    fn subject(&self) -> String {
        self.bill.to_string()
    }
}

/// A number to pay into was asked of the bank, opened, or closed.
#[derive(Serialize)]
pub(crate) struct AccountChanged<'a> {
    #[serde(skip)]
    pub(crate) kind: &'static str,
    pub(crate) bill: &'a BillId,
}

impl Event for AccountChanged<'_> {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.bill.to_string()
    }
}

/// A bill was paid, withdrawn, or became too old: `payments.bill_paid`, `…_withdrawn`, `…_expired`.
#[derive(Serialize)]
pub(crate) struct BillEnded<'a> {
    #[serde(skip)]
    pub(crate) state: State,
    pub(crate) bill: &'a BillId,
    pub(crate) case: &'a str,
    pub(crate) amount: Rupiah,
}

impl Event for BillEnded<'_> {
    fn kind(&self) -> &'static str {
        match self.state {
            State::Withdrawn => "payments.bill_withdrawn",
            State::Expired => "payments.bill_expired",
            State::Paid | State::Open => "payments.bill_paid",
        }
    }
    fn subject(&self) -> String {
        self.bill.to_string()
    }
}

/// Money came in.
#[derive(Serialize)]
pub(crate) struct MoneyReceived<'a> {
    pub(crate) bill: &'a BillId,
    pub(crate) bank_reference: &'a str,
    pub(crate) amount: Rupiah,
}

impl Event for MoneyReceived<'_> {
    const KIND: &'static str = "payments.money_received";
    fn subject(&self) -> String {
        self.bill.to_string()
    }
}

/// The bank told something.
#[derive(Serialize)]
pub(crate) struct NoticeReceived<'a> {
    pub(crate) reference: &'a str,
    pub(crate) fate: &'static str,
}

impl Event for NoticeReceived<'_> {
    const KIND: &'static str = "payments.notice_received";
    fn subject(&self) -> String {
        self.reference.to_owned()
    }
}

/// Something does not fit: a person looks at it.
#[derive(Serialize)]
pub(crate) struct CaseOpened<'a> {
    pub(crate) case: &'a CaseId,
    pub(crate) what: &'static str,
    pub(crate) reference: &'a str,
    pub(crate) amount: Rupiah,
}

impl Event for CaseOpened<'_> {
    const KIND: &'static str = "payments.case_opened";
    fn subject(&self) -> String {
        self.case.to_string()
    }
}

/// A person has looked at it.
#[derive(Serialize)]
pub(crate) struct CaseSettled<'a> {
    pub(crate) case: &'a CaseId,
    pub(crate) outcome: &'static str,
    pub(crate) reason: &'a str,
}

impl Event for CaseSettled<'_> {
    const KIND: &'static str = "payments.case_settled";
    fn subject(&self) -> String {
        self.case.to_string()
    }
}

/// A refund was begun, done, or refused by the bank.
#[derive(Serialize)]
pub(crate) struct RefundChanged<'a> {
    #[serde(skip)]
    pub(crate) kind: &'static str,
    pub(crate) refund: &'a RefundId,
    pub(crate) bill: &'a BillId,
    pub(crate) amount: Rupiah,
}

impl Event for RefundChanged<'_> {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.bill.to_string()
    }
}

/// Somebody is paid elsewhere from now on. The account is not told.
#[derive(Serialize)]
pub(crate) struct PayeeChanged<'a> {
    #[serde(skip)]
    pub(crate) party: &'a str,
}

impl Event for PayeeChanged<'_> {
    const KIND: &'static str = "payments.payee_changed";
    fn subject(&self) -> String {
        self.party.to_owned()
    }
}

/// A batch of payouts was prepared, let go, or rejected.
#[derive(Serialize)]
pub(crate) struct BatchChanged<'a> {
    #[serde(skip)]
    pub(crate) kind: &'static str,
    pub(crate) batch: &'a BatchId,
    pub(crate) number: &'a str,
    pub(crate) total: Rupiah,
    pub(crate) payouts: i64,
}

impl Event for BatchChanged<'_> {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.batch.to_string()
    }
}

/// A payout was paid, refused by the bank, or dropped with its batch.
#[derive(Serialize)]
pub(crate) struct PayoutChanged<'a> {
    #[serde(skip)]
    pub(crate) kind: &'static str,
    pub(crate) payout: &'a PayoutId,
    pub(crate) party: &'a str,
    pub(crate) amount: Rupiah,
}

impl Event for PayoutChanged<'_> {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.party.to_owned()
    }
}
