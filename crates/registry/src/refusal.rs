//! The rules by which the registry says no.

use base::Error;

/// Each is a stable code and the key of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The business is not in a state where this can be done.
    WrongState,
    /// Whoever entered a record does not verify it.
    OwnEntry,
    /// Whoever owns one half of a pair does not decide about it.
    OwnHalf,
    /// Another business has this NIB.
    NibTaken,
    /// The NIK belongs to another account's owner.
    NikTaken,
    /// Somebody has decided about the pair already.
    PairDecided,
    /// Nobody has decided about the pair, or it was taken back.
    UndoNothing,
    /// One of the two was refused, closed or merged again.
    UndoClosed,
    /// The record that was kept was checked after the merger: goods and orders may rest on it.
    UndoVerified,
    /// The record that was kept was changed after the merger.
    UndoChanged,
    /// A doubt about digits of a NIB is not right by itself.
    NibWanted,
    /// A record is not merged with itself, nor with one that is closed.
    NotMergeable,
    /// Doubts must be settled before a business is verified.
    DoubtsOpen,
    /// Nobody can be found without at least a district.
    PlaceWanted,
    /// A record that may repeat another is not verified before somebody has looked at both.
    TwinsOpen,
    /// More registrations than one owner has.
    TooMany,
    /// More begun and not sent than one person works on.
    TooManyDrafts,
    /// Somebody has answered the change, or it was taken back.
    ChangeAnswered,
    /// An officer has checked the evidence, or it was taken back.
    EvidenceChecked,
    /// What its owner handed in is looked at before the business is verified.
    EvidenceWaits,
    /// More papers than a business needs.
    TooMuchEvidence,
    /// The file was applied before.
    AlreadyApplied,
    /// The file holds no list of businesses.
    NothingToApply,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(match refusal {
            Refusal::WrongState => "registry-wrong-state",
            Refusal::OwnEntry => "registry-own-entry",
            Refusal::OwnHalf => "registry-own-half",
            Refusal::NibTaken => "registry-nib-taken",
            Refusal::NikTaken => "registry-nik-taken",
            Refusal::PairDecided => "registry-pair-decided",
            Refusal::UndoNothing => "registry-undo-nothing",
            Refusal::UndoClosed => "registry-undo-closed",
            Refusal::UndoVerified => "registry-undo-verified",
            Refusal::UndoChanged => "registry-undo-changed",
            Refusal::NibWanted => "registry-nib-needed",
            Refusal::NotMergeable => "registry-not-mergeable",
            Refusal::DoubtsOpen => "registry-doubts-open",
            Refusal::PlaceWanted => "registry-place-wanted",
            Refusal::TwinsOpen => "registry-twins-open",
            Refusal::TooMany => "registry-too-many",
            Refusal::TooManyDrafts => "registry-too-many-drafts",
            Refusal::ChangeAnswered => "registry-change-answered",
            Refusal::EvidenceChecked => "registry-evidence-checked",
            Refusal::EvidenceWaits => "registry-evidence-waits",
            Refusal::TooMuchEvidence => "registry-evidence-too-much",
            Refusal::AlreadyApplied => "registry-already-applied",
            Refusal::NothingToApply => "registry-nothing-to-apply",
        })
    }
}
