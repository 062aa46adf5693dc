//! The shapes of OCDS 1.1.5 that we use, named as the standard names them. A contract with the
//! world: pages may change, these do not.

use base::{Rupiah, Timestamp};
use serde::{Serialize, Serializer};

/// Which step a release tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    /// The first of a purchase: everything up to the seller's yes.
    Contract,
    ContractTermination,
    Implementation,
    ImplementationUpdate,
}

impl Tag {
    /// The codes of the closed list `releaseTag`.
    pub(crate) fn codes(self) -> &'static [&'static str] {
        match self {
            Tag::Contract => &["planning", "tender", "award", "contract"],
            Tag::ContractTermination => &["contractTermination"],
            Tag::Implementation => &["implementation"],
            Tag::ImplementationUpdate => &["implementationUpdate"],
        }
    }
}

/// A moment as the standard wants it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct When(pub(crate) Timestamp);

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.iso())
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Release {
    pub(crate) ocid: String,
    pub(crate) id: String,
    pub(crate) date: When,
    pub(crate) tag: &'static [&'static str],
    pub(crate) initiation_type: &'static str,
    pub(crate) language: &'static str,
    pub(crate) parties: Vec<Party>,
    pub(crate) buyer: Reference,
    pub(crate) planning: Planning,
    pub(crate) tender: Tender,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) awards: Vec<Award>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) contracts: Vec<Contract>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Reference {
    pub(crate) id: String,
    pub(crate) name: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Party {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) roles: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) identifier: Option<Identifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) details: Option<Details>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Identifier {
    pub(crate) scheme: &'static str,
    pub(crate) id: String,
    pub(crate) legal_name: String,
}

/// Size class on the day of the order, and the region it stands in.
#[derive(Debug, Serialize)]
pub(crate) struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Value {
    pub(crate) amount: Rupiah,
    pub(crate) currency: &'static str,
}

impl Value {
    pub(crate) fn of(amount: Rupiah) -> Value {
        Value { amount, currency: "IDR" }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct Planning {
    pub(crate) rationale: String,
    pub(crate) budget: Budget,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Budget {
    pub(crate) id: String,
    pub(crate) description: String,
    pub(crate) amount: Value,
    pub(crate) project: String,
    #[serde(rename = "projectID")]
    pub(crate) project_id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tender {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) status: &'static str,
    pub(crate) procuring_entity: Reference,
    pub(crate) items: Vec<Item>,
    pub(crate) value: Value,
    pub(crate) procurement_method: &'static str,
    pub(crate) procurement_method_details: &'static str,
    pub(crate) main_procurement_category: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) classification: Option<Classification>,
    pub(crate) quantity: i64,
    pub(crate) unit: Unit,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Classification {
    pub(crate) scheme: &'static str,
    pub(crate) id: String,
    pub(crate) description: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Unit {
    pub(crate) name: String,
    pub(crate) value: Value,
}

#[derive(Debug, Serialize)]
pub(crate) struct Award {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) status: &'static str,
    pub(crate) date: When,
    pub(crate) value: Value,
    pub(crate) suppliers: Vec<Reference>,
    pub(crate) items: Vec<Item>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Contract {
    pub(crate) id: String,
    #[serde(rename = "awardID")]
    pub(crate) award_id: String,
    pub(crate) title: String,
    pub(crate) status: &'static str,
    pub(crate) value: Value,
    pub(crate) items: Vec<Item>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date_signed: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) implementation: Option<Implementation>,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Implementation {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) transactions: Vec<Transaction>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) milestones: Vec<Milestone>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) documents: Vec<Document>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Transaction {
    pub(crate) id: String,
    pub(crate) date: When,
    pub(crate) value: Value,
    pub(crate) payer: Reference,
    pub(crate) payee: Reference,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Milestone {
    pub(crate) id: String,
    pub(crate) title: String,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) status: &'static str,
    pub(crate) date_met: When,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) document_type: &'static str,
    pub(crate) title: String,
    pub(crate) date_published: When,
}
