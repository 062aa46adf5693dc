//! Roles that people hold in organisations, and what each role may do, as data.

use db::Read;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Something one may do, named by the area that asks for it: `registry.verify`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Permission(pub &'static str);

/// A role of a membership. Indonesian titles stand in the texts (`role-…`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs a business: offers goods, accepts orders, delivers, invoices.
    Owner,
    /// Cooperatives agency: imports, verifies and mends the registry.
    RegistryOfficer,
    /// PPTK: states what an agency needs.
    Requester,
    /// Pejabat Pengadaan or PPK: approves a request and sends the order.
    Approver,
    /// Counts and takes goods at the door.
    Receiver,
    /// Bendahara: pays.
    Treasurer,
    /// Head of the agency (PA/KPA): its people and budget.
    AgencyHead,
    /// Inspectorate: reads everything, changes nothing.
    Inspector,
    /// Writes rules that change in time.
    PolicyEditor,
    /// The second person who puts rules into force.
    PolicyApprover,
    /// Looks after the public market: money that came otherwise than it should.
    MarketClerk,
    /// Opens accounts and organisations for the city.
    CityAdmin,
}

impl Role {
    /// Every role.
    pub const ALL: &'static [Role] = &[
        Role::Owner,
        Role::RegistryOfficer,
        Role::Requester,
        Role::Approver,
        Role::Receiver,
        Role::Treasurer,
        Role::AgencyHead,
        Role::Inspector,
        Role::PolicyEditor,
        Role::PolicyApprover,
        Role::MarketClerk,
        Role::CityAdmin,
    ];

    /// The stable code: `registry_officer`.
    pub fn code(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::RegistryOfficer => "registry_officer",
            Role::Requester => "requester",
            Role::Approver => "approver",
            Role::Receiver => "receiver",
            Role::Treasurer => "treasurer",
            Role::AgencyHead => "agency_head",
            Role::Inspector => "inspector",
            Role::PolicyEditor => "policy_editor",
            Role::PolicyApprover => "policy_approver",
            Role::MarketClerk => "market_clerk",
            Role::CityAdmin => "city_admin",
        }
    }

    /// The role with this code.
    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.code() == code)
    }

    /// Whether this role is the city's: it must sign in with a second factor.
    pub fn is_staff(self) -> bool {
        self != Role::Owner
    }

    /// The key of the role's title in the texts.
    pub fn text_key(self) -> String {
        format!("role-{}", self.code().replace('_', "-"))
    }
}

/// What a role may do, as an area lists it.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    pub role: Role,
    pub permissions: &'static [Permission],
}

/// First line of a command: the actor holds this permission, or `Forbidden`
/// (`Unauthenticated` for a visitor).
pub fn require(read: &Read<'_>, permission: Permission) -> Result<()> {
    let actor = read.actor();
    match actor.may(permission.0) {
        true => Ok(()),
        false if actor.id == "visitor" => Err(Error::Unauthenticated),
        false => Err(Error::Forbidden),
    }
}
