//! Tokens with which a program acts for an organisation: with few permissions, for a limited time,
//! and never with more than the person who made them may do on that day.

use db::{FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use super::events::{ApiTokenMade, ApiTokenRevoked};
use super::{MANAGE, OrganisationId, PersonId, acting_person, grants_of, membership, require_self};
use crate::{Actor, Error, Grant, Id, Problem, Result, Role, Timestamp, require};

/// The identity of a token; not its secret.
pub type ApiTokenId = Id<ApiToken>;

/// How every token begins, so that scanners of leaked secrets know it.
pub const PREFIX: &str = "gerai_";
/// Days a token may live.
pub const DAYS_MAX: i64 = 365;
/// Living tokens of one person.
pub const TOKENS_MAX: usize = 20;
const NAME_CHARS_MAX: usize = 80;
const PERMISSIONS_MAX: usize = 60;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The last use is written at most this often.
const TOUCH_MS: i64 = 60 * 1000;

/// A token as its owner sees it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ApiToken {
    pub id: ApiTokenId,
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub name: String,
    pub permissions: Vec<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub used_at: Option<Timestamp>,
}

impl FromRow for ApiToken {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(ApiToken {
            id: row.take()?,
            person: row.take()?,
            organisation: row.take()?,
            name: row.take()?,
            permissions: row.take::<String>()?.split_whitespace().map(str::to_owned).collect(),
            created_at: row.take()?,
            expires_at: row.take()?,
            revoked_at: row.take()?,
            used_at: row.take()?,
        })
    }
}

impl ApiToken {
    /// Whether it still opens anything.
    pub fn lives(&self, at: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at > at
    }
}

/// Makes a token for the organisation one acts for.
#[derive(Debug, Clone)]
pub struct Make {
    pub name: String,
    pub permissions: Vec<String>,
    pub days: i64,
    /// The hash of the token with its prefix; the token itself is shown once.
    pub token_hash: String,
}

/// A person lets a program act for the organisation, with some of their own permissions.
pub fn make(tx: &mut Tx<'_>, cmd: &Make) -> Result<ApiToken> {
    let person = acting_person(tx)?;
    let organisation = tx.actor().on_behalf_of.as_deref().and_then(OrganisationId::parse);
    let organisation = organisation.ok_or(Error::Refused("account-token-no-organisation"))?;
    check(tx, cmd)?;
    let now = Timestamp::of(tx);
    let living = of_person(tx, &person)?.into_iter().filter(|token| token.lives(now)).count();
    if living >= TOKENS_MAX {
        return Err(Error::Refused("account-too-many-tokens"));
    }
    let token = ApiToken {
        id: tx.new_id(),
        person,
        organisation,
        name: cmd.name.trim().to_owned(),
        permissions: cmd.permissions.clone(),
        created_at: now,
        expires_at: now.plus_ms(cmd.days * DAY_MS),
        revoked_at: None,
        used_at: None,
    };
    insert(tx, &token, &cmd.token_hash)?;
    let ApiToken { id, organisation, name, permissions, .. } = &token;
    tx.record(&ApiTokenMade { organisation, token: id, name, permissions })?;
    Ok(token)
}

fn check(read: &Read<'_>, cmd: &Make) -> Result<()> {
    let mut problems = Vec::new();
    let length = cmd.name.trim().chars().count();
    if length == 0 || length > NAME_CHARS_MAX {
        problems.push(Problem::with("name", "account-token-name-length", NAME_CHARS_MAX));
    }
    if !(1..=DAYS_MAX).contains(&cmd.days) {
        problems.push(Problem::with("days", "account-token-days", DAYS_MAX));
    }
    let held = |code: &String| read.actor().may(code) && !code.contains(char::is_whitespace);
    if cmd.permissions.is_empty() || cmd.permissions.len() > PERMISSIONS_MAX {
        problems.push(Problem::new("permissions", "account-token-permissions-missing"));
    } else if !cmd.permissions.iter().all(held) {
        problems.push(Problem::new("permissions", "account-token-permissions-beyond"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

fn insert(tx: &mut Tx<'_>, token: &ApiToken, token_hash: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO base_api_tokens
         (id, token_hash, person, organisation, name, permissions, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &token.id,
            &token_hash,
            &token.person,
            &token.organisation,
            &token.name,
            &token.permissions.join(" "),
            &token.created_at,
            &token.expires_at,
        ],
    )?;
    Ok(())
}

/// The tokens a person made, newest first.
pub fn of_person(read: &mut Read<'_>, person: &PersonId) -> Result<Vec<ApiToken>> {
    Ok(read.all(
        "SELECT id, person, organisation, name, permissions, created_at, expires_at, revoked_at,
                used_at
         FROM base_api_tokens WHERE person = $1 ORDER BY id DESC LIMIT 100",
        &[person],
    )?)
}

/// The token opens nothing any more. By whoever made it, or the desk.
pub fn revoke(tx: &mut Tx<'_>, id: &ApiTokenId) -> Result<()> {
    let row: Option<(PersonId, OrganisationId)> =
        tx.first("SELECT person, organisation FROM base_api_tokens WHERE id = $1", &[id])?;
    let (person, organisation) = row.ok_or(Error::NotFound)?;
    if require_self(tx, &person).is_err() && require(tx, MANAGE).is_err() {
        return Err(Error::NotFound);
    }
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE base_api_tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL",
        &[&now, id],
    )?;
    if rows == 1 {
        tx.record(&ApiTokenRevoked { organisation: &organisation, token: id })?;
    }
    Ok(())
}

/// What a request with a token needs to know.
#[derive(Debug, Clone)]
pub struct TokenView {
    pub token: ApiTokenId,
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub permissions: Vec<String>,
    /// The roles its maker holds there now.
    pub roles: Vec<Role>,
    /// The last use is long enough ago to write this one down: call `touch`.
    pub touch_due: bool,
}

impl TokenView {
    /// Who acts: the maker, with what the token allows of what the roles are granted.
    pub fn actor(&self, grants: &[Grant]) -> Actor {
        let granted: Vec<String> =
            self.roles.iter().flat_map(|role| grants_of(*role, grants)).collect();
        let codes = self.permissions.iter().filter(|code| granted.contains(code)).cloned();
        Actor::person(self.person.as_str(), Some(self.organisation.to_string()), codes)
    }
}

/// Whose program holds this token, while it lives and its maker still belongs there.
pub fn admit(read: &mut Read<'_>, token_hash: &str) -> Result<Option<TokenView>> {
    let now = Timestamp::of(read);
    let token: Option<ApiToken> = read.first(
        "SELECT id, person, organisation, name, permissions, created_at, expires_at, revoked_at,
                used_at
         FROM base_api_tokens WHERE token_hash = $1",
        &[&token_hash],
    )?;
    let Some(token) = token.filter(|token| token.lives(now)) else { return Ok(None) };
    let held = membership::of_person(read, &token.person)?;
    let here = held.into_iter().filter(|it| it.organisation == token.organisation);
    let roles: Vec<Role> = here.map(|it| it.role).collect();
    if roles.is_empty() {
        return Ok(None);
    }
    let touch_due = token.used_at.is_none_or(|used_at| used_at.plus_ms(TOUCH_MS) < now);
    let ApiToken { id, person, organisation, permissions, .. } = token;
    Ok(Some(TokenView { token: id, person, organisation, permissions, roles, touch_due }))
}

/// Writes down that the token is in use.
pub fn touch(tx: &mut Tx<'_>, id: &ApiTokenId) -> Result<()> {
    let now = Timestamp::of(tx);
    tx.housekeep::<(String,)>(
        "UPDATE base_api_tokens SET used_at = $1 WHERE id = $2 RETURNING id",
        &[&now, id],
    )?;
    Ok(())
}
