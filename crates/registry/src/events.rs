//! What the registry tells the city. Kinds are public: rename one and consumers go deaf. No event
//! carries personal numbers.

use base::{Event, Id};
use serde::Serialize;

use crate::business::BusinessId;
use crate::owner::Owner;

/// What happened to a business, with what there is to tell of it.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Happened<'a> {
    /// An owner began a registration.
    Drafted { name: &'a str },
    /// Its owner gave the draft up.
    DraftRemoved { number: &'a str },
    /// It waits for an officer.
    Submitted { number: &'a str, source: &'a str },
    /// Its record was changed: the names of the parts, not their values.
    Changed { fields: &'a [&'a str] },
    /// An officer checked it.
    Verified { note: &'a str },
    /// Sent back to its owner.
    Returned { reason: &'a str },
    /// Refused.
    Rejected { reason: &'a str },
    /// Set aside for now.
    Suspended { reason: &'a str },
    /// Trades no longer.
    Closed { reason: &'a str },
    /// The record lives on in another.
    Merged { into: &'a BusinessId, why: &'a str, note: &'a str },
    /// The merger was taken back: it is a record of its own again.
    Unmerged { other: &'a BusinessId, reason: &'a str },
    /// Its owner says that the record is still true.
    Confirmed {},
    /// Nobody confirmed for a year that it is still true.
    Stale {},
    /// It and another were looked at and are two businesses.
    ToldApart { other: &'a BusinessId, why: &'a str, note: &'a str },
    /// Whether it and another are two businesses is asked again.
    PairReopened { other: &'a BusinessId, reason: &'a str },
    /// It moved to another size class.
    ClassMoved { from: Option<&'a str>, to: Option<&'a str> },
    /// A doubt was settled, and why.
    DoubtSettled { field: &'a str, code: &'a str, why: &'a str, note: &'a str },
    /// Its owner wants something changed that was checked.
    ChangeAsked { change: &'a str, fields: &'a [&'a str] },
    /// An officer took over what its owner wanted changed.
    ChangeAccepted { change: &'a str, fields: &'a [&'a str] },
    /// What was checked stands.
    ChangeRefused { change: &'a str, reason: &'a str },
    /// The wish was taken back, or came to nothing.
    ChangeDropped { change: &'a str },
    /// A paper or photo waits for an officer.
    EvidenceHandedIn { evidence: &'a str, what: &'a str },
    /// An officer found the evidence good.
    EvidenceAccepted { evidence: &'a str, what: &'a str },
    /// It does not show what it should.
    EvidenceReturned { evidence: &'a str, what: &'a str, reason: &'a str },
    /// Taken back, or replaced by a better one.
    EvidenceWithdrawn { evidence: &'a str, what: &'a str },
    /// An officer went there and looked.
    Visited { visit: &'a str, on: &'a str, finding: &'a str, note: &'a str },
}

/// An event of one business.
#[derive(Serialize)]
pub(crate) struct OfBusiness<'a> {
    business: &'a BusinessId,
    #[serde(flatten)]
    happened: &'a Happened<'a>,
}

impl<'a> Happened<'a> {
    /// It happened to this business.
    pub(crate) fn to(&'a self, business: &'a BusinessId) -> OfBusiness<'a> {
        OfBusiness { business, happened: self }
    }

    fn kind(&self) -> &'static str {
        match self {
            Happened::Drafted { .. } => "registry.business_drafted",
            Happened::DraftRemoved { .. } => "registry.draft_removed",
            Happened::Submitted { .. } => "registry.business_submitted",
            Happened::Changed { .. } => "registry.business_changed",
            Happened::Verified { .. } => "registry.business_verified",
            Happened::Returned { .. } => "registry.business_returned",
            Happened::Rejected { .. } => "registry.business_rejected",
            Happened::Suspended { .. } => "registry.business_suspended",
            Happened::Closed { .. } => "registry.business_closed",
            Happened::Merged { .. } => "registry.business_merged",
            Happened::Unmerged { .. } => "registry.business_unmerged",
            Happened::Confirmed {} => "registry.business_confirmed",
            Happened::Stale {} => "registry.business_stale",
            Happened::ToldApart { .. } => "registry.pair_told_apart",
            Happened::PairReopened { .. } => "registry.pair_reopened",
            Happened::ClassMoved { .. } => "registry.class_changed",
            Happened::DoubtSettled { .. } => "registry.doubt_settled",
            Happened::ChangeAsked { .. } => "registry.change_asked",
            Happened::ChangeAccepted { .. } => "registry.change_accepted",
            Happened::ChangeRefused { .. } => "registry.change_refused",
            Happened::ChangeDropped { .. } => "registry.change_dropped",
            Happened::EvidenceHandedIn { .. } => "registry.evidence_handed_in",
            Happened::EvidenceAccepted { .. } => "registry.evidence_accepted",
            Happened::EvidenceReturned { .. } => "registry.evidence_returned",
            Happened::EvidenceWithdrawn { .. } => "registry.evidence_withdrawn",
            Happened::Visited { .. } => "registry.visited",
        }
    }
}

impl Event for OfBusiness<'_> {
    fn kind(&self) -> &'static str {
        self.happened.kind()
    }
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

/// A long list was looked at in the background; nothing of it is in the registry yet.
#[derive(Serialize)]
pub(crate) struct ListLooked<'a> {
    pub(crate) import: &'a str,
}

impl Event for ListLooked<'_> {
    const KIND: &'static str = "registry.list_looked";
    fn subject(&self) -> String {
        self.import.to_owned()
    }
}

/// Somebody took the report of a list away, in which the telephone numbers stand in full.
#[derive(Serialize)]
pub(crate) struct ReportTaken<'a> {
    pub(crate) import: &'a str,
    /// `json` or `xlsx`.
    pub(crate) file_kind: &'a str,
}

impl Event for ReportTaken<'_> {
    const KIND: &'static str = "registry.report_taken";
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_tells_its_business_and_what_happened_side_by_side() {
        let id = BusinessId::parse(&"0".repeat(26)).unwrap();
        let told = |happened: Happened<'_>| {
            let event = happened.to(&id);
            (event.kind(), serde_json::to_value(&event).unwrap())
        };
        let (kind, data) = told(Happened::Returned { reason: "foto buram" });
        assert_eq!(kind, "registry.business_returned");
        assert_eq!(data, serde_json::json!({ "business": id, "reason": "foto buram" }));
        assert_eq!(told(Happened::Stale {}).1, serde_json::json!({ "business": id }));
        let moved = told(Happened::ClassMoved { from: None, to: Some("micro") }).1;
        assert_eq!(moved["to"], "micro");
        assert!(moved["from"].is_null());
    }
}
