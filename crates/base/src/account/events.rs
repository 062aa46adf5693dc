//! What accounts tell the city, in the past tense. Never a password, a token, a number or an address.

use db::Event;
use serde::Serialize;

use super::api_token::ApiTokenId;
use super::{MembershipId, OrganisationId, OrganisationKind, PersonId};
use crate::{Role, Timestamp};

/// An account was opened, by the person or for them.
#[derive(Serialize)]
pub(crate) struct PersonRegistered<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
    pub(crate) by_desk: bool,
}
impl Event for PersonRegistered<'_> {
    const KIND: &'static str = "account.person_registered";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// A person changed what is known of them: which fields, not what they hold.
#[derive(Serialize)]
pub(crate) struct PersonChanged<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
    pub(crate) fields: &'a [&'static str],
}
impl Event for PersonChanged<'_> {
    const KIND: &'static str = "account.person_changed";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// A person has a new password; `by_link` when the old one was lost.
#[derive(Serialize)]
pub(crate) struct PasswordChanged<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
    pub(crate) by_link: bool,
}
impl Event for PasswordChanged<'_> {
    const KIND: &'static str = "account.password_changed";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// A link to set a new password was made, by letter or at the desk.
#[derive(Serialize)]
pub(crate) struct ResetIssued<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
    pub(crate) by_desk: bool,
}
impl Event for ResetIssued<'_> {
    const KIND: &'static str = "account.reset_issued";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// A second factor is asked from now on.
#[derive(Serialize)]
pub(crate) struct SecondFactorOn<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
}
impl Event for SecondFactorOn<'_> {
    const KIND: &'static str = "account.second_factor_on";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// The second factor was taken away.
#[derive(Serialize)]
pub(crate) struct SecondFactorOff<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
}
impl Event for SecondFactorOff<'_> {
    const KIND: &'static str = "account.second_factor_off";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// New recovery codes replace the old ones.
#[derive(Serialize)]
pub(crate) struct RecoveryCodesMade<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
}
impl Event for RecoveryCodesMade<'_> {
    const KIND: &'static str = "account.recovery_codes_made";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// Somebody signed in with a recovery code instead of the second factor.
#[derive(Serialize)]
pub(crate) struct RecoveryCodeUsed<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
    pub(crate) left: i64,
}
impl Event for RecoveryCodeUsed<'_> {
    const KIND: &'static str = "account.recovery_code_used";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// Somebody signed in.
#[derive(Serialize)]
pub(crate) struct SignedIn<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
    pub(crate) device: &'a str,
    pub(crate) second_factor: bool,
}
impl Event for SignedIn<'_> {
    const KIND: &'static str = "account.signed_in";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// A person ended their other sessions.
#[derive(Serialize)]
pub(crate) struct SignedOutElsewhere<'a> {
    #[serde(skip)]
    pub(crate) person: &'a PersonId,
    pub(crate) sessions: i64,
}
impl Event for SignedOutElsewhere<'_> {
    const KIND: &'static str = "account.signed_out_elsewhere";
    fn subject(&self) -> String {
        self.person.to_string()
    }
}

/// The city knows a new organisation.
#[derive(Serialize)]
pub(crate) struct OrganisationAdded<'a> {
    #[serde(skip)]
    pub(crate) organisation: &'a OrganisationId,
    pub(crate) kind: OrganisationKind,
    pub(crate) name: &'a str,
    pub(crate) code: &'a str,
}
impl Event for OrganisationAdded<'_> {
    const KIND: &'static str = "account.organisation_added";
    fn subject(&self) -> String {
        self.organisation.to_string()
    }
}

/// An organisation is called something else from now on.
#[derive(Serialize)]
pub(crate) struct OrganisationRenamed<'a> {
    #[serde(skip)]
    pub(crate) organisation: &'a OrganisationId,
    pub(crate) before: &'a str,
    pub(crate) name: &'a str,
}
impl Event for OrganisationRenamed<'_> {
    const KIND: &'static str = "account.organisation_renamed";
    fn subject(&self) -> String {
        self.organisation.to_string()
    }
}

/// A person holds a role in an organisation from now on.
#[derive(Serialize)]
pub(crate) struct MembershipAdded<'a> {
    #[serde(skip)]
    pub(crate) organisation: &'a OrganisationId,
    pub(crate) membership: &'a MembershipId,
    pub(crate) person: &'a PersonId,
    pub(crate) role: Role,
    pub(crate) until: Option<Timestamp>,
}
impl Event for MembershipAdded<'_> {
    const KIND: &'static str = "account.membership_added";
    fn subject(&self) -> String {
        self.organisation.to_string()
    }
}

/// A person holds the role no longer.
#[derive(Serialize)]
pub(crate) struct MembershipEnded<'a> {
    #[serde(skip)]
    pub(crate) organisation: &'a OrganisationId,
    pub(crate) membership: &'a MembershipId,
    pub(crate) person: &'a PersonId,
    pub(crate) role: Role,
    /// In the words of whoever ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<&'a str>,
}
impl Event for MembershipEnded<'_> {
    const KIND: &'static str = "account.membership_ended";
    fn subject(&self) -> String {
        self.organisation.to_string()
    }
}

/// A program may act for an organisation.
#[derive(Serialize)]
pub(crate) struct ApiTokenMade<'a> {
    #[serde(skip)]
    pub(crate) organisation: &'a OrganisationId,
    pub(crate) token: &'a ApiTokenId,
    pub(crate) name: &'a str,
    pub(crate) permissions: &'a [String],
}
impl Event for ApiTokenMade<'_> {
    const KIND: &'static str = "account.api_token_made";
    fn subject(&self) -> String {
        self.organisation.to_string()
    }
}

/// A program may act no longer.
#[derive(Serialize)]
pub(crate) struct ApiTokenRevoked<'a> {
    #[serde(skip)]
    pub(crate) organisation: &'a OrganisationId,
    pub(crate) token: &'a ApiTokenId,
}
impl Event for ApiTokenRevoked<'_> {
    const KIND: &'static str = "account.api_token_revoked";
    fn subject(&self) -> String {
        self.organisation.to_string()
    }
}
