//! A role ends: who would go on is said before, and the city is never left without somebody
//! who can give roles.

use db::{Read, Tx};
use serde::Serialize;

use super::{Listed, Membership, MembershipId, find, may_arrange};
use crate::account::events::MembershipEnded;
use crate::account::{OrganisationId, PersonId};
use crate::{Error, Result, Role, Timestamp};

/// Characters of a reason.
const REASON_CHARS_MAX: usize = 200;

/// Ends a role.
#[derive(Debug, Clone)]
pub struct End {
    pub membership: MembershipId,
    /// In one's own words; may be empty.
    pub reason: String,
}

impl End {
    /// Without a reason.
    pub fn plain(membership: &MembershipId) -> End {
        End { membership: membership.clone(), reason: String::new() }
    }
}

/// What somebody reads before they end a role.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Farewell {
    pub held: Listed,
    /// Who else holds it and would go on.
    pub others: i64,
}

/// The role is held no longer, from this moment. Nobody ends their own, and the last administrator
/// stays.
pub fn end(tx: &mut Tx<'_>, cmd: &End) -> Result<()> {
    let membership = endable(tx, &cmd.membership)?;
    let reason = cmd.reason.trim();
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(Error::invalid("reason", "account-end-reason-long"));
    }
    let admin = membership.role == Role::CityAdmin;
    if admin && lasting_holders(tx, Role::CityAdmin, &membership)? == 0 {
        return Err(Error::Refused("account-last-admin"));
    }
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE base_memberships SET until_at = $1 WHERE id = $2",
        &[&now, &membership.id],
    )?;
    assert_eq!(rows, 1, "the membership was just read");
    let Membership { id, person, organisation, role, .. } = &membership;
    let reason = (!reason.is_empty()).then_some(reason);
    tx.record(&MembershipEnded { organisation, membership: id, person, role: *role, reason })?;
    Ok(())
}

/// The membership, when the actor may end it and it holds.
fn endable(read: &mut Read<'_>, id: &MembershipId) -> Result<Membership> {
    let membership = find(read, id)?;
    may_arrange(read, &membership.organisation, membership.role)?;
    if !membership.holds(Timestamp::of(read)) {
        return Err(Error::Refused("account-role-ended"));
    }
    if read.actor().id == membership.person.as_str() {
        return Err(Error::Refused("account-not-for-yourself"));
    }
    Ok(membership)
}

/// Who else holds the role for as long as they are let; a role with a last day will end by itself.
fn lasting_holders(read: &mut Read<'_>, role: Role, but: &Membership) -> Result<i64> {
    let row: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(DISTINCT person) AS BIGINT) FROM base_memberships
         WHERE role = $1 AND id <> $2 AND from_at <= $3 AND until_at IS NULL",
        &[&role.code(), &but.id, &Timestamp::of(read)],
    )?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Whose role would end and who else holds it, for whoever may end it. What waits is told by the
/// areas.
pub fn farewell(read: &mut Read<'_>, id: &MembershipId) -> Result<Farewell> {
    let Membership { person, organisation, role, .. } = endable(read, id)?;
    let held = super::listed_of_person(read, &person)?;
    let held = held.into_iter().find(|it| it.membership.id == *id).ok_or(Error::NotFound)?;
    let others = others(read, &organisation, role, &person)?;
    Ok(Farewell { held, others })
}

fn others(
    read: &mut Read<'_>,
    organisation: &OrganisationId,
    role: Role,
    but: &PersonId,
) -> Result<i64> {
    let holders = super::holders(read, organisation, role)?;
    let others = holders.iter().filter(|person| *person != but).count();
    i64::try_from(others).map_err(Error::broken)
}
