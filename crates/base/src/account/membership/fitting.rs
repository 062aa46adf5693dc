//! Whether a role fits where it is to be held, and beside what its holder holds already. Asked
//! whenever a role begins, through whichever door, and by `gerai verify`.

use std::collections::BTreeMap;

use db::Read;

use super::Membership;
use crate::account::post::{self, Bar};
use crate::account::{Organisation, organisation};
use crate::policy::{self, CombinedRoles};
use crate::{Date, Error, Finding, Problem, Result, Role, Timestamp};

/// Refuses a role in the wrong kind of office, naming where it belongs, and one that does not go
/// with a role the person holds, naming that role and its office.
pub(super) fn check(
    read: &mut Read<'_>,
    organisation: &Organisation,
    role: Role,
    held: &[Membership],
) -> Result<()> {
    let post = post::of(role);
    if !post.held_in.contains(&organisation.kind) {
        return Err(Error::invalid("role", post.belongs()));
    }
    for other in held {
        let same = other.organisation == organisation.id;
        if parts(read, organisation, same, (role, other.role))? {
            let at = organisation::find(read, &other.organisation)?.name;
            let problem = Problem::with("role", post::of(other.role).conflict(), at);
            return Err(Error::Invalid(vec![problem]));
        }
    }
    Ok(())
}

/// Whether these two roles of one person must be apart.
fn parts(
    read: &mut Read<'_>,
    organisation: &Organisation,
    same_office: bool,
    (one, other): (Role, Role),
) -> Result<bool> {
    Ok(match post::bar(one, other) {
        Bar::Free => false,
        Bar::Anywhere => true,
        Bar::Here => same_office,
        Bar::ByRule if !same_office => false,
        Bar::ByRule => {
            let today = Date::today(read);
            let rule = policy::maybe_at::<CombinedRoles>(read, today)?;
            !rule.is_some_and(|rule| rule.body.lets(&organisation.code, one, other))
        }
    })
}

/// Roles that are held where they do not belong, or beside each other against the rules of today.
pub fn verify(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let now = Timestamp::of(read);
    let all: Vec<Membership> = read.all(
        "SELECT id, person, organisation, role, from_at, until_at FROM base_memberships
         WHERE role <> 'owner' AND from_at <= $1 AND (until_at IS NULL OR until_at > $1)
         ORDER BY person, id",
        &[&now],
    )?;
    let mut places: BTreeMap<String, Organisation> = BTreeMap::new();
    let mut earlier: Vec<Membership> = Vec::new();
    let mut findings = Vec::new();
    for held in all {
        earlier.retain(|it| it.person == held.person);
        let place = match places.get(held.organisation.as_str()) {
            Some(place) => place.clone(),
            None => organisation::find(read, &held.organisation)?,
        };
        if check(read, &place, held.role, &earlier).is_err() {
            let role = held.role.code();
            let problem = format!("{role} is held against the separation of duties");
            findings.push(Finding::new("account", problem, held.id.as_str()));
        }
        places.insert(place.id.to_string(), place);
        earlier.push(held);
    }
    Ok(findings)
}
