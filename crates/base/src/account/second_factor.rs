//! The second factor: an authenticator app, and eight codes on paper for when the phone is lost.

use std::sync::Arc;

use data_encoding::BASE32_NOPAD;
use db::{FromRow, Read, Row, Tx};

use super::attempt::{self, Scope};
use super::events::{RecoveryCodeUsed, RecoveryCodesMade, SecondFactorOff, SecondFactorOn};
use super::sign_in::Prove;
use super::totp::Secret;
use super::{MANAGE, PersonId, SessionId, person, require_self, session};
use crate::keyring::Keyring;
use crate::safe::{Kept, Safe};
use crate::{Error, Result, Timestamp, require};

/// Codes on the paper.
pub const RECOVERY_CODES: usize = 8;
/// 50 bits: ten characters, found in the database only with the city's key.
const RECOVERY_CODE_CHARS: usize = 10;
const RECOVERY_CODE_BYTES: usize = 7;
const SECRET_PURPOSE: &str = "account.second_factor";
const RECOVERY_PURPOSE: &str = "account.recovery_code";

/// Whether a person has a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Since when it is asked; `None`: it is not.
    pub since: Option<Timestamp>,
    /// Recovery codes that are left.
    pub codes_left: i64,
}

#[derive(Default)]
struct Factor {
    secret: Option<Vec<u8>>,
    pending: Option<Vec<u8>>,
    since: Option<Timestamp>,
    last_step: i64,
}

impl FromRow for Factor {
    fn from_row(row: &mut Row<'_>) -> Result<Self, db::Error> {
        Ok(Factor {
            secret: row.take()?,
            pending: row.take()?,
            since: row.take()?,
            last_step: row.take()?,
        })
    }
}

fn factor(read: &mut Read<'_>, person: &PersonId) -> Result<Factor> {
    let factor = read.first(
        "SELECT secret, pending, confirmed_at, last_step FROM base_second_factors WHERE person = $1",
        &[person],
    )?;
    Ok(factor.unwrap_or_default())
}

/// Whether this person has one, and how many codes are left.
pub fn standing(read: &mut Read<'_>, person: &PersonId) -> Result<Standing> {
    let since = factor(read, person)?.since;
    let row: Option<(i64,)> = read.first(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM base_recovery_codes
         WHERE person = $1 AND used_at IS NULL",
        &[person],
    )?;
    Ok(Standing { since, codes_left: row.map_or(0, |(count,)| count) })
}

/// A secret sealed for storing. Made before the transaction: sealing takes chance.
pub fn seal(keys: &Keyring, secret: &Secret) -> Result<Vec<u8>> {
    let sealed = keys.seal(SECRET_PURPOSE, &secret.text(), "").map_err(Error::broken)?;
    Ok(sealed.ciphertext)
}

fn open(keys: &Keyring, sealed: &[u8]) -> Result<Secret> {
    let text = keys.open(SECRET_PURPOSE, sealed).map_err(Error::broken)?;
    Secret::parse(&text).ok_or_else(|| Error::broken("a stored second factor is not base32"))
}

/// Remembers a new secret until its first code confirms it. Asking twice gives the same one, so
/// that a page shown again fits the app that already took it.
pub fn begin(tx: &mut Tx<'_>, keys: &Keyring, person: &PersonId, sealed: &[u8]) -> Result<Secret> {
    require_self(tx, person)?;
    if let Some(pending) = factor(tx, person)?.pending {
        return open(keys, &pending);
    }
    tx.housekeep::<(String,)>(
        "INSERT INTO base_second_factors (person, pending, last_step)
         VALUES ($1, $2, CAST(0 AS BIGINT))
         ON CONFLICT (person) DO UPDATE SET pending = excluded.pending RETURNING person",
        &[person, &sealed],
    )?;
    open(keys, sealed)
}

/// The secret that waits for its first code.
pub fn pending(read: &mut Read<'_>, keys: &Keyring, person: &PersonId) -> Result<Option<Secret>> {
    require_self(read, person)?;
    let pending = factor(read, person)?.pending;
    pending.map(|sealed| open(keys, &sealed)).transpose()
}

/// The secrets in use.
pub const SECRETS: Safe = Safe {
    name: "base.second_factors.secret",
    purpose: SECRET_PURPOSE,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT person, secret FROM base_second_factors
             WHERE secret IS NOT NULL AND person > $1 ORDER BY person LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE base_second_factors SET secret = $1 WHERE person = $2 AND secret = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};

/// The secrets that wait for their first code.
pub const PENDING: Safe = Safe {
    name: "base.second_factors.pending",
    purpose: SECRET_PURPOSE,
    kept: Kept::InRow,
    page: |read, after, limit| {
        Ok(read.all(
            "SELECT person, pending FROM base_second_factors
             WHERE pending IS NOT NULL AND person > $1 ORDER BY person LIMIT $2",
            &[&after, &limit],
        )?)
    },
    replace: |tx, swap| {
        Ok(tx.execute(
            "UPDATE base_second_factors SET pending = $1 WHERE person = $2 AND pending = $3",
            &[&swap.new, &swap.key, &swap.old],
        )?)
    },
};

/// The codes on paper, as they are shown once.
pub fn recovery_codes() -> Vec<String> {
    let code = || {
        let mut bytes = [0; RECOVERY_CODE_BYTES];
        getrandom::fill(&mut bytes).expect("the system gives randomness, or nothing here is safe");
        let text = BASE32_NOPAD.encode(&bytes).to_lowercase();
        format!("{}-{}", &text[..5], &text[5..RECOVERY_CODE_CHARS])
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

fn blind(keys: &Keyring, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    keys.blind(RECOVERY_PURPOSE, &plain.to_lowercase())
}

/// What turns a pending second factor on.
#[derive(Debug, Clone)]
pub struct Confirm {
    pub person: PersonId,
    /// What the app shows.
    pub code: String,
    /// New codes for the paper, from `recovery_codes`.
    pub recovery_codes: Vec<String>,
    /// The session it is done in: from now on proven, and with a new token.
    pub session: SessionId,
    pub token_hash: String,
}

/// The first code was right: it is asked from now on. False when it was wrong.
pub fn confirm(tx: &mut Tx<'_>, keys: &Arc<Keyring>, cmd: &Confirm) -> Result<bool> {
    require_self(tx, &cmd.person)?;
    let factor = factor(tx, &cmd.person)?;
    let pending = factor.pending.ok_or(Error::Refused("account-second-factor-not-begun"))?;
    let secret = open(keys, &pending)?;
    let Some(step) = secret.accepts(&plain(&cmd.code), tx.now_ms(), 0) else {
        return Ok(false);
    };
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE base_second_factors SET secret = pending, pending = NULL, confirmed_at = $1,
         last_step = $2 WHERE person = $3",
        &[&now, &step, &cmd.person],
    )?;
    assert_eq!(rows, 1, "the factor was just read");
    write_codes(tx, keys, &cmd.person, &cmd.recovery_codes)?;
    session::prove(tx, &cmd.session, &cmd.token_hash)?;
    session::end_others(tx, &cmd.person, Some(&cmd.session))?;
    tx.record(&SecondFactorOn { person: &cmd.person })?;
    Ok(true)
}

/// Gives a person a confirmed second factor without a page: the demo and the command line.
pub fn install(tx: &mut Tx<'_>, person: &PersonId, sealed: &[u8]) -> Result<()> {
    if !tx.actor().is_system() {
        return Err(Error::Forbidden);
    }
    person::find(tx, person)?;
    let now = Timestamp::of(tx);
    tx.execute(
        "INSERT INTO base_second_factors (person, secret, confirmed_at, last_step)
         VALUES ($1, $2, $3, CAST(0 AS BIGINT))
         ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, pending = NULL,
         confirmed_at = excluded.confirmed_at",
        &[person, &sealed, &now],
    )?;
    tx.record(&SecondFactorOn { person })?;
    Ok(())
}

/// Replaces the codes on paper.
pub fn renew_codes(
    tx: &mut Tx<'_>,
    keys: &Keyring,
    person: &PersonId,
    codes: &[String],
) -> Result<()> {
    require_self(tx, person)?;
    if factor(tx, person)?.secret.is_none() {
        return Err(Error::Refused("account-second-factor-missing"));
    }
    write_codes(tx, keys, person, codes)?;
    tx.record(&RecoveryCodesMade { person })?;
    Ok(())
}

fn write_codes(tx: &mut Tx<'_>, keys: &Keyring, person: &PersonId, codes: &[String]) -> Result<()> {
    assert!(codes.len() <= RECOVERY_CODES, "a paper has room for {RECOVERY_CODES} codes");
    forget_codes(tx, person)?;
    for code in codes {
        tx.execute(
            "INSERT INTO base_recovery_codes (person, blind) VALUES ($1, $2)",
            &[person, &blind(keys, code)],
        )?;
    }
    Ok(())
}

fn forget_codes(tx: &mut Tx<'_>, person: &PersonId) -> Result<()> {
    tx.housekeep::<(String,)>(
        "DELETE FROM base_recovery_codes WHERE person = $1 RETURNING blind",
        &[person],
    )?;
    Ok(())
}

/// The desk takes a lost second factor away after checking who stands there. Sessions end.
pub fn remove(tx: &mut Tx<'_>, person: &PersonId) -> Result<()> {
    require(tx, MANAGE)?;
    if tx.actor().id == person.as_str() {
        return Err(Error::Refused("account-not-for-yourself"));
    }
    if factor(tx, person)?.secret.is_none() {
        return Err(Error::Refused("account-second-factor-missing"));
    }
    tx.execute("DELETE FROM base_second_factors WHERE person = $1", &[person])?;
    forget_codes(tx, person)?;
    session::end_others(tx, person, None)?;
    tx.record(&SecondFactorOff { person })?;
    Ok(())
}

/// What a code turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The code of the moment, or a code on paper that is used up now.
    Right,
    /// Neither; so many attempts are left.
    Wrong { left: i64 },
    /// Too many attempts; from then on one more.
    Shut { retry_at: Timestamp },
}

/// Checks a code that a person gave after the right password, and counts it.
pub(super) fn check(
    tx: &mut Tx<'_>,
    keys: &Keyring,
    person: &PersonId,
    cmd: &Prove,
) -> Result<Verdict> {
    let scopes = [Scope::of("code", person.as_str(), attempt::CODE)];
    if let Some(retry_at) = attempt::count(tx, &scopes)? {
        return Ok(Verdict::Shut { retry_at });
    }
    if by_app(tx, keys, person, cmd)? || by_paper(tx, keys, person, &cmd.code)? {
        attempt::forgive(tx, &scopes)?;
        return Ok(Verdict::Right);
    }
    Ok(Verdict::Wrong { left: attempt::left(tx, &scopes[0])? })
}

fn by_app(tx: &mut Tx<'_>, keys: &Keyring, person: &PersonId, cmd: &Prove) -> Result<bool> {
    let Factor { secret, last_step, .. } = factor(tx, person)?;
    let Some(sealed) = secret else { return Ok(false) };
    let last_step = if cmd.shared { 0 } else { last_step };
    let step = open(keys, &sealed)?.accepts(&plain(&cmd.code), tx.now_ms(), last_step);
    let Some(step) = step else { return Ok(false) };
    if cmd.shared {
        return Ok(true);
    }
    let rows = tx.housekeep::<(String,)>(
        "UPDATE base_second_factors SET last_step = $1 WHERE person = $2 AND last_step < $1
         RETURNING person",
        &[&step, person],
    )?;
    Ok(!rows.is_empty())
}

fn by_paper(tx: &mut Tx<'_>, keys: &Keyring, person: &PersonId, code: &str) -> Result<bool> {
    let now = Timestamp::of(tx);
    let rows = tx.execute(
        "UPDATE base_recovery_codes SET used_at = $1
         WHERE person = $2 AND blind = $3 AND used_at IS NULL",
        &[&now, person, &blind(keys, code)],
    )?;
    if rows == 1 {
        let left = standing(tx, person)?.codes_left;
        tx.record(&RecoveryCodeUsed { person, left })?;
    }
    Ok(rows == 1)
}

/// People type spaces.
fn plain(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_on_paper_are_eight_and_differ() {
        let mut codes = recovery_codes();
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert!(codes.iter().all(|code| code.len() == RECOVERY_CODE_CHARS + 1));
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), RECOVERY_CODES);
    }
}
