//! A way back in for who lost the password: a link by letter, or a link given at the desk to somebody
//! whose identity card was seen. It works once and not for long. The second factor stays.

use db::{Read, Tx};

use super::attempt::{self, Scope};
use super::events::ResetIssued;
use super::{Identifier, MANAGE, Person, PersonId, password, person, session};
use crate::{Error, Result, Timestamp, require};

const MINUTE_MS: i64 = 60 * 1000;
/// A link in a letter works for this long.
pub const LETTER_MS: i64 = 30 * MINUTE_MS;
/// A link from the desk works for this long.
pub const DESK_MS: i64 = 24 * 60 * MINUTE_MS;

/// Somebody asks for a letter.
#[derive(Debug, Clone)]
pub struct Ask {
    pub identifier: Identifier,
    pub network: String,
    /// The hash of the token in the link.
    pub token_hash: String,
}

/// What is to be done about it. The page says the same in each case but the last.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Send the link to this person's address.
    Write(Box<Person>),
    /// Nobody is known by it, or they have no address for letters.
    Silence,
    /// Asked too often.
    Shut { retry_at: Timestamp },
}

/// Makes a link if somebody can be written to.
pub fn ask(tx: &mut Tx<'_>, cmd: &Ask) -> Result<Answer> {
    let scopes = [
        Scope::of("reset", cmd.identifier.as_str(), attempt::RESET_IDENTIFIER),
        Scope::of("reset-network", &cmd.network, attempt::RESET_NETWORK),
    ];
    if let Some(retry_at) = attempt::count(tx, &scopes)? {
        return Ok(Answer::Shut { retry_at });
    }
    let person = person::by_identifier(tx, &cmd.identifier)?;
    let Some(person) = person.filter(|person| person.email.is_some()) else {
        return Ok(Answer::Silence);
    };
    insert(tx, &person.id, &cmd.token_hash, Way::Letter)?;
    tx.record(&ResetIssued { person: &person.id, by_desk: false })?;
    Ok(Answer::Write(Box::new(person)))
}

/// The desk makes a link for somebody who stands there with an identity card. It ends every link
/// before it.
pub fn issue_at_desk(tx: &mut Tx<'_>, person: &PersonId, token_hash: &str) -> Result<()> {
    require(tx, MANAGE)?;
    if tx.actor().id == person.as_str() {
        return Err(Error::Refused("account-not-for-yourself"));
    }
    person::find(tx, person)?;
    insert(tx, person, token_hash, Way::Desk)?;
    tx.record(&ResetIssued { person, by_desk: true })?;
    Ok(())
}

/// How a link reaches whoever it is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Letter,
    Desk,
}

/// One link at a time. Only a letter leaves the desk's link alone: anybody may ask for letters, and
/// would take away what somebody was given by hand.
fn insert(tx: &mut Tx<'_>, person: &PersonId, token_hash: &str, way: Way) -> Result<()> {
    let now = Timestamp::of(tx);
    let (by_desk, lives_ms) = match way {
        Way::Letter => (false, LETTER_MS),
        Way::Desk => (true, DESK_MS),
    };
    tx.execute(
        "UPDATE base_resets SET used_at = $1
         WHERE person = $2 AND used_at IS NULL AND (by_desk = FALSE OR $3)",
        &[&now, person, &by_desk],
    )?;
    let expires_at = now.as_ms() + lives_ms;
    tx.execute(
        "INSERT INTO base_resets (token_hash, person, expires_at, by_desk)
         VALUES ($1, $2, $3, $4)",
        &[&token_hash, person, &expires_at, &by_desk],
    )?;
    Ok(())
}

/// Whose password a link sets; `account-link-expired` when it was used or is too old.
pub fn holder(read: &mut Read<'_>, token_hash: &str) -> Result<Person> {
    let now_ms = read.now_ms();
    let row: Option<(PersonId,)> = read.first(
        "SELECT person FROM base_resets
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
        &[&token_hash, &now_ms],
    )?;
    let (person,) = row.ok_or(Error::Refused("account-link-expired"))?;
    person::find(read, &person)
}

/// Sets the new password. Every link and every session of the person ends.
pub fn redeem(tx: &mut Tx<'_>, token_hash: &str, hash: &password::Hash) -> Result<PersonId> {
    let person = holder(tx, token_hash)?.id;
    let now = Timestamp::of(tx);
    tx.execute(
        "UPDATE base_resets SET used_at = $1 WHERE person = $2 AND used_at IS NULL",
        &[&now, &person],
    )?;
    password::store(tx, &person, hash, true)?;
    session::end_others(tx, &person, None)?;
    Ok(person)
}
