//! Which paper a purchase of this value needs, who may decide it, and when it may be bought directly.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PolicyBody;
use super::shape::{Field, Holds, Rows, Shape};
use crate::{Problem, Rupiah};

/// What is bought, as procurement law divides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Procured {
    /// Barang dan jasa lainnya.
    Goods,
    /// Pekerjaan konstruksi.
    Works,
    /// Jasa konsultansi.
    Consulting,
}

impl Procured {
    /// Every kind.
    pub const ALL: &'static [Procured] = &[Procured::Goods, Procured::Works, Procured::Consulting];
}

/// The form a contract takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContractForm {
    /// Bukti pembelian: the proof of purchase is the contract.
    PurchaseProof,
    /// Kuitansi.
    PaymentReceipt,
    /// SPK, surat perintah kerja.
    WorkOrder,
    /// Surat perjanjian.
    Contract,
    /// Surat pesanan: orders through the shop, of any value.
    OrderLetter,
}

impl ContractForm {
    /// The stable code, also in the texts: `contract-form-work-order`.
    pub fn code(self) -> &'static str {
        match self {
            ContractForm::PurchaseProof => "purchase_proof",
            ContractForm::PaymentReceipt => "payment_receipt",
            ContractForm::WorkOrder => "work_order",
            ContractForm::Contract => "contract",
            ContractForm::OrderLetter => "order_letter",
        }
    }
}

/// The office that decides a purchase. Both hold the role of approver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Buyer {
    /// Pejabat Pengadaan.
    ProcurementOfficer,
    /// PPK, Pejabat Pembuat Komitmen.
    CommitmentOfficer,
}

impl Buyer {
    /// The stable code, also in the texts: `buyer-procurement-officer`.
    pub fn code(self) -> &'static str {
        match self {
            Buyer::ProcurementOfficer => "procurement_officer",
            Buyer::CommitmentOfficer => "commitment_officer",
        }
    }
}

/// Above the band before it, up to and including `up_to`, a purchase of this kind takes `form`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormBand {
    /// What is bought.
    pub what: Procured,
    /// The largest value; none: any value above the band before.
    pub up_to: Option<Rupiah>,
    /// The form.
    pub form: ContractForm,
}

/// Up to and including `up_to` this may be bought without a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectCeiling {
    /// What is bought.
    pub what: Procured,
    /// The largest value.
    pub up_to: Rupiah,
}

/// Above the band before it, up to and including `up_to`, `buyer` decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalBand {
    /// What is bought.
    pub what: Procured,
    /// The largest value; none: any value above the band before.
    pub up_to: Option<Rupiah>,
    /// Who decides.
    pub buyer: Buyer,
}

/// Value bands of purchases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueBands {
    /// Contract forms, each kind's bands from small to large.
    pub forms: Vec<FormBand>,
    /// The form of an order through the shop, whatever its value.
    pub shop_form: ContractForm,
    /// Ceilings of direct procurement.
    pub direct: Vec<DirectCeiling>,
    /// Who decides, each kind's bands from small to large.
    pub approvals: Vec<ApprovalBand>,
}

impl ValueBands {
    /// The form of a purchase outside the shop.
    pub fn form(&self, what: Procured, value: Rupiah) -> ContractForm {
        let fits =
            |band: &&FormBand| band.what == what && band.up_to.is_none_or(|top| value <= top);
        let band = self.forms.iter().find(fits);
        band.expect("a checked body ends each kind with an open band").form
    }

    /// Whether it may be bought directly, without a selection.
    pub fn direct_allowed(&self, what: Procured, value: Rupiah) -> bool {
        self.direct.iter().any(|ceiling| ceiling.what == what && value <= ceiling.up_to)
    }

    /// The largest value that may be bought directly.
    pub fn direct_ceiling(&self, what: Procured) -> Option<Rupiah> {
        self.direct.iter().find(|ceiling| ceiling.what == what).map(|ceiling| ceiling.up_to)
    }

    /// Who decides a purchase of this value.
    pub fn buyer(&self, what: Procured, value: Rupiah) -> Buyer {
        let fits =
            |band: &&ApprovalBand| band.what == what && band.up_to.is_none_or(|top| value <= top);
        let band = self.approvals.iter().find(fits);
        band.expect("a checked body ends each kind with an open band").buyer
    }
}

const FORM: Holds =
    Holds::OneOf(&["purchase_proof", "payment_receipt", "work_order", "contract", "order_letter"]);
const WHAT: Field = Field::new("what", Holds::OneOf(&["goods", "works", "consulting"]));
const UP_TO: Field = Field::new("up_to", Holds::Amount { open: true });
const FORM_BAND: &[Field] = &[WHAT, UP_TO, Field::new("form", FORM)];
const CEILING: &[Field] = &[WHAT, Field::new("up_to", Holds::Amount { open: false })];
const APPROVAL_BAND: &[Field] = &[
    WHAT,
    UP_TO,
    Field::new("buyer", Holds::OneOf(&["procurement_officer", "commitment_officer"])),
];
const BANDS_MAX: usize = 40;

const fn bands(fields: &'static [Field], key: &'static [&'static str]) -> Holds {
    Holds::Rows(Rows { fields, key, min: 1, max: BANDS_MAX })
}

impl PolicyBody for ValueBands {
    const KIND: &'static str = "base.value_bands";
    const SHAPE: Shape = Shape::Parts(&[
        Field::new("forms", bands(FORM_BAND, &["what", "form"])),
        Field::new("shop_form", FORM),
        Field::new("direct", bands(CEILING, &["what"])),
        Field::new("approvals", bands(APPROVAL_BAND, &["what", "buyer"])),
    ]);

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for &what in Procured::ALL {
            let forms = self.forms.iter().filter(|band| band.what == what);
            if !is_a_ladder(forms.map(|band| band.up_to)) {
                problems.push(Problem::new("forms", "policy-bands-ladder"));
            }
            let approvals = self.approvals.iter().filter(|band| band.what == what);
            if !is_a_ladder(approvals.map(|band| band.up_to)) {
                problems.push(Problem::new("approvals", "policy-bands-ladder"));
            }
            if self.direct.iter().filter(|ceiling| ceiling.what == what).count() > 1 {
                problems.push(Problem::new("direct", "policy-ceiling-twice"));
            }
        }
        problems.dedup();
        let nothing = |(_, ceiling): &(usize, &DirectCeiling)| ceiling.up_to == Rupiah::ZERO;
        for (i, _) in self.direct.iter().enumerate().filter(nothing) {
            problems.push(Problem::new(format!("direct/{i}/up_to"), "policy-ceiling-zero"));
        }
        problems
    }
}

/// Each band is higher than the one before it, and only the last is open.
fn is_a_ladder(tops: impl Iterator<Item = Option<Rupiah>>) -> bool {
    let mut tops: Vec<_> = tops.collect();
    let open_end = tops.pop() == Some(None);
    open_end && tops.iter().all(Option::is_some) && tops.is_sorted_by(|a, b| a < b)
}
