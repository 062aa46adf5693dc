//! What happens in the bank, for its own record.

use base::{Event, Rupiah};
use serde::Serialize;

/// A partner may use the services.
#[derive(Serialize)]
pub(crate) struct PartnerEnrolled<'a> {
    pub(crate) partner: &'a str,
    pub(crate) name: &'a str,
}

impl Event for PartnerEnrolled<'_> {
    const KIND: &'static str = "bank.partner_enrolled";
    fn subject(&self) -> String {
        self.partner.to_owned()
    }
}

/// A code was given out, paid, or given back.
#[derive(Serialize)]
pub(crate) struct CodeChanged<'a> {
    #[serde(skip)]
    pub(crate) kind: &'static str,
    pub(crate) reference: &'a str,
    pub(crate) amount: Rupiah,
}

impl Event for CodeChanged<'_> {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.reference.to_owned()
    }
}
