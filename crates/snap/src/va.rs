//! The bodies about virtual accounts: numbers of a bank that are paid into for one bill.

use serde::{Deserialize, Serialize};

use crate::account::VirtualAccount;
use crate::money::Money;

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

/// What the bank says of a number that it gave (service 27) or closed (service 31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaGiven {
    /// The number, and whose bill it is.
    pub virtual_account_data: VaOfBill,
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

/// Whether a number was paid (service 26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaStanding {
    /// Of one number.
    pub virtual_account_data: VaState,
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
    /// Two digits: [`crate::wire::PaymentStatus`].
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

/// The collector has heard it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaHeard {
    /// What was told, and that it counts.
    pub virtual_account_data: VaState,
}

impl From<VaPaid> for VaHeard {
    fn from(paid: VaPaid) -> VaHeard {
        VaHeard {
            virtual_account_data: VaState {
                named: paid.named,
                payment_request_id: paid.payment_request_id,
                paid_amount: Some(paid.paid_amount),
                payment_flag_status: crate::wire::PaymentStatus::Paid.code().to_owned(),
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
        let heard = serde_json::to_value(VaHeard::from(paid)).unwrap();
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
