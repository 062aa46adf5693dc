//! The rules by which the catalogue says no.

use base::Error;

/// Each is a stable code and the key of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Only a verified business offers goods.
    NotVerified,
    /// There are not so many left.
    OutOfStock,
    /// More than any shelf holds.
    TooMany,
    /// The product is not offered at the moment.
    NotOffered,
    /// A product has no more room for photos.
    TooManyPhotos,
}

impl Refusal {
    /// The stable code, also the key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::NotVerified => "catalog-not-verified",
            Refusal::OutOfStock => "catalog-out-of-stock",
            Refusal::TooMany => "catalog-too-many",
            Refusal::NotOffered => "catalog-not-offered",
            Refusal::TooManyPhotos => "catalog-too-many-photos",
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal.code())
    }
}
