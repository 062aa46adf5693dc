//! What can be asked, and where.

/// A service of the standard that this house speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// An access token for a partner.
    Token,
    /// The entries of an account.
    BankStatement,
    /// A transfer inside one bank.
    TransferIntrabank,
    /// A transfer to another bank.
    TransferInterbank,
    /// What became of a transfer.
    TransferStatus,
    /// The bank asks the collector what is to be paid.
    VaInquiry,
    /// The bank tells the collector that it was paid.
    VaPayment,
    /// Whether a virtual account was paid.
    VaStatus,
    /// A new virtual account.
    VaCreate,
    /// A virtual account is taken back.
    VaDelete,
    /// A code for one bill.
    QrGenerate,
    /// Whether a code was paid.
    QrQuery,
    /// The acquirer tells the merchant that a code was paid.
    QrNotify,
    /// The acquirer gives a payment back.
    QrRefund,
}

impl Service {
    /// Every service, in the order of its number.
    pub const ALL: [Service; 14] = [
        Service::BankStatement,
        Service::TransferIntrabank,
        Service::TransferInterbank,
        Service::VaInquiry,
        Service::VaPayment,
        Service::VaStatus,
        Service::VaCreate,
        Service::VaDelete,
        Service::TransferStatus,
        Service::QrGenerate,
        Service::QrQuery,
        Service::QrNotify,
        Service::QrRefund,
        Service::Token,
    ];

    /// Its number, two digits.
    pub fn code(self) -> &'static str {
        match self {
            Service::Token => "73",
            Service::BankStatement => "14",
            Service::TransferIntrabank => "17",
            Service::TransferInterbank => "18",
            Service::TransferStatus => "36",
            Service::VaInquiry => "24",
            Service::VaPayment => "25",
            Service::VaStatus => "26",
            Service::VaCreate => "27",
            Service::VaDelete => "31",
            Service::QrGenerate => "47",
            Service::QrQuery => "51",
            Service::QrNotify => "52",
            Service::QrRefund => "78",
        }
    }

    /// Its method.
    pub fn method(self) -> &'static str {
        if self == Service::VaDelete { "DELETE" } else { "POST" }
    }

    /// Its path below what a partner puts before it.
    pub fn path(self) -> &'static str {
        match self {
            Service::Token => "/v1.0/access-token/b2b",
            Service::BankStatement => "/v1.0/bank-statement",
            Service::TransferIntrabank => "/v1.0/transfer-intrabank",
            Service::TransferInterbank => "/v1.0/transfer-interbank",
            Service::TransferStatus => "/v1.0/transfer/status",
            Service::VaInquiry => "/v1.0/transfer-va/inquiry",
            Service::VaPayment => "/v1.0/transfer-va/payment",
            Service::VaStatus => "/v1.0/transfer-va/status",
            Service::VaCreate => "/v1.0/transfer-va/create-va",
            Service::VaDelete => "/v1.0/transfer-va/delete-va",
            Service::QrGenerate => "/v1.0/qr/qr-mpm-generate",
            Service::QrQuery => "/v1.0/qr/qr-mpm-query",
            Service::QrNotify => "/v1.0/qr/qr-mpm-notify",
            Service::QrRefund => "/v1.0/qr/qr-mpm-refund",
        }
    }
}
