//! The bodies that are exchanged, as far as this house reads and writes them. A field of a partner that is
//! not named here is ignored; one that is missing makes the body unreadable.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::money::Money;

/// What every answer begins with; the fields of an answer beside these are structs of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answered {
    /// Seven digits.
    pub response_code: String,
    /// What they mean.
    pub response_message: String,
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Answered {
        let (response_code, message) = (answer.to_string(), answer.case.message());
        Answered { response_code, response_message: message.to_owned() }
    }
}

/// A whole answer: what came of the request, and beside it what else is said.
#[derive(Debug, Clone, Serialize)]
pub struct Whole<A> {
    #[serde(flatten)]
    head: Answered,
    #[serde(flatten)]
    said: A,
}

impl<A> Whole<A> {
    /// What is said must be written as an object.
    pub fn new(answer: Answer, said: A) -> Whole<A> {
        Whole { head: Answered::from(answer), said }
    }
}

/// Asks for an access token (service 73).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenWanted {
    /// `client_credentials`. A widely used client of partners writes the name of the field as OAuth does.
    #[serde(alias = "grant_type")]
    pub grant_type: String,
}

/// An access token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenGiven {
    /// The token.
    pub access_token: String,
    /// `Bearer` or `BearerToken`.
    pub token_type: String,
    /// How long it lasts, in seconds, as a text.
    pub expires_in: String,
}

impl std::fmt::Debug for TokenGiven {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenGiven(hidden)")
    }
}

/// Asks for the code of one bill (service 47).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QrWanted {
    /// The merchant's own number of the bill.
    pub partner_reference_no: String,
    /// The sum.
    pub amount: Money,
    /// Who is paid, as the acquirer calls them.
    pub merchant_id: String,
    /// Where the code is shown.
    pub terminal_id: String,
    /// Until when it may be paid.
    pub validity_period: String,
}

/// The code of one bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QrGiven {
    /// The acquirer's number of the code.
    pub reference_no: String,
    /// The merchant's number.
    pub partner_reference_no: String,
    /// The text that is drawn.
    pub qr_content: String,
}

/// Asks whether a code was paid (service 51).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QrAsked {
    /// The acquirer's number of the code.
    pub original_reference_no: String,
    /// The merchant's number of the bill.
    pub original_partner_reference_no: String,
    /// `47`.
    pub service_code: String,
    /// Who is paid.
    pub merchant_id: String,
}

/// How far a payment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentStatus {
    /// It was paid.
    Paid,
    /// It was begun, or is being paid.
    Open,
    /// It was paid and given back.
    Refunded,
    /// It was cancelled, it failed, or nothing is known of it.
    Over,
}

impl PaymentStatus {
    /// From the two digits of the standard; unknown ones are no status.
    pub fn parse(digits: &str) -> Option<PaymentStatus> {
        match digits {
            "00" => Some(PaymentStatus::Paid),
            "01" | "02" | "03" => Some(PaymentStatus::Open),
            "04" => Some(PaymentStatus::Refunded),
            "05" | "06" | "07" => Some(PaymentStatus::Over),
            _ => None,
        }
    }

    /// The two digits.
    pub fn code(self) -> &'static str {
        match self {
            PaymentStatus::Paid => "00",
            PaymentStatus::Open => "01",
            PaymentStatus::Refunded => "04",
            PaymentStatus::Over => "05",
        }
    }
}

/// How far the payment of a code has come (service 51).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QrStanding {
    /// The acquirer's number of the code.
    pub original_reference_no: String,
    /// The merchant's number of the bill.
    pub original_partner_reference_no: String,
    /// Two digits: [`PaymentStatus`].
    pub latest_transaction_status: String,
    /// What was paid, once it was.
    pub amount: Money,
}

/// The acquirer tells that a code was paid (service 52).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QrNotice {
    /// The acquirer's number of the code.
    pub original_reference_no: String,
    /// The merchant's number of the bill.
    pub original_partner_reference_no: String,
    /// Two digits: [`PaymentStatus`].
    pub latest_transaction_status: String,
    /// What was paid.
    pub amount: Money,
}

/// Asks the acquirer to give a payment back (service 78).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundWanted {
    /// The acquirer's number of the code.
    pub original_reference_no: String,
    /// The merchant's number of the bill.
    pub original_partner_reference_no: String,
    /// The merchant's own number of this refund.
    pub partner_refund_no: String,
    /// Who was paid.
    pub merchant_id: String,
    /// What is given back.
    pub refund_amount: Money,
    /// Why.
    pub reason: String,
}

/// A payment was given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundGiven {
    /// The acquirer's number of the refund.
    pub refund_no: String,
    /// The merchant's number of it.
    pub partner_refund_no: String,
    /// What was given back.
    pub refund_amount: Money,
}

/// Asks the bank to pay somebody: inside of it (service 17), or at another bank (service 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransferWanted {
    /// The payer's own number of the transfer.
    pub partner_reference_no: String,
    /// The sum.
    pub amount: Money,
    /// The other bank, three digits; nothing inside the own bank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiary_bank_code: Option<String>,
    /// Who is paid.
    pub beneficiary_account_no: String,
    /// As the account is called; other banks want it.
    pub beneficiary_account_name: String,
    /// From where.
    pub source_account_no: String,
    /// When it was asked for.
    pub transaction_date: String,
}

/// A transfer that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransferGiven {
    /// The bank's number of it.
    pub reference_no: String,
    /// The payer's.
    pub partner_reference_no: String,
    /// The sum.
    pub amount: Money,
}

/// Asks how a transfer stands (service 36).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransferQuery {
    /// The payer's own number of the transfer.
    pub original_partner_reference_no: String,
    /// The service that made it: `17` or `18`.
    pub service_code: String,
}

/// How a transfer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransferStanding {
    /// The bank's number of it.
    pub original_reference_no: String,
    /// The payer's.
    pub original_partner_reference_no: String,
    /// Two digits: [`PaymentStatus`].
    pub latest_transaction_status: String,
    /// The sum.
    pub amount: Money,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Service;
    use crate::answer::Case;

    #[test]
    fn bodies_are_written_as_the_standard_names_their_fields() {
        let notice = r#"{"originalReferenceNo":"2026112300000001","originalPartnerReferenceNo":"SP-1",
            "latestTransactionStatus":"00","transactionStatusDesc":"Success","customerNumber":"0",
            "amount":{"value":"25000.00","currency":"IDR"},"additionalInfo":{}}"#;
        let notice: QrNotice = serde_json::from_str(notice).unwrap();
        assert_eq!(
            (notice.amount, notice.latest_transaction_status.as_str()),
            (Money(25_000), "00")
        );
        assert!(serde_json::from_str::<QrNotice>(r#"{"amount":null}"#).is_err());
        let answer = Answer { service: Service::QrNotify, case: Case::Successful };
        let text = serde_json::to_string(&Answered::from(answer)).unwrap();
        assert_eq!(text, r#"{"responseCode":"2005200","responseMessage":"Successful"}"#);
    }

    #[test]
    fn a_status_is_read_back_from_its_digits() {
        for digits in ["00", "01", "04", "05"] {
            assert_eq!(PaymentStatus::parse(digits).unwrap().code(), digits);
        }
        assert_eq!(PaymentStatus::parse("99"), None);
    }
}
