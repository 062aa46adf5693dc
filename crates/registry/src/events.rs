//! What the registry tells the city. Kinds are public: rename one and consumers go deaf. No event
//! carries personal numbers.

use base::{Event, Id};
use serde::Serialize;

use crate::business::BusinessId;
use crate::owner::Owner;

/// An owner began a registration.
#[derive(Serialize)]
pub(crate) struct BusinessDrafted<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) name: &'a str,
}

impl Event for BusinessDrafted<'_> {
    const KIND: &'static str = "registry.business_drafted";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// A business waits for an officer.
#[derive(Serialize)]
pub(crate) struct BusinessSubmitted<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) number: &'a str,
    pub(crate) source: &'a str,
}

impl Event for BusinessSubmitted<'_> {
    const KIND: &'static str = "registry.business_submitted";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// Its record was changed: the names of the parts, not their values.
#[derive(Serialize)]
pub(crate) struct BusinessChanged<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) fields: &'a [&'a str],
}

impl Event for BusinessChanged<'_> {
    const KIND: &'static str = "registry.business_changed";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// An officer checked it.
#[derive(Serialize)]
pub(crate) struct BusinessVerified<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) note: &'a str,
}

impl Event for BusinessVerified<'_> {
    const KIND: &'static str = "registry.business_verified";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// Sent back to its owner.
#[derive(Serialize)]
pub(crate) struct BusinessReturned<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) reason: &'a str,
}

impl Event for BusinessReturned<'_> {
    const KIND: &'static str = "registry.business_returned";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// Refused.
#[derive(Serialize)]
pub(crate) struct BusinessRejected<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) reason: &'a str,
}

impl Event for BusinessRejected<'_> {
    const KIND: &'static str = "registry.business_rejected";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// Set aside for now.
#[derive(Serialize)]
pub(crate) struct BusinessSuspended<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) reason: &'a str,
}

impl Event for BusinessSuspended<'_> {
    const KIND: &'static str = "registry.business_suspended";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// Trades no longer.
#[derive(Serialize)]
pub(crate) struct BusinessClosed<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) reason: &'a str,
}

impl Event for BusinessClosed<'_> {
    const KIND: &'static str = "registry.business_closed";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// The record lives on in another.
#[derive(Serialize)]
pub(crate) struct BusinessMerged<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) into: &'a BusinessId,
}

impl Event for BusinessMerged<'_> {
    const KIND: &'static str = "registry.business_merged";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// Two records were looked at and are two businesses.
#[derive(Serialize)]
pub(crate) struct PairToldApart<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) other: &'a BusinessId,
}

impl Event for PairToldApart<'_> {
    const KIND: &'static str = "registry.pair_told_apart";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// It moved to another size class.
#[derive(Serialize)]
pub(crate) struct ClassChanged<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) from: Option<&'a str>,
    pub(crate) to: Option<&'a str>,
}

impl Event for ClassChanged<'_> {
    const KIND: &'static str = "registry.class_changed";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// A doubt was settled.
#[derive(Serialize)]
pub(crate) struct DoubtSettled<'a> {
    pub(crate) business: &'a BusinessId,
    pub(crate) field: &'a str,
    pub(crate) code: &'a str,
}

impl Event for DoubtSettled<'_> {
    const KIND: &'static str = "registry.doubt_settled";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// A file was read; nothing of it is in the registry yet.
#[derive(Serialize)]
pub(crate) struct FileBrought<'a> {
    pub(crate) import: &'a str,
    pub(crate) file: &'a str,
    pub(crate) sha256: &'a str,
}

impl Event for FileBrought<'_> {
    const KIND: &'static str = "registry.file_brought";
    fn subject(&self) -> String {
        self.import.to_owned()
    }
}

/// A stretch of a file's rows entered the registry.
#[derive(Serialize)]
pub(crate) struct RowsApplied<'a> {
    pub(crate) import: &'a str,
    pub(crate) rows: i64,
    pub(crate) businesses: i64,
}

impl Event for RowsApplied<'_> {
    const KIND: &'static str = "registry.rows_applied";
    fn subject(&self) -> String {
        self.import.to_owned()
    }
}

/// An owner with an account and an owner from a list are one person.
#[derive(Serialize)]
pub(crate) struct OwnerRecognised<'a> {
    pub(crate) owner: &'a Id<Owner>,
    pub(crate) before: &'a Id<Owner>,
}

impl Event for OwnerRecognised<'_> {
    const KIND: &'static str = "registry.owner_recognised";
    fn subject(&self) -> String {
        self.owner.to_string()
    }
}

/// Its owner says that the record is still true.
#[derive(Serialize)]
pub(crate) struct BusinessConfirmed<'a> {
    pub(crate) business: &'a BusinessId,
}

impl Event for BusinessConfirmed<'_> {
    const KIND: &'static str = "registry.business_confirmed";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// Nobody confirmed for a year that it is still true.
#[derive(Serialize)]
pub(crate) struct BusinessStale<'a> {
    pub(crate) business: &'a BusinessId,
}

impl Event for BusinessStale<'_> {
    const KIND: &'static str = "registry.business_stale";
    fn subject(&self) -> String {
        self.business.to_string()
    }
}

/// A person said what the columns of files of one shape mean.
#[derive(Serialize)]
pub(crate) struct ShapeTaught<'a> {
    pub(crate) shape: &'a str,
}

impl Event for ShapeTaught<'_> {
    const KIND: &'static str = "registry.shape_taught";
    fn subject(&self) -> String {
        self.shape.to_owned()
    }
}
