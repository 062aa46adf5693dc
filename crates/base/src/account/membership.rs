//! Which roles a person holds where, from when until when. Ended, never deleted.

mod ending;
mod fitting;

use db::{FromRow, FromValue, Read, Row, Tx, Value};
use schemars::JsonSchema;
use serde::Serialize;

use super::events::MembershipAdded;
use super::{
    AGENCY_PEOPLE, MANAGE, Organisation, OrganisationId, OrganisationKind, PersonId, organisation,
    person, post, session,
};
use crate::{Error, Id, Result, Role, Timestamp, require};

pub use ending::{End, Farewell, end, farewell};
pub use fitting::verify;

/// The identity of a membership.
pub type MembershipId = Id<Membership>;

/// Roles one person can hold at a time.
pub const MEMBERSHIPS_MAX: usize = 50;
/// Members of one organisation in one answer.
const MEMBERS_MAX: i64 = 500;

/// A role somebody holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Membership {
    pub id: MembershipId,
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub role: Role,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

impl Membership {
    /// Whether it holds at this moment.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| until > at)
    }
}

impl FromRow for Membership {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Membership {
            id: row.take()?,
            person: row.take()?,
            organisation: row.take()?,
            role: row.take()?,
            from: row.take()?,
            until: row.take()?,
        })
    }
}
impl FromValue for Role {
    const WANTED: &'static str = "a role";
    fn from_value(value: Value<'_>) -> Option<Self> {
        Role::parse(&String::from_value(value)?)
    }
}

/// A membership with the names that a list shows.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Listed {
    pub membership: Membership,
    pub person_name: String,
    pub organisation_name: String,
    pub kind: OrganisationKind,
}

impl FromRow for Listed {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Listed {
            membership: Membership::from_row(row)?,
            person_name: row.take()?,
            organisation_name: row.take()?,
            kind: row.take()?,
        })
    }
}

/// Gives somebody a role.
#[derive(Debug, Clone)]
pub struct Add {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub role: Role,
    pub until: Option<Timestamp>,
}

/// The desk gives a role; the head of an agency gives roles of the own agency. Nobody gives one to
/// themselves.
pub fn add(tx: &mut Tx<'_>, cmd: &Add) -> Result<Membership> {
    may_arrange(tx, &cmd.organisation, cmd.role)?;
    if tx.actor().id == cmd.person.as_str() {
        return Err(Error::Refused("account-not-for-yourself"));
    }
    begin(tx, cmd)
}

/// The same for the command of another area that has decided it may be: whoever registers a business
/// owns it. Asks for no permission.
pub fn begin(tx: &mut Tx<'_>, cmd: &Add) -> Result<Membership> {
    person::find(tx, &cmd.person)?;
    let organisation = organisation::find(tx, &cmd.organisation)?;
    let from = Timestamp::of(tx);
    if cmd.until.is_some_and(|until| until <= from) {
        return Err(Error::invalid("until", "account-until-past"));
    }
    let held = of_person(tx, &cmd.person)?;
    if held.iter().any(|m| m.organisation == cmd.organisation && m.role == cmd.role) {
        return Err(Error::Refused("account-role-held"));
    }
    if held.len() >= MEMBERSHIPS_MAX {
        return Err(Error::Refused("account-too-many-roles"));
    }
    fitting::check(tx, &organisation, cmd.role, &held)?;
    let Add { person, organisation, role, until } = cmd.clone();
    let membership = Membership { id: tx.new_id(), person, organisation, role, from, until };
    insert(tx, &membership)?;
    match role.is_staff() {
        true => session::shorten(tx, &membership.person)?,
        false => session::act_for(tx, &membership.person, &membership.organisation)?,
    }
    tx.record(&MembershipAdded {
        organisation: &membership.organisation,
        membership: &membership.id,
        person: &membership.person,
        role,
        until,
    })?;
    Ok(membership)
}

fn insert(tx: &mut Tx<'_>, membership: &Membership) -> Result<()> {
    let Membership { id, person, organisation, role, from, until } = membership;
    tx.execute(
        "INSERT INTO base_memberships (id, person, organisation, role, from_at, until_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[id, person, organisation, &role.code(), from, until],
    )?;
    Ok(())
}

/// The desk arranges everything; the head of an agency the people who buy for it.
fn may_arrange(read: &Read<'_>, organisation: &OrganisationId, role: Role) -> Result<()> {
    if require(read, MANAGE).is_ok() {
        return Ok(());
    }
    require(read, AGENCY_PEOPLE)?;
    let own = read.actor().on_behalf_of.as_deref() == Some(organisation.as_str());
    let buys = post::of(role).held_in == [OrganisationKind::Agency];
    if own && buys { Ok(()) } else { Err(Error::Forbidden) }
}

/// The membership, or `NotFound`.
pub fn find(read: &mut Read<'_>, id: &MembershipId) -> Result<Membership> {
    let membership = read.first(
        "SELECT id, person, organisation, role, from_at, until_at FROM base_memberships
         WHERE id = $1",
        &[id],
    )?;
    membership.ok_or(Error::NotFound)
}

/// What a person holds now.
pub fn of_person(read: &mut Read<'_>, person: &PersonId) -> Result<Vec<Membership>> {
    let now = Timestamp::of(read);
    let all: Vec<Membership> = read.all(
        "SELECT id, person, organisation, role, from_at, until_at FROM base_memberships
         WHERE person = $1 AND (until_at IS NULL OR until_at > $2) ORDER BY from_at, id",
        &[person, &now],
    )?;
    Ok(all.into_iter().filter(|membership| membership.holds(now)).collect())
}

/// What a person holds now, with names, by organisation.
pub fn listed_of_person(read: &mut Read<'_>, person: &PersonId) -> Result<Vec<Listed>> {
    let now = Timestamp::of(read);
    Ok(read.all(
        "SELECT m.id, m.person, m.organisation, m.role, m.from_at, m.until_at, p.name, o.name, o.kind
         FROM base_memberships m JOIN base_people p ON p.id = m.person
         JOIN base_organisations o ON o.id = m.organisation
         WHERE m.person = $1 AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)
         ORDER BY o.name_key, o.id, m.id",
        &[person, &now],
    )?)
}

/// Who holds what in an organisation now, by name. For the desk and the organisation itself.
pub fn listed_of_organisation(
    read: &mut Read<'_>,
    organisation: &OrganisationId,
) -> Result<Vec<Listed>> {
    let own = read.actor().on_behalf_of.as_deref() == Some(organisation.as_str());
    if !(own && require(read, AGENCY_PEOPLE).is_ok()) {
        require(read, MANAGE)?;
    }
    let now = Timestamp::of(read);
    Ok(read.all(
        "SELECT m.id, m.person, m.organisation, m.role, m.from_at, m.until_at, p.name, o.name, o.kind
         FROM base_memberships m JOIN base_people p ON p.id = m.person
         JOIN base_organisations o ON o.id = m.organisation
         WHERE m.organisation = $1 AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)
         ORDER BY p.name_key, m.id LIMIT $3",
        &[organisation, &now, &MEMBERS_MAX],
    )?)
}

/// Whether somebody holds this role there now. Asks for no permission.
pub fn holds(
    read: &mut Read<'_>,
    person: &PersonId,
    organisation: &OrganisationId,
    role: Role,
) -> Result<bool> {
    let held = of_person(read, person)?;
    Ok(held.iter().any(|it| it.organisation == *organisation && it.role == role))
}

/// People who hold a role in an organisation now: whom a reminder goes to. Asks for no permission.
pub fn holders(
    read: &mut Read<'_>,
    organisation: &OrganisationId,
    role: Role,
) -> Result<Vec<PersonId>> {
    let now = Timestamp::of(read);
    let rows: Vec<(PersonId,)> = read.all(
        "SELECT person FROM base_memberships WHERE organisation = $1 AND role = $2
         AND from_at <= $3 AND (until_at IS NULL OR until_at > $3) ORDER BY id LIMIT $4",
        &[organisation, &role.code(), &now, &MEMBERS_MAX],
    )?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// The organisations a person can act for now, each with the roles held there.
pub fn places(read: &mut Read<'_>, person: &PersonId) -> Result<Vec<(Organisation, Vec<Role>)>> {
    let mut places: Vec<(Organisation, Vec<Role>)> = Vec::new();
    for membership in of_person(read, person)? {
        let known = places.iter().position(|(place, _)| place.id == membership.organisation);
        match known {
            Some(index) => places[index].1.push(membership.role),
            None => {
                let place = organisation::find(read, &membership.organisation)?;
                places.push((place, vec![membership.role]));
            }
        }
    }
    Ok(places)
}
