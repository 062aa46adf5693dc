//! The bodies about virtual accounts: numbers of a bank that are paid into for one bill.
#![expect(
    clippy::disallowed_types,
    reason = "what is derived to read flattened fields names every kind of number; none of these has fractions"
)]

use serde::{Deserialize, Serialize};

use crate::account::VirtualAccount;
use crate::money::Money;
use crate::wire::PaymentStatus;

/// A number as every body names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// Who collects: eight characters, blanks first.
    pub partner_service_id: String,
    /// Who pays, as the collector calls them: digits.
    pub customer_no: String,
    /// Both together.
    pub virtual_account_no: String,
}

impl Named {
    /// The number, if its parts are digits and agree with the whole.
    pub fn account(&self) -> Option<VirtualAccount> {
        let account = VirtualAccount::parse(&self.partner_service_id, &self.customer_no)?;
        // Some partners leave the blanks out of the whole.
        let whole = self.virtual_account_no.trim();
        (whole == account.to_string()).then_some(account)
    }
}

impl From<&VirtualAccount> for Named {
    fn from(account: &VirtualAccount) -> Named {
        Named {
            partner_service_id: account.partner(),
            customer_no: account.customer().to_owned(),
            virtual_account_no: account.number(),
        }
    }
}

/// Asks for a number for one bill (service 27).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaWanted {
    /// The number.
    #[serde(flatten)]
    pub named: Named,
    /// What the payer reads before they pay.
    pub virtual_account_name: String,
    /// The collector's own number of the bill.
    pub trx_id: String,
    /// The sum.
    pub total_amount: Money,
    /// `C`: once, and this sum alone.
    pub virtual_account_trx_type: String,
    /// Until when it may be paid.
    pub expired_date: String,
}

/// What is answered about a number: whose bill it is, after it was given (service 27) or taken back (service 31);
/// how far its payment has come, to who asks (service 26) and to who has told it (service 25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaAnswer<D> {
    /// What is said of it.
    pub virtual_account_data: D,
}

/// A number and the bill that it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaOfBill {
    /// The number.
    #[serde(flatten)]
    pub named: Named,
    /// The collector's own number of the bill.
    pub trx_id: String,
}

/// Asks whether a number was paid (service 26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaAsked {
    /// The number.
    #[serde(flatten)]
    pub named: Named,
    /// New for each question; some partners leave it out.
    #[serde(default)]
    pub inquiry_request_id: String,
}

/// How far the payment of a number has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaState {
    /// The number.
    #[serde(flatten)]
    pub named: Named,
    /// The bank's number of the payment; empty while there is none.
    #[serde(default)]
    pub payment_request_id: String,
    /// What was paid; nothing while it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_amount: Option<Money>,
    /// Two digits: [`PaymentStatus`].
    pub payment_flag_status: String,
}

/// The bank tells the collector that a number was paid (service 25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaPaid {
    /// The number.
    #[serde(flatten)]
    pub named: Named,
    /// The collector's own number of the bill, where the bank sends it along.
    #[serde(default)]
    pub trx_id: String,
    /// The bank's number of the payment.
    pub payment_request_id: String,
    /// What was paid.
    pub paid_amount: Money,
}

impl VaPaid {
    /// The collector has heard it.
    pub fn heard(self) -> VaAnswer<VaState> {
        VaAnswer {
            virtual_account_data: VaState {
                named: self.named,
                payment_request_id: self.payment_request_id,
                paid_amount: Some(self.paid_amount),
                payment_flag_status: PaymentStatus::Paid.code().to_owned(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAID: &str = r#"{"partnerServiceId":"   12345","customerNo":"0000000000000017",
        "virtualAccountNo":"   123450000000000000017","virtualAccountName":"WARUNG CONTOH",
        "trxId":"SP-2026-000001","paymentRequestId":"f6a7b8c9d0","channelCode":6011,
        "paidAmount":{"value":"25000.00","currency":"IDR"},"flagAdvise":"N","billDetails":[]}"#;

    #[test]
    fn a_payment_is_read_and_answered_in_the_words_of_the_standard() {
        let paid: VaPaid = serde_json::from_str(PAID).unwrap();
        assert_eq!((paid.paid_amount, paid.trx_id.as_str()), (Money(25_000), "SP-2026-000001"));
        let account = paid.named.account().unwrap();
        assert_eq!(account.to_string(), "123450000000000000017");
        let heard = serde_json::to_value(paid.heard()).unwrap();
        let data = &heard["virtualAccountData"];
        assert_eq!(data["virtualAccountNo"], "   123450000000000000017");
        assert_eq!(
            (&data["paymentFlagStatus"], &data["paymentRequestId"]),
            (&"00".into(), &"f6a7b8c9d0".into())
        );
    }

    #[test]
    fn a_number_whose_parts_do_not_agree_is_none() {
        let named = |whole: &str| Named {
            partner_service_id: "   12345".to_owned(),
            customer_no: "17".to_owned(),
            virtual_account_no: whole.to_owned(),
        };
        assert!(named("   1234517").account().is_some());
        assert!(named("1234517").account().is_some());
        assert_eq!(named("   1234518").account(), None);
        assert_eq!(named("").account(), None);
    }
}
