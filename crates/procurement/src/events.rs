//! What procurement tells the city. Subjects are orders, budget imports and outside purchases.

use base::account::{Organisation, Person};
use base::{Date, Event, Id, Rupiah};
use serde::Serialize;

use crate::budget_import::BudgetImportId;
use crate::order::OrderId;
use crate::outside::OutsidePurchaseId;

/// A need was stated and its budget reserved.
#[derive(Debug, Serialize)]
pub(crate) struct Requested<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) number: &'a str,
    pub(crate) agency: &'a Id<Organisation>,
    pub(crate) budget_line: &'a str,
    pub(crate) business: &'a str,
    pub(crate) total: Rupiah,
}

impl Event for Requested<'_> {
    const KIND: &'static str = "procurement.requested";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The requester took the need back.
#[derive(Debug, Serialize)]
pub(crate) struct Withdrawn<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) reason: &'a str,
    pub(crate) released: Rupiah,
}

impl Event for Withdrawn<'_> {
    const KIND: &'static str = "procurement.withdrawn";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The approver said no.
#[derive(Debug, Serialize)]
pub(crate) struct Rejected<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) reason: &'a str,
    pub(crate) released: Rupiah,
}

impl Event for Rejected<'_> {
    const KIND: &'static str = "procurement.rejected";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The approver agreed and the order letter went out.
#[derive(Debug, Serialize)]
pub(crate) struct Ordered<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) number: &'a str,
    pub(crate) approver: &'a Id<Person>,
    pub(crate) business: &'a str,
    pub(crate) total: Rupiah,
    pub(crate) answer_until: Option<Date>,
}

impl Event for Ordered<'_> {
    const KIND: &'static str = "procurement.ordered";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller will deliver.
#[derive(Debug, Serialize)]
pub(crate) struct Accepted<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) deliver_until: Option<Date>,
}

impl Event for Accepted<'_> {
    const KIND: &'static str = "procurement.accepted";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller will not deliver.
#[derive(Debug, Serialize)]
pub(crate) struct Declined<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) reason: &'a str,
    pub(crate) released: Rupiah,
}

impl Event for Declined<'_> {
    const KIND: &'static str = "procurement.declined";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller did not answer in time.
#[derive(Debug, Serialize)]
pub(crate) struct Lapsed<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) released: Rupiah,
}

impl Event for Lapsed<'_> {
    const KIND: &'static str = "procurement.lapsed";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The agency took the order back.
#[derive(Debug, Serialize)]
pub(crate) struct Cancelled<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) reason: &'a str,
    pub(crate) released: Rupiah,
}

impl Event for Cancelled<'_> {
    const KIND: &'static str = "procurement.cancelled";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller says the goods are there.
#[derive(Debug, Serialize)]
pub(crate) struct Delivered<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) note: &'a str,
    pub(crate) count_until: Option<Date>,
}

impl Event for Delivered<'_> {
    const KIND: &'static str = "procurement.delivered";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// Nothing of what came was taken over.
#[derive(Debug, Serialize)]
pub(crate) struct Returned<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) reason: &'a str,
}

impl Event for Returned<'_> {
    const KIND: &'static str = "procurement.returned";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// Goods were counted and taken over.
#[derive(Debug, Serialize)]
pub(crate) struct HandedOver<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) handover: &'a str,
    pub(crate) number: &'a str,
    pub(crate) value: Rupiah,
    pub(crate) complete: bool,
    pub(crate) deemed: bool,
    pub(crate) reason: &'a str,
    pub(crate) released: Rupiah,
}

impl Event for HandedOver<'_> {
    const KIND: &'static str = "procurement.handed_over";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// Somebody higher was told that an order waits too long.
#[derive(Debug, Serialize)]
pub(crate) struct Escalated<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) waits_for: &'a str,
    pub(crate) since: Option<Date>,
}

impl Event for Escalated<'_> {
    const KIND: &'static str = "procurement.escalated";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller asks for the money.
#[derive(Debug, Serialize)]
pub(crate) struct Invoiced<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) number: &'a str,
    pub(crate) amount: Rupiah,
    pub(crate) pay_until: Option<Date>,
}

impl Event for Invoiced<'_> {
    const KIND: &'static str = "procurement.invoiced";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller was paid.
#[derive(Debug, Serialize)]
pub(crate) struct Paid<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) amount: Rupiah,
    pub(crate) method: &'a str,
    pub(crate) reference: &'a str,
    pub(crate) paid_on: Date,
    pub(crate) days: i64,
}

impl Event for Paid<'_> {
    const KIND: &'static str = "procurement.paid";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// A file of budget lines was brought in for a look.
#[derive(Debug, Serialize)]
pub(crate) struct BudgetFileBrought<'a> {
    pub(crate) import: &'a BudgetImportId,
    pub(crate) agency: &'a Id<Organisation>,
    pub(crate) dpa: &'a str,
}

impl Event for BudgetFileBrought<'_> {
    const KIND: &'static str = "procurement.budget_file_brought";
    fn subject(&self) -> String {
        self.import.to_string()
    }
}

/// A file of budget lines was put into force.
#[derive(Debug, Serialize)]
pub(crate) struct BudgetImported<'a> {
    pub(crate) import: &'a BudgetImportId,
    pub(crate) agency: &'a Id<Organisation>,
    pub(crate) year: i64,
    pub(crate) dpa: &'a str,
    pub(crate) opened: i64,
    pub(crate) changed: i64,
    pub(crate) total: Rupiah,
}

impl Event for BudgetImported<'_> {
    const KIND: &'static str = "procurement.budget_imported";
    fn subject(&self) -> String {
        self.import.to_string()
    }
}

/// An agency says what it bought elsewhere.
#[derive(Debug, Serialize)]
pub(crate) struct OutsidePurchaseRecorded<'a> {
    pub(crate) purchase: &'a OutsidePurchaseId,
    pub(crate) agency: &'a Id<Organisation>,
    pub(crate) vendor: &'a str,
    pub(crate) amount: Rupiah,
    pub(crate) reason: &'a str,
}

impl Event for OutsidePurchaseRecorded<'_> {
    const KIND: &'static str = "procurement.outside_purchase_recorded";
    fn subject(&self) -> String {
        self.purchase.to_string()
    }
}

/// The seller had accepted and cannot deliver after all.
#[derive(Debug, Serialize)]
pub(crate) struct BackedOut<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) reason: &'a str,
    pub(crate) released: Rupiah,
}

impl Event for BackedOut<'_> {
    const KIND: &'static str = "procurement.backed_out";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller had said too early that the goods are there.
#[derive(Debug, Serialize)]
pub(crate) struct DeliveryWithdrawn<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) reason: &'a str,
}

impl Event for DeliveryWithdrawn<'_> {
    const KIND: &'static str = "procurement.delivery_withdrawn";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The seller took the invoice back.
#[derive(Debug, Serialize)]
pub(crate) struct InvoiceWithdrawn<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) number: &'a str,
    pub(crate) amount: Rupiah,
    pub(crate) reason: &'a str,
}

impl Event for InvoiceWithdrawn<'_> {
    const KIND: &'static str = "procurement.invoice_withdrawn";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// The treasurer sent the invoice back.
#[derive(Debug, Serialize)]
pub(crate) struct InvoiceReturned<'a> {
    pub(crate) order: &'a OrderId,
    pub(crate) number: &'a str,
    pub(crate) amount: Rupiah,
    pub(crate) reason: &'a str,
}

impl Event for InvoiceReturned<'_> {
    const KIND: &'static str = "procurement.invoice_returned";
    fn subject(&self) -> String {
        self.order.to_string()
    }
}

/// Who recorded a purchase elsewhere took it back, or somebody else confirmed it.
#[derive(Debug, Serialize)]
pub(crate) struct OutsidePurchaseDecided<'a> {
    pub(crate) purchase: &'a OutsidePurchaseId,
    pub(crate) amount: Rupiah,
    /// `standing` or `withdrawn`.
    pub(crate) state: &'a str,
    pub(crate) reason: &'a str,
}

impl Event for OutsidePurchaseDecided<'_> {
    const KIND: &'static str = "procurement.outside_purchase_decided";
    fn subject(&self) -> String {
        self.purchase.to_string()
    }
}
