//! Sessions: who is signed in in which browser, for whom they act there, until when. The cookie holds
//! a token, the database only its hash.

use db::{FromRow, Read, Row, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use super::events::SignedOutElsewhere;
use super::{
    MembershipId, Organisation, OrganisationId, PersonId, acting_person, grants_of, membership,
    require_self,
};
use crate::{Actor, Error, Grant, Id, Result, Role, Timestamp};

/// The identity of a session; not its secret.
pub type SessionId = Id<Listed>;

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
/// The moment of the last request is written at most this often.
pub const TOUCH_MS: i64 = MINUTE_MS;
/// Sessions of one person in one answer.
const LISTED_MAX: i64 = 50;
const DEVICE_CHARS_MAX: usize = 80;

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Without a request for this long it ends.
    pub idle_ms: i64,
    /// In any case it ends after this long.
    pub whole_ms: i64,
}

impl Length {
    /// Officers: a working day.
    pub const STAFF: Length = Length { idle_ms: 4 * HOUR_MS, whole_ms: 12 * HOUR_MS };
    /// Somebody's own phone.
    pub const OWN: Length = Length { idle_ms: 30 * DAY_MS, whole_ms: 180 * DAY_MS };
    /// Somebody else's phone or computer.
    pub const BORROWED: Length = Length { idle_ms: 30 * MINUTE_MS, whole_ms: 12 * HOUR_MS };
}

/// What every request needs to know about who asks.
#[derive(Debug, Clone)]
pub struct SessionView {
    pub session: SessionId,
    pub person: PersonId,
    pub name: String,
    pub language: String,
    pub theme: String,
    /// The first of the memberships in force.
    pub membership: Option<MembershipId>,
    /// For whom they act.
    pub organisation: Option<Organisation>,
    /// All roles they hold there now.
    pub roles: Vec<Role>,
    /// An officer who has not shown a second factor: may set one up, and nothing else.
    pub staff_pending_totp: bool,
    /// The last request is long enough ago to write this one down: call `touch`.
    pub touch_due: bool,
}

impl SessionView {
    /// Who acts, with what the areas grant to the roles; nothing while the second factor is missing.
    pub fn actor(&self, grants: &[Grant]) -> Actor {
        let roles = if self.staff_pending_totp { &[][..] } else { &self.roles };
        let codes = roles.iter().flat_map(|role| grants_of(*role, grants));
        let organisation = self.organisation.as_ref().map(|it| it.id.to_string());
        Actor::person(self.person.as_str(), organisation, codes)
    }
}

struct Admitted {
    view: SessionView,
    role: Option<Role>,
    proven: bool,
}

impl FromRow for Admitted {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        let view = SessionView {
            session: row.take()?,
            person: row.take()?,
            name: row.take()?,
            language: row.take()?,
            theme: row.take()?,
            touch_due: row.take()?,
            membership: row.take()?,
            organisation: None,
            roles: Vec::new(),
            staff_pending_totp: false,
        };
        let (proven, role) = (row.take()?, row.take()?);
        let organisation = row.take::<Option<OrganisationId>>()?;
        let organisation = match organisation {
            Some(id) => Some(Organisation {
                id,
                kind: row.take()?,
                name: row.take()?,
                code: row.take()?,
                reference: row.take()?,
            }),
            None => None,
        };
        Ok(Admitted { view: SessionView { organisation, ..view }, role, proven })
    }
}

/// Who holds this token, if the session goes on. One query for every request.
pub fn admit(read: &mut Read<'_>, token_hash: &str) -> Result<Option<SessionView>> {
    let now_ms = read.now_ms();
    let rows: Vec<Admitted> = read.all(
        "SELECT s.id, s.person, p.name, p.language, p.theme, s.seen_at < $2 - $3, m.id,
                s.proven_at IS NOT NULL, m.role, o.id, o.kind, o.name, o.code, o.reference
         FROM base_sessions s
         JOIN base_people p ON p.id = s.person
         LEFT JOIN base_memberships m ON m.person = s.person AND m.organisation = s.organisation
              AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)
         LEFT JOIN base_organisations o ON o.id = m.organisation
         WHERE s.token_hash = $1 AND s.stage = 'full' AND s.expires_at > $2
               AND s.seen_at + s.idle_ms > $2
         ORDER BY m.id NULLS LAST",
        &[&token_hash, &now_ms, &TOUCH_MS],
    )?;
    let roles: Vec<Role> = rows.iter().filter_map(|row| row.role).collect();
    Ok(rows.into_iter().next().map(|first| SessionView {
        staff_pending_totp: !first.proven && roles.iter().any(|role| role.is_staff()),
        roles,
        ..first.view
    }))
}

/// Writes down that the session is in use.
pub fn touch(tx: &mut Tx<'_>, session: &SessionId) -> Result<()> {
    let now_ms = tx.now_ms();
    tx.housekeep::<(String,)>(
        "UPDATE base_sessions SET seen_at = $1 WHERE id = $2 AND seen_at < $1 RETURNING id",
        &[&now_ms, session],
    )?;
    Ok(())
}

/// A session as its owner sees it in the list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Listed {
    pub id: SessionId,
    /// `Chrome, Android`.
    pub device: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    /// Whether a second factor was shown.
    pub proven: bool,
}

impl FromRow for Listed {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Listed {
            id: row.take()?,
            device: row.take()?,
            created_at: row.take()?,
            seen_at: row.take()?,
            proven: row.take()?,
        })
    }
}

/// Where a person is signed in now, newest first.
pub fn of_person(read: &mut Read<'_>, person: &PersonId) -> Result<Vec<Listed>> {
    let now_ms = read.now_ms();
    Ok(read.all(
        "SELECT id, device, created_at, seen_at, proven_at IS NOT NULL FROM base_sessions
         WHERE person = $1 AND stage = 'full' AND expires_at > $2 AND seen_at + idle_ms > $2
         ORDER BY created_at DESC, id DESC LIMIT $3",
        &[person, &now_ms, &LISTED_MAX],
    )?)
}

pub(super) fn device_of(read: &mut Read<'_>, session: &SessionId) -> Result<String> {
    let row: Option<(String,)> =
        read.first("SELECT device FROM base_sessions WHERE id = $1", &[session])?;
    Ok(row.map(|(device,)| device).unwrap_or_default())
}

pub(super) struct Opening<'a> {
    pub(super) person: &'a PersonId,
    pub(super) token_hash: &'a str,
    pub(super) device: &'a str,
    pub(super) stay: bool,
    /// Whether a second factor is still to be shown.
    pub(super) awaits_code: bool,
}

/// How long a session may wait for its second factor.
pub(super) const CODE_WAIT_MS: i64 = 10 * MINUTE_MS;

/// Writes a new session; tells how long its cookie lives.
pub(super) fn open(tx: &mut Tx<'_>, opening: &Opening<'_>) -> Result<Length> {
    let held = membership::of_person(tx, opening.person)?;
    let length = length_of(held.iter().map(|it| it.role), opening.stay);
    let last: Option<(Option<OrganisationId>,)> =
        tx.first("SELECT organisation FROM base_people WHERE id = $1", &[opening.person])?;
    let last = last.and_then(|(organisation,)| organisation);
    let last = last.filter(|last| held.iter().any(|it| it.organisation == *last));
    let organisation = last.or_else(|| held.first().map(|it| it.organisation.clone()));
    let (id, now_ms): (SessionId, i64) = (tx.new_id(), tx.now_ms());
    let stage = if opening.awaits_code { "code" } else { "full" };
    let whole_ms = if opening.awaits_code { CODE_WAIT_MS } else { length.whole_ms };
    let device: String = opening.device.chars().take(DEVICE_CHARS_MAX).collect();
    tx.housekeep::<(String,)>(
        "INSERT INTO base_sessions (token_hash, id, person, organisation, stage, device,
         created_at, seen_at, idle_ms, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9) RETURNING id",
        &[
            &opening.token_hash,
            &id,
            opening.person,
            &organisation,
            &stage,
            &device,
            &now_ms,
            &length.idle_ms,
            &(now_ms + whole_ms),
        ],
    )?;
    Ok(length)
}

fn length_of(mut roles: impl Iterator<Item = Role>, stay: bool) -> Length {
    match stay {
        _ if roles.any(Role::is_staff) => Length::STAFF,
        true => Length::OWN,
        false => Length::BORROWED,
    }
}

/// The session waiting for a second factor becomes a full one, under a new token.
pub(super) fn complete(tx: &mut Tx<'_>, waiting: &SessionId, token_hash: &str) -> Result<Length> {
    let row: Option<(PersonId, i64)> =
        tx.first("SELECT person, idle_ms FROM base_sessions WHERE id = $1", &[waiting])?;
    let (person, idle_ms) = row.ok_or(Error::Unauthenticated)?;
    let roles = membership::of_person(tx, &person)?;
    let stay = idle_ms > Length::BORROWED.idle_ms;
    let length = length_of(roles.iter().map(|it| it.role), stay);
    let now_ms = tx.now_ms();
    tx.housekeep::<(String,)>(
        "UPDATE base_sessions SET token_hash = $1, stage = 'full', proven_at = $2, created_at = $2,
         seen_at = $2, idle_ms = $3, expires_at = $4 WHERE id = $5 RETURNING id",
        &[&token_hash, &now_ms, &length.idle_ms, &(now_ms + length.whole_ms), waiting],
    )?;
    Ok(length)
}

/// The session has now shown a second factor, and gets a new token.
pub(super) fn prove(tx: &mut Tx<'_>, session: &SessionId, token_hash: &str) -> Result<()> {
    let now_ms = tx.now_ms();
    let rows = tx.housekeep::<(String,)>(
        "UPDATE base_sessions SET proven_at = $1, token_hash = $2 WHERE id = $3 RETURNING id",
        &[&now_ms, &token_hash, session],
    )?;
    if rows.is_empty() { Err(Error::Unauthenticated) } else { Ok(()) }
}

/// The person acts for another of their organisations, under a new token.
pub fn switch(
    tx: &mut Tx<'_>,
    session: &SessionId,
    organisation: &OrganisationId,
    token_hash: &str,
) -> Result<()> {
    let person = acting_person(tx)?;
    let held = membership::of_person(tx, &person)?;
    if !held.iter().any(|it| it.organisation == *organisation) {
        return Err(Error::NotFound);
    }
    let rows = tx.housekeep::<(String,)>(
        "UPDATE base_sessions SET organisation = $1, token_hash = $2
         WHERE id = $3 AND person = $4 RETURNING id",
        &[organisation, &token_hash, session, &person],
    )?;
    if rows.is_empty() {
        return Err(Error::Unauthenticated);
    }
    tx.housekeep::<(String,)>(
        "UPDATE base_people SET organisation = $1 WHERE id = $2 RETURNING id",
        &[organisation, &person],
    )?;
    Ok(())
}

/// An owner's sessions that act for nobody yet act for the new business.
pub(super) fn act_for(
    tx: &mut Tx<'_>,
    person: &PersonId,
    organisation: &OrganisationId,
) -> Result<()> {
    tx.housekeep::<(String,)>(
        "UPDATE base_sessions SET organisation = $1 WHERE person = $2 AND organisation IS NULL
         RETURNING id",
        &[organisation, person],
    )?;
    Ok(())
}

/// Signs out here.
pub fn end(tx: &mut Tx<'_>, token_hash: &str) -> Result<()> {
    tx.housekeep::<(String,)>(
        "DELETE FROM base_sessions WHERE token_hash = $1 RETURNING id",
        &[&token_hash],
    )?;
    Ok(())
}

/// Ends one of a person's own sessions.
pub fn end_one(tx: &mut Tx<'_>, person: &PersonId, session: &SessionId) -> Result<()> {
    require_self(tx, person)?;
    let rows =
        tx.execute("DELETE FROM base_sessions WHERE id = $1 AND person = $2", &[session, person])?;
    if rows == 0 {
        return Err(Error::NotFound);
    }
    tx.record(&SignedOutElsewhere { person, sessions: 1 })?;
    Ok(())
}

/// Signs out everywhere else; the devices are strangers again.
pub fn sign_out_elsewhere(tx: &mut Tx<'_>, person: &PersonId, keep: &SessionId) -> Result<i64> {
    require_self(tx, person)?;
    tx.housekeep::<(String,)>(
        "DELETE FROM base_devices WHERE person = $1 RETURNING token_hash",
        &[person],
    )?;
    end_others(tx, person, Some(keep))
}

/// Ends a person's sessions but one.
pub(super) fn end_others(
    tx: &mut Tx<'_>,
    person: &PersonId,
    keep: Option<&SessionId>,
) -> Result<i64> {
    let keep = keep.map_or("", SessionId::as_str);
    let ended =
        tx.execute("DELETE FROM base_sessions WHERE person = $1 AND id <> $2", &[person, &keep])?;
    let sessions = i64::try_from(ended).map_err(Error::broken)?;
    if sessions > 0 {
        tx.record(&SignedOutElsewhere { person, sessions })?;
    }
    Ok(sessions)
}

/// A person became an officer: sessions that would outlast a working day end with it.
pub(super) fn shorten(tx: &mut Tx<'_>, person: &PersonId) -> Result<()> {
    let expires_at = tx.now_ms() + Length::STAFF.whole_ms;
    tx.housekeep::<(String,)>(
        "UPDATE base_sessions SET idle_ms = $1 WHERE person = $2 AND idle_ms > $1 RETURNING id",
        &[&Length::STAFF.idle_ms, person],
    )?;
    tx.housekeep::<(String,)>(
        "UPDATE base_sessions SET expires_at = $1 WHERE person = $2 AND expires_at > $1
         RETURNING id",
        &[&expires_at, person],
    )?;
    Ok(())
}
