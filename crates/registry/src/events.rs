//! What the registry tells the city. Kinds are public: rename one and consumers go deaf. No event
//! carries personal numbers.

use base::{Event, Id};
use serde::Serialize;

use crate::business::{Business, BusinessId};

/// Something that happened to one business, with what people may want to read about it.
#[derive(Serialize)]
pub(crate) struct Registered<'a> {
    pub(crate) number: &'a str,
    pub(crate) name: &'a str,
    pub(crate) source: &'static str,
}

macro_rules! business_events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal { $($field:ident: $type:ty),* };)+) => {$(
        $(#[$doc])*
        #[derive(Serialize)]
        pub(crate) struct $name<'a> {
            pub(crate) business: &'a BusinessId,
            $(pub(crate) $field: $type,)*
        }
        impl Event for $name<'_> {
            const KIND: &'static str = $kind;
            fn subject(&self) -> String {
                self.business.to_string()
            }
        }
    )+};
}

business_events! {
    /// An owner began a registration.
    BusinessDrafted = "registry.business_drafted" { name: &'a str };
    /// A business waits for an officer.
    BusinessSubmitted = "registry.business_submitted" { number: &'a str, source: &'a str };
    /// Its record was changed: the names of the fields, not their values.
    BusinessChanged = "registry.business_changed" { fields: &'a [&'a str] };
    /// An officer checked it.
    BusinessVerified = "registry.business_verified" { note: &'a str };
    /// Sent back to its owner.
    BusinessReturned = "registry.business_returned" { reason: &'a str };
    /// Refused.
    BusinessRejected = "registry.business_rejected" { reason: &'a str };
    /// Set aside for now.
    BusinessSuspended = "registry.business_suspended" { reason: &'a str };
    /// Trades no longer.
    BusinessClosed = "registry.business_closed" { reason: &'a str };
    /// The record lives on in another.
    BusinessMerged = "registry.business_merged" { into: &'a BusinessId };
    /// Two records were looked at and are two businesses.
    PairTold = "registry.pair_told_apart" { other: &'a BusinessId };
    /// It moved to another size class.
    ClassChanged = "registry.class_changed" { from: Option<&'a str>, to: Option<&'a str> };
    /// A doubt was settled.
    DoubtSettled = "registry.doubt_settled" { field: &'a str, code: &'a str };
}

/// A file was read; nothing of it is in the registry yet.
#[derive(Serialize)]
pub(crate) struct FileBrought<'a, T> {
    pub(crate) import: &'a Id<T>,
    pub(crate) file: &'a str,
    pub(crate) sha256: &'a str,
}

impl<T> Event for FileBrought<'_, T> {
    const KIND: &'static str = "registry.file_brought";
    fn subject(&self) -> String {
        self.import.to_string()
    }
}

/// A stretch of a file's rows entered the registry.
#[derive(Serialize)]
pub(crate) struct RowsApplied<'a, T> {
    pub(crate) import: &'a Id<T>,
    pub(crate) rows: i64,
    pub(crate) businesses: i64,
}

impl<T> Event for RowsApplied<'_, T> {
    const KIND: &'static str = "registry.rows_applied";
    fn subject(&self) -> String {
        self.import.to_string()
    }
}

/// What the timeline and feeds may show of a business at the moment of an event.
pub(crate) fn label(business: &Business) -> String {
    format!("{} {}", business.number, business.name)
}
