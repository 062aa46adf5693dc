//! Which role is held in which kind of office, and which roles are never one person's: the
//! separation of duties, as data. Nobody checks their own work, whoever hands out the roles.
//!
//! It stands beside the roles because every door that gives one (the desk, the head of an agency, a
//! registration, the command line) ends in the same command, which asks here.

use super::OrganisationKind;
use super::OrganisationKind::{
    Agency, Business, CityOffice, Cooperative, Inspectorate, RegistryOffice,
};
use crate::Role;
use crate::Role::{
    AgencyHead, Approver, CityAdmin, Inspector, MarketClerk, Owner, PolicyApprover, PolicyEditor,
    Receiver, RegistryOfficer, Requester, Treasurer,
};

/// A role: where it is held, and what does not go with it. A pair stands at one of the two.
#[derive(Debug, Clone, Copy)]
pub struct Post {
    /// The role.
    pub role: Role,
    /// The kinds of organisation that have it; the first is the usual one.
    pub held_in: &'static [OrganisationKind],
    /// Never with these, wherever they are held.
    pub never: &'static [Role],
    /// Never with these in one office.
    pub never_here: &'static [Role],
    /// Not with these in one office, unless the city's rule `base.combined_roles` lets it.
    pub by_rule: &'static [Role],
}

const PLAIN: Post = Post { role: Owner, held_in: &[], never: &[], never_here: &[], by_rule: &[] };

/// What an agency buys with.
const BUYING: &[Role] = &[Requester, Approver, Receiver, Treasurer, AgencyHead];

/// Every role.
///
/// In an agency: who states a need, approves it, counts the goods and pays are four people (Perpres
/// 16/2018 art. 8 to 13); a treasurer is not at the same time who spends or holds the budget (UU
/// 1/2004 art. 10). What small offices merge by other papers is the city's rule.
pub const POSTS: &[Post] = &[
    Post { role: Owner, held_in: &[Business, Cooperative], ..PLAIN },
    Post { role: RegistryOfficer, held_in: &[RegistryOffice], never: BUYING, ..PLAIN },
    Post { role: Requester, held_in: &[Agency], never_here: &[Approver, AgencyHead], ..PLAIN },
    Post { role: Approver, held_in: &[Agency], by_rule: &[AgencyHead], ..PLAIN },
    Post {
        role: Receiver,
        held_in: &[Agency],
        by_rule: &[Requester, Approver, AgencyHead],
        ..PLAIN
    },
    Post {
        role: Treasurer,
        held_in: &[Agency],
        never_here: &[Requester, Approver, Receiver, AgencyHead],
        ..PLAIN
    },
    Post { role: AgencyHead, held_in: &[Agency], ..PLAIN },
    Post {
        role: Inspector,
        held_in: &[Inspectorate],
        never: &[
            RegistryOfficer,
            Requester,
            Approver,
            Receiver,
            Treasurer,
            AgencyHead,
            PolicyEditor,
            PolicyApprover,
            MarketClerk,
            CityAdmin,
        ],
        ..PLAIN
    },
    Post { role: PolicyEditor, held_in: &[CityOffice], never: &[PolicyApprover], ..PLAIN },
    Post { role: PolicyApprover, held_in: &[CityOffice], ..PLAIN },
    // Whoever decides about buyers' and sellers' money gives nobody a role and sells nothing.
    Post { role: MarketClerk, held_in: &[CityOffice], never: &[CityAdmin, Owner], ..PLAIN },
    Post { role: CityAdmin, held_in: &[CityOffice], never: BUYING, ..PLAIN },
];

/// What stands between two roles of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// Nothing.
    Free,
    /// They never go together in one office.
    Here,
    /// They never go together anywhere in the city.
    Anywhere,
    /// They go together in one office where the city's rule says so.
    ByRule,
}

/// The post of this role.
pub fn of(role: Role) -> &'static Post {
    POSTS.iter().find(|post| post.role == role).expect("every role has its post")
}

/// What stands between these two.
pub fn bar(one: Role, other: Role) -> Bar {
    let pairs = [(of(one), other), (of(other), one)];
    let among = |roles: fn(&Post) -> &'static [Role]| {
        pairs.iter().any(|(post, role)| roles(post).contains(role))
    };
    if among(|post| post.never) {
        Bar::Anywhere
    } else if among(|post| post.never_here) {
        Bar::Here
    } else if among(|post| post.by_rule) {
        Bar::ByRule
    } else {
        Bar::Free
    }
}

/// The officers' roles that such an organisation has: what its desk offers.
pub fn offered_in(kind: OrganisationKind) -> impl Iterator<Item = Role> {
    POSTS.iter().filter(move |post| post.held_in.contains(&kind)).map(|post| post.role)
}

impl Post {
    /// Why the role is not held in some other organisation, and where it belongs.
    pub fn belongs(&self) -> &'static str {
        match self.held_in.first() {
            Some(RegistryOffice) => "account-belongs-registry-office",
            Some(Inspectorate) => "account-belongs-inspectorate",
            Some(CityOffice) => "account-belongs-city-office",
            Some(Agency) => "account-belongs-agency",
            _ => "account-belongs-business",
        }
    }

    /// Why another role is not given to somebody who holds this one; the text names it.
    pub fn conflict(&self) -> &'static str {
        match self.role {
            Owner => "account-conflict-owner",
            RegistryOfficer => "account-conflict-registry-officer",
            Requester => "account-conflict-requester",
            Approver => "account-conflict-approver",
            Receiver => "account-conflict-receiver",
            Treasurer => "account-conflict-treasurer",
            AgencyHead => "account-conflict-agency-head",
            Inspector => "account-conflict-inspector",
            PolicyEditor => "account-conflict-policy-editor",
            PolicyApprover => "account-conflict-policy-approver",
            MarketClerk => "account-conflict-market-clerk",
            CityAdmin => "account-conflict-city-admin",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_one_post_and_a_place_where_it_is_held() {
        assert_eq!(POSTS.len(), Role::ALL.len());
        for &role in Role::ALL {
            assert!(!of(role).held_in.is_empty(), "{role:?} is held nowhere");
            assert_eq!(bar(role, role), Bar::Free);
        }
    }

    #[test]
    fn duties_that_check_each_other_are_never_one_persons() {
        for (one, other, wanted) in [
            (Requester, Approver, Bar::Here),
            (Approver, Treasurer, Bar::Here),
            (Receiver, Treasurer, Bar::Here),
            (AgencyHead, Treasurer, Bar::Here),
            (AgencyHead, Requester, Bar::Here),
            (Requester, Receiver, Bar::ByRule),
            (Approver, Receiver, Bar::ByRule),
            (Approver, AgencyHead, Bar::ByRule),
            (PolicyEditor, PolicyApprover, Bar::Anywhere),
            (RegistryOfficer, Requester, Bar::Anywhere),
            (CityAdmin, Approver, Bar::Anywhere),
            (Inspector, CityAdmin, Bar::Anywhere),
            (Owner, Requester, Bar::Free),
            (MarketClerk, CityAdmin, Bar::Anywhere),
            (CityAdmin, PolicyEditor, Bar::Free),
        ] {
            assert_eq!(bar(one, other), wanted, "{one:?} and {other:?}");
            assert_eq!(bar(other, one), wanted, "{other:?} and {one:?}");
        }
        let officers = Role::ALL.iter().filter(|role| role.is_staff() && **role != Inspector);
        for &role in officers {
            assert_eq!(bar(Inspector, role), Bar::Anywhere, "an inspector is no {role:?}");
        }
    }

    #[test]
    fn an_auditor_sits_in_an_office_of_his_own() {
        assert_eq!(offered_in(Inspectorate).collect::<Vec<_>>(), [Inspector]);
        assert_eq!(offered_in(RegistryOffice).collect::<Vec<_>>(), [RegistryOfficer]);
        assert_eq!(offered_in(Agency).collect::<Vec<_>>(), BUYING);
    }
}
