//! What is told about rules, in the past tense.

use db::Event;
use serde::Serialize;

use super::PolicyId;
use crate::Date;

/// Somebody wrote a version.
#[derive(Debug, Serialize)]
pub struct PolicyDrafted {
    /// The version.
    pub policy: PolicyId,
    /// Which rule.
    pub kind: String,
    /// Its number.
    pub version: i64,
    /// The first day it shall hold.
    pub valid_from: Date,
}

/// A second person put it into force.
#[derive(Debug, Serialize)]
pub struct PolicyApproved {
    /// The version.
    pub policy: PolicyId,
    /// Which rule.
    pub kind: String,
    /// Its number.
    pub version: i64,
    /// The first day it holds.
    pub valid_from: Date,
    /// Who had written it.
    pub author: String,
}

/// A draft went back to its author with a note.
#[derive(Debug, Serialize)]
pub struct PolicyReturned {
    /// The version.
    pub policy: PolicyId,
    /// Which rule.
    pub kind: String,
    /// Its number.
    pub version: i64,
    /// Who had written it.
    pub author: String,
    /// What has to be mended.
    pub reason: String,
}

/// A version was taken back.
#[derive(Debug, Serialize)]
pub struct PolicyWithdrawn {
    /// The version.
    pub policy: PolicyId,
    /// Which rule.
    pub kind: String,
    /// Its number.
    pub version: i64,
    /// The last day it held; before its first day if it never did.
    pub last_day: Date,
    /// Why.
    pub reason: String,
}

/// A version came with the program.
#[derive(Debug, Serialize)]
pub struct PolicyInstalled {
    /// The version.
    pub policy: PolicyId,
    /// Which rule.
    pub kind: String,
    /// Its number.
    pub version: i64,
    /// The first day it holds.
    pub valid_from: Date,
}

impl Event for PolicyDrafted {
    const KIND: &'static str = "policy.drafted";
    fn subject(&self) -> String {
        self.policy.to_string()
    }
}
impl Event for PolicyApproved {
    const KIND: &'static str = "policy.approved";
    fn subject(&self) -> String {
        self.policy.to_string()
    }
}
impl Event for PolicyReturned {
    const KIND: &'static str = "policy.returned";
    fn subject(&self) -> String {
        self.policy.to_string()
    }
}
impl Event for PolicyWithdrawn {
    const KIND: &'static str = "policy.withdrawn";
    fn subject(&self) -> String {
        self.policy.to_string()
    }
}
impl Event for PolicyInstalled {
    const KIND: &'static str = "policy.installed";
    fn subject(&self) -> String {
        self.policy.to_string()
    }
}
