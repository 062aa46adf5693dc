//! Which duties a small office may give to one person. The law leaves some pairs open (a delegate of
//! the budget holder may be the commitment officer; nobody has to be receiver alone); the city
//! decides, with the paper it rests on. Pairs that check each other are not for a rule to merge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PolicyBody;
use super::shape::{Field, Holds, Rows, Shape};
use crate::account::post::{self, Bar};
use crate::{Problem, Role};

/// Two roles that one person may hold in one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Combination {
    /// Both of them.
    pub roles: [Role; 2],
    /// Codes of the agencies that may; empty: all of them.
    pub agencies: Vec<String>,
    /// The paper that allows it.
    pub source: String,
}

/// Every pair that may be merged; all others stay apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CombinedRoles {
    /// The pairs.
    pub combinations: Vec<Combination>,
}

impl CombinedRoles {
    /// Whether one person may hold both in the agency with this code.
    pub fn lets(&self, agency: &str, one: Role, other: Role) -> bool {
        self.combinations.iter().any(|it| {
            (it.roles == [one, other] || it.roles == [other, one])
                && (it.agencies.is_empty() || it.agencies.iter().any(|code| code == agency))
        })
    }
}

/// Roles of one agency.
const ROLES: &[&str] = &["requester", "agency_head", "approver", "receiver", "treasurer"];
const COMBINATIONS: Rows = Rows {
    fields: &[
        Field::new("roles", Holds::TwoOf(ROLES)),
        Field::new("agencies", Holds::Agencies),
        Field::new("source", Holds::Text { chars_max: 300 }),
    ],
    key: &["roles"],
    min: 0,
    max: 20,
};

impl PolicyBody for CombinedRoles {
    const KIND: &'static str = "base.combined_roles";
    const SHAPE: Shape = Shape::Parts(&[Field::new("combinations", Holds::Rows(COMBINATIONS))]);

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (i, it) in self.combinations.iter().enumerate() {
            let [one, other] = it.roles;
            if post::bar(one, other) != Bar::ByRule {
                problems
                    .push(Problem::new(format!("combinations/{i}/roles"), "policy-roles-apart"));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_merges_what_the_law_leaves_open_and_nothing_else() {
        let rule = |one, other| CombinedRoles {
            combinations: vec![Combination {
                roles: [one, other],
                agencies: vec!["KEC-TUGU".to_owned()],
                source: "Surat keputusan".to_owned(),
            }],
        };
        let open = rule(Role::Receiver, Role::Approver);
        assert_eq!(open.problems(), []);
        assert!(open.lets("KEC-TUGU", Role::Approver, Role::Receiver));
        assert!(!open.lets("DINKES", Role::Approver, Role::Receiver));
        assert!(!open.lets("KEC-TUGU", Role::Approver, Role::AgencyHead));
        let shut = rule(Role::Requester, Role::Approver);
        assert_eq!(shut.problems()[0].code, "policy-roles-apart");
    }
}
