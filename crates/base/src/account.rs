//! Who people are, where they belong, what they may do there, and how they prove it: accounts,
//! organisations, memberships, passwords, second factors, sessions and tokens of programs.

pub mod api_token;
pub mod attempt;
mod contact;
mod events;
pub mod look;
pub mod membership;
pub mod organisation;
pub mod password;
pub mod person;
pub mod post;
pub mod recovery;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod totp;

pub use contact::{Email, Identifier, PersonName, Phone};
pub use membership::{Membership, MembershipId};
pub use organisation::{Organisation, OrganisationId, OrganisationKind};
pub use person::{Person, PersonId};
pub use session::{SessionId, SessionView};

use db::{Read, Tx};

use crate::{Error, Grant, Permission, Result, Role};

/// Opens accounts and organisations, gives and ends roles, helps who lost the way in.
pub const MANAGE: Permission = Permission("account.manage");
/// Gives and ends the roles of the own agency.
pub const AGENCY_PEOPLE: Permission = Permission("agency.people");

/// The codes of everything a role may do, from the grants of all areas.
pub fn grants_of(role: Role, grants: &[Grant]) -> Vec<String> {
    let of_role = grants.iter().filter(|grant| grant.role == role);
    of_role.flat_map(|grant| grant.permissions).map(|permission| permission.0.to_owned()).collect()
}

/// The person who acts, or `Unauthenticated` when it is a visitor or the program itself.
pub fn acting_person(read: &Read<'_>) -> Result<PersonId> {
    PersonId::parse(&read.actor().id).ok_or(Error::Unauthenticated)
}

/// A person acts for themselves; the program may act for them.
fn require_self(read: &Read<'_>, person: &PersonId) -> Result<()> {
    match read.actor() {
        actor if actor.is_system() || actor.id == person.as_str() => Ok(()),
        actor if actor.id == "visitor" => Err(Error::Unauthenticated),
        _ => Err(Error::Forbidden),
    }
}

/// Rows removed by one `prune`.
const PRUNED_MAX: i64 = 500;

/// Removes sessions, devices, links and counted attempts that have run out. Called now and then;
/// nothing depends on when.
pub fn prune(tx: &mut Tx<'_>) -> Result<()> {
    let now_ms = tx.now_ms();
    for sql in [
        "DELETE FROM base_attempts WHERE scope IN (SELECT scope FROM base_attempts
         WHERE empty_at < $1 ORDER BY empty_at LIMIT $2) RETURNING scope",
        "DELETE FROM base_sessions WHERE token_hash IN (SELECT token_hash FROM base_sessions
         WHERE expires_at < $1 ORDER BY expires_at LIMIT $2) RETURNING token_hash",
        "DELETE FROM base_devices WHERE token_hash IN (SELECT token_hash FROM base_devices
         WHERE expires_at < $1 ORDER BY expires_at LIMIT $2) RETURNING token_hash",
        "DELETE FROM base_resets WHERE token_hash IN (SELECT token_hash FROM base_resets
         WHERE expires_at < $1 ORDER BY expires_at LIMIT $2) RETURNING token_hash",
    ] {
        tx.housekeep::<(String,)>(sql, &[&now_ms, &PRUNED_MAX])?;
    }
    Ok(())
}

/// A text as the start of a search: lower case, single spaces.
fn name_key(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// `%text%` for `LIKE … ESCAPE '!'`.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in name_key(text).chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_text_cannot_be_a_pattern() {
        assert_eq!(containing(" Siti  100%_! "), "%siti 100!%!_!!%");
    }

    #[test]
    fn a_role_gets_what_the_areas_grant_it() {
        let grants = [Grant { role: Role::CityAdmin, permissions: &[MANAGE] }];
        assert_eq!(grants_of(Role::CityAdmin, &grants), ["account.manage"]);
        assert!(grants_of(Role::Owner, &grants).is_empty());
    }
}
