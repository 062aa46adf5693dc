//! Who asks for a transaction, and what they may do.

use std::collections::BTreeSet;

/// The one who acts. Written into every event of the transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// A person's id, or the name of a part of the program: `system`, `job`, `visitor`.
    pub id: String,
    /// The organisation they act for.
    pub on_behalf_of: Option<String>,
    /// The codes of what they may do. `None`: everything, for the program itself.
    grants: Option<BTreeSet<String>>,
}

impl Actor {
    /// The program itself, which may do everything: jobs, imports at the command line, the demo.
    pub fn system(id: &str) -> Actor {
        Actor { id: id.to_owned(), on_behalf_of: None, grants: None }
    }

    /// Somebody who has not said who they are.
    pub fn visitor() -> Actor {
        Actor { id: "visitor".to_owned(), on_behalf_of: None, grants: Some(BTreeSet::new()) }
    }

    /// A person, the organisation they act for, and what they may do there.
    pub fn person(
        id: impl Into<String>,
        on_behalf_of: Option<String>,
        grants: impl IntoIterator<Item = String>,
    ) -> Actor {
        Actor { id: id.into(), on_behalf_of, grants: Some(grants.into_iter().collect()) }
    }

    /// Whether this permission was granted.
    pub fn may(&self, permission: &str) -> bool {
        self.grants.as_ref().is_none_or(|grants| grants.contains(permission))
    }

    /// Whether this is the program itself.
    pub fn is_system(&self) -> bool {
        self.grants.is_none()
    }
}
